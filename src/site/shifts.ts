/** The shifts ahead of a moment. */
import type { ShiftRun } from './calendar.ts';
import { runOf } from './calendar.ts';
import type { DutyShift } from './duty-change.ts';
import { serving } from './duty.ts';
import type { Role } from '../kinds/define.ts';
import type { Site } from './site.ts';
import { addDays, localDate } from './zone.ts';

/** Shifts that begin after `at` (milliseconds) within so many days, in order. */
export function shiftsAfter(site: Site, at: number, days: number): ShiftRun[] {
  const first = localDate(site.timeZone, at);
  const runs: ShiftRun[] = [];
  for (let day = 0; day <= days; day++)
    for (const shift of site.shifts) {
      const run = runOf(site, shift, addDays(first, day));
      if (run.start > at) runs.push(run);
    }
  return runs.sort((a, b) => a.start - b.start);
}

/** The run that a shift's date and code name; undefined where the site has none such. */
export function runNamed(
  site: Site,
  { date, shift }: Pick<DutyShift, 'date' | 'shift'>,
): ShiftRun | undefined {
  const found = site.shifts.find(({ code }) => code === shift);
  return found && runOf(site, found, date);
}

export interface OwnShift extends DutyShift {
  run: ShiftRun;
}

/** What a person serves of the shifts ahead. */
export const shiftsOf = (
  site: Site,
  person: string,
  roles: readonly Role[],
  at: number,
  days: number,
): OwnShift[] =>
  shiftsAfter(site, at, days).flatMap((run) =>
    roles
      .filter((role) => serving(site, role, run)?.person === person)
      .map((role) => ({ role, date: run.date, shift: run.code, run })),
  );
