import { kindOf } from '../kinds/index.ts';
import { nudgesLeft, reachedBy, settleNudged } from '../records/nudges.ts';
import type { RecordDoc } from '../records/record.ts';
import { sortOf } from '../records/task.ts';
import { worthRetrying } from './backoff.ts';
import type { JobType, Outcome } from './define.ts';
import { sayTask } from './task.ts';

/** Reminders of tasks have come due: each goes out once, and the one after them is wound. */
export const nudgeJob: JobType = {
  type: 'nudge',
  async run(doc, _job, context) {
    const { site, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind) return undefined;
    const due = nudgesLeft(kind, record, site).filter(({ at }) => at <= clock.now());
    const sent: Outcome[] = [];
    const failures: unknown[] = [];
    for (const nudge of due) {
      const sort = sortOf(kind, nudge.task);
      for (const person of sort ? reachedBy(nudge, sort, site, clock.now()) : []) {
        try {
          sent.push(await sayTask(record, nudge.task, person, nudge.why, context));
        } catch (error) {
          // Who cannot be reached any more must not keep the others from being told.
          if (worthRetrying(error)) failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw failures[0];
    return (fresh) => {
      for (const stands of sent) stands?.(fresh);
      settleNudged(fresh as RecordDoc, kind, due, site, clock.now());
    };
  },
  givenUp(doc, _job, { site, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind) return;
    const due = nudgesLeft(kind, record, site).filter(({ at }) => at <= clock.now());
    settleNudged(record, kind, due, site, clock.now());
  },
};
