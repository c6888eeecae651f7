/** What a change of a record owes the world: posts, personal notices, card updates, the next due clock. */
import { iso } from '../clock.ts';
import type { Tell } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { isAway, onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { runningClocks, tellAt } from './clocks.ts';
import { windFeed } from './feeds.ts';
import { job } from './job.ts';
import { windLadder } from './ladder.ts';
import { windNudges } from './nudges.ts';
import { windCall } from './calls.ts';
import { windOffer } from './offer.ts';
import { windPromise } from './promises.ts';
import { windLinks } from './linked.ts';
import type { RecordDoc } from './record.ts';
import { windChase } from './signing.ts';
import { windUpdate } from './updates.ts';
import { wakeWaiting } from './waiting.ts';
import { windRevision } from './revisions.ts';
import { windValidity } from './validity.ts';
import { owes, unwind } from './wind.ts';

/** A channel post and its mentions; `reason` is the verb that gave rise to it (`create` for a new record). */
export interface PostPayload extends Record<string, unknown> {
  channel: string;
  mention: string[];
  reason: string;
}
export interface TellPayload extends Record<string, unknown> {
  person: string;
  reason: string;
}

/** Card updates within this time of each other are one, in milliseconds; a card still follows within a second. */
export const refreshDelayMs = 300;

/** Adds the posts and notices of a step. People mentioned in a channel are not told in person as well. */
export function owe(
  record: RecordDoc,
  site: Site,
  tells: readonly Tell[],
  reason: string,
  actorId: string,
  now: number,
): void {
  const told = new Set<string>([actorId]);
  for (const tell of tells) {
    if (tell.severities && !tell.severities.includes(record.severity)) continue;
    const people = peopleOf(tell, record, site, now);
    if (tell.channel) {
      const mention = people.filter((id) => !told.has(id));
      record.jobs.push(job('post', now, { channel: tell.channel, mention, reason } satisfies PostPayload));
      mention.forEach((id) => told.add(id));
    } else {
      for (const person of people) {
        if (told.has(person)) continue;
        told.add(person);
        record.jobs.push(job('tell', now, { person, reason } satisfies TellPayload));
      }
    }
    record.notified = [...new Set([...record.notified, ...people])];
  }
}

function peopleOf(tell: Tell, record: RecordDoc, site: Site, now: number): string[] {
  const byRole = tell.roles ? onCall(site, tell.roles, now).map((person) => person.aadObjectId) : [];
  const related = (tell.people ?? []).map((who) => (who === 'owner' ? record.owner : record.reporter.id));
  const onRoster = new Set(site.people.map((person) => person.aadObjectId));
  return [...new Set([...byRole, ...related])].filter(
    (id): id is string => id !== undefined && onRoster.has(id) && !isAway(site, id, now),
  );
}

/** Sets what follows from the record's state: card updates, the next clock, dueAt. Call before writing. */
export function settle(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  oweRefresh(record, now);
  settleClocks(record, kind, site, now);
  wakeWaiting(record, now);
  windLadder(record, kind, site, now);
  windPromise(record, kind, site, now);
  windNudges(record, kind, site, now);
  windChase(record, kind, site, now);
  windLinks(record, kind, now);
  windUpdate(record, kind, site, now);
  windOffer(record, kind, site, now);
  windCall(record, kind, site, now);
  windValidity(record, kind, site, now);
  windRevision(record, kind, now);
  windFeed(record, kind, now);
}

/** The record's cards are to show it as it is. One update that has not begun yet serves every change before it. */
export function oweRefresh(record: RecordDoc, now: number): void {
  if (record.cards.length === 0) return;
  // Places of a record that was merged belong to its survivor: they are handed over, not drawn.
  const type = record.into === undefined ? 'refresh' : 'absorb';
  if (record.jobs.some((owed) => owed.type === type && !owed.lease && !owed.failed)) return;
  record.jobs.push(job(type, now + refreshDelayMs));
}

function settleClocks(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const first = runningClocks(kind, record, site)[0];
  if (first) record.dueAt = iso(first.due);
  else delete record.dueAt;
  windClock(record, kind, site, now);
}

/**
 * Leaves one job for the first clock whose running out was not told yet; at once, if it is past. One that is being done
 * or waits for another try stays: when it is done, it winds the next.
 */
export function windClock(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  unwind(record, 'clock');
  if (owes(record, 'clock')) return;
  let next: { index: number; at: number } | undefined;
  for (const clock of runningClocks(kind, record, site)) {
    const at = tellAt(record, site, clock);
    if (at !== undefined && (!next || at < next.at)) next = { index: clock.index, at };
  }
  if (next) record.jobs.push(job('clock', Math.max(next.at, now), { clock: next.index }));
}
