/** Until when a promise to act holds (capability `promise`). */
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import type { HistoryEntry, RecordDoc } from './record.ts';
import { unwind, windTerm } from './wind.ts';

/** Minutes, where the site file says nothing. */
export const defaultExpiry = 15;
/** Minutes before the end at which its owner is reminded; half the time where that is shorter. */
const remindBefore = 3;

export interface Promised {
  /** Milliseconds. */
  lapsesAt: number;
  remindAt: number;
}

/** Undefined where nothing is promised that could lapse. */
export function promiseOf(kind: AnyKind, record: RecordDoc, site: Site): Promised | undefined {
  const rule = kind.can.promise;
  if (!rule || record.status !== rule.status || !rule.severities.includes(record.severity)) return undefined;
  const last = record.history.findLast((entry) => isUpdate(entry, rule.updates));
  if (!last) return undefined;
  const minutes = site.ackExpiry ?? defaultExpiry;
  const lapsesAt = Math.ceil(Date.parse(last.at) + minutes * 60_000 - 1e-3);
  return { lapsesAt, remindAt: Math.ceil(lapsesAt - Math.min(remindBefore, minutes / 2) * 60_000) };
}

/** Acts with which nobody says how it goes on. */
const silent = new Set([
  ...['join', 'assign', 'absorb', 'release', 'split'],
  ...['offer', 'withdraw_offer', 'decline_offer'],
]);

/** Whatever people do keeps it up, save corrections of facts that say nothing of what is being done. */
function isUpdate(entry: HistoryEntry, updates: readonly string[]): boolean {
  if (entry.source === 'rule' || silent.has(entry.verb)) return false;
  return entry.verb !== 'edit' || entry.changes?.some(({ field }) => updates.includes(field)) === true;
}

/** Leaves a job for the reminder and one for the end. A reminder that went out for this end is not repeated. */
export function windPromise(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.promise) return;
  unwind(record, 'lapse', 'remind');
  const promise = promiseOf(kind, record, site);
  if (!promise) {
    delete record.reminded;
    return;
  }
  const term = { endsAt: promise.lapsesAt, warnAt: promise.remindAt, warned: record.reminded };
  windTerm(record, { end: 'lapse', warning: 'remind' }, term, now);
}
