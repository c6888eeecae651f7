/** Lists and searches of records, for whoever may read them. */
import { AppError } from '../errors.ts';
import type { Filter } from '../store/store.ts';
import type { Site } from '../site/site.ts';
import { mayRead } from './access.ts';
import { load } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import type { RecordDoc } from './record.ts';
import { upgrade } from './upgrade.ts';

export interface RecordPage {
  records: RecordDoc[];
  next?: string;
}

/** One record. @throws AppError not_found; also for those who may not read it, so that ids cannot be probed */
export async function show(deps: Deps, site: Site, actor: Actor, id: string): Promise<RecordDoc> {
  const { doc } = await load(deps, site, id);
  if (!mayRead(doc, actor)) throw new AppError('not_found', { id });
  return doc;
}

/** Records that match, newest first. */
export async function list(
  deps: Deps,
  site: Site,
  actor: Actor,
  filter: Omit<Filter, 'type'>,
  limit: number,
  after?: string,
): Promise<RecordPage> {
  const page = await deps.store.query<RecordDoc>(site.id, { ...filter, type: 'record' }, limit, after);
  const records = page.items.map((item) => upgrade(item.doc)).filter((record) => mayRead(record, actor));
  return page.next === undefined ? { records } : { records, next: page.next };
}

/** Open records that this person owns or reported, most urgent first. */
export async function mine(deps: Deps, site: Site, actor: Actor, limit: number): Promise<RecordDoc[]> {
  const owned = await list(deps, site, actor, { owner: actor.id, open: true }, limit);
  return owned.records.sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
}

/** Records that hold every word. */
export async function search(
  deps: Deps,
  site: Site,
  actor: Actor,
  words: string,
  limit: number,
): Promise<RecordDoc[]> {
  const found = await deps.store.search<RecordDoc>(site.id, { type: 'record' }, words, limit);
  return found.map((item) => upgrade(item.doc)).filter((record) => mayRead(record, actor));
}
