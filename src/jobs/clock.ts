import type { ClockRule } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { iso } from '../clock.ts';
import { calledAbout, together } from '../records/called.ts';
import { lastTelling, runningClocks, tellAt } from '../records/clocks.ts';
import type { RunningClock } from '../records/clocks.ts';
import { bot } from '../records/deps.ts';
import { moveByRule } from '../records/move.ts';
import { settle, windClock } from '../records/owed.ts';
import { promiseOf, windPromise } from '../records/promises.ts';
import type { RecordDoc } from '../records/record.ts';
import { isToBeTold, overdueReason, waitUntil } from '../records/waiting.ts';
import { askForWord } from '../render/promise.ts';
import type { Site } from '../site/site.ts';
import { worthRetrying } from './backoff.ts';
import type { JobType } from './define.ts';
import { remind, whomToTell } from './overdue.ts';
import { reach } from './reach.ts';

/**
 * Clocks have run out: whoever must act next is told, each clock once (or every `repeat`), what the bot does by itself
 * is done, and the clock after them is wound. Whoever gets the card or is called by name at about the same moment is not
 * told of it again.
 */
export const clockJob: JobType = {
  type: 'clock',
  async run(doc, _job, context) {
    const { site, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind) return undefined;
    const now = clock.now();
    const late = untold(kind, record, site, now);
    const called = calledAbout(record, kind, site, now);
    const asked = askedSoon(kind, record, site, now);
    const waiting: { person: string; at: number }[] = [];
    let reminded: typeof asked;
    const failures: unknown[] = [];
    for (const [person, rules] of whomToTell(record, kind, late, site, now)) {
      if (called.has(person) || isToBeTold(record, person)) continue;
      try {
        const when = await reach(context, person, record, true);
        if (when === 'now') {
          await remind(record, person, rules, context, asked && ((view) => askForWord(asked.lapsesAt, view)));
          reminded = asked;
        } else if (when !== 'never') waiting.push({ person, at: when.at });
      } catch (error) {
        // Who cannot be reached any more must not keep the others from being told.
        if (worthRetrying(error)) failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return (fresh) => {
      const kept = fresh as RecordDoc;
      if (reminded) {
        kept.reminded = iso(reminded.lapsesAt);
        windPromise(kept, kind, site, clock.now());
      }
      for (const { person, at } of waiting) waitUntil(kept, person, overdueReason, at);
      settleTold(kept, kind, late, site, clock.now());
    };
  },
  givenUp(doc, _job, { site, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (kind) settleTold(record, kind, untold(kind, record, site, clock.now()), site, clock.now());
  },
};

/** All that ran out and was not told: after a standstill of the process that may be several. */
const untold = (kind: AnyKind, record: RecordDoc, site: Site, now: number): RunningClock[] =>
  runningClocks(kind, record, site).filter((one) => (tellAt(record, site, one) ?? Infinity) <= now);

/** The reminder of a promise that is due to its owner in a moment: it comes with this notice instead. */
function askedSoon(kind: AnyKind, record: RecordDoc, site: Site, now: number) {
  const promise = record.owner === undefined ? undefined : promiseOf(kind, record, site);
  const isDue = promise && promise.remindAt <= now + together && promise.lapsesAt > now;
  return isDue && record.reminded !== iso(promise.lapsesAt) ? promise : undefined;
}

/** Marks clocks as told and winds the next. */
export function settleTold(
  record: RecordDoc,
  kind: AnyKind,
  late: readonly RunningClock[],
  site: Site,
  now: number,
): void {
  if (late.length > 0)
    record.told = {
      ...record.told,
      ...Object.fromEntries(late.map((one) => [String(one.index), iso(lastTelling(record, site, one, now))])),
    };
  const moved = late.some(({ rule }) => actsByItself(record, kind, rule, site, now));
  if (moved) settle(record, kind, site, now);
  else windClock(record, kind, site, now);
}

/** Does what a clock's running out entails, if the record still stands where that applies. */
function actsByItself(
  record: RecordDoc,
  kind: AnyKind,
  { then, label }: ClockRule,
  site: Site,
  now: number,
): boolean {
  if (then === undefined || kind.verbs[then]?.from.includes(record.status) !== true) return false;
  moveByRule(record, kind, site, bot, now, { verb: then, reason: label[site.language] });
  return true;
}
