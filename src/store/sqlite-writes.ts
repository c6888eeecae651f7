import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Clock, iso } from '../clock.ts';
import { decodeKey, encodeKey } from './keys.ts';
import { fold } from './search-text.ts';
import { type Doc, ExistsError, StaleError } from './store.ts';

/** Expired rows deleted at once, and how often we look: a write never waits for more than this. */
const sweepLimit = 500;
const sweepEvery = 60_000;

const columns = [
  'site',
  'id',
  'type',
  'kind',
  'status',
  'open',
  'severity',
  'owner',
  'dueAt',
  'createdAt',
  'updatedAt',
  'wakeAt',
  'expiresAt',
  'search',
  'body',
];

/** A document as a row, taken when the caller hands it over, so that later changes to the object do not count. */
export type Row = Record<string, string | number | null> & { site: string; id: string; search: string };

export function rowOf(doc: Doc): Row {
  return {
    site: encodeKey(doc.site),
    id: encodeKey(doc.id),
    type: doc.type,
    kind: doc.kind ?? null,
    status: doc.status ?? null,
    open: doc.open === undefined ? null : Number(doc.open),
    severity: doc.severity ?? null,
    owner: doc.owner ?? null,
    dueAt: doc.dueAt ?? null,
    createdAt: doc.createdAt ?? '',
    updatedAt: doc.updatedAt ?? null,
    wakeAt: doc.wakeAt ?? null,
    expiresAt: doc.expiresAt ?? null,
    search: fold(doc.searchText ?? ''),
    // JSON.stringify escapes NUL and lone surrogates, so what comes back is what was stored.
    body: JSON.stringify(doc),
  };
}

export interface Writes {
  create(row: Row): string;
  replace(row: Row, etag: string): string;
  /** Site and id are encoded. */
  remove(site: string, id: string, etag: string): void;
  /** Deletes some of what has expired, if it is time to. */
  sweep(): void;
}

/** The statements that change rows; each call is one write and must run inside a transaction. */
export function prepareWrites(db: DatabaseSync, clock: Clock): Writes {
  const nextVersion = db.prepare('UPDATE counter SET value = value + 1 RETURNING value');
  const insert = db.prepare(
    `INSERT INTO docs (${columns.join(', ')}, version) VALUES (${columns.map((c) => `:${c}`).join(', ')}, :version)
     ON CONFLICT DO NOTHING`,
  );
  // SQLite rewrites the entry of every index whose columns an UPDATE names, changed or not; most writes (a lease, a job
  // that is done) change wakeAt alone. So an UPDATE names what differs, and there is one statement for each such set.
  const compared = columns.filter((column) => !['site', 'id', 'body'].includes(column));
  const updates = new Map<string, StatementSync>();
  const updateOf = (changed: readonly string[]): StatementSync => {
    const key = changed.join();
    let statement = updates.get(key);
    if (!statement) {
      const sets = ['body', 'version', ...changed].map((column) => `${column} = :${column}`);
      updates.set(key, (statement = db.prepare(`UPDATE docs SET ${sets.join(', ')} WHERE n = :n`)));
    }
    return statement;
  };
  const find = db.prepare(
    `SELECT n, ${compared.join(', ')} FROM docs
     WHERE site = ? AND id = ? AND version = ? AND (expiresAt IS NULL OR expiresAt >= ?)`,
  );
  const findDead = db.prepare('SELECT n FROM docs WHERE site = ? AND id = ? AND expiresAt < ?');
  const listDead = db.prepare('SELECT n FROM docs WHERE expiresAt < ? LIMIT ?');
  const drop = db.prepare('DELETE FROM docs WHERE n = ?');
  const addText = db.prepare('INSERT INTO docs_search (rowid, text) VALUES (?, ?)');
  const dropText = db.prepare('DELETE FROM docs_search WHERE rowid = ?');

  const version = () => (nextVersion.get() as { value: number }).value;
  const index = (n: number | bigint, text: string) => {
    // The two spaces make every character begin a trigram: see selectCandidates.
    if (text !== '') addText.run(n, `${text}  `);
  };
  const discard = (n: number) => {
    dropText.run(n);
    drop.run(n);
  };
  const present = (site: string, id: string, etag: string) =>
    find.get(site, id, Number(etag), iso(clock.now())) as (Row & { n: number }) | undefined;

  let sweptAt = -Infinity;

  return {
    create(row) {
      const dead = findDead.get(row.site, row.id, iso(clock.now())) as { n: number } | undefined;
      if (dead) discard(dead.n);
      const value = version();
      const { changes, lastInsertRowid } = insert.run({ ...row, version: value });
      if (changes === 0) throw new ExistsError(decodeKey(row.site), decodeKey(row.id));
      index(lastInsertRowid, row.search);
      return String(value);
    },
    replace(row, etag) {
      const old = present(row.site, row.id, etag);
      if (!old) throw new StaleError(decodeKey(row.site), decodeKey(row.id));
      const value = version();
      const changed = compared.filter((name) => old[name] !== row[name]);
      const values: Record<string, string | number | null> = { n: old.n, version: value, body: row['body']! };
      for (const name of changed) values[name] = row[name] ?? null;
      updateOf(changed).run(values);
      if (old.search !== row.search) {
        if (old.search !== '') dropText.run(old.n);
        index(old.n, row.search);
      }
      return String(value);
    },
    remove(site, id, etag) {
      const old = present(site, id, etag);
      if (!old) throw new StaleError(decodeKey(site), decodeKey(id));
      discard(old.n);
    },
    sweep() {
      const now = clock.now();
      if (now - sweptAt < sweepEvery) return;
      const dead = listDead.all(iso(now), sweepLimit) as { n: number }[];
      for (const { n } of dead) discard(n);
      // A full batch means that more waits: go on with the next write.
      if (dead.length < sweepLimit) sweptAt = now;
    },
  };
}
