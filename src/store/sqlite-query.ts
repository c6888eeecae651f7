import { encodeKey, type Mark } from './keys.ts';
import type { Filter } from './store.ts';

export type Value = string | number;

/** A statement and its values, in order. The text depends on the filter's shape only, so prepared ones are kept. */
export interface Sql {
  text: string;
  values: Value[];
}

/**
 * The index that leads to the fewest documents. Named outright, because without statistics the planner's own choice
 * may walk an owner's closed records to find the open ones.
 */
function indexFor(filter: Filter): string {
  if (filter.open === true) return filter.owner === undefined ? 'docs_open' : 'docs_open_owner';
  if (filter.owner !== undefined) return 'docs_owner';
  if (filter.status !== undefined) return 'docs_status';
  if (filter.severity !== undefined) return 'docs_severity';
  if (filter.createdFrom === undefined && filter.createdTo === undefined) {
    if (filter.updatedFrom !== undefined) return 'docs_updated';
    if (filter.dueTo !== undefined) return 'docs_due';
  }
  return filter.kind === undefined ? 'docs_created' : 'docs_kind';
}

/** Conditions on `docs` for a filter; `now` leaves out what has expired. */
function conditions(site: string, filter: Filter, now: string, after?: Mark): Sql {
  const parts = ['site = ?', 'type = ?'];
  const values: Value[] = [encodeKey(site), filter.type];
  const add = (part: string, ...more: Value[]) => {
    parts.push(part);
    values.push(...more);
  };
  for (const name of ['kind', 'status', 'severity', 'owner'] as const) {
    const value = filter[name];
    if (value !== undefined) add(`${name} = ?`, value);
  }
  // A literal: only so does SQLite see that the partial indexes fit.
  if (filter.open !== undefined) parts.push(`open = ${filter.open ? 1 : 0}`);
  if (filter.createdFrom !== undefined) add('createdAt >= ?', filter.createdFrom);
  // Documents without createdAt hold '' there; no range holds them.
  else if (filter.createdTo !== undefined) parts.push("createdAt > ''");
  // One upper bound only, the tighter: the planner seeks by one and would walk the rest.
  const beyond = filter.createdTo !== undefined && (!after || after.createdAt >= filter.createdTo);
  if (beyond) add('createdAt < ?', filter.createdTo!);
  else if (after) add('(createdAt, id) < (?, ?)', after.createdAt, after.key);
  if (filter.updatedFrom !== undefined) add('updatedAt >= ?', filter.updatedFrom);
  if (filter.dueTo !== undefined) add('dueAt < ?', filter.dueTo);
  add('(expiresAt IS NULL OR expiresAt >= ?)', now);
  return { text: parts.join(' AND '), values };
}

const newestFirst = 'ORDER BY createdAt DESC, id DESC';

/** Bodies are fetched for the chosen rows only, so that sorting never drags them along. */
const bodiesOf = (rows: string): string =>
  `SELECT id, version, createdAt, body FROM docs WHERE n IN (${rows}) ${newestFirst}`;

/** Holds every word of a JSON array, whatever their number. */
const holdsWords = 'NOT EXISTS (SELECT 1 FROM json_each(?) AS word WHERE instr(search, word.value) = 0)';

export function selectPage(site: string, filter: Filter, now: string, limit: number, after?: Mark): Sql {
  const { text, values } = conditions(site, filter, now, after);
  const rows = `SELECT n FROM docs INDEXED BY ${indexFor(filter)} WHERE ${text} ${newestFirst} LIMIT ?`;
  return { text: bodiesOf(rows), values: [...values, limit] };
}

export function selectCount(site: string, filter: Filter, now: string): Sql {
  const { text, values } = conditions(site, filter, now);
  return { text: `SELECT count(*) AS n FROM docs INDEXED BY ${indexFor(filter)} WHERE ${text}`, values };
}

/** Search by walking the filter's index, newest first: quick when the words are common. */
export function selectWalking(
  site: string,
  filter: Filter,
  now: string,
  limit: number,
  words: readonly string[],
): Sql {
  const { text, values } = conditions(site, filter, now);
  const rows = `SELECT n FROM docs INDEXED BY ${indexFor(filter)} WHERE ${text} AND ${holdsWords} ${newestFirst} LIMIT ?`;
  return { text: bodiesOf(rows), values: [...values, JSON.stringify(words), limit] };
}

/** Search among the rows that the trigram index named (NOT INDEXED still allows access by row number): quick when the words are rare. The words are checked again. */
export function selectAmong(
  site: string,
  filter: Filter,
  now: string,
  limit: number,
  words: readonly string[],
  rows: readonly number[],
): Sql {
  const { text, values } = conditions(site, filter, now);
  const chosen = `SELECT n FROM docs NOT INDEXED WHERE n IN (SELECT value FROM json_each(?)) AND ${text} AND ${holdsWords} ${newestFirst} LIMIT ?`;
  return {
    text: bodiesOf(chosen),
    values: [JSON.stringify(rows), ...values, JSON.stringify(words), limit],
  };
}

/**
 * Ways to the rows, of any site, that may hold the words; each names `limit` rows at most. Words of three characters
 * and more are trigram phrases (quoted, so nothing in them is syntax). A shorter word is the beginning of some trigram:
 * texts are indexed with two spaces behind them, so that even their last characters begin one.
 */
export function selectCandidates(words: readonly string[], limit: number): Sql[] {
  const isLong = (word: string) => [...word].length >= 3;
  // Eight narrow enough, all words being checked again; FTS5 limits how deep an expression may be.
  const phrases = words
    .filter(isLong)
    .slice(0, 8)
    .map((word) => `"${word.replaceAll('"', '""')}"`);
  const short = words.filter((word) => !isLong(word)).slice(0, 8);
  const ways = short.map((word) => ({
    text: 'SELECT DISTINCT doc AS n FROM docs_terms WHERE term >= ? AND term < ? LIMIT ?',
    values: [word, `${word}\u{10ffff}`, limit],
  }));
  if (phrases.length > 0)
    ways.unshift({
      text: 'SELECT rowid AS n FROM docs_search WHERE docs_search MATCH ? LIMIT ?',
      values: [phrases.join(' '), limit],
    });
  return ways;
}

export const selectDue = `SELECT site, id, wakeAt, kind FROM docs INDEXED BY docs_wake
  WHERE wakeAt >= ? AND wakeAt <= ? AND (expiresAt IS NULL OR expiresAt >= ?) ORDER BY wakeAt, site, id LIMIT ?`;
export const selectNextWake = `SELECT wakeAt FROM docs INDEXED BY docs_wake
  WHERE wakeAt IS NOT NULL AND (expiresAt IS NULL OR expiresAt >= ?) ORDER BY wakeAt LIMIT 1`;
