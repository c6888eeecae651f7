/** Help that a line stop asks for: one task for each kind of it, with an owner, a time, and somebody told if it fails. */
import type { Card } from '../fakes/cards.ts';
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { move } from '../../src/records/move.ts';
import type { Task } from '../../src/records/task.ts';
import type { Site } from '../../src/site/site.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Person } from '../fakes/person.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
});
afterEach(() => plant.stop());

const stopped = async (said = '总装二线停线,右前门线束断料'): Promise<void> => {
  await plant.people.re.says(said, { in: plant.main });
  await plant.settle();
};
const live = (): Card => plant.teams.cards(plant.main)[0]!;
const tasks = async (): Promise<Task[]> => (await plant.record(id)).actions;
const asks = async (what: string, more: Record<string, unknown> = {}): Promise<void> => {
  await plant.people.re.presses(live(), 'ask_help', { task_what: what, ...more });
  await plant.settle();
};
/** The task cards of a person that say this, oldest first. */
const cardsOf = (person: Person, saying: string): Card[] =>
  plant.teams.cards(person).filter((card) => reads(card).includes(saying));
const withSite = (change: Partial<Site>): Promise<void> =>
  plant.app.context.sites.put({ ...plant.app.context.sites.get('demo')!, ...change });
const edits = async (inputs: Record<string, string>, who = plant.people.re): Promise<void> => {
  const site = plant.app.context.sites.get('demo')!;
  await edit(plant.app.deps, site, actorOf(site, who.aadObjectId, 'card'), { id, rev: undefined, inputs });
  await plant.settle();
};

test('two kinds of help are two tasks, each with its owner, who says when', async () => {
  const { otherQe, planner } = plant.people;
  await stopped();
  await asks('expert,material', { task_note: '线束 200 套，送到 T2-18', task_due: '10:40' });
  expect(await tasks()).toMatchObject([
    { id: 'T1', what: 'expert', state: 'asked', owner: otherQe.aadObjectId },
    { id: 'T2', what: 'material', state: 'asked', owner: planner.aadObjectId },
  ]);
  expect((await plant.record(id)).fields['help_requested']).toEqual(['expert', 'material']);
  expect(reads(live())).toContain('专家 · 周敏 · 等待受理');
  const [card] = cardsOf(planner, '支援：物料');
  expect(reads(card)).toContain('线束 200 套，送到 T2-18');
  expect(reads(card)).toContain('需要时间 10:40');
  expect(reads(card)).toContain('已停 ');
  expect(reads(card)).toContain(id);

  const after = await planner.presses(card!, 'task-take', { task_eta: '20' });
  expect(reads(after)).toContain('赵磊 · 预计 10:20');
  await plant.settle();
  expect(reads(live())).toContain('物料 · 赵磊 · 预计 10:20');
  expect(plant.teams.texts(plant.people.re).join()).toContain('赵磊 已受理“物料”，预计 10:20');

  await planner.presses(after, 'task-done', { task_evidence: '已到线边' });
  await plant.settle();
  expect(reads(live())).toMatch(/物料 · 赵磊 · \d\d:\d\d 完成/);
  expect(reads(live())).toContain('已完成“物料”（已到线边）');
  expect(reads(live())).toContain('请求支援：专家 → 周敏、物料 → 赵磊');
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('a changed byte of a task is found', async () => {
  await stopped();
  await asks('expert');
  const record = await plant.record(id);
  record.actions[0]!.owner = plant.people.lead.aadObjectId;
  expect(verifyHistory(record)).toEqual(['task.T1 differs from what the history gives']);
  record.actions = [];
  expect(verifyHistory(record)).toEqual(['task.T1 differs from what the history gives']);
});

test('what is asked already is not asked twice; what was done may be asked for again', async () => {
  const { planner, re } = plant.people;
  await stopped();
  await asks('material');
  const refused = await re.isRefused(live(), 'ask_help', { task_what: 'material' });
  expect(refused.message).toContain('物料已经请求过');
  await edits({ help_requested: 'material,expert' });
  expect((await tasks()).map(({ what }) => what)).toEqual(['material', 'expert']);
  const [card] = cardsOf(planner, '支援：物料');
  const taken = await planner.presses(card!, 'task-take', { task_eta: '11:00' });
  await planner.presses(taken, 'task-done');
  await plant.settle();
  await asks('material,expert');
  expect((await tasks()).map(({ what, state }) => [what, state])).toEqual([
    ['material', 'done'],
    ['expert', 'asked'],
    ['material', 'asked'],
  ]);
  expect((await re.isRefused(live(), 'ask_help')).message).toContain('需要支援');
});

test('the answer to the bot’s question asks for help, and taking the choice away takes it back', async () => {
  const { otherQe, re } = plant.people;
  await stopped();
  await edits({ help_requested: 'expert' });
  expect(cardsOf(otherQe, '支援：专家')).toHaveLength(1);
  await edits({ help_requested: '' }, plant.people.qe);
  expect(await tasks()).toMatchObject([{ state: 'asked', askedBy: { id: re.aadObjectId } }]);
  await edits({ help_requested: 'sorters' });
  expect(await tasks()).toMatchObject([
    { what: 'expert', state: 'asked' },
    { what: 'sorters', state: 'asked', owner: plant.people.qe.aadObjectId },
  ]);
  await edits({ help_requested: '' });
  expect(await tasks()).toMatchObject([{ state: 'asked' }, { what: 'sorters', state: 'dropped' }]);
  expect(plant.teams.texts(plant.people.qe).join()).toContain('“挑选人员”不再需要');
});

test('who cannot says why; whoever leads hears of it and passes it on', async () => {
  const { planner, lead, manager, re } = plant.people;
  await stopped();
  await asks('material');
  const [card] = cardsOf(planner, '支援：物料');
  expect((await planner.isRefused(card!, 'task-cannot')).message).toContain('原因');
  await planner.presses(card!, 'task-cannot', { task_reason: '库里没有' });
  await planner.presses(card!, 'task-cannot', { task_reason: '库里没有' });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'declined', reason: '库里没有' }]);
  expect((await tasks())[0]!.owner).toBeUndefined();
  expect(reads(live())).toContain('赵磊 做不到：库里没有');
  const [told] = cardsOf(lead, '赵磊 cannot: 库里没有');
  expect(told).toBeDefined();
  expect(cardsOf(re, '赵磊 做不到：库里没有')).toHaveLength(1);
  await lead.presses(told!, 'task-pass', { task_person: manager.aadObjectId });
  await lead.presses(told!, 'task-pass', { task_person: manager.aadObjectId });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'asked', owner: manager.aadObjectId }]);
  expect(cardsOf(manager, 'Help: Material')).toHaveLength(1);
  const late = await planner.isRefused(card!, 'task-take', { task_eta: '11:00' });
  expect(late.message).toContain('要由Sarah Keller来做');
  const record = await plant.record(id);
  expect(record.history.filter(({ verb }) => verb.startsWith('task-')).map(({ verb }) => verb)).toEqual([
    'task-cannot',
    'task-pass',
  ]);
  expect(verifyHistory(record)).toEqual([]);
});

