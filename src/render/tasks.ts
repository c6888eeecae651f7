/** A record's tasks on its own card, and all of them (capability `tasks`). */
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { tasksWaitingFor } from '../records/task-access.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Task } from '../records/task.ts';
import { isAdrift, isOpen, isSettled, sortOf } from '../records/task.ts';
import type { Card, Element, View } from './card.ts';
import { press, teams, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { t } from './i18n.ts';
import { expand } from './template.ts';
import { taskLine } from './task-words.ts';
import { summaryLine } from './text.ts';

/** Lines on the record's card; the rest is a press away. */
const maxLines = 4;
/** On a list of their own. */
const maxRows = 20;

/** What needs somebody first. */
function rank(kind: AnyKind, task: Task): number {
  const sort = sortOf(kind, task);
  if (isAdrift(task)) return 0;
  if (isOpen(task)) return task.state === 'asked' ? 1 : 2;
  return sort && !isSettled(sort, task) ? 3 : task.state === 'done' ? 4 : 5;
}

const ranked = (kind: AnyKind, tasks: readonly Task[]): Task[] =>
  tasks.toSorted((a, b) => rank(kind, a) - rank(kind, b));

/** Whether it belongs on the card: while its sort may be asked for all but what was taken back, then what is owed. */
function isShown(kind: AnyKind, record: RecordDoc, task: Task): boolean {
  const sort = sortOf(kind, task);
  // A department's answer stands in the matrix.
  if (!sort || sort.answers) return false;
  return !isSettled(sort, task) || (sort.while.includes(record.status) && task.state !== 'dropped');
}

export function tasksBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  if (record.actions.length === 0 || view.viewer?.customer) return [];
  const { language } = view;
  const shown = ranked(
    kind,
    record.actions.filter((task) => isShown(kind, record, task)),
  ).slice(0, maxLines);
  const sorts = [...new Set(shown.map((task) => task.sort))];
  const items = sorts.flatMap((name) => [
    words(kind.can.tasks?.[name]?.label[language] ?? '', { size: 'Small', subtle: true, spacing: 'Small' }),
    ...shown.filter((task) => task.sort === name).map((task) => lineOf(kind, record, task, view)),
  ]);
  const rest = record.actions.filter((task) => !sortOf(kind, task)?.answers).length - shown.length;
  if (rest > 0) items.push(allOf(record, view));
  return items.length === 0 ? [] : [{ type: 'Container', spacing: 'Medium', items }];
}

/** A field that is answered by tasks says less than they do. */
export const isToldByTasks = (kind: AnyKind, record: RecordDoc, field: string, view: View): boolean =>
  !view.viewer?.customer &&
  record.actions.some((task) => sortOf(kind, task)?.from === field && isShown(kind, record, task));

const allOf = (record: RecordDoc, { language }: View): Element => ({
  type: 'Container',
  spacing: 'Small',
  selectAction: press({
    title: t(language, 'task.all', { count: record.actions.length }),
    verb: 'task-list',
    data: { record: record.id },
    bare: true,
  }),
  items: [
    words(`${t(language, 'task.all', { count: record.actions.length })} ›`, {
      color: 'accent',
      size: 'Small',
    }),
  ],
});

/** A line that opens its task. */
function lineOf(kind: AnyKind, record: RecordDoc, task: Task, view: View): Element {
  const sort = sortOf(kind, task);
  const { said, tone } = sort
    ? taskLine(kind, sort, task, record, view)
    : { said: task.what, tone: 'default' as const };
  return {
    type: 'Container',
    spacing: 'None',
    selectAction: press({
      title: t(view.language, 'action.open'),
      verb: 'task-show',
      data: { record: record.id, task: task.id },
      bare: true,
    }),
    items: [
      words(`${plainLine(said, 160)} ›`, {
        color: tone,
        ...(tone === 'attention' ? { weight: 'Bolder' } : {}),
        ...(isOpen(task) ? {} : { subtle: tone === 'default' }),
      }),
    ],
  };
}

/** All tasks of a record, what needs somebody first. */
export function renderTasks(record: RecordDoc, view: View): Card {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no such kind: ${record.kind}`);
  const { language } = view;
  const tasks = ranked(kind, record.actions).slice(0, maxRows);
  const rest = record.actions.length - tasks.length;
  const title = t(language, 'task.title', { id: record.id });
  return expand('list', {
    summary: title,
    msteams: teams(view),
    title,
    count: [],
    rows: [
      words(plainLine(summaryLine(record, view)), { subtle: true }),
      ...(tasks.length === 0
        ? [words(t(language, 'task.none'))]
        : tasks.map((task) => ({ ...lineOf(kind, record, task, view), spacing: 'Small', separator: true }))),
      ...(rest > 0 ? [words(t(language, 'digest.more', { count: rest }), { subtle: true })] : []),
    ],
    actions: [
      press({ title: t(language, 'action.open'), verb: 'show', data: { record: record.id }, bare: true }),
    ],
  });
}

/** What the viewer has to do about a record's tasks, on a list's row. */
export function waitingWords(record: RecordDoc, view: View): string[] {
  const kind = kindOf(record.kind);
  if (!kind || !view.viewer) return [];
  return tasksWaitingFor(record, view.viewer)
    .slice(0, 2)
    .flatMap((task) => {
      const sort = sortOf(kind, task);
      return sort ? [`${sort.label[view.language]} ${taskLine(kind, sort, task, record, view).said}`] : [];
    });
}
