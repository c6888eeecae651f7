import type { PostPayload } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import { text } from '../language.ts';
import type { View } from '../render/card.ts';
import { xml } from '../render/escape.ts';
import { summaryLine } from '../render/text.ts';
import { isAway } from '../site/duty.ts';
import type { JobType } from './define.ts';
import type { Address, Mention, Messenger } from './messenger.ts';
import { DeliveryError } from './messenger.ts';
import { standsAt } from './place.ts';
import { sharedCard } from './shared-card.ts';
import { viewFor } from './view.ts';

/** A record's card goes into a channel, with the people that it calls. If it was said in that channel: into its thread. */
export const postJob: JobType = {
  type: 'post',
  async run(doc, job, { site, addresses, messenger, clock }) {
    const record = doc as RecordDoc;
    const { channel, mention } = job.payload as PostPayload;
    const target = await addresses.channel(site, channel);
    if (!target) throw new DeliveryError('later', `channel ${channel} of ${site.id} is not known yet`);
    const inThread = record.origin?.conversationId.split(';')[0] === target.conversationId.split(';')[0];
    const address = inThread && record.origin ? record.origin : target;
    const mentions = await Promise.all(
      mention.filter((id) => !isAway(site, id, clock.now())).map((id) => addresses.mention(site, id)),
    );
    if (
      record.cards.some(
        (place) => place.view === 'record' && place.address.conversationId === address.conversationId,
      )
    ) {
      await call(record, address, mentions, viewFor(site, site.language, clock.now()), messenger);
      return undefined;
    }
    const view = { ...viewFor(site, site.language, clock.now()), mention: mentions };
    const { id } = await messenger.send(address, {
      card: await sharedCard(record, view, addresses),
      summary: summaryLine(record, view),
      alert: true,
    });
    const place: CardPlace = {
      address,
      activityId: id,
      language: site.language,
      view: 'record',
      mention: mentions,
    };
    return standsAt(place, record, clock);
  },
};

/** The card stands in this thread already, where its form was: a second one would say nothing new, a call does. */
async function call(
  record: RecordDoc,
  to: Address,
  mentions: readonly Mention[],
  view: View,
  messenger: Messenger,
): Promise<void> {
  if (mentions.length === 0) return;
  const names = mentions.map(({ name }) => `<at>${xml(name)}</at>`).join(' ');
  await messenger.send(to, {
    text: `${names} ${please[view.language]} ${summaryLine(record, view)}`,
    mentions,
    alert: true,
  });
}

const please = text('请处理', 'please act:');
