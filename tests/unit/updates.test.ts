/** When a word on how it goes is due, and the jobs that are wound for it: any site's minutes, any life of a case. */
import fc from 'fast-check';
import { kindOf } from '../../src/kinds/index.ts';
import type { Severity } from '../../src/kinds/define.ts';
import { iso } from '../../src/clock.ts';
import { lastSlot, nextSlot } from '../../src/records/calls.ts';
import { wakeAtOf } from '../../src/records/job.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { missUpdate } from '../../src/records/silence.ts';
import { updateOf, windUpdate } from '../../src/records/updates.ts';
import type { Site } from '../../src/site/site.ts';
import { local, person, sampleRecord, sampleSite } from '../fixtures/sample-site.ts';

const minute = 60_000;
const kind = kindOf('escalation')!;
const start = Date.parse(local('10:00'));

/** Taken at 10:00 on Monday. */
const taken = (severity: Severity = 'S1', more: Partial<RecordDoc> = {}): RecordDoc => ({
  ...sampleRecord({
    id: 'ESC-20261123-001',
    kind: 'escalation',
    status: 'acknowledged',
    severity,
    owner: 'p-chen',
    at: local('09:58'),
    past: [
      {
        at: local('10:00'),
        by: person('p-chen'),
        verb: 'acknowledge',
        from: 'open',
        to: 'acknowledged',
        changes: [{ field: '@owner', to: 'p-chen' }],
      },
    ],
    fields: { line: '总装二线', started_at: local('09:58'), ongoing: true },
  }),
  ...more,
});
const due = (record: RecordDoc, site: Site = sampleSite) => {
  const update = updateOf(kind, record, site);
  return update && { due: iso(update.due), askAt: iso(update.askAt) };
};

test.each([
  ['S1', local('10:30'), local('10:25')],
  ['S2', local('14:00'), local('13:50')],
  ['S3', local('10:00', '2026-11-24'), local('09:50', '2026-11-24')],
  ['S4', local('10:00', '2026-11-30'), local('09:50', '2026-11-30')],
] as const)('%s is due at its time, and asked for shortly before', (severity, at, askAt) => {
  expect(due(taken(severity))).toEqual({ due: at, askAt });
});

test('a site has its own minutes: on the wall for S1 and S2, of working time for S3 and S4', () => {
  const site: Site = { ...sampleSite, updates: { S1: 0.5, S3: 600 } };
  expect(due(taken('S1'), site)).toEqual({ due: iso(start + 30_000), askAt: iso(start + 25_000) });
  expect(due(taken('S2'), site)).toMatchObject({ due: local('14:00') });
  // 10:00 to 17:30, then 2 h 30 min from 08:00.
  expect(due(taken('S3'), site)).toMatchObject({ due: local('10:30', '2026-11-24') });
});

test('none is due while nobody has it, before it is taken, or once it is over', () => {
  expect(due({ ...taken(), owner: undefined } as never)).toBeUndefined();
  for (const status of ['open', 'restored', 'reviewed']) expect(due(taken('S1', { status }))).toBeUndefined();
  expect(due(taken('S1', { open: false, status: 'closed' }))).toBeUndefined();
  expect(due(taken('S1', { status: 'on_site' }))).toBeDefined();
});

test('wound any number of times there is one question and one end; one that went out is not repeated', () => {
  const record = taken();
  for (const at of [start, start + minute, start + 26 * minute]) windUpdate(record, kind, sampleSite, at);
  expect(record.jobs.map(({ type }) => type).sort()).toEqual(['status-ask', 'status-due']);
  record.asked = local('10:30');
  windUpdate(record, kind, sampleSite, start + 26 * minute);
  expect(record.jobs.map(({ type }) => type)).toEqual(['status-due']);
});

/** A step of a case's life: somebody gives a word, or the bot comes by and does what is due. */
type Step = { does: 'word' | 'bot'; afterMinutes: number };
const steps = fc.array(
  fc.record({
    does: fc.constantFrom<Step['does']>('word', 'bot', 'bot'),
    afterMinutes: fc.double({ min: 0, max: 50, noNaN: true }),
  }),
  { maxLength: 40 },
);

test('whatever happens and whenever one looks: one question for a time, none early, no miss without its time having passed', () => {
  fc.assert(
    fc.property(steps, fc.double({ min: 0.05, max: 90, noNaN: true }), (life, minutes) => {
      const site: Site = { ...sampleSite, updates: { S1: minutes } };
      const record = taken();
      const asked: { due: number; at: number }[] = [];
      const heard: number[] = [start];
      let misses = 0;
      let now = start;
      windUpdate(record, kind, site, now);
      for (const { does, afterMinutes } of life) {
        now = Math.ceil(now + afterMinutes * minute);
        if (does === 'word') {
          record.history.push({ ...record.history.at(-1)!, verb: 'status', at: iso(now), changes: [] });
          heard.push(now);
          windUpdate(record, kind, site, now);
        } else {
          const wakes = record.jobs.filter((job) => job.at <= iso(now));
          record.jobs = record.jobs.filter((job) => job.at > iso(now));
          for (const job of wakes)
            if (job.type === 'status-ask') {
              const update = updateOf(kind, record, site)!;
              if (iso(update.due) === job.payload['until'] && update.due > now) {
                asked.push({ due: update.due, at: now });
                expect(now).toBeGreaterThanOrEqual(update.askAt);
                record.asked = iso(update.due);
              }
              windUpdate(record, kind, site, now);
            } else if (job.type === 'status-due') {
              const update = updateOf(kind, record, site)!;
              missUpdate(record, kind, site, now);
              if (record.missed === iso(now)) {
                misses += 1;
                expect(now).toBeGreaterThanOrEqual(update.due);
                // Since whatever was heard last, a whole time has passed.
                expect(now - Math.max(...heard)).toBeGreaterThanOrEqual(minutes * minute - 1);
                heard.push(now);
              }
            }
        }
        // Always one end ahead, and nothing that would wake anybody before now.
        expect(record.jobs.filter(({ type }) => type === 'status-due')).toHaveLength(1);
        expect(record.jobs.filter(({ type }) => type === 'status-ask').length).toBeLessThanOrEqual(1);
        expect(wakeAtOf(record.jobs)).toBeDefined();
      }
      expect(new Set(asked.map((one) => one.due)).size).toBe(asked.length);
      expect(record.jobs.filter(({ type }) => type === 'status-missed').length).toBeLessThanOrEqual(misses);
    }),
  );
});

test('calls come at whole numbers of their minutes after the level was reached, each after the one before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000_000_000 }),
      fc.double({ min: 0.01, max: 1_440, noNaN: true }),
      fc.integer({ min: 1, max: 200 }),
      (since, every, count) => {
        let last = since;
        for (let call = 1; call <= count; call += 1) {
          const next = nextSlot(since, every, last);
          expect(next).toBeGreaterThan(last);
          expect(Math.abs(next - since - call * every * minute)).toBeLessThanOrEqual(1);
          last = next;
        }
      },
    ),
  );
});

test('after a standstill the missed calls are one, and the next lies ahead', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 1_440, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 20 }),
      (every, waits) => {
        let due = nextSlot(start, every, start);
        for (const wait of waits) {
          const now = Math.ceil(due + wait * every * minute);
          const called = Date.parse(iso(lastSlot({ due, every }, now)));
          due = nextSlot(start, every, called);
          expect(due).toBeGreaterThan(called);
          expect(due).toBeGreaterThanOrEqual(now);
          expect(due - now).toBeLessThanOrEqual(every * minute + 1);
        }
      },
    ),
  );
});
