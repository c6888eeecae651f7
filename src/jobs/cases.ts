/** What is still to be done in a second record when two were merged, or one was split: its process died in between. */
import { bot } from '../records/deps.ts';
import { letGo, takeOver } from '../records/merge.ts';
import type { RecordDoc } from '../records/record.ts';
import { samePlace } from '../records/take-in.ts';
import { finishSplit } from '../records/split.ts';
import type { JobType } from './define.ts';

/** The survivor takes a merged record in. Its places of cards are the survivor's from then on. */
export const absorbJob: JobType = {
  type: 'absorb',
  async run(doc, _job, { deps, site }) {
    const { id, cards } = doc as RecordDoc;
    if ((await takeOver(deps, site, id)) === undefined) return undefined;
    return (fresh) => {
      const gone = fresh as RecordDoc;
      if (gone.into !== undefined)
        gone.cards = gone.cards.filter((place) => !cards.some((handed) => samePlace(handed, place)));
    };
  },
};

/** The survivor gives back what it had from a record that is merged no more. */
export const releaseJob: JobType = {
  type: 'release',
  async run(doc, job, { deps, site }) {
    await letGo(deps, site, bot, doc.id, String(job.payload['from']));
    return undefined;
  },
};

/** The record of a report that was split off. */
export const splitJob: JobType = {
  type: 'split',
  async run(doc, job, { deps, site }) {
    await finishSplit(deps, site, doc.id, String(job.payload['report']));
    return undefined;
  },
};
