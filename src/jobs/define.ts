import type { Clock } from '../clock.ts';
import type { Files } from '../files/files.ts';
import type { Transfers } from '../files/transfers.ts';
import type { Owing } from '../records/deps.ts';
import type { Deps } from '../records/deps.ts';
import type { Job } from '../records/job.ts';
import type { Sites } from '../records/sites.ts';
import type { Site } from '../site/site.ts';
import type { Addresses } from './addresses.ts';
import type { Messenger } from './messenger.ts';

export interface JobContext {
  deps: Deps;
  sites: Sites;
  site: Site;
  clock: Clock;
  messenger: Messenger;
  addresses: Addresses;
  files: Files;
  /** The way of files between here and Teams. */
  transfers: Transfers;
  /** Of one file that is taken. */
  maxFileBytes: number;
}

/**
 * What a done job leaves in its document, applied to a fresh copy in the write that removes the job. It may be called
 * more than once, after a lost race. Undefined: nothing but the job's removal.
 */
export type Done = ((doc: Owing) => void) | undefined;

/** Not now: the same job waits in its document until `notBefore` (milliseconds), and no try is counted. */
export interface PutOff {
  notBefore: number;
}

export type Outcome = Done | PutOff;

/** One sort of job. @throws DeliveryError, or anything else: tried again later */
export interface JobType {
  type: string;
  /** Done twice it does no harm, so that it needs no lease, which saves a write. */
  repeatable?: boolean;
  run(doc: Owing, job: Job, context: JobContext): Promise<Outcome>;
  /** What follows when a job is given up, in the write that marks it failed: jobs that wind the next must not end with it. */
  givenUp?(doc: Owing, job: Job, context: JobContext): void;
}
