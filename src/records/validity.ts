/** Until when a record of the archive is valid (capability `archive`). */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import { addDays } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import { instantOf } from '../site/zone.ts';
import type { RecordDoc } from './record.ts';
import { unwind, windTerm } from './wind.ts';

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
  unwind(record, 'expire', 'expiring');
  const validity = validityOf(kind, record, site);
  if (!validity) {
    delete record.warned;
    return;
  }
  record.dueAt = iso(validity.endsAt);
  windTerm(record, { end: 'expire', warning: 'expiring' }, { ...validity, warned: record.warned }, now);
}
