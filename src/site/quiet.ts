/** Quiet hours, in which what can wait reaches nobody in person. Pure: the instant comes from the caller. */
import { isWorkday } from './calendar.ts';
import type { Site } from './site.ts';
import { addDays, instantOf, localDate } from './zone.ts';

/** Local times; `from` after `to` runs over midnight. With `offDays`, days off are quiet as a whole. */
export interface QuietHours {
  from: string;
  to: string;
  offDays: boolean;
}

/** What the site file says; where it says nothing, all time outside the working hours. Undefined: never quiet. */
export function quietOf(site: Site): QuietHours | undefined {
  if (site.quiet === undefined) return { from: site.calendar.end, to: site.calendar.start, offDays: true };
  return site.quiet ?? undefined;
}

const dayEnds = '24:00';

/** The parts of a day that are not quiet. */
const waking = ({ from, to }: QuietHours): [start: string, end: string][] =>
  from > to
    ? [[to, from]]
    : [
        ['00:00', from],
        [to, dayEnds],
      ];

/** The instant itself if it is not quiet, else when the quiet hours that hold it end. */
export function quietEnds(site: Site, hours: QuietHours, ms: number): number {
  const momentOf = (date: string, time: string): number =>
    time === dayEnds
      ? instantOf(site.timeZone, addDays(date, 1), '00:00')
      : instantOf(site.timeZone, date, time);
  for (let date = localDate(site.timeZone, ms); ; date = addDays(date, 1)) {
    if (hours.offDays && !isWorkday(site, date)) continue;
    for (const [from, to] of waking(hours)) {
      const start = momentOf(date, from);
      const end = momentOf(date, to);
      if (ms < end && start < end) return Math.max(ms, start);
    }
  }
}
