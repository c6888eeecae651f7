/** The figures of a day, added up by hand. The production day 23 November runs from 08:00 to 08:00, local. */
import fc from 'fast-check';
import type { StopSection } from '../../src/numbers/digest.ts';
import { dailyDigest } from '../../src/numbers/daily.ts';
import { cut, unionLength } from '../../src/numbers/stops.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { addDays } from '../../src/site/calendar.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { FakeClock } from '../fakes/clock.ts';
import { local, person, sampleRecord, sampleSite } from '../fixtures/sample-site.ts';

const minute = 60_000;
const next = '2026-11-24';
/** The digest is read at 09:00 on the 24th. */
const now = Date.parse(local('09:00', next));
let count = 0;

interface Stop {
  line?: string;
  from: string;
  /** Absent: it still stands. */
  to?: string;
  side?: string;
  status?: string;
  fields?: Record<string, unknown>;
}

function stop({
  line = '总装二线',
  from,
  to,
  side = 'ours',
  status = 'restored',
  fields = {},
}: Stop): RecordDoc {
  count += 1;
  return sampleRecord({
    id: `ESC-20261123-${String(count).padStart(3, '0')}`,
    kind: 'escalation',
    severity: 'S1',
    status: to === undefined ? 'open' : status,
    at: from,
    fields: {
      type: 'line_stop',
      line,
      started_at: from,
      cause_side: side,
      ongoing: to === undefined,
      received_at: from,
      ...(to === undefined ? {} : { restored_at: to }),
      ...fields,
    },
  });
}

function defect(
  at: string,
  past: { at: string; verb: string; to: string }[] = [],
  owner?: string,
): RecordDoc {
  count += 1;
  return sampleRecord({
    id: `DEF-20261123-${String(count).padStart(3, '0')}`,
    kind: 'defect',
    severity: 'S3',
    status: past.at(-1)?.to ?? 'reported',
    at,
    fields: { part_name: '门内饰板', received_at: at },
    past: past.map((entry) => ({ ...entry, by: person('p-chen') })),
    ...(owner ? { owner } : {}),
  });
}

async function digestOf(records: readonly RecordDoc[], date = '2026-11-23', at = now) {
  const store = openSqliteStore({ file: ':memory:', clock: new FakeClock(at) });
  await Promise.all(records.map((record) => store.create(record)));
  const digest = await dailyDigest({ store }, sampleSite, date, at);
  await store.close();
  return digest;
}
const figures = ({ count: stops, minutes, oursMinutes }: StopSection) => ({ stops, minutes, oursMinutes });

test('minutes are the union of each line’s stops inside the day, ours apart', async () => {
  const one = '总装一线';
  const { sections } = await digestOf([
    stop({ from: local('10:00'), to: local('10:30') }),
    stop({ from: local('10:20'), to: local('10:50'), side: 'customer' }), // overlaps: line 2 stood 10:00 to 10:50
    stop({ line: one, from: local('07:30'), to: local('08:30') }), // from 08:00: 30
    stop({ line: one, from: local('02:15', next), to: local('02:40', next), side: 'unknown' }), // the night shift's: 25
    stop({ from: local('07:50', next) }), // still stands: 10 of it until 08:00
    stop({ from: local('12:00'), to: local('13:00'), status: 'cancelled' }), // was none
    stop({ from: local('09:00', '2026-11-22'), to: local('09:30', '2026-11-22') }), // the day before
    stop({ from: local('08:30', next), to: local('08:40', next) }), // the day after
    stop({ from: local('07:00'), to: local('08:00') }), // ends as the day begins
  ]);
  // line 2: 50 + 10, line 1: 30 + 25; ours: 30 + 10 and 30
  expect(figures(sections.stops)).toEqual({ stops: 5, minutes: 115, oursMinutes: 70 });
  const sum = (minutes: number) => minutes * 60_000;
  // Restarts of the three that began in the day and are over.
  expect(sections.stops.figures).toEqual({
    answered: { n: 0, sum: 0 },
    restored: { n: 3, sum: sum(30 + 30 + 25) },
    sides: { ours: sum(70), customer: sum(30), other: 0, unknown: sum(25) },
    loss: { n: 0, sum: 0 },
  });
  const items = sections.stops.items.map(({ line, minutes, side, ongoing }) => [
    line,
    minutes,
    side,
    ongoing,
  ]);
  expect(items.map(([, minutes]) => minutes)).toEqual([30, 30, 30, 25, 10]);
  expect(items).toEqual(
    expect.arrayContaining([
      ['总装二线', 30, 'ours', false],
      ['总装二线', 30, 'customer', false],
      [one, 30, 'ours', false],
      [one, 25, 'unknown', false],
      ['总装二线', 10, 'ours', true],
    ]),
  );
});

