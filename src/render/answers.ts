/** Answers of tasks in words, and the buttons that give them (a sort with `answers`). */
import type { TaskSaid, TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { roundOf } from '../records/departments.ts';
import { filled } from '../records/needs.ts';
import { answerDue } from '../records/nudges.ts';
import type { RecordDoc } from '../records/record.ts';
import { mayAct } from '../records/task-access.ts';
import { taskFields } from '../records/task-inputs.ts';
import type { Task } from '../records/task.ts';
import { isOpen, taskWords } from '../records/task.ts';
import type { Element, Tone, View } from './card.ts';
import { opening, press, words } from './elements.ts';
import { cut } from './escape.ts';
import { formatClock, formatValue } from './format.ts';
import { t } from './i18n.ts';
import { taskInput } from './task-forms.ts';

/** Characters of what an answer says in words. */
const maxSaid = 120;

/** `部分可行：300 件 · 最早 12-01(周二) · 先交一半`; empty where there is none. */
export function answerWords(
  sort: TaskSort | undefined,
  task: Task,
  record: RecordDoc,
  view: View,
  max = maxSaid,
): string {
  const { language } = view;
  const rule = task.answer === undefined ? undefined : sort?.answers?.[task.answer];
  if (!rule) return '';
  const show = (name: TaskSaid): string => {
    const value = cut(
      formatValue(taskFields[name], task.said?.[name], view, record.fields).replace(/\s+/g, ' '),
      max,
    );
    if (value === '') return '';
    if (name === 'task_by') return t(language, 'matrix.by', { date: value });
    return name === 'task_instead' ? t(language, 'matrix.instead', { what: value }) : value;
  };
  const order: readonly TaskSaid[] = ['task_qty', 'task_by', 'task_can', 'task_reason', 'task_instead'];
  const said = order.map(show).filter((one) => one !== '');
  const label = rule.label[language];
  return said.length === 0 ? label : `${label}${t(language, 'word.colon')}${said.join(' · ')}`;
}

/** Where such a task stands; undefined: as any other task does. */
export function answerStanding(
  sort: TaskSort,
  task: Task,
  record: RecordDoc,
  view: View,
): { said: string; tone: Tone } | undefined {
  const { language, now, site } = view;
  if (!sort.answers) return undefined;
  if (task.state === 'done')
    return {
      said: answerWords(sort, task, record, view),
      tone: sort.answers[task.answer ?? '']?.tone ?? 'default',
    };
  if (task.state === 'dropped') return { said: t(language, 'matrix.gone'), tone: 'default' };
  const due = answerDue(sort, task, record, site);
  if (due === undefined) return undefined;
  const late = due <= now;
  return {
    said: t(language, late ? 'matrix.late' : 'matrix.due', { at: formatClock(due, view) }),
    tone: late ? 'attention' : 'default',
  };
}

/** One button for each answer; what it must say opens below it. */
export function answerButtons(
  kind: AnyKind,
  sort: TaskSort,
  task: Task,
  record: RecordDoc,
  view: View,
): Element[] {
  return Object.entries(sort.answers ?? {}).map(([name, rule]) => {
    const title = rule.label[view.language];
    const data = { record: record.id, task: task.id, task_answer: name };
    const style = rule.tone === 'good' ? ('positive' as const) : undefined;
    const input = (one: TaskSaid, required: boolean) =>
      taskInput(kind, sort, one, view, {
        required,
        // What was said before is corrected, not typed anew.
        value: task.said?.[one],
        facts: record.fields,
      });
    const form = [
      ...(rule.oneOf ? [words(anyOfWords(rule.oneOf, view), { subtle: true })] : []),
      ...(rule.oneOf ?? []).map((one) => input(one, false)),
      ...rule.needs.map((one) => input(one, true)),
    ];
    if (form.length === 0) return press({ title, verb: 'task-answer', data, style, bare: true });
    return opening(`${title}…`, form, [press({ title, verb: 'task-answer', data, style })], style);
  });
}

function anyOfWords(inputs: readonly TaskSaid[], { language }: View): string {
  const labels = inputs.map((one) => taskFields[one].label[language]);
  return t(language, 'action.anyOf', { labels: labels.join(t(language, 'word.separator')) });
}

/** For which department its reader answers, and which others they are asked for as well. */
export function answerHint(kind: AnyKind, task: Task, record: RecordDoc, view: View): string | undefined {
  const { language, viewer } = view;
  const round = roundOf(kind, record);
  if (!round?.sort.while.includes(record.status)) return undefined;
  if (viewer && !mayAct(round.sort, task, 'task-answer', viewer)) return undefined;
  const what = taskWords(kind, task)[language];
  const others = round.tasks.filter(
    (one) => one.id !== task.id && one.owner !== undefined && one.owner === viewer?.id,
  );
  const hint =
    others.length > 0
      ? t(language, 'matrix.only', {
          what,
          others: others.map((one) => taskWords(kind, one)[language]).join(t(language, 'word.separator')),
        })
      : t(language, 'matrix.for', { what });
  return isOpen(task) ? hint : `${hint}\n${t(language, 'matrix.change')}`;
}

/** `45±3 Nm → 50±3 Nm`: what is asked about (capability `compare`). */
export function compareLine(kind: AnyKind, record: RecordDoc, view: View): string | undefined {
  const { compare } = kind.can;
  if (!compare || !filled(record.fields[compare.to])) return undefined;
  const show = (name: string): string => {
    const field = kind.fields[name];
    return field ? cut(formatValue(field, record.fields[name], view, record.fields), 100) : '';
  };
  return `${compare.label[view.language]}${t(view.language, 'word.colon')}${show(compare.from)} → ${show(compare.to)}`;
}
