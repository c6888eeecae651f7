/** The clocks of a record: which run now, and when each is due. */
import type { ClockRule, Duration, Severity } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { dueAt } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';

export interface RunningClock {
  /** Its place among the kind's clocks. */
  index: number;
  rule: ClockRule;
  /** Milliseconds. */
  due: number;
}

/** Clocks that have started and not ended, earliest due first. Ended records have none. */
export function runningClocks(kind: AnyKind, record: RecordDoc, site: Site): RunningClock[] {
  if (!record.open) return [];
  const running: RunningClock[] = [];
  kind.clocks.forEach((rule, index) => {
    const within = rule.within[record.severity];
    const start = startOf(rule, record);
    if (within === undefined || start === undefined || hasEnded(rule, record, start)) return;
    running.push({ index, rule, due: dueOnce(site, record.severity, start, within) });
  });
  return running.sort((a, b) => a.due - b.due);
}

/** Due times of a site that are kept before the oldest go: of some hundred records that are being worked on. */
const maxDues = 4_000;
const dues = new WeakMap<Site, Map<string, number>>();

/**
 * A change asks for its record's clocks half a dozen times (to save it, for its card, for its other cards a moment
 * later), and counting working days costs 10 µs a clock. A site that was changed is another object.
 */
function dueOnce(site: Site, severity: Severity, start: string, within: Duration): number {
  let known = dues.get(site);
  if (!known) dues.set(site, (known = new Map()));
  const key = `${start} ${within} ${severity}`;
  let due = known.get(key);
  if (due === undefined) {
    due = dueAt(site, severity, Date.parse(start), within);
    if (known.size >= maxDues) known.delete(known.keys().next().value as string);
    known.set(key, due);
  }
  return due;
}

function startOf(rule: ClockRule, record: RecordDoc): string | undefined {
  const reopened = record.reopenedAt ?? '';
  if (rule.from !== 'received_at') {
    const entered = record.entered[rule.from.status];
    return entered !== undefined && entered >= reopened ? entered : undefined;
  }
  const received = record.fields['received_at'];
  const first = typeof received === 'string' ? received : record.createdAt;
  return first > reopened ? first : reopened;
}

/** A status of `until` was entered after the start, and nothing came since that undoes it. */
function hasEnded(rule: ClockRule, record: RecordDoc, start: string): boolean {
  if (rule.untilField !== undefined && filled(record.fields[rule.untilField])) return true;
  const undone = (rule.resumes ?? []).map((status) => record.entered[status] ?? '');
  return (rule.until ?? []).some((status) => {
    const entered = record.entered[status];
    return entered !== undefined && entered >= start && undone.every((at) => at <= entered);
  });
}
