/** Tasks in words: where each stands, what has happened to it, what the history says of it (capability `tasks`). */
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { TaskNews } from '../records/give-tasks.ts';
import type { NudgeWhy } from '../records/nudges.ts';
import { answerDue, lateAt } from '../records/nudges.ts';
import type { Change, HistoryEntry, RecordDoc } from '../records/record.ts';
import type { Task } from '../records/task.ts';
import { awaitsVerification, isTaskVerb, sortOf, taskIn, taskVerbs, taskWords } from '../records/task.ts';
import { answerStanding, answerWords } from './answers.ts';
import type { Tone, View } from './card.ts';
import { cut } from './escape.ts';
import { formatClock, formatDate, formatMinutes } from './format.ts';
import { t } from './i18n.ts';
import { summaryLine } from './text.ts';

const MINUTE = 60_000;
/** Characters of a task's own words on one line. */
const maxWords = 60;

export interface Standing {
  said: string;
  tone: Tone;
}

export const whatWords = (kind: AnyKind, task: Task, { language }: View): string =>
  cut(taskWords(kind, task)[language].replace(/\s+/g, ' '), maxWords);

/** Where a task stands now. */
export function standingWords(sort: TaskSort, task: Task, record: RecordDoc, view: View): Standing {
  const { language, now, site } = view;
  const answered = answerStanding(sort, task, record, view);
  if (answered) return answered;
  switch (task.state) {
    case 'asked': {
      if (task.owner === undefined) return { said: t(language, 'task.adrift'), tone: 'attention' };
      const due = answerDue(sort, task, record, site);
      if (due === undefined || due > now) return { said: t(language, 'task.waiting'), tone: 'warning' };
      const span = formatMinutes((now - Date.parse(task.since)) / MINUTE, language);
      return { said: t(language, 'task.unanswered', { span }), tone: 'attention' };
    }
    case 'taken':
      return takenWords(sort, task, view);
    case 'declined': {
      const by = { name: task.endedBy?.name ?? '', reason: cut(task.reason ?? '', maxWords) };
      return { said: t(language, 'task.declined', by), tone: 'attention' };
    }
    case 'done':
      if (task.verifiedBy)
        return { said: t(language, 'task.verified', { name: task.verifiedBy.name }), tone: 'good' };
      if (awaitsVerification(sort, task)) return { said: t(language, 'task.toVerify'), tone: 'accent' };
      return { said: t(language, 'task.done', { at: formatClock(task.endedAt ?? '', view) }), tone: 'good' };
    case 'dropped':
      return {
        said: task.reason
          ? t(language, 'task.dropped', { reason: cut(task.reason, maxWords) })
          : t(language, 'task.overtaken'),
        tone: 'default',
      };
    default:
      return task.state satisfies never;
  }
}

function takenWords(sort: TaskSort, task: Task, view: View): Standing {
  const { language, now, site } = view;
  const late = lateAt(sort, task, site);
  const isLate = late !== undefined && late <= now;
  if (sort.due === 'date' && task.due !== undefined) {
    const date = formatDate(task.due, view);
    return isLate
      ? { said: t(language, 'task.overdue', { date }), tone: 'attention' }
      : { said: t(language, 'task.due', { date }), tone: 'default' };
  }
  if (late === undefined) return { said: t(language, 'task.taken'), tone: 'good' };
  const at = formatClock(late, view);
  if (!isLate) return { said: t(language, 'task.eta', { at }), tone: 'good' };
  const span = formatMinutes((now - late) / MINUTE, language);
  return { said: t(language, 'task.late', { at, span }), tone: 'attention' };
}

/** `专家 · 李工 · 预计 11:20`. */
export function taskLine(kind: AnyKind, sort: TaskSort, task: Task, record: RecordDoc, view: View): Standing {
  const { said, tone } = standingWords(sort, task, record, view);
  const owner = task.owner === undefined ? [] : [view.names(task.owner)];
  return { said: [whatWords(kind, task, view), ...owner, said].join(' · '), tone };
}

