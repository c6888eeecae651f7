/** Until when a record of the archive is valid (capability `archive`). */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import { addDays } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import { instantOf } from '../site/zone.ts';
import type { Job } from './job.ts';
import { job } from './job.ts';
import type { RecordDoc } from './record.ts';

export interface Validity {
  /** The last day, local. */
  until: string;
  /** Milliseconds: the midnight after it. */
  endsAt: number;
  /** When work begins, so many days before. */
  warnAt: number;
}

/** Undefined where it is not valid any more, or without an end. */
export function validityOf(kind: AnyKind, record: RecordDoc, site: Site): Validity | undefined {
  const rule = kind.can.archive;
  const until = rule && record.fields[rule.until];
  if (!rule || record.status !== rule.active || typeof until !== 'string') return undefined;
  return {
    until,
    endsAt: instantOf(site.timeZone, addDays(until, 1), '00:00'),
    warnAt: instantOf(site.timeZone, addDays(until, -rule.warnDays), site.calendar.start),
  };
}

/** Leaves a job for the warning and one for the end. A warning that went out for this end is not repeated. */
export function windValidity(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.archive) return;
  const stays = (owed: Job): boolean =>
    (owed.type !== 'expire' && owed.type !== 'expiring') || owed.lease !== undefined || owed.tries > 0;
  record.jobs = record.jobs.filter(stays);
  const validity = validityOf(kind, record, site);
  if (!validity) {
    delete record.warned;
    return;
  }
  record.dueAt = iso(validity.endsAt);
  const owes = (type: string): boolean => record.jobs.some((owed) => owed.type === type && !owed.failed);
  if (!owes('expire')) record.jobs.push(job('expire', Math.max(validity.endsAt, now)));
  const end = iso(validity.endsAt);
  if (record.warned !== end && validity.endsAt > now && !owes('expiring'))
    record.jobs.push(job('expiring', Math.max(validity.warnAt, now), { until: end }));
}
