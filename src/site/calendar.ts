/**
 * A site's time: local dates, working days and hours, shifts, production days, due times. Pure: instants are epoch
 * milliseconds that the caller brings. Durations are taken in UTC, so that a night with a change of clocks has its
 * true 11 or 13 hours.
 */
import type { Duration, Severity } from '../kinds/define.ts';
import { chineseDay, isAnnounced } from './holidays.ts';
import type { Shift, Site } from './site.ts';
import { addDays, instantOf, localDate, localTime, weekdayOf } from './zone.ts';

export { addDays, formatLocal, instantOf, localDate, localTime, weekdayOf } from './zone.ts';

const MINUTE = 60_000;

/** The site's own exceptions first, then the public arrangement, then the days of the week. */
export function isWorkday(site: Site, date: string): boolean {
  const { off, worked, holidays, workdays } = site.calendar;
  if (off.includes(date)) return false;
  if (worked.includes(date)) return true;
  const arranged = holidays === 'cn' ? chineseDay(date) : undefined;
  if (arranged) return arranged === 'worked';
  return workdays.includes(weekdayOf(date));
}

/** False for a year whose make-up workdays are not announced yet: due times in it may still move by a day or two. */
export const calendarIsFinal = (site: Site, year: number): boolean =>
  site.calendar.holidays === 'none' || isAnnounced(year);

/** The working hours of a local date; `end` is not in them. */
const hoursOf = (site: Site, date: string) => ({
  start: instantOf(site.timeZone, date, site.calendar.start),
  end: instantOf(site.timeZone, date, site.calendar.end),
});

function nextWorkday(site: Site, date: string): string {
  let next = addDays(date, 1);
  while (!isWorkday(site, next)) next = addDays(next, 1);
  return next;
}

/** The instant itself if it is working time, else when work next begins. */
export function workStartsAt(site: Site, ms: number): number {
  const date = localDate(site.timeZone, ms);
  const today = hoursOf(site, date);
  if (isWorkday(site, date) && ms < today.end) return Math.max(ms, today.start);
  return hoursOf(site, nextWorkday(site, date)).start;
}

/**
 * The same local time on the nth working day after. What arrives outside working time counts from when work next
 * begins (domain §2: clocks of S3 and S4 run on the site's work calendar), so a message of Friday night with one
 * working day is due on Tuesday at the start, not on Monday.
 */
export function addWorkingDays(site: Site, fromMs: number, days: number): number {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`not a number of working days: ${days}`);
  const start = workStartsAt(site, fromMs);
  let date = localDate(site.timeZone, start);
  for (let day = 0; day < days; day++) date = nextWorkday(site, date);
  return instantOf(site.timeZone, date, localTime(site.timeZone, start)) + (start % MINUTE);
}

/** When so many minutes of working time have passed. None: the instant itself, working time or not. */
export function addWorkingMinutes(site: Site, fromMs: number, minutes: number): number {
  if (minutes <= 0) return fromMs;
  let left = minutes * MINUTE;
  let at = workStartsAt(site, fromMs);
  for (;;) {
    const date = localDate(site.timeZone, at);
    const { end } = hoursOf(site, date);
    if (at + left <= end) return at + left;
    left -= end - at;
    at = hoursOf(site, nextWorkday(site, date)).start;
  }
}

const unitMinutes = { m: 1, h: 60 } as const;

/**
 * When a duration that began at `fromMs` ends. Minutes and hours run on the wall clock for S1 and S2, on working time
 * for S3 and S4; `d` is calendar days and `wd` working days whatever the severity (domain §2 and §3).
 */
export function dueAt(site: Site, severity: Severity, fromMs: number, duration: Duration): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(m|h|d|wd)$/.exec(duration) ?? [];
  const count = Number(amount);
  switch (unit) {
    case 'm':
    case 'h': {
      const minutes = count * unitMinutes[unit];
      const onTheWall = severity === 'S1' || severity === 'S2';
      return onTheWall ? fromMs + minutes * MINUTE : addWorkingMinutes(site, fromMs, minutes);
    }
    case 'd': {
      const date = addDays(localDate(site.timeZone, fromMs), Math.floor(count));
      const sameTime = instantOf(site.timeZone, date, localTime(site.timeZone, fromMs)) + (fromMs % MINUTE);
      return sameTime + (count % 1) * 24 * 60 * MINUTE;
    }
    case 'wd':
      return addWorkingDays(site, fromMs, count);
    default:
      throw new RangeError(`not a duration: ${duration}`);
  }
}

/** One shift as it ran: `end` is not in it. */
export interface ShiftRun {
  code: Shift['code'];
  /** Local date on which it started. */
  date: string;
  start: number;
  end: number;
}

/** A shift as it runs from a local date. */
export function runOf(site: Site, shift: Shift, date: string): ShiftRun {
  const endDate = shift.end <= shift.start ? addDays(date, 1) : date;
  return {
    code: shift.code,
    date,
    start: instantOf(site.timeZone, date, shift.start),
    end: instantOf(site.timeZone, endDate, shift.end),
  };
}

/** The shift that runs at an instant; between shifts none. Where two overlap, the one that started later. */
export function shiftAt(site: Site, ms: number): ShiftRun | undefined {
  const today = localDate(site.timeZone, ms);
  let found: ShiftRun | undefined;
  for (const date of [today, addDays(today, -1)])
    for (const shift of site.shifts) {
      const run = runOf(site, shift, date);
      if (run.start <= ms && ms < run.end && (!found || run.start > found.start)) found = run;
    }
  return found;
}

/**
 * The production day that a shift belongs to: the local date on which it started (domain §4), except that a shift
 * which lies wholly between midnight and the day's start (00:00 to 08:00 of a three-shift plant) closes the day before.
 */
function dayOfRun(site: Site, run: ShiftRun): string {
  const closesDayBefore = run.end <= instantOf(site.timeZone, run.date, site.dayStart);
  return closesDayBefore ? addDays(run.date, -1) : run.date;
}

/** The production day of an instant: that of the shift which runs, else the day begun last at the site's `dayStart`. */
export function productionDate(site: Site, ms: number): string {
  const run = shiftAt(site, ms);
  if (run) return dayOfRun(site, run);
  const date = localDate(site.timeZone, ms);
  return ms < instantOf(site.timeZone, date, site.dayStart) ? addDays(date, -1) : date;
}

/** When a production day begins: at `dayStart`, or where the shift that runs across it begins or ends. */
export function startOfProductionDay(site: Site, date: string): number {
  const usual = instantOf(site.timeZone, date, site.dayStart);
  const across = shiftAt(site, usual - 1);
  if (!across || across.end <= usual) return usual;
  return dayOfRun(site, across) === date ? across.start : across.end;
}
