/** Who may do what with a task, and when; in words for the one who may not. */
import { AppError } from '../errors.ts';
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { roleLabels } from '../kinds/roles.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import type { Standing } from './access.ts';
import { mayDrop } from './give-tasks.ts';
import type { RecordDoc } from './record.ts';
import type { Task, TaskVerb } from './task.ts';
import {
  awaitsVerification,
  departmentWords,
  isAdrift,
  isOpen,
  sortOf,
  taskVerbs,
  taskWords,
} from './task.ts';

export const isStaff = ({ roles }: Standing): boolean => roles.some((role) => role !== 'CUST');

const leads = (sort: TaskSort, roles: readonly string[]): boolean =>
  sort.leads.some((role) => roles.includes(role));

/** Whether this person may, whatever the task's state. A customer's guest never may. */
export function mayAct(sort: TaskSort, task: Task, verb: TaskVerb, { id, roles }: Standing): boolean {
  if (!isStaff({ id, roles })) return false;
  const own = task.owner === id;
  const asker = task.askedBy.id === id;
  switch (verb) {
    case 'task-take':
      return own || task.owner === undefined;
    case 'task-answer':
      return own || (sort.ofDepartments === true && roles.includes(task.what));
    case 'task-done':
      return own || leads(sort, roles) || (asker && !sort.verifiedBy);
    case 'task-cannot':
      return own;
    case 'task-pass':
      return own || leads(sort, roles) || (asker && isAdrift(task));
    case 'task-verify':
    case 'task-return':
      return sort.verifiedBy?.some((role) => roles.includes(role)) ?? false;
    case 'task-drop':
      return mayDrop(sort, task, id, roles);
    default:
      return verb satisfies never;
  }
}

/** Whether it can be done with the task as it is. */
export function fits(sort: TaskSort, task: Task, verb: TaskVerb): boolean {
  switch (verb) {
    case 'task-take':
      return sort.answer !== undefined && !sort.answers && isOpen(task);
    case 'task-answer':
      return sort.answers !== undefined && (isOpen(task) || task.state === 'done');
    case 'task-cannot':
      return sort.answer !== undefined && !sort.answers && isOpen(task) && task.owner !== undefined;
    case 'task-verify':
    case 'task-return':
      return awaitsVerification(sort, task);
    case 'task-done':
      return !sort.answers && isOpen(task);
    case 'task-pass':
    case 'task-drop':
      return isOpen(task);
    default:
      return verb satisfies never;
  }
}

/** What this person must do about the record's tasks: their own, those that nobody has, those to be verified. */
export function tasksWaitingFor(record: RecordDoc, standing: Standing): Task[] {
  const kind = kindOf(record.kind);
  return record.actions.filter((task) => {
    const sort = kind && sortOf(kind, task);
    if (!sort) return false;
    if (isOpen(task) && task.owner === standing.id) return true;
    if (isAdrift(task)) return leads(sort, standing.roles);
    return (
      awaitsVerification(sort, task) &&
      mayAct(sort, task, 'task-verify', standing) &&
      !isOwnWork(task, standing.id)
    );
  });
}

/** Nobody verifies their own action: neither who has it nor who said that it is done. */
export const isOwnWork = (task: Task, id: string): boolean => task.owner === id || task.endedBy?.id === id;

/**
 * Says what has become of the task before it says who may: whoever comes too late wants to know that.
 * @throws AppError not_allowed, task_state, not_your_task, own_work
 */
export function assertMayAct(
  kind: AnyKind,
  sort: TaskSort,
  task: Task,
  verb: TaskVerb,
  standing: Standing,
  site: Site,
): void {
  const by = whoMayAct(sort, task, verb, site);
  const named = { task: taskWords(kind, task), verb: taskVerbs[verb] };
  if (!isStaff(standing)) throw new AppError('not_allowed', { verb: taskVerbs[verb], roles: by });
  if (!fits(sort, task, verb))
    throw new AppError('task_state', { ...named, state: stateWords(sort, task, site) });
  if (!mayAct(sort, task, verb, standing)) throw new AppError('not_your_task', { ...named, by });
  if ((verb === 'task-verify' || verb === 'task-return') && isOwnWork(task, standing.id))
    throw new AppError('own_work', { roles: by });
}

const nameOf = (site: Site, id: string): string => personOf(site, id)?.name ?? id;

/** Who may do it, for the one who may not. */
function whoMayAct(sort: TaskSort, task: Task, verb: TaskVerb, site: Site): Text {
  const by = namedBy(sort, task, verb, site);
  return text(by.map(({ zh }) => zh).join('、'), by.map(({ en }) => en).join(', '));
}

function namedBy(sort: TaskSort, task: Task, verb: TaskVerb, site: Site): Text[] {
  const same = (name: string): Text => text(name, name);
  const owner = task.owner === undefined ? [] : [same(nameOf(site, task.owner))];
  switch (verb) {
    case 'task-verify':
    case 'task-return':
      return (sort.verifiedBy ?? []).map((role) => roleLabels[role]);
    case 'task-drop':
      return sort.droppedBy.map((by) => (by === 'asker' ? same(task.askedBy.name) : roleLabels[by]));
    case 'task-take':
    case 'task-cannot':
      return owner;
    case 'task-answer':
      return [...owner, ...(sort.ofDepartments ? [departmentWords(task.what)] : [])];
    case 'task-done':
    case 'task-pass':
      return [...owner, ...sort.leads.map((role) => roleLabels[role])];
    default:
      return verb satisfies never;
  }
}

/** Where a task stands, for the one whose press came too late. */
function stateWords(sort: TaskSort, task: Task, site: Site): Text {
  const who = task.endedBy?.name ?? (task.owner === undefined ? '' : nameOf(site, task.owner));
  switch (task.state) {
    case 'done':
      if (task.verifiedBy)
        return text(`已由${task.verifiedBy.name}验证`, `verified by ${task.verifiedBy.name}`);
      return sort.verifiedBy
        ? text(`${who}已完成，等待验证`, `done by ${who}, to be verified`)
        : text(`已由${who}完成`, `done by ${who}`);
    case 'dropped':
      return text('已取消', 'dropped');
    case 'declined':
      return text(`${who}做不到，等待安排`, `declined by ${who}`);
    case 'asked':
      return text('等待受理', 'waiting to be taken on');
    case 'taken':
      return text(`${who}正在处理`, `with ${who}`);
    default:
      return task.state satisfies never;
  }
}
