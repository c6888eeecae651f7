/** A file that is asked for: consent, upload, and who may have it at every step. */
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import { FileHost } from '../fakes/file-host.ts';
import type { Person } from '../fakes/person.ts';

const id = 'DOC-20261123-001';
const bytes = Buffer.from('%PDF-1.7\nagreement B');
const consentType = 'application/vnd.microsoft.teams.card.file.consent';
const infoType = 'application/vnd.microsoft.teams.card.file.info';

let plant: Plant;
let host: FileHost;
let guest: Person;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 60_000 });
  host = await FileHost.start();
  guest = plant.teams.person('冯宇', { aadObjectId: 'guest' });
  const site = plant.app.context.sites.get('demo')!;
  await plant.app.context.sites.put({
    ...site,
    people: [...site.people, { name: guest.name, aadObjectId: 'guest', roles: ['CUST'], language: 'zh' }],
  });
});
afterEach(async () => {
  await plant.stop();
  await host.close();
});

interface Attached {
  contentType: string;
  name: string;
  contentUrl?: string;
  content: Record<string, unknown>;
}
const attachments = (person: Person, type: string): Attached[] =>
  plant.teams
    .messages(person)
    .flatMap(({ activity }) => (activity['attachments'] ?? []) as Attached[])
    .filter(({ contentType }) => contentType === type);
const texts = (person: Person): string => plant.teams.texts(person).join('\n');

async function archived(visibility = 'internal'): Promise<void> {
  const { re } = plant.people;
  await re.says('', { more: host.attach({ name: '质量协议_QA-2026-03_RevB.pdf', bytes }) });
  await plant.settle();
  await re.presses(plant.teams.card(re), 'create', { retention_class: '3y', visibility });
  await plant.settle();
}

/** Asks for the file on the record's card, and gets the card that asks for consent. */
async function asks(person: Person): Promise<Attached> {
  await person.says(id);
  await person.tries(plant.teams.card(person), 'send_file');
  await plant.settle();
  return attachments(person, consentType).at(-1)!;
}

const uploadInfo = (path = '/upload?key=secret') => ({
  contentUrl: 'https://contoso-my.sharepoint.com/personal/qa.pdf',
  name: '质量协议_QA-2026-03_RevB.pdf',
  uploadUrl: `${host.origin}${path}`,
  uniqueId: 'item-1',
  fileType: 'pdf',
});
const answering = (
  person: Person,
  action: string,
  context: unknown,
  info: object | undefined = uploadInfo(),
) =>
  person.activity('invoke', undefined, {
    name: 'fileConsent/invoke',
    value: { type: 'fileUpload', action, context, ...(action === 'accept' ? { uploadInfo: info } : {}) },
  });
const answers = async (...what: Parameters<typeof answering>): Promise<number> => {
  const { status } = await plant.teams.deliver(answering(...what));
  await plant.settle();
  return status;
};
const uploads = () => host.asked.filter(({ method }) => method === 'PUT');

test('whoever asks gets a card of consent; once accepted, the file is in their own drive and shown in the chat', async () => {
  await archived();
  const { qe } = plant.people;
  const consent = await asks(qe);
  expect(consent).toMatchObject({
    name: '质量协议_QA-2026-03_RevB.pdf',
    content: { sizeInBytes: bytes.length },
  });
  const context = consent.content['acceptContext'];
  expect(context).toEqual({ offer: expect.stringMatching(/^offer-/) });
  expect(await answers(qe, 'accept', context)).toBe(200);
  expect(uploads()).toHaveLength(1);
  expect(uploads()[0]!.body.equals(bytes)).toBe(true);
  expect(uploads()[0]!.headers.authorization).toBeUndefined();
  expect(attachments(qe, infoType)).toEqual([
    {
      contentType: infoType,
      name: '质量协议_QA-2026-03_RevB.pdf',
      contentUrl: 'https://contoso-my.sharepoint.com/personal/qa.pdf',
      content: { uniqueId: 'item-1', fileType: 'pdf' },
    },
  ]);
});

test('asked for in a channel, it comes in the personal chat of whoever pressed', async () => {
  await archived();
  const { qe } = plant.people;
  await qe.says(id, { in: plant.main });
  const { message } = await qe.tries(plant.teams.card(plant.main), 'send_file', {}, { in: plant.main });
  await plant.settle();
  expect(message).toMatch(/单聊|personal chat/);
  expect(attachments(qe, consentType)).toHaveLength(1);
  expect(plant.teams.messages(plant.main)).toHaveLength(1);
});

