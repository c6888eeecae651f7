/** A level of the ladder that calls its people again and again until the case is over (`every` of a site's level). */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { job } from './job.ts';
import type { Level } from './ladder.ts';
import { isClimbing, levelsOf } from './ladder.ts';
import type { RecordDoc } from './record.ts';
import { owes, unwind } from './wind.ts';

export interface CallDue {
  /** Milliseconds. */
  due: number;
  level: Level;
  every: number;
}

/** The next call of the level that was reached; undefined where there is none. */
export function callOf(kind: AnyKind, record: RecordDoc, site: Site, now: number): CallDue | undefined {
  const reached = record.level ?? 0;
  if (reached === 0 || !isClimbing(kind, record)) return undefined;
  const level = levelsOf(site, record.severity, now).find((one) => one.level === reached);
  const since = reachedAt(record, reached);
  if (level?.every === undefined || !level.covered || since === undefined) return undefined;
  const last = Math.max(since, record.called === undefined ? since : Date.parse(record.called));
  return { due: nextSlot(since, level.every, last), level, every: level.every };
}

/** The first moment after `last` that is a whole number of `every` minutes from `since`; never early. */
export function nextSlot(since: number, every: number, last: number): number {
  const step = every * 60_000;
  // A moment is stored in whole milliseconds, of which the shortest step has 600.
  const slot = Math.floor((last - since) / step + 1e-5) + 1;
  return Math.ceil(since + slot * step - 1e-3);
}

/** The last such moment that has come by `now`: what was missed in between is not called for one by one. */
export function lastSlot({ due, every }: Pick<CallDue, 'due' | 'every'>, now: number): number {
  const step = every * 60_000;
  return Math.ceil(due + Math.max(0, Math.floor((now - due) / step)) * step);
}

function reachedAt(record: RecordDoc, level: number): number | undefined {
  const entry = record.history.findLast((one) =>
    one.changes?.some(({ field, to }) => field === '@level' && to === level),
  );
  return entry && Date.parse(entry.at);
}

/** Leaves a job for the next call. */
export function windCall(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.ladder) return;
  unwind(record, 'call');
  if (owes(record, 'call')) return;
  const call = callOf(kind, record, site, now);
  if (call) record.jobs.push(job('call', Math.max(call.due, now), { due: iso(call.due) }));
}

/** It was called by `now`. For a job's outcome: may be called on any fresh copy. */
export function markCalled(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const call = callOf(kind, record, site, now);
  if (call && call.due <= now) record.called = iso(lastSlot(call, now));
  windCall(record, kind, site, now);
}
