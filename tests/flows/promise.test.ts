/** "I'll take it" holds while something is heard; then the line has nobody again, and the ladder goes on. */
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.people.qe.says('帮助');
  await plant.settle();
});
afterEach(() => plant.stop());

/** The engineer corrects facts, as the whole form would. */
const edits = async (inputs: Record<string, string>): Promise<void> => {
  const site = plant.app.context.sites.get('demo')!;
  const actor = actorOf(site, plant.people.re.aadObjectId, 'card');
  await edit(plant.app.deps, site, actor, { id, rev: undefined, inputs });
  await plant.settle();
};
const live = () => plant.teams.cards(plant.main)[0]!;
/** As they were sent: once answered, or lapsed, they say so. */
const reminders = () =>
  plant.teams
    .messages(plant.people.qe)
    .map(({ versions }) => versions[0])
    .filter((sent) => reads(sent).includes('请更新进展'));
const lapses = () => plant.teams.texts(plant.main).filter((text) => text.includes('响应已失效'));
const levels = () =>
  plant.teams
    .texts(plant.main)
    .flatMap((text) => /L(\d) 升级/.exec(text)?.[1] ?? [])
    .map(Number);

test('in silence: a reminder three minutes before, then it is unanswered again', async () => {
  const { qe } = plant.people;
  await plant.passes(2 * minute);
  await qe.presses(live(), 'acknowledge');
  await plant.passes(11 * minute);
  expect(reminders()).toEqual([]);
  expect(reads(live())).toContain('响应 10:17 失效');
  await plant.passes(minute + 5_000);
  expect(reminders()).toHaveLength(1);
  expect(reads(reminders()[0])).toContain('到 10:17 仍没有更新');
  expect((await plant.record(id)).status).toBe('acknowledged');
  await plant.passes(3 * minute);
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'open' });
  expect(record.owner).toBeUndefined();
  expect(record.fields['ack_at']).toBeUndefined();
  expect(record.history.at(-1)).toMatchObject({
    verb: 'lapse',
    by: { id: 'bot' },
    from: 'acknowledged',
    to: 'open',
  });
  expect(verifyHistory(record)).toEqual([]);
  expect(lapses()).toHaveLength(1);
  expect(lapses()[0]).toContain(`<at>${qe.name}</at>`);
  expect(reads(live())).toContain('还没有人响应');
  expect(reminders()).toHaveLength(1);
  expect(levels()).toEqual([2]);
  await plant.passes(14 * minute);
  expect(levels()).toEqual([2, 3]);
});

test('where the second level is later, the first comes as soon as nobody has it', async () => {
  const site = plant.app.context.sites.get('demo')!;
  const [first, , ...rest] = site.ladder.S1!;
  await plant.app.context.sites.put({
    ...site,
    ackExpiry: 4.5,
    ladder: { S1: [first!, { minutes: 5, roles: ['LEAD'] }, ...rest] },
  });
  await plant.passes(minute);
  await plant.people.qe.presses(live(), 'acknowledge');
  await plant.passes(4.5 * minute - 2_000);
  expect(levels()).toEqual([]);
  await plant.passes(5_000);
  expect(levels()).toEqual([1]);
  expect(lapses()).toHaveLength(1);
});

test.each([
  ['a comment', 'comment', { comment: '料已上车' }],
  ['a level by hand', 'ladder', { level: '2', reason: '要料' }],
])('%s keeps it up', async (_, verb, inputs) => {
  const { qe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await plant.passes(10 * minute);
  await qe.presses(live(), verb, inputs);
  await plant.passes(14 * minute);
  expect((await plant.record(id)).status).toBe('acknowledged');
  await plant.passes(minute + 5_000);
  expect((await plant.record(id)).status).toBe('open');
});

test('a new time keeps it up, a corrected part number does not', async () => {
  await plant.people.qe.presses(live(), 'acknowledge');
  await plant.passes(10 * minute);
  await edits({ eta: '10:40' });
  await plant.passes(10 * minute);
  expect((await plant.record(id)).status).toBe('acknowledged');
  await edits({ part_no: '8A0-971-12D' });
  await plant.passes(6 * minute);
  expect((await plant.record(id)).status).toBe('open');
});

test('who is on site, or has restored it, has kept the promise', async () => {
  const { qe, re } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await plant.passes(minute);
  await re.presses(live(), 'arrive');
  await plant.passes(60 * minute);
  expect((await plant.record(id)).status).toBe('on_site');
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.passes(60 * minute);
  expect((await plant.record(id)).status).toBe('restored');
  expect(reminders()).toEqual([]);
});

test('taken again, it holds for its time again, with a reminder of its own', async () => {
  const { qe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await plant.passes(16 * minute);
  expect((await plant.record(id)).status).toBe('open');
  await qe.presses(live(), 'acknowledge');
  await plant.passes(13 * minute);
  expect((await plant.record(id)).status).toBe('acknowledged');
  expect(reminders()).toHaveLength(2);
  await plant.restart();
  await plant.passes(3 * minute);
  expect((await plant.record(id)).history.filter(({ verb }) => verb === 'lapse')).toHaveLength(2);
  expect(lapses()).toHaveLength(2);
});
