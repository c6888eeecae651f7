import type { Address } from '../records/address.ts';
import type { PostPayload } from '../records/owed.ts';
import type { RecordDoc } from '../records/record.ts';
import { summaryLine } from '../render/text.ts';
import type { JobContext, JobType } from './define.ts';
import { standsAt } from './place.ts';
import { sharedCard } from './shared-card.ts';
import { languageFor, viewFor } from './view.ts';

/** The live card of a record whose form has left none goes to where it was said, unless a post brings it there anyway. */
export const hereJob: JobType = {
  type: 'here',
  async run(doc, _job, context) {
    const { site, addresses, messenger, clock } = context;
    const record = doc as RecordDoc;
    const origin = record.origin;
    if (!origin) return undefined;
    if (await isPostedTo(origin, record, context)) return undefined;
    const language = await languageFor(context, record.reporter.id);
    const view = viewFor(site, language, clock.now());
    const { id } = await messenger.send(origin, {
      card: await sharedCard(record, view, addresses),
      summary: summaryLine(record, view),
    });
    return standsAt({ address: origin, activityId: id, language, view: 'record' }, record, clock);
  },
};

/** Whether a post of the record stands in that channel, or is still owed to it. */
async function isPostedTo(origin: Address, record: RecordDoc, context: JobContext): Promise<boolean> {
  const base = ({ conversationId }: Address): string => conversationId.split(';')[0] ?? '';
  if (record.cards.some((place) => place.view === 'record' && base(place.address) === base(origin)))
    return true;
  for (const owed of record.jobs.filter(({ type }) => type === 'post')) {
    const target = await context.addresses.channel(context.site, (owed.payload as PostPayload).channel);
    if (target && base(target) === base(origin)) return true;
  }
  return false;
}
