/** Minutes during which a line stood: the union of its stops' intervals, cut at a period's boundaries. */
export interface Interval {
  /** Epoch milliseconds, half-open. */
  from: number;
  to: number;
}

/** The part of an interval inside the period; undefined where there is none. */
export function cut(interval: Interval, period: Interval): Interval | undefined {
  const from = Math.max(interval.from, period.from);
  const to = Math.min(interval.to, period.to);
  return to > from ? { from, to } : undefined;
}

/** Milliseconds that are covered by at least one interval. */
export function unionLength(intervals: readonly Interval[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    if (to <= reached) continue;
    covered += to - Math.max(from, reached);
    reached = to;
  }
  return covered;
}

export const minutesOf = (milliseconds: number): number => Math.floor(milliseconds / 60_000);
