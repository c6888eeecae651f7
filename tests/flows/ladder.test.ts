/** The ladder of a stopped line: each level posts once, in time, and calls by name whoever was not called before. */
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import type { Site } from '../../src/site/site.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

const minute = 60_000;
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
});
afterEach(() => plant.stop());

const id = 'ESC-20261123-001';

async function stopped(said = '总装二线停线,右前门线束 P/N 8A0-971-12C 断料'): Promise<void> {
  await plant.people.re.says(said, { in: plant.main });
  await plant.settle();
}
/** The promotions' posts: level, whom each names, its words. */
const posts = (): { level: number; names: string[]; text: string }[] =>
  plant.teams.messages(plant.main).flatMap(({ activity }) => {
    const text = String(activity['text'] ?? '');
    const level = /L(\d) 升级/.exec(text)?.[1];
    const entities = (activity['entities'] ?? []) as { type: string; mentioned?: { name: string } }[];
    return level === undefined
      ? []
      : [{ level: Number(level), names: entities.flatMap((one) => one.mentioned?.name ?? []), text }];
  });
/** The engineer corrects facts, as the whole form would. */
const edits = async (inputs: Record<string, string>, of = id, reason?: string): Promise<void> => {
  const site = plant.app.context.sites.get('demo')!;
  const actor = actorOf(site, plant.people.re.aadObjectId, 'card');
  await edit(plant.app.deps, site, actor, { id: of, rev: undefined, inputs, reason });
  await plant.settle();
};
const live = () => plant.teams.cards(plant.main)[0]!;
const withSite = (change: Partial<Site>): Promise<void> =>
  plant.app.context.sites.put({ ...plant.app.context.sites.get('demo')!, ...change });

test('each level posts once and names new people only', async () => {
  const { lead, planner, manager } = plant.people;
  await stopped();
  await plant.passes(5 * minute - 5_000);
  expect(posts()).toEqual([]);
  await plant.passes(5_000);
  expect(posts()).toMatchObject([{ level: 1, names: [lead.name] }]);
  await plant.passes(115 * minute);
  expect(posts().map(({ level, names }) => [level, names])).toEqual([
    [1, [lead.name]],
    [2, [planner.name]],
    [3, [manager.name]],
    [4, []],
    [5, []],
  ]);
  const [first, second] = posts();
  expect(first?.text).toContain('总装二线');
  expect(first?.text).toContain('右前门线束');
  expect(first?.text).toContain('已停 5分钟');
  expect(first?.text).toContain('还没有人响应');
  expect(second?.text).toContain('已停 15分钟');
  await plant.passes(60 * minute);
  expect(posts()).toHaveLength(5);
  const record = await plant.record(id);
  expect(record.level).toBe(5);
  expect(record.history.filter(({ verb, by }) => verb === 'escalate' && by.id === 'bot')).toHaveLength(5);
  expect(verifyHistory(record)).toEqual([]);
});

test('the post stands in the thread of the report, and the card says how far it has come', async () => {
  await stopped();
  await plant.passes(15 * minute);
  const [card, ...rest] = plant.teams.messages(plant.main);
  const promotions = rest.filter(({ activity }) => /L\d 升级/.test(String(activity['text'])));
  expect(promotions.map(({ conversationId }) => conversationId)).toEqual([
    card?.conversationId,
    card?.conversationId,
  ]);
  expect(reads(live())).toContain(
    '已升级到 L2(10:15,停线 15分钟)'.replace('(', '（').replace(',', '，').replace(')', '）'),
  );
  expect(reads(live())).toContain(`已通知 ${plant.people.planner.name}`);
  expect(reads(live())).toContain('下一级 L3：10:30');
});

