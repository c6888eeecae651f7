/** The one way in which a record changes: read, decide, write under its ETag; again if only bookkeeping came between. */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { StaleError } from '../store/store.ts';
import type { Stored } from '../store/store.ts';
import type { Actor, Deps } from './deps.ts';
import { followTasks } from './give-tasks.ts';
import { append } from './history.ts';
import { takeDue } from './job.ts';
import { settle } from './owed.ts';
import type { Change, HistoryEntry, RecordDoc } from './record.ts';
import { voided } from './signing.ts';
import { isTaskVerb } from './task.ts';
import { searchTextOf, titleIn } from './title.ts';
import { upgrade } from './upgrade.ts';

/** Attempts against other writers; a job's bookkeeping is short, so a handful is plenty. */
const attempts = 12;

export interface ChangeResult {
  record: RecordDoc;
  kind: AnyKind;
  /** Settles when what the change owes at once has been tried. */
  kicked: Promise<void>;
}

/** Thrown with code `stale`; carries the present record, so that the caller can show it. */
export class StaleRecord extends AppError {
  readonly record: RecordDoc;
  constructor(record: RecordDoc) {
    super('stale', { id: record.id });
    this.record = record;
  }
}

/** Thrown with code `merged` by whatever would change a record that was merged; its survivor is to be shown. */
export class MergedRecord extends AppError {
  readonly record: RecordDoc;
  constructor(record: RecordDoc) {
    super('merged', { id: record.id, into: record.into ?? '' });
    this.record = record;
  }
}

/** @throws AppError not_found */
export async function load(
  deps: Deps,
  site: Site,
  id: string,
): Promise<Stored<RecordDoc> & { kind: AnyKind }> {
  const stored = await deps.store.read<RecordDoc>(site.id, id);
  const kind = stored && stored.doc.type === 'record' ? kindOf(stored.doc.kind) : undefined;
  if (!stored || !kind) throw new AppError('not_found', { id });
  return { doc: upgrade(stored.doc), etag: stored.etag, kind };
}

/**
 * Whether since `rev` only the bot itself has written, or people to its tasks. A promotion that came a second before
 * must not turn away the person who answers it; whether the verb still fits is decided by the present status.
 */
const asideOnlySince = (record: RecordDoc, rev: number): boolean =>
  rev < record.rev && record.history.every((entry) => entry.rev <= rev || isAside(entry));

/** What people do with its tasks leaves the case itself as it was, save an answer: decisions rest on that. */
const isAside = (entry: HistoryEntry): boolean =>
  entry.source === 'rule' || (isTaskVerb(entry.verb) && entry.verb !== 'task-answer');

/** @throws StaleRecord if anybody has changed the record since `rev`; undefined: whatever revision it has */
export function assertFresh(record: RecordDoc, rev: number | undefined): void {
  if (rev !== undefined && rev !== record.rev && !asideOnlySince(record, rev)) throw new StaleRecord(record);
}

/**
 * Applies `alter` to the record at revision `rev` (undefined: at whatever revision it has) and writes it once.
 * `alter` may throw an AppError; nothing is changed then. It is called again, on a fresh copy, after a lost race.
 * @param merged whether the record may be one that was merged
 * @throws StaleRecord if the record has moved on from `rev`; MergedRecord; AppError conflict when every attempt lost
 */
export async function change(
  deps: Deps,
  site: Site,
  id: string,
  rev: number | undefined,
  alter: (record: RecordDoc, kind: AnyKind, now: number) => void,
  merged = false,
): Promise<ChangeResult> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { doc: record, etag, kind } = await load(deps, site, id);
    if (record.into !== undefined && !merged) throw new MergedRecord(record);
    assertFresh(record, rev);
    const now = deps.clock.now();
    alter(record, kind, now);
    settle(record, kind, site, now);
    takeDue(record, deps.instance, now);
    let written: string;
    try {
      written = await deps.store.replace(record, etag);
    } catch (error) {
      if (error instanceof StaleError) continue;
      throw error;
    }
    return { record, kind, kicked: deps.kick(record, written) };
  }
  throw new AppError('conflict');
}

export interface Note {
  verb: string;
  from?: string;
  to?: string;
  note?: string | undefined;
}

/** Writes values into the record and the act into its history; title, search text and revision follow. */
export function record(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  what: Note,
  changes: Change[],
): void {
  for (const { field, to } of changes) {
    if (field.startsWith('@')) continue;
    if (to === undefined) delete doc.fields[field];
    else doc.fields[field] = to;
  }
  changes = [...changes, ...followTasks(doc, kind, site, actor, now, changes)];
  changes = [...changes, ...voided(doc, kind, site, changes, now)];
  const title = titleIn(kind, doc.fields, site.language);
  if (title !== doc.title || doc.history.length === 0) {
    changes = [
      ...changes,
      { field: '@title', ...(doc.history.length > 0 ? { from: doc.title } : {}), to: title },
    ];
    doc.title = title;
  }
  doc.rev += 1;
  doc.updatedAt = iso(now);
  doc.open = !kind.ended.includes(doc.status) && !kind.can.archive;
  doc.searchText = searchTextOf(kind, doc);
  append(doc, {
    rev: doc.rev,
    at: iso(now),
    by: { id: actor.id, name: actor.name },
    verb: what.verb,
    ...(what.from !== undefined ? { from: what.from } : {}),
    ...(what.to !== undefined ? { to: what.to } : {}),
    ...(what.note ? { note: what.note } : {}),
    ...(changes.length > 0 ? { changes } : {}),
    source: actor.source,
  });
}

/** What the values change, against the fields as they are. */
export function changesOf(
  doc: Pick<RecordDoc, 'fields'>,
  values: Readonly<Record<string, unknown>>,
): Change[] {
  return Object.entries(values)
    .filter(([name, to]) => !same(doc.fields[name], to))
    .map(([field, to]) => {
      const from = doc.fields[field];
      return { field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    });
}

/** Those of the values that change something. */
export const newsOf = (
  doc: Pick<RecordDoc, 'fields'>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name, to]) => !same(doc.fields[name], to)));

/** A form shows times to the minute; one that comes back so was not changed. */
function same(from: unknown, to: unknown): boolean {
  if (isTime(from) && isTime(to)) return from.slice(0, 16) === to.slice(0, 16);
  return JSON.stringify(from) === JSON.stringify(to);
}

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:.*Z$/.test(value);
