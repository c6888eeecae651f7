/** Every sort of job, registered once. */
import { askJob } from './ask.ts';
import { clockJob } from './clock.ts';
import type { JobType } from './define.ts';
import { digestJob } from './digest.ts';
import { feedJob } from './feed.ts';
import { finishJob } from './finish.ts';
import { formJob } from './form.ts';
import { hereJob } from './here.ts';
import { joinedJob } from './joined.ts';
import { ladderJob } from './ladder.ts';
import { lapsedJob, lapseJob, remindJob } from './lapse.ts';
import { postJob } from './post.ts';
import { promotionJob } from './promotion.ts';
import { refreshJob } from './refresh.ts';
import { tellJob } from './tell.ts';

export const jobTypes: readonly JobType[] = [
  formJob,
  finishJob,
  feedJob,
  postJob,
  hereJob,
  tellJob,
  refreshJob,
  clockJob,
  ladderJob,
  promotionJob,
  lapseJob,
  remindJob,
  lapsedJob,
  joinedJob,
  askJob,
  digestJob,
];
