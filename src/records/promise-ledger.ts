/** Dates promised to the customer, from a record's history: given, moved, kept or missed (capability `promised`). */
import type { Fault } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { addDays, instantOf } from '../site/zone.ts';
import type { Facts } from './needs.ts';
import { filled } from './needs.ts';
import type { By, RecordDoc } from './record.ts';

export interface PromiseMove {
  from: string;
  to: string;
  by: By;
  /** ISO UTC. */
  at: string;
  why?: string;
}

export interface Promised {
  /** The date first given, and the one that stands: local dates. */
  original: string;
  date: string;
  by: By;
  at: string;
  moves: PromiseMove[];
  /** `withdrawn`: taken back before its day was over. */
  outcome: 'open' | 'kept' | 'missed' | 'withdrawn';
  /** When it was kept, or its day was over without that. Milliseconds; absent while it is open or was withdrawn. */
  decidedAt?: number;
}

/**
 * The promises of a record, oldest first. A promise is missed when its day is over before it is kept, also where it is
 * moved afterwards: what was late does not become punctual. One that is kept, missed or withdrawn gives way to the next
 * date that is given.
 */
export function promisesOf(
  kind: AnyKind,
  record: Pick<RecordDoc, 'history'>,
  site: Site,
  now: number,
): Promised[] {
  const rule = kind.can.promised;
  if (!rule) return [];
  const found: Promised[] = [];
  let standing: unknown;
  const endOf = (date: string): number => instantOf(site.timeZone, addDays(date, 1), '00:00');
  /** The promise that still runs at a moment. */
  const running = (at: number): Promised | undefined => {
    const last = found.at(-1);
    if (last?.outcome !== 'open') return undefined;
    if (endOf(last.date) > at) return last;
    Object.assign(last, { outcome: 'missed', decidedAt: endOf(last.date) });
    return undefined;
  };
  for (const entry of record.history) {
    const at = Date.parse(entry.at);
    const change = entry.changes?.find(({ field }) => field === rule.date);
    const before = running(at);
    if (change) standing = change.to;
    if (typeof change?.to === 'string') {
      if (before) {
        const move = { from: before.date, to: change.to, by: entry.by, at: entry.at };
        before.moves.push(entry.note ? { ...move, why: entry.note } : move);
        before.date = change.to;
      } else
        found.push({
          original: change.to,
          date: change.to,
          by: entry.by,
          at: entry.at,
          moves: [],
          outcome: 'open',
        });
    } else if (change && before) before.outcome = 'withdrawn';
    const current = running(at);
    if (current && entry.to === rule.kept) Object.assign(current, { outcome: 'kept', decidedAt: at });
    else if (current && entry.to !== undefined && rule.withdrawn.includes(entry.to))
      current.outcome = 'withdrawn';
    const last = found.at(-1);
    // Ended by mistake and opened again: the date stands as before.
    if (kind.verbs[entry.verb]?.reopens && last?.outcome === 'withdrawn' && standing === last.date)
      last.outcome = 'open';
  }
  running(now);
  return found;
}

/** A promised date that is moved without a word, as a fault beside the reason. */
export function unexplainedMove(
  kind: AnyKind,
  record: RecordDoc,
  next: Facts,
  known: readonly Fault[],
): Fault[] {
  const name = kind.can.promised?.date;
  const before = name === undefined ? undefined : record.fields[name];
  if (name === undefined || !filled(before) || !filled(next[name]) || next[name] === before) return [];
  if (known.some(({ field }) => field === 'reason')) return [];
  const label = kind.fields[name]?.label ?? text(name, name);
  return [
    {
      field: 'reason',
      label: text('原因', 'Reason'),
      what: text(`改动“${label.zh}”时必填`, `is required to move the ${label.en.toLowerCase()}`),
    },
  ];
}
