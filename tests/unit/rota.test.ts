/** Whose turn a shift is: held against counting, shift by shift, through a year, in zones with and without summer time. */
import fc from 'fast-check';
import type { ShiftRun } from '../../src/site/calendar.ts';
import { isWorkday, shiftAt } from '../../src/site/calendar.ts';
import { onCall, runAt, serving } from '../../src/site/duty.ts';
import type { Rota } from '../../src/site/rota.ts';
import { turnOf } from '../../src/site/rota.ts';
import { shiftsAfter } from '../../src/site/shifts.ts';
import type { Site } from '../../src/site/site.ts';
import { siteSchema } from '../../src/site/site.ts';
import { addDays, instantOf, weekdayOf } from '../../src/site/zone.ts';

const hour = 3_600_000;
const ids = ['a', 'b', 'c', 'd', 'e'];
const twoShifts = [
  ['day', '08:00', '20:00'],
  ['night', '20:00', '08:00'],
] as const;
const threeShifts = [
  ['day', '08:00', '16:00'],
  ['mid', '16:00', '00:00'],
  ['night', '00:00', '08:00'],
] as const;
const siteWith = (
  timeZone: string,
  shifts: readonly (readonly [string, string, string])[],
  duty: Partial<Rota>[],
): Site =>
  siteSchema.parse({
    id: 'x',
    customer: 'C',
    plant: 'P',
    timeZone,
    shifts: shifts.map(([code, start, end]) => ({ code, start, end })),
    people: ids.map((id) => ({ name: id, aadObjectId: id, roles: ['RE'] })),
    channels: { main: { teamId: 't', channelId: 'c' } },
    duty,
  });

const rotas = fc.record({
  zone: fc.constantFrom('Asia/Shanghai', 'America/Detroit', 'Australia/Lord_Howe'),
  three: fc.boolean(),
  people: fc.integer({ min: 1, max: 5 }),
  turn: fc.constantFrom('week' as const, 'day' as const, 'shift' as const),
  days: fc.constantFrom('workdays' as const, 'all' as const),
  from: fc.integer({ min: 0, max: 40 }).map((days) => addDays('2025-12-20', days)),
  some: fc.integer({ min: 1, max: 7 }),
});
type Case = typeof rotas extends fc.Arbitrary<infer T> ? T : never;

function built(one: Case): { site: Site; rota: Rota } {
  const shifts = one.three ? threeShifts : twoShifts;
  const chosen = shifts.filter((_, index) => (one.some >> index) & 1).map(([code]) => code);
  const site = siteWith(one.zone, shifts, [
    {
      role: 'RE',
      shifts: chosen.length > 0 ? [...chosen] : [shifts[0][0]],
      people: ids.slice(0, one.people),
      turn: one.turn,
      from: one.from,
      days: one.days,
    },
  ]);
  return { site, rota: site.duty![0]! };
}

const mondayOf = (date: string) => addDays(date, 1 - weekdayOf(date));
/** The shifts of a year with duty, each with its turn, by nothing but counting. */
function counted(site: Site, rota: Rota): { run: ShiftRun; turn: number }[] {
  const served = shiftsAfter(site, instantOf(site.timeZone, rota.from, '00:00') - 1, 366).filter(
    (run) =>
      run.date >= rota.from &&
      rota.shifts.includes(run.code) &&
      (rota.days === 'all' || isWorkday(site, run.date)),
  );
  const keyOf = ({ date, code }: ShiftRun) =>
    rota.turn === 'week' ? mondayOf(date) : rota.turn === 'day' ? date : `${date} ${code}`;
  const weeks = (run: ShiftRun) =>
    Math.round((Date.parse(mondayOf(run.date)) - Date.parse(mondayOf(rota.from))) / (7 * 24 * hour));
  let turn = -1;
  let last = '';
  return served.map((run) => {
    if (keyOf(run) !== last) turn += 1;
    last = keyOf(run);
    return { run, turn: rota.turn === 'week' ? weeks(run) : turn };
  });
}

test('every shift with duty has the person whose turn it is, and no other shift has one', () => {
  fc.assert(
    fc.property(rotas, (one) => {
      const { site, rota } = built(one);
      const expected = new Map(
        counted(site, rota).map(({ run, turn }) => [run.start, rota.people[turn % rota.people.length]]),
      );
      const first = instantOf(site.timeZone, '2025-12-15', '00:00');
      for (const run of shiftsAfter(site, first, 360))
        expect([run.date, run.code, turnOf(site, rota, run)]).toEqual([
          run.date,
          run.code,
          expected.get(run.start),
        ]);
    }),
    { numRuns: 40 },
  );
});

