/** Tasks come into being, because a fact asks for them or a form does, and end with what they were for. */
import { iso } from '../clock.ts';
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import type { Actor } from './deps.ts';
import { job } from './job.ts';
import type { By, Change, RecordDoc } from './record.ts';
import { isRunning } from './stopwatch.ts';
import type { Task } from './task.ts';
import { isOpen, taskChange } from './task.ts';

/** One task as its form or a fact asks for it. */
export interface Ask {
  what: string;
  note?: string;
  type?: string;
  due?: string;
  /** Named by the asker; absent: whoever is on call. */
  owner?: string;
}

/** Why a person hears of a task. */
export type TaskNews =
  | 'asked'
  | 'adrift'
  | 'declined'
  | 'taken'
  | 'done'
  | 'verify'
  | 'verified'
  | 'returned'
  | 'passed'
  | 'dropped';

export interface TaskPayload extends Record<string, unknown> {
  task: string;
  person: string;
  news: TaskNews;
}

/** Whoever did it knows. */
export function oweNews(
  doc: RecordDoc,
  task: Task,
  news: TaskNews,
  people: readonly (string | undefined)[],
  actorId: string,
  now: number,
): void {
  for (const person of new Set(people))
    if (person !== undefined && person !== actorId)
      doc.jobs.push(job('task', now, { task: task.id, person, news } satisfies TaskPayload));
}

/**
 * Who finds somebody where nobody is: all on call of the first role that reaches anybody else than `without`. Whoever
 * cannot do it, or has not answered, is not the one to be told so.
 */
export function leadsOf(
  sort: Pick<TaskSort, 'leads'>,
  site: Site,
  now: number,
  without: readonly (string | undefined)[],
): string[] {
  for (const role of sort.leads) {
    const people = onCall(site, [role], now).map((person) => person.aadObjectId);
    const others = people.filter((id) => !without.includes(id));
    if (others.length > 0) return others;
  }
  return [];
}

/** A department's own; else somebody other than the asker, if there is. */
function whomToAsk(sort: TaskSort, what: string, site: Site, asker: string, now: number): string | undefined {
  if (sort.ofDepartments) return onCall(site, [what], now)[0]?.aadObjectId;
  const people = (sort.roles?.[what] ?? []).flatMap((role) => onCall(site, [role], now));
  return (people.find((person) => person.aadObjectId !== asker) ?? people[0])?.aadObjectId;
}

export const openFor = (doc: Pick<RecordDoc, 'actions'>, sort: string, what: string): Task | undefined =>
  doc.actions.find((task) => task.sort === sort && task.what === what && isOpen(task));

/** Adds tasks and what they owe, and answers the changes for the history. What is asked already is not asked twice. */
export function giveTasks(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: By,
  now: number,
  sortName: string,
  asks: readonly Ask[],
): Change[] {
  const sort = kind.can.tasks?.[sortName];
  if (!sort) return [];
  const changes: Change[] = [];
  for (const { owner: named, ...ask } of asks) {
    if ((sort.from !== undefined || sort.ofDepartments) && openFor(doc, sortName, ask.what)) continue;
    const owner = named ?? whomToAsk(sort, ask.what, site, actor.id, now);
    const task: Task = {
      id: `T${doc.actions.length + 1}`,
      sort: sortName,
      ...ask,
      state: sort.answer || owner === undefined ? 'asked' : 'taken',
      ...(owner === undefined ? {} : { owner }),
      askedBy: { id: actor.id, name: actor.name },
      since: iso(now),
    };
    doc.actions.push(task);
    changes.push(taskChange(task));
    // Also to an asker who is the only one on call: the card is where it is answered.
    if (owner !== undefined) oweNews(doc, task, 'asked', [owner], sort.answer ? '' : actor.id, now);
    else oweNews(doc, task, 'adrift', leadsOf(sort, site, now, []), '', now);
  }
  return changes;
}

/** Takes a task back, and tells whoever had it. */
export function dropTask(doc: RecordDoc, task: Task, by: By, now: number, reason?: string): Change {
  task.state = 'dropped';
  task.endedBy = { id: by.id, name: by.name };
  task.endedAt = iso(now);
  if (reason) task.reason = reason;
  oweNews(doc, task, 'dropped', [task.owner], by.id, now);
  return taskChange(task);
}

/** Whether this person may take a task back. */
export const mayDrop = (sort: TaskSort, task: Task, id: string, roles: readonly string[]): boolean =>
  sort.droppedBy.some((by) => (by === 'asker' ? task.askedBy.id === id : roles.includes(by)));

const valuesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];

/**
 * What changes of facts and status mean for the tasks: a choice that was added to a sort's field is asked for, one that
 * its asker took away is dropped, and so is all that the status puts an end to. Call with both already in the record.
 */
export function followTasks(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  changes: readonly Change[],
): Change[] {
  return Object.entries(kind.can.tasks ?? {}).flatMap(([name, sort]) => {
    const open = doc.actions.filter((task) => task.sort === name && isOpen(task));
    if (sort.ends.includes(doc.status)) return open.map((task) => dropTask(doc, task, actor, now));
    const change = changes.find(({ field }) => field === sort.from);
    if (!change) return [];
    const [before, after] = [valuesOf(change.from), valuesOf(change.to)];
    const gone = open.filter(
      (task) =>
        before.includes(task.what) &&
        !after.includes(task.what) &&
        mayDrop(sort, task, actor.id, actor.person?.roles ?? []),
    );
    const added = after.filter((what) => !before.includes(what));
    return [
      ...gone.map((task) => dropTask(doc, task, actor, now)),
      ...(mayAsk(kind, sort, doc)
        ? giveTasks(
            doc,
            kind,
            site,
            actor,
            now,
            name,
            added.map((what) => ({ what })),
          )
        : []),
    ];
  });
}

/** A case that is over, or was when it was told, asks for nothing. */
const mayAsk = (kind: AnyKind, sort: TaskSort, doc: RecordDoc): boolean =>
  sort.while.includes(doc.status) && (!kind.can.stopwatch || isRunning(kind, doc.fields));
