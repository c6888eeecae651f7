/** The clocks of a record: which run now, and when each is due. */
import type { ClockRule, Duration, Severity } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { dueAt } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import { filled, holds } from './needs.ts';
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
    if (rule.when && !holds(rule.when, record.fields)) return;
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
    const at = 'field' in rule.from ? record.fields[rule.from.field] : record.entered[rule.from.status];
    const entered = typeof at === 'string' ? at : undefined;
    return entered !== undefined && entered >= reopened ? entered : undefined;
  }
  const received = record.fields['received_at'];
  const first = typeof received === 'string' ? received : record.createdAt;
  return first > reopened ? first : reopened;
}

/**
 * When the running out of a clock is to be told next: when it is due, then every `repeat`; undefined once that is done.
 * Moments that passed while nobody was there to tell them are one.
 */
export function tellAt(
  record: RecordDoc,
  site: Site,
  { index, rule, due }: RunningClock,
): number | undefined {
  const told = record.told?.[String(index)];
  if (told === undefined) return due;
  const last = Date.parse(told);
  if (rule.repeat === undefined) return last === due ? undefined : due;
  return last < due ? due : dueOnce(site, record.severity, told, rule.repeat);
}

/** The telling that is done at `now`: the last one that was due by then. */
export function lastTelling(record: RecordDoc, site: Site, clock: RunningClock, now: number): number {
  let at = tellAt(record, site, clock) ?? clock.due;
  const { repeat } = clock.rule;
  for (let next = at; repeat !== undefined && next <= now;) {
    at = next;
    next = dueOnce(site, record.severity, new Date(at).toISOString(), repeat);
  }
  return at;
}

/** A status of `until` was entered after the start, and nothing came since that undoes it. */
function hasEnded(rule: ClockRule, record: RecordDoc, start: string): boolean {
  if ([rule.untilField ?? []].flat().some((name) => filled(record.fields[name]))) return true;
  const undone = (rule.resumes ?? []).map((status) => record.entered[status] ?? '');
  return (rule.until ?? []).some((status) => {
    const entered = record.entered[status];
    return entered !== undefined && entered >= start && undone.every((at) => at <= entered);
  });
}
