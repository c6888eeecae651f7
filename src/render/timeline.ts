/** A record's timeline in words: on a card, and as a file. */
import Papa from 'papaparse';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Moment } from '../records/timeline.ts';
import { isShared, timelineOf } from '../records/timeline.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, View } from './card.ts';
import { column, columns, press, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formCard } from './form.ts';
import { formatClock, formatMinutes, statusWord, typedTime } from './format.ts';
import { historyWords } from './history.ts';
import { t } from './i18n.ts';

export interface TimelineRow {
  at: string;
  minutes: number;
  who: string;
  /** The verb's code; `start` and `end` of the running time. */
  verb: string;
  words: string;
}

/** Every moment in words; for a customer's guest the course of the case alone, without names. */
export function timelineRows(record: RecordDoc, view: View): TimelineRow[] {
  const kind = kindOf(record.kind);
  if (!kind) return [];
  const guest = view.viewer?.customer === true;
  return timelineOf(kind, record)
    .filter((moment) => !guest || isShared(kind, moment))
    .map((moment) => rowOf(kind, record, moment, view));
}

function rowOf(kind: AnyKind, record: RecordDoc, { at, minutes, what }: Moment, view: View): TimelineRow {
  const { language } = view;
  const guest = view.viewer?.customer === true;
  if ('fact' in what) {
    const watch = kind.can.stopwatch;
    const name = what.fact === 'start' ? watch?.from : watch?.to.find((one) => record.fields[one] === at);
    const said = kind.fields[name ?? '']?.label[language] ?? '';
    return { at, minutes, who: '', verb: what.fact, words: said };
  }
  const { entry } = what;
  const who = guest ? '' : entry.by.id === 'bot' ? t(language, 'history.bot') : entry.by.name;
  const label = kind.verbs[entry.verb]?.label[language] ?? t(language, 'history.created');
  const to = entry.to === undefined ? '' : statusWord(kind, entry.to, language);
  const said = guest
    ? [label, to].filter((part) => part !== '').join(' · ')
    : historyWords(kind, record, entry, view);
  return { at, minutes, who, verb: entry.verb, words: said };
}

/** `+26分钟`. */
const since = (minutes: number, view: View): string =>
  `${minutes < 0 ? '\u2212' : '+'}${formatMinutes(Math.abs(minutes), view.language)}`;

/** Moments on one card: a phone's screen and a half, and far below the size of a card. */
const pageSize = 10;

/** A page of the timeline, oldest first, with the way back to the record. */
export function renderTimeline(record: RecordDoc, view: View, page = 1): Card {
  const { language } = view;
  const kind = kindOf(record.kind);
  const rows = timelineRows(record, view);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const at = Math.min(Math.max(1, Math.trunc(page)), pages);
  const shown = rows.slice((at - 1) * pageSize, at * pageSize);
  const turn = (to: number, title: string): Element =>
    press({ title, verb: 'timeline', data: { record: record.id, page: to }, bare: true });
  return formCard(
    {
      icon: kind?.icon ?? '',
      title: t(language, 'timeline.title', { id: record.id }),
      intro: kind ? plainLine(titleIn(kind, record.fields, language), 160) : '',
      summary: t(language, 'timeline.title', { id: record.id }),
      sections: [
        ...shown.map((row) => momentRow(row, view)),
        ...(pages > 1
          ? [words(t(language, 'timeline.page', { page: at, pages }), { size: 'Small', subtle: true })]
          : []),
      ],
      actions: [
        ...(at < pages ? [turn(at + 1, t(language, 'timeline.later'))] : []),
        ...(at > 1 ? [turn(at - 1, t(language, 'timeline.earlier'))] : []),
        press({ title: t(language, 'timeline.back'), verb: 'show', data: { record: record.id }, bare: true }),
      ],
    },
    view,
  );
}

function momentRow({ at, minutes, who, words: said, verb }: TimelineRow, view: View): Element {
  const fact = verb === 'start' || verb === 'end';
  return columns(
    [
      column(26, [
        words(formatClock(at, view), { weight: 'Bolder' }),
        words(since(minutes, view), { size: 'Small', subtle: true, spacing: 'None' }),
      ]),
      column(74, [
        words(plainLine(said, 300), fact ? { weight: 'Bolder' } : {}),
        ...(who === '' ? [] : [words(plainLine(who, 80), { size: 'Small', subtle: true, spacing: 'None' })]),
      ]),
    ],
    { spacing: 'Small' },
  );
}

const headings = ['timeline.at', 'timeline.minutes', 'timeline.who', 'timeline.what'] as const;
const cells = (row: TimelineRow, view: View): (string | number)[] => [
  typedTime(row.at, view),
  row.minutes,
  row.who,
  row.words,
];

/** What a spreadsheet would take for a formula. Papa's own pattern lets through what has more than one line. */
export const formula = /^[=+\-@\t\r]/;

/** For a spreadsheet: with the mark by which Excel knows UTF-8, and with nothing that it would take for a formula. */
export function timelineCsv(record: RecordDoc, view: View): string {
  const rows = timelineRows(record, view).map((row) => cells(row, view));
  const head = headings.map((key) => t(view.language, key));
  return `\ufeff${Papa.unparse([head, ...rows], { escapeFormulae: formula })}`;
}

/** As a Markdown table under the record's title. */
export function timelineMarkdown(record: RecordDoc, view: View): string {
  const kind = kindOf(record.kind);
  const row = (values: readonly (string | number)[]): string =>
    `| ${values.map((value) => cell(String(value))).join(' | ')} |`;
  const title = kind ? titleIn(kind, record.fields, view.language) : record.title;
  return [
    `# ${record.id} ${cell(title)}`,
    '',
    row(headings.map((key) => t(view.language, key))),
    `|${' --- |'.repeat(headings.length)}`,
    ...timelineRows(record, view).map((one) => row(cells(one, view))),
  ].join('\n');
}

/** What people wrote must neither end a cell nor become markup. */
const cell = (text: string): string => plainLine(text, 2000).replaceAll('|', '\\|');
