/** Laws of the calendar over random instants, with Temporal and a minute-by-minute walk as the second opinions. */
import { Temporal } from '@js-temporal/polyfill';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  addWorkingDays,
  addWorkingMinutes,
  isWorkday,
  productionDate,
  startOfProductionDay,
  workStartsAt,
} from '../../src/site/calendar.ts';
import { chineseDay } from '../../src/site/holidays.ts';
import { siteSchema } from '../../src/site/site.ts';
import { addDays, formatLocal, instantOf, localDate, localTime, weekdayOf } from '../../src/site/zone.ts';

const MINUTE = 60_000;
const zones = [
  'Asia/Shanghai',
  'Europe/Brussels',
  'America/Detroit',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'UTC',
];
const instants = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });
const siteIn = (timeZone: string, shifts: [string, string, string][]) =>
  siteSchema.parse({
    id: 'any',
    customer: 'c',
    plant: 'p',
    timeZone,
    shifts: shifts.map(([code, start, end]) => ({ code, start, end })),
    people: [{ name: 'n', aadObjectId: 'a', roles: ['RE'] }],
    channels: { main: { teamId: 't', channelId: 'c' } },
    calendar: { holidays: 'cn' },
  });
const twoShifts: [string, string, string][] = [
  ['day', '08:00', '20:00'],
  ['night', '20:00', '08:00'],
];
const sites = fc
  .tuple(
    fc.constantFrom(...zones),
    fc.constantFrom(
      twoShifts,
      [
        ['day', '08:00', '16:00'],
        ['mid', '16:00', '00:00'],
        ['night', '00:00', '08:00'],
      ],
      [['day', '07:30', '17:00']],
      [
        ['day', '08:30', '20:30'],
        ['night', '20:30', '08:30'],
      ],
    ) as fc.Arbitrary<[string, string, string][]>,
  )
  .map(([zone, shifts]) => siteIn(zone, shifts));

test('local date and time agree with Temporal', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, ms) => {
      const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      expect(localDate(zone, ms)).toBe(there.toPlainDate().toString());
      expect(localTime(zone, ms)).toBe(there.toPlainTime().toString({ smallestUnit: 'minute' }));
      expect(weekdayOf(localDate(zone, ms))).toBe(there.dayOfWeek);
    }),
    { numRuns: 500 },
  );
});

test('the instant of a local time agrees with Temporal, in gaps and folds too', () => {
  const walls = fc.tuple(fc.constantFrom(...zones), instants, fc.integer({ min: 0, max: 1439 }));
  const compare = (zone: string, date: string, time: string) => {
    const expected = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds;
    expect(instantOf(zone, date, time)).toBe(expected);
  };
  fc.assert(
    fc.property(walls, ([zone, ms, minute]) => {
      const time = new Date(minute * MINUTE).toISOString().slice(11, 16);
      compare(zone, localDate(zone, ms), time);
    }),
    { numRuns: 500 },
  );
  for (const minute of ['00', '15', '30', '45'])
    for (const hour of ['00', '01', '02', '03']) {
      compare('Europe/Brussels', '2026-03-29', `${hour}:${minute}`);
      compare('Europe/Brussels', '2026-10-25', `${hour}:${minute}`);
      compare('Australia/Lord_Howe', '2026-04-05', `${hour}:${minute}`);
      compare('Australia/Lord_Howe', '2026-10-04', `${hour}:${minute}`);
      compare('America/St_Johns', '2026-03-08', `${hour}:${minute}`);
    }
});

test('working minutes are those that a walk minute by minute finds', () => {
  const site = siteIn('Asia/Shanghai', twoShifts);
  const isWorking = (ms: number) => {
    const time = localTime('Asia/Shanghai', ms);
    return isWorkday(site, localDate('Asia/Shanghai', ms)) && time >= '08:00' && time < '17:30';
  };
  // Around Spring Festival, with both of its made-up Saturdays.
  const from = fc
    .integer({ min: 0, max: 16 * 1440 })
    .map((minute) => Date.UTC(2026, 1, 12) + minute * MINUTE);
  fc.assert(
    fc.property(from, fc.integer({ min: 1, max: 1500 }), (start, minutes) => {
      let left = minutes;
      let ms = start;
      for (; left > 0; ms += MINUTE) if (isWorking(ms)) left--;
      expect(addWorkingMinutes(site, start, minutes)).toBe(ms);
    }),
    { numRuns: 60 },
  );
});

test('working time is additive, grows with the start, and lands within hours', () => {
  fc.assert(
    fc.property(
      sites,
      instants,
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 3000 }),
      (site, ms, first, second) => {
        const both = addWorkingMinutes(site, ms, first + second);
        expect(addWorkingMinutes(site, addWorkingMinutes(site, ms, first), second)).toBe(both);
        expect(addWorkingMinutes(site, ms + MINUTE, first)).toBeGreaterThanOrEqual(
          addWorkingMinutes(site, ms, first),
        );
        expect(both).toBeGreaterThanOrEqual(ms + (first + second) * MINUTE);
      },
    ),
  );
});

test('n working days pass exactly n working days', () => {
  fc.assert(
    fc.property(sites, instants, fc.integer({ min: 0, max: 30 }), (site, ms, days) => {
      const start = workStartsAt(site, ms);
      const due = addWorkingDays(site, ms, days);
      const first = localDate(site.timeZone, start);
      const last = localDate(site.timeZone, due);
      let counted = 0;
      for (let date = first; date < last; date = addDays(date, 1))
        if (isWorkday(site, addDays(date, 1))) counted++;
      expect(counted).toBe(days);
      expect(isWorkday(site, last)).toBe(true);
      expect(localTime(site.timeZone, due)).toBe(localTime(site.timeZone, start));
    }),
  );
});

test('production days cover all time without gap or overlap, 23 to 25 hours each', () => {
  fc.assert(
    fc.property(sites, instants, (site, ms) => {
      const date = productionDate(site, ms);
      const start = startOfProductionDay(site, date);
      const end = startOfProductionDay(site, addDays(date, 1));
      expect(start).toBeLessThanOrEqual(ms);
      expect(end).toBeGreaterThan(ms);
      expect((end - start) / 3_600_000).toBeGreaterThanOrEqual(23);
      expect((end - start) / 3_600_000).toBeLessThanOrEqual(25);
      expect(productionDate(site, start)).toBe(date);
      expect(productionDate(site, end - 1)).toBe(date);
    }),
  );
});

test('the days of the law agree with the almanac of chinese-days, read in a zone where that package is right', () => {
  const script = `
    const days = require('chinese-days');
    const out = [];
    for (let year = 2027; year <= 2036; year++)
      out.push(...['01-01', '01-02', '01-03', '05-05', '08-15'].map((d) => days.getSolarDateFromLunar(year + '-' + d).date),
        days.getSolarTermDate(year, 4, 'pure_brightness'));
    process.stdout.write(JSON.stringify(out));`;
  const env = { PATH: process.env['PATH'], TZ: 'Asia/Shanghai' };
  const dates = JSON.parse(
    execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }),
  ) as string[];
  expect(dates).toHaveLength(60);
  expect(dates.filter((date) => chineseDay(date) !== 'off')).toEqual([]);
});

test('a date for a person is in their language', () => {
  const ms = instantOf('Asia/Shanghai', '2026-11-23', '02:05');
  expect(formatLocal('Asia/Shanghai', ms, 'zh')).toBe('2026年11月23日 02:05');
  expect(formatLocal('Asia/Shanghai', ms, 'en')).toBe('23 Nov 2026, 02:05');
});
