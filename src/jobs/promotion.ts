import { kindOf } from '../kinds/index.ts';
import type { PromotionPayload } from '../records/escalate.ts';
import { isClimbing } from '../records/ladder.ts';
import type { RecordDoc } from '../records/record.ts';
import { promotionPost } from '../render/ladder.ts';
import { summaryLine } from '../render/text.ts';
import { isAway } from '../site/duty.ts';
import type { JobType } from './define.ts';
import { threadOf } from './thread.ts';
import { viewFor } from './view.ts';

/** A promotion's one post, which calls by name whoever it newly concerns. Nothing once the case is over. */
export const promotionJob: JobType = {
  type: 'promotion',
  async run(doc, job, { site, addresses, messenger, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind || !isClimbing(kind, record)) return undefined;
    const payload = job.payload as PromotionPayload;
    const address = await threadOf(record, site, addresses);
    const mentions = await Promise.all(
      payload.mention.filter((id) => !isAway(site, id, clock.now())).map((id) => addresses.mention(site, id)),
    );
    const view = { ...viewFor(site, site.language, clock.now()), mention: mentions };
    await messenger.send(address, {
      text: promotionPost(kind, record, payload, view),
      summary: `L${payload.to} · ${summaryLine(record, view)}`,
      mentions,
      alert: true,
    });
    return undefined;
  },
};
