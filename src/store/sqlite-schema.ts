import type { DatabaseSync } from 'node:sqlite';

/**
 * Append only: entry n brings a file from user_version n to n + 1. Files in the field have run the earlier ones.
 *
 * `n` is the row number that search points to; `version` is the etag, drawn from `counter` so that no version ever
 * comes back, not even when a document is removed and created anew. `search` stands before `body` so that scanning it
 * does not read the body's overflow pages. The indexes end in expiresAt, so that counting needs no row at all, and
 * are partial, so that a receipt costs three of them and not ten.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE docs (
    n INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    kind TEXT,
    status TEXT,
    open INTEGER,
    severity TEXT,
    owner TEXT,
    dueAt TEXT,
    createdAt TEXT NOT NULL,
    updatedAt TEXT,
    wakeAt TEXT,
    expiresAt TEXT,
    search TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX docs_key ON docs (site, id);
  CREATE INDEX docs_created ON docs (site, type, createdAt, id, expiresAt);
  CREATE INDEX docs_kind ON docs (site, type, kind, createdAt, id, expiresAt) WHERE kind IS NOT NULL;
  CREATE INDEX docs_open ON docs (site, type, createdAt, id, kind, expiresAt) WHERE open = 1;
  CREATE INDEX docs_owner ON docs (site, type, owner, createdAt, id, expiresAt) WHERE owner IS NOT NULL;
  CREATE INDEX docs_open_owner ON docs (site, type, owner, createdAt, id, expiresAt)
    WHERE owner IS NOT NULL AND open = 1;
  CREATE INDEX docs_status ON docs (site, type, status, createdAt, id, expiresAt) WHERE status IS NOT NULL;
  CREATE INDEX docs_severity ON docs (site, type, severity, createdAt, id, expiresAt) WHERE severity IS NOT NULL;
  CREATE INDEX docs_updated ON docs (site, type, updatedAt, createdAt, id, expiresAt) WHERE updatedAt IS NOT NULL;
  CREATE INDEX docs_due ON docs (site, type, dueAt, createdAt, id, expiresAt) WHERE dueAt IS NOT NULL;
  CREATE INDEX docs_wake ON docs (wakeAt, site, id, expiresAt) WHERE wakeAt IS NOT NULL;
  CREATE INDEX docs_expiry ON docs (expiresAt) WHERE expiresAt IS NOT NULL;
  CREATE TABLE counter (value INTEGER NOT NULL) STRICT;
  INSERT INTO counter VALUES (0);
  CREATE VIRTUAL TABLE docs_search
    USING fts5(text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
  CREATE VIRTUAL TABLE docs_terms USING fts5vocab(docs_search, 'instance');
  `,
];

/** Brings the file to the present schema. Safe when two processes open the file at once. */
export function migrate(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const { user_version: from } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (from > migrations.length) {
      throw new Error(
        `the database file has schema ${from}, this program knows ${migrations.length}: run the newer program`,
      );
    }
    for (const sql of migrations.slice(from)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