test('the owner passes it on, and the next one must take it', async () => {
  const { planner, otherQe } = plant.people;
  await stopped();
  await asks('material');
  const [card] = cardsOf(planner, '支援：物料');
  await planner.presses(card!, 'task-take', { task_eta: '10:30' });
  const after = await planner.presses(card!, 'task-pass', { task_person: otherQe.aadObjectId });
  expect(reads(after)).toContain('周敏 · 等待受理');
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'asked', owner: otherQe.aadObjectId }]);
  expect((await tasks())[0]!.eta).toBeUndefined();
  const [next] = cardsOf(otherQe, '支援：物料');
  await otherQe.presses(next!, 'task-take', { task_eta: '10:45' });
  await plant.settle();
  // The card that stands with the first owner says how it stands, and is no longer theirs to answer.
  expect(reads(cardsOf(planner, '支援：物料')[0])).toContain('周敏 · 预计 10:45');
});

test('nobody on call: the card says so, whoever leads is told, and anybody of ours may take it', async () => {
  const site = plant.app.context.sites.get('demo')!;
  await withSite({
    people: site.people.map((one) => ({
      ...one,
      roles: one.roles.includes('LOG') ? (['PP'] as const).slice() : one.roles,
    })),
  });
  const { lead, qe } = plant.people;
  await stopped();
  await asks('material');
  expect((await tasks())[0]).toMatchObject({ state: 'asked' });
  expect((await tasks())[0]!.owner).toBeUndefined();
  expect(reads(live())).toContain('物料 · 没有人值班，等主管安排');
  expect(cardsOf(lead, 'nobody is on call, the lead')).toHaveLength(1);
  const card = await qe.presses(live(), 'task-show', {}, { where: { task: 'T1' } });
  await qe.presses(card, 'task-take', { task_eta: '10:30' });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'taken', owner: qe.aadObjectId }]);
});