test('turns are shared evenly: at most one more for anybody', () => {
  fc.assert(
    fc.property(rotas, (one) => {
      const { site, rota } = built(one);
      const turns = new Map<string, Set<string>>(rota.people.map((id) => [id, new Set()]));
      for (const { run, turn } of counted(site, rota)) turns.get(turnOf(site, rota, run)!)!.add(String(turn));
      const sizes = [...turns.values()].map((set) => set.size);
      // A week that is off as a whole is still somebody's.
      const slack = rota.turn === 'week' && rota.days === 'workdays' ? 2 : 1;
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(slack);
    }),
    { numRuns: 40 },
  );
});

test('at every hour of a year a call reaches one person where the rota covers the shift, else everybody', () => {
  fc.assert(
    fc.property(rotas, (one) => {
      const { site, rota } = built(one);
      const first = instantOf(site.timeZone, '2026-01-01', '00:30');
      for (let at = first; at < first + 365 * 24 * hour; at += hour) {
        const run = shiftAt(site, at);
        const turn = run && turnOf(site, rota, run);
        expect(onCall(site, ['RE'], at).map((person) => person.aadObjectId)).toEqual(
          turn === undefined ? ids : [turn],
        );
      }
    }),
    { numRuns: 6 },
  );
});

test('the order in which it is asked does not matter', () => {
  fc.assert(
    fc.property(rotas, fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 60 }), (one, picks) => {
      const { site, rota } = built(one);
      const other = built(one);
      const runs = shiftsAfter(site, instantOf(site.timeZone, one.from, '00:00'), 360);
      const inOrder = runs.map((run) => turnOf(other.site, other.rota, run));
      for (const pick of picks) {
        const index = pick % runs.length;
        expect(turnOf(site, rota, runs[index]!)).toBe(inOrder[index]);
      }
    }),
    { numRuns: 20 },
  );
});

const weekly = (days: 'workdays' | 'all'): Site =>
  siteWith('Asia/Shanghai', twoShifts, [
    { role: 'RE', shifts: ['day', 'night'], people: ['a', 'b'], turn: 'week', from: '2026-09-28', days },
  ]);
const at = (date: string, time: string) => instantOf('Asia/Shanghai', date, time);
const onDutyAt = (site: Site, date: string, time: string) => {
  const run = runAt(site, at(date, time));
  return run && serving(site, 'RE', run)?.person;
};

test('a make-up workday has duty, a public holiday has none', () => {
  const site = weekly('workdays');
  expect(onDutyAt(site, '2026-10-01', '10:00')).toBeUndefined();
  expect(onDutyAt(site, '2026-10-10', '10:00')).toBe('b'); // Saturday, worked for the national holiday
  expect(onDutyAt(site, '2026-10-11', '10:00')).toBeUndefined();
  expect(onDutyAt(weekly('all'), '2026-10-01', '10:00')).toBe('a');
});

test('a night belongs to the date on which it began', () => {
  const site = weekly('workdays');
  // Saturday 02:15 is the night of Friday, Monday 02:15 that of Sunday.
  expect(onDutyAt(site, '2026-10-17', '02:15')).toBe('a');
  expect(onDutyAt(site, '2026-10-19', '02:15')).toBeUndefined();
  expect(onDutyAt(weekly('all'), '2026-10-19', '02:15')).toBe('a');
  expect(onDutyAt(weekly('all'), '2026-10-19', '08:00')).toBe('b');
});

test('before its first date a rota covers nothing', () => {
  expect(onDutyAt(weekly('all'), '2026-09-28', '07:59')).toBeUndefined();
  expect(onDutyAt(weekly('all'), '2026-09-28', '08:00')).toBe('a');
});

test('where the clocks change, the long and the short night are whole shifts of one person', () => {
  const site = siteWith('America/Detroit', twoShifts, [
    {
      role: 'RE',
      shifts: ['day', 'night'],
      people: ['a', 'b'],
      turn: 'shift',
      from: '2026-03-07',
      days: 'all',
    },
  ]);
  // Clocks go forward on 8 March at 02:00 and back on 1 November.
  for (const date of ['2026-03-07', '2026-10-31']) {
    const start = instantOf('America/Detroit', date, '20:00');
    const end = instantOf('America/Detroit', addDays(date, 1), '08:00');
    expect((end - start) / hour).toBe(date === '2026-03-07' ? 11 : 13);
    for (let moment = start; moment < end; moment += hour / 2)
      expect(onCall(site, ['RE'], moment).map((person) => person.aadObjectId)).toEqual(['b']);
  }
});
