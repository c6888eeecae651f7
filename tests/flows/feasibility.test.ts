/** A change is sent round: each department answers on its card, the manager decides, the engineer replies. */
import { verifyHistory } from '../../src/records/history.ts';
import type { Task } from '../../src/records/task.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';
import type { Person } from '../fakes/person.ts';

const minute = 60_000;
const id = 'CR-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10 * minute });
  const { re, planner } = plant.people;
  await re.says('客户说E70车型后保险杠追加500套,周五之前要到,质量要求不变', { in: plant.main });
  await re.presses(live(), 'create');
  await plant.settle();
  await re.presses(live(), 'clarify');
  await plant.settle();
  await planner.presses(live(), 'review');
  await plant.settle();
});
afterEach(() => plant.stop());

const live = (): Card => plant.teams.cards(plant.main)[0]!;
const cardOf = (person: Person, saying: string): Card =>
  plant.teams
    .cards(person)
    .filter((card) => reads(card).includes(saying))
    .at(-1)!;
const taskOf = async (what: string): Promise<Task> =>
  (await plant.record(id)).actions.find((task) => task.what === what)!;
const answers = async (person: Person, saying: string, answer: string, typed = {}): Promise<Card> => {
  const card = await person.presses(cardOf(person, saying), 'task-answer', typed, {
    where: { task_answer: answer },
  });
  await plant.settle();
  return card;
};
const passesHours = async (hours: number): Promise<void> => {
  await plant.clock.advance(hours * 60 * minute);
  await plant.settle();
};

test('each department of the type is asked on a card of its own, and the matrix fills as they answer', async () => {
  const { planner, qe } = plant.people;
  expect(reads(live())).toContain('可行性：3 个部门已答复 0 个');
  expect((await plant.record(id)).actions).toMatchObject([
    { what: 'PP', owner: planner.aadObjectId, state: 'asked' },
    { what: 'LOG', owner: planner.aadObjectId, state: 'asked' },
    { what: 'QE', owner: qe.aadObjectId, state: 'asked' },
  ]);
  const card = cardOf(planner, '可行性：物流');
  expect(reads(card)).toContain('+500');
  // One person has two departments, and the card says for which one it is.
  expect(reads(card)).toContain('这份答复只代表物流。您还要答复：生产计划。');
  expect(reads(cardOf(qe, '可行性：质量工程师'))).toContain('您代表质量工程师答复。');

  expect(reads(await answers(planner, '可行性：物流', 'feasible'))).toContain('可行');
  expect(await taskOf('PP')).toMatchObject({ state: 'asked' });
  expect(reads(live())).toContain('可行性：3 个部门已答复 1 个');
  await answers(planner, '可行性：生产计划', 'partly', {
    task_qty: '300',
    task_by: '2026-11-26',
    task_can: '先交300套',
  });
  expect(await taskOf('PP')).toMatchObject({
    state: 'done',
    answer: 'partly',
    said: { task_qty: 300, task_by: '2026-11-26', task_can: '先交300套' },
    endedBy: { id: planner.aadObjectId },
  });
  expect(reads(live())).toContain('部分可行：300 套 · 最早 11-26(周四) · 先交300套');
  expect(reads(live())).toContain('还有 1 个部门没有答复');
  const record = await plant.record(id);
  expect(verifyHistory(record)).toEqual([]);
  expect(record.history.filter(({ verb }) => verb === 'task-answer')).toHaveLength(2);
});

test('an answer that says too little is refused with what is missing, and changes nothing', async () => {
  const { planner, qe, manager } = plant.people;
  const card = cardOf(qe, '可行性：质量工程师');
  const tries = (answer: string, typed = {}) =>
    qe.isRefused(card, 'task-answer', typed, { where: { task_answer: answer } });
  expect((await tries('not', { task_reason: '模具不够' })).message).toContain('替代方案');
  expect((await tries('partly', { task_can: '一半' })).message).toContain('数量/最早日期');
  expect((await tries('partly', { task_qty: '300' })).message).toContain('能做到什么');
  expect((await tries('partly', { task_can: '一半', task_by: '2026-11-20' })).message).toContain('最早日期');
  // Neither another department, nor the manager, nor anybody from outside answers for it.
  for (const other of [planner, manager])
    expect(
      (await other.isRefused(card, 'task-answer', {}, { where: { task_answer: 'feasible' } })).message,
    ).toBeTruthy();
  await plant.stranger.isRefused(card, 'task-answer', {}, { where: { task_answer: 'feasible' } });
  const record = await plant.record(id);
  expect(record.actions.every(({ state }) => state === 'asked')).toBe(true);
  expect(record.history.at(-1)?.verb).toBe('review');
});

