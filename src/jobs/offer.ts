/** An offer to take a case over (capability `handover`): to whom it is made, and how it went to whoever made it. */
import { kindOf } from '../kinds/index.ts';
import type { AnsweredPayload, OfferPayload } from '../records/offer.ts';
import { offerOf, tellSilence } from '../records/offer.ts';
import type { Offer, RecordDoc } from '../records/record.ts';
import { answeredNotice, renderOffer, silentNotice } from '../render/offer-card.ts';
import type { JobType } from './define.ts';
import { ask, notify } from './person.ts';

/** The offer that a job is about, if it still stands. */
function standing(record: RecordDoc, payload: Record<string, unknown>): Offer | undefined {
  const kind = kindOf(record.kind);
  const offer = kind && offerOf(kind, record);
  return offer?.at === (payload as OfferPayload).at ? offer : undefined;
}

/** The card on which the other accepts or declines; sent again, it is the reminder. */
export const offerJob: JobType = {
  type: 'offer',
  async run(doc, job, context) {
    const record = doc as RecordDoc;
    const offer = standing(record, job.payload);
    return offer && ask(context, record, offer.to, 'offer', renderOffer);
  },
};

/** Nothing was heard of it: what follows is one write, decided on the record as it is then. */
export const offerWaitJob: JobType = {
  type: 'offer-wait',
  run(doc, _job, { site, clock }) {
    const kind = kindOf((doc as RecordDoc).kind);
    return Promise.resolve(kind && ((fresh) => tellSilence(fresh as RecordDoc, kind, site, clock.now())));
  },
};

/** Whoever offered it hears that there is no answer. */
export const offerSilentJob: JobType = {
  type: 'offer-silent',
  async run(doc, job, context) {
    const record = doc as RecordDoc;
    const offer = standing(record, job.payload);
    if (offer) await notify(context, offer.by, (view) => silentNotice(offer, record, view));
    return undefined;
  },
};

/** Whoever offered it, and whose it was, hear what the other said. */
export const offerAnswerJob: JobType = {
  type: 'offer-answer',
  async run(doc, job, context) {
    const record = doc as RecordDoc;
    const answer = job.payload as AnsweredPayload;
    await notify(context, answer.person, (view) => answeredNotice(record, answer, view));
    return undefined;
  },
};
