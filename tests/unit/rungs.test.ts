/** When a case is promoted: pure, so that any ladder can be tried. */
import fc from 'fast-check';
import { nextPromotion, promotionBy, promotionTo } from '../../src/records/rungs.ts';
import type { Climb, Promotion, Rung } from '../../src/records/rungs.ts';

const minute = 60_000;
const rungs = (minutes: readonly number[], uncovered: readonly number[] = []): Rung[] =>
  minutes.map((one, index) => ({
    level: index + 1,
    minutes: one,
    covered: !uncovered.includes(index + 1),
  }));
const climb = (more: Partial<Climb> = {}): Climb => ({
  start: 0,
  reached: 0,
  answered: false,
  untilAnswered: 1,
  jumps: [],
  ...more,
});
const s1 = [5, 15, 30, 60, 120];

test('the first level comes at its minute while nobody has answered', () => {
  expect(nextPromotion(rungs(s1), climb({ start: 1_000 }))).toEqual({
    at: 1_000 + 5 * minute,
    to: 1,
    calls: [1],
    skipped: [],
    jumps: [],
  });
});

test('an answer passes over the first level only', () => {
  expect(nextPromotion(rungs(s1), climb({ answered: true }))).toMatchObject({
    at: 15 * minute,
    to: 2,
    calls: [2],
  });
  expect(nextPromotion(rungs(s1), climb({ answered: true, reached: 1 }))).toMatchObject({ to: 2 });
});

test('nothing comes above the top, and nothing of a site without a ladder', () => {
  expect(nextPromotion(rungs(s1), climb({ reached: 5 }))).toBeUndefined();
  expect(nextPromotion([], climb({ jumps: [{ to: 3, at: 0, index: 0 }] }))).toBeUndefined();
});

test('a level that nobody covers is not waited out', () => {
  expect(nextPromotion(rungs(s1, [2]), climb({ reached: 1 }))).toEqual({
    at: 15 * minute,
    to: 3,
    calls: [3],
    skipped: [2],
    jumps: [],
  });
  expect(nextPromotion(rungs(s1, [1, 2]), climb())).toMatchObject({ at: 5 * minute, to: 3, skipped: [1, 2] });
});

test('where nobody covers the rest, that is one promotion to the top that calls nobody', () => {
  expect(nextPromotion(rungs(s1, [4, 5]), climb({ reached: 3 }))).toMatchObject({
    at: 60 * minute,
    to: 5,
    calls: [],
    skipped: [4, 5],
  });
});

test('a jump calls every level up to its own, and wins over a level of the same moment', () => {
  const safety = climb({ jumps: [{ to: 3, at: 0, index: 0 }], answered: true });
  expect(nextPromotion(rungs(s1), safety)).toMatchObject({ at: 0, to: 3, calls: [1, 2, 3], jumps: [0] });
  const ours = climb({ reached: 2, jumps: [{ to: 4, at: 30 * minute, index: 2 }] });
  expect(nextPromotion(rungs(s1), ours)).toMatchObject({ at: 30 * minute, to: 4, calls: [3, 4] });
  expect(nextPromotion(rungs(s1), { ...ours, reached: 4 })).toMatchObject({ at: 120 * minute, to: 5 });
});

test('a jump beyond a short ladder goes to its top', () => {
  const one = climb({ jumps: [{ to: 3, at: 0, index: 0 }] });
  expect(nextPromotion(rungs([5, 15]), one)).toMatchObject({ to: 2, calls: [1, 2] });
});

test('what was missed is one promotion that calls all of it', () => {
  expect(promotionBy(rungs(s1), climb(), 31 * minute)).toMatchObject({
    to: 3,
    calls: [1, 2, 3],
    skipped: [],
  });
  expect(promotionBy(rungs(s1), climb({ answered: true }), 31 * minute)).toMatchObject({
    to: 3,
    calls: [2, 3],
  });
  expect(promotionBy(rungs(s1), climb(), 5 * minute - 1)).toBeUndefined();
});

test('a person may go to any level above', () => {
  expect(promotionTo(rungs(s1), 1, 4, 7)).toEqual({ at: 7, to: 4, calls: [2, 3, 4], skipped: [], jumps: [] });
});

const ladder = fc
  .uniqueArray(fc.double({ min: 0.01, max: 3_000, noNaN: true }), { minLength: 1, maxLength: 8 })
  .chain((minutes) =>
    fc.record({
      minutes: fc.constant([...minutes].sort((a, b) => a - b)),
      covered: fc.array(fc.boolean(), { minLength: minutes.length, maxLength: minutes.length }),
    }),
  );

/** Lets the ladder run, looking at these moments only; answers what was posted when. */
function run(levels: readonly Rung[], start: number, looks: readonly number[], answered: boolean) {
  const posts: (Promotion & { seen: number })[] = [];
  let reached = 0;
  for (const seen of [...looks].sort((a, b) => a - b)) {
    const promotion = promotionBy(levels, climb({ start, reached, answered }), seen);
    if (!promotion) continue;
    reached = promotion.to;
    posts.push({ ...promotion, seen });
  }
  return posts;
}

test('whatever the ladder and whenever one looks: in order, each level once, none before its minute', () => {
  fc.assert(
    fc.property(
      ladder,
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.array(fc.double({ min: 0, max: 4_000, noNaN: true }), { maxLength: 30 }),
      fc.boolean(),
      ({ minutes, covered }, start, looks, answered) => {
        const levels = minutes.map((one, index) => ({
          level: index + 1,
          minutes: one,
          covered: covered[index] ?? true,
        }));
        const end = start + 4_001 * minute;
        const posts = run(levels, start, [...looks.map((one) => start + one * minute), end], answered);
        const met = posts.flatMap(({ calls, skipped }) => [...calls, ...skipped].sort((a, b) => a - b));
        // By the end every level was called or skipped, once, in order; an answer passes over the first.
        const first = answered ? 2 : 1;
        const all = levels.map(({ level }) => level).filter((level) => level >= first);
        expect(met).toEqual(all);
        for (const { seen, to, calls, skipped } of posts) {
          // Only what was skipped to may come before its own minute.
          const own = [...calls, ...skipped].sort((a, b) => a - b)[0] ?? to;
          expect(seen).toBeGreaterThanOrEqual(start + (levels[own - 1]?.minutes ?? 0) * minute - 1e-3);
          if (skipped.length === 0)
            for (const level of calls)
              expect(seen).toBeGreaterThanOrEqual(start + (levels[level - 1]?.minutes ?? 0) * minute - 1e-3);
        }
      },
    ),
  );
});

test('looked at every moment, each level that somebody covers has a post of its own', () => {
  fc.assert(
    fc.property(ladder, fc.integer({ min: 0, max: 2_000_000_000 }), ({ minutes }, start) => {
      const levels = rungs(minutes);
      let reached = 0;
      const seen: number[] = [];
      for (;;) {
        const next = nextPromotion(levels, climb({ start, reached }));
        if (!next) break;
        expect(next.at).toBeGreaterThanOrEqual(start + (minutes[next.to - 1] ?? 0) * minute - 1e-3);
        expect(next.at).toBeLessThan(start + (minutes[next.to - 1] ?? 0) * minute + 1);
        seen.push(next.to);
        reached = next.to;
      }
      expect(seen).toEqual(levels.map(({ level }) => level));
    }),
  );
});
