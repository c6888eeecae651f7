/** A draft that came with a file: which file it holds, and that none is left over when the draft comes to nothing. */
import { iso } from '../clock.ts';
import { job } from './job.ts';
import type { DraftDoc } from './record.ts';

/** The store drops a draft by its own clock; what it held must be gone before, also after a day of standstill. */
const graceMs = 24 * 3_600_000;

export interface UnfilePayload extends Record<string, unknown> {
  key: string;
}

/** The key follows from the draft, so that it is known before the file is there. Draft ids are of our own making. */
export function hold(draft: DraftDoc, until: number): void {
  draft.holds = `${draft.site}/${draft.id}`;
  draft.jobs.push(job('sweep', until));
  draft.expiresAt = iso(until + graceMs);
}

/** The draft comes to nothing: what it held goes, and its form gives no record any more. */
export function letGo(draft: DraftDoc, now: number): void {
  draft.gone = true;
  draft.jobs = draft.jobs.filter((owed) => owed.failed);
  if (draft.holds) draft.jobs.push(job('unfile', now, { key: draft.holds } satisfies UnfilePayload));
  draft.expiresAt = iso(now + graceMs);
}
