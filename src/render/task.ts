/** The card of one task: what is asked, for which case, where it stands, and what its reader can do about it. */
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning, stopwatchMinutes } from '../records/stopwatch.ts';
import { fits, isOwnWork, mayAct } from '../records/task-access.ts';
import type { Task, TaskVerb } from '../records/task.ts';
import { isAdrift, isSettled, sortOf, taskVerbs } from '../records/task.ts';
import { answerButtons, answerHint, compareLine } from './answers.ts';
import type { Card, Element, Tone, View } from './card.ts';
import { opening, press } from './elements.ts';
import { cut } from './escape.ts';
import { formatClock, formatDate, formatMinutes } from './format.ts';
import { t } from './i18n.ts';
import { renderNotice } from './notice.ts';
import { peopleInput, taskInput } from './task-forms.ts';
import { standingWords, whatWords } from './task-words.ts';

/** Nothing will change about it any more. */
export function isOver(record: RecordDoc, id: string): boolean {
  const kind = kindOf(record.kind);
  const task = record.actions.find((one) => one.id === id);
  const sort = kind && task && sortOf(kind, task);
  if (!sort) return true;
  // An answer may still be changed.
  return isSettled(sort, task) && !(sort.answers && sort.while.includes(record.status));
}

export function renderTask(record: RecordDoc, id: string, view: View): Card {
  const kind = kindOf(record.kind);
  const task = record.actions.find((one) => one.id === id);
  const sort = kind && task && sortOf(kind, task);
  if (!sort) throw new Error(`${record.id} has no task ${id}`);
  const standing = standingWords(sort, task, record, view);
  const title = `${sort.label[view.language]}${t(view.language, 'word.colon')}${whatWords(kind, task, view)}`;
  return renderNotice(view, {
    title,
    text: linesOf(kind, sort, task, record, view, standing.said).join('\n'),
    tone: toneOf(standing.tone),
    record,
    actions: actionsOf(kind, sort, task, record, view),
  });
}

/** A banner of the accent colour reads as a link. */
const toneOf = (tone: Tone): Tone => (tone === 'accent' ? 'warning' : tone);

function linesOf(
  kind: AnyKind,
  sort: TaskSort,
  task: Task,
  record: RecordDoc,
  view: View,
  standing: string,
): string[] {
  const { language } = view;
  const owner = task.owner === undefined ? [] : [view.names(task.owner)];
  const type = task.type === undefined ? undefined : sort.types?.[task.type]?.[language];
  const lines = [[...owner, standing, ...(type === undefined ? [] : [type])].join(' · ')];
  const minutes = isRunning(kind, record.fields)
    ? stopwatchMinutes(kind, record.fields, view.now)
    : undefined;
  if (minutes !== undefined && record.open)
    lines.push(t(language, 'text.running', { span: formatMinutes(minutes, language) }));
  lines.push(
    t(language, 'task.askedBy', { name: task.askedBy.name, at: formatClock(task.since, view) }) +
      (task.note ? `${t(language, 'word.colon')}${cut(task.note, 300)}` : ''),
  );
  if (task.due !== undefined && sort.due === 'time')
    lines.push(t(language, 'task.needed', { at: formatClock(task.due, view) }));
  if (task.due !== undefined && sort.due === 'date' && task.state !== 'taken')
    lines.push(t(language, 'task.due', { date: formatDate(task.due, view) }));
  const change = sort.answers ? compareLine(kind, record, view) : undefined;
  if (change !== undefined) lines.push(change);
  if (task.evidence) lines.push(t(language, 'task.evidence', { evidence: cut(task.evidence, 300) }));
  if (task.state === 'taken' && task.reason)
    lines.push(t(language, 'task.sentBack', { reason: cut(task.reason, 300) }));
  const hint = hintOf(kind, sort, task, record, view);
  return hint === undefined ? lines : [...lines, hint];
}

