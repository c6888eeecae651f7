/** The ladder of a record: the site's levels of its severity, and how far it has come. */
import { iso } from '../clock.ts';
import type { Severity } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { job } from './job.ts';
import { holds } from './needs.ts';
import type { RecordDoc } from './record.ts';
import { nextPromotion } from './rungs.ts';
import type { Climb, Rung } from './rungs.ts';
import { isRunning } from './stopwatch.ts';
import { owes, unwind } from './wind.ts';

export interface Level extends Rung {
  roles: readonly string[];
  /** Minutes after which it calls its people again while it is the level reached. */
  every?: number;
}

/** Levels above 0. A list that starts at minute 0 starts with level 0, any other with level 1. */
export function levelsOf(site: Site, severity: Severity, now: number): Level[] {
  const listed = site.ladder[severity] ?? [];
  const first = listed[0]?.minutes === 0 ? 0 : 1;
  return listed
    .map(({ minutes, roles, every }, index) => ({
      level: index + first,
      minutes,
      roles,
      ...(every === undefined ? {} : { every }),
      covered: onCall(site, roles, now).length > 0,
    }))
    .filter(({ level }) => level > 0);
}

/** Whom level 0 calls, where the site says so. */
export const firstRoles = (site: Site, severity: Severity) => {
  const first = site.ladder[severity]?.[0];
  return first?.minutes === 0 ? first.roles : undefined;
};

/** How far the record has come; undefined where no ladder runs on it. */
export function climbOf(kind: AnyKind, record: RecordDoc): Climb | undefined {
  const ladder = kind.can.ladder;
  const start = ladder && startOf(ladder.from, record);
  if (!ladder || start === undefined || !isClimbing(kind, record)) return undefined;
  return {
    start,
    reached: record.level ?? 0,
    answered: ladder.answered.includes(record.status),
    untilAnswered: ladder.untilAnswered,
    jumps: ladder.jumps.flatMap(({ to, afterMinutes, when }, index) =>
      holds(when, record.fields) ? [{ to, at: start + afterMinutes * 60_000, index }] : [],
    ),
  };
}

/** Whether the ladder still runs. What only says that it is over does not end it: a status of `ends` does. */
export const isClimbing = (kind: AnyKind, record: RecordDoc): boolean =>
  record.open && record.level !== undefined && kind.can.ladder?.ends.includes(record.status) === false;

/** A case that began again climbs from there, not from a start hours ago. */
function startOf(from: string, record: RecordDoc): number | undefined {
  const said = record.fields[from];
  if (typeof said !== 'string') return undefined;
  const { reopenedAt = '' } = record;
  return Date.parse(said > reopenedAt ? said : reopenedAt);
}

/**
 * Leaves one job for the next promotion, at once if it is past. The ladder starts with the first write that finds the
 * case running; one that was over when it was told never climbs.
 */
export function windLadder(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.ladder) return;
  if (record.level === undefined && (!kind.can.stopwatch || isRunning(kind, record.fields))) record.level = 0;
  unwind(record, 'ladder');
  if (owes(record, 'ladder')) return;
  const climb = climbOf(kind, record);
  const next = climb && nextPromotion(levelsOf(site, record.severity, now), climb);
  if (next) record.jobs.push(job('ladder', Math.max(next.at, now), { level: next.to, due: iso(next.at) }));
}
