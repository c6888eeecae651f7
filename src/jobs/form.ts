import { renderDraft } from '../render/draft.ts';
import { text } from '../language.ts';
import type { DraftDoc } from '../records/record.ts';
import type { JobType } from './define.ts';
import { viewFor } from './view.ts';

/** A draft's form goes to where the message was said. */
export const formJob: JobType = {
  type: 'form',
  async run(doc, _job, { messenger, site, clock }) {
    const draft = doc as DraftDoc;
    const card = renderDraft(draft, viewFor(site, draft.language, clock.now()));
    const { id } = await messenger.send(draft.origin, { card, summary: summary[draft.language] });
    return (fresh) => {
      (fresh as DraftDoc).card = { address: draft.origin, activityId: id };
    };
  },
};

const summary = text('草稿待提交', 'Draft to submit');
