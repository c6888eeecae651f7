import { kindOf } from '../kinds/index.ts';
import { oweRefresh } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import type { Card, View } from '../render/card.ts';
import { renderOffer } from '../render/offer-card.ts';
import { isOver, renderTask } from '../render/task.ts';
import { renderRecord } from '../render/record.ts';
import { renderUpdate } from '../render/update-card.ts';
import type { JobContext, JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { drawQuestion } from './question.ts';
import { sharedCard } from './shared-card.ts';
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
            card: await draw(record, place, context),
          });
        } catch (error) {
          if (error instanceof DeliveryError && error.outcome !== 'later') gone.push(place);
          else failures.push(error);
        }
      }),
    );
    if (failures.length > 0) throw failures[0];
    // The card of a task that is over has been drawn for the last time.
    const last = record.cards.filter(({ task }) => task !== undefined && isOver(record, task));
    const lost = new Set([...gone, ...last].map((place) => place.activityId));
    return (fresh) => {
      const kept = fresh as RecordDoc;
      kept.cards = kept.cards.filter((place) => !lost.has(place.activityId));
      // A later update may have overtaken this one on its way; whoever is last draws the last state.
      if (kept.rev !== record.rev) oweRefresh(kept, context.clock.now());
    };
  },
};

/** How a place's card is drawn again, where it is not the record's own. */
const drawn: Readonly<Record<'question' | 'update' | 'offer', (record: RecordDoc, view: View) => Card>> = {
  question: drawQuestion,
  update: renderUpdate,
  offer: renderOffer,
};

async function draw(
  record: RecordDoc,
  place: CardPlace,
  { site, clock, addresses }: JobContext,
): Promise<Card> {
  const reader = viewFor(site, place.language, clock.now(), place.person);
  // Who was called stays on the card until somebody has acted.
  const waits = record.status === Object.keys(kindOf(record.kind)?.statuses ?? {})[0];
  const view = place.mention && waits ? { ...reader, mention: place.mention } : reader;
  if (place.task !== undefined) return renderTask(record, place.task, reader);
  if (place.view !== 'record' && place.view !== 'task') return drawn[place.view](record, view);
  return place.person === undefined ? sharedCard(record, view, addresses) : renderRecord(record, view);
}
