/** What people do with a task. Held against the task's own state, not the record's revision: both move often. */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { standingOf } from './access.ts';
import type { ChangeResult } from './change.ts';
import { change, record } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { answerTask } from './answers.ts';
import { dropTask, leadsOf, oweNews } from './give-tasks.ts';
import type { RecordDoc } from './record.ts';
import { assertMayAct, isStaff } from './task-access.ts';
import type { Typed } from './task-inputs.ts';
import { TaskReader, taskFields } from './task-inputs.ts';
import type { Task, TaskVerb } from './task.ts';
import { isOpen, sortOf, taskChange } from './task.ts';

export interface TaskAct {
  id: string;
  task: string;
  verb: TaskVerb;
  typed: Typed;
}

/** What the actor wants stands so already: a second press of the same button changes nothing. */
function isDone(task: Task, verb: TaskVerb, actor: Actor, typed: Typed): boolean {
  const mine = task.endedBy?.id === actor.id;
  switch (verb) {
    case 'task-done':
      return task.state === 'done' && mine;
    case 'task-cannot':
      return task.state === 'declined' && mine;
    case 'task-drop':
      return task.state === 'dropped' && mine;
    case 'task-pass':
      return isOpen(task) && task.owner !== undefined && task.owner === typed['task_person'];
    case 'task-verify':
      return task.verifiedBy?.id === actor.id;
    case 'task-take':
    case 'task-answer':
    case 'task-return':
      return false;
    default:
      return verb satisfies never;
  }
}

/**
 * Takes, finishes, declines, passes on, verifies, sends back or drops a task.
 * @throws AppError not_found, unknown_action, not_allowed, own_work, task_state, invalid
 */
export async function actOnTask(deps: Deps, site: Site, actor: Actor, what: TaskAct): Promise<ChangeResult> {
  return change(deps, site, what.id, undefined, (doc, kind, now) => {
    const task = doc.actions.find((one) => one.id === what.task);
    const sort = task && sortOf(kind, task);
    if (!task || !sort) throw new AppError('unknown_action');
    const standing = standingOf(actor);
    if (isStaff(standing) && isDone(task, what.verb, actor, what.typed)) return;
    assertMayAct(kind, sort, task, what.verb, standing, site);
    const before = JSON.stringify(task);
    const note = apply({ doc, kind, site, actor, now, sort, task, verb: what.verb, typed: what.typed });
    if (JSON.stringify(task) === before) return;
    record(doc, kind, site, actor, now, { verb: what.verb, note }, [taskChange(task)]);
  });
}

export interface Acting {
  doc: RecordDoc;
  kind: AnyKind;
  site: Site;
  actor: Actor;
  now: number;
  sort: TaskSort;
  task: Task;
  verb: TaskVerb;
  typed: Typed;
}

/** Changes the task, owes what people must hear, and answers the words for the history. @throws AppError invalid */
function apply(acting: Acting): string | undefined {
  const { doc, site, actor, now, sort, task, verb, typed } = acting;
  const reader = new TaskReader(typed, { site, now });
  const say = (name: keyof typeof taskFields, required: boolean) =>
    reader.text(name, taskFields[name], required);
  /** Nothing is changed before every input is right. */
  const checked = (): void => {
    if (reader.faults.length > 0) throw new AppError('invalid', {}, { faults: reader.faults });
  };
  const tell = (news: Parameters<typeof oweNews>[2], people: readonly (string | undefined)[]): void =>
    oweNews(doc, task, news, people, actor.id, now);
  const end = (state: 'done' | 'declined'): void => {
    task.state = state;
    task.endedBy = { id: actor.id, name: actor.name };
    task.endedAt = iso(now);
  };
  const reopen = (state: 'asked' | 'taken'): void => {
    task.state = state;
    delete task.endedBy;
    delete task.endedAt;
    delete task.reason;
  };
  switch (verb) {
    case 'task-take': {
      const eta = say('task_eta', true);
      checked();
      // A second press comes a moment later: "in 20 minutes" is not another time then.
      if (task.state === 'taken' && task.owner === actor.id && sameMinute(task.eta, eta)) return undefined;
      reopen('taken');
      task.owner = actor.id;
      if (eta !== undefined) task.eta = eta;
      tell('taken', [task.askedBy.id]);
      return undefined;
    }
    case 'task-answer':
      answerTask(acting);
      return undefined;
    case 'task-done': {
      const evidence = say('task_evidence', sort.verifiedBy !== undefined);
      checked();
      reopen('taken');
      end('done');
      if (evidence !== undefined) task.evidence = evidence;
      if (sort.verifiedBy) tell('verify', verifiersOf(sort, task, site, now));
      else tell('done', [task.askedBy.id]);
      return evidence;
    }
    case 'task-cannot': {
      const reason = say('task_reason', true);
      checked();
      end('declined');
      if (reason !== undefined) task.reason = reason;
      delete task.owner;
      delete task.eta;
      tell('declined', [task.askedBy.id, ...leadsOf(sort, site, now, [actor.id])]);
      return reason;
    }
    case 'task-pass': {
      const person = reader.person('task_person', true);
      checked();
      const before = task.owner;
      reopen(sort.answer ? 'asked' : 'taken');
      delete task.eta;
      if (person) task.owner = person.aadObjectId;
      task.since = iso(now);
      tell('asked', [task.owner]);
      tell('passed', [before]);
      return undefined;
    }
    case 'task-verify':
      task.verifiedBy = { id: actor.id, name: actor.name };
      task.verifiedAt = iso(now);
      tell('verified', [task.owner]);
      return undefined;
    case 'task-return': {
      const reason = say('task_return', true);
      checked();
      reopen('taken');
      if (reason !== undefined) task.reason = reason;
      tell('returned', [task.owner]);
      return reason;
    }
    case 'task-drop': {
      const reason = say('task_drop', task.askedBy.id !== actor.id || sort.verifiedBy !== undefined);
      checked();
      dropTask(doc, task, actor, now, reason);
      return reason;
    }
    default:
      return verb satisfies never;
  }
}

/** Who is asked to verify: whoever leads, and where it is their own work, whoever else may. */
function verifiersOf(sort: TaskSort, task: Task, site: Site, now: number): string[] {
  const own = [task.owner, task.endedBy?.id];
  const leading = sort.leads.filter((role) => sort.verifiedBy?.includes(role));
  const people = leadsOf({ leads: leading }, site, now, own);
  return people.length > 0 ? people : leadsOf({ leads: sort.verifiedBy ?? [] }, site, now, own);
}

const sameMinute = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && Math.abs(Date.parse(one) - Date.parse(other)) < 60_000;
