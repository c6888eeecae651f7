/** An offer to take a case over (capability `handover`), and what becomes of it, as those get it whom it concerns. */
import { kindOf } from '../kinds/index.ts';
import { generalVerbs } from '../records/access.ts';
import type { AnsweredPayload } from '../records/offer.ts';
import { offerOf } from '../records/offer.ts';
import type { Offer, RecordDoc } from '../records/record.ts';
import type { Card, Element, View } from './card.ts';
import type { PressData } from './elements.ts';
import { opening, press } from './elements.ts';
import { formatMinutes } from './format.ts';
import { t } from './i18n.ts';
import { reasonInput } from './inputs.ts';
import type { Notice } from './notice.ts';
import { renderNotice } from './notice.ts';

/** The offer as the other gets it in person; once it is settled it says so. */
export function renderOffer(record: RecordDoc, view: View): Card {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no such kind: ${record.kind}`);
  const { language } = view;
  const offer = offerOf(kind, record);
  if (!offer || offer.to !== view.viewer?.id)
    return renderNotice(view, {
      title: t(language, record.owner === view.viewer?.id ? 'offer.yours' : 'offer.settled', {
        id: record.id,
      }),
      text: record.owner === view.viewer?.id ? '' : t(language, 'offer.settledWhy'),
      tone: record.owner === view.viewer?.id ? 'good' : 'default',
      record,
    });
  const data: PressData = { record: record.id, rev: record.rev, form: 'offer' };
  const notice = renderNotice(view, {
    title: t(language, 'offer.title', { name: view.names(offer.by), id: record.id }),
    text: untilThen(offer, view),
    tone: 'warning',
    record,
  });
  const answers = [
    press({
      title: generalVerbs.accept_offer[language],
      verb: 'accept_offer',
      data,
      style: 'positive',
      bare: true,
    }),
    opening(
      `${generalVerbs.decline_offer[language]}…`,
      [reasonInput(view, true)],
      [press({ title: generalVerbs.decline_offer[language], verb: 'decline_offer', data })],
    ),
  ];
  return { ...notice, actions: [...answers, ...(notice['actions'] as Element[])] };
}

/** Whose it is until it is accepted. */
const untilThen = (offer: Offer, view: View): string =>
  offer.from === undefined
    ? t(view.language, 'offer.nobody')
    : t(view.language, 'offer.keeps', { name: view.names(offer.from) });

/** What whoever offered it is told while nothing is heard. */
export const silentNotice = (offer: Offer, record: RecordDoc, view: View): Notice => ({
  title: t(view.language, 'offer.silent', { name: view.names(offer.to), id: record.id }),
  text: `${t(view.language, 'offer.silentWhy', {
    span: formatMinutes((view.now - Date.parse(offer.at)) / 60_000, view.language),
  })}${untilThen(offer, view)}`,
  tone: 'warning',
  record,
});

/** What became of it, for whoever offered it and whose it was. */
export function answeredNotice(record: RecordDoc, answer: AnsweredPayload, view: View): Notice {
  const { language } = view;
  const values = { name: view.names(answer.by), id: record.id };
  if (answer.verb === 'accept_offer')
    return { title: t(language, 'offer.accepted', values), tone: 'good', record };
  const keeps = record.owner
    ? t(language, 'offer.stays', { name: view.names(record.owner) })
    : t(language, 'offer.still');
  return {
    title: t(language, 'offer.declined', values),
    text: [answer.reason ?? '', keeps].join('\n'),
    tone: 'warning',
    record,
  };
}
