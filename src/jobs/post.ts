import type { PostPayload } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import { renderRecord } from '../render/record.ts';
import { summaryLine } from '../render/text.ts';
import type { JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { standsAt } from './place.ts';
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
    const mentions = await Promise.all(mention.map((id) => addresses.mention(site, id)));
    const view = { ...viewFor(site, site.language, clock.now()), mention: mentions };
    const { id } = await messenger.send(address, {
      card: renderRecord(record, view),
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