test('declined, nothing follows; accepted twice, it goes once', async () => {
  await archived();
  const { qe } = plant.people;
  const no = (await asks(qe)).content['declineContext'];
  expect(await answers(qe, 'decline', no)).toBe(200);
  expect(await answers(qe, 'decline', no)).toBe(200);
  expect(uploads()).toEqual([]);
  await answers(qe, 'accept', no);
  expect(texts(qe)).toMatch(/这次发送已失效|no longer holds/);
  const yes = (await asks(qe)).content['acceptContext'];
  await answers(qe, 'accept', yes);
  await answers(qe, 'accept', yes);
  expect(uploads()).toHaveLength(1);
});

test("another person's consent is none, nor one that nobody asked for", async () => {
  await archived();
  const { qe, planner } = plant.people;
  const context = (await asks(qe)).content['acceptContext'];
  expect(await answers(planner, 'accept', context)).toBe(200);
  expect(texts(planner)).toMatch(/这次发送已失效|no longer holds/);
  await answers(plant.stranger, 'accept', context);
  await answers(qe, 'accept', { offer: 'offer-of-my-own' });
  expect(uploads()).toEqual([]);
});

test('a consent that names another host gets no file', async () => {
  await archived();
  const { qe } = plant.people;
  const context = (await asks(qe)).content['acceptContext'];
  const info = { ...uploadInfo(), uploadUrl: 'https://files.evil.example/put' };
  await answers(qe, 'accept', context, info);
  expect(texts(qe)).toMatch(/这次发送已失效|no longer holds/);
  expect(uploads()).toEqual([]);
});

test.each([
  ['no context', undefined, undefined],
  ['more in the context', { offer: 'offer-1', record: id }, undefined],
  ['no address', { offer: 'offer-1' }, { name: 'x' }],
])('a consent with %s is turned away', async (_what, context, info) => {
  expect((await plant.teams.deliver(answering(plant.people.qe, 'accept', context, info))).status).toBe(400);
});

test.each([
  ['nothing in it', undefined],
  ['no address', { uniqueId: 'f1' }],
  ['a number for an address', { downloadUrl: 7 }],
])('a file with %s is turned away', async (_what, content) => {
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  const attachments = [{ contentType, name: 'qa.pdf', content }];
  const activity = plant.people.re.saying('', { more: { attachments } });
  expect((await plant.teams.deliver(activity)).status).toBe(400);
});

test("a customer's guest finds no internal document, whichever way they ask", async () => {
  await archived();
  for (const words of [id, '搜索 QA-2026-03', '档案']) {
    await guest.says(words);
    await plant.settle();
  }
  expect(texts(guest)).toContain(`没有找到 ${id}`);
  expect(plant.teams.cards(guest).map(reads).join('\n')).not.toContain(id);
  for (const verb of ['send_file', 'show', 'remove_file']) {
    const action = { type: 'Action.Execute', verb, data: { record: id, rev: 1, form: true } };
    const value = { action, trigger: 'manual' };
    const press = guest.activity('invoke', undefined, { name: 'adaptiveCard/action', value });
    expect([verb, (await guest.invokes(press)).error?.code]).toEqual([verb, 'not_found']);
  }
  expect(attachments(guest, consentType)).toEqual([]);
});

test('one that the customer may see, a guest can have, without what is ours', async () => {
  await archived('customer');
  const context = (await asks(guest)).content['acceptContext'];
  expect(reads(plant.teams.card(guest))).not.toContain('保存期限');
  await answers(guest, 'accept', context);
  expect(uploads()).toHaveLength(1);
});

test('a guest sends no files into the archive', async () => {
  await guest.says('', { more: host.attach({ name: 'x.pdf', bytes }) });
  await plant.settle();
  expect(texts(guest)).toContain('需要角色');
  expect(host.asked).toEqual([]);
});

test('whoever is off the roster by the time of their consent gets nothing', async () => {
  await archived();
  const { qe } = plant.people;
  const context = (await asks(qe)).content['acceptContext'];
  const { sites } = plant.app.context;
  const site = sites.get('demo')!;
  await sites.put({ ...site, people: site.people.filter((one) => one.aadObjectId !== qe.aadObjectId) });
  await answers(qe, 'accept', context);
  expect(uploads()).toEqual([]);
});