test('unanswered: reminded in the time of the severity, then whoever leads, each once', async () => {
  const { planner, lead } = plant.people;
  await stopped();
  await plant.passes(minute);
  await asks('material');
  await plant.passes(4 * minute);
  expect(cardsOf(planner, '物料')).toHaveLength(1);
  await plant.passes(minute + 10_000);
  expect(cardsOf(planner, '赵磊 · 5分钟没有受理')).toHaveLength(1);
  expect(cardsOf(lead, 'Help: Material')).toHaveLength(0);
  await plant.restart();
  await plant.passes(5 * minute);
  expect(cardsOf(lead, '赵磊 · no answer for 10 min')).toHaveLength(1);
  await plant.passes(60 * minute);
  // The one that asked, and one reminder.
  expect(cardsOf(planner, '物料')).toHaveLength(2);
  expect(cardsOf(lead, 'Help: Material')).toHaveLength(1);
});

test('the time is past: the owner is reminded and the asker told; a new time begins anew', async () => {
  const { planner, re } = plant.people;
  await stopped();
  await asks('material');
  const [card] = cardsOf(planner, '支援：物料');
  await planner.presses(card!, 'task-take', { task_eta: '10:15' });
  await plant.passes(10 * minute);
  expect(cardsOf(re, '支援：物料')).toHaveLength(0);
  await plant.passes(5 * minute + 10_000);
  const late = plant.teams.card(planner);
  expect(reads(late)).toContain('赵磊 · 预计 10:15，已过');
  expect(cardsOf(planner, '支援：物料')).toHaveLength(2);
  expect(cardsOf(re, '支援：物料')).toHaveLength(1);
  await planner.presses(late, 'task-take', { task_eta: '10:30' });
  await planner.presses(late, 'task-take', { task_eta: '10:30' });
  await plant.restart();
  await plant.passes(14 * minute);
  expect(cardsOf(re, '支援：物料')).toHaveLength(1);
  await plant.passes(2 * minute);
  expect(cardsOf(re, '支援：物料')).toHaveLength(2);
  const { history } = await plant.record(id);
  expect(history.filter(({ verb }) => verb === 'task-take')).toHaveLength(2);
});

test('restored: what is still open is no longer needed, and nobody is reminded', async () => {
  const { planner, re } = plant.people;
  await stopped();
  await asks('material');
  const [card] = cardsOf(planner, '支援：物料');
  const taken = await planner.presses(card!, 'task-take', { task_eta: '10:20' });
  await plant.settle();
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'dropped' }]);
  expect(plant.teams.texts(planner).join()).toContain('“物料”不再需要');
  expect(reads(cardsOf(planner, '支援：物料')[0])).toContain('不再需要');
  const refused = await planner.isRefused(taken, 'task-done');
  expect(refused.message).toContain('已取消');
  await plant.passes(30 * minute);
  expect(cardsOf(planner, '支援：物料')).toHaveLength(1);
  const record = await plant.record(id);
  expect(record.jobs).toEqual(record.jobs.filter(({ type }) => type !== 'nudge'));
  expect(verifyHistory(record)).toEqual([]);
});

test('a press on the stop and one on a task do not turn each other away', async () => {
  const { planner, qe } = plant.people;
  await stopped();
  await asks('material');
  const before = structuredClone(live());
  plant.teams.answered(before, plant.teams.origin(live()));
  const [card] = cardsOf(planner, '支援：物料');
  const taken = await planner.presses(card!, 'task-take', { task_eta: '10:30' });
  await qe.presses(before, 'acknowledge');
  expect(await plant.record(id)).toMatchObject({ status: 'acknowledged', owner: qe.aadObjectId });
  await planner.presses(taken, 'task-done');
  expect((await tasks())[0]!.state).toBe('done');
});

test('help is asked for though the stop has moved on meanwhile, and a second press asks nobody twice', async () => {
  const { re, qe } = plant.people;
  await stopped();
  const before = structuredClone(live());
  plant.teams.answered(before, plant.teams.origin(live()));
  await qe.presses(live(), 'acknowledge');
  await re.presses(before, 'ask_help', { task_what: 'material', task_note: '200 套' });
  const again = await re.isRefused(before, 'ask_help', { task_what: 'material', task_note: '200 套' });
  expect(again.message).toContain('物料已经请求过');
  expect(await tasks()).toHaveLength(1);
});

