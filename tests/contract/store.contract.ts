import { ExistsError, StaleError, type Filter, type Store } from '../../src/store/store.ts';
import { contentContract } from './store-content.contract.ts';
import { modelContract } from './store-model.contract.ts';
import {
  ids,
  minute,
  numbered,
  record,
  records,
  type Subject,
  type TestDoc,
  withStore,
} from './store-subject.ts';

/** What every store must do; see src/store/store.ts. */
export function storeContract(subject: Subject): void {
  describe(`store contract: ${subject.name}`, () => {
    writing(subject);
    querying(subject);
    waking(subject);
    expiring(subject);
    contentContract(subject);
    modelContract(subject);
  });
}

const outcomes = (results: readonly PromiseSettledResult<unknown>[]) => ({
  won: results.filter((r) => r.status === 'fulfilled').length,
  lost: results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : [])),
});

function writing(subject: Subject): void {
  test('a document is created, read, replaced and removed', () =>
    withStore(subject, async (store) => {
      await store.ping();
      expect(await store.read('demo', 'A')).toBeUndefined();
      const first = await store.create(record('A', { n: 1, title: '线束断料' }));
      expect(await store.read('demo', 'A')).toEqual({
        doc: record('A', { n: 1, title: '线束断料' }),
        etag: first,
      });
      const second = await store.replace(record('A', { n: 2 }), first);
      expect(second).not.toBe(first);
      expect(await store.read('demo', 'A')).toEqual({ doc: record('A', { n: 2 }), etag: second });
      await store.remove('demo', 'A', second);
      expect(await store.read('demo', 'A')).toBeUndefined();
      expect(await store.count('demo', records)).toBe(0);
    }));

  test('what is stored is the document as it was handed over', () =>
    withStore(subject, async (store) => {
      const doc = record('A', { n: 1 });
      const writing = store.create(doc);
      doc.n = 2;
      await writing;
      const read = await store.read<TestDoc>('demo', 'A');
      read!.doc.n = 3;
      expect((await store.read<TestDoc>('demo', 'A'))!.doc.n).toBe(1);
    }));

  test('an id is taken once in a site, and free in another', () =>
    withStore(subject, async (store) => {
      const etag = await store.create(record('A', { n: 1 }));
      await expect(store.create(record('A', { n: 2 }))).rejects.toBeInstanceOf(ExistsError);
      await store.create(record('A', { site: '-', n: 3 }));
      expect(await store.read('demo', 'A')).toEqual({ doc: record('A', { n: 1 }), etag });
      expect((await store.read<TestDoc>('-', 'A'))!.doc.n).toBe(3);
    }));

  test('a write under an old etag, or to what is not there, is stale', () =>
    withStore(subject, async (store) => {
      const old = await store.create(record('A', { n: 1 }));
      const present = await store.replace(record('A', { n: 2 }), old);
      await expect(store.replace(record('A', { n: 3 }), old)).rejects.toBeInstanceOf(StaleError);
      await expect(store.remove('demo', 'A', old)).rejects.toBeInstanceOf(StaleError);
      await expect(store.replace(record('B'), present)).rejects.toBeInstanceOf(StaleError);
      await expect(store.remove('demo', 'B', present)).rejects.toBeInstanceOf(StaleError);
      expect((await store.read<TestDoc>('demo', 'A'))!.doc.n).toBe(2);
    }));

  test('an etag does not fit a document created anew under the same id', () =>
    withStore(subject, async (store) => {
      const first = await store.create(record('A', { n: 1 }));
      await store.remove('demo', 'A', first);
      await store.create(record('A', { n: 2 }));
      await expect(store.replace(record('A', { n: 3 }), first)).rejects.toBeInstanceOf(StaleError);
    }));

  test('of 50 replaces under one etag exactly one wins, and its content stands', () =>
    withStore(subject, async (store) => {
      const etag = await store.create(record('A', { n: -1 }));
      const tries = Array.from({ length: 50 }, (_, n) => store.replace(record('A', { n }), etag));
      const results = await Promise.allSettled(tries);
      const { won, lost } = outcomes(results);
      expect(won).toBe(1);
      for (const error of lost) expect(error).toBeInstanceOf(StaleError);
      const winner = results.findIndex((r) => r.status === 'fulfilled');
      expect((await store.read<TestDoc>('demo', 'A'))!.doc.n).toBe(winner);
    }));

  test('50 increments by ten workers that read, change and replace end at 50', () =>
    withStore(subject, async (store) => {
      await store.create(record('A', { n: 0 }));
      const increment = async (): Promise<void> => {
        const { doc, etag } = (await store.read<TestDoc>('demo', 'A'))!;
        try {
          await store.replace(numbered(doc, doc.n! + 1), etag);
        } catch (error) {
          if (!(error instanceof StaleError)) throw error;
          await increment();
        }
      };
      const worker = async () => {
        for (let i = 0; i < 5; i++) await increment();
      };
      await Promise.all(Array.from({ length: 10 }, worker));
      expect((await store.read<TestDoc>('demo', 'A'))!.doc.n).toBe(50);
    }));

  test('of 20 creates of one id at once exactly one wins', () =>
    withStore(subject, async (store) => {
      const tries = Array.from({ length: 20 }, (_, n) => store.create(record('A', { n })));
      const results = await Promise.allSettled(tries);
      const { won, lost } = outcomes(results);
      expect(won).toBe(1);
      for (const error of lost) expect(error).toBeInstanceOf(ExistsError);
      const winner = results.findIndex((r) => r.status === 'fulfilled');
      expect((await store.read<TestDoc>('demo', 'A'))!.doc.n).toBe(winner);
    }));
}

