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
