/** An offer to take a case over, in words (capability `handover`): on the record's card and in its history. */
import type { AnyKind } from '../kinds/index.ts';
import { generalVerbs } from '../records/access.ts';
import { offerOf } from '../records/offer.ts';
import type { HistoryEntry, Offer, RecordDoc } from '../records/record.ts';
import type { Element, View } from './card.ts';
import type { PressData } from './elements.ts';
import { press, words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formatClock } from './format.ts';
import { t } from './i18n.ts';

/** To whom it is offered, and since when. */
export function offerBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const offer = offerOf(kind, record);
  if (!offer || view.viewer?.customer) return [];
  const said = t(view.language, 'offer.waiting', {
    name: view.names(offer.to),
    at: formatClock(offer.at, view),
  });
  return [words(plainLine(said), { color: 'warning', weight: 'Bolder', spacing: 'Medium' })];
}

/** What those whom an offer concerns can do with it: the other takes it; it is withdrawn. */
export function offerActions(
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  data: PressData,
): { first: Element[]; more: Element[] } {
  const offer = offerOf(kind, record);
  if (!offer) return { first: [], more: [] };
  const button = (verb: 'accept_offer' | 'withdraw_offer', style?: 'positive') =>
    press({ title: generalVerbs[verb][view.language], verb, data, style, bare: true });
  return view.viewer?.id === offer.to
    ? { first: [button('accept_offer', 'positive')], more: [] }
    : { first: [], more: [button('withdraw_offer')] };
}

/** An entry of the history about an offer. */
export function offerWords(
  verb: 'offer' | 'accept_offer' | 'decline_offer' | 'withdraw_offer',
  entry: HistoryEntry,
  view: View,
): string {
  const { language } = view;
  const to = entry.changes?.find(({ field }) => field === '@offer')?.to as Offer | undefined;
  if (verb === 'offer') return t(language, 'offer.history', { name: to ? view.names(to.to) : '' });
  const said = generalVerbs[verb][language];
  return entry.note ? `${said}${t(language, 'history.note', { note: cut(entry.note, 120) })}` : said;
}
