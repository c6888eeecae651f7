/** Arithmetic on local dates (`2026-11-27`) and local minutes (`2026-11-23T09:40`). Zones play no part here. */

const day = 86_400_000;
const utc = (date: string): number => Date.parse(`${date}T00:00Z`);
const iso = (ms: number): string => new Date(ms).toISOString();

export const dateOf = (at: string): string => at.slice(0, 10);
export const timeOf = (at: string): string => at.slice(11, 16);

export const addDays = (date: string, days: number): string => iso(utc(date) + days * day).slice(0, 10);

export const addMinutes = (at: string, minutes: number): string =>
  iso(Date.parse(`${at}Z`) + minutes * 60_000).slice(0, 16);

/** Minutes from one local minute to another. */
export const minutesBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000);

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string): number => new Date(utc(date)).getUTCDay() || 7;

/** The given day (1 to 7) of the week that is `weeks` after the one of `date`. */
export const inWeek = (date: string, weeks: number, weekday: number): string =>
  addDays(date, weeks * 7 + weekday - weekdayOf(date));

export function monthEnd(date: string, months: number): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return iso(Date.UTC(year, month + months, 0)).slice(0, 10);
}

export function dayOfMonth(date: string, months: number, dayNumber: number): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return iso(Date.UTC(year, month - 1 + months, dayNumber)).slice(0, 10);
}

/** A date of the calendar, or undefined: 31 February is none. */
export function makeDate(year: number, month: number, dayNumber: number): string | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(dayNumber).padStart(2, '0')}`;
  const ms = utc(text);
  return Number.isNaN(ms) || iso(ms).slice(0, 10) !== text ? undefined : text;
}

/** Friday of an ISO week in the year of `date`, or of the next year if that is more than half a year ago. */
export function weekFriday(date: string, week: number): string {
  const of = (year: number): string => inWeek(`${year}-01-04`, week - 1, 5);
  const year = Number(date.slice(0, 4));
  const friday = of(year);
  return utc(date) - utc(friday) > 183 * day ? of(year + 1) : friday;
}
