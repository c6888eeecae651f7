import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { ExistsError, StaleError } from '../../src/store/store.ts';
import { storeContract } from './store.contract.ts';
import { ids, minute, numbered, record, records, testClock, type TestDoc } from './store-subject.ts';

storeContract({
  name: 'SQLite',
  open: async (clock) => openSqliteStore({ file: ':memory:', clock }),
});

describe('SQLite', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'store-'));
    file = join(directory, 'data', 'store.db');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const open = (clock = testClock()) => openSqliteStore({ file, clock });

  test('what was written is there after closing and opening again', async () => {
    const first = open();
    const etag = await first.create(record('A', { searchText: '线束', wakeAt: minute(1) }));
    const unawaited = first.create(record('B'));
    await first.close();
    await unawaited;
    await expect(first.create(record('C'))).rejects.toThrow('closed');
    await first.close();
    const second = open();
    expect((await second.read('demo', 'A'))!.etag).toBe(etag);
    expect(ids(await second.search('demo', records, '线束', 5))).toEqual(['A']);
    expect(await second.count('demo', records)).toBe(2);
    expect(await second.nextWake()).toBe(minute(1));
    await second.close();
  });

  test('the file is in write-ahead mode, so that readers never wait', async () => {
    const store = open();
    await store.create(record('A'));
    const reader = new DatabaseSync(file);
    expect(reader.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    reader.close();
    await store.close();
  });

  test('500 writes at once share a handful of commits, and one refusal harms no other', async () => {
    const store = open();
    const taken = await store.create(record('taken'));
    const before = store.stats();
    const creates = Array.from({ length: 500 }, (_, i) => store.create(record(`R${i}`)));
    const results = await Promise.allSettled([
      ...creates.slice(0, 250),
      store.create(record('taken')),
      store.replace(record('taken', { n: 1 }), `${taken}0`),
      ...creates.slice(250),
    ]);
    const refused = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
    expect(refused).toEqual([expect.any(ExistsError), expect.any(StaleError)]);
    expect(await store.count('demo', records)).toBe(501);
    const after = store.stats();
    expect(after.writes - before.writes).toBe(500);
    expect(after.commits - before.commits).toBeLessThanOrEqual(3);
    await store.close();
  });

  test('no write is acknowledged before another connection can see it', async () => {
    const store = open();
    await store.ping();
    const other = new DatabaseSync(file);
    const seen = other.prepare('SELECT count(*) AS n FROM docs WHERE id = ?');
    const creating = Array.from({ length: 300 }, async (_, i) => {
      await store.create(record(`R${i}`));
      return (seen.get(`R${i}`) as { n: number }).n;
    });
    // Nothing is written before the turn of the event loop ends.
    expect(seen.get('R0')).toEqual({ n: 0 });
    expect(new Set(await Promise.all(creating))).toEqual(new Set([1]));
    other.close();
    await store.close();
  });

  test('when a commit fails, every write of it is refused and none is kept', async () => {
    const store = open();
    await store.create(record('before'));
    const other = new DatabaseSync(file);
    // A deferred foreign key is checked at COMMIT: the one way to make a healthy disk refuse it.
    other.exec(`
      CREATE TABLE parent (n INTEGER PRIMARY KEY);
      CREATE TABLE child (n INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER fail AFTER INSERT ON docs WHEN new.id = 'bad' BEGIN INSERT INTO child VALUES (1); END;
    `);
    const results = await Promise.allSettled([store.create(record('good')), store.create(record('bad'))]);
    expect(results.map((r) => r.status)).toEqual(['rejected', 'rejected']);
    expect(await store.read('demo', 'good')).toBeUndefined();
    other.exec('DROP TRIGGER fail');
    other.close();
    await store.create(record('good'));
    expect(await store.count('demo', records)).toBe(2);
    await store.close();
  });

  test('two connections to one file see each other, and lose no update', async () => {
    const stores = [open(), open()] as const;
    await stores[0].create(record('A', { n: 0 }));
    await expect(stores[1].create(record('A'))).rejects.toBeInstanceOf(ExistsError);
    const work = async (store: (typeof stores)[number]) => {
      for (let done = 0; done < 25;) {
        const { doc, etag } = (await store.read<TestDoc>('demo', 'A'))!;
        try {
          await store.replace(numbered(doc, doc.n! + 1), etag);
          done++;
        } catch (error) {
          if (!(error instanceof StaleError)) throw error;
        }
      }
    };
    await Promise.all([work(stores[0]), work(stores[1]), work(stores[0]), work(stores[1])]);
    expect((await stores[0].read<TestDoc>('demo', 'A'))!.doc.n).toBe(100);
    for (const store of stores) await store.close();
  });

  test('while another process writes, writes wait, the event loop turns and reads answer', async () => {
    const store = open();
    await store.create(record('A'));
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    let created = false;
    const creating = store.create(record('B')).then(() => (created = true));
    let turns = 0;
    for (; turns < 4; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await store.read('demo', 'A')).toBeDefined();
    }
    expect(created).toBe(false);
    other.exec('COMMIT');
    other.close();
    await creating;
    expect(await store.count('demo', records)).toBe(2);
    await store.close();
  });

  test('expired rows are deleted with later writes, a bounded number at a time', async () => {
    const clock = testClock();
    const store = open(clock);
    const dying = Array.from({ length: 1200 }, (_, i) =>
      store.create(record(`R${i}`, { expiresAt: minute(1), searchText: '线束' })),
    );
    await Promise.all(dying);
    const rows = () => {
      const db = new DatabaseSync(file);
      const [docs, texts] = ['docs', 'docs_search_docsize'].map(
        (table) => (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n,
      );
      db.close();
      return [docs, texts];
    };
    clock.advance(10 * 60_000);
    const left: unknown[] = [];
    for (let i = 0; i < 4; i++) {
      await store.create(record(`new ${i}`));
      left.push(rows());
    }
    expect(left).toEqual([
      [701, 700],
      [202, 200],
      [3, 0],
      [4, 0],
    ]);
    await store.close();
  });

  test('search of words that thousands hold is newest first too, alone and beside a rare word', async () => {
    const store = open();
    const creating = Array.from({ length: 2500 }, (_, i) =>
      store.create(
        record(`R${i}`, {
          createdAt: minute(i % 2 ? i : -i),
          searchText: `线束 harness${i % 1000 === 0 ? ' 罕见 odd' : ''}`,
        }),
      ),
    );
    await Promise.all(creating);
    const find = async (text: string) => ids(await store.search('demo', records, text, 3));
    for (const common of ['线束', 'harness', '束 HARN'])
      expect([common, await find(common)]).toEqual([common, ['R2499', 'R2497', 'R2495']]);
    for (const rare of ['罕见', 'odd', 'harness 罕见', '线束 罕见', 'harness odd 束'])
      expect([rare, await find(rare)]).toEqual([rare, ['R0', 'R1000', 'R2000']]);
    expect(await store.search('other', records, 'harness', 3)).toEqual([]);
    await store.close();
  });

  test('a backup taken under load opens as a store and holds what was written before', async () => {
    const store = open();
    await Promise.all(
      Array.from({ length: 300 }, (_, i) => store.create(record(`R${i}`, { title: 'x'.repeat(5000) }))),
    );
    const copy = join(directory, 'copy.db');
    const [, ...during] = await Promise.all([
      store.backup(copy),
      ...Array.from({ length: 50 }, (_, i) => store.create(record(`during ${i}`))),
    ]);
    expect(during).toHaveLength(50);
    await store.close();
    const restored = openSqliteStore({ file: copy, clock: testClock() });
    expect(await restored.count('demo', records)).toBeGreaterThanOrEqual(300);
    expect(await restored.read('demo', 'R299')).toBeDefined();
    await restored.close();
  });

  test('a file of a newer program is refused and left alone', async () => {
    await open().close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 999');
    db.close();
    expect(() => open()).toThrow('run the newer program');
  });

  test('what was acknowledged survives SIGKILL at a random moment', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const child = spawn(
        process.execPath,
        ['--no-warnings', join(import.meta.dirname, 'store-writer.ts'), file, `round${round}`],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      const ended = once(child, 'close');
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 250));
      child.kill('SIGKILL');
      await ended;
      // The last line may be cut off: only whole ones count.
      acknowledged.push(...output.split('\n').slice(0, -1));
    }
    const store = open();
    expect(acknowledged.length).toBeGreaterThan(100);
    const missing: string[] = [];
    for (const line of acknowledged) {
      const [id, n] = line.split(' ');
      const found = await store.read<TestDoc>('demo', id!);
      if (!found || found.doc.n! < Number(n)) missing.push(line);
    }
    expect(missing).toEqual([]);
    expect(ids(await store.search('demo', records, '线束', 500)).length).toBeGreaterThan(50);
    await store.close();
  });
});
