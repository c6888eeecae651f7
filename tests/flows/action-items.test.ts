/** The review of a line stop: findings, lessons, and action items without whose proof the stop is not closed. */
import type { Card } from '../fakes/cards.ts';
import { verifyHistory } from '../../src/records/history.ts';
import type { Task } from '../../src/records/task.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Person } from '../fakes/person.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10 * minute });
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  await plant.people.re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.settle();
});
afterEach(() => plant.stop());

const live = (): Card => plant.teams.cards(plant.main)[0]!;
const tasks = async (): Promise<Task[]> => (await plant.record(id)).actions;
const cardsOf = (person: Person, saying: string): Card[] =>
  plant.teams.cards(person).filter((card) => reads(card).includes(saying));
/** Monday, 10:00, plus so many hours. */
const passesHours = async (hours: number): Promise<void> => {
  await plant.clock.advance(hours * 60 * minute);
  await plant.settle();
};
const item = (owner: Person, due: string, what = '提高线束安全库存') => ({
  task_what: what,
  task_owner: owner.aadObjectId,
  task_due: due,
  task_type: 'short_term',
});
const adds = async (inputs: Record<string, unknown>): Promise<void> => {
  await plant.people.qe.presses(live(), 'add_action', inputs);
  await plant.settle();
};

test('a review needs findings and lessons, and may bring an action item with it', async () => {
  const { qe, planner } = plant.people;
  const empty = await qe.isRefused(live(), 'review');
  expect(empty.message).toContain('复盘结论');
  expect(empty.message).toContain('经验教训');
  const half = { review: '库存太低', lessons: '预警要早' };
  expect((await qe.isRefused(live(), 'review', { ...half, task_what: '提高库存' })).message).toContain(
    '负责人',
  );
  expect(await tasks()).toEqual([]);
  await qe.presses(live(), 'review', { ...half, ...item(planner, '2026-11-27') });
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'reviewed', fields: half });
  expect(record.actions).toMatchObject([
    { sort: 'action', state: 'taken', owner: planner.aadObjectId, due: '2026-11-27', type: 'short_term' },
  ]);
  expect(reads(cardsOf(planner, '行动项：提高线束安全库存')[0])).toContain('11-27(周五) 到期 · 短期');
  expect(reads(live())).toContain('提高线束安全库存 · 赵磊 · 11-27(周五) 到期');
});

test('items come one by one before the review, with what is written already kept', async () => {
  const { planner, manager, qe } = plant.people;
  await adds({ ...item(planner, '2026-11-27'), review: '库存太低' });
  await adds(item(manager, '2026-11-30', '与承运商签时限协议'));
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'restored', fields: { review: '库存太低' } });
  expect(record.actions.map(({ id: one }) => one)).toEqual(['T1', 'T2']);
  expect(reads(cardsOf(manager, 'Action item: 与承运商签时限协议')[0])).toContain('Short term');
  const refused = await qe.isRefused(live(), 'add_action', { task_what: '' });
  expect(refused.message).toContain('做什么');
  const past = await qe.isRefused(live(), 'add_action', item(planner, '2026-11-20'));
  expect(past.message).toContain('截止日期');
  expect(
    (await plant.stranger.isRefused(live(), 'add_action', item(planner, '2026-11-27'))).message,
  ).toBeTruthy();
});

