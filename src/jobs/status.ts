/** The owner of a case is asked how it goes (capability `updates`), and told what their silence led to. */
import { iso } from '../clock.ts';
import { kindOf } from '../kinds/index.ts';
import { promiseOf, windPromise } from '../records/promises.ts';
import type { RecordDoc } from '../records/record.ts';
import type { MissedPayload } from '../records/silence.ts';
import { missUpdate } from '../records/silence.ts';
import { updateOf, windUpdate } from '../records/updates.ts';
import { renderUpdate } from '../render/update-card.ts';
import type { JobContext, JobType, Outcome } from './define.ts';
import { ask } from './person.ts';

/**
 * Sends the question to the owner. It is also the reminder of a promise that lapses about then, and the other way
 * round, so that nobody is asked twice within a few minutes.
 */
export async function askOwner(record: RecordDoc, context: JobContext): Promise<Outcome> {
  const { site, clock } = context;
  const kind = kindOf(record.kind);
  const update = kind && updateOf(kind, record, site);
  if (!kind || !update || record.owner === undefined) return undefined;
  const now = clock.now();
  const promise = promiseOf(kind, record, site);
  const asked = update.due > now && update.askAt - now <= update.near ? iso(update.due) : undefined;
  const reminded =
    promise && promise.lapsesAt > now && promise.remindAt - now <= update.near
      ? iso(promise.lapsesAt)
      : undefined;
  const marks = { ...(asked ? { asked } : {}), ...(reminded ? { reminded } : {}) };
  const stands = await ask(context, { ...record, ...marks }, record.owner, 'update', renderUpdate);
  return (fresh) => {
    stands(fresh);
    const kept = Object.assign(fresh as RecordDoc, marks);
    windPromise(kept, kind, site, clock.now());
    windUpdate(kept, kind, site, clock.now());
  };
}

/** A word is due soon. */
export const askStatusJob: JobType = {
  type: 'status-ask',
  async run(doc, job, context) {
    const { site, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const update = kind && updateOf(kind, record, site);
    const { until } = job.payload as { until: string };
    // Given meanwhile, or too late to be of use: the write that saw it has left another job where one is due.
    if (!kind || !update || iso(update.due) !== until || update.due <= clock.now())
      return kind && ((fresh) => windUpdate(fresh as RecordDoc, kind, site, clock.now()));
    return askOwner(record, context);
  },
};

/** No word came: one level up, in one write with what it owes, decided on the record as it is then. */
export const dueStatusJob: JobType = {
  type: 'status-due',
  run(doc, _job, { site, clock }) {
    const kind = kindOf((doc as RecordDoc).kind);
    return Promise.resolve(kind && ((fresh) => missUpdate(fresh as RecordDoc, kind, site, clock.now())));
  },
};

/** Whoever was silent hears what followed, and is asked again. */
export const missedStatusJob: JobType = {
  type: 'status-missed',
  async run(doc, job, context) {
    const record = doc as RecordDoc;
    const { person } = job.payload as MissedPayload;
    if (record.missed === undefined || record.owner !== person) return undefined;
    return askOwner(record, context);
  },
};