test('two lines that stand at once stand twice; one that stands in two reports stands once', async () => {
  const at = { from: local('10:00'), to: local('10:30') };
  expect(
    figures((await digestOf([stop(at), stop({ ...at, line: '总装一线' })])).sections.stops),
  ).toMatchObject({
    minutes: 60,
  });
  expect(figures((await digestOf([stop(at), stop(at)])).sections.stops)).toMatchObject({
    stops: 2,
    minutes: 30,
  });
});

test('a stop that stood before the day and stands after it fills the day: 24 hours', async () => {
  const { sections } = await digestOf([stop({ from: local('10:00', '2026-11-20') })]);
  expect(figures(sections.stops)).toEqual({ stops: 1, minutes: 24 * 60, oursMinutes: 24 * 60 });
});

test('a day that is not over counts what stood so far', async () => {
  const at = Date.parse(local('10:45'));
  const { sections } = await digestOf([stop({ from: local('10:20') })], '2026-11-23', at);
  expect(figures(sections.stops)).toMatchObject({ minutes: 25 });
});

test('a stop whose end nobody knows, only its length, counts from its start', async () => {
  const fields = { ongoing: false, minutes_stopped: 45, restored_at: undefined };
  const { sections } = await digestOf([
    stop({ from: local('07:30', next), to: local('08:00', next), fields }), // 07:30 to 08:15, 30 in the day
  ]);
  expect(figures(sections.stops)).toMatchObject({ minutes: 30 });
});

test('created and closed are of the day; open and overdue are as of now; a clock of today is due today', async () => {
  const closed = { verb: 'close', to: 'closed' };
  const { sections, dueToday, overdue } = await digestOf([
    // In the day, open: acknowledgement was due at 14:30 (4 h), the reply 10:30 today, containment 10:30 today.
    defect(local('10:30'), [], 'p-chen'),
    defect(local('07:59', next)), // the day's last minute; acknowledgement at noon today
    defect(local('08:00', next)), // the next day's first
    defect(local('10:00', '2026-11-20'), [{ at: local('15:00'), ...closed }]), // closed in the day
    defect(local('10:00', '2026-11-20'), [{ at: local('08:30', next), ...closed }]), // closed after it
    defect(local('10:00', '2026-11-20'), [{ at: local('07:59'), ...closed }]), // closed before it
    defect(local('09:00'), [{ at: local('09:10'), verb: 'cancel', to: 'cancelled' }]), // came and went
  ]);
  const section = sections.cases.find(({ kind }) => kind === 'defect');
  // created: 10:30, 07:59, 09:00; closed: 15:00 and the cancelled one; open: the first three; overdue: the first
  expect(section).toMatchObject({ created: 3, closed: 2, open: 3, overdue: 1 });
  expect(overdue.map(({ clock, dueAt }) => [clock.en, dueAt])).toEqual([['Acknowledge', local('14:30')]]);
  const today = dueToday.map(({ clock, dueAt }) => `${clock.en} ${dueAt}`);
  expect(today).toEqual(
    expect.arrayContaining([
      `First customer reply ${local('10:30', next)}`,
      `D3 containment ${local('10:30', next)}`,
      `Acknowledge ${local('12:00', next)}`, // 07:59: work begins at 08:00, four hours
    ]),
  );
  expect(today).toHaveLength(4); // and the acknowledgement of the 08:00 one
});

test('an empty day has zeroes, not gaps', async () => {
  const { sections, dueToday, overdue } = await digestOf([]);
  expect(figures(sections.stops)).toEqual({ stops: 0, minutes: 0, oursMinutes: 0 });
  for (const section of sections.cases)
    expect(section).toMatchObject({ created: 0, closed: 0, open: 0, overdue: 0, items: [] });
  expect([dueToday, overdue]).toEqual([[], []]);
});

