/** Who must be reminded of a task when, each once: not taken, not there in time, due today, overdue. */
import { iso } from '../clock.ts';
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { dueAt } from '../site/calendar.ts';
import { isAway, onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { addDays, instantOf } from '../site/zone.ts';
import { leadsOf } from './give-tasks.ts';
import { job } from './job.ts';
import type { RecordDoc } from './record.ts';
import type { Task } from './task.ts';
import { isOpen, sortOf } from './task.ts';
import { owes, unwind } from './wind.ts';

export type NudgeWhy = 'unanswered' | 'late' | 'today' | 'overdue';

export interface Nudge {
  task: Task;
  why: NudgeWhy;
  /** Milliseconds. */
  at: number;
  to: readonly ('owner' | 'asker' | 'leads')[];
  /** Names the reminder among those that went out. */
  key: string;
}

/** By when an asked task must be taken; undefined where nobody is asked. Milliseconds. */
export function answerDue(
  sort: TaskSort,
  task: Task,
  record: Pick<RecordDoc, 'severity'>,
  site: Site,
): number | undefined {
  const within = sort.answer?.[record.severity];
  if (task.state !== 'asked' || task.owner === undefined || within === undefined) return undefined;
  return dueAt(site, record.severity, Date.parse(task.since), within);
}

/** When it was to be there: as its owner said, else as it is wanted. Milliseconds; a day ends with its last minute. */
export function lateAt(sort: TaskSort, task: Task, site: Site): number | undefined {
  if (!isOpen(task)) return undefined;
  if (sort.due === 'date')
    return task.due === undefined ? undefined : instantOf(site.timeZone, addDays(task.due, 1), '00:00');
  const said = task.eta ?? task.due;
  return said === undefined ? undefined : Date.parse(said);
}

/** All reminders of a task as it stands, past ones too. */
function nudgesOf(sort: TaskSort, task: Task, record: RecordDoc, site: Site): Nudge[] {
  const found: Nudge[] = [];
  const add = (why: NudgeWhy, at: number, to: Nudge['to']): void => {
    // Due before its owner had it: they were told then.
    if (at > Date.parse(task.since))
      found.push({ task, why, at, to, key: `${task.id} ${why} ${to[0]} ${iso(at)}` });
  };
  const answer = answerDue(sort, task, record, site);
  if (answer !== undefined) {
    add('unanswered', answer, ['owner']);
    const within = sort.answer?.[record.severity];
    if (within) add('unanswered', dueAt(site, record.severity, answer, within), ['leads', 'asker']);
  }
  if (task.state !== 'taken') return found;
  if (sort.due === 'date' && task.due !== undefined) {
    const morning = (date: string) => instantOf(site.timeZone, date, site.calendar.start);
    add('today', morning(task.due), ['owner']);
    add('overdue', morning(addDays(task.due, 1)), ['owner', 'leads']);
  }
  const late = sort.due === 'time' ? lateAt(sort, task, site) : undefined;
  if (late !== undefined) add('late', late, ['owner', 'asker']);
  return found;
}

/** What has not gone out yet, earliest first. */
export function nudgesLeft(kind: AnyKind, record: RecordDoc, site: Site): Nudge[] {
  const out = new Set(record.nudged);
  return record.actions
    .flatMap((task) => {
      const sort = sortOf(kind, task);
      return sort && isOpen(task) ? nudgesOf(sort, task, record, site) : [];
    })
    .filter(({ key }) => !out.has(key))
    .sort((a, b) => a.at - b.at);
}

/** Whom it reaches now. */
export function reachedBy({ task, to }: Nudge, sort: TaskSort, site: Site, now: number): string[] {
  const people = to.flatMap((who) => {
    if (who === 'leads') return leadsOf(sort, site, now, [task.owner]);
    if (who === 'asker') return task.askedBy.id;
    if (task.owner === undefined || !isAway(site, task.owner, now)) return task.owner ?? [];
    // Whoever is away is stood in for: by the department, or by whoever leads.
    const deputies = sort.ofDepartments ? onCall(site, [task.what], now) : [];
    const ids = deputies.map((person) => person.aadObjectId);
    return ids.length > 0 ? ids : leadsOf(sort, site, now, [task.owner]);
  });
  return [...new Set(people)];
}

/** Leaves one job for the first reminder, at once if it is past. One that is being done winds the next itself. */
export function windNudges(record: RecordDoc, kind: AnyKind, site: Site, now: number): void {
  if (record.actions.length === 0) return;
  const open = new Set(record.actions.filter(isOpen).map(({ id }) => id));
  const kept = record.nudged?.filter((key) => open.has(key.split(' ')[0] ?? '')) ?? [];
  if (kept.length > 0) record.nudged = kept;
  else delete record.nudged;
  unwind(record, 'nudge');
  if (owes(record, 'nudge')) return;
  const next = nudgesLeft(kind, record, site)[0];
  if (next) record.jobs.push(job('nudge', Math.max(next.at, now)));
}

/** For a job's outcome: these went out, and the next is wound. May be called on any fresh copy. */
export function settleNudged(
  record: RecordDoc,
  kind: AnyKind,
  nudges: readonly Nudge[],
  site: Site,
  now: number,
): void {
  record.nudged = [...new Set([...(record.nudged ?? []), ...nudges.map(({ key }) => key)])];
  windNudges(record, kind, site, now);
}
