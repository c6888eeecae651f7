/** Who is called by name in a channel at about a moment, so that nobody is told the same thing in person as well. */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { climbOf, levelsOf } from './ladder.ts';
import type { PostPayload } from './owed.ts';
import type { RecordDoc } from './record.ts';
import { nextPromotion } from './rungs.ts';

/** Messages about one record to one person that come within this time of each other are one, in milliseconds. */
export const together = 2 * 60_000;

/** People who were called up the ladder a moment ago, or are about to be, or by a post that is not sent yet. */
export function calledAbout(record: RecordDoc, kind: AnyKind, site: Site, now: number): Set<string> {
  const since = iso(now - together);
  const lately = record.history
    .filter((entry) => entry.at >= since)
    .flatMap((entry) => entry.changes ?? [])
    .flatMap(({ field, to }) => (field === '@called' ? (to as string[]) : []));
  const posted = record.jobs
    .filter((owed) => owed.type === 'post' && !owed.failed)
    .flatMap((owed) => (owed.payload as PostPayload).mention);
  return new Set([...lately, ...posted, ...nextCalled(record, kind, site, now)]);
}

function nextCalled(record: RecordDoc, kind: AnyKind, site: Site, now: number): string[] {
  const climb = climbOf(kind, record);
  const levels = levelsOf(site, record.severity, now);
  const next = climb && nextPromotion(levels, climb);
  if (!next || next.at > now + together) return [];
  const roles = levels.filter(({ level }) => next.calls.includes(level)).flatMap((level) => level.roles);
  return onCall(site, roles, now)
    .map((person) => person.aadObjectId)
    .filter((id) => !record.notified.includes(id));
}
