/** When a case is promoted, and to which level. Pure: no record, no roster, no clock. */
export interface Rung {
  /** 1 is the first promotion; 0 is the capture's own post and stands nowhere here. */
  level: number;
  /** Since the start; decimals allowed. */
  minutes: number;
  /** Whether anybody on the roster has one of its roles. */
  covered: boolean;
}

export interface Climb {
  /** Milliseconds. */
  start: number;
  /** The level that was reached; 0: none yet. */
  reached: number;
  /** Somebody has answered and not let go. */
  answered: boolean;
  /** Levels up to this one are passed over while somebody has answered. */
  untilAnswered: number;
  /** Levels that are reached at a moment (milliseconds) whatever their own minutes say. */
  jumps: readonly { to: number; at: number; index: number }[];
}

export interface Promotion {
  at: number;
  to: number;
  /** Levels whose people are called now, the one reached among them unless nobody covers it. */
  calls: number[];
  /** Levels that had come but reach nobody. */
  skipped: number[];
  /** The jumps that had a part in it, by their index. */
  jumps: number[];
}

/** A level is never early: half a millisecond more rather than less. */
const momentOf = (start: number, minutes: number): number => Math.ceil(start + minutes * 60_000 - 1e-3);

/**
 * The next promotion, whenever it is due; undefined at the top. A level that nobody covers is not waited out: the next
 * one that somebody covers comes in its stead, at its moment. `rungs` ascend in level and minutes.
 */
export function nextPromotion(rungs: readonly Rung[], climb: Climb): Promotion | undefined {
  const above = rungs.filter(({ level }) => level > climb.reached);
  const byTime = above.find(({ level }) => !(climb.answered && level <= climb.untilAnswered));
  const top = above.at(-1)?.level ?? 0;
  const jump = climb.jumps
    .map((one) => ({ ...one, to: Math.min(one.to, top) }))
    .filter(({ to }) => to > climb.reached)
    .sort((a, b) => a.at - b.at || b.to - a.to)[0];
  const timed = byTime && { at: momentOf(climb.start, byTime.minutes), level: byTime.level };
  if (jump && (!timed || jump.at <= timed.at))
    return reach(above, climb.reached + 1, jump.to, jump.at, [jump.index]);
  return timed && reach(above, timed.level, timed.level, timed.at, []);
}

/** From `from` up to `to`, and on to the first level that somebody covers; to the top if there is none. */
function reach(above: readonly Rung[], from: number, to: number, at: number, jumps: number[]): Promotion {
  const covered = above.find(({ level, covered: is }) => level >= to && is);
  const reached = covered?.level ?? above.at(-1)?.level ?? to;
  const passed = above.filter(({ level }) => level >= from && level <= reached);
  return {
    at,
    to: reached,
    calls: passed.filter((one) => one.covered).map(({ level }) => level),
    skipped: passed.filter((one) => !one.covered).map(({ level }) => level),
    jumps,
  };
}

/** Everything that is due by `now` as one promotion: a late report, or a standstill, does not post level by level. */
export function promotionBy(rungs: readonly Rung[], climb: Climb, now: number): Promotion | undefined {
  let whole: Promotion | undefined;
  for (;;) {
    const next = nextPromotion(rungs, { ...climb, reached: whole?.to ?? climb.reached });
    if (!next || next.at > now) return whole;
    whole = whole
      ? {
          at: next.at,
          to: next.to,
          calls: [...whole.calls, ...next.calls],
          skipped: [...whole.skipped, ...next.skipped],
          jumps: [...whole.jumps, ...next.jumps],
        }
      : next;
  }
}

/** Up to a level that a person chose, now. */
export const promotionTo = (rungs: readonly Rung[], reached: number, to: number, now: number): Promotion =>
  reach(
    rungs.filter(({ level }) => level > reached),
    reached + 1,
    to,
    now,
    [],
  );
