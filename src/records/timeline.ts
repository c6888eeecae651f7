/** What happened to a record and when, out of its history: nobody writes it down a second time. */
import type { AnyKind } from '../kinds/index.ts';
import type { HistoryEntry, RecordDoc } from './record.ts';

export interface Moment {
  /** ISO UTC. */
  at: string;
  /** Whole minutes since the start; before it, below 0. */
  minutes: number;
  /** What was done, or which end of the running time this is (capability `stopwatch`). */
  what: { entry: HistoryEntry } | { fact: 'start' | 'end' };
}

/** From the start of what it is about: the stop, where there is one, else the report. */
const startOf = (kind: AnyKind, record: RecordDoc): string => {
  const said = kind.can.stopwatch && record.fields[kind.can.stopwatch.from];
  return typeof said === 'string' ? said : record.createdAt;
};

/** Every moment, oldest first; things of one moment in the order in which they were done. */
export function timelineOf(kind: AnyKind, record: RecordDoc): Moment[] {
  const start = startOf(kind, record);
  const moment = (at: string, what: Moment['what']): Moment => ({
    at,
    minutes: Math.floor((Date.parse(at) - Date.parse(start)) / 60_000),
    what,
  });
  const watch = kind.can.stopwatch;
  const end = watch?.to.map((name) => record.fields[name]).find((value) => typeof value === 'string');
  return [
    ...(watch && typeof record.fields[watch.from] === 'string' ? [moment(start, { fact: 'start' })] : []),
    ...record.history.map((entry) => moment(entry.at, { entry })),
    ...(typeof end === 'string' ? [moment(end, { fact: 'end' })] : []),
  ].sort((a, b) => a.at.localeCompare(b.at));
}

/** What a customer's guest may know of: the course of the case, and what they signed. Not by whom of ours. */
export const isShared = (kind: AnyKind, { what }: Moment): boolean =>
  'fact' in what ||
  (what.entry.source !== 'rule' && what.entry.to !== undefined) ||
  kind.verbs[what.entry.verb]?.signs !== undefined;
