/** What each department says of a record that was sent round, while it fills (capability `departments`). */
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { Round } from '../records/departments.ts';
import { roundOf } from '../records/departments.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Task } from '../records/task.ts';
import { taskWords } from '../records/task.ts';
import { answerStanding, answerWords } from './answers.ts';
import type { Element, View } from './card.ts';
import { column, columns, press, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock } from './format.ts';
import { t } from './i18n.ts';
import { standingWords } from './task-words.ts';

const marks = { good: '✓', warning: '◐', attention: '✕' } as const;

export function matrixBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const round = view.viewer?.customer || !record.open ? undefined : roundOf(kind, record);
  if (!round) return [];
  const { language } = view;
  const { sort, tasks, missing } = round;
  const done = tasks.filter((task) => task.state === 'done').length;
  const title = t(language, 'matrix.title', { label: sort.label[language], done, all: tasks.length });
  const waits = missing.length > 0 && sort.while.includes(record.status);
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      items: [
        words(title, { size: 'Small', weight: 'Bolder' }),
        ...tasks.map((task) => rowOf(kind, round, task, record, view)),
        ...(waits
          ? [
              words(t(language, 'matrix.missing', { count: missing.length }), {
                size: 'Small',
                color: 'warning',
                spacing: 'Small',
              }),
            ]
          : []),
      ],
    },
  ];
}

/** Department and person, the answer, and when it came; opens the task. */
function rowOf(kind: AnyKind, { sort }: Round, task: Task, record: RecordDoc, view: View): Element {
  const { language } = view;
  const { said, tone } = answerStanding(sort, task, record, view) ?? standingWords(sort, task, record, view);
  const rule = task.answer === undefined ? undefined : sort.answers?.[task.answer];
  const mark = rule && task.state === 'done' ? marks[rule.tone] : '…';
  // Who has answered counts, not who was asked.
  const who = task.state === 'done' ? task.endedBy?.name : task.owner && view.names(task.owner);
  const outdated = task.state === 'done' && (task.endedAt ?? '') < editedAt(record);
  const when = task.state === 'done' && task.endedAt !== undefined ? formatClock(task.endedAt, view) : '';
  return {
    type: 'Container',
    spacing: 'Small',
    selectAction: press({
      title: t(language, 'action.open'),
      verb: 'task-show',
      data: { record: record.id, task: task.id },
      bare: true,
    }),
    items: [
      columns(
        [
          column('auto', [words(mark, { color: tone, weight: 'Bolder' })]),
          column(
            'stretch',
            [
              words(
                `**${plainLine(taskWords(kind, task)[language])}** · ${plainLine(who ?? t(language, 'word.noOwner'))}`,
              ),
              words(plainLine(said, 200), { size: 'Small', color: tone, spacing: 'None', subtle: !rule }),
              ...(outdated
                ? [
                    words(t(language, 'matrix.outdated'), {
                      size: 'Small',
                      color: 'attention',
                      spacing: 'None',
                    }),
                  ]
                : []),
            ],
            { spacing: 'Small' },
          ),
          ...(when === '' ? [] : [column('auto', [words(when, { size: 'Small', subtle: true })])]),
        ],
        { spacing: 'None' },
      ),
    ],
  };
}

/** When the facts were last corrected: what was answered before may not hold any more. '' if they never were. */
const editedAt = (record: RecordDoc): string =>
  record.history.findLast(
    ({ verb, changes }) => verb === 'edit' && changes?.some(({ field }) => !field.startsWith('@')),
  )?.at ?? '';

/** For the one who decides, once the last answer is in; undefined where one is missing again. */
export function answeredLine(record: RecordDoc, view: View): string | undefined {
  const kind = kindOf(record.kind);
  const round = kind && roundOf(kind, record);
  if (!kind || !round || round.missing.length > 0) return undefined;
  const answers = round.tasks
    .filter((task) => task.state === 'done')
    .map((task) => {
      const what = taskWords(kind, task)[view.language];
      return `${what} ${answerWords(round.sort, { ...task, said: {} }, record, view)}`;
    });
  return t(view.language, 'matrix.allIn', { answers: answers.join(t(view.language, 'word.separator')) });
}
