/** How far the countersigning of a record's figures has come (capability `countersign`). */
import type { Verb } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { addWorkingDays } from '../site/calendar.ts';
import { onCall } from '../site/duty.ts';
import type { Person, Site } from '../site/site.ts';
import { peopleWith } from '../site/site.ts';
import { job } from './job.ts';
import type { Change, HistoryEntry, RecordDoc } from './record.ts';
import { owes, unwind } from './wind.ts';

/** `sent`: the customer is asked; `void`: what was signed has changed since, or is gone. Absent: nothing was sent. */
export type Signing = 'sent' | 'confirmed' | 'disputed' | 'void';

/** The customer's people, who are asked; wherever their shift stands, since an answer may take days. */
export const counterparts = (site: Site): Person[] => peopleWith(site, ['CUST']);

/** Whether a verb that signs has anything to sign now. What the engineer records may come at any time. */
export function canSign(verb: Verb, record: RecordDoc): boolean {
  const { signing } = record;
  switch (verb.signs) {
    case 'send':
      return signing !== 'sent' && signing !== 'confirmed';
    case 'confirm':
    case 'dispute':
      return signing === 'sent' || signing === 'disputed';
    default:
      return true;
  }
}

/** The entry that brought the signing to where it stands. */
export const signedBy = (record: RecordDoc): HistoryEntry | undefined =>
  record.history.findLast((entry) => entry.changes?.some(({ field }) => field === '@signing'));

/** The latest entry with which the figures went to the customer. */
export const sending = (kind: AnyKind, record: RecordDoc): HistoryEntry | undefined =>
  record.history.findLast(({ verb }) => kind.verbs[verb]?.signs === 'send');

/** What one of our people is told about the signing. */
export interface SignedPayload extends Record<string, unknown> {
  person: string;
  what: 'confirmed' | 'disputed' | 'void' | 'unanswered';
}

/** One of the customer's people is asked; `again`: reminded. */
export interface SignPayload extends Record<string, unknown> {
  person: string;
  again: boolean;
}

export function askAll(record: RecordDoc, site: Site, now: number, again: boolean): void {
  for (const { aadObjectId: person } of counterparts(site))
    record.jobs.push(job('sign', now, { person, again } satisfies SignPayload));
}

export function tellOf(
  record: RecordDoc,
  now: number,
  people: Iterable<string>,
  what: SignedPayload['what'],
): void {
  for (const person of new Set(people))
    record.jobs.push(job('signed', now, { person, what } satisfies SignedPayload));
}

/** Who hears of what needs our answer: those whom the kind names, the owner, and who sent the figures. */
export function whoHears(record: RecordDoc, kind: AnyKind, site: Site, now: number): string[] {
  const onDuty = onCall(site, kind.can.countersign?.tells ?? [], now).map((person) => person.aadObjectId);
  const roster = new Set(site.people.map((person) => person.aadObjectId));
  const related = [record.owner, sending(kind, record)?.by.id];
  return [...onDuty, ...related.filter((id): id is string => id !== undefined && roster.has(id))];
}

/**
 * What these changes of figures do to what was signed: a confirmation was of other figures, and figures that are gone
 * must be sent anew. Goes into the same history entry.
 */
export function voided(
  record: RecordDoc,
  kind: AnyKind,
  site: Site,
  changes: readonly Change[],
  now: number,
): Change[] {
  const figures = kind.can.countersign?.figures;
  const { signing } = record;
  if (!figures || !signing || signing === 'void') return [];
  if (changes.some(({ field }) => field === '@signing')) return [];
  const touched = changes.filter(({ field }) => Object.hasOwn(figures, field));
  const gone = touched.some(({ to }) => to === undefined);
  if (touched.length === 0 || (signing !== 'confirmed' && !gone)) return [];
  record.signing = 'void';
  if (signing === 'confirmed') tellOf(record, now, whoHears(record, kind, site, now), 'void');
  return [{ field: '@signing', from: signing, to: 'void' }];
}

/** Reminders to the customer, one each working day; after the last, ours are told. */
const maxChases = 3;

export interface ChasePayload extends Record<string, unknown> {
  /** When the figures were sent, and which reminder it is. */
  since: string;
  count: number;
}

/** The next reminder of an answer that is owed; undefined where none is. */
export function chaseOf(
  kind: AnyKind,
  record: RecordDoc,
  site: Site,
): (ChasePayload & { at: number; last: boolean }) | undefined {
  if (!kind.can.countersign || record.signing !== 'sent') return undefined;
  const since = sending(kind, record)?.at;
  if (since === undefined) return undefined;
  const count = (record.chased?.since === since ? record.chased.count : 0) + 1;
  if (count > maxChases + 1) return undefined;
  const at = addWorkingDays(site, Date.parse(since), count);
  return { since, count, at, last: count > maxChases };
}

/** Leaves one job for the next reminder. */
export function windChase(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.countersign) return;
  unwind(record, 'chase');
  if (owes(record, 'chase')) return;
  const next = chaseOf(kind, record, site);
  if (!next) return;
  const { since, count, at } = next;
  record.jobs.push(job('chase', Math.max(at, now), { since, count } satisfies ChasePayload));
}

/** A reminder is due: it is owed, and the next is wound. For a job's outcome: may be called on any fresh copy. */
export function chase(record: RecordDoc, kind: AnyKind, site: Site, now: number, due: ChasePayload): void {
  const next = chaseOf(kind, record, site);
  // Answered or sent anew meanwhile: the write that saw it is not bound to this reminder.
  if (next && next.since === due.since && next.count === due.count) {
    record.chased = { since: due.since, count: due.count };
    if (next.last) tellOf(record, now, whoHears(record, kind, site, now), 'unanswered');
    else askAll(record, site, now, true);
  }
  windChase(record, kind, site, now);
}
