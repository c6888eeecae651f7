/** The top of the ladder calls again each hour for as long as the line stands. */
import type { Site } from '../../src/site/site.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
});
afterEach(() => plant.stop());

const live = () => plant.teams.cards(plant.main)[0]!;
const calls = () =>
  plant.teams.messages(plant.main).flatMap(({ activity }) => {
    const text = String(activity['text'] ?? '');
    const entities = (activity['entities'] ?? []) as { mentioned?: { name: string } }[];
    return text.includes('会议，每')
      ? [{ text, names: entities.flatMap((one) => one.mentioned?.name ?? []) }]
      : [];
  });
const withSite = (change: Partial<Site>): Promise<void> =>
  plant.app.context.sites.put({ ...plant.app.context.sites.get('demo')!, ...change });
const stops = async (): Promise<void> => {
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
};

test('each hour after the top was reached, by name, with the present state, until it is restored', async () => {
  const { re, qe, lead, manager } = plant.people;
  await stops();
  await plant.passes(120 * minute);
  expect(reads(live())).toContain('L5 每1小时再次通知，下一次 13:00');
  expect(calls()).toHaveLength(0);
  await plant.passes(57 * minute);
  await qe.presses(live(), 'acknowledge');
  await plant.settle();
  await qe.presses(live(), 'status', { status_now: '新线束在路上', eta: '13:40' });
  await plant.passes(3 * minute);
  expect(calls()).toHaveLength(1);
  expect(calls()[0]?.names.sort()).toEqual([lead.name, manager.name].sort());
  expect(calls()[0]?.text).toContain('已停 3小时');
  expect(calls()[0]?.text).toContain('已响应：陈伟');
  expect(calls()[0]?.text).toContain('陈伟：新线束在路上 · 预计恢复 13:40');
  expect(reads(live())).toContain('下一次 14:00');
  await plant.passes(59 * minute);
  expect(calls()).toHaveLength(1);
  await plant.passes(minute);
  expect(calls()).toHaveLength(2);
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.passes(180 * minute);
  expect(calls()).toHaveLength(2);
  expect((await plant.record(id)).jobs.filter(({ type }) => type === 'call')).toEqual([]);
});

test('stopped and started again: none twice, and what was missed is one call', async () => {
  await stops();
  await plant.passes(179 * minute);
  await plant.restart();
  await plant.passes(minute);
  expect(calls()).toHaveLength(1);
  await plant.restart();
  await plant.passes(minute);
  expect(calls()).toHaveLength(1);
  await plant.app.stop();
  await plant.clock.advance(150 * minute);
  await plant.reopen();
  await plant.passes(15_000);
  expect(calls()).toHaveLength(2);
  await plant.passes(28 * minute);
  expect(calls()).toHaveLength(2);
  await plant.passes(2 * minute);
  expect(calls()).toHaveLength(3);
});

test('minutes may be parts of one, and the level that is reached is the one that calls', async () => {
  const ladder = {
    S1: [
      { minutes: 0, roles: ['RE', 'QE'] },
      { minutes: 1, roles: ['LEAD'], every: 0.5 },
      { minutes: 2.25, roles: ['DM'], every: 2 },
    ],
  } as Site['ladder'];
  await withSite({ ladder, language: 'en' });
  await stops();
  const heads = () =>
    plant.teams.texts(plant.main).flatMap((text) => /L(\d) call, every/.exec(text)?.[1] ?? []);
  await plant.passes(1.3 * minute);
  expect(heads()).toEqual([]);
  await plant.passes(0.9 * minute);
  expect(heads()).toEqual(['1', '1']);
  await plant.passes(2 * minute);
  expect(heads()).toEqual(['1', '1', '2']);
});
