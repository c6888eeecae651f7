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
import { DeliveryError } from './messenger.ts';
import { standsAt } from './place.ts';
import { languageFor, viewFor } from './view.ts';

/** One of the customer's people gets the record's card, with what is to be confirmed. */
export const signJob: JobType = {
  type: 'sign',
  async run(doc, job, context) {
    const { site, addresses, messenger, clock } = context;
    const record = doc as RecordDoc;
    const { person, again } = job.payload as SignPayload;
    // Answered by a colleague of theirs, or taken off the roster meanwhile.
    if (record.signing !== 'sent' || !personOf(site, person)) return undefined;
    const address = await addresses.personal(site, person);
    if (!address) throw new DeliveryError('later', `no way to reach ${person} of ${site.id} yet`);
    const language = await languageFor(context, person);
    const view = viewFor(site, language, clock.now(), person);
    const { id } = await messenger.send(address, {
      card: renderRecord(record, view),
      summary: askingWords(record, again, view),
      alert: true,
    });
    return standsAt({ address, activityId: id, language, view: 'record', person }, record, clock);
  },
};

/** One of ours hears what the customer said, or that they have not said anything. */
export const signedJob: JobType = {
  type: 'signed',
  async run(doc, job, context) {
    const { site, addresses, messenger, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const { person, what } = job.payload as SignedPayload;
    if (!kind || !personOf(site, person)) return undefined;
    const address = await addresses.personal(site, person);
    if (!address) throw new DeliveryError('later', `no way to reach ${person} of ${site.id} yet`);
    const view = viewFor(site, await languageFor(context, person), clock.now(), person);
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
