import { kindOf } from '../kinds/index.ts';
import { oweRefresh } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import { renderOffer } from '../render/offer-card.ts';
import { renderRecord } from '../render/record.ts';
import { renderUpdate } from '../render/update-card.ts';
import type { JobContext, JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { drawQuestion } from './question.ts';
import { viewFor } from './view.ts';

/** Every place where a record's card stands follows a change. A place that is gone is forgotten. */
export const refreshJob: JobType = {
  type: 'refresh',
  repeatable: true,
  async run(doc, _job, context) {
    const record = doc as RecordDoc;
    const gone: CardPlace[] = [];
    const failures: unknown[] = [];
    await Promise.all(
      record.cards.map(async (place) => {
        try {
          await context.messenger.update(place.address, place.activityId, {
            card: draw(record, place, context),
          });
        } catch (error) {
          if (error instanceof DeliveryError && error.outcome !== 'later') gone.push(place);
          else failures.push(error);
        }
      }),
    );
    if (failures.length > 0) throw failures[0];
    const lost = new Set(gone.map((place) => place.activityId));
    return (fresh) => {
      const kept = fresh as RecordDoc;
      kept.cards = kept.cards.filter((place) => !lost.has(place.activityId));
      // A later update may have overtaken this one on its way; whoever is last draws the last state.
      if (kept.rev !== record.rev) oweRefresh(kept, context.clock.now());
    };
  },
};

const drawn = {
  record: renderRecord,
  question: drawQuestion,
  update: renderUpdate,
  offer: renderOffer,
} as const satisfies Record<CardPlace['view'], unknown>;

function draw(record: RecordDoc, place: CardPlace, { site, clock }: JobContext) {
  const reader = viewFor(site, place.language, clock.now(), place.person);
  // Who was called stays on the card until somebody has acted.
  const waits = record.status === Object.keys(kindOf(record.kind)?.statuses ?? {})[0];
  const view = place.mention && waits ? { ...reader, mention: place.mention } : reader;
  return drawn[place.view](record, view);
}
