/** A swap of shifts: the offer to the other person, and what came of it. */
import type { Swap } from '../site/duty-change.ts';
import type { Card, Element, Tone, View } from './card.ts';
import { dutyShiftWords } from './duty-rows.ts';
import { press, teams, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock } from './format.ts';
import type { TextKey } from './i18n.ts';
import { t } from './i18n.ts';
import { renderNotice } from './notice.ts';
import { expand } from './template.ts';

/** What is offered for what, to whoever is to answer. */
export function swapWords(swap: Swap, view: View): Element[] {
  const { language } = view;
  const takes = swap.takes
    ? t(language, 'duty.offerTakes', { shift: dutyShiftWords(swap.takes, view) })
    : t(language, 'duty.offerFree');
  return [
    words(plainLine(t(language, 'duty.offerGives', { shift: dutyShiftWords(swap.gives, view) }))),
    words(plainLine(takes), { spacing: 'Small' }),
  ];
}

export const answerButtons = (swap: Swap, { language }: View): Element[] => [
  press({
    title: t(language, 'duty.accept'),
    verb: 'duty_accept',
    data: { change: swap.id },
    style: 'positive',
    bare: true,
  }),
  press({
    title: t(language, 'duty.decline'),
    verb: 'duty_decline',
    data: { change: swap.id },
    bare: true,
  }),
];

export function renderOffer(swap: Swap, view: View): Card {
  const { language } = view;
  const title = offerTitle(swap, view);
  return expand('duty', {
    summary: title,
    msteams: teams(view),
    mention: [],
    title,
    intro: t(language, 'duty.offerUntil', { at: formatClock(swap.until, view) }),
    rows: swapWords(swap, view),
    actions: answerButtons(swap, view),
  });
}

export const offerTitle = (swap: Swap, view: View): string =>
  plainLine(t(view.language, 'duty.offerTitle', { name: view.names(swap.by.id) }));

const ends = {
  accepted: { forAsker: 'duty.accepted', forOther: 'duty.didAccept', tone: 'good' },
  declined: { forAsker: 'duty.declined', forOther: 'duty.didDecline', tone: 'warning' },
  withdrawn: { forAsker: 'duty.withdrawn', forOther: 'duty.withdrawn', tone: 'default' },
  expired: { forAsker: 'duty.expired', forOther: 'duty.expired', tone: 'warning' },
} as const satisfies Record<string, { forAsker: TextKey; forOther: TextKey; tone: Tone }>;

/** What came of an offer, for either of the two. */
export function renderSwapEnd(
  swap: Swap,
  end: keyof typeof ends,
  view: View,
): { card: Card; summary: string } {
  const { language } = view;
  const isOther = view.viewer?.id === swap.with;
  const { forAsker, forOther, tone } = ends[end];
  const name = view.names(isOther ? swap.by.id : swap.with);
  const title = t(language, isOther ? forOther : forAsker, { name });
  const shifts = [swap.gives, ...(swap.takes ? [swap.takes] : [])].map((one) => dutyShiftWords(one, view));
  const outcome = t(language, end === 'accepted' ? 'duty.holds' : 'duty.unchanged');
  const text = `${shifts.join('\n')}\n${outcome}`;
  return {
    card: renderNotice(view, { title, text, tone: isOther && tone === 'warning' ? 'default' : tone }),
    summary: title,
  };
}
