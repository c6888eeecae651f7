import type { CardPlace, RecordDoc } from '../records/record.ts';
import type { Outcome } from './define.ts';

/** A card was sent: it is live from now on. */
export const standsAt =
  (place: CardPlace): Outcome =>
  (doc) => {
    const record = doc as RecordDoc;
    const same = (one: CardPlace) =>
      one.activityId === place.activityId && one.address.conversationId === place.address.conversationId;
    if (!record.cards.some(same)) record.cards.push(place);
  };
