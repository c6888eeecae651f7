/** Plain one-line texts, for notifications, logs of the command line and clients without cards. */
import { kindOf } from '../kinds/index.ts';
import type { DailyDigest } from '../numbers/digest.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning, stopwatchMinutes } from '../records/stopwatch.ts';
import { titleIn } from '../records/title.ts';
import { isVerbalOnly } from '../records/verbal.ts';
import type { View } from './card.ts';
import { cut } from './escape.ts';
import { formatClock, formatDate, formatMinutes, severityWord, statusWord } from './format.ts';
import { t } from './i18n.ts';

type Reader = Pick<View, 'language' | 'site' | 'now' | 'viewer'>;

/** `DEF-20261123-007 [S2 严重] 门内饰板 划伤 12件 · 已受理 · 14:20 到期`. */
export function summaryLine(record: RecordDoc, view: Reader): string {
  const kind = kindOf(record.kind);
  const { language } = view;
  const title = kind ? titleIn(kind, record.fields, language) : record.title;
  const parts = [
    `${record.id} [${severityWord(record.severity, language)}] ${cut(title.replace(/\s+/g, ' '), 120)}`,
  ];
  if (kind) parts.push(statusWord(kind, record.status, language));
  if (kind && isVerbalOnly(kind, record)) parts.push(t(language, 'verbal.word'));
  const minutes = kind ? stopwatchMinutes(kind, record.fields, view.now) : undefined;
  if (kind && minutes !== undefined) {
    const span = formatMinutes(minutes, language);
    const running = record.open && isRunning(kind, record.fields);
    parts.push(t(language, running ? 'text.running' : 'text.stopped', { span }));
  }
  const due = dueWords(record, view);
  if (due !== '') parts.push(due);
  return parts.join(' · ');
}

/** By when something is due on an open record, or since how long it is overdue. */
export function dueWords(record: Pick<RecordDoc, 'open' | 'dueAt'>, view: Reader): string {
  // Our clocks are our own affair.
  if (!record.open || !record.dueAt || view.viewer?.customer) return '';
  const due = Date.parse(record.dueAt);
  return due > view.now
    ? t(view.language, 'text.due', { at: formatClock(due, view) })
    : t(view.language, 'text.overdue', { span: formatMinutes((view.now - due) / 60_000, view.language) });
}

/** The digest in one line, for the notification beside its card. */
export function digestLine(digest: DailyDigest, view: Reader): string {
  const { language } = view;
  const colon = t(language, 'word.colon');
  const created = digest.sections.cases.reduce((sum, section) => sum + section.created, 0);
  const open = digest.sections.cases.reduce((sum, section) => sum + section.open, 0);
  return [
    `${t(language, 'digest.daily')} ${formatDate(digest.date, view)}`,
    `${t(language, 'digest.stopMinutes')}${colon}${digest.sections.stops.minutes}`,
    `${t(language, 'digest.created')}${colon}${created}`,
    `${t(language, 'digest.open')}${colon}${open}`,
    `${t(language, 'digest.overdue')}${colon}${digest.overdue.length}`,
  ].join(' · ');
}
