import { randomUUID } from 'node:crypto';
import { iso } from '../clock.ts';

/** What a document owes the world at a moment. It lies in the document that gives rise to it until it is done. */
export interface Job {
  /** Unique in its document. */
  id: string;
  type: string;
  /** ISO UTC; not before it. */
  at: string;
  /** Attempts so far. */
  tries: number;
  payload: Record<string, unknown>;
  /** An instance is at it; after `until` any may take it. */
  lease?: { by: string; until: string };
  /** It was given up after its last try, and stays visible. */
  failed?: { at: string; error: string };
  /** It was put off: at its first moment it was not wanted. */
  waited?: true;
}

export function job(type: string, at: number, payload: Record<string, unknown> = {}): Job {
  return { id: randomUUID(), type, at: iso(at), tries: 0, payload };
}

/** The earliest moment at which one of the jobs wants attention. */
export function wakeAtOf(jobs: readonly Job[]): string | undefined {
  let earliest: string | undefined;
  for (const job of jobs) {
    if (job.failed) continue;
    const at = job.lease && job.lease.until > job.at ? job.lease.until : job.at;
    if (earliest === undefined || at < earliest) earliest = at;
  }
  return earliest;
}

/** Longer than any one attempt takes; after it another instance may think this one dead. */
export const leaseMs = 30_000;

/** Whether the job may be done now (ISO UTC) by whoever comes. */
export const isDue = (job: Job, present: string): boolean =>
  !job.failed && job.at <= present && (!job.lease || job.lease.until <= present);

/** Takes the jobs that are due now for `instance` and answers them. The document is to be written right after. */
export function takeDue(doc: { jobs: Job[]; wakeAt?: string }, instance: string, now: number): Job[] {
  const present = new Date(now).toISOString();
  const due = doc.jobs.filter((job) => isDue(job, present));
  for (const job of due) job.lease = { by: instance, until: new Date(now + leaseMs).toISOString() };
  setWake(doc);
  return due;
}

export function setWake(doc: { jobs: readonly Job[]; wakeAt?: string }): void {
  const wakeAt = wakeAtOf(doc.jobs);
  if (wakeAt) doc.wakeAt = wakeAt;
  else delete doc.wakeAt;
}
