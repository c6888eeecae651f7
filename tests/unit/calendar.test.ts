import {
  addDays,
  addWorkingDays,
  addWorkingMinutes,
  calendarIsFinal,
  dueAt,
  isWorkday,
  localDate,
  productionDate,
  shiftAt,
  startOfProductionDay,
  workStartsAt,
} from '../../src/site/calendar.ts';
import { siteSchema } from '../../src/site/site.ts';
import { instantOf, localTime } from '../../src/site/zone.ts';

const base = {
  id: 'hefei-2',
  customer: '华驰',
  plant: '合肥二厂',
  timeZone: 'Asia/Shanghai',
  shifts: [
    { code: 'day', start: '08:00', end: '20:00' },
    { code: 'night', start: '20:00', end: '08:00' },
  ],
  people: [{ name: '林晓', aadObjectId: 'a', roles: ['RE'] }],
  channels: { main: { teamId: 't', channelId: 'c' } },
};
const site = siteSchema.parse(base);
const brussels = siteSchema.parse({
  ...base,
  timeZone: 'Europe/Brussels',
  calendar: { holidays: 'none', start: '09:00', end: '17:00' },
});
const threeShifts = siteSchema.parse({
  ...base,
  shifts: [
    { code: 'day', start: '08:00', end: '16:00' },
    { code: 'mid', start: '16:00', end: '00:00' },
    { code: 'night', start: '00:00', end: '08:00' },
  ],
});

const at = (text: string, where = site) => {
  const [date = '', time = ''] = text.split(' ');
  return instantOf(where.timeZone, date, time);
};
const show = (ms: number, where = site) =>
  `${localDate(where.timeZone, ms)} ${localTime(where.timeZone, ms)}`;

describe('workdays', () => {
  test.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-02-14', true, 'Saturday made up for Spring Festival'],
    ['2026-02-15', false, 'first day of the Spring Festival break'],
    ['2026-02-23', false, 'last day of the break, a Monday'],
    ['2026-02-24', true, 'back at work'],
    ['2026-02-28', true, 'Saturday made up for Spring Festival'],
    ['2026-09-20', true, 'Sunday made up for National Day'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'last day of the National Day break, a Wednesday'],
    ['2026-10-10', true, 'Saturday made up for National Day'],
    ['2026-01-04', true, 'Sunday made up for New Year'],
  ])('%s: %s (%s)', (date, expected) => {
    expect(isWorkday(site, date)).toBe(expected);
  });

  test('a year that is not announced has the days of the law and no moved weekend', () => {
    expect(calendarIsFinal(site, 2026)).toBe(true);
    expect(calendarIsFinal(site, 2027)).toBe(false);
    expect(calendarIsFinal(brussels, 2027)).toBe(true);
    const off = [
      '2027-01-01',
      '2027-02-05',
      '2027-02-08',
      '2027-04-05',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
    ];
    expect(off.filter((date) => isWorkday(site, date))).toEqual([]);
    expect(isWorkday(site, '2027-02-09')).toBe(true);
    expect(isWorkday(site, '2027-10-09')).toBe(false);
  });

  test('the site overrules the arrangement, and `off` overrules `worked`', () => {
    const own = siteSchema.parse({
      ...base,
      calendar: {
        workdays: [1, 2, 3, 4, 5, 6],
        off: ['2026-11-23', '2026-11-24'],
        worked: ['2026-10-02', '2026-11-24'],
      },
    });
    expect(isWorkday(own, '2026-11-23')).toBe(false);
    expect(isWorkday(own, '2026-11-24')).toBe(false);
    expect(isWorkday(own, '2026-10-02')).toBe(true);
    expect(isWorkday(own, '2026-10-03')).toBe(false);
    expect(isWorkday(own, '2026-11-28')).toBe(true);
  });

  test('a site without Chinese holidays works on National Day', () => {
    expect(isWorkday(brussels, '2026-10-01')).toBe(true);
    expect(isWorkday(brussels, '2026-10-10')).toBe(false);
  });
});

describe('working time', () => {
  test.each([
    ['2026-11-23 10:00', 1, '2026-11-24 10:00', 'within a day'],
    ['2026-11-27 10:00', 1, '2026-11-30 10:00', 'over a weekend'],
    ['2026-11-27 20:00', 1, '2026-12-01 08:00', 'Friday night counts from Monday morning'],
    ['2026-11-28 10:00', 0, '2026-11-30 08:00', 'no days: when work begins'],
    ['2026-11-27 17:30', 1, '2026-12-01 08:00', 'the end of work is not working time'],
    ['2026-11-23 06:00', 1, '2026-11-24 08:00', 'before work'],
    ['2026-02-13 10:00', 1, '2026-02-14 10:00', 'into a Saturday that is worked'],
    ['2026-02-14 10:00', 1, '2026-02-24 10:00', 'over Spring Festival'],
    ['2026-09-30 09:00', 3, '2026-10-10 09:00', 'over National Day, with the Saturday'],
    ['2026-11-23 10:00', 10, '2026-12-07 10:00', 'ten days'],
  ])('%s plus %i working days is %s: %s', (from, days, expected) => {
    expect(show(addWorkingDays(site, at(from), days))).toBe(expected);
  });

  test('a fraction of a working day is refused', () => {
    expect(() => addWorkingDays(site, at('2026-11-23 10:00'), 1.5)).toThrow(RangeError);
    expect(() => addWorkingDays(site, at('2026-11-23 10:00'), -1)).toThrow(RangeError);
  });

  test.each([
    ['2026-11-23 10:00', 240, '2026-11-23 14:00', 'within a day'],
    ['2026-11-23 17:00', 30, '2026-11-23 17:30', 'to the very end'],
    ['2026-11-23 17:00', 31, '2026-11-24 08:01', 'one minute more'],
    ['2026-11-27 16:00', 240, '2026-11-30 10:30', 'over a weekend'],
    ['2026-02-14 16:30', 120, '2026-02-24 09:00', 'over Spring Festival'],
    ['2026-11-22 03:00', 60, '2026-11-23 09:00', 'from a Sunday night'],
    ['2026-11-22 03:00', 0, '2026-11-22 03:00', 'nothing to add'],
  ])('%s plus %i working minutes is %s: %s', (from, minutes, expected) => {
    expect(show(addWorkingMinutes(site, at(from), minutes))).toBe(expected);
  });

  test('work starts at the instant itself within hours', () => {
    expect(show(workStartsAt(site, at('2026-11-23 12:34')))).toBe('2026-11-23 12:34');
    expect(show(workStartsAt(site, at('2026-11-23 17:30')))).toBe('2026-11-24 08:00');
  });
});

