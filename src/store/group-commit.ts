import type { DatabaseSync, StatementSync } from 'node:sqlite';

interface Write {
  run: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Writes of one transaction; more wait for the next turn of the event loop, so that reads and sockets get theirs. */
const batchLimit = 256;

/**
 * While another process holds the file, BEGIN waits this long (milliseconds, the event loop standing still) and then
 * lets the loop turn before it tries again, so often at most: some ten seconds in all.
 */
const busyWait = 50;
const busyTries = 200;
const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === 5;

/**
 * Writes that arrive in one turn of the event loop share a transaction and so one flush to disk. A promise resolves
 * only after its COMMIT has returned. The whole transaction runs in one synchronous stretch: nothing on this
 * connection can read what is not committed.
 */
export class GroupCommit {
  readonly #db: DatabaseSync;
  readonly #chores: () => void;
  readonly #sql: Record<'begin' | 'commit' | 'rollback' | 'save' | 'release' | 'undo', StatementSync>;
  #queue: Write[] = [];
  #scheduled = false;
  #closed = false;
  #busy = 0;
  #commits = 0;
  #writes = 0;

  /** @param chores runs inside every transaction, after the writes; what it throws undoes only itself. */
  constructor(db: DatabaseSync, chores: () => void) {
    this.#db = db;
    this.#chores = chores;
    db.exec(`PRAGMA busy_timeout = ${busyWait}`);
    this.#sql = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      rollback: db.prepare('ROLLBACK'),
      save: db.prepare('SAVEPOINT write'),
      release: db.prepare('RELEASE write'),
      undo: db.prepare('ROLLBACK TO write'),
    };
  }

  /** Transactions committed and writes in them, since the start. */
  stats(): { commits: number; writes: number } {
    return { commits: this.#commits, writes: this.#writes };
  }

  write<T>(run: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, resolve: resolve as (value: unknown) => void, reject });
      this.#schedule();
    });
  }

  /** Commits what waits and takes nothing more. */
  close(): void {
    this.#closed = true;
    while (this.#queue.length > 0) this.#flush();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    const batch = this.#queue.splice(0, batchLimit);
    if (batch.length === 0) return;
    const answers: (() => void)[] = [];
    let done = 0;
    try {
      if (!this.#begin()) {
        this.#queue.unshift(...batch);
        return;
      }
      for (const write of batch) {
        try {
          const value = this.#alone(write.run);
          done++;
          answers.push(() => write.resolve(value));
        } catch (error) {
          // A full disk or an I/O error ends the whole transaction by itself: then no write of it may be acknowledged.
          if (!this.#db.isTransaction) throw error;
          answers.push(() => write.reject(error));
        }
      }
      this.#runChores();
      this.#sql.commit.run();
    } catch (error) {
      if (this.#db.isTransaction) this.#sql.rollback.run();
      for (const write of batch) write.reject(error);
      return;
    }
    if (done > 0) this.#commits++;
    this.#writes += done;
    for (const answer of answers) answer();
  }

  /** False: another process is writing, try again. Throws when that has gone on for too long. */
  #begin(): boolean {
    try {
      this.#sql.begin.run();
      this.#busy = 0;
      return true;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (++this.#busy < busyTries) return false;
      this.#busy = 0;
      throw error;
    }
  }

  #alone<T>(run: () => T): T {
    this.#sql.save.run();
    try {
      const value = run();
      this.#sql.release.run();
      return value;
    } catch (error) {
      if (this.#db.isTransaction) {
        this.#sql.undo.run();
        this.#sql.release.run();
      }
      throw error;
    }
  }

  #runChores(): void {
    try {
      this.#alone(this.#chores);
    } catch (error) {
      // Chores come again with a later batch; the writes of this one must not suffer for them.
      if (!this.#db.isTransaction) throw error;
    }
  }
}
