import { kindOf } from '../kinds/index.ts';
import { promoteByTime } from '../records/escalate.ts';
import type { RecordDoc } from '../records/record.ts';
import type { JobType } from './define.ts';

/**
 * The next level of a record's ladder has come. The level and the post that it owes are one write, decided on the
 * record as it is then: whoever restored the line a moment before has stopped it.
 */
export const ladderJob: JobType = {
  type: 'ladder',
  run(doc, _job, { site, clock }) {
    const kind = kindOf((doc as RecordDoc).kind);
    return Promise.resolve(kind && ((fresh) => promoteByTime(fresh as RecordDoc, kind, site, clock.now())));
  },
};
