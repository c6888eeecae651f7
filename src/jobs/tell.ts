import { allAnswered } from '../records/answers.ts';
import type { TellPayload } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import { answeredLine } from '../render/matrix.ts';
import { renderRecord } from '../render/record.ts';
import { summaryLine } from '../render/text.ts';
import { isAway } from '../site/duty.ts';
import type { JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { standsAt } from './place.ts';
import { languageFor, viewFor } from './view.ts';

/** One person gets the record's card in their own chat, or the one they have already rises with a word. */
export const tellJob: JobType = {
  type: 'tell',
  async run(doc, job, context) {
    const { site, addresses, messenger, clock } = context;
    const record = doc as RecordDoc;
    const { person, reason } = job.payload as TellPayload;
    // Marked away since it was owed.
    if (isAway(site, person, clock.now())) return undefined;
    const address = await addresses.personal(site, person);
    if (!address) throw new DeliveryError('later', `no way to reach ${person} of ${site.id} yet`);
    const language = await languageFor(context, person);
    const view = viewFor(site, language, clock.now(), person);
    const said = reason === allAnswered ? answeredLine(record, view) : undefined;
    const summary = [...(said === undefined ? [] : [said]), summaryLine(record, view)].join(' · ');
    const here = (place: CardPlace) =>
      place.person === person || place.address.conversationId === address.conversationId;
    if (record.cards.some((place) => place.view === 'record' && here(place))) {
      await messenger.send(address, { text: summary, summary });
      return undefined;
    }
    const { id } = await messenger.send(address, { card: renderRecord(record, view), summary, alert: true });
    return standsAt({ address, activityId: id, language, view: 'record', person }, record, clock);
  },
};
