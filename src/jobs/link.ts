import { AppError } from '../errors.ts';
import { mirror } from '../records/link.ts';
import type { LinkPayload } from '../records/linked.ts';
import type { JobType } from './define.ts';

/** The other side of a link follows this one. */
export const linkJob: JobType = {
  type: 'link',
  async run(doc, job, { deps, site }) {
    try {
      await mirror(deps, site, doc.id, job.payload as LinkPayload);
    } catch (error) {
      // A record that is not there has no side to follow.
      if (!(error instanceof AppError && error.code === 'not_found')) throw error;
    }
    return undefined;
  },
};
