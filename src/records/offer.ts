/** An offer to take a case over, while it stands (capability `handover`). */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import { dueAt } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import { job } from './job.ts';
import type { Offer, RecordDoc } from './record.ts';
import { unwind } from './wind.ts';

/** Which offer an `offer` or `offer-wait` job is about. */
export interface OfferPayload extends Record<string, unknown> {
  at: string;
}

/** Undefined where nothing is offered, or what was is settled: it is over, began anew, or somebody took it meanwhile. */
export function offerOf(kind: AnyKind, record: RecordDoc): Offer | undefined {
  const { offer } = record;
  if (!offer || !kind.can.handover?.during.includes(record.status)) return undefined;
  if (offer.at < (record.reopenedAt ?? '')) return undefined;
  return record.owner === undefined || record.owner === offer.from ? offer : undefined;
}

/** By when the other has to answer, in milliseconds. */
export function answerDue(kind: AnyKind, record: RecordDoc, offer: Offer, site: Site): number | undefined {
  const within = kind.can.handover?.answerWithin[record.severity];
  return within && dueAt(site, record.severity, Date.parse(offer.at), within);
}

/** Leaves a job for the end of the wait for an answer; its silence is told once. */
export function windOffer(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (!kind.can.handover) return;
  unwind(record, 'offer-wait');
  const offer = offerOf(kind, record);
  if (!offer || record.offerTold === offer.at) return;
  if (record.jobs.some((owed) => owed.type === 'offer-wait' && owed.payload['at'] === offer.at)) return;
  const due = answerDue(kind, record, offer, site);
  if (due !== undefined)
    record.jobs.push(job('offer-wait', Math.max(due, now), { at: offer.at } satisfies OfferPayload));
}

/** Nothing was heard: the other is reminded, whoever offered it is told. For a job's outcome. */
export function tellSilence(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  const offer = offerOf(kind, record);
  const due = offer && answerDue(kind, record, offer, site);
  if (offer && due !== undefined && due <= now && record.offerTold !== offer.at) {
    record.offerTold = offer.at;
    const about: OfferPayload = { at: offer.at };
    record.jobs.push(job('offer', now, about), job('offer-silent', now, about));
  }
  windOffer(record, kind, site, now);
}

/** Whom to tell what became of an offer. */
export interface AnsweredPayload extends Record<string, unknown> {
  person: string;
  by: string;
  verb: 'accept_offer' | 'decline_offer';
  reason?: string;
}

/** Owes the word of what became of the offer to whoever made it, and to whom it belonged. */
export function oweAnswer(
  record: RecordDoc,
  offer: Offer,
  answer: Omit<AnsweredPayload, 'person'> & { verb: 'accept_offer' | 'decline_offer'; by: string },
  now: number,
): void {
  for (const person of new Set([offer.by, offer.from]))
    if (person !== undefined && person !== answer.by)
      record.jobs.push(job('offer-answer', now, { ...answer, person } satisfies AnsweredPayload));
}

export const newOffer = (record: RecordDoc, to: string, by: string, now: number): Offer => ({
  to,
  by,
  at: iso(now),
  ...(record.owner === undefined ? {} : { from: record.owner }),
});
