/** "Record as…" on a message: from what somebody said to a record that keeps the words, the author and the link. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import { button, buttons } from '../fakes/cards.ts';
import type { Dialog, Pointed } from '../fakes/extension.ts';
import { recordsAs, sendsDialog } from '../fakes/extension.ts';
import type { Person } from '../fakes/person.ts';
import type { Place } from '../fakes/teams-connector.ts';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant();
});
afterEach(() => plant.stop());

const wanted: Pointed = {
  id: '1795572000000',
  html: '<p>客户要求本周五前追加500套 <b>8A0-971-12C</b> 线束</p>',
  by: { name: '王工', type: 'federatedUser' },
  at: '2026-11-23T01:40:00.000Z',
  link: 'https://teams.microsoft.com/l/message/19:main/1795572000000?groupId=a(b)',
};
const opens = (person: Person, message: Pointed | undefined, place: Place | undefined = plant.main) =>
  recordsAs(plant.teams, person, message, place);
const sends = (person: Person, dialog: Dialog, inputs: Record<string, unknown> = {}) =>
  sendsDialog(plant.teams, person, dialog, 'create', inputs);
const chooses = (person: Person, dialog: Dialog, kind: string) =>
  sendsDialog(plant.teams, person, dialog, 'kind', {}, { kind });

const recorded = (person: Person, dialog: Dialog) => sends(person, dialog);

test("a customer's message becomes the request that it is, with the words, their author, time and link", async () => {
  const { re } = plant.people;
  const dialog = await opens(re, wanted);
  expect(dialog.title).toBe('登记为…');
  const text = reads(dialog.card);
  expect(text).toContain('变更请求草稿');
  expect(text).toContain('“客户要求本周五前追加500套 8A0-971-12C 线束”');
  expect(text).toContain('— 王工 · 11-23 09:40 · [打开原消息](https://teams.microsoft.com/');
  expect(text).toContain('groupId=a%28b%29)');
  expect(text).not.toMatch(/\$\{|undefined|null|\[object/);
  expect(await plant.records()).toEqual([]);

  const closed = await recorded(re, dialog);
  expect(closed.message).toBe('已登记 CR-20261123-001。');
  const record = await plant.record('CR-20261123-001');
  expect(record.fields).toMatchObject({
    raw_text: '客户要求本周五前追加500套 8A0-971-12C 线束',
    said_by: '王工',
    said_at: wanted.at,
    received_at: wanted.at,
    said_link: 'https://teams.microsoft.com/l/message/19:main/1795572000000?groupId=a(b)',
    customer_contact: '王工',
    source: 'chat',
  });
  expect(record.reporter.id).toBe(re.aadObjectId);
  expect(verifyHistory(record)).toEqual([]);

  // Its live card stands in the thread of the message.
  await plant.settle();
  const thread = { ...plant.main, conversationId: `${plant.main.conversationId};messageid=${wanted.id}` };
  const live = plant.teams.cards(thread).find((card) => reads(card).includes('CR-20261123-001'));
  expect(reads(live)).toContain('— 王工 · 11-23 09:40');
});

test('sent twice, by one or by two people, also after a restart, it gives the one record', async () => {
  const { re, lead } = plant.people;
  const mine = await opens(re, wanted);
  const theirs = await opens(lead, wanted);
  const answers = await Promise.all([recorded(re, mine), recorded(re, mine), recorded(lead, theirs)]);
  for (const { message } of answers) expect(message).toContain('CR-20261123-001');
  await plant.restart();
  expect((await recorded(re, mine)).message).toBe('已登记 CR-20261123-001。');
  expect(await plant.records()).toHaveLength(1);
  await plant.settle();
  const thread = { ...plant.main, conversationId: `${plant.main.conversationId};messageid=${wanted.id}` };
  expect(plant.teams.cards(thread)).toHaveLength(1);
});

test('pointed at once more, the message names its record, and may still be recorded as something else', async () => {
  const { re } = plant.people;
  await recorded(re, await opens(re, wanted));
  const again = await opens(re, wanted);
  expect(reads(again.card)).toContain('这条消息已经登记过');
  expect(reads(again.card)).toContain('CR-20261123-001');
  expect(buttons(again.card!).map(({ data }) => data['kind'])).not.toContain('change_request');
  const defect = await chooses(re, again, 'defect');
  expect(reads(defect.card)).toContain('质量问题草稿');
});

test('what is missing or wrong is said in the dialog, and what was typed stays', async () => {
  const { re } = plant.people;
  const form = await chooses(re, await opens(re, wanted), 'defect');
  const again = await sends(re, form, {
    mode: 'appearance.scratch',
    qty_ng: '三x',
    location: '右前门 *内侧*',
    safety_related: 'false',
    received_at: '昨天',
  });
  const text = reads(again.card);
  expect(text).toContain('还没有保存，请更正：');
  expect(text).toMatch(/不良数：请填数字/);
  expect(text).toMatch(/接收时间：请填时间/);
  const value = (id: string) =>
    button(again.card!, 'create').inputs.find((input) => input['id'] === id)?.['value'];
  expect(value('location')).toBe('右前门 *内侧*');
  expect(value('mode')).toBe('appearance.scratch');
  expect(value('safety_related')).toBe('false');
  expect(value('received_at')).toBe('昨天');
  expect(await plant.records()).toEqual([]);
});

test('another kind keeps the words, the author and the link, and reads the message for that kind', async () => {
  const { re } = plant.people;
  const form = await chooses(re, await opens(re, wanted), 'defect');
  const text = reads(form.card);
  expect(text).toContain('质量问题草稿');
  expect(text).toContain('“客户要求本周五前追加500套');
  expect(text).toContain('— 王工 · 11-23 09:40');
  const closed = await sends(re, form, {
    mode: 'appearance.scratch',
    location: 'B-pillar',
    stage: 'incoming',
    qty_ng: '3',
    part_name: '线束',
    safety_related: 'false',
    line_impact: 'none',
  });
  expect(closed.message).toBe('已登记 DEF-20261123-001。');
  expect((await plant.record('DEF-20261123-001')).fields).toMatchObject({
    said_by: '王工',
    said_at: wanted.at,
  });
});

test('a message that says nothing to record asks which kind it is, in English too', async () => {
  const { re } = plant.people;
  re.locale = 'en-US';
  await re.says('language English');
  const dialog = await opens(re, { id: '7', text: 'See you tomorrow then', by: { name: 'Ann' } });
  expect(dialog.title).toBe('Record as…');
  expect(reads(dialog.card)).toContain('What is it about?');
  expect(reads(dialog.card)).toContain('“See you tomorrow then”');
  const kinds = buttons(dialog.card!).map(({ data }) => data['kind']);
  expect(kinds).toEqual(expect.arrayContaining(['defect', 'change_request', 'escalation']));
  const form = await chooses(re, dialog, 'change_request');
  expect(reads(form.card)).toContain('Change request draft');
  expect(reads(form.card)).toContain('“See you tomorrow then”');
});

test('from the box where one writes there are no words: the kind, then an empty form', async () => {
  const { re } = plant.people;
  const dialog = await opens(re, undefined);
  expect(reads(dialog.card)).toContain('选一类，填写表单。');
  const form = await chooses(re, dialog, 'defect');
  expect(reads(form.card)).toContain('质量问题草稿');
  expect(reads(form.card)).not.toContain('原文');
});

test('"20 minutes ago" counts from when it was said, and a stop is saved and called at once', async () => {
  const { re } = plant.people;
  const dialog = await opens(re, {
    id: '9',
    html: '<p>总装二线20分钟前停线了,右前门线束断料</p>',
    at: '2026-11-23T01:50:00.000Z',
  });
  expect(reads(dialog.card)).toContain('停线升级草稿');
  expect((await sends(re, dialog)).message).toBe('已登记 ESC-20261123-001。');
  const record = await plant.record('ESC-20261123-001');
  expect(record.fields).toMatchObject({
    started_at: '2026-11-23T01:30:00.000Z',
    received_at: '2026-11-23T01:50:00.000Z',
  });
  await plant.settle();
  const thread = { ...plant.main, conversationId: `${plant.main.conversationId};messageid=9` };
  const cards = plant.teams.cards(thread).filter((card) => reads(card).includes('ESC-20261123-001'));
  expect(cards.length).toBeGreaterThan(0);
});

test('a stop that names no time began when it was said, and joins the one that runs', async () => {
  const { re, planner } = plant.people;
  const said = { text: '总装二线停线', at: '2026-11-23T01:55:00.000Z' };
  await sends(re, await opens(re, { ...said, id: '20' }));
  expect((await plant.record('ESC-20261123-001')).fields['started_at']).toBe(said.at);
  const second = await sends(planner, await opens(planner, { ...said, id: '21' }));
  expect(second.message).toBe('这件事已有记录 ESC-20261123-001，已并入。');
  expect(await plant.records()).toHaveLength(1);
});

test('a message sent from the future by its client is recorded as of now', async () => {
  const { re } = plant.people;
  await sends(re, await opens(re, { id: '30', text: '总装二线停线', at: '2027-01-01T00:00:00.000Z' }));
  const { fields } = await plant.record('ESC-20261123-001');
  expect(fields['started_at']).toBe('2026-11-23T02:00:00.000Z');
  expect(fields['said_at']).toBeUndefined();
});

test('an answer is about what its author says, and not about what it quotes', async () => {
  const { re } = plant.people;
  const html =
    '<blockquote itemscope itemtype="http://schema.skype.com/Reply"><strong>李四</strong><p>总装二线停线</p></blockquote><p>明天见</p>';
  const dialog = await opens(re, { id: '31', html });
  expect(reads(dialog.card)).toContain('这是什么事？');
  expect(reads(dialog.card)).toContain('总装二线停线');
});

test('markup of the message is shown as text, a link that is none is left out', async () => {
  const { re } = plant.people;
  const dialog = await opens(re, {
    id: '32',
    html: '<p>总装二线停线 &lt;at&gt;all&lt;/at&gt; [x](https://evil.example)</p><script>alert(1)</script>',
    by: { name: '[王工](https://evil.example)' },
    link: 'javascript:alert(1)',
  });
  const text = reads(dialog.card);
  expect(text).not.toContain('alert');
  expect(text).not.toContain('<at>');
  expect(text).not.toMatch(/\]\(https:\/\/evil/);
  expect(text).not.toContain('打开原消息');
});

test('where the bot is not, the card goes to the person who records, and their chat stays their chat', async () => {
  const { re } = plant.people;
  await re.says('帮助');
  const between: Place = { scope: 'personal', conversationId: '19:a_b@unq.gbl.spaces' };
  const dialog = await opens(re, wanted, between);
  await recorded(re, dialog);
  await plant.settle();
  expect(plant.teams.cards(between)).toEqual([]);
  expect(plant.teams.cards(re).some((card) => reads(card).includes('CR-20261123-001'))).toBe(true);
});

describe('refused, with nothing kept', () => {
  test('a stranger', async () => {
    const dialog = await opens(plant.stranger, wanted);
    expect(reads(dialog.card)).toContain('没有登记');
    expect(reads(dialog.card)).toContain('名单');
    expect(buttons(dialog.card!)).toEqual([]);
  });

  test("a customer's guest", async () => {
    const guest = plant.teams.person('客户 王工', { locale: 'en-GB' });
    const customer = { name: guest.name, aadObjectId: guest.aadObjectId, roles: ['CUST' as const] };
    const { sites } = plant.app.context;
    const site = sites.all()[0]!;
    await sites.put({ ...site, people: [...site.people, customer] });
    const dialog = await opens(guest, wanted);
    expect(reads(dialog.card)).toContain('Not recorded');
    expect(reads(dialog.card)).toContain('needs one of these roles');
    const form = await opens(plant.people.re, wanted);
    expect(reads((await recorded(guest, form)).card)).toContain('Not recorded');
  });

  test('a kind that is not theirs to record, though the dialog is', async () => {
    const { planner, re } = plant.people;
    const dialog = await opens(planner, wanted);
    expect(buttons(dialog.card!).map(({ data }) => data['kind'])).toEqual(['escalation']);
    const theirs = await opens(re, wanted);
    expect(reads((await chooses(planner, theirs, 'defect')).card)).toContain('需要角色');
  });

  test('a dialog whose draft is gone', async () => {
    const { re } = plant.people;
    const dialog = await opens(re, wanted);
    const id = String(button(dialog.card!, 'create').data['draft']);
    const { store } = plant.app.deps;
    await store.remove(plant.site.id, id, (await store.read(plant.site.id, id))!.etag);
    expect(reads((await recorded(re, dialog)).card)).toContain('草稿已失效');
  });

  afterEach(async () => expect(await plant.records()).toEqual([]));
});
