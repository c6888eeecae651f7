/** Whose turn a shift is by a rota of the site file. Pure arithmetic on dates. */
import type { ShiftRun } from './calendar.ts';
import { isWorkday } from './calendar.ts';
import type { Site } from './site.ts';
import { addDays, weekdayOf } from './zone.ts';

export type Rota = NonNullable<Site['duty']>[number];

const DAY = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));

/** A night shift belongs to the date on which it starts, so the night of a Friday is a workday's. */
export const covers = (site: Site, rota: Rota, run: ShiftRun): boolean =>
  rota.shifts.includes(run.code) && run.date >= rota.from && serves(site, rota, run.date);

const serves = (site: Site, rota: Rota, date: string): boolean =>
  rota.days === 'all' || isWorkday(site, date);

/** The person (aadObjectId) whose turn the shift is; undefined where the rota does not cover it. */
export function turnOf(site: Site, rota: Rota, run: ShiftRun): string | undefined {
  return covers(site, rota, run) ? rota.people[turnNumber(site, rota, run) % rota.people.length] : undefined;
}

/** Turns before this one, from the one that contains `from`. */
function turnNumber(site: Site, rota: Rota, run: ShiftRun): number {
  switch (rota.turn) {
    case 'week':
      return daysBetween(mondayOf(rota.from), mondayOf(run.date)) / 7;
    case 'day':
      return daysServed(site, rota, run.date);
    case 'shift':
      return daysServed(site, rota, run.date) * rota.shifts.length + orderIn(site, rota).indexOf(run.code);
  }
}

/** The rota's shifts as they follow each other on a date. */
const orderIn = (site: Site, rota: Rota): string[] =>
  site.shifts
    .filter(({ code }) => rota.shifts.includes(code))
    .sort((a, b) => a.start.localeCompare(b.start))
    .map(({ code }) => code);

/** Where the last count of workdays stood; the next one goes on from there, since a rota may run for years. */
const counted = new WeakMap<Site, Map<string, { date: string; days: number }>>();

/** Days with duty from `from` until before `date`. */
function daysServed(site: Site, rota: Rota, date: string): number {
  if (rota.days === 'all') return daysBetween(rota.from, date);
  let known = counted.get(site);
  if (!known) counted.set(site, (known = new Map()));
  let { date: at, days } = known.get(rota.from) ?? { date: rota.from, days: 0 };
  for (; at < date; at = addDays(at, 1)) if (isWorkday(site, at)) days += 1;
  while (at > date) {
    at = addDays(at, -1);
    if (isWorkday(site, at)) days -= 1;
  }
  known.set(rota.from, { date, days });
  return days;
}
