/** Who is on duty now and next, who is away, and what is about to change. */
import { isOpen } from '../records/duty-changes.ts';
import type { DutyChange, Swap } from '../site/duty-change.ts';
import { swapState } from '../site/duty-change.ts';
import { dutyRoles, runAt } from '../site/duty.ts';
import { shiftsAfter } from '../site/shifts.ts';
import { localDate } from '../site/zone.ts';
import type { Card, Element, View } from './card.ts';
import { awayForm, overrideForm, swapForm, undoForm } from './duty-forms.ts';
import { changeLine, dutyRows, shiftWords } from './duty-rows.ts';
import { answerButtons, offerTitle, swapWords } from './duty-swap.ts';
import { teams, words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formatDate, formatTime } from './format.ts';
import type { TextKey } from './i18n.ts';
import { t } from './i18n.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';
import { expand } from './template.ts';

/** How far ahead the next shift with duty is looked for, in days. */
const nextWithin = 14;
/** Offers that are answered on this card; more are rare. */
const maxOffers = 2;

const doneWords = {
  away: 'duty.didAway',
  swap: 'duty.didSwap',
  override: 'duty.didOverride',
  undo: 'duty.didUndo',
} as const satisfies Record<string, TextKey>;

/** What a press has just done, to be said first. */
export interface DutyDone {
  what: keyof typeof doneWords;
  /** Whom it concerns. */
  person?: string;
}

export function renderDuty(view: View, done?: DutyDone): Card {
  return fitted((limits) => draw(view, limits, done));
}

function draw(view: View, limits: Limits, done: DutyDone | undefined): Card {
  const { language, site, now, viewer } = view;
  const title = t(language, 'duty.title');
  const arranged = dutyRoles(site).length > 0;
  return expand('duty', {
    summary: `${title} · ${formatTime(now, view)}`,
    msteams: teams(view),
    mention: [],
    title,
    intro: `${plainLine(`${site.customer}${site.plant}`)} · ${formatDate(today(view), view)}`,
    rows: [
      ...doneRow(view, done),
      ...(arranged ? shiftRows(view) : emptyRows(view)),
      ...offerRows(view),
      ...changeRows(view, limits),
      ...(viewer || !arranged
        ? []
        : [words(t(language, 'duty.inPrivate'), { size: 'Small', subtle: true, spacing: 'Medium' })]),
    ],
    actions: [awayForm(view), ...swapForm(view), ...overrideForm(view), ...undoForm(view)],
  });
}

function doneRow(view: View, done: DutyDone | undefined): Element[] {
  if (!done) return [];
  const name = done.person === undefined ? '' : view.names(done.person);
  const said = t(view.language, doneWords[done.what], { name });
  return [words(`✓ ${plainLine(said)}`, { color: 'good', weight: 'Bolder' })];
}

const today = ({ site, now }: View): string => localDate(site.timeZone, now);

const heading = (text: string): Element =>
  words(text, { weight: 'Bolder', color: 'accent', spacing: 'Medium' });

/** Now, and the next shift in which somebody is on duty. */
function shiftRows(view: View): Element[] {
  const { language, site, now } = view;
  const present = runAt(site, now);
  const rows = present ? dutyRows(present, now, view) : [];
  const nowWords = present ? shiftWords(present, view) : t(language, 'duty.noShift');
  const next = shiftsAfter(site, now, nextWithin).find((run) => dutyRows(run, run.start, view).length > 0);
  return [
    heading(t(language, 'duty.now', { shift: nowWords })),
    ...(rows.length > 0 ? rows : [words(t(language, 'duty.uncovered'), { subtle: true, spacing: 'Small' })]),
    ...(next
      ? [
          heading(t(language, 'duty.next', { shift: shiftWords(next, view) })),
          ...dutyRows(next, next.start, view),
        ]
      : []),
  ];
}

const emptyRows = ({ language }: View): Element[] => [
  words(t(language, 'duty.empty'), { spacing: 'Medium' }),
  words(t(language, 'duty.emptyHint'), { subtle: true, spacing: 'Small' }),
];

/** What waits for the viewer's answer, in case its own card is lost in the chat. */
function offerRows(view: View): Element[] {
  const { site, now, viewer } = view;
  const offers = (site.dutyChanges ?? []).filter(
    (one): one is Swap => one.sort === 'swap' && one.with === viewer?.id && swapState(one, now) === 'offered',
  );
  return offers.slice(0, maxOffers).map((swap) => ({
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      words(offerTitle(swap, view), { weight: 'Bolder' }),
      ...swapWords(swap, view),
      { type: 'ActionSet', actions: answerButtons(swap, view) },
    ],
  }));
}

/** Absences, overrides and offers that are not over; what swaps have changed stands at its shift. */
function changeRows(view: View, limits: Limits): Element[] {
  const { language, site, now, viewer } = view;
  const open = (site.dutyChanges ?? []).filter(
    (one) => isOpen(one, now) && !(one.sort === 'swap' && one.with === viewer?.id),
  );
  const kinds = [
    ['duty.away', (one: DutyChange) => one.sort === 'away'],
    ['duty.changes', (one: DutyChange) => one.sort === 'override'],
    // Whom somebody asks to swap is nobody else's business before it is agreed.
    ['duty.offers', (one: DutyChange) => one.sort === 'swap' && one.by.id === viewer?.id],
  ] as const;
  return kinds.flatMap(([title, wanted]) => {
    const listed = open.filter(wanted).sort((a, b) => a.to.localeCompare(b.to));
    if (listed.length === 0) return [];
    const shown = listed.slice(0, Math.min(limits.rows, 6));
    const rest = listed.length - shown.length;
    return [
      heading(t(language, title)),
      ...shown.map((one) => words(plainLine(lineOf(one, view)), { spacing: 'Small' })),
      ...(rest > 0
        ? [words(t(language, 'digest.more', { count: rest }), { size: 'Small', subtle: true })]
        : []),
    ];
  });
}

const lineOf = (change: DutyChange, view: View): string =>
  change.note
    ? `${changeLine(change, view)}${t(view.language, 'history.note', { note: cut(change.note, 60) })}`
    : changeLine(change, view);
