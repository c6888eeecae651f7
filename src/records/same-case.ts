/** Whether two reports tell of one case (capability `single`). Pure. */
import type { AnyKind } from '../kinds/index.ts';
import { filled, holds } from './needs.ts';
import type { RecordDoc } from './record.ts';
import { isRunning } from './stopwatch.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What the report shares with others of its case; undefined where each report is a case of its own. */
export function caseKey(kind: AnyKind, fields: Facts): string | undefined {
  const single = kind.can.single;
  const value = single && fields[single.by];
  if (!single || !holds(single.when, fields) || !filled(value)) return undefined;
  const name = String(value).normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  return `single:${kind.id}|${name}`;
}

const timeOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? Date.parse(value) : undefined;

/**
 * What a report is to the record that holds its case: `join` if their times overlap, `reopen` if the case has begun
 * again soon after its end, `new` otherwise. Whatever still runs overlaps everything up to now.
 */
export function relation(
  kind: AnyKind,
  record: RecordDoc,
  report: Facts,
  now: number,
): 'join' | 'reopen' | 'new' {
  const single = kind.can.single;
  // A kind that leaves another end than those of `ends` (a false alarm) has no case to join.
  if (!single || (!record.open && !single.ends.includes(record.status))) return 'new';
  const endOf = (fields: Facts) => timeOf(single.to.map((name) => fields[name]).find(filled));
  const runs = isRunning(kind, report);
  const from = timeOf(report[single.from]) ?? now;
  const to = runs ? now : (endOf(report) ?? now);
  const start = timeOf(record.fields[single.from]) ?? Date.parse(record.createdAt);
  const over =
    single.ends.includes(record.status) || (record.level === undefined && !isRunning(kind, record.fields));
  if (!over) return to >= start ? 'join' : 'new';
  const end = endOf(record.fields) ?? Date.parse(record.updatedAt);
  if (!runs) return from <= end && to >= start ? 'join' : 'new';
  const soon = from - end <= single.reopen.withinMinutes * 60_000;
  return soon && kind.verbs[single.reopen.verb]?.from.includes(record.status) ? 'reopen' : 'new';
}
