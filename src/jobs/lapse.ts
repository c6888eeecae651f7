import { iso } from '../clock.ts';
import { kindOf } from '../kinds/index.ts';
import { together } from '../records/called.ts';
import { runningClocks, tellAt } from '../records/clocks.ts';
import type { LapsedPayload } from '../records/lapse.ts';
import { lapse } from '../records/lapse.ts';
import { promiseOf, windPromise } from '../records/promises.ts';
import type { RecordDoc } from '../records/record.ts';
import { updateOf } from '../records/updates.ts';
import { renderNotice } from '../render/notice.ts';
import { lapsedPost, reminder } from '../render/promise.ts';
import { summaryLine } from '../render/text.ts';
import { settleTold } from './clock.ts';
import type { JobType } from './define.ts';
import { chatWith } from './person.ts';
import { askOwner } from './status.ts';
import { threadOf } from './thread.ts';
import { viewFor } from './view.ts';

/** Nothing was heard of a promise to act: it no longer counts. */
export const lapseJob: JobType = {
  type: 'lapse',
  run(doc, _job, { site, clock }) {
    const kind = kindOf((doc as RecordDoc).kind);
    return Promise.resolve(kind && ((fresh) => lapse(fresh as RecordDoc, kind, site, clock.now())));
  },
};

/** Whoever promised is asked for a word shortly before, and told of the clocks that run out at about that moment. */
export const remindJob: JobType = {
  type: 'remind',
  async run(doc, job, context) {
    const { site, messenger, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const promise = kind && promiseOf(kind, record, site);
    const { until } = job.payload as { until: string };
    // Moved on, or too late to be of use: the write that saw it has left another job where one is due.
    if (
      !kind ||
      !promise ||
      iso(promise.lapsesAt) !== until ||
      promise.lapsesAt <= clock.now() ||
      !record.owner
    )
      return kind && ((fresh) => windPromise(fresh as RecordDoc, kind, site, clock.now()));
    const soon = runningClocks(kind, record, site).filter(
      (one) => (tellAt(record, site, one) ?? Infinity) <= clock.now() + together,
    );
    if (kind.can.updates && updateOf(kind, record, site)) return askOwner(record, context, soon);
    const { address, view } = await chatWith(context, record.owner);
    const notice = reminder(record, promise.lapsesAt, view, soon);
    await messenger.send(address, {
      card: renderNotice(view, { ...notice, tone: 'warning', record }),
      summary: `${notice.title}: ${notice.text}`,
      alert: true,
    });
    return (fresh) => {
      const kept = fresh as RecordDoc;
      kept.reminded = until;
      settleTold(kept, kind, soon, site, clock.now());
      windPromise(kept, kind, site, clock.now());
    };
  },
};

/** The channel hears that the line has nobody again. */
export const lapsedJob: JobType = {
  type: 'lapsed',
  async run(doc, job, { site, addresses, messenger, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind || record.status !== kind.can.promise?.back) return undefined;
    const { person } = job.payload as LapsedPayload;
    const address = await threadOf(record, site, addresses);
    const mentions = person ? [await addresses.mention(site, person)] : [];
    const view = { ...viewFor(site, site.language, clock.now()), mention: mentions };
    await messenger.send(address, {
      text: lapsedPost(kind, record, view),
      summary: summaryLine(record, view),
      mentions,
      alert: true,
    });
    return undefined;
  },
};
