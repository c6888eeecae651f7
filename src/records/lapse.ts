/** A promise to act that lapses in silence (capability `promise`). */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { record as write } from './change.ts';
import { bot } from './deps.ts';
import { job } from './job.ts';
import { settle } from './owed.ts';
import { promiseOf } from './promises.ts';
import type { RecordDoc } from './record.ts';

/** Whose promise lapsed, for the post that says so. */
export interface LapsedPayload extends Record<string, unknown> {
  person?: string;
}

/** Takes the promise back if its time is up. For a job's outcome: may be called on any fresh copy. */
export function lapse(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const rule = kind.can.promise;
  const promise = promiseOf(kind, record, site);
  if (rule && promise && promise.lapsesAt <= now) {
    const from = record.status;
    const { owner } = record;
    const cleared = rule.clears.filter((field) => record.fields[field] !== undefined);
    record.status = rule.back;
    record.entered[rule.back] = iso(now);
    delete record.owner;
    record.jobs.push(job('lapsed', now, (owner ? { person: owner } : {}) satisfies LapsedPayload));
    write(record, kind, site, bot, now, { verb: 'lapse', from, to: rule.back }, [
      ...cleared.map((field) => ({ field, from: record.fields[field] })),
      ...(owner ? [{ field: '@owner', from: owner }] : []),
    ]);
  }
  settle(record, kind, site, now);
}
