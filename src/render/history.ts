/** History entries in words. */
import type { AnyKind } from '../kinds/index.ts';
import { generalVerbs } from '../records/access.ts';
import type { Link } from '../records/linked.ts';
import type { Change, HistoryEntry, RecordDoc } from '../records/record.ts';
import type { View } from './card.ts';
import { cut } from './escape.ts';
import { formatClock, formatValue, severityWord, statusWord } from './format.ts';
import { t } from './i18n.ts';
import { caseWords } from './case-history.ts';
import { promotionWords, relievedWords } from './ladder.ts';
import { whyWord } from './links.ts';
import { offerWords } from './offer.ts';
import { givenWords, taskEntryWords } from './task-words.ts';
import { updateWords } from './update.ts';

type GeneralVerb = keyof typeof generalVerbs;
const isGeneral = (verb: string): verb is GeneralVerb => Object.hasOwn(generalVerbs, verb);

/** Changes named in one entry before the rest is counted. */
const maxChanges = 3;

/** `11-23 10:20 李娜 受理:已上报 → 已受理`. Plain text. */
export function historyLine(kind: AnyKind, record: RecordDoc, entry: HistoryEntry, view: View): string {
  const who = entry.by.id === 'bot' ? t(view.language, 'history.bot') : entry.by.name;
  return `${formatClock(entry.at, view)} ${who} ${historyWords(kind, record, entry, view)}`;
}

/** What an entry says was done, and whether that took a signature away. */
export function historyWords(kind: AnyKind, record: RecordDoc, entry: HistoryEntry, view: View): string {
  const words = entryWords(kind, record, entry, view);
  const voids = entry.changes?.some(
    ({ field, from, to }) => field === '@signing' && from === 'confirmed' && to === 'void',
  );
  return voids ? `${words}${t(view.language, 'sign.history.void')}` : words;
}

function entryWords(kind: AnyKind, record: RecordDoc, entry: HistoryEntry, view: View): string {
  if (isGeneral(entry.verb)) return generalWords(entry.verb, kind, record, entry, view);
  const ofTask = taskEntryWords(kind, record, entry, view);
  if (ofTask !== undefined) return ofTask;
  const { language } = view;
  if (kind.verbs[entry.verb]?.climbs) return promotionWords(kind, entry, view);
  if (entry.verb === kind.can.updates?.verb) return updateWords(kind, entry, view);
  const verb = kind.verbs[entry.verb]?.label[language] ?? entry.verb;
  if (kind.verbs[entry.verb]?.signs) {
    const changes = changeWords(kind, record, entry.changes ?? [], view);
    return changes === ''
      ? t(language, 'history.did', { verb })
      : t(language, 'history.signed', { verb, changes });
  }
  const words =
    entry.from !== undefined && entry.to !== undefined
      ? t(language, 'history.moved', {
          verb,
          from: statusWord(kind, entry.from, language),
          to: statusWord(kind, entry.to, language),
        })
      : t(language, 'history.did', { verb });
  const given = givenWords(kind, entry.changes ?? [], view).join(t(language, 'word.separator'));
  return `${withNote(words, entry, view)}${given === '' ? '' : t(language, 'word.colon')}${given}`;
}

const withNote = (words: string, { note }: HistoryEntry, { language }: View): string =>
  note ? `${words}${t(language, 'history.note', { note: cut(note, 120) })}` : words;

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
    case 'edit': {
      const changes = changeWords(kind, record, entry.changes ?? [], view);
      return withNote(t(language, 'history.edited', { changes }), entry, view);
    }
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
    case 'merge':
    case 'absorb':
    case 'unmerge':
    case 'release':
    case 'split':
      return caseWords(verb, kind, entry, view);
    case 'link':
    case 'unlink':
      return linkWords(entry, view);
    case 'offer':
    case 'accept_offer':
    case 'decline_offer':
    case 'withdraw_offer':
      return offerWords(verb, entry, view);
    case 'feed':
      return t(language, 'history.fed', {
        id: entry.note ?? '',
        changes: changeWords(kind, record, entry.changes ?? [], view),
      });
    case 'lapse':
      return t(language, 'promise.history');
    case 'relieve':
      return relievedWords(entry, view);
    case 'escalate':
      return promotionWords(kind, entry, view);
    case 'revise': {
      const to = entry.changes?.find((change) => change.field === kind.can.archive?.supersedes)?.to;
      return t(language, 'files.historyRevised', { id: typeof to === 'string' ? to : '' });
    }
    case 'remove_file':
      return t(language, 'files.historyRemoved', { note: cut(entry.note ?? '', 120) });
    default:
      return verb satisfies never;
  }
}

/** Which record was linked, and how, or is no longer. */
function linkWords(entry: HistoryEntry, view: View): string {
  const { language } = view;
  const change = entry.changes?.find(({ field }) => field === '@links');
  const [before, after] = [change?.from, change?.to].map((list) =>
    Array.isArray(list) ? (list as Link[]) : [],
  );
  const missing = (from: readonly Link[] = [], among: readonly Link[] = []): Link | undefined =>
    from.find((one) => !among.some(({ to }) => to === one.to));
  const [added, gone] = [missing(after, before), missing(before, after)];
  if (added) return t(language, 'link.history', { why: whyWord(added.why, view), id: added.to });
  return t(language, 'link.undone', { id: gone?.to ?? '' });
}

function changeWords(kind: AnyKind, record: RecordDoc, changes: readonly Change[], view: View): string {
  const { language } = view;
  // The title follows from the facts that are named anyway.
  const told = changes.filter(({ field }) => field !== '@title' && field !== '@signing');
  const shown = told.slice(0, maxChanges).map((change) => changeWord(kind, record, change, view));
  const rest = told.length - shown.length;
  const list = shown.join(t(language, 'word.separator'));
  if (rest <= 0) return list;
  return `${list}${t(language, 'history.andMore', { count: language === 'zh' ? told.length : rest })}`;
}

function changeWord(kind: AnyKind, record: RecordDoc, change: Change, view: View): string {
  const { language } = view;
  const [given] = givenWords(kind, [change], view);
  if (given !== undefined) return given;
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
