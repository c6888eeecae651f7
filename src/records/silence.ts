/** A word on how it goes did not come in time (capability `updates`): it goes up the ladder, and the time runs anew. */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { promoteForSilence } from './escalate.ts';
import { job } from './job.ts';
import { settle } from './owed.ts';
import type { RecordDoc } from './record.ts';
import { updateOf } from './updates.ts';

/** Whom to tell what their silence led to; no level: nobody was left to call. */
export interface MissedPayload extends Record<string, unknown> {
  person: string;
  minutes: number;
  level?: number;
}

/** For a job's outcome: may be called on any fresh copy. */
export function missUpdate(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const update = updateOf(kind, record, site);
  if (update && update.due <= now && record.owner !== undefined) {
    const minutes = Math.floor((now - update.since) / 60_000);
    record.missed = iso(now);
    const level = promoteForSilence(record, kind, site, now, minutes);
    const payload: MissedPayload = {
      person: record.owner,
      minutes,
      ...(level === undefined ? {} : { level }),
    };
    record.jobs.push(job('status-missed', now, payload));
  }
  settle(record, kind, site, now);
}
