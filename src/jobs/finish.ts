import { bot } from '../records/deps.ts';
import { submitDraft } from '../records/draft.ts';
import type { DraftDoc } from '../records/record.ts';
import type { JobType } from './define.ts';

/** A submitted draft whose process died before the record was created: the record is created now. */
export const finishJob: JobType = {
  type: 'finish',
  async run(doc, _job, { deps, site }) {
    const draft = doc as DraftDoc;
    if (draft.recordId ?? draft.joined) await submitDraft(deps, site, bot, { draft: draft.id, inputs: {} });
    return undefined;
  },
};
