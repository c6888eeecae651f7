/** How fast stops are answered and ended, by hand and as laws. */
import fc from 'fast-check';
import { kindOf } from '../../src/kinds/index.ts';
import type { StopFact } from '../../src/numbers/stops-figures.ts';
import {
  factOf,
  meanMinutes,
  noFigures,
  paceOf,
  stopFigures,
  stopSides,
  together,
} from '../../src/numbers/stops-figures.ts';
import { figureLines } from '../../src/render/pace.ts';
import { stopOpen, stopRestored } from '../fixtures/records.ts';
import { local, sampleView } from '../fixtures/sample-site.ts';

const minute = 60_000;
const stop = kindOf('escalation')!;
const zh = sampleView('zh');
const en = sampleView('en');

const sum = fc.option(fc.nat(10_000_000), { nil: undefined });
const fact: fc.Arbitrary<StopFact> = fc
  .record({
    answered: sum,
    restored: sum,
    loss: sum,
    stood: fc.nat(10_000_000),
    side: fc.constantFrom(...stopSides),
  })
  .map(
    (one) =>
      Object.fromEntries(
        Object.entries(one).filter(([, value]) => value !== undefined),
      ) as unknown as StopFact,
  );

test('any split of the stops into groups gives figures that sum to those of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fact, fc.nat(4))), (stops) => {
      const groups = [0, 1, 2, 3, 4].map((group) =>
        stopFigures(stops.filter(([, of]) => of === group).map(([one]) => one)),
      );
      expect(groups.reduce(together, noFigures())).toEqual(stopFigures(stops.map(([one]) => one)));
    }),
  );
});

test('an average of a group lies between its stops, and is none of nothing', () => {
  fc.assert(
    fc.property(fc.array(fact), (stops) => {
      const known = stops.flatMap(({ restored }) => (restored === undefined ? [] : [restored / minute]));
      const mean = meanMinutes(stopFigures(stops).restored);
      if (known.length === 0) expect(mean).toBeUndefined();
      else {
        expect(mean).toBeGreaterThanOrEqual(Math.min(...known) - 1e-6);
        expect(mean).toBeLessThanOrEqual(Math.max(...known) + 1e-6);
      }
    }),
  );
});

test('of five stops by hand: sums over stops, not an average of two shifts', () => {
  const of = (answered: number, restored?: number): StopFact => ({
    side: 'ours',
    stood: 0,
    answered: answered * minute,
    ...(restored === undefined ? {} : { restored: restored * minute }),
  });
  const day = stopFigures([of(2, 10), of(3, 20), of(4, 30), of(5)]);
  const night = stopFigures([of(3.5, 15.2)]);
  const both = together(day, night);
  expect([meanMinutes(both.answered), meanMinutes(both.restored)]).toEqual([3.5, 18.8]);
  expect(figureLines(both, zh)).toEqual(['MTTA 3.5分（n=5） MTTR 18.8分（n=4）']);
  expect(figureLines(both, en)).toEqual(['MTTA 3.5 min (n=5) MTTR 18.8 min (n=4)']);
  expect(figureLines(noFigures(), zh)).toEqual(['MTTA –（n=0） MTTR –（n=0）']);
});

test('a record: answer, arrival and restart after its start; not its loss for a customer', () => {
  expect(paceOf(stop, stopRestored)).toEqual({
    answered: 5 * minute,
    arrived: 18 * minute,
    restored: 65 * minute,
  });
  expect(paceOf(stop, stopOpen)).toEqual({});
  const figures = stopFigures([factOf(stop, stopRestored, 65 * minute, true)]);
  expect(figures.loss).toEqual({ n: 1, sum: 52_000 });
  expect(figureLines(figures, zh).join()).toContain('52,000');
  const guest = { ...zh, viewer: { id: 'p-feng', roles: ['CUST'], customer: true } };
  expect(figureLines(figures, guest).join()).not.toContain('52,000');
});

test('a stop that began before the period adds its minutes alone', () => {
  expect(factOf(stop, stopRestored, 7 * minute, false)).toEqual({ side: 'ours', stood: 7 * minute });
});

test('one that began again is answered from there, and what ran in between does not count', () => {
  const fields = {
    ...stopRestored.fields,
    ack_at: local('10:03'),
    on_site_at: local('10:05'),
    minutes_between: 20,
  };
  const reopened = { ...stopRestored, fields, reopenedAt: local('10:00') };
  expect(paceOf(stop, reopened)).toEqual({
    answered: 3 * minute,
    arrived: 5 * minute,
    restored: 45 * minute,
  });
});
