import type { AnnouncePayload } from '../records/announce.ts';
import { job as owed } from '../records/job.ts';
import type { RecordDoc } from '../records/record.ts';
import { announcement } from '../render/announce.ts';
import { renderRecord } from '../render/record.ts';
import { summaryLine } from '../render/text.ts';
import type { JobType } from './define.ts';
import { standsAt } from './place.ts';
import { threadOf } from './thread.ts';
import { viewFor } from './view.ts';

/**
 * What was said about a case goes into its thread of a channel. Where the channel does not have its card yet, that goes
 * first, and the word under it; each is one send with a write after it, so that a crash between them repeats neither.
 */
export const announceJob: JobType = {
  type: 'announce',
  async run(doc, job, { site, addresses, messenger, clock }) {
    const record = doc as RecordDoc;
    const payload = job.payload as AnnouncePayload;
    const address = await threadOf(record, site, addresses, payload.channel);
    const view = viewFor(site, site.language, clock.now());
    if (payload.channel === 'main' || address.conversationId.includes(';')) {
      await messenger.send(address, {
        text: announcement(record, payload, view),
        summary: summaryLine(record, view),
      });
      return undefined;
    }
    const { id } = await messenger.send(address, {
      card: renderRecord(record, view),
      summary: summaryLine(record, view),
      alert: true,
    });
    const stands = standsAt(
      { address, activityId: id, language: view.language, view: 'record' },
      record,
      clock,
    );
    return (fresh) => {
      stands?.(fresh);
      fresh.jobs.push(owed('announce', clock.now(), payload));
    };
  },
};
