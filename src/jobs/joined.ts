import type { JoinedPayload } from '../records/claim.ts';
import { oweRefresh } from '../records/owed.ts';
import type { RecordDoc } from '../records/record.ts';
import { joinedHere, joinedSummary } from '../render/joined.ts';
import type { JobType } from './define.ts';
import { standsAt } from './place.ts';
import { sharedCard } from './shared-card.ts';
import { viewFor } from './view.ts';

/** Whoever reported a case that has a record gets that record's live card where they reported it. */
export const joinedJob: JobType = {
  type: 'joined',
  async run(doc, job, { site, addresses, messenger, clock }) {
    const record = doc as RecordDoc;
    const { origin, language, card } = job.payload as JoinedPayload;
    const view = viewFor(site, language, clock.now());
    if (card) {
      // The form that was filled in becomes one of the live cards.
      const stands = standsAt({ ...card, language, view: 'record' }, record, clock);
      return (fresh) => {
        stands?.(fresh);
        oweRefresh(fresh as RecordDoc, clock.now());
      };
    }
    const summary = joinedSummary(record, view);
    const here = record.cards.some(
      (place) => place.view === 'record' && place.address.conversationId === origin.conversationId,
    );
    if (here) {
      await messenger.send(origin, { text: joinedHere(record, view), summary });
      return undefined;
    }
    const { id } = await messenger.send(origin, { card: await sharedCard(record, view, addresses), summary });
    return standsAt({ address: origin, activityId: id, language, view: 'record' }, record, clock);
  },
};
