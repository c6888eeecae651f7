/** The answer to a task: one of its sort's, with what that must say. May be changed until a decision rests on it. */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { TaskSaid } from '../kinds/define.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { roundOf } from './departments.ts';
import { oweNews } from './give-tasks.ts';
import { filled } from './needs.ts';
import { owe } from './owed.ts';
import { TaskReader, taskFields } from './task-inputs.ts';
import type { Task } from './task.ts';
import { taskVerbs, taskWords } from './task.ts';
import type { Acting } from './tasks.ts';

/** Why the last answer is told: it is no verb. */
export const allAnswered = 'answered';

/** Leaves the task as it is where the same was answered before. @throws AppError unknown_action, task_state, invalid */
export function answerTask({ doc, kind, site, actor, now, sort, task, typed }: Acting): void {
  const name = String(typed['task_answer'] ?? '');
  const rule = sort.answers && Object.hasOwn(sort.answers, name) ? sort.answers[name] : undefined;
  if (!rule) throw new AppError('unknown_action');
  if (!sort.while.includes(doc.status))
    throw new AppError('task_state', {
      task: taskWords(kind, task),
      verb: taskVerbs['task-answer'],
      state: text('决定已经作出', 'decided upon already'),
    });
  const reader = new TaskReader(typed, { site, now });
  const said: NonNullable<Task['said']> = {};
  const read = (input: TaskSaid, required: boolean): void => {
    const value = reader.value(input, taskFields[input], required);
    if (typeof value === 'string' || typeof value === 'number') said[input] = value;
  };
  for (const input of rule.needs) read(input, true);
  for (const input of rule.oneOf ?? []) read(input, false);
  const [first, ...others] = rule.oneOf ?? [];
  if (first && reader.faults.length === 0 && ![first, ...others].some((input) => filled(said[input])))
    reader.fault(labelOf([first, ...others]), first, text('至少填一项', 'at least one is required'));
  if (reader.faults.length > 0) throw new AppError('invalid', {}, { faults: reader.faults });
  if (
    task.state === 'done' &&
    task.answer === name &&
    JSON.stringify(task.said ?? {}) === JSON.stringify(said)
  )
    return;
  const wasOpen = task.state !== 'done';
  task.state = 'done';
  task.answer = name;
  if (Object.keys(said).length > 0) task.said = said;
  else delete task.said;
  task.endedBy = { id: actor.id, name: actor.name };
  task.endedAt = iso(now);
  // Whoever was asked hears that it is answered, where a colleague of the department did it.
  if (wasOpen) oweNews(doc, task, 'done', [task.owner], actor.id, now);
  if (roundOf(kind, doc)?.missing.length === 0)
    owe(doc, site, [{ roles: sort.answeredTo ?? [] }], allAnswered, actor.id, now);
}

const labelOf = (inputs: readonly TaskSaid[]): Text => {
  const labels = inputs.map((input) => taskFields[input].label);
  return text(labels.map(({ zh }) => zh).join('/'), labels.map(({ en }) => en).join(' / '));
};
