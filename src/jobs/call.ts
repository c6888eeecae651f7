import { iso } from '../clock.ts';
import { kindOf } from '../kinds/index.ts';
import { callOf, markCalled } from '../records/calls.ts';
import { oweRefresh } from '../records/owed.ts';
import type { RecordDoc } from '../records/record.ts';
import { callPost } from '../render/call.ts';
import { summaryLine } from '../render/text.ts';
import { onCall } from '../site/duty.ts';
import type { JobType } from './define.ts';
import { threadOf } from './thread.ts';
import { viewFor } from './view.ts';

/** The level that was reached calls its people again, by name, with the present state. Nothing once the case is over. */
export const callJob: JobType = {
  type: 'call',
  async run(doc, job, { site, addresses, messenger, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind) return undefined;
    const now = clock.now();
    const call = callOf(kind, record, site, now);
    // Another level was reached meanwhile, or it is over: whatever saw that has wound the next, if there is one.
    if (call && call.due <= now && iso(call.due) === (job.payload as { due: string }).due) {
      const address = await threadOf(record, site, addresses);
      const people = onCall(site, call.level.roles, now);
      const mentions = await Promise.all(people.map((one) => addresses.mention(site, one.aadObjectId)));
      const view = { ...viewFor(site, site.language, now), mention: mentions };
      await messenger.send(address, {
        text: callPost(kind, record, call, view),
        summary: `L${call.level.level} · ${summaryLine(record, view)}`,
        mentions,
        alert: true,
      });
    }
    return (fresh) => {
      markCalled(fresh as RecordDoc, kind, site, clock.now());
      // The card says when it calls next.
      oweRefresh(fresh as RecordDoc, clock.now());
    };
  },
  givenUp(doc, _job, { site, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (kind) markCalled(record, kind, site, clock.now());
  },
};