test('an answer stops the first level; the second comes all the same, until it is restored', async () => {
  const { re, qe } = plant.people;
  await stopped();
  await plant.passes(3 * minute);
  await qe.presses(live(), 'acknowledge');
  await plant.passes(11 * minute);
  expect(posts()).toEqual([]);
  await qe.presses(live(), 'comment', { comment: '在换料' });
  await plant.passes(2 * minute);
  expect(posts()).toMatchObject([{ level: 2, names: [plant.people.planner.name] }]);
  expect(posts()[0]?.text).toContain('已响应：陈伟');
  expect(posts()[0]?.text).not.toContain('L1');
  await re.presses(live(), 'arrive');
  await plant.settle();
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.passes(3 * 60 * minute);
  expect(posts()).toHaveLength(1);
});

test('a promise, or a word that it runs, does not end it: restored with first-off OK does', async () => {
  await stopped();
  await plant.passes(6 * minute);
  await edits({ ongoing: 'false' });
  await plant.passes(10 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2]);
  expect(posts()[1]?.text).toContain('首件合格尚未确认');
});

test('a late report goes at once where its minutes are, in one post that calls all whom it passed', async () => {
  const { lead, planner } = plant.people;
  await stopped('总装二线停线,右前门线束断料,9:40停到现在');
  expect(posts()).toMatchObject([{ level: 2, names: [planner.name, lead.name] }]);
  expect(posts()[0]?.text).toContain('同时到点：L1');
  await plant.passes(10 * minute);
  expect(posts().map(({ level }) => level)).toEqual([2, 3]);
});

test('a stop that was over when it was told never climbs', async () => {
  await stopped('B线换模后首件尺寸OK,停线共47分钟(8:05-8:52),已恢复,原因我司卡具定位销断');
  await plant.passes(3 * 60 * minute);
  expect(posts()).toEqual([]);
});

test('a level without anybody is skipped at once, and the post says so', async () => {
  const site = plant.app.context.sites.get('demo')!;
  await withSite({
    people: site.people
      .filter(({ roles }) => !roles.includes('LEAD'))
      .map((one) => ({ ...one, roles: one.roles.filter((role) => role !== 'BK') })),
  });
  await stopped();
  await plant.passes(5 * minute);
  expect(posts()).toMatchObject([{ level: 2, names: [plant.people.planner.name] }]);
  expect(posts()[0]?.text).toContain('L1 没有可以通知的人');
  await plant.passes(25 * minute);
  expect(posts().map(({ level }) => level)).toEqual([2, 3]);
});

test('nobody up there at all: one post says so', async () => {
  await withSite({
    ladder: {
      S1: [
        { minutes: 0, roles: ['QE'] },
        { minutes: 2.5, roles: ['CUST'] },
        { minutes: 4, roles: ['CUST'] },
      ],
    },
  });
  await stopped();
  await plant.passes(2.5 * minute);
  expect(posts()).toMatchObject([{ level: 2, names: [] }]);
  expect(posts()[0]?.text).toContain('没有更高的级别可通知');
  await plant.passes(60 * minute);
  expect(posts()).toHaveLength(1);
});

test('minutes of a site may be parts of one', async () => {
  await withSite({
    ladder: {
      S1: [
        { minutes: 0, roles: ['QE'] },
        { minutes: 0.1, roles: ['LEAD'] },
        { minutes: 0.25, roles: ['DM'] },
      ],
    },
  });
  await plant.people.re.says('总装二线停线', { in: plant.main });
  await plant.clock.advance(4_900);
  expect(posts()).toEqual([]);
  await plant.clock.advance(1_200);
  await plant.pump(plant.app.runner.idle());
  expect(posts().map(({ level }) => level)).toEqual([1]);
  await plant.passes(15_000);
  expect(posts().map(({ level }) => level)).toEqual([1, 2]);
});

test('safety goes to level 3 at once', async () => {
  await stopped('总装二线有人夹手受伤,停线');
  expect((await plant.record(id)).fields['type']).toBe('safety');
  expect(posts()).toMatchObject([{ level: 3 }]);
  expect(posts()[0]?.names).toEqual(
    expect.arrayContaining([plant.people.manager.name, plant.people.lead.name]),
  );
  expect(posts()[0]?.text).toContain('涉及安全');
});

