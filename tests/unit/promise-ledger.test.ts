/** Promises to the customer from a record's history: given, moved, kept, missed, and how many of them. */
import fc from 'fast-check';
import { kindOf } from '../../src/kinds/index.ts';
import { promiseFigures } from '../../src/numbers/promises.ts';
import { promisesOf } from '../../src/records/promise-ledger.ts';
import type { HistoryEntry, RecordDoc } from '../../src/records/record.ts';
import { promiseWords } from '../../src/render/promised.ts';
import { changeInReview } from '../fixtures/records.ts';
import { local, person, sampleSite, sampleView } from '../fixtures/sample-site.ts';

const kind = kindOf('change_request')!;
const entry = (at: string, verb: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  rev: 1,
  at,
  by: person('p-qian'),
  verb,
  source: 'card',
  prev: '',
  hash: '',
  ...more,
});
const dated = (at: string, verb: string, to: string | undefined, more: Partial<HistoryEntry> = {}) =>
  entry(at, verb, { changes: [{ field: 'promised_due', ...(to === undefined ? {} : { to }) }], ...more });
const given = dated(local('11:00'), 'feasible', '2026-11-27', { to: 'feasible' });
const verified = (at: string) => entry(at, 'verify', { to: 'verified' });
const told = (history: HistoryEntry[], now = local('12:00', '2026-12-20')) =>
  promisesOf(kind, { history }, sampleSite, Date.parse(now));

test.each([
  ['in the last minute of its local day', local('23:59', '2026-11-27'), 'kept'],
  ['a minute later', local('00:00', '2026-11-28'), 'missed'],
])('done %s it is %s', (_, at, outcome) => {
  expect(told([given, verified(at)])).toMatchObject([{ original: '2026-11-27', outcome }]);
});

test('it is open until its day is over, whatever the time of day', () => {
  expect(told([given], local('23:59', '2026-11-27'))).toMatchObject([{ outcome: 'open' }]);
  expect(told([given], local('00:00', '2026-11-28'))).toMatchObject([
    { outcome: 'missed', decidedAt: Date.parse(local('00:00', '2026-11-28')) },
  ]);
});

test('a move says from when to when, who and why, and the new date counts', () => {
  const moved = dated(local('09:00', '2026-11-26'), 'edit', '2026-12-02', { note: '模具返修' });
  expect(told([given, moved, verified(local('10:00', '2026-12-01'))])).toMatchObject([
    {
      original: '2026-11-27',
      date: '2026-12-02',
      outcome: 'kept',
      moves: [{ from: '2026-11-27', to: '2026-12-02', why: '模具返修', by: { id: 'p-qian' } }],
    },
  ]);
});

test('a date that is moved after it has passed was missed, and the new one is another promise', () => {
  const late = dated(local('09:00', '2026-11-28'), 'edit', '2026-12-02', { note: '晚了' });
  expect(told([given, late, verified(local('10:00', '2026-12-01'))])).toMatchObject([
    { date: '2026-11-27', outcome: 'missed', moves: [] },
    { date: '2026-12-02', outcome: 'kept' },
  ]);
});

test('what is cancelled in time was not missed; cancelled by mistake, the date stands again', () => {
  const cancelled = entry(local('12:00'), 'cancel', { to: 'cancelled' });
  const reopened = entry(local('12:10'), 'reopen', { to: 'captured' });
  expect(told([given, cancelled])).toMatchObject([{ outcome: 'withdrawn' }]);
  expect(told([given, cancelled, reopened])).toMatchObject([{ outcome: 'missed' }]);
  expect(told([given, dated(local('11:30'), 'edit', undefined)])).toMatchObject([{ outcome: 'withdrawn' }]);
  expect(told([given, entry(local('12:00', '2026-11-29'), 'cancel', { to: 'cancelled' })])).toMatchObject([
    { outcome: 'missed' },
  ]);
});

test('the rate is of those decided in the time; none is no rate', () => {
  const record = (history: HistoryEntry[]): RecordDoc => ({ ...changeInReview, history });
  const records = [
    record([given, verified(local('08:00', '2026-11-27'))]),
    record([dated(local('11:00'), 'feasible', '2026-11-26'), verified(local('12:00', '2026-11-27'))]),
    record([given]),
  ];
  const within = (from: string, to: string) =>
    promiseFigures(
      kind,
      records,
      sampleSite,
      { from: Date.parse(local('00:00', from)), to: Date.parse(local('00:00', to)) },
      Date.parse(local('12:00', '2026-12-20')),
    );
  expect(within('2026-11-27', '2026-11-28')).toEqual({ kept: 1, missed: 1, rate: 0.5, moved: 0 });
  expect(within('2026-11-20', '2026-11-24')).toEqual({ kept: 0, missed: 0, rate: null, moved: 0 });
  expect(within('2026-11-01', '2026-12-31')).toMatchObject({ kept: 1, missed: 2 });
  expect(promiseFigures(kindOf('defect')!, records, sampleSite, { from: 0, to: 1 }, 0)).toBeUndefined();
  expect(promiseWords(within('2026-11-01', '2026-12-31'), sampleView('zh'))).toEqual(['承诺兑现 1/3（33%）']);
  expect(promiseWords({ kept: 0, missed: 0, rate: null, moved: 1 }, sampleView('en'))).toEqual([
    'promised dates kept 0 of 0 (n/a)',
    'moved 1',
  ]);
  expect(promiseWords(within('2026-11-20', '2026-11-24'), sampleView('en'))).toEqual([]);
});

const day = fc.integer({ min: 24, max: 30 }).map((one) => `2026-11-${one}`);
const act = fc.record({
  date: day,
  hours: fc.integer({ min: 1, max: 60 }),
  what: fc.constantFrom('give', 'give', 'clear', 'verify', 'cancel', 'reopen'),
});

test('whatever happens, promises follow each other, one at most is open, and time only decides open ones', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
      let at = Date.parse(local('10:00'));
      const history = acts.map(({ date, hours, what }) => {
        at += hours * 3_600_000;
        const when = new Date(at).toISOString();
        if (what === 'give') return dated(when, 'feasible', date);
        if (what === 'clear') return dated(when, 'edit', undefined);
        const to = { verify: 'verified', cancel: 'cancelled', reopen: 'captured' }[what];
        return entry(when, what, { ...(to === undefined ? {} : { to }) });
      });
      const now = new Date(at).toISOString();
      const promises = told(history, now);
      expect(promises.slice(0, -1).every(({ outcome }) => outcome !== 'open')).toBe(true);
      const gives = acts.filter(({ what }) => what === 'give').length;
      expect(promises.length + promises.flatMap(({ moves }) => moves).length).toBe(gives);
      for (const one of promises) {
        const end = Date.parse(local('00:00', one.date)) + 24 * 3_600_000;
        expect([one.outcome, one.decidedAt !== undefined]).toEqual([
          one.outcome,
          one.outcome === 'kept' || one.outcome === 'missed',
        ]);
        if (one.outcome === 'kept') expect(one.decidedAt).toBeLessThan(end);
        if (one.outcome === 'missed') expect(one.decidedAt).toBe(end);
        if (one.outcome === 'open') expect(end).toBeGreaterThan(at);
        expect(one.moves.at(-1)?.to ?? one.original).toBe(one.date);
      }
      const later = told(history, local('12:00', '2027-06-01'));
      later.forEach((one, index) => {
        const before = promises[index]!;
        expect(one.outcome).toBe(before.outcome === 'open' ? 'missed' : before.outcome);
      });
    }),
    { numRuns: 400 },
  );
});
