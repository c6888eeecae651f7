import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Clock, iso } from '../clock.ts';
import { GroupCommit } from './group-commit.ts';
import { dueOf, encodeKey, pageSize, readMark, writeMark } from './keys.ts';
import { wordsOf } from './search-text.ts';
import { migrate } from './sqlite-schema.ts';
import * as sql from './sqlite-query.ts';
import { prepareWrites, rowOf } from './sqlite-writes.ts';
import type { Doc, Filter, Store, Stored } from './store.ts';

/** How long opening waits for another process that opens or migrates the same file, in milliseconds. */
const openTimeout = 5000;

/** Rows that a word may lead to and still be rare. Where every word is common, search walks newest first instead. */
const rareLimit = 2000;

export interface SqliteStore extends Store {
  /** Copies the whole store, as of one moment, into a new file, while it is in use. */
  backup(toFile: string): Promise<void>;
  /** Transactions committed and writes in them, since the store was opened. */
  stats(): { commits: number; writes: number };
}

interface Found {
  id: string;
  version: number;
  createdAt: string;
  body: string;
}

const stored = <T extends Doc>({ version, body }: Pick<Found, 'version' | 'body'>): Stored<T> => ({
  doc: JSON.parse(body) as T,
  etag: String(version),
});

/** The embedded store: one file, or memory alone with ':memory:'. Several processes may have the file open. */
export function openSqliteStore(options: { file: string; clock: Clock }): SqliteStore {
  const { file, clock } = options;
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: openTimeout });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY');
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }

  const writes = prepareWrites(db, clock);
  const group = new GroupCommit(db, () => writes.sweep());
  const now = () => iso(clock.now());

  const kept = new Map<string, StatementSync>();
  const prepared = (text: string): StatementSync => {
    let statement = kept.get(text);
    if (!statement) kept.set(text, (statement = db.prepare(text)));
    return statement;
  };
  const all = <R>({ text, values }: sql.Sql): R[] => prepared(text).all(...values) as R[];

  return {
    async read<T extends Doc>(site: string, id: string) {
      const row = prepared(
        'SELECT version, body FROM docs WHERE site = ? AND id = ? AND (expiresAt IS NULL OR expiresAt >= ?)',
      ).get(encodeKey(site), encodeKey(id), now());
      return row && stored<T>(row as unknown as Found);
    },
    async create(doc) {
      const row = rowOf(doc);
      return group.write(() => writes.create(row));
    },
    async replace(doc, etag) {
      const row = rowOf(doc);
      return group.write(() => writes.replace(row, etag));
    },
    async remove(site, id, etag) {
      return group.write(() => writes.remove(encodeKey(site), encodeKey(id), etag));
    },
    async query<T extends Doc>(site: string, filter: Filter, limit: number, after?: string) {
      const size = pageSize(limit);
      const mark = after === undefined ? undefined : readMark(after);
      const rows = all<Found>(sql.selectPage(site, filter, now(), size + 1, mark));
      const items = rows.slice(0, size);
      const last = items.at(-1);
      return {
        items: items.map((row) => stored<T>(row)),
        ...(rows.length > size && last && { next: writeMark({ createdAt: last.createdAt, key: last.id }) }),
      };
    },
    async count(site, filter) {
      return all<{ n: number }>(sql.selectCount(site, filter, now()))[0]!.n;
    },
    async search<T extends Doc>(site: string, filter: Filter, text: string, limit: number) {
      const words = wordsOf(text);
      const size = pageSize(limit);
      if (words.length === 0)
        return all<Found>(sql.selectPage(site, filter, now(), size)).map((row) => stored<T>(row));
      for (const way of sql.selectCandidates(words, rareLimit + 1)) {
        const rows = all<{ n: number }>(way).map(({ n }) => n);
        if (rows.length <= rareLimit) {
          const among = sql.selectAmong(site, filter, now(), size, words, rows);
          return all<Found>(among).map((row) => stored<T>(row));
        }
      }
      const walking = sql.selectWalking(site, filter, now(), size, words);
      return all<Found>(walking).map((row) => stored<T>(row));
    },
    async due(until, limit, from = '') {
      const rows = prepared(sql.selectDue).all(
        from,
        until,
        now(),
        Math.max(0, Math.trunc(limit)),
      ) as unknown as Parameters<typeof dueOf>[0][];
      return rows.map(dueOf);
    },
    async nextWake() {
      const row = prepared(sql.selectNextWake).get(now()) as { wakeAt: string } | undefined;
      return row?.wakeAt;
    },
    async ping() {
      // A transaction that takes the write lock and changes nothing: a read-only or locked file fails here.
      await group.write(() => prepared('SELECT value FROM counter').get());
    },
    async close() {
      if (!db.isOpen) return;
      group.close();
      db.close();
    },
    async backup(toFile) {
      await backup(db, toFile);
    },
    stats: () => group.stats(),
  };
}
