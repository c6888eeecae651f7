/** Lists and searches of records, for whoever may read them. */
import { AppError } from '../errors.ts';
import type { Filter } from '../store/store.ts';
import { kindOf } from '../kinds/index.ts';
import { personOf } from '../site/site.ts';
import type { Site } from '../site/site.ts';
import { canDo, mayRead } from './access.ts';
import { load } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import type { RecordDoc } from './record.ts';
import { tasksWaitingFor } from './task-access.ts';
import { searchTextOf } from './title.ts';
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

/** Open records looked through for one person's work; a site with more has other troubles. */
const workLimit = 500;

/**
 * What waits for this person, most urgent first: open records that they own or have a task of, and those whose
 * next step is theirs by role while the owner, if there is one, cannot do it.
 */
export async function mine(deps: Deps, site: Site, actor: Actor, limit: number): Promise<RecordDoc[]> {
  const { records } = await list(deps, site, actor, { open: true }, workLimit);
  return records
    .filter((record) => waitsFor(site, record, actor))
    .sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))
    .slice(0, limit);
}

/** Whether the person is the one to act on it. */
export const waitsFor = (site: Site, record: RecordDoc, actor: Pick<Actor, 'id' | 'person'>): boolean =>
  record.owner === actor.id ||
  tasksWaitingFor(record, { id: actor.id, roles: actor.person?.roles ?? [] }).length > 0 ||
  isNext(site, record, actor);

function isNext(site: Site, record: RecordDoc, actor: Pick<Actor, 'id' | 'person'>): boolean {
  const kind = kindOf(record.kind);
  const verbs = Object.entries(kind?.verbs ?? {}).filter(
    ([, verb]) => verb.style === 'positive' && verb.from.includes(record.status),
  );
  const owner = record.owner === undefined ? undefined : personOf(site, record.owner);
  return verbs.some(([name]) => {
    const can = (id: string, roles: readonly string[]) =>
      kind !== undefined && canDo(kind, name, record, { id, roles });
    return can(actor.id, actor.person?.roles ?? []) && !(owner && can(owner.aadObjectId, owner.roles));
  });
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
  return found
    .map((item) => upgrade(item.doc))
    .filter((record) => {
      const seen = mayRead(record, actor);
      return seen === 'all' || (seen === 'customer' && isFoundByCustomer(record, words));
    });
}

/** Words that a customer may not read are not to be guessed by searching for them either. */
function isFoundByCustomer(record: RecordDoc, words: string): boolean {
  const kind = kindOf(record.kind);
  if (!kind) return false;
  const hidden = new Set<string>([...kind.internal, 'raw_text', 'said_by']);
  const fields = Object.fromEntries(Object.entries(record.fields).filter(([name]) => !hidden.has(name)));
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  const seen = plain(searchTextOf(kind, { id: record.id, fields }));
  return plain(words)
    .split(/[\s，、；。,;]+/)
    .every((word) => seen.includes(word));
}
