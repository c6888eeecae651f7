/** A record goes up its ladder: by time, or because a person says so. */
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { record as write } from './change.ts';
import type { Actor } from './deps.ts';
import { bot } from './deps.ts';
import { job } from './job.ts';
import { climbOf, isClimbing, levelsOf } from './ladder.ts';
import type { Level } from './ladder.ts';
import { settle } from './owed.ts';
import type { RecordDoc } from './record.ts';
import { promotionBy, promotionTo } from './rungs.ts';
import type { Promotion } from './rungs.ts';

/** What a promotion's post says; who has answered, and for how long it has lasted, it reads when it is sent. */
export interface PromotionPayload extends Record<string, unknown> {
  from: number;
  to: number;
  /** Levels whose people it calls, whether they were called before or not. */
  calls: number[];
  skipped: number[];
  /** People who are called by it and were not called before. */
  mention: string[];
  /** Places of the jumps that led to it among the ladder's. */
  jumps: number[];
  /** Nothing was heard for so many minutes. */
  silence?: number;
  /** Who chose it, and why. */
  by?: string;
  reason?: string;
}

/** Promotes the record to where it is due by now, if anywhere. For a job's outcome: may be called on any fresh copy. */
export function promoteByTime(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const levels = levelsOf(site, record.severity, now);
  const climb = climbOf(kind, record);
  const promotion = climb && promotionBy(levels, climb, now);
  if (promotion) promote(record, kind, site, bot, now, 'escalate', levels, promotion);
  settle(record, kind, site, now);
}

/**
 * One level up, because nothing was heard for so many minutes; answers the level, undefined where nobody is above it.
 * For a job's outcome: may be called on any fresh copy.
 */
export function promoteForSilence(
  record: RecordDoc,
  kind: AnyKind,
  site: Site,
  now: number,
  minutes: number,
): number | undefined {
  const levels = levelsOf(site, record.severity, now);
  const reached = record.level ?? 0;
  const above = levels.filter(({ level }) => level > reached);
  if (!isClimbing(kind, record) || !above.some(({ covered }) => covered)) return undefined;
  const promotion = promotionTo(levels, reached, reached + 1, now);
  promote(record, kind, site, bot, now, 'escalate', levels, promotion, { silence: minutes });
  return promotion.to;
}

/** Promotes to a chosen level. @throws AppError invalid unless it is a level above the present one */
export function promoteByHand(
  record: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  what: { verb: string; level: unknown; reason: string },
): void {
  const levels = levelsOf(site, record.severity, now);
  const reached = record.level ?? 0;
  const chosen = levels.find(({ level }) => level > reached && String(level) === String(what.level));
  if (!chosen) {
    const fault = {
      field: 'level',
      label: text('升级到', 'Level'),
      what: text('请选择一个更高的级别', 'must be a level above the present one'),
    };
    throw new AppError('invalid', {}, { faults: [fault] });
  }
  const promotion = promotionTo(levels, reached, chosen.level, now);
  promote(record, kind, site, actor, now, what.verb, levels, promotion, { reason: what.reason });
}

function promote(
  record: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  verb: string,
  levels: readonly Level[],
  { to, calls, skipped, jumps }: Promotion,
  { reason, silence }: { reason?: string; silence?: number } = {},
): void {
  const from = record.level ?? 0;
  const roles = levels.filter(({ level }) => calls.includes(level)).flatMap((one) => one.roles);
  const known = new Set([...record.notified, actor.id]);
  const called = onCall(site, roles, now)
    .map((person) => person.aadObjectId)
    .filter((id) => !known.has(id));
  record.level = to;
  record.notified = [...record.notified, ...called];
  const payload: PromotionPayload = {
    from,
    to,
    calls,
    skipped,
    mention: called,
    jumps,
    ...(silence === undefined ? {} : { silence }),
    ...(reason === undefined ? {} : { by: actor.id, reason }),
  };
  record.jobs.push(job('promotion', now, payload));
  write(record, kind, site, actor, now, { verb, note: reason }, [
    { field: '@level', ...(from > 0 ? { from } : {}), to },
    { field: '@called', to: called },
    ...(skipped.length > 0 ? [{ field: '@skipped', to: skipped }] : []),
    ...(jumps.length > 0 ? [{ field: '@jumps', to: jumps }] : []),
    ...(silence === undefined ? [] : [{ field: '@silence', to: silence }]),
  ]);
}