async function allPages(store: Store, filter: Filter, size: number, between?: (page: number) => unknown) {
  const seen: string[] = [];
  let next: string | undefined;
  let page = 0;
  do {
    const answer = await store.query('demo', filter, size, next);
    expect(answer.items.length).toBeLessThanOrEqual(size);
    seen.push(...ids(answer.items));
    next = answer.next;
    await between?.(++page);
  } while (next !== undefined && page < 100);
  return seen;
}

function querying(subject: Subject): void {
  test('pages are newest first, then by id descending, and end', () =>
    withStore(subject, async (store) => {
      const minutes = [3, 1, 2, 2, 2, 0];
      await Promise.all(minutes.map((m, i) => store.create(record(`R${i}`, { createdAt: minute(m) }))));
      await store.create(record('undated', { createdAt: undefined }));
      const expected = ['R0', 'R4', 'R3', 'R2', 'R1', 'R5', 'undated'];
      for (const size of [1, 2, 3, 7, 8, 500]) expect(await allPages(store, records, size)).toEqual(expected);
      const whole = await store.query('demo', records, 7);
      expect(whole.next).toBeUndefined();
    }));

  test('a page mark that no store gave is refused', () =>
    withStore(subject, async (store) => {
      await store.create(record('A'));
      for (const mark of ['x', '', 'e30', Buffer.from('["a"]').toString('base64url')])
        await expect(store.query('demo', records, 5, mark)).rejects.toMatchObject({ code: 'unknown_action' });
    }));

  test('paging neither repeats nor misses an unchanged document while others come, change and go', () =>
    withStore(subject, async (store) => {
      const etags = new Map<string, string>();
      const name = (i: number) => `R${String(i).padStart(2, '0')}`;
      for (let i = 0; i < 60; i++) {
        etags.set(name(i), await store.create(record(name(i), { createdAt: minute(Math.floor(i / 3)) })));
      }
      const touched = new Set<string>();
      const seen = await allPages(store, records, 7, async (page) => {
        // One newer than all, one older, one in the midst; one replaced, one removed, each maybe seen, maybe not.
        await store.create(record(`new${page}`, { createdAt: minute(1000 + page) }));
        await store.create(record(`old${page}`, { createdAt: minute(-1000 - page) }));
        await store.create(record(`mid${page}`, { createdAt: minute(10) }));
        const replaced = name((page * 13) % 60);
        const removed = name((page * 13 + 7) % 60);
        for (const id of [replaced, removed]) touched.add(id);
        const etag = etags.get(replaced);
        if (etag)
          etags.set(replaced, await store.replace(record(replaced, { createdAt: minute(5), n: 1 }), etag));
        const gone = etags.get(removed);
        if (gone) await store.remove('demo', removed, gone);
        etags.delete(removed);
      });
      expect(touched.size).toBeGreaterThan(10);
      for (let i = 0; i < 60; i++) {
        if (touched.has(name(i))) continue;
        expect([name(i), seen.filter((id) => id === name(i)).length]).toEqual([name(i), 1]);
      }
    }));

  const a = {
    kind: 'defect',
    status: 'new',
    open: true,
    severity: 'S1',
    owner: 'ana',
    createdAt: minute(10),
    updatedAt: minute(20),
    dueAt: minute(30),
  };
  const b = {
    kind: 'risk',
    status: 'closed',
    open: false,
    severity: 'S3',
    owner: 'bo',
    createdAt: minute(11),
    updatedAt: minute(21),
    dueAt: minute(31),
  };
  const bare = { kind: undefined, createdAt: undefined };
  test.each<[Omit<Filter, 'type'>, string[]]>([
    [{}, ['B', 'A', 'bare']],
    [{ kind: 'defect' }, ['A']],
    [{ status: 'closed' }, ['B']],
    [{ open: true }, ['A']],
    [{ open: false }, ['B']],
    [{ severity: 'S1' }, ['A']],
    [{ owner: 'bo' }, ['B']],
    [{ owner: 'bo', open: true }, []],
    [{ owner: 'ana', open: true, kind: 'defect', severity: 'S1', status: 'new' }, ['A']],
    [{ createdFrom: minute(10) }, ['B', 'A']],
    [{ createdFrom: minute(11) }, ['B']],
    [{ createdTo: minute(11) }, ['A']],
    [{ createdTo: minute(10) }, []],
    [{ createdFrom: minute(10), createdTo: minute(12), kind: 'risk' }, ['B']],
    [{ updatedFrom: minute(21) }, ['B']],
    [{ updatedFrom: minute(20) }, ['B', 'A']],
    [{ dueTo: minute(31) }, ['A']],
    [{ dueTo: minute(40), open: true }, ['A']],
    [{ updatedFrom: minute(0), dueTo: minute(40), createdTo: minute(40) }, ['B', 'A']],
    [{ kind: 'no such' }, []],
  ])('query, count and search keep to %j', (part, expected) =>
    withStore(subject, async (store) => {
      await store.create(record('A', { ...a, searchText: 'word' }));
      await store.create(record('B', { ...b, searchText: 'word' }));
      await store.create(record('bare', { ...bare, searchText: 'word' }));
      await store.create(record('other site', { ...a, site: 'other', searchText: 'word' }));
      await store.create(record('draft', { ...a, type: 'draft', searchText: 'word' }));
      const filter: Filter = { type: 'record', ...part };
      expect(await allPages(store, filter, 1)).toEqual(expected);
      expect(ids((await store.query('demo', filter, 500)).items)).toEqual(expected);
      expect(await store.count('demo', filter)).toBe(expected.length);
      expect(ids(await store.search('demo', filter, 'word', 500))).toEqual(expected);
    }),
  );
}

