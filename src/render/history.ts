/** History entries in words. */
import type { AnyKind } from '../kinds/index.ts';
import { generalVerbs } from '../records/access.ts';
import type { Change, HistoryEntry, RecordDoc } from '../records/record.ts';
import type { View } from './card.ts';
import { cut } from './escape.ts';
import { formatClock, formatValue, severityWord, statusWord } from './format.ts';
import { t } from './i18n.ts';
import { promotionWords } from './ladder.ts';

type GeneralVerb = keyof typeof generalVerbs;
const isGeneral = (verb: string): verb is GeneralVerb => Object.hasOwn(generalVerbs, verb);

/** Changes named in one entry before the rest is counted. */
const maxChanges = 3;

/** `11-23 10:20 李娜 受理:已上报 → 已受理`. Plain text. */
export function historyLine(kind: AnyKind, record: RecordDoc, entry: HistoryEntry, view: View): string {
  const who = entry.by.id === 'bot' ? t(view.language, 'history.bot') : entry.by.name;
  return `${formatClock(entry.at, view)} ${who} ${historyWords(kind, record, entry, view)}`;
}

/** What an entry says was done. */
export function historyWords(kind: AnyKind, record: RecordDoc, entry: HistoryEntry, view: View): string {
  if (isGeneral(entry.verb)) return generalWords(entry.verb, kind, record, entry, view);
  const { language } = view;
  if (kind.verbs[entry.verb]?.climbs) return promotionWords(kind, entry, view);
  const verb = kind.verbs[entry.verb]?.label[language] ?? entry.verb;
  const words =
    entry.from !== undefined && entry.to !== undefined
      ? t(language, 'history.moved', {
          verb,
          from: statusWord(kind, entry.from, language),
          to: statusWord(kind, entry.to, language),
        })
      : t(language, 'history.did', { verb });
  return entry.note ? `${words}${t(language, 'history.note', { note: cut(entry.note, 120) })}` : words;
}

function generalWords(
  verb: GeneralVerb,
  kind: AnyKind,
  record: RecordDoc,
  entry: HistoryEntry,
  view: View,
): string {
  const { language } = view;
  switch (verb) {
    case 'create':
      return t(language, 'history.created');
    case 'edit':
      return t(language, 'history.edited', { changes: changeWords(kind, record, entry.changes ?? [], view) });
    case 'comment':
      return t(language, 'history.commented', { note: cut(entry.note ?? '', 200) });
    case 'assign': {
      const to = entry.changes?.find((change) => change.field === '@owner')?.to;
      return typeof to === 'string'
        ? t(language, 'history.assigned', { name: view.names(to) })
        : t(language, 'history.unassigned');
    }
    case 'join':
      return t(language, 'joined.history', { words: cut(entry.note ?? '', 120) });
    case 'feed':
      return t(language, 'history.fed', {
        id: entry.note ?? '',
        changes: changeWords(kind, record, entry.changes ?? [], view),
      });
    case 'lapse':
      return t(language, 'promise.history');
    case 'escalate':
      return promotionWords(kind, entry, view);
    default:
      return verb satisfies never;
  }
}

function changeWords(kind: AnyKind, record: RecordDoc, changes: readonly Change[], view: View): string {
  const { language } = view;
  // The title follows from the facts that are named anyway.
  const told = changes.filter((change) => change.field !== '@title');
  const shown = told.slice(0, maxChanges).map((change) => changeWord(kind, record, change, view));
  const rest = told.length - shown.length;
  const list = shown.join(t(language, 'word.separator'));
  if (rest <= 0) return list;
  return `${list}${t(language, 'history.andMore', { count: language === 'zh' ? told.length : rest })}`;
}

function changeWord(kind: AnyKind, record: RecordDoc, change: Change, view: View): string {
  const { language } = view;
  const field = kind.fields[change.field];
  const show = (value: unknown): string => {
    if (change.field === '@owner') return typeof value === 'string' ? view.names(value) : '';
    if (change.field === '@severity')
      return value === 'S1' || value === 'S2' || value === 'S3' || value === 'S4'
        ? severityWord(value, language)
        : '';
    return field ? cut(formatValue(field, value, view, record.fields).replace(/\s+/g, ' '), 40) : '';
  };
  const label =
    field?.label[language] ??
    (change.field === '@owner'
      ? t(language, 'action.assignee')
      : change.field === '@severity'
        ? t(language, 'severity.label')
        : change.field);
  const from = show(change.from);
  const to = show(change.to);
  if (to === '') return t(language, 'history.changeGone', { label });
  return from === ''
    ? t(language, 'history.changeNew', { label, to })
    : t(language, 'history.change', { label, from, to });
}
