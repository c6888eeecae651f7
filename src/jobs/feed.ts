import { kindOf } from '../kinds/index.ts';
import { windFeed } from '../records/feeds.ts';
import type { RecordDoc } from '../records/record.ts';
import { tellOther } from '../records/tell-other.ts';
import type { JobType } from './define.ts';

/** The record that this one is about learns what has become of it. */
export const feedJob: JobType = {
  type: 'feed',
  async run(doc, _job, { deps, site, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind) return undefined;
    const told = await tellOther(deps, site, kind, record);
    return (fresh) => {
      (fresh as RecordDoc).fed = told;
      windFeed(fresh as RecordDoc, kind, clock.now());
    };
  },
};
