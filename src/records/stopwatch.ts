import type { AnyKind } from '../kinds/index.ts';

/** Whole minutes from the start to the end, or to `now` while it runs. Undefined where the kind has no stopwatch. */
export function stopwatchMinutes(
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
  now: number,
): number | undefined {
  const watch = kind.can.stopwatch;
  const start = watch ? fields[watch.from] : undefined;
  if (!watch || typeof start !== 'string') return undefined;
  const end = watch.to.map((name) => fields[name]).find((value) => typeof value === 'string');
  if (end === undefined && fields[watch.ongoing] === false) return numberOr(fields[watch.into]);
  const until = typeof end === 'string' ? Date.parse(end) : now;
  const between = numberOr(fields[watch.between]) ?? 0;
  return Math.max(0, Math.floor((until - Date.parse(start)) / 60_000) - between);
}

/** It runs again: what lay between its end and now does not count. Call before the end is emptied. */
export function restart(
  kind: AnyKind,
  before: Readonly<Record<string, unknown>>,
  next: Record<string, unknown>,
  now: number,
): void {
  const watch = kind.can.stopwatch;
  if (!watch) return;
  next[watch.ongoing] = true;
  const end = watch.to.map((name) => before[name]).find((value) => typeof value === 'string');
  if (end === undefined) return;
  const gap = Math.max(0, Math.floor((now - Date.parse(end)) / 60_000));
  next[watch.between] = (numberOr(before[watch.between]) ?? 0) + gap;
}

/**
 * Sets what follows for the stopwatch: an end means that it no longer runs, and the minutes are those up to now. One
 * that was running and is said to stand, without a time, ended now. Changes nothing where the kind has none.
 */
export function setStopwatch(
  kind: AnyKind,
  fields: Record<string, unknown>,
  now: number,
  before?: Readonly<Record<string, unknown>>,
): void {
  const watch = kind.can.stopwatch;
  if (!watch) return;
  const ended = watch.to.some((name) => typeof fields[name] === 'string');
  if (ended) fields[watch.ongoing] = false;
  const stoppedJustNow = !ended && before && isRunning(kind, before) && fields[watch.ongoing] === false;
  const minutes = stopwatchMinutes(kind, stoppedJustNow ? { ...fields, [watch.ongoing]: true } : fields, now);
  if (minutes !== undefined) fields[watch.into] = minutes;
}

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Whether the time is still running. */
export function isRunning(kind: AnyKind, fields: Readonly<Record<string, unknown>>): boolean {
  const watch = kind.can.stopwatch;
  if (!watch) return false;
  return fields[watch.ongoing] !== false && !watch.to.some((name) => typeof fields[name] === 'string');
}
