/** Winding: what a document owes at a later moment is settled anew with each write of it. */
import { iso } from '../clock.ts';
import type { Job } from './job.ts';
import { job } from './job.ts';

interface Wound {
  jobs: Job[];
}

/**
 * Takes jobs of these types back. One that is being done or waits for another try stays: when it is done, it winds the
 * next.
 */
export function unwind(doc: Wound, ...types: string[]): void {
  doc.jobs = doc.jobs.filter(
    (owed) => !types.includes(owed.type) || owed.lease !== undefined || owed.tries > 0,
  );
}

/** Whether such a job is to come. One that was given up is not. */
export const owes = (doc: Wound, type: string): boolean =>
  doc.jobs.some((owed) => owed.type === type && !owed.failed);

/** Something that ends at `endsAt`, of which somebody hears at `warnAt`; both in milliseconds. */
export interface Term {
  endsAt: number;
  warnAt: number;
  /** ISO UTC: the end of which a warning went out, which is not repeated. */
  warned: string | undefined;
}

/** Leaves a job for the end of a term and one for its warning, each at once if it is past. */
export function windTerm(doc: Wound, types: { end: string; warning: string }, term: Term, now: number): void {
  const until = iso(term.endsAt);
  if (!owes(doc, types.end)) doc.jobs.push(job(types.end, Math.max(term.endsAt, now)));
  if (term.warned !== until && term.endsAt > now && !owes(doc, types.warning))
    doc.jobs.push(job(types.warning, Math.max(term.warnAt, now), { until }));
}
