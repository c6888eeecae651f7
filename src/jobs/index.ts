/** Every sort of job, registered once. */
import { announceJob } from './announce.ts';
import { askJob } from './ask.ts';
import { absorbJob, releaseJob, splitJob } from './cases.ts';
import { callJob } from './call.ts';
import { clockJob } from './clock.ts';
import { chaseJob, signedJob, signJob } from './countersign.ts';
import type { JobType } from './define.ts';
import { digestJob } from './digest.ts';
import { fetchJob, unsavedJob } from './fetch.ts';
import { feedJob } from './feed.ts';
import { finishJob } from './finish.ts';
import { formJob } from './form.ts';
import { hereJob } from './here.ts';
import { joinedJob } from './joined.ts';
import { ladderJob } from './ladder.ts';
import { linkJob } from './link.ts';
import { lapsedJob, lapseJob, remindJob } from './lapse.ts';
import { nudgeJob } from './nudge.ts';
import { offerAnswerJob, offerJob, offerSilentJob, offerWaitJob } from './offer.ts';
import { fileOfferJob, sayJob, uploadJob } from './file-offer.ts';
import { postJob } from './post.ts';
import { promotionJob } from './promotion.ts';
import { raiseJob } from './raise.ts';
import { refreshJob } from './refresh.ts';
import { shiftJob } from './shift.ts';
import { askStatusJob, dueStatusJob, missedStatusJob } from './status.ts';
import { swapJob } from './swap.ts';
import { taskJob } from './task.ts';
import { tellJob } from './tell.ts';
import { sweepJob, unfileJob } from './unfile.ts';
import { expireJob, expiringJob, reviseJob } from './validity.ts';

export const jobTypes: readonly JobType[] = [
  formJob,
  finishJob,
  feedJob,
  postJob,
  hereJob,
  tellJob,
  raiseJob,
  refreshJob,
  clockJob,
  ladderJob,
  promotionJob,
  lapseJob,
  remindJob,
  lapsedJob,
  joinedJob,
  absorbJob,
  releaseJob,
  splitJob,
  taskJob,
  nudgeJob,
  linkJob,
  signJob,
  signedJob,
  chaseJob,
  askJob,
  digestJob,
  shiftJob,
  swapJob,
  askStatusJob,
  dueStatusJob,
  missedStatusJob,
  announceJob,
  offerJob,
  offerWaitJob,
  offerSilentJob,
  offerAnswerJob,
  callJob,
  fetchJob,
  unsavedJob,
  sweepJob,
  unfileJob,
  expireJob,
  expiringJob,
  reviseJob,
  fileOfferJob,
  uploadJob,
  sayJob,
];
