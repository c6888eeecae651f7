/** Figures that both companies sign, side by side (capability `countersign`). */
import type { AnyKind } from '../kinds/index.ts';
import { filled } from '../records/needs.ts';
import type { HistoryEntry, RecordDoc } from '../records/record.ts';
import type { SignedPayload } from '../records/signing.ts';
import { chaseOf, counterparts, sending, signedBy } from '../records/signing.ts';
import type { Element, Tone, View } from './card.ts';
import { column, columns, facts, words } from './elements.ts';
import { plain, plainLine } from './escape.ts';
import { formatMinutes, formatTime, formatValue } from './format.ts';
import { t } from './i18n.ts';

interface Pair {
  own: string;
  theirs: string;
}

/** Each of our figures with the customer's. */
export const figurePairs = (kind: AnyKind): Pair[] =>
  Object.entries(kind.can.countersign?.figures ?? {}).flatMap(([own, theirs]) =>
    theirs ? [{ own, theirs }] : [],
  );

/** What an input of the customer's figure holds before they have said anything: ours, to be corrected. */
export function ownFigure(kind: AnyKind, record: RecordDoc, name: string): unknown {
  const pair = figurePairs(kind).find(({ theirs }) => theirs === name);
  return pair && record.fields[pair.own];
}

/** The customer is to answer now. */
export const awaitsCustomer = (record: RecordDoc): boolean =>
  record.signing === 'sent' || record.signing === 'disputed';

/** Where the signing stands, and both figures wherever they are not the same. */
export function countersignBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  if (!kind.can.countersign) return [];
  if (view.viewer?.customer) return customerBlock(kind, record, view);
  if (!record.signing) return evidenceHint(kind, record, view);
  const { state, tone } = stateOf(kind, record, view);
  const items: Element[] = [words(plainLine(state, 300), { color: tone, weight: 'Bolder' })];
  if (differ(kind, record)) items.push(...comparison(kind, record, view));
  const said = record.fields[kind.can.countersign.word];
  if (typeof said === 'string' && record.signing !== 'confirmed')
    items.push(words(`“${plain(said)}”`, { subtle: true, spacing: 'Small' }));
  return [{ type: 'Container', separator: true, spacing: 'Medium', items }];
}

/** Nobody of the customer's is on the roster: what else can be done. */
function evidenceHint(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const send = Object.values(kind.verbs).find((verb) => verb.signs === 'send');
  if (!send?.from.includes(record.status) || counterparts(view.site).length > 0) return [];
  return [words(t(view.language, 'sign.nobody'), { size: 'Small', subtle: true })];
}

function stateOf(kind: AnyKind, record: RecordDoc, view: View): { state: string; tone: Tone } {
  const { language } = view;
  const entry = signedBy(record);
  const at = entry ? formatTime(entry.at, view) : '';
  switch (record.signing) {
    case 'confirmed':
      return {
        state: t(language, 'sign.confirmed', { who: whoSigned(kind, record, entry, view), at }),
        tone: 'good',
      };
    case 'disputed':
      return {
        state: t(language, 'sign.disputed', { who: whoSigned(kind, record, entry, view), at }),
        tone: 'attention',
      };
    case 'void':
      return {
        state: t(language, wasConfirmed(entry) ? 'sign.void' : 'sign.again'),
        tone: 'attention',
      };
    default: {
      const chase = chaseOf(kind, record, view.site);
      const state = t(language, 'sign.sent', { at });
      return chase
        ? { state, tone: 'warning' }
        : { state: t(language, 'sign.silent', { at }), tone: 'attention' };
    }
  }
}

const wasConfirmed = (entry: HistoryEntry | undefined): boolean =>
  entry?.changes?.some(({ field, from }) => field === '@signing' && from === 'confirmed') === true;

/** The customer's person, or by which evidence an engineer says so. */
function whoSigned(kind: AnyKind, record: RecordDoc, entry: HistoryEntry | undefined, view: View): string {
  const rule = kind.can.countersign;
  const evidence = (rule?.evidence ?? []).flatMap((name) => {
    const field = kind.fields[name];
    return field && filled(record.fields[name]) ? [formatValue(field, record.fields[name], view)] : [];
  });
  return evidence.length > 0 ? evidence.join(' · ') : (entry?.by.name ?? '');
}

/** The customer has stated figures, and they are not ours as they stand now. */
const differ = (kind: AnyKind, record: RecordDoc): boolean =>
  figurePairs(kind).some(
    ({ own, theirs }) => filled(record.fields[theirs]) && record.fields[own] !== record.fields[theirs],
  );

/** Ours, the customer's, and what lies between: the minutes, and whatever else is not the same on both sides. */
function comparison(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const { language } = view;
  const row = (cells: readonly string[], head: boolean, differs = false): Element =>
    columns(
      cells.map((cell, index) =>
        column([26, 26, 26, 22][index] ?? 'auto', [
          words(plainLine(cell), {
            size: 'Small',
            spacing: 'None',
            ...(head || index === 0 ? { subtle: true } : {}),
            ...(differs && index === 3 ? { color: 'attention', weight: 'Bolder' } : {}),
          }),
        ]),
      ),
      { spacing: 'Small' },
    );
  const told = figurePairs(kind).filter(
    ({ own, theirs }) => own === kind.can.stopwatch?.into || record.fields[own] !== record.fields[theirs],
  );
  const customer = t(language, view.viewer?.customer ? 'sign.yours' : 'sign.theirs');
  const own = t(language, view.viewer?.customer ? 'sign.supplier' : 'sign.ours');
  return [
    row([t(language, 'sign.figure'), own, customer, t(language, 'sign.difference')], true),
    ...told.map(({ own: name, theirs }) => {
      const [a, b] = [record.fields[name], record.fields[theirs]];
      return row(
        [
          shortLabel(kind, name, view),
          shown(kind, name, a, view),
          shown(kind, name, b, view),
          difference(a, b, view),
        ],
        false,
        a !== b,
      );
    }),
  ];
}

