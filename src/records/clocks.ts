/** The clocks of a record: which run now, and when each is due. */
import type { ClockRule } from '../kinds/define.ts';
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
    if (within === undefined || start === undefined || hasEnded(rule, kind, record, start)) return;
    running.push({ index, rule, due: dueAt(site, record.severity, Date.parse(start), within) });
  });
  return running.sort((a, b) => a.due - b.due);
}

function startOf(rule: ClockRule, record: RecordDoc): string | undefined {
  if (rule.from !== 'received_at') return record.entered[rule.from.status];
  const received = record.fields['received_at'];
  return typeof received === 'string' ? received : record.createdAt;
}

/** A status later in the normal course than one of `until` has passed it, too: it was entered after the start. */
function hasEnded(rule: ClockRule, kind: AnyKind, record: RecordDoc, start: string): boolean {
  if (rule.untilField !== undefined && filled(record.fields[rule.untilField])) return true;
  const order = Object.keys(kind.statuses);
  return (rule.until ?? []).some((status) => {
    const entered = record.entered[status];
    if (entered !== undefined && entered >= start) return true;
    return order.indexOf(record.status) > order.indexOf(status) && kind.ended.includes(record.status);
  });
}
