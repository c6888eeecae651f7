/** Personal notices that wait in their record for the end of quiet hours. */
import { iso } from '../clock.ts';
import type { Job } from './job.ts';
import { job } from './job.ts';
import { isGrave, urgencyOf } from './notices.ts';
import type { TellPayload } from './owed.ts';
import type { RecordDoc } from './record.ts';

/** The reason of a notice that is about clocks which have run out. */
export const overdueReason = '@overdue';

const personOf = (owed: Job): unknown => owed.type === 'tell' && !owed.failed && owed.payload['person'];
const isNews = (owed: Job): boolean => owed.payload['reason'] !== overdueReason;

/** Whether a notice to the person is still to be sent; it will show the record as it is then. */
export const isToBeTold = (record: RecordDoc, person: string): boolean =>
  record.jobs.some((owed) => personOf(owed) === person);

/**
 * Whether another notice speaks for this one: of all that waited for a person, one is sent. One that brings the card
 * is sent rather than one of clocks, which may have been stopped meanwhile; among equals the first.
 */
export function isSpokenFor(record: RecordDoc, own: Job): boolean {
  const person = own.payload['person'];
  const waited = record.jobs.filter((owed) => owed.waited && personOf(owed) === person);
  const all = waited.some(({ id }) => id === own.id) ? waited : [...waited, own];
  return (all.find(isNews) ?? all[0])?.id !== own.id;
}

/** Leaves a notice that is raised at `at`, unless one to that person is owed already. */
export function waitUntil(record: RecordDoc, person: string, reason: string, at: number): void {
  if (isToBeTold(record, person)) return;
  // It may have become grave while it was decided that this can wait.
  const due = isGrave(record) ? Date.parse(record.updatedAt) : at;
  record.jobs.push({ ...job('tell', due, { person, reason } satisfies TellPayload), waited: true });
}

/** By their choice the person does not hear of it as urgent as it is. */
export function leaveOut(record: RecordDoc, person: string, urgency: number): void {
  record.leftOut = { ...record.leftOut, [person]: urgency };
  wakeWaiting(record, Date.parse(record.updatedAt));
}

/** A record that has become graver is told at once to everybody whom quiet hours or a choice had kept from it. */
export function wakeWaiting(record: RecordDoc, now: number): void {
  if (!isGrave(record)) return;
  for (const owed of record.jobs)
    if (owed.waited && !owed.lease && !owed.failed && owed.at > iso(now)) owed.at = iso(now);
  for (const [person, urgency] of Object.entries(record.leftOut ?? {})) {
    if (urgencyOf(record) >= urgency) continue;
    delete record.leftOut?.[person];
    if (!isToBeTold(record, person))
      record.jobs.push(job('tell', now, { person, reason: 'severity' } satisfies TellPayload));
  }
}
