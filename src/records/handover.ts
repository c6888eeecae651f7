/** Handing a case over (capability `handover`): offered, then accepted, declined or withdrawn. */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Person, Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { assertMayEdit } from './access.ts';
import type { ChangeResult } from './change.ts';
import { change, record as write } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { job } from './job.ts';
import { filled } from './needs.ts';
import type { OfferPayload } from './offer.ts';
import { newOffer, offerOf, oweAnswer } from './offer.ts';
import type { Change, Offer, RecordDoc } from './record.ts';

/** Offers it to a person; to oneself is taking it, to its owner is withdrawing what was offered to another. */
export function offerTo(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  person: Person,
  now: number,
): void {
  const standing = offerOf(kind, doc);
  const to = person.aadObjectId;
  if (doc.owner === to) {
    if (standing) drop(doc, kind, site, actor, now, 'withdraw_offer');
    return;
  }
  if (to === actor.id) {
    take(doc, kind, site, actor, now);
    return;
  }
  if (standing?.to === to && standing.by === actor.id) return;
  const offer = newOffer(doc, to, actor.id, now);
  const before = doc.offer;
  doc.offer = offer;
  doc.notified = [...new Set([...doc.notified, to])];
  write(doc, kind, site, actor, now, { verb: 'offer' }, [
    { field: '@offer', ...(before ? { from: before } : {}), to: offer },
  ]);
  doc.jobs.push(job('offer', now, { at: offer.at } satisfies OfferPayload));
}

/**
 * The offer is accepted: now it is theirs, and answered if nobody had. Pressed twice it does no harm.
 * @throws AppError not_found, offer_gone, offer_for_other
 */
export async function accept(deps: Deps, site: Site, actor: Actor, id: string): Promise<ChangeResult> {
  return change(deps, site, id, undefined, (doc, kind, now) => {
    if (doc.owner === actor.id) return;
    assertOffered(doc, kind, site, actor);
    take(doc, kind, site, actor, now);
  });
}

/** @throws AppError not_found, offer_gone, offer_for_other, invalid without a reason */
export async function decline(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string; reason: string | undefined },
): Promise<ChangeResult> {
  return change(deps, site, what.id, undefined, (doc, kind, now) => {
    const offer = assertOffered(doc, kind, site, actor);
    const reason = what.reason?.trim() ?? '';
    const fault = (zh: string, en: string) =>
      new AppError(
        'invalid',
        {},
        { faults: [{ field: 'reason', label: text('原因', 'Reason'), what: text(zh, en) }] },
      );
    if (reason === '') throw fault('必填', 'is required');
    if (reason.length > 500) throw fault('最多500字', 'at most 500 characters');
    drop(doc, kind, site, actor, now, 'decline_offer', reason);
    oweAnswer(doc, offer, { by: actor.id, verb: 'decline_offer', reason }, now);
  });
}

/** @throws AppError not_found, not_allowed, offer_gone */
export async function withdraw(deps: Deps, site: Site, actor: Actor, id: string): Promise<ChangeResult> {
  return change(deps, site, id, undefined, (doc, kind, now) => {
    const offer = offerOf(kind, doc);
    if (!offer) throw new AppError('offer_gone', { id: doc.id });
    if (offer.by !== actor.id) assertMayEdit('assign', doc, actor);
    drop(doc, kind, site, actor, now, 'withdraw_offer');
  });
}

function assertOffered(doc: RecordDoc, kind: AnyKind, site: Site, actor: Actor): Offer {
  const offer = offerOf(kind, doc);
  if (!offer) throw new AppError('offer_gone', { id: doc.id });
  if (offer.to !== actor.id)
    throw new AppError('offer_for_other', { name: personOf(site, offer.to)?.name ?? offer.to });
  return offer;
}

/** The actor becomes its owner. Where nobody had it in hand, this is the answer, as the verb that takes it would be. */
function take(doc: RecordDoc, kind: AnyKind, site: Site, actor: Actor, now: number): void {
  const offer = offerOf(kind, doc);
  const changes: Change[] = [
    { field: '@owner', ...(doc.owner ? { from: doc.owner } : {}), to: actor.id },
    ...gone(doc),
  ];
  doc.owner = actor.id;
  doc.notified = [...new Set([...doc.notified, actor.id])];
  const from = doc.status;
  const answer = Object.values(kind.verbs).find(
    (verb) => verb.takes === 'always' && verb.to !== 'stay' && verb.from.includes(from),
  );
  if (answer && answer.to !== 'stay') {
    doc.status = answer.to;
    doc.entered[answer.to] = iso(now);
    for (const field of answer.stamps ?? [])
      if (!filled(doc.fields[field])) changes.push({ field, to: iso(now) });
  }
  write(
    doc,
    kind,
    site,
    actor,
    now,
    { verb: 'accept_offer', ...(doc.status === from ? {} : { from, to: doc.status }) },
    changes,
  );
  if (offer) oweAnswer(doc, offer, { by: actor.id, verb: 'accept_offer' }, now);
}

function drop(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  verb: 'withdraw_offer' | 'decline_offer',
  note?: string,
): void {
  write(doc, kind, site, actor, now, { verb, note }, gone(doc));
}

/** The offer stands no more; what that changes. */
function gone(doc: RecordDoc): Change[] {
  const { offer } = doc;
  delete doc.offer;
  return offer ? [{ field: '@offer', from: offer }] : [];
}
