/** Which of two records of one number is the later revision, and that they are compared (capability `archive`). */
import type { AnyKind } from '../kinds/index.ts';
import { job } from './job.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';

/** Compared as people mean it: `QA-2026-03` and `qa-2026－03 ` are one number. */
export const plainNumber = (value: unknown): string =>
  String(value ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .toLowerCase();

/** Undefined where there is no number, or it is not valid any more. */
export function revisionMark(kind: AnyKind, record: RecordDoc): string | undefined {
  const rule = kind.can.archive;
  if (!rule || record.status !== rule.active || !filled(record.fields[rule.number])) return undefined;
  return `${plainNumber(record.fields[rule.number])}|${plainNumber(record.fields[rule.rev])}`;
}

/** Leaves a job that compares it with the others of its number, unless that was done for this number and revision. */
export function windRevision(record: RecordDoc, kind: AnyKind, now: number): void {
  const mark = revisionMark(kind, record);
  if (mark === undefined || record.revised === mark) return;
  if (record.jobs.some((owed) => owed.type === 'revise' && !owed.failed)) return;
  record.jobs.push(job('revise', now));
}

/** Whether `one` is the later: by its revision where both are written alike, else by when it came. */
export function isLater(kind: AnyKind, one: RecordDoc, other: RecordDoc): boolean {
  const rev = kind.can.archive?.rev ?? '';
  const by = compareRevisions(one.fields[rev], other.fields[rev]);
  if (by !== 0) return by > 0;
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt;
}

const numbers = new Intl.Collator('en', { numeric: true });

/** Positive: the first is later. Zero where they are equal, or nobody can tell: `A` after `3`, or before it? */
export function compareRevisions(one: unknown, other: unknown): number {
  const [a, b] = [bare(one), bare(other)];
  if (/^\d+(\.\d+)*$/.test(a) && /^\d+(\.\d+)*$/.test(b)) return numbers.compare(a, b);
  if (/^[a-z]{1,2}$/.test(a) && /^[a-z]{1,2}$/.test(b))
    return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  return 0;
}

/** `Rev. B`, `V2`, `B版` without the word. */
const bare = (value: unknown): string =>
  plainNumber(value)
    .replace(/^(?:revision|rev|ver|v|版本|第)[.:]?(?=[a-z\d])/, '')
    .replace(/版$/, '');