test('a safety part goes to level 3 at once, whenever it becomes known', async () => {
  await stopped('总装二线停线,制动软管断料');
  expect(posts()).toMatchObject([{ level: 3 }]);
  await plant.people.re.says('总装一线停线', { in: plant.main });
  await plant.passes(minute);
  await edits({ safety_related: 'true' }, 'ESC-20261123-002');
  await plant.passes(1_000);
  expect(posts()).toHaveLength(2);
  expect(posts()[1]).toMatchObject({ level: 3 });
});

test('our side has stopped it for half an hour: level 4 hears of it early, and once', async () => {
  await stopped();
  await edits({ cause_side: 'ours' });
  await plant.passes(2 * 60 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2, 4, 5]);
  expect(posts()[2]?.text).toContain('已停 30分钟');
  expect(posts()[2]?.text).toContain('提前知会');
  expect(posts()[2]?.names).toEqual([plant.people.manager.name]);
});

test('correcting the start moves the levels that are still to come', async () => {
  await stopped();
  await plant.passes(2 * minute);
  await edits({ started_at: '09:50' }, id, '看监控录像');
  await plant.passes(1_000);
  expect(posts()).toMatchObject([{ level: 1 }]);
  await plant.passes(3 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2]);
  await edits({ started_at: '10:00' }, id, '录像时间有误');
  await plant.passes(20 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2]);
  await plant.passes(5 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2, 3]);
});

test('stopped and started again in the middle: the next level on time, none twice', async () => {
  await stopped();
  await plant.passes(6 * minute);
  await plant.restart();
  await plant.passes(9 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2]);
  await plant.app.stop();
  await plant.clock.advance(20 * minute);
  await plant.restart();
  await plant.passes(15_000);
  expect(posts().map(({ level }) => level)).toEqual([1, 2, 3]);
  await plant.passes(25 * minute);
  expect(posts().map(({ level }) => level)).toEqual([1, 2, 3, 4]);
});

test('anybody of ours sends it to a level at once, with a reason', async () => {
  const { planner, manager } = plant.people;
  await stopped();
  const refused = await planner.isRefused(live(), 'ladder', { level: '3' });
  expect(refused.message).toContain('原因');
  expect((await planner.isRefused(live(), 'ladder', { level: '0', reason: '客户要求' })).message).toContain(
    '更高的级别',
  );
  expect(
    (await plant.stranger.isRefused(live(), 'ladder', { level: '3', reason: 'x' })).message,
  ).toBeTruthy();
  await planner.presses(live(), 'ladder', { level: '3', reason: '客户要求' });
  await plant.passes(1_000);
  expect(posts()).toMatchObject([{ level: 3 }]);
  expect(posts()[0]?.text).toContain('客户要求');
  expect(posts()[0]?.names).toContain(manager.name);
  expect(posts()[0]?.names).not.toContain(planner.name);
  await plant.passes(45 * minute);
  expect(posts().map(({ level }) => level)).toEqual([3]);
  await plant.passes(16 * minute);
  expect(posts().map(({ level }) => level)).toEqual([3, 4]);
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('who answers in the second of a promotion is not turned away', async () => {
  await stopped();
  const card = structuredClone(live());
  plant.teams.answered(card, plant.teams.origin(live()));
  await plant.passes(5 * minute);
  await plant.people.qe.presses(card, 'acknowledge');
  expect((await plant.record(id)).status).toBe('acknowledged');
});

test('stopped again: the ladder begins anew from then, and calls everybody anew', async () => {
  const { re, lead } = plant.people;
  await stopped();
  await plant.passes(6 * minute);
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.passes(10 * minute);
  await re.presses(live(), 'reopen', { reason: '又停了' });
  await plant.passes(4 * minute);
  expect(posts()).toHaveLength(1);
  await plant.passes(2 * minute);
  expect(posts()).toMatchObject([{ level: 1 }, { level: 1, names: [lead.name] }]);
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});
