/** Two different stops on one line in a shift are two records: a report that joined by mistake is split off by hand. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';

const minute = 60_000;
const first = 'ESC-20261123-001';
const second = 'ESC-20261123-002';
const words = '总装二线停线,仪表板横梁断料';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  const { re, otherQe } = plant.people;
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.passes(3 * minute);
  await otherQe.says(words, { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([first]);
});
afterEach(() => plant.stop());

const ids = async (): Promise<string[]> => (await plant.records()).map(({ id }) => id);
const live = (id: string): Card =>
  plant.teams.cards(plant.main).find((card) => reads(card).includes(`· ${id}`))!;
const form = (): Promise<Card> =>
  plant.people.re.presses(live(first), 'split', {}, { where: { form: true } });
const honest = async (): Promise<void> => {
  for (const record of await plant.records())
    expect([record.id, verifyHistory(record)]).toEqual([record.id, []]);
};

test('the form lists the reports; the one chosen becomes a record with its own words, reporter, start and ladder', async () => {
  const { re, otherQe } = plant.people;
  const shown = await form();
  expect(JSON.stringify(shown)).toContain(`10:03 ${otherQe.name}：“${words}”`);
  const card = await re.presses(shown, 'split', { started_at: '10:02' });
  expect(reads(card)).toContain(`· ${second}`);
  await plant.settle();
  const [one, two] = await plant.records();
  expect(two).toMatchObject({
    status: 'open',
    reporter: { name: otherQe.name },
    links: [{ to: first }],
    fields: {
      line: '总装二线',
      part_name: '仪表板横梁',
      raw_text: words,
      started_at: '2026-11-23T02:02:00.000Z',
      ongoing: true,
    },
  });
  expect(two!.history.map(({ verb, by }) => [verb, by.name])).toEqual([
    ['create', re.name],
    ['split', re.name],
  ]);
  expect(one!.history.at(-1)).toMatchObject({ verb: 'split', note: words, by: { name: re.name } });
  expect(one!.links).toEqual([{ to: second, why: 'related' }]);
  expect(reads(live(first))).toContain(`拆出 ${second}：“${words}”`);
  expect(reads(live(first))).not.toContain('人次报告同一次停线');
  expect(reads(live(second))).toContain(`从 ${first} 拆出`);
  expect(two!.jobs.map(({ type }) => type)).toContain('ladder');
  await plant.passes(4 * minute);
  expect((await plant.record(second)).level).toBe(1);
  await honest();
});

test('whoever reported it in their own chat gets the new record’s card there', async () => {
  const { re, planner } = plant.people;
  await planner.says('总装二线停线,缺保险杠');
  await plant.settle();
  const shown = await form();
  const chosen = /"value":"(draft-[\w-]+)"/g;
  const reports = [...JSON.stringify(shown).matchAll(chosen)].map(([, draft]) => draft);
  expect(new Set(reports).size).toBe(2);
  await re.presses(shown, 'split', { report: reports.at(-1) });
  await plant.passes(20_000);
  expect(plant.teams.cards(planner).filter((card) => reads(card).includes(`· ${second}`))).toHaveLength(1);
});

test('it does not join again, and further reports of the line join one of the two', async () => {
  const { re, qe } = plant.people;
  await re.presses(await form(), 'split');
  await plant.passes(20_000);
  expect(await ids()).toEqual([first, second]);
  expect((await plant.record(first)).jobs.map(({ type }) => type)).not.toContain('split');
  await qe.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([first, second]);
  // Once the first is over, the one that still runs is the line's.
  await re.presses(live(first), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.passes(minute);
  await qe.says('总装二线还停着', { in: plant.main });
  await qe.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([first, second]);
  expect((await plant.record(second)).history.at(-1)).toMatchObject({ verb: 'join', by: { name: qe.name } });
  await honest();
});

test('pressed twice, also at the same moment, there is one new record', async () => {
  const { re } = plant.people;
  const shown = await form();
  await Promise.all([1, 2].map(() => re.tries(shown, 'split')));
  await re.tries(shown, 'split');
  await plant.passes(20_000);
  expect(await ids()).toEqual([first, second]);
  expect((await plant.record(first)).history.filter(({ verb }) => verb === 'split')).toHaveLength(1);
  await honest();
});

test.each(['before the new record', 'after the new record'])(
  'the process dies %s: the split is made good, once',
  async (when) => {
    const { store } = plant.app.deps;
    const { create, replace } = store;
    const shown = await form();
    const dies = () => Promise.reject(new Error('this process is dead'));
    let made = false;
    store.create = (doc) => {
      if (doc.type === 'record' && when.startsWith('before')) return dies();
      made = doc.type === 'record' || made;
      return create.call(store, doc);
    };
    store.replace = (doc, etag) => (made && doc.id === first ? dies() : replace.call(store, doc, etag));
    await plant.people.re.tries(shown, 'split');
    store.create = create;
    store.replace = replace;
    await plant.restart();
    await plant.passes(20_000);
    await plant.passes(20_000);
    expect(await ids()).toEqual([first, second]);
    const one = await plant.record(first);
    expect(Object.values(one.split ?? {})).toEqual([second]);
    expect(one.history.filter(({ verb }) => verb === 'split')).toHaveLength(1);
    await honest();
  },
);

test('a stop that was over by then is over in the new record, with its own minutes', async () => {
  const { re } = plant.people;
  await plant.passes(20 * minute);
  await re.presses(await form(), 'split', { started_at: '10:02', ended_at: '10:12' });
  await plant.passes(10 * minute);
  const two = await plant.record(second);
  expect(two.fields).toMatchObject({ ongoing: false, minutes_stopped: 10 });
  expect(two.level).toBeUndefined();
  expect(two.jobs.map(({ type }) => type)).not.toContain('ladder');
});

describe('what is refused, with nothing changed', () => {
  test('nothing to split', async () => {
    const { re } = plant.people;
    const shown = await form();
    await re.presses(shown, 'split');
    await plant.settle();
    expect(JSON.stringify(live(first))).not.toContain('"verb":"split"');
    // An old form, with the record's present revision.
    const activity = re.pressing(shown, 'split');
    const { action } = activity['value'] as { action: { data: Record<string, unknown> } };
    Object.assign(action.data, { rev: (await plant.record(first)).rev, report: 'draft-unknown' });
    const { error } = await re.invokes(activity);
    expect(error?.message).toContain('没有可拆分的报告');
    expect(await ids()).toEqual([first, second]);
  });

  test('no report chosen, an end before the start, a start in the future', async () => {
    const { re } = plant.people;
    const shown = await form();
    expect((await re.isRefused(shown, 'split', { report: '' })).message).toContain('请选择一条报告');
    const early = await re.isRefused(shown, 'split', { started_at: '10:02', ended_at: '10:01' });
    expect(early.message).toContain('不能早于开始时间');
    await re.isRefused(shown, 'split', { started_at: '23:50' });
    expect(await ids()).toEqual([first]);
    expect((await plant.record(first)).jobs.map(({ type }) => type)).not.toContain('split');
  });

  test('by somebody without the role, or a stranger', async () => {
    const shown = await form();
    const { planner } = plant.people;
    expect((await planner.isRefused(shown, 'split')).message).toContain('需要角色');
    expect((await plant.stranger.isRefused(shown, 'split')).message).toContain('不在驻点');
    expect(await ids()).toEqual([first]);
  });
});