function waking(subject: Subject): void {
  test('due documents of all sites come earliest first, and no more than asked for', () =>
    withStore(subject, async (store) => {
      expect(await store.nextWake()).toBeUndefined();
      const wake = { a: 5, b: 3, c: 9, d: 1 };
      for (const [id, m] of Object.entries(wake))
        await store.create(record(id, { site: `site ${id}`, wakeAt: minute(m) }));
      await store.create(record('asleep'));
      const due = (...names: (keyof typeof wake)[]) =>
        names.map((id) => ({ site: `site ${id}`, id, wakeAt: minute(wake[id]), kind: 'defect' }));
      expect(await store.due(minute(5), 10)).toEqual(due('d', 'b', 'a'));
      expect(await store.due(minute(9), 2)).toEqual(due('d', 'b'));
      expect(await store.due(minute(0), 10)).toEqual([]);
      expect(await store.nextWake()).toBe(minute(1));
    }));

  test('what is due can be asked for from a moment on, that moment among it', () =>
    withStore(subject, async (store) => {
      for (const [n, m] of [1, 2, 2, 2, 3, 4].entries())
        await store.create(record(`d${n}`, { wakeAt: minute(m) }));
      const moments = async (...args: Parameters<typeof store.due>) =>
        (await store.due(...args)).map(({ wakeAt }) => wakeAt);
      expect(await moments(minute(3), 10, minute(2))).toEqual([2, 2, 2, 3].map(minute));
      expect(await moments(minute(9), 2, minute(2))).toEqual([2, 2].map(minute));
      expect(await moments(minute(9), 10, minute(5))).toEqual([]);
    }));

  test('a due document without a kind is found as one', () =>
    withStore(subject, async (store) => {
      await store.create({ site: 'demo', id: 'site', type: 'site', wakeAt: minute(1) });
      expect(await store.due(minute(1), 10)).toEqual([{ site: 'demo', id: 'site', wakeAt: minute(1) }]);
    }));

  test('a document whose wakeAt is taken away or moved is due no more, or later', () =>
    withStore(subject, async (store) => {
      const first = await store.create(record('a', { wakeAt: minute(1) }));
      const moved = await store.create(record('b', { wakeAt: minute(2) }));
      await store.replace(record('a'), first);
      await store.replace(record('b', { wakeAt: minute(7) }), moved);
      expect(await store.due(minute(5), 10)).toEqual([]);
      expect(await store.nextWake()).toBe(minute(7));
    }));
}

