/** Handing over: accepted or declined by the other, withdrawn by whoever offered it. */
import { accept, decline, withdraw } from '../../records/handover.ts';
import { renderOffer } from '../../render/offer-card.ts';
import type { ChangeResult } from '../../records/change.ts';
import type { PressAnswer } from '../inbound.ts';
import type { Press, PressHandler } from '../press.ts';
import { optional, recordCard, recordId } from '../press.ts';

const acceptPress: PressHandler = async (p) =>
  recordCard((await accept(p.context.deps, p.site, p.doer, recordId(p))).record, p.view);

const declinePress: PressHandler = async (p) =>
  answered(
    p,
    await decline(p.context.deps, p.site, p.doer, {
      id: recordId(p),
      reason: optional(p.press.data['reason']),
    }),
  );

const withdrawPress: PressHandler = async (p) =>
  recordCard((await withdraw(p.context.deps, p.site, p.doer, recordId(p))).record, p.view);

/** The card of the offer shows what became of it; any other card is the record's. */
const answered = ({ press, view }: Press, { record }: ChangeResult): PressAnswer =>
  press.data['form'] === 'offer' ? { card: renderOffer(record, view) } : recordCard(record, view);

export const offerPresses = {
  accept_offer: acceptPress,
  decline_offer: declinePress,
  withdraw_offer: withdrawPress,
} as const;
