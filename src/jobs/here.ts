import type { RecordDoc } from '../records/record.ts';
import { summaryLine } from '../render/text.ts';
import type { JobType } from './define.ts';
import { standsAt } from './place.ts';
import { sharedCard } from './shared-card.ts';
import { languageFor, viewFor } from './view.ts';

/** The live card of a record that was saved at once goes to where it was said, unless a post goes there anyway. */
export const hereJob: JobType = {
  type: 'here',
  async run(doc, _job, context) {
    const { site, addresses, messenger, clock } = context;
    const record = doc as RecordDoc;
    const origin = record.origin;
    if (!origin) return undefined;
    const main = await addresses.channel(site, 'main');
    if (main && main.conversationId === origin.conversationId.split(';')[0]) return undefined;
    const language = await languageFor(context, record.reporter.id);
    const view = viewFor(site, language, clock.now());
    const { id } = await messenger.send(origin, {
      card: await sharedCard(record, view, addresses),
      summary: summaryLine(record, view),
    });
    return standsAt({ address: origin, activityId: id, language, view: 'record' }, record, clock);
  },
};
