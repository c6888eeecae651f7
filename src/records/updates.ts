/** When the owner of a case owes a word on how it goes (capability `updates`). */
import { iso } from '../clock.ts';
import type { Duration } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { dueAt } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import type { Promised } from './promises.ts';
import type { HistoryEntry, RecordDoc } from './record.ts';
import { unwind, windTerm } from './wind.ts';

/** The owner is asked a sixth of the time before it is due, and never more than these milliseconds before. */
const askBefore = { share: 1 / 6, atMost: 10 * 60_000 };
/** What the owner would be asked within a quarter of the time, or these milliseconds, is one message. */
const near = { share: 1 / 4, atMost: 5 * 60_000 };

export interface UpdateDue {
  /** Milliseconds: since when nothing was heard, by when a word is due, and when it is asked for. */
  since: number;
  due: number;
  askAt: number;
  /** Milliseconds within which another message to the owner would be one too many. */
  near: number;
}

/** Undefined while nobody owes a word. */
export function updateOf(kind: AnyKind, record: RecordDoc, site: Site): UpdateDue | undefined {
  const rule = kind.can.updates;
  if (!rule || !record.open || record.owner === undefined || !rule.during.includes(record.status))
    return undefined;
  const last = record.history.findLast((entry) => begins(entry, rule));
  if (!last) return undefined;
  const since = Date.parse(last.at);
  const from = Math.max(since, record.missed === undefined ? since : Date.parse(record.missed));
  const minutes = site.updates?.[record.severity];
  const within: Duration = minutes === undefined ? rule.within[record.severity] : `${minutes}m`;
  const due = Math.ceil(dueAt(site, record.severity, from, within) - 1e-3);
  const span = due - from;
  return {
    since,
    due,
    askAt: Math.ceil(due - Math.min(span * askBefore.share, askBefore.atMost)),
    near: Math.min(span * near.share, near.atMost),
  };
}

type Rule = NonNullable<AnyKind['can']['updates']>;

/** A word; or it was taken on, by whom or how grave it is changed: the time runs anew. */
function begins(entry: HistoryEntry, rule: Rule): boolean {
  if (entry.verb === rule.verb) return true;
  const entered = entry.to !== undefined && rule.during.includes(entry.to);
  if (entered && !(entry.from !== undefined && rule.during.includes(entry.from))) return true;
  return (entry.changes ?? []).some(
    ({ field, to }) => (field === '@owner' && to !== undefined) || field === '@severity',
  );
}

/** The last word since the case began, or began again. */
export function lastUpdate(kind: AnyKind, record: RecordDoc): HistoryEntry | undefined {
  const verb = kind.can.updates?.verb;
  const last = verb === undefined ? undefined : record.history.findLast((entry) => entry.verb === verb);
  return last && last.at >= (record.reopenedAt ?? '') ? last : undefined;
}

/** Whether this person was asked and has not answered yet. */
export function awaitsUpdate(
  record: RecordDoc,
  update: UpdateDue | undefined,
  promise: Promised | undefined,
  person: string | undefined,
): boolean {
  if (!update || record.owner !== person) return false;
  return (
    record.asked === iso(update.due) ||
    record.missed !== undefined ||
    (promise !== undefined && record.reminded === iso(promise.lapsesAt))
  );
}

/** Leaves a job for the question and one for its end. A question that went out for this time is not repeated. */
export function windUpdate(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.updates) return;
  unwind(record, 'status-ask', 'status-due');
  const before = updateOf(kind, record, site);
  if (!before || (record.missed !== undefined && before.since > Date.parse(record.missed)))
    delete record.missed;
  const update = updateOf(kind, record, site);
  if (!update) {
    delete record.asked;
    return;
  }
  const term = { endsAt: update.due, warnAt: update.askAt, warned: record.asked };
  windTerm(record, { end: 'status-due', warning: 'status-ask' }, term, now);
}