const stops = fc.array(
  fc.record({
    line: fc.constantFrom('总装一线', '总装二线'),
    from: fc.nat(4 * 24 * 60),
    length: fc.integer({ min: 1, max: 40 * 60 }),
    side: fc.constantFrom('ours', 'customer'),
  }),
  { maxLength: 12 },
);

test('what the days say adds up to what stood', async () => {
  const begin = Date.parse(local('08:00', '2026-11-16'));
  const days = 7; // more than any of the stops reach
  const end = begin + days * 24 * 60 * minute;
  await fc.assert(
    fc.asyncProperty(stops, async (many) => {
      const records = many.map(({ line, from, length, side }) =>
        stop({
          line,
          side,
          from: new Date(begin + from * minute).toISOString(),
          to: new Date(begin + (from + length) * minute).toISOString(),
        }),
      );
      const digests = await Promise.all(
        Array.from({ length: days }, (_, day) => digestOf(records, addDays('2026-11-16', day), end)),
      );
      const sum = (of: 'minutes' | 'oursMinutes') =>
        digests.reduce((total, { sections }) => total + sections.stops[of], 0);
      const stood = (wanted: (one: (typeof many)[number]) => boolean): number =>
        ['总装一线', '总装二线'].reduce((total, line) => {
          const minutes = new Set<number>();
          for (const one of many)
            if (one.line === line && wanted(one))
              for (let at = one.from; at < one.from + one.length; at += 1) minutes.add(at);
          return total + minutes.size;
        }, 0);
      expect(sum('minutes')).toBe(stood(() => true));
      expect(sum('oursMinutes')).toBe(stood(({ side }) => side === 'ours'));
    }),
    { numRuns: 25 },
  );
});

test('cutting time at any moments and adding up the pieces gives the whole', () => {
  const interval = fc
    .tuple(fc.nat(1_000), fc.nat(1_000))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(interval), fc.array(fc.nat(1_000)), (intervals, cuts) => {
      const edges = [0, ...cuts, 1_000].sort((a, b) => a - b);
      const pieces = edges.slice(1).map((to, index) => {
        const period = { from: edges[index]!, to };
        return unionLength(intervals.flatMap((one) => cut(one, period) ?? []));
      });
      expect(pieces.reduce((total, one) => total + one, 0)).toBe(unionLength(intervals));
    }),
  );
});

test('promises that were kept, missed and moved in the day, from open and closed changes alike', async () => {
  const change = (
    id: string,
    date: string,
    past: Parameters<typeof sampleRecord>[0]['past'] = [],
  ): RecordDoc =>
    sampleRecord({
      id,
      kind: 'change_request',
      status: past.at(-1)?.to ?? 'implementing',
      severity: 'S3',
      at: local('09:00', '2026-11-16'),
      past: [
        {
          at: local('10:00', '2026-11-16'),
          by: person('p-qian'),
          verb: 'feasible',
          to: 'implementing',
          changes: [{ field: 'promised_due', to: date }],
        },
        ...past,
      ],
      fields: { change_type: 'urgent_order', promised_due: date },
    });
  const qe = person('p-chen');
  const lead = person('p-zheng');
  const { sections } = await digestOf([
    change('CR-20261116-001', '2026-11-25', [
      { at: local('10:00'), by: qe, verb: 'verify', to: 'verified' },
      { at: local('11:00'), by: lead, verb: 'close', to: 'closed' },
    ]),
    // Its day ends at midnight, within the production day.
    change('CR-20261116-002', '2026-11-23'),
    change('CR-20261116-003', '2026-11-23', [
      {
        at: local('15:00'),
        by: lead,
        verb: 'edit',
        changes: [{ field: 'promised_due', from: '2026-11-23', to: '2026-11-30' }],
        note: '模具返修',
      },
    ]),
    // Missed the day before.
    change('CR-20261116-004', '2026-11-21'),
  ]);
  const of = (kind: string) => sections.cases.find((one) => one.kind === kind)?.promises;
  expect(of('change_request')).toEqual({ kept: 1, missed: 1, rate: 0.5, moved: 1 });
  expect(of('defect')).toBeUndefined();
});