test('a second press changes nothing; an answer may be changed until the decision, and not after it', async () => {
  const { planner, qe, manager } = plant.people;
  const first = cardOf(qe, '可行性：质量工程师');
  await answers(qe, '可行性：质量工程师', 'feasible');
  const { rev } = await plant.record(id);
  await qe.presses(first, 'task-answer', {}, { where: { task_answer: 'feasible' } });
  expect((await plant.record(id)).rev).toBe(rev);
  await qe.presses(
    first,
    'task-answer',
    { task_reason: '检具不够', task_instead: '先做 200 套' },
    { where: { task_answer: 'not' } },
  );
  await plant.settle();
  expect(await taskOf('QE')).toMatchObject({ answer: 'not', said: { task_reason: '检具不够' } });
  expect(reads(live())).toContain('不可行：检具不够 · 替代：先做 200 套');
  await answers(planner, '可行性：物流', 'feasible');
  await manager.presses(live(), 'feasible', { promised_due: '2026-11-27' });
  await plant.settle();
  const late = await qe.isRefused(first, 'task-answer', {}, { where: { task_answer: 'feasible' } });
  expect(late.message).toContain('决定已经作出');
  expect(await taskOf('QE')).toMatchObject({ answer: 'not' });
});

test('the manager hears when all have answered; what was seen before an answer came is stale', async () => {
  const { planner, qe, manager } = plant.people;
  const decided = manager.pressing(cardOf(manager, id), 'feasible', { promised_due: '2026-11-27' });
  await answers(planner, '可行性：物流', 'feasible');
  await answers(planner, '可行性：生产计划', 'feasible');
  expect(plant.teams.texts(manager).join()).not.toContain('All departments');
  await answers(qe, '可行性：质量工程师', 'not', { task_reason: '检具不够', task_instead: '先做 200 套' });
  expect(plant.teams.texts(manager).join('\n')).toContain(
    'All departments have answered (production planning Feasible, logistics Feasible, quality engineer Not feasible): please decide',
  );
  await manager.invokes(decided);
  expect((await plant.record(id)).status).toBe('in_review');
  await manager.presses(cardOf(manager, id), 'feasible', { promised_due: '2026-11-27' });
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'feasible', fields: { promised_due: '2026-11-27' } });
  // Twice is once.
  await manager.invokes(decided);
  expect((await plant.record(id)).fields['promised_due']).toBe('2026-11-27');
});

