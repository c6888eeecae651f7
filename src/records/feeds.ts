/** A record tells another one what has become of it (capability `feeds`): of two documents, each has a write of its own. */
import type { AnyKind } from '../kinds/index.ts';
import { job } from './job.ts';
import type { RecordDoc } from './record.ts';

export interface Feed {
  to: string;
  values: Record<string, unknown>;
}

/** What the other record is to say now; undefined where there is none. */
export function feedOf(kind: AnyKind, record: RecordDoc): Feed | undefined {
  const feeds = kind.can.feeds;
  const to = feeds && record.fields[feeds.record];
  if (!feeds || typeof to !== 'string') return undefined;
  const values = feeds.sets.map(({ field, from, in: statuses }) => {
    const holds = statuses === undefined || statuses.includes(record.status);
    return [field, !holds ? undefined : from === '@id' ? record.id : record.fields[from]] as const;
  });
  return { to: to.toUpperCase(), values: Object.fromEntries(values) };
}

/** The same feed has the same key. */
export const keyOf = (feed: Feed | undefined): string => (feed ? JSON.stringify(feed) : '');

/** Leaves a job while the other record has not been told what holds now. */
export function windFeed(record: RecordDoc, kind: AnyKind, now: number): void {
  if (!kind.can.feeds || record.fed === keyOf(feedOf(kind, record))) return;
  if (!record.jobs.some(({ type, failed }) => type === 'feed' && !failed)) record.jobs.push(job('feed', now));
}
