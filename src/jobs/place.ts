import type { Clock } from '../clock.ts';
import { oweRefresh } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import type { Done } from './define.ts';

/** A card of `shown` was sent: it is live from now on. If the record moved while it was under way, it follows at once. */
export const standsAt =
  (place: CardPlace, shown: RecordDoc, clock: Clock): Done =>
  (doc) => {
    const record = doc as RecordDoc;
    const same = (one: CardPlace) =>
      one.activityId === place.activityId && one.address.conversationId === place.address.conversationId;
    if (!record.cards.some(same)) record.cards.push(place);
    if (record.rev !== shown.rev) oweRefresh(record, clock.now());
  };
