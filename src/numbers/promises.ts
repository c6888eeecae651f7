/** How many promises to the customer were kept in a time (capability `promised`). Pure. */
import type { AnyKind } from '../kinds/index.ts';
import { promisesOf } from '../records/promise-ledger.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Site } from '../site/site.ts';
import type { Interval } from './stops.ts';

export interface PromiseFigures {
  /** Promises that were kept, or whose day was over without that, in the time. */
  kept: number;
  missed: number;
  /** Kept of those that were decided, from 0 to 1; null where none was. */
  rate: number | null;
  /** Times that a date was moved in the time. */
  moved: number;
}

/** Undefined where the kind makes no promises. Whatever was decided after `now` is not known yet. */
export function promiseFigures(
  kind: AnyKind,
  records: readonly RecordDoc[],
  site: Site,
  within: Interval,
  now: number,
): PromiseFigures | undefined {
  if (!kind.can.promised) return undefined;
  const isWithin = (at: number): boolean => at >= within.from && at < within.to;
  const promises = records
    .filter((record) => record.kind === kind.id)
    .flatMap((record) => promisesOf(kind, record, site, now));
  const decided = promises.filter(({ decidedAt }) => decidedAt !== undefined && isWithin(decidedAt));
  const kept = decided.filter(({ outcome }) => outcome === 'kept').length;
  return {
    kept,
    missed: decided.length - kept,
    rate: decided.length === 0 ? null : kept / decided.length,
    moved: promises.flatMap(({ moves }) => moves).filter(({ at }) => isWithin(Date.parse(at))).length,
  };
}
