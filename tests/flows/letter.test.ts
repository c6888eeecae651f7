/** A change that both companies sign: the letter, its signatures, its reminders and its end; the waiver in an emergency. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Person } from '../fakes/person.ts';
import { addCustomers } from '../fakes/two-sides.ts';

const day = 24 * 3_600_000;
const cr = 'CR-20261123-001';
const cfm = 'CFM-20261123-001';
let plant: Plant;
let guest: Person;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 3_600_000 });
  guest = plant.teams.person('冯宇', { aadObjectId: 'customer-feng' });
  await addCustomers(plant, [guest]);
  await guest.says('帮助');
});
afterEach(() => plant.stop());

const presses = async (
  person: Person,
  where: Person | Plant['main'],
  verb: string,
  inputs: Record<string, string> = {},
) => {
  const cards = plant.teams.cards(where).filter((one) => JSON.stringify(one).includes(`"verb":"${verb}"`));
  const card = await person.presses(cards.at(-1)!, verb, inputs);
  await plant.settle();
  return card;
};

/** A change up to where the customer's word is all that is missing. */
async function feasible(): Promise<void> {
  const { re, planner, manager } = plant.people;
  await re.says('客户说E70车型后保险杠追加500套,周五之前要到,质量要求不变');
  await re.presses(plant.teams.card(re), 'create');
  await plant.settle();
  await presses(re, plant.main, 'clarify');
  await presses(planner, plant.main, 'review');
  await presses(manager, manager, 'feasible', {
    promised_due: '2026-11-27',
    feasibility: 'feasible',
    ppap_needed: 'false',
  });
}

/** "More" is a card of its own where the record's has no room for it. */
const opened = async (card: ReturnType<typeof plant.teams.card>) =>
  JSON.stringify(card).includes('"verb":"more"') ? plant.people.re.presses(card, 'more') : card;

const content = {
  cr_id: cr,
  subject: '后保险杠追加500套',
  items: '1000套 | 1500套 | 500 | 套 | 2026-11-27 | 不变',
  cost_bearer: 'customer',
  agreed_zh: '自11月27日起追加500套，质量要求不变。',
  agreed_en: '500 more sets from 27 November, quality unchanged.',
};

async function drawnUp(): Promise<void> {
  const { re } = plant.people;
  await re.says('确认函');
  await re.presses(plant.teams.card(re), 'create', content);
  await plant.settle();
}

async function sent(): Promise<void> {
  await feasible();
  await drawnUp();
  await presses(plant.people.re, plant.people.re, 'send', { sent_how: '邮件 2026-11-23' });
}

test('without both signatures the change is not confirmed; with them it is, and it knows its letter', async () => {
  const { re, lead } = plant.people;
  await sent();
  const refused = await re.isRefused(plant.teams.card(plant.main), 'confirm', { customer_evidence: '邮件' });
  expect(refused.message).toContain('请先起草确认函并由双方签署');
  expect((await plant.record(cr)).fields).toMatchObject({ cfm_id: cfm });
  const theirs = plant.teams.card(guest);
  expect(reads(theirs)).toContain('签署确认');
  expect(reads(theirs)).not.toContain('邮件 2026-11-23');
  await presses(guest, guest, 'sign');
  expect((await plant.record(cfm)).fields).toMatchObject({ customer_signer: '冯宇', customer_how: 'card' });
  await presses(lead, lead, 'countersign');
  const letter = await plant.record(cfm);
  expect(letter).toMatchObject({ status: 'archived', fields: { our_signer: lead.name } });
  expect(letter.history.at(-1)).toMatchObject({ verb: 'archive', by: { id: 'bot' } });
  const change = await plant.record(cr);
  expect(change.fields['cfm_signed_at']).toBe(letter.fields['our_signed_at']);
  expect(change.history.at(-1)).toMatchObject({ verb: 'feed', note: cfm, by: { id: 'bot' } });
  await presses(re, plant.main, 'confirm', { customer_evidence: '确认函' });
  expect(await plant.record(cr)).toMatchObject({ status: 'confirmed' });
  for (const record of await plant.records()) expect(verifyHistory(record)).toEqual([]);
});

test('the customer’s signature is theirs: nobody here presses it, and it is recorded with evidence instead', async () => {
  const { re, lead } = plant.people;
  await sent();
  const theirs = plant.teams.card(guest);
  const refused = await re.isRefused(
    theirs,
    'sign',
    {},
    { in: { scope: 'personal', conversationId: re.conversationId } },
  );
  expect(refused.code).toBe('not_allowed');
  const ours = plant.teams.cards(re).at(-1)!;
  expect((await re.isRefused(ours, 'record_signature', { customer_signer: '张工' })).message).toContain(
    '签署凭证',
  );
  await re.presses(ours, 'record_signature', {
    customer_signer: '张工',
    customer_how: 'scan',
    customer_evidence: '扫描件 HC-2026-118',
  });
  await plant.settle();
  expect(await plant.record(cfm)).toMatchObject({ status: 'customer_signed' });
  const late = await guest.tries(theirs, 'sign');
  expect(reads(late.card)).toContain('这张卡片已过时');
  await presses(lead, lead, 'countersign');
  expect(await plant.record(cfm)).toMatchObject({
    fields: { customer_signer: '张工', customer_how: 'scan' },
  });
});