/** What has happened to it, or must happen now. */
export function newsWords(kind: AnyKind, task: Task, news: TaskNews | NudgeWhy, view: View): string {
  const { language, now } = view;
  const what = whatWords(kind, task, view);
  const owner = task.owner === undefined ? '' : view.names(task.owner);
  const by = task.endedBy?.name ?? owner;
  const reason = cut(task.reason ?? '', maxWords);
  const said = task.eta ?? task.due ?? '';
  switch (news) {
    case 'asked':
      return t(language, 'news.asked', { what, sort: sortOf(kind, task)?.label[language] ?? '' });
    case 'adrift':
      return t(language, 'news.adrift', { what });
    case 'declined':
      return t(language, 'news.declined', { what, name: by, reason });
    case 'taken':
      return t(language, 'news.taken', { what, name: owner, at: formatClock(said, view) });
    case 'done':
      return t(language, 'news.done', { what, name: by });
    case 'verify':
      return t(language, 'news.verify', { what, name: by });
    case 'verified':
      return t(language, 'news.verified', { what, name: task.verifiedBy?.name ?? '' });
    case 'returned':
      return t(language, 'news.returned', { what, reason });
    case 'passed':
      return t(language, 'news.passed', { what, name: owner });
    case 'dropped':
      return t(language, 'news.dropped', { what });
    case 'unanswered': {
      const span = formatMinutes((now - Date.parse(task.since)) / MINUTE, language);
      return t(language, 'news.unanswered', { what, name: owner, span });
    }
    case 'late':
      return t(language, 'news.late', { what, at: formatClock(said, view) });
    case 'today':
      return t(language, 'news.today', { what });
    case 'overdue':
      return t(language, 'news.overdue', { what, date: formatDate(task.due ?? '', view) });
    default:
      return news satisfies never;
  }
}

/** One line for the notification, with the record that it is about. */
export const taskSummary = (
  kind: AnyKind,
  record: RecordDoc,
  task: Task,
  news: TaskNews | NudgeWhy,
  view: View,
): string => `${newsWords(kind, task, news, view)} · ${summaryLine(record, view)}`;

/** What a person did with a task, in the history. */
export function taskEntryWords(
  kind: AnyKind,
  record: RecordDoc,
  entry: HistoryEntry,
  view: View,
): string | undefined {
  const { language } = view;
  const task = entry.changes?.map(taskIn).find((one) => one !== undefined);
  if (!isTaskVerb(entry.verb) || !task) return undefined;
  const told = {
    verb: taskVerbs[entry.verb][language],
    what: whatWords(kind, task, view),
    rest: '',
  };
  if (entry.verb === 'task-take' && task.eta !== undefined)
    told.rest = t(language, 'history.note', {
      note: t(language, 'task.eta', { at: formatClock(task.eta, view) }),
    });
  else if (entry.verb === 'task-answer')
    told.rest = `${t(language, 'word.colon')}${cut(answerWords(kind.can.tasks?.[task.sort], task, record, view), 120)}`;
  else if (entry.verb === 'task-pass' && task.owner !== undefined)
    told.rest = t(language, 'history.note', { note: view.names(task.owner) });
  else if (entry.note) told.rest = t(language, 'history.note', { note: cut(entry.note, 120) });
  return t(language, 'task.history', told);
}

/** Tasks that an entry of another verb gave or took back: `专家 → 周敏`. */
export function givenWords(kind: AnyKind, changes: readonly Change[], view: View): string[] {
  const { language } = view;
  return changes.flatMap((change) => {
    const task = taskIn(change);
    if (!task) return [];
    const what = whatWords(kind, task, view);
    if (task.state === 'dropped' && sortOf(kind, task)?.answers)
      return [t(language, 'matrix.without', { what })];
    if (task.state === 'dropped') return [t(language, 'task.gone', { what })];
    const name = task.owner === undefined ? t(language, 'word.noOwner') : view.names(task.owner);
    return [t(language, 'task.given', { what, name })];
  });
}
