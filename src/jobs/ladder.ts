import { kindOf } from '../kinds/index.ts';
import { promoteByTime } from '../records/escalate.ts';
import { channelQuietUntil } from '../records/notices.ts';
import type { RecordDoc } from '../records/record.ts';
import type { JobType } from './define.ts';

/**
 * The next level of a record's ladder has come. The level and the post that it owes are one write, decided on the
 * record as it is then: whoever restored the line a moment before has stopped it. In quiet hours S3 and S4 do not
 * climb; what came due meanwhile is one promotion afterwards.
 */
export const ladderJob: JobType = {
  type: 'ladder',
  run(doc, _job, { site, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const quietUntil = channelQuietUntil(record, site, clock.now());
    if (quietUntil > clock.now()) return Promise.resolve({ notBefore: quietUntil });
    return Promise.resolve(kind && ((fresh) => promoteByTime(fresh as RecordDoc, kind, site, clock.now())));
  },
};