describe('due times', () => {
  const friday = at('2026-11-27 17:00');
  test.each([
    ['S1', '5m', '2026-11-27 17:05'],
    ['S2', '4h', '2026-11-27 21:00'],
    ['S1', '1.5h', '2026-11-27 18:30'],
    ['S3', '4h', '2026-11-30 11:30'],
    ['S4', '30m', '2026-11-27 17:30'],
    ['S1', '1wd', '2026-11-30 17:00'],
    ['S3', '5wd', '2026-12-04 17:00'],
    ['S1', '14d', '2026-12-11 17:00'],
    ['S3', '30d', '2026-12-27 17:00'],
  ] as const)('%s %s after Friday 17:00 is %s', (severity, duration, expected) => {
    expect(show(dueAt(site, severity, friday, duration))).toBe(expected);
  });

  test('seconds are kept', () => {
    expect(dueAt(site, 'S3', friday + 12_345, '1wd')).toBe(at('2026-11-30 17:00') + 12_345);
    expect(dueAt(site, 'S3', friday + 12_345, '2d')).toBe(at('2026-11-29 17:00') + 12_345);
  });

  test('24 hours of an S1 are 24 hours through a change of clocks; a calendar day keeps the local time', () => {
    const before = at('2026-10-24 12:00', brussels);
    expect(show(dueAt(brussels, 'S1', before, '24h'), brussels)).toBe('2026-10-25 11:00');
    expect(show(dueAt(brussels, 'S1', before, '1d'), brussels)).toBe('2026-10-25 12:00');
  });

  test('what is no duration is refused', () => {
    expect(() => dueAt(site, 'S1', friday, '5x' as never)).toThrow(/not a duration/);
  });
});

describe('shifts and production days', () => {
  test('02:15 in the night shift begun on 23 November belongs to 23 November', () => {
    const stop = at('2026-11-24 02:15');
    expect(productionDate(site, stop)).toBe('2026-11-23');
    expect(shiftAt(site, stop)).toMatchObject({ code: 'night', date: '2026-11-23' });
    expect(productionDate(site, at('2026-11-24 08:00'))).toBe('2026-11-24');
    expect(show(startOfProductionDay(site, '2026-11-24'))).toBe('2026-11-24 08:00');
  });

  test('the night shift of three closes the day before', () => {
    expect(productionDate(threeShifts, at('2026-11-24 02:15'))).toBe('2026-11-23');
    expect(productionDate(threeShifts, at('2026-11-23 23:59'))).toBe('2026-11-23');
    expect(productionDate(threeShifts, at('2026-11-24 08:00'))).toBe('2026-11-24');
  });

  test('a shift that runs across the start of the day keeps its own date', () => {
    const shifted = (day: string, night: string) =>
      siteSchema.parse({
        ...base,
        shifts: [
          { code: 'day', start: day, end: night },
          { code: 'night', start: night, end: day },
        ],
      });
    const early = shifted('07:30', '19:30');
    expect(productionDate(early, at('2026-11-24 07:45'))).toBe('2026-11-24');
    expect(show(startOfProductionDay(early, '2026-11-24'))).toBe('2026-11-24 07:30');
    const late = shifted('08:30', '20:30');
    expect(productionDate(late, at('2026-11-24 08:15'))).toBe('2026-11-23');
    expect(show(startOfProductionDay(late, '2026-11-24'))).toBe('2026-11-24 08:30');
  });

  test('between shifts the start of the day decides', () => {
    const oneShift = siteSchema.parse({ ...base, shifts: [{ code: 'day', start: '08:30', end: '17:00' }] });
    expect(shiftAt(oneShift, at('2026-11-24 07:00'))).toBeUndefined();
    expect(productionDate(oneShift, at('2026-11-24 07:00'))).toBe('2026-11-23');
    expect(productionDate(oneShift, at('2026-11-24 08:10'))).toBe('2026-11-24');
    expect(productionDate(oneShift, at('2026-11-24 22:00'))).toBe('2026-11-24');
  });

  test.each([
    ['2026-10-24', 13],
    ['2026-03-28', 11],
    ['2026-06-10', 12],
  ])('the night shift of %s in Brussels has %i hours', (date, hours) => {
    const run = shiftAt(brussels, instantOf('Europe/Brussels', date, '22:00'));
    expect(run).toMatchObject({ code: 'night', date });
    expect(((run?.end ?? 0) - (run?.start ?? 0)) / 3_600_000).toBe(hours);
    expect(productionDate(brussels, (run?.end ?? 0) - 1)).toBe(date);
    expect(startOfProductionDay(brussels, addDays(date, 1))).toBe(run?.end);
  });
});
