/** The one way in which the duty of a site changes: one write of the site's document, with what it owes. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Text } from '../language.ts';
import type { DutyChange } from '../site/duty-change.ts';
import type { Site } from '../site/site.ts';
import { StaleError } from '../store/store.ts';
import { iso } from '../clock.ts';
import type { Actor, Deps } from './deps.ts';
import type { Job } from './job.ts';
import { setWake, takeDue } from './job.ts';
import type { SiteDoc, Sites } from './sites.ts';
import { siteDocId } from './sites.ts';

/** What a change is decided on, and where it is noted. */
export interface DutyBook {
  /** As it stands in the store. */
  site: Site;
  /** Oldest first. */
  changes: DutyChange[];
  jobs: Job[];
  /** Milliseconds. */
  now: number;
}

export interface DutyResult {
  /** With the change in it. */
  site: Site;
  /** Settles when what it owes at once has been tried. */
  kicked: Promise<void>;
}

/** So long after its end a change is kept, in milliseconds. */
const keptMs = 60 * 86_400_000;
/** Attempts against other writers; they are few and short. */
const attempts = 12;

/**
 * Applies `alter` and writes once. It may throw an AppError; nothing is changed then. It is called again, on a fresh
 * copy, after a lost race. False: everything is so already, and nothing is written.
 * @throws AppError no_site, conflict, and what `alter` throws
 */
export async function changeDuty(
  deps: Deps,
  sites: Sites,
  site: Site,
  alter: (book: DutyBook) => boolean,
): Promise<DutyResult> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await deps.store.read<SiteDoc>(site.id, siteDocId);
    if (!stored) throw new AppError('no_site');
    const { doc, etag } = stored;
    const now = deps.clock.now();
    const changes = [...(doc.duty ?? [])];
    const present = { ...doc.body, dutyChanges: changes };
    if (!alter({ site: present, changes, jobs: doc.jobs, now }))
      return { site: present, kicked: Promise.resolve() };
    doc.duty = changes.filter((one) => Date.parse(one.to) + keptMs > now);
    doc.updatedAt = iso(now);
    setWake(doc);
    takeDue(doc, deps.instance, now);
    let written: string;
    try {
      written = await deps.store.replace(doc, etag);
    } catch (error) {
      if (error instanceof StaleError) continue;
      throw error;
    }
    return { site: sites.took(doc, written), kicked: deps.kick(doc, written) };
  }
  throw new AppError('conflict');
}

/** What every change of the duty carries. */
export const made = (actor: Actor, now: number, note?: string) => ({
  id: randomUUID(),
  by: { id: actor.id, name: actor.name },
  at: iso(now),
  ...(note ? { note } : {}),
});

export const invalid = (field: string, label: Text, what: Text): AppError =>
  new AppError('invalid', {}, { faults: [{ field, label, what }] });