test('a decision without every answer is possible, ends the asking, and the history says whose is missing', async () => {
  const { planner, qe, manager } = plant.people;
  await answers(planner, '可行性：物流', 'feasible');
  await answers(planner, '可行性：生产计划', 'feasible');
  expect(reads(cardOf(manager, id))).toContain('1 department has not answered.');
  await manager.presses(live(), 'feasible', { promised_due: '2026-11-27' });
  await plant.settle();
  expect(await taskOf('QE')).toMatchObject({ state: 'dropped' });
  expect(reads(live())).toContain('批准可行：评审中 → 可行：未等质量工程师答复');
  expect(plant.teams.texts(qe).join()).toContain('质量工程师');
  await passesHours(24);
  expect(plant.teams.cards(qe).filter((card) => reads(card).includes('可行性：'))).toHaveLength(1);
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('who does not answer is reminded, across a restart, and then whoever leads hears of it', async () => {
  const { qe, lead } = plant.people;
  const asked = () => plant.teams.cards(qe).filter((card) => reads(card).includes('可行性：质量工程师'));
  expect(reads(asked()[0])).toContain('14:00 前答复');
  await passesHours(3.9);
  expect(asked()).toHaveLength(1);
  await plant.restart();
  await passesHours(0.2);
  expect(asked()).toHaveLength(2);
  expect(reads(asked()[1])).toContain('应在 14:00 前答复，已逾期');
  await passesHours(24);
  expect(asked()).toHaveLength(2);
  expect(plant.teams.cards(lead).some((card) => reads(card).includes('quality engineer'))).toBe(true);
});

test('whoever is asked passes it on, and so does whoever leads; the other answers for the department', async () => {
  const { qe, lead, re, otherQe } = plant.people;
  await qe.presses(cardOf(qe, '可行性：质量工程师'), 'task-pass', { task_person: re.aadObjectId });
  await plant.settle();
  expect(await taskOf('QE')).toMatchObject({ owner: re.aadObjectId, state: 'asked' });
  expect(reads(cardOf(re, '可行性：质量工程师'))).toContain('您代表质量工程师答复。');
  const opened = await lead.presses(live(), 'task-show', {}, { where: { task: (await taskOf('QE')).id } });
  await lead.presses(opened, 'task-pass', { task_person: otherQe.aadObjectId });
  await plant.settle();
  await answers(otherQe, '可行性：质量工程师', 'feasible');
  expect(await taskOf('QE')).toMatchObject({ answer: 'feasible', endedBy: { id: otherQe.aadObjectId } });
});

test('who goes away after being asked is stood in for by a colleague of the department', async () => {
  const { qe, otherQe } = plant.people;
  await qe.says('值班');
  await plant.settle();
  await qe.presses(plant.teams.card(qe), 'duty_away', {
    from_date: '2026-11-23',
    from_time: '10:00',
    to_date: '2026-11-24',
    to_time: '18:00',
  });
  await plant.settle();
  await passesHours(4.1);
  expect(plant.teams.cards(qe).filter((card) => reads(card).includes('可行性：'))).toHaveLength(1);
  const card = cardOf(otherQe, '可行性：质量工程师');
  expect(reads(card)).toContain('陈伟');
  await answers(otherQe, '可行性：质量工程师', 'feasible');
  expect(await taskOf('QE')).toMatchObject({ state: 'done', endedBy: { id: otherQe.aadObjectId } });
});

test('a correction after an answer is said beside it, and the answer can be given anew', async () => {
  const { re, qe } = plant.people;
  await answers(qe, '可行性：质量工程师', 'feasible');
  expect(reads(live())).not.toContain('答复之后变更内容有修改');
  await plant.clock.advance(minute);
  const form = await re.presses(live(), 'edit');
  await re.presses(form, 'edit', { qty_delta: '800' }, { where: { record: id } });
  await plant.settle();
  expect(reads(live()).split('答复之后变更内容有修改')).toHaveLength(2);
  await plant.clock.advance(minute);
  await answers(qe, '可行性：质量工程师', 'partly', { task_can: '500 套', task_qty: '500' });
  expect(reads(live())).not.toContain('答复之后变更内容有修改');
});

test('a department that nobody is on call for goes to whoever leads, who passes it on', async () => {
  const { re, planner, lead, manager } = plant.people;
  const site = plant.app.context.sites.get('demo')!;
  await plant.app.context.sites.put({ ...site, departments: { urgent_order: ['BK', 'DM'] } });
  const people = site.people.map((one) => ({ ...one, roles: one.roles.filter((role) => role !== 'BK') }));
  await plant.app.context.sites.put({ ...site, people, departments: { urgent_order: ['BK', 'DM'] } });
  await re.says('客户说E70车型前保险杠追加200套,周五之前要到,质量要求不变');
  await re.presses(plant.teams.card(re), 'create');
  await plant.settle();
  const card = () => plant.teams.cards(plant.main).find((one) => reads(one).includes('CR-20261123-002'))!;
  await re.presses(card(), 'clarify');
  await plant.settle();
  await planner.presses(card(), 'review');
  await plant.settle();
  const found = cardOf(lead, 'Feasibility: backup');
  expect(reads(found)).toContain('Please pass it on to somebody who can');
  await lead.presses(found, 'task-pass', { task_person: manager.aadObjectId });
  expect((await plant.record('CR-20261123-002')).actions[0]).toMatchObject({
    what: 'BK',
    owner: manager.aadObjectId,
  });
});

test('a site names other departments for a type', async () => {
  const { re, planner } = plant.people;
  const site = plant.app.context.sites.get('demo')!;
  await plant.app.context.sites.put({ ...site, departments: { urgent_order: ['PUR'] } });
  await re.says('客户说E70车型前保险杠追加200套,周五之前要到,质量要求不变');
  await re.presses(plant.teams.card(re), 'create');
  await plant.settle();
  const card = plant.teams.cards(plant.main).find((one) => reads(one).includes('CR-20261123-002'))!;
  await re.presses(card, 'clarify');
  await plant.settle();
  const next = plant.teams.cards(plant.main).find((one) => reads(one).includes('CR-20261123-002'))!;
  await planner.presses(next, 'review');
  expect((await plant.record('CR-20261123-002')).actions.map(({ what }) => what)).toEqual(['PUR']);
});

test('the counter-offer becomes a reply in the customer’s language, which the engineer corrects and releases', async () => {
  const { re, manager, planner } = plant.people;
  await manager.isRefused(live(), 'negotiate', { counter_qty: '300' });
  await manager.presses(live(), 'negotiate', {
    counter_qty: '300',
    counter_due: '2026-11-27',
    conditions: '其余200套12-01到',
    capacity_gap: '120',
    reason: 'Line 3 is full',
  });
  await plant.settle();
  const drafted = plant.teams.cards(re).at(-1) ?? live();
  const draft = JSON.stringify(drafted);
  expect(draft).toContain('我方无法完全按要求执行');
  expect(draft).toContain('数量：300 套');
  expect(draft).toContain('日期：11-27(周五)');
  expect(draft).toContain('其余200套12-01到');
  const record = await plant.record(id);
  expect(record.fields['promised_due']).toBeUndefined();
  expect(record.fields['customer_reply_at']).toBeUndefined();

  expect((await planner.isRefused(live(), 'release_reply', { reply_text: '好的' })).message).toContain(
    '驻厂',
  );
  expect((await re.isRefused(live(), 'release_reply', { reply_text: ' ' })).message).toContain(
    '给客户的回复',
  );
  const sent = plant.teams.messages(plant.main).length;
  await re.presses(live(), 'release_reply', {
    reply_text: '建议周五先交300套。\n[请确认](http://x.example)',
  });
  await plant.settle();
  const after = await plant.record(id);
  expect(after.fields).toMatchObject({ reply_text: '建议周五先交300套。\n[请确认](http://x.example)' });
  expect(after.fields['customer_reply_at']).toBeDefined();
  expect(reads(live())).toContain('给客户的回复（请复制后自行发送）');
  expect(reads(live())).toContain('建议周五先交300套。');
  expect(JSON.stringify(live())).not.toContain('"text":"[请确认](http');
  // Nothing is sent by itself.
  expect(plant.teams.messages(plant.main)).toHaveLength(sent);

  // Another decision: what was released before is no draft of it.
  await manager.presses(live(), 'feasible', { promised_due: '2026-11-30' });
  await plant.settle();
  expect((await plant.record(id)).fields['reply_text']).toBeUndefined();
  expect(JSON.stringify(live())).toContain('承诺日期：11-30(周一)');
});

test('a rejection is drafted without its internal reason', async () => {
  const { manager } = plant.people;
  await manager.presses(live(), 'reject', { reason: '产能不足' });
  await plant.settle();
  const form = JSON.stringify(live());
  expect(form).toContain('很抱歉，我方无法执行这项变更。');
  expect(form).toMatch(/"id":"reply_text"/);
  const { value } = JSON.parse(/\{[^{}]*"id":"reply_text"[^{}]*\}/.exec(form)![0]) as { value: string };
  expect(value).not.toContain('产能');
});

test('a promised date moves with a reason only, by a correction and by another approval', async () => {
  const { manager, re } = plant.people;
  await manager.presses(live(), 'feasible', { promised_due: '2026-11-27' });
  await plant.settle();
  // The engineer's confirmation takes the date as it stands.
  const forced = re.pressing(live(), 'confirm', { ppap_needed: 'false', feasibility: 'feasible' }) as {
    value: { action: { data: Record<string, unknown> } };
  };
  forced.value.action.data['promised_due'] = '2026-11-30';
  expect((await re.invokes(forced as never)).error?.message).toContain('改动“承诺日期”时必填');
  await manager.presses(live(), 'negotiate', { reason: 'Paint shop' });
  await plant.settle();
  const refused = await manager.isRefused(live(), 'feasible', { promised_due: '2026-12-01' });
  expect(refused.message).toContain('is required to move the promised date');
  expect((await plant.record(id)).fields['promised_due']).toBe('2026-11-27');
  await manager.presses(live(), 'feasible', { promised_due: '2026-12-01', reason: 'Paint shop is full' });
  await plant.settle();
  expect(await plant.record(id)).toMatchObject({
    status: 'feasible',
    fields: { promised_due: '2026-12-01' },
  });
  expect((await plant.record(id)).history.at(-1)?.note).toBe('Paint shop is full');
});
