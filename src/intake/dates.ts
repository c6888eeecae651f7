/**
 * What the rules of both languages share: the days that a mention stands for, read ahead and back. Weeks run from
 * Monday; a bare weekday or day is in the direction that its use asks for.
 */
import * as calendar from './calendar.ts';

export interface TimeMention {
  start: number;
  end: number;
  text: string;
  /** The date, read as one to come where the text leaves it open. */
  date?: string;
  /** The same, read as one gone by. */
  past?: string;
  /** `HH:mm`. */
  time?: string;
  /** The hour may be of either half of the day (`3点`). */
  loose?: boolean;
  /** A span that ends then (本周内, within 3 days), so a deadline by its own words. */
  span?: boolean;
  /** A whole calendar week (CW49, 下周): often the name of a plan and not a deadline. */
  week?: boolean;
}

export type Found = Pick<TimeMention, 'date' | 'past' | 'time' | 'loose' | 'span' | 'week'>;
export type Rule = readonly [RegExp, (m: RegExpExecArray, at: string) => Found | undefined];

export const same = (date: string | undefined, more?: Found): Found | undefined =>
  date ? { date, past: date, ...more } : undefined;

export function monthDay(month: number, day: number, at: string): Found | undefined {
  const today = calendar.dateOf(at);
  const year = Number(today.slice(0, 4));
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const here = calendar.makeDate(year, month, day);
  if (!here) return undefined;
  const ahead = here < calendar.addDays(today, -45) ? calendar.makeDate(year + 1, month, day) : here;
  const back = here > today ? calendar.makeDate(year - 1, month, day) : here;
  return { date: ahead, past: back };
}

export function weekday(day: number, at: string, weeks: number | undefined): Found {
  const today = calendar.dateOf(at);
  if (weeks !== undefined) return same(calendar.inWeek(today, weeks, day))!;
  const here = calendar.inWeek(today, 0, day);
  return {
    // Nobody names today by its weekday.
    date: here <= today ? calendar.addDays(here, 7) : here,
    past: here >= today ? calendar.addDays(here, -7) : here,
  };
}

export const fromNow = (at: string, minutes: number, span: boolean): Found => {
  const then = calendar.addMinutes(at, minutes);
  return same(calendar.dateOf(then), { time: calendar.timeOf(then), ...(span && { span }) })!;
};
export const inDays = (at: string, days: number, span: boolean): Found =>
  same(calendar.addDays(calendar.dateOf(at), days), span ? { span } : {})!;

export function week(number: number, at: string): Found | undefined {
  if (number < 1 || number > 53) return undefined;
  return same(calendar.weekFriday(calendar.dateOf(at), number), { span: true, week: true });
}

/** The day of a month that is named alone: this month's, or the nearest such day ahead and back. */
export function dayAlone(day: number, at: string): Found | undefined {
  const today = calendar.dateOf(at);
  const here = calendar.makeDate(Number(today.slice(0, 4)), Number(today.slice(5, 7)), day);
  if (!here || day < 1) return undefined;
  return {
    date: here < today ? calendar.dayOfMonth(today, 1, day) : here,
    past: here > today ? calendar.dayOfMonth(today, -1, day) : here,
  };
}
