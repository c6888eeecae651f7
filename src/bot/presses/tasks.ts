/** Presses about a record's tasks: look at one or all, take, finish, decline, pass on, verify, send back, drop. */
import { viewFor } from '../../jobs/view.ts';
import { AppError } from '../../errors.ts';
import { show } from '../../records/find.ts';
import { isStaff } from '../../records/task-access.ts';
import { standingOf } from '../../records/access.ts';
import { actOnTask } from '../../records/tasks.ts';
import type { TaskVerb } from '../../records/task.ts';
import { taskVerbs } from '../../records/task.ts';
import type { RecordDoc } from '../../records/record.ts';
import { renderTask } from '../../render/task.ts';
import { renderTasks } from '../../render/tasks.ts';
import type { View } from '../../render/card.ts';
import type { Press, PressHandler } from '../press.ts';
import { recordId, taskInputsOf, word } from '../press.ts';

/** A task's card is for whoever pressed: with the buttons that are theirs. */
const own = ({ context, site, doer, view }: Press): View =>
  viewFor(site, view.language, context.clock.now(), doer.id);

const act =
  (verb: TaskVerb): PressHandler =>
  async (p) => {
    const task = word(p.press.data['task']);
    const { record } = await actOnTask(p.context.deps, p.site, p.doer, {
      id: recordId(p),
      task,
      verb,
      typed: taskInputsOf(p.press.data),
    });
    return { card: renderTask(record, task, own(p)) };
  };

/** Tasks are our own affair: a customer's guest meets what one who may not read it meets. */
async function ours(p: Press): Promise<RecordDoc> {
  const record = await show(p.context.deps, p.site, p.doer, recordId(p));
  if (!isStaff(standingOf(p.doer))) throw new AppError('not_found', { id: record.id });
  return record;
}

const taskShow: PressHandler = async (p) => {
  const record = await ours(p);
  const task = word(p.press.data['task']);
  if (!record.actions.some(({ id }) => id === task)) throw new AppError('unknown_action');
  return { card: renderTask(record, task, own(p)) };
};

const taskList: PressHandler = async (p) => ({ card: renderTasks(await ours(p), own(p)) });

export const taskPresses: Readonly<Record<string, PressHandler>> = {
  ...Object.fromEntries((Object.keys(taskVerbs) as TaskVerb[]).map((verb) => [verb, act(verb)])),
  'task-show': taskShow,
  'task-list': taskList,
};
