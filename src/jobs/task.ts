import { kindOf } from '../kinds/index.ts';
import type { TaskNews, TaskPayload } from '../records/give-tasks.ts';
import type { NudgeWhy } from '../records/nudges.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Task } from '../records/task.ts';
import { isOpen, sortOf } from '../records/task.ts';
import { plainLine } from '../render/escape.ts';
import { renderTask } from '../render/task.ts';
import { taskSummary } from '../render/task-words.ts';
import type { Done, JobContext, JobType } from './define.ts';
import { chatWith } from './person.ts';
import { standsAt } from './place.ts';

/** A person hears of a task: as a card where there is something to do, else in a line. */
export const taskJob: JobType = {
  type: 'task',
  async run(doc, job, context) {
    const record = doc as RecordDoc;
    const { task: id, person, news } = job.payload as TaskPayload;
    const task = record.actions.find((one) => one.id === id);
    if (!task || !isStillNews(task, person, news)) return undefined;
    return sayTask(record, task, person, news, context);
  },
};

/** A card whose task moved on while it waited to be sent would call somebody for nothing. */
function isStillNews(task: Task, person: string, news: TaskNews): boolean {
  if (news === 'asked' || news === 'returned') return isOpen(task) && task.owner === person;
  if (news === 'adrift') return isOpen(task) && task.owner === undefined;
  if (news === 'declined') return task.state === 'declined';
  if (news === 'taken') return task.state === 'taken';
  if (news === 'verify') return task.state === 'done' && task.verifiedBy === undefined;
  return true;
}

const forAction: ReadonlySet<TaskNews | NudgeWhy> = new Set<TaskNews | NudgeWhy>([
  'asked',
  'adrift',
  'declined',
  'verify',
  'returned',
  'unanswered',
  'late',
  'today',
  'overdue',
]);

/** Sends what has happened; a card is live from then on. @throws DeliveryError */
export async function sayTask(
  record: RecordDoc,
  task: Task,
  person: string,
  news: TaskNews | NudgeWhy,
  context: JobContext,
): Promise<Done> {
  const { messenger, clock } = context;
  const kind = kindOf(record.kind);
  if (!kind || !sortOf(kind, task)) return undefined;
  const { address, view } = await chatWith(context, person);
  const summary = taskSummary(kind, record, task, news, view);
  if (!forAction.has(news)) {
    await messenger.send(address, { text: plainLine(summary, 400), summary, alert: true });
    return undefined;
  }
  const card = renderTask(record, task.id, view);
  const { id } = await messenger.send(address, { card, summary, alert: true });
  return standsAt(
    { address, activityId: id, language: view.language, view: 'task', task: task.id, person },
    record,
    clock,
  );
}
