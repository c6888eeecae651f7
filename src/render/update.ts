/** A word on how it goes, in words (capability `updates`): on the record's card, in posts and the history. */
import type { Field } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import { filled } from '../records/needs.ts';
import type { HistoryEntry, RecordDoc } from '../records/record.ts';
import { isRunning } from '../records/stopwatch.ts';
import { lastUpdate, updateOf } from '../records/updates.ts';
import type { Element, View } from './card.ts';
import { words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formatClock, formatMinutes, formatValue } from './format.ts';
import { t } from './i18n.ts';

type Rule = NonNullable<AnyKind['can']['updates']>;

const MINUTE = 60_000;

/** A word that one tap gave, in the reader's language whatever language it was given in; else the text as it is. */
export function spoken(field: Field | undefined, value: string, view: View): string {
  const codes = field?.type === 'text' ? Object.values(field.codes ?? {}) : [];
  return codes.find((code) => code.zh === value || code.en === value)?.[view.language] ?? value;
}

/** One fact of a word, with its name; what is happening needs none. Plain text. */
export function factOf(kind: AnyKind, name: string, value: unknown, named: boolean, view: View): string {
  const field = kind.fields[name];
  if (!field || !filled(value)) return '';
  const said =
    typeof value === 'string' && field.type === 'text'
      ? spoken(field, value, view)
      : field.type === 'datetime'
        ? formatClock(String(value), view)
        : formatValue(field, value, view);
  return named ? `${field.label[view.language]} ${said}` : said;
}

/** What stands of the last word. */
function standing(kind: AnyKind, rule: Rule, record: RecordDoc, view: View): string[] {
  const eta = record.fields[rule.eta];
  const isPast = typeof eta === 'string' && Date.parse(eta) <= view.now && isRunning(kind, record.fields);
  const until = factOf(kind, rule.eta, eta, true, view);
  return [
    factOf(kind, rule.says, record.fields[rule.says], false, view),
    factOf(kind, rule.next, record.fields[rule.next], true, view),
    until !== '' && isPast ? t(view.language, 'update.past', { until }) : until,
  ].filter((one) => one !== '');
}

/** Who said last how it goes, and what. Plain text. */
export function lastWords(kind: AnyKind, record: RecordDoc, view: View): string {
  const rule = kind.can.updates;
  const last = lastUpdate(kind, record);
  if (!rule || !last) return t(view.language, 'update.none');
  return t(view.language, 'update.last', {
    at: formatClock(last.at, view),
    name: last.by.name,
    said: standing(kind, rule, record, view).join(' · '),
  });
}

/** The last word, and by when the next is due. */
export function updateBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const rule = kind.can.updates;
  const update = updateOf(kind, record, view.site);
  if (!rule || !update || view.viewer?.customer) return [];
  const { language } = view;
  const late = record.missed !== undefined || update.due <= view.now;
  const due = late
    ? t(language, 'update.late', { span: formatMinutes((view.now - update.since) / MINUTE, language) })
    : t(language, 'update.due', { at: formatClock(update.due, view) });
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      items: [
        words(plainLine(lastWords(kind, record, view), 400)),
        words(due, {
          size: 'Small',
          spacing: 'None',
          ...(late ? { color: 'attention', weight: 'Bolder' } : { subtle: true }),
        }),
      ],
    },
  ];
}

/** An entry of the history with such a word: what was said, and what it changed. */
export function updateWords(kind: AnyKind, entry: HistoryEntry, view: View): string {
  const rule = kind.can.updates;
  const verb = kind.verbs[entry.verb];
  if (!rule || !verb) return entry.verb;
  const changed = (entry.changes ?? []).filter(({ field }) => field === rule.next || field === rule.eta);
  const said = [
    factOf(kind, rule.says, cut(entry.note ?? '', 120), false, view),
    ...changed.map(({ field, to }) => factOf(kind, field, to, true, view)),
  ].filter((one) => one !== '');
  return `${verb.label[view.language]}${t(view.language, 'word.colon')}${said.join(' · ')}`;
}