function expiring(subject: Subject): void {
  test('a document is gone after expiresAt, from everywhere, and its id is free', () =>
    withStore(subject, async (store, clock) => {
      const brief = { expiresAt: minute(1), wakeAt: minute(0), searchText: 'brief' };
      const etag = await store.create(record('a', brief));
      const other = await store.create(record('b', { ...brief, expiresAt: minute(100) }));
      clock.advance(60_000);
      expect(await store.count('demo', records)).toBe(2);
      clock.advance(1);
      expect(await store.read('demo', 'a')).toBeUndefined();
      expect(ids((await store.query('demo', records, 10)).items)).toEqual(['b']);
      expect(ids(await store.search('demo', records, 'brief', 10))).toEqual(['b']);
      expect(await store.count('demo', records)).toBe(1);
      expect((await store.due(minute(9), 10)).map(({ id }) => id)).toEqual(['b']);
      await expect(store.replace(record('a'), etag)).rejects.toBeInstanceOf(StaleError);
      await expect(store.remove('demo', 'a', etag)).rejects.toBeInstanceOf(StaleError);
      const [again] = await Promise.all([
        store.create(record('a', { n: 2 })),
        expect(store.create(record('b'))).rejects.toBeInstanceOf(ExistsError),
      ]);
      expect(await store.read('demo', 'a')).toEqual({ doc: record('a', { n: 2 }), etag: again });
      await store.replace(record('b', { expiresAt: minute(200) }), other);
      clock.advance(150 * 60_000);
      expect(await store.count('demo', records)).toBe(2);
      clock.advance(150 * 60_000);
      expect(await store.nextWake()).toBeUndefined();
      expect(await store.count('demo', records)).toBe(1);
    }));
}
