import fc from 'fast-check';
import { isWorkday } from '../../src/site/calendar.ts';
import type { QuietHours } from '../../src/site/quiet.ts';
import { quietEnds, quietOf } from '../../src/site/quiet.ts';
import { parseSite } from '../../src/site/load.ts';
import type { Site } from '../../src/site/site.ts';
import { localDate, localTime, offsetAt } from '../../src/site/zone.ts';
import { sampleSite } from '../fixtures/sample-site.ts';

const minute = 60_000;
const usual = quietOf(sampleSite)!;
const ends = (local: string, hours: QuietHours = usual, site: Site = sampleSite): string => {
  const at = quietEnds(site, hours, Date.parse(`${local}:00+08:00`));
  return `${localDate(site.timeZone, at)} ${localTime(site.timeZone, at)}`;
};

test.each([
  ['at work', '2026-11-23T10:00', '2026-11-23 10:00'],
  ['the last minute of work', '2026-11-23T17:29', '2026-11-23 17:29'],
  ['the end of work', '2026-11-23T17:30', '2026-11-24 08:00'],
  ['after midnight', '2026-11-24T02:15', '2026-11-24 08:00'],
  ['the first minute of work', '2026-11-24T08:00', '2026-11-24 08:00'],
  ['Friday evening', '2026-11-27T20:00', '2026-11-30 08:00'],
  ['a Sunday at noon', '2026-11-29T12:00', '2026-11-30 08:00'],
  ['the night before a make-up Saturday', '2026-02-27T22:00', '2026-02-28 08:00'],
  ['a make-up Saturday at noon', '2026-02-28T12:00', '2026-02-28 12:00'],
  ['the eve of the National Day week', '2026-09-30T18:00', '2026-10-08 08:00'],
])('without a word in the site file, what is due %s is raised in working hours', (_, at, raised) => {
  expect(ends(at)).toBe(raised);
});

test.each([
  ['over midnight', { from: '20:00', to: '07:30', offDays: false }, '2026-11-28T21:00', '2026-11-29 07:30'],
  ['within a day', { from: '12:00', to: '13:30', offDays: false }, '2026-11-23T12:00', '2026-11-23 13:30'],
  ['before them', { from: '12:00', to: '13:30', offDays: false }, '2026-11-23T11:59', '2026-11-23 11:59'],
  ['after them', { from: '12:00', to: '13:30', offDays: false }, '2026-11-23T13:30', '2026-11-23 13:30'],
  ['until midnight', { from: '20:00', to: '00:00', offDays: false }, '2026-11-23T21:00', '2026-11-24 00:00'],
  ['from midnight', { from: '00:00', to: '06:00', offDays: false }, '2026-11-24T03:00', '2026-11-24 06:00'],
  [
    'from midnight, on a day off',
    { from: '00:00', to: '06:00', offDays: true },
    '2026-11-28T09:00',
    '2026-11-30 06:00',
  ],
] as const)('hours of %s', (_, hours, at, raised) => {
  expect(ends(at, hours)).toBe(raised);
});

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, min]) => `${String(hour).padStart(2, '0')}:${String(min).padStart(2, '0')}`);
const anyHours = fc
  .record({ from: time, to: time, offDays: fc.boolean() })
  .filter(({ from, to }) => from !== to);

/** What the words say, by the clock on the wall. */
function saysQuiet(site: Site, hours: QuietHours, ms: number): boolean {
  const now = localTime(site.timeZone, ms);
  if (hours.offDays && !isWorkday(site, localDate(site.timeZone, ms))) return true;
  return hours.from < hours.to ? now >= hours.from && now < hours.to : now >= hours.from || now < hours.to;
}

/** Whether the clocks change within two days of it. */
const nearChange = ({ timeZone }: Site, ms: number): boolean =>
  offsetAt(timeZone, ms - 2880 * minute) !== offsetAt(timeZone, ms + 2880 * minute);

test.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
  'a notice is raised never before it is due, never in quiet hours, and as soon as they are over (%s)',
  (timeZone) => {
    const site: Site = { ...sampleSite, timeZone };
    fc.assert(
      fc.property(
        anyHours,
        fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-01T00:00:00Z') }),
        (hours, due) => {
          const raised = quietEnds(site, hours, due);
          expect(raised).toBeGreaterThanOrEqual(due);
          expect(quietEnds(site, hours, raised)).toBe(raised);
          if (nearChange(site, raised) || nearChange(site, due)) return;
          expect(saysQuiet(site, hours, raised)).toBe(false);
          if (raised > due) {
            expect(saysQuiet(site, hours, raised - 1)).toBe(true);
            expect(saysQuiet(site, hours, due)).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  },
);

test('on the night when the clocks change, quiet hours end at the hour on the wall', () => {
  const site: Site = { ...sampleSite, timeZone: 'Europe/Berlin' };
  const hours = { from: '22:00', to: '06:00', offDays: false };
  const raised = (due: string) => new Date(quietEnds(site, hours, Date.parse(due))).toISOString();
  expect(raised('2026-03-28T21:30:00Z')).toBe('2026-03-29T04:00:00.000Z');
  expect(raised('2026-10-24T21:30:00Z')).toBe('2026-10-25T05:00:00.000Z');
  // Hours that end within the hour that is left out end with it.
  const short = { from: '22:00', to: '02:30', offDays: false };
  expect(new Date(quietEnds(site, short, Date.parse('2026-03-28T22:00:00Z'))).toISOString()).toBe(
    '2026-03-29T01:30:00.000Z',
  );
});

describe('the key `quiet` of a site file', () => {
  const parsed = (quiet: unknown) => parseSite({ ...sampleSite, quiet });
  const faults = (quiet: unknown) => {
    const result = parsed(quiet);
    return 'faults' in result ? result.faults.map(({ path, message }) => `${path}: ${message}`) : [];
  };

  test('gives the hours, with days off unless it says otherwise', () => {
    const result = parsed({ from: '20:00', to: '07:30' });
    expect('site' in result && quietOf(result.site)).toEqual({ from: '20:00', to: '07:30', offDays: true });
  });

  test('null is a site that is never quiet', () => {
    const result = parsed(null);
    expect('site' in result && quietOf(result.site)).toBeUndefined();
  });

  test('is refused, with the path, where it makes no sense', () => {
    expect(faults({ from: '20:00', to: '20:00' })).toEqual(['quiet.to: must differ from `from`']);
    expect(faults({ from: '8pm', to: '07:30' })).toEqual(['quiet.from: a time such as 08:00']);
    expect(faults({ from: '20:00', to: '07:30', days: [] })).toEqual(['quiet.days: is not a known key']);
  });
});