test('once sent it says the same for ever; withdrawn, it is issued anew as the next revision', async () => {
  const { re } = plant.people;
  await sent();
  const form = await re.presses(plant.teams.cards(re).at(-1)!, 'edit', {}, { where: { form: true } });
  const refused = await re.isRefused(form, 'edit', { agreed_zh: '费用由我方承担。' });
  expect(refused).toMatchObject({ code: 'sealed' });
  expect(refused.message).toContain('先撤回');
  await presses(re, re, 'withdraw', { reason: '数量写错' });
  await presses(re, re, 'reissue', { reason: '数量更正' });
  const letter = await plant.record(cfm);
  expect(letter).toMatchObject({ status: 'draft', fields: { revision: 2 } });
  expect(letter.fields['sent_at']).toBeUndefined();
});

test('unsigned it is asked for every day, and after five working days it has expired', async () => {
  await sent();
  const overdue = () =>
    plant.teams.cards(plant.people.re).filter((card) => reads(card).includes('“客户签回”已到期限')).length;
  for (const days of [1, 2, 3]) {
    await plant.clock.leap(day);
    await plant.settle();
    expect(overdue()).toBe(days);
  }
  await plant.clock.leap(4 * day);
  await plant.settle();
  expect(await plant.record(cfm)).toMatchObject({ status: 'expired' });
  expect((await plant.record(cfm)).history.at(-1)).toMatchObject({ verb: 'expire', by: { id: 'bot' } });
});

test('the lead waives it for a day; when that is over the channel hears it, and the change goes no further', async () => {
  const { re, lead, planner } = plant.people;
  await feasible();
  expect((await re.tries(plant.teams.card(plant.main), 'waive', { reason: '急' })).error?.code).toBe(
    'not_allowed',
  );
  await presses(lead, plant.main, 'waive', { reason: '客户明早装车' });
  await presses(re, plant.main, 'confirm', { customer_evidence: '电话' });
  const before = plant.teams.messages(plant.main).length;
  await plant.clock.leap(day + 1_000);
  await plant.settle();
  const change = await plant.record(cr);
  expect(change.fields['waived_at']).toBeUndefined();
  expect(change.history.at(-1)).toMatchObject({ verb: 'waiver_ends', by: { id: 'bot' } });
  expect(plant.teams.messages(plant.main).length).toBeGreaterThan(before);
  const live = plant.teams
    .cards(plant.main)
    .find((one) => JSON.stringify(one).includes('"verb":"implement"'));
  const refused = await planner.isRefused(live!, 'implement');
  expect(refused.message).toContain('确认函');
});

test('it is drawn up from the change, filled with what the change says, and linked to it', async () => {
  const { re } = plant.people;
  await feasible();
  const linking = await re.presses(
    await opened(plant.teams.card(plant.main)),
    'link',
    {},
    { where: { form: true } },
  );
  const form = await re.presses(linking, 'give');
  for (const part of [cr, '500', '2026-11-27', '不变']) expect(JSON.stringify(form)).toContain(part);
  await re.presses(form, 'create', {
    agreed_zh: content.agreed_zh,
    agreed_en: content.agreed_en,
  });
  await plant.settle();
  expect(await plant.record(cfm)).toMatchObject({
    fields: { cr_id: cr, items: [{ qty: 500, date: '2026-11-27', quality: '不变' }] },
    links: [{ to: cr, why: 'caused_by' }],
  });
  expect(await plant.record(cr)).toMatchObject({ links: [{ to: cfm }], fields: { cfm_id: cfm } });
});

test('a letter about a change that is not there is not drawn up', async () => {
  const { re } = plant.people;
  await re.says('确认函');
  const refused = await re.isRefused(plant.teams.card(re), 'create', {
    ...content,
    cr_id: 'CR-20261123-099',
  });
  expect(refused.message).toContain('没有找到 CR-20261123-099');
  await re.presses(plant.teams.card(re), 'discard');
  expect(await plant.records()).toEqual([]);
});

test('what came by word of mouth says so until the customer has written', async () => {
  const { re } = plant.people;
  await feasible();
  expect(reads(plant.teams.card(plant.main))).toContain('仅口头');
  for (const list of ['列表 变更', '日报']) {
    await re.says(list);
    expect(JSON.stringify(plant.teams.card(re))).toContain('仅口头');
  }
  await drawnUp();
  await presses(re, re, 'send', { sent_how: '邮件' });
  await presses(guest, guest, 'sign');
  await presses(plant.people.lead, plant.people.lead, 'countersign');
  await plant.settle();
  expect(reads(plant.teams.card(plant.main))).not.toContain('仅口头');
});
