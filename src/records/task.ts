/** A task of a record: help that was asked for, an action item (capability `tasks`). What it is, and where it stands. */
import type { TaskSaid, TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { roleLabels } from '../kinds/roles.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import type { By, Change, RecordDoc } from './record.ts';

/**
 * `asked`: waits for its owner to take it, or for an owner. `taken`: somebody has it. `declined`: its owner cannot, and
 * somebody else must. `done`, and verified where its sort says so. `dropped`: no longer wanted.
 */
export type TaskState = 'asked' | 'taken' | 'declined' | 'done' | 'dropped';

export interface Task {
  /** Unique in its record, for good: `T1`. */
  id: string;
  sort: string;
  /** A choice of the sort's field, or words. */
  what: string;
  note?: string;
  type?: string;
  state: TaskState;
  /** aadObjectId; absent: nobody could be found. */
  owner?: string;
  askedBy: By;
  /** When its present owner was asked. */
  since: string;
  /** By when it is wanted: ISO UTC, or a local date where the sort has days. */
  due?: string;
  /** When its owner means to be there or done. */
  eta?: string;
  /** Why it was declined or dropped. */
  reason?: string;
  /** Who did that, or finished it, and when. */
  endedBy?: By;
  endedAt?: string;
  evidence?: string;
  /** One of the sort's answers, and what it says. */
  answer?: string;
  said?: Partial<Record<TaskSaid, string | number>>;
  verifiedBy?: By;
  verifiedAt?: string;
}

export const taskVerbs = {
  'task-take': text('受理', 'Take it on'),
  'task-answer': text('答复', 'Answer'),
  'task-done': text('已完成', 'Done'),
  'task-cannot': text('做不到', 'Cannot'),
  'task-pass': text('转给', 'Pass on'),
  'task-verify': text('验证', 'Verify'),
  'task-return': text('退回', 'Send back'),
  'task-drop': text('取消', 'Drop'),
} as const satisfies Record<string, Text>;
export type TaskVerb = keyof typeof taskVerbs;

export const isTaskVerb = (verb: string): verb is TaskVerb => Object.hasOwn(taskVerbs, verb);

export const sortOf = (kind: AnyKind, task: Pick<Task, 'sort'>): TaskSort | undefined =>
  kind.can.tasks?.[task.sort];

/** Somebody must still do it, or find somebody who does. */
export const isOpen = (task: Task): boolean =>
  task.state === 'asked' || task.state === 'taken' || task.state === 'declined';

/** Nobody has it, and whoever leads must find somebody. */
export const isAdrift = (task: Task): boolean =>
  task.state === 'declined' || (isOpen(task) && task.owner === undefined);

export const awaitsVerification = (sort: TaskSort, task: Task): boolean =>
  task.state === 'done' && sort.verifiedBy !== undefined && task.verifiedBy === undefined;

/** Nothing is to be done about it any more. */
export const isSettled = (sort: TaskSort, task: Task): boolean =>
  !isOpen(task) && !awaitsVerification(sort, task);

/** A department is called by its role. */
export const departmentWords = (role: string): Text =>
  Object.hasOwn(roleLabels, role) ? roleLabels[role as keyof typeof roleLabels] : text(role, role);

/** What is asked, in words. */
export function taskWords(kind: AnyKind, task: Pick<Task, 'sort' | 'what'>): Text {
  const sort = sortOf(kind, task);
  if (sort?.ofDepartments) return departmentWords(task.what);
  const from = sort?.from;
  const field = from === undefined ? undefined : kind.fields[from];
  const label = field?.type === 'choice' ? field.choices[task.what] : undefined;
  return label ?? text(task.what, task.what);
}

/** What keeps the record out of a status: tasks that are open, or done and not verified. */
export const unsettled = (kind: AnyKind, record: RecordDoc, status: string): Task[] =>
  record.actions.filter((task) => {
    const sort = sortOf(kind, task);
    return sort?.settledBefore.includes(status) && !isSettled(sort, task);
  });

/** A task as it is from now on, as the history keeps it: the whole of it, so that replaying gives what is stored. */
export const taskChange = (task: Task): Change => ({ field: `@task.${task.id}`, to: structuredClone(task) });

export const taskIn = (change: Change): Task | undefined =>
  change.field.startsWith('@task.') ? (change.to as Task) : undefined;
