/** The departments that a record is sent to, and what they have answered (capability `departments`). */
import type { TaskSort } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { giveTasks } from './give-tasks.ts';
import type { By, Change, RecordDoc } from './record.ts';
import type { Task } from './task.ts';
import { isOpen } from './task.ts';

/** Which ones: as the site says for this type, else as the kind does. */
export function departmentsOf(
  kind: AnyKind,
  site: Site,
  record: Pick<RecordDoc, 'fields'>,
): readonly string[] {
  const rule = kind.can.departments;
  if (!rule) return [];
  const type = String(record.fields[rule.by]);
  return site.departments?.[type] ?? rule.roles[type] ?? [];
}

/** Asks each department, where the verb is the one that does. Call with the new status already in the record. */
export function askDepartments(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: By,
  now: number,
  verb: string,
): Change[] {
  const rule = kind.can.departments;
  if (rule?.on !== verb) return [];
  const asks = departmentsOf(kind, site, doc).map((what) => ({ what }));
  return giveTasks(doc, kind, site, actor, now, rule.sort, asks);
}

export interface Round {
  sort: TaskSort;
  tasks: readonly Task[];
  /** Those still without an answer. */
  missing: readonly Task[];
}

/** What was asked when the record was last sent round; undefined: it never was, or has begun anew since. */
export function roundOf(kind: AnyKind, record: RecordDoc): Round | undefined {
  const rule = kind.can.departments;
  const sort = rule && kind.can.tasks?.[rule.sort];
  const to = rule && kind.verbs[rule.on]?.to;
  const asked = to === undefined ? undefined : record.entered[to];
  if (!sort || asked === undefined || asked < (record.reopenedAt ?? '')) return undefined;
  const tasks = record.actions.filter((task) => task.sort === rule.sort && task.since >= asked);
  return tasks.length === 0 ? undefined : { sort, tasks, missing: tasks.filter(isOpen) };
}
