import { kindOf } from '../kinds/index.ts';
import { oweRefresh } from '../records/owed.ts';
import type { RecordDoc } from '../records/record.ts';
import type { ChasePayload, SignedPayload, SignPayload } from '../records/signing.ts';
import { chase } from '../records/signing.ts';
import { askingWords, signedNotice } from '../render/countersign.ts';
import { renderNotice } from '../render/notice.ts';
import { renderRecord } from '../render/record.ts';
import { personOf } from '../site/site.ts';
import type { JobType } from './define.ts';
import { chatWith } from './person.ts';
import { standsAt } from './place.ts';

/** One of the customer's people gets the record's card, with what is to be confirmed. */
export const signJob: JobType = {
  type: 'sign',
  async run(doc, job, context) {
    const { site, messenger, clock } = context;
    const record = doc as RecordDoc;
    const { person, again } = job.payload as SignPayload;
    // Answered by a colleague of theirs, or taken off the roster meanwhile.
    if (record.signing !== 'sent' || !personOf(site, person)) return undefined;
    const { address, view } = await chatWith(context, person);
    const { id } = await messenger.send(address, {
      card: renderRecord(record, view),
      summary: askingWords(record, again, view),
      alert: true,
    });
    return standsAt(
      { address, activityId: id, language: view.language, view: 'record', person },
      record,
      clock,
    );
  },
};

/** One of ours hears what the customer said, or that they have not said anything. */
export const signedJob: JobType = {
  type: 'signed',
  async run(doc, job, context) {
    const { site, messenger } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const { person, what } = job.payload as SignedPayload;
    if (!kind || !personOf(site, person)) return undefined;
    const { address, view } = await chatWith(context, person);
    const notice = signedNotice(kind, record, what, view);
    await messenger.send(address, {
      card: renderNotice(view, { ...notice, record }),
      summary: notice.title,
      alert: true,
    });
    return undefined;
  },
};

/** The customer is reminded of an answer; after the last reminder ours are told. It sends nothing itself. */
export const chaseJob: JobType = {
  type: 'chase',
  run(doc, job, { site, clock }) {
    const kind = kindOf((doc as RecordDoc).kind);
    const done = job.payload as ChasePayload;
    return Promise.resolve(
      kind &&
        ((fresh) => {
          const kept = fresh as RecordDoc;
          chase(kept, kind, site, clock.now(), done);
          // That nobody answers stands on the card.
          oweRefresh(kept, clock.now());
        }),
    );
  },
};