test('closing waits for the proof, which somebody else must give', async () => {
  const { qe, planner, lead } = plant.people;
  await adds(item(planner, '2026-11-27'));
  await qe.presses(live(), 'review', { review: '库存太低', lessons: '预警要早' });
  await plant.settle();
  const open = await lead.isRefused(live(), 'close');
  expect(open.message).toContain('"提高线束安全库存" not done');
  expect((await plant.record(id)).status).toBe('reviewed');

  const [card] = cardsOf(planner, '行动项：提高线束安全库存');
  expect((await planner.isRefused(card!, 'task-done')).message).toContain('完成情况');
  await planner.presses(card!, 'task-done', { task_evidence: '库存已到 4 小时' });
  await planner.tries(card!, 'task-done', { task_evidence: '库存已到 4 小时' });
  await plant.settle();
  expect((await lead.isRefused(live(), 'close')).message).toContain('to be verified');
  const [verify] = cardsOf(lead, 'Action item: 提高线束安全库存');
  expect(reads(verify)).toContain('Done: 库存已到 4 小时');

  // The owner gets the verifier's card into their hands, and the role as well: still not their own work.
  const site = plant.app.context.sites.get('demo')!;
  await plant.app.context.sites.put({
    ...site,
    people: site.people.map((one) =>
      one.aadObjectId === planner.aadObjectId ? { ...one, roles: [...one.roles, 'QE' as const] } : one,
    ),
  });
  expect((await planner.isRefused(verify!, 'task-verify')).message).toContain('不能验证自己的措施');
  await lead.presses(verify!, 'task-return', { task_return: 'No proof attached' });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'taken', reason: 'No proof attached' }]);
  expect(reads(plant.teams.card(planner))).toContain('被退回：No proof attached');
  await planner.presses(plant.teams.card(planner), 'task-done', { task_evidence: '附截图' });
  await plant.settle();
  await lead.presses(plant.teams.card(lead), 'task-verify');
  await plant.settle();
  expect(plant.teams.texts(planner).join()).toContain('“提高线束安全库存”已由 Gary Wang 王建国 验证');
  await lead.presses(live(), 'close');
  const record = await plant.record(id);
  expect(record.status).toBe('closed');
  expect(verifyHistory(record)).toEqual([]);
  expect(record.history.filter(({ verb }) => verb === 'task-done')).toHaveLength(2);
});

test('what whoever leads did is verified by somebody else, and their words are no markup in a message', async () => {
  const { lead, manager, planner } = plant.people;
  await adds(item(lead, '2026-11-27', '**改** [规则](http://x.example)'));
  await lead.presses(cardsOf(lead, 'Action item:')[0]!, 'task-done', { task_evidence: 'Signed' });
  await plant.settle();
  expect(cardsOf(manager, 'Action item:')).toHaveLength(1);
  await manager.says('my work');
  await plant.settle();
  expect(reads(plant.teams.card(manager))).toContain('done, to be verified');
  await manager.presses(cardsOf(manager, 'Action item:')[0]!, 'task-verify');
  await plant.settle();
  const told = plant.teams.texts(lead).filter((text) => text.includes('was verified by Sarah Keller'));
  expect(told).toHaveLength(1);
  expect(told[0]).not.toMatch(/\*\*|\]\(/);
  expect(plant.teams.cards(planner)).toEqual([]);
});

test('only whoever leads drops an item, and says why', async () => {
  const { planner, qe, lead } = plant.people;
  await adds(item(planner, '2026-11-27'));
  const card = await qe.presses(live(), 'task-show', {}, { where: { task: 'T1' } });
  expect(reads(card)).not.toContain('取消');
  const own = await lead.presses(live(), 'task-show', {}, { where: { task: 'T1' } });
  expect((await lead.isRefused(own, 'task-drop')).message).toContain('Reason');
  expect((await qe.isRefused(own, 'task-drop', { task_drop: '不用了' })).message).toContain('驻厂主管');
  await lead.presses(own, 'task-drop', { task_drop: 'Covered by CR-20261120-001' });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'dropped', reason: 'Covered by CR-20261120-001' }]);
  await qe.presses(live(), 'review', { review: '库存太低', lessons: '预警要早' });
  await plant.settle();
  await lead.presses(live(), 'close');
  expect((await plant.record(id)).status).toBe('closed');
});

test('reminded in the morning of the day, and when it is overdue whoever leads hears of it, once', async () => {
  const { planner, lead } = plant.people;
  await adds(item(planner, '2026-11-24'));
  await passesHours(21.9);
  expect(cardsOf(planner, '行动项：')).toHaveLength(1);
  await passesHours(0.2);
  expect(cardsOf(planner, '行动项：')).toHaveLength(2);
  await plant.restart();
  await passesHours(23);
  expect(cardsOf(lead, 'Action item:')).toHaveLength(0);
  await passesHours(2);
  expect(cardsOf(planner, '行动项：')).toHaveLength(3);
  expect(reads(plant.teams.card(planner))).toContain('已逾期');
  expect(cardsOf(lead, 'Action item:')).toHaveLength(1);
  await passesHours(8);
  expect(cardsOf(planner, '行动项：')).toHaveLength(3);
  expect(cardsOf(lead, 'Action item:')).toHaveLength(1);
});
