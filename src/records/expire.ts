/** The end of a record's validity (capability `archive`). */
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { bot } from './deps.ts';
import { moveByRule } from './move.ts';
import { settle } from './owed.ts';
import type { RecordDoc } from './record.ts';
import { validityOf } from './validity.ts';

/** Ends it if its time is up. For a job's outcome: may be called on any fresh copy. */
export function expire(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const validity = validityOf(kind, record, site);
  const verb = kind.can.archive?.expire;
  if (verb !== undefined && validity && validity.endsAt <= now)
    moveByRule(record, kind, site, bot, now, { verb, reason: '' });
  settle(record, kind, site, now);
}