/** What its reader is to do. */
function hintOf(
  kind: AnyKind,
  sort: TaskSort,
  task: Task,
  record: RecordDoc,
  view: View,
): string | undefined {
  const { language, viewer } = view;
  if (!sort.answers && task.state === 'asked' && task.owner !== undefined && task.owner === viewer?.id)
    return t(language, 'task.pleaseTake');
  if (isAdrift(task) && viewer && sort.leads.some((role) => viewer.roles.includes(role)))
    return t(language, 'task.pleaseFind');
  return sort.answers ? answerHint(kind, task, record, view) : undefined;
}

const order: readonly TaskVerb[] = [
  'task-take',
  'task-answer',
  'task-done',
  'task-verify',
  'task-cannot',
  'task-return',
  'task-pass',
  'task-drop',
];
/** Beside the button that opens the record: five in a row are what a phone bears. */
const maxButtons = 4;

function actionsOf(kind: AnyKind, sort: TaskSort, task: Task, record: RecordDoc, view: View): Element[] {
  const may = (verb: TaskVerb): boolean => {
    if (!fits(sort, task, verb)) return false;
    // Done before it was taken on is rare, and its button would be in the way of the answer.
    if (verb === 'task-done' && task.state !== 'taken') return false;
    if (verb === 'task-answer' && !sort.while.includes(record.status)) return false;
    if (!view.viewer) return true;
    const verifies = verb === 'task-verify' || verb === 'task-return';
    return mayAct(sort, task, verb, view.viewer) && !(verifies && isOwnWork(task, view.viewer.id));
  };
  const verbs = order.filter(may).slice(0, maxButtons);
  // Once it is taken on, being done comes first.
  if (task.state === 'taken' && verbs[0] === 'task-take' && verbs[1] === 'task-done')
    verbs.splice(0, 2, 'task-done', 'task-take');
  const buttons = verbs.flatMap((verb) =>
    verb === 'task-answer'
      ? answerButtons(kind, sort, task, record, view)
      : [buttonOf(kind, sort, task, record, view, verb)],
  );
  return [
    ...buttons.slice(0, maxButtons),
    press({
      title: t(view.language, 'action.open'),
      verb: 'show',
      data: { record: record.id },
      bare: true,
    }),
  ];
}

function buttonOf(
  kind: AnyKind,
  sort: TaskSort,
  task: Task,
  record: RecordDoc,
  view: View,
  verb: TaskVerb,
): Element {
  const { language } = view;
  const data = { record: record.id, task: task.id };
  const retimes = verb === 'task-take' && task.state === 'taken' && task.owner === view.viewer?.id;
  const title = retimes ? t(language, 'task.retime') : taskVerbs[verb][language];
  const positive = verb === 'task-take' || verb === 'task-done' || verb === 'task-verify';
  const style = retimes
    ? undefined
    : verb === 'task-drop'
      ? 'destructive'
      : positive
        ? 'positive'
        : undefined;
  const sent = (style?: 'positive' | 'destructive') => press({ title, verb, data, style });
  const form = formOf(kind, sort, task, view, verb);
  if (form.length === 0) return press({ title, verb, data, style, bare: true });
  return opening(`${title}…`, form, [sent(style)], style);
}

function formOf(kind: AnyKind, sort: TaskSort, task: Task, view: View, verb: TaskVerb): Element[] {
  switch (verb) {
    case 'task-take':
      return [taskInput(kind, sort, 'task_eta', view, { required: true, value: task.eta })];
    case 'task-done':
      return [taskInput(kind, sort, 'task_evidence', view, { required: sort.verifiedBy !== undefined })];
    case 'task-cannot':
      return [taskInput(kind, sort, 'task_reason', view, { required: true })];
    case 'task-return':
      return [taskInput(kind, sort, 'task_return', view, { required: true })];
    case 'task-pass':
      return peopleInput('task_person', view, { required: true, without: task.owner });
    case 'task-drop':
      return [
        taskInput(kind, sort, 'task_drop', view, {
          required: sort.verifiedBy !== undefined || task.askedBy.id !== view.viewer?.id,
        }),
      ];
    case 'task-verify':
    case 'task-answer':
      return [];
    default:
      return verb satisfies never;
  }
}