/** Labels of a table with four columns on a phone. */
function shortLabel(kind: AnyKind, name: string, { language }: View): string {
  const watch = kind.can.stopwatch;
  if (name === watch?.from) return t(language, 'sign.start');
  if (watch?.to.includes(name)) return t(language, 'sign.restart');
  if (name === watch?.into) return t(language, 'sign.minutes');
  if (name === watch?.side) return t(language, 'sign.side');
  return kind.fields[name]?.label[language] ?? name;
}

/** "Ours" is ours to us only: the customer reads a side by the words of their own field. */
function shown(kind: AnyKind, name: string, value: unknown, view: View): string {
  const read = view.viewer?.customer ? (kind.can.countersign?.figures[name] ?? name) : name;
  const field = kind.fields[read];
  return field && filled(value) ? formatValue(field, value, view, {}) : '–';
}

function difference(ours: unknown, theirs: unknown, { language }: View): string {
  if (!filled(ours) || !filled(theirs)) return '–';
  if (ours === theirs) return '=';
  const minutes = minutesBetween(ours, theirs);
  // Another side is no amount.
  if (minutes === undefined) return '≠';
  // U+2212: a hyphen at the start of a text would be a list.
  return `${minutes < 0 ? '\u2212' : '+'}${formatMinutes(Math.abs(minutes), language)}`;
}

/** The customer's less ours, of times to the minute as they are shown. */
function minutesBetween(ours: unknown, theirs: unknown): number | undefined {
  if (typeof ours === 'number' && typeof theirs === 'number') return theirs - ours;
  const minute = (at: unknown): number =>
    typeof at === 'string' ? Math.floor(Date.parse(at) / 60_000) : NaN;
  const between = minute(theirs) - minute(ours);
  return Number.isNaN(between) ? undefined : between;
}

/** What the customer's people are asked to confirm; their own answer once they gave one. */
function customerBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  if (!record.signing) return [];
  const { language } = view;
  const entry = signedBy(record);
  const at = entry ? formatTime(entry.at, view) : '';
  const rows = figurePairs(kind).map(({ own }) => ({
    title: shortLabel(kind, own, view),
    value: plainLine(shown(kind, own, record.fields[own], view)),
  }));
  const state = {
    sent: t(language, 'sign.please'),
    confirmed: t(language, 'sign.youConfirmed', { at }),
    disputed: t(language, 'sign.youDisputed', { at }),
    void: t(language, 'sign.youWait'),
  }[record.signing];
  const tone: Tone =
    record.signing === 'confirmed' ? 'good' : record.signing === 'sent' ? 'accent' : 'warning';
  const both = record.signing !== 'sent' && differ(kind, record);
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      items: [
        words(plainLine(state, 300), { weight: 'Bolder', color: tone }),
        ...(both ? comparison(kind, record, view) : facts(rows)),
      ],
    },
  ];
}

/** What one of ours is told about the signing. */
export function signedNotice(
  kind: AnyKind,
  record: RecordDoc,
  what: SignedPayload['what'],
  view: View,
): { title: string; text: string; tone: Tone } {
  const { language } = view;
  const entry = signedBy(record);
  const who = whoSigned(kind, record, entry, view);
  const { id } = record;
  switch (what) {
    case 'confirmed':
      return { title: t(language, 'sign.told.confirmed', { id }), text: who, tone: 'good' };
    case 'disputed':
      return {
        title: t(language, 'sign.told.disputed', { id }),
        text: `${both(kind, record, view)}\n${t(language, 'sign.told.disputedNext')}`,
        tone: 'attention',
      };
    case 'void':
      return {
        title: t(language, 'sign.told.void', { id }),
        text: `${both(kind, record, view)}\n${t(language, 'sign.told.voidNext')}`,
        tone: 'attention',
      };
    case 'unanswered': {
      const sent = sending(kind, record);
      return {
        title: t(language, 'sign.told.unanswered', { id }),
        text: t(language, 'sign.told.unansweredNext', { at: sent ? formatTime(sent.at, view) : '' }),
        tone: 'warning',
      };
    }
  }
}

/** `我方 26分钟，客户 40分钟`. */
function both(kind: AnyKind, record: RecordDoc, view: View): string {
  const { language } = view;
  const pair = figurePairs(kind).find(({ own }) => own === kind.can.stopwatch?.into);
  if (!pair) return '';
  return t(language, 'sign.both', {
    ours: shown(kind, pair.own, record.fields[pair.own], view),
    theirs: shown(kind, pair.theirs, record.fields[pair.theirs], view),
  });
}

/** What the notification of a customer's card says. */
export const askingWords = (record: RecordDoc, again: boolean, { language }: View): string =>
  t(language, again ? 'sign.askAgain' : 'sign.ask', { id: record.id });
