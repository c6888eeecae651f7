/** Until when a record's files must be kept, and that they go only then (capability `archive`). */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { localDate } from '../site/zone.ts';
import type { ChangeResult } from './change.ts';
import { change, record } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { job } from './job.ts';
import type { Evidence, RecordDoc } from './record.ts';
import type { UnfilePayload } from './uploads.ts';

/** The last day of keeping, local; or the field that says nothing yet. */
export type Retention = { until: string } | { missing: string };

export function retentionOf(kind: AnyKind, record: RecordDoc, site: Site): Retention | undefined {
  const retention = kind.can.archive?.retention;
  if (!retention) return undefined;
  const rule = retention.rules[String(record.fields[retention.by])];
  if (!rule) return { missing: retention.by };
  const from =
    rule.from === 'createdAt'
      ? localDate(site.timeZone, Date.parse(record.createdAt))
      : record.fields[rule.from];
  if (typeof from !== 'string') return { missing: rule.from };
  const year = Number(from.slice(0, 4)) + rule.years;
  return { until: rule.wholeYear ? `${year}-12-31` : sameDay(year, from.slice(5)) };
}

/** A day of the year; 29 February is the 28th where there is none. */
function sameDay(year: number, day: string): string {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}-${day === '02-29' && !leap ? '02-28' : day}`;
}

export const isAdministrator = (site: Site, id: string): boolean =>
  site.administrators?.includes(id) === true;

/** The files that are there. */
export const keptFiles = (record: RecordDoc): (Evidence & { key: string; sha256: string; size: number })[] =>
  record.evidence.filter(
    (one): one is Evidence & { key: string; sha256: string; size: number } =>
      one.key !== undefined && one.sha256 !== undefined && one.removed === undefined,
  );

/** What stands in the way of deleting its files now, if anything. */
export function keepsFiles(kind: AnyKind, record: RecordDoc, site: Site, now: number): AppError | undefined {
  const { id } = record;
  if (keptFiles(record).length === 0) return new AppError('no_file', { id });
  const retention = retentionOf(kind, record, site);
  // A kind that says nothing of keeping keeps for ever.
  if (!retention) return new AppError('must_be_kept', { id, until: text('永久', 'for ever') });
  if (record.status === kind.can.archive?.active) return new AppError('still_valid', { id });
  if ('missing' in retention)
    return new AppError('keep_unknown', {
      id,
      field: kind.fields[retention.missing]?.label ?? retention.missing,
    });
  return localDate(site.timeZone, now) > retention.until
    ? undefined
    : new AppError('must_be_kept', { id, until: retention.until });
}

/**
 * Deletes a record's files. The record stays, with their names and hashes, and who did it when and why.
 * @throws AppError not_found, stale, admin_only, no_file, still_valid, keep_unknown, must_be_kept, invalid
 */
export async function removeFiles(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string; rev: number | undefined; reason: string | undefined },
): Promise<ChangeResult> {
  return change(deps, site, what.id, what.rev, (doc, kind, now) => {
    if (!isAdministrator(site, actor.id)) throw new AppError('admin_only');
    const fault = keepsFiles(kind, doc, site, now);
    if (fault) throw fault;
    const note = what.reason?.trim();
    if (!note)
      throw new AppError(
        'invalid',
        {},
        { faults: [{ field: 'reason', label: text('原因', 'Reason'), what: text('必填', 'is required') }] },
      );
    const from = doc.evidence;
    const removed = { at: iso(now), by: { id: actor.id, name: actor.name } };
    const keys = keptFiles(doc).map(({ key }) => key);
    doc.evidence = from.map((one) => {
      const rest = { ...one };
      delete rest.key;
      return one.key === undefined ? one : { ...rest, removed };
    });
    for (const key of keys) doc.jobs.push(job('unfile', now, { key } satisfies UnfilePayload));
    record(doc, kind, site, actor, now, { verb: 'remove_file', note }, [
      { field: '@evidence', from, to: doc.evidence },
    ]);
  });
}