test('whoever leads and does not answer is not the one who hears of that', async () => {
  const { lead, manager } = plant.people;
  await stopped();
  await asks('management');
  expect((await tasks())[0]!.owner).toBe(lead.aadObjectId);
  await plant.passes(11 * minute);
  expect(cardsOf(lead, 'Help: Management')).toHaveLength(2);
  expect(cardsOf(manager, 'Help: Management')).toHaveLength(1);
  await lead.presses(plant.teams.card(lead), 'task-cannot', { task_reason: 'On a plane' });
  await plant.settle();
  expect(await tasks()).toMatchObject([{ state: 'declined' }]);
  expect(reads(plant.teams.card(manager))).toContain('cannot: On a plane');
});

test('a cancelled stop says why and what that ended', async () => {
  const { re, planner } = plant.people;
  await stopped();
  await asks('material');
  await re.presses(live(), 'cancel', { reason: '看错线了' });
  await plant.settle();
  expect(reads(live())).toContain('误报取消：已触发 → 已取消（看错线了）：取消 物料');
  expect(plant.teams.texts(planner).join()).toContain('“物料”不再需要');
});

test('strangers and customers are refused, and see nothing of it', async () => {
  const site = plant.app.context.sites.get('demo')!;
  const guest = plant.teams.person('冯宇', { aadObjectId: 'guest-1' });
  await withSite({
    people: [...site.people, { name: '冯宇', aadObjectId: 'guest-1', roles: ['CUST'] }],
  });
  const { planner } = plant.people;
  await stopped();
  await asks('material');
  const [card] = cardsOf(planner, '支援：物料');
  const before = JSON.stringify(await tasks());
  for (const who of [guest, plant.stranger])
    for (const [verb, inputs] of [
      ['task-take', { task_eta: '11:00' }],
      ['task-cannot', { task_reason: 'x' }],
      ['task-pass', { task_person: site.people[0]!.aadObjectId }],
    ] as const)
      expect((await who.isRefused(card!, verb, inputs)).message).toBeTruthy();
  expect((await guest.isRefused(live(), 'task-show', {}, { where: { task: 'T1' } })).message).toContain(
    '没有找到',
  );
  expect(JSON.stringify(await tasks())).toBe(before);
  await guest.says(`查看 ${id}`);
  await plant.settle();
  expect(reads(plant.teams.cards(guest).at(-1))).not.toContain('等待受理');
  const nobody = await planner.isRefused(card!, 'task-pass', { task_person: 'guest-1' });
  expect(nobody.message).toContain('请从名单中选择我方人员');
  expect((await planner.isRefused(card!, 'task-take', { task_eta: '昨天' })).message).toContain('时间');
  expect((await plant.people.qe.isRefused(card!, 'task-take', { task_eta: '11:00' })).message).toContain(
    '要由赵磊来做',
  );
});

test('my work lists the stop on which I have a task, and says which', async () => {
  const { planner, manager } = plant.people;
  await stopped();
  await asks('material');
  await plant.people.qe.presses(live(), 'acknowledge');
  await planner.says('我的待办');
  await plant.settle();
  const list = reads(plant.teams.cards(planner).at(-1));
  expect(list).toContain(id);
  expect(list).toContain('支援 物料 · 赵磊 · 等待受理');
  await manager.says('my work');
  await plant.settle();
  expect(reads(plant.teams.cards(manager).at(-1))).not.toContain(id);
});

test('the rest of many is on demand', async () => {
  await stopped();
  await asks('expert,material,air_freight,sorters,management');
  expect(reads(live()).match(/等待受理/g)).toHaveLength(4);
  const list = await plant.people.qe.presses(live(), 'task-list');
  expect(reads(list).match(/等待受理/g)).toHaveLength(5);
  expect(reads(list)).toContain(`${id} 的支援与行动项`);
});

test('help that is told of with a stop which is over asks nobody', async () => {
  await stopped('B线换模后首件尺寸OK,停线共47分钟(8:05-8:52),已恢复,原因我司卡具定位销断');
  const site = plant.app.context.sites.get('demo')!;
  const re = actorOf(site, plant.people.re.aadObjectId, 'card');
  await edits({ help_requested: 'expert' });
  expect(await tasks()).toEqual([]);
  await expect(
    move(plant.app.deps, site, re, { id, rev: undefined, verb: 'add_action', task: { task_what: 'x' } }),
  ).rejects.toMatchObject({ code: 'wrong_status' });
});
