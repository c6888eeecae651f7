import fc from 'fast-check';
import { encodeKey } from '../../src/store/keys.ts';
import { ExistsError, StaleError, type Filter, type Store } from '../../src/store/store.ts';
import { minute, type Subject, type TestClock, type TestDoc, withStore } from './store-subject.ts';

/** The store against a map in memory, over random operations. */
export function modelContract(subject: Subject): void {
  test('does what a plain map would do, over random operations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 40 }), (operations) =>
        withStore(subject, async (store, clock) => {
          const model = new Model(clock);
          for (const each of operations) await apply(each, store, model, clock);
        }),
      ),
      { numRuns: 40, endOnFailure: false },
    );
  });
}

class Model {
  readonly #clock: TestClock;
  readonly #docs = new Map<string, TestDoc>();
  constructor(clock: TestClock) {
    this.#clock = clock;
  }

  #alive(): TestDoc[] {
    const now = new Date(this.#clock.now()).toISOString();
    return [...this.#docs.values()].filter(({ expiresAt }) => expiresAt === undefined || expiresAt >= now);
  }
  get(site: string, id: string): TestDoc | undefined {
    return this.#alive().find((doc) => doc.site === site && doc.id === id);
  }
  set(doc: TestDoc): void {
    this.#docs.set(JSON.stringify([doc.site, doc.id]), doc);
  }
  delete(site: string, id: string): void {
    this.#docs.delete(JSON.stringify([site, id]));
  }
  query(site: string, filter: Filter): TestDoc[] {
    const within = (value: string | undefined, from?: string, to?: string) =>
      (from === undefined && to === undefined) ||
      (value !== undefined && (from === undefined || value >= from) && (to === undefined || value < to));
    const same = (['type', 'kind', 'status', 'open', 'severity', 'owner'] as const).filter(
      (name) => filter[name] !== undefined,
    );
    return this.#alive()
      .filter((doc) => doc.site === site && same.every((name) => doc[name] === filter[name]))
      .filter((doc) => within(doc.createdAt, filter.createdFrom, filter.createdTo))
      .filter((doc) => within(doc.updatedAt, filter.updatedFrom))
      .filter((doc) => within(doc.dueAt, undefined, filter.dueTo))
      .sort((a, b) => {
        const [x, y] = [a, b].map((doc) => `${doc.createdAt ?? ''} ${encodeKey(doc.id)}`) as [string, string];
        return x < y ? 1 : -1;
      });
  }
  due(until: string): string[] {
    return this.#alive()
      .flatMap(({ wakeAt }) => (wakeAt !== undefined && wakeAt <= until ? [wakeAt] : []))
      .sort();
  }
}

const site = fc.constantFrom('demo', '-', '驻点');
const id = fc.constantFrom('A', 'B', 'C/线', 'DEF-20261123-007');
const time = fc.integer({ min: 0, max: 12 }).map(minute);
const words = ['线束', '断料', 'Harness', '8A0-971', 'seat', '"'];
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const properties = {
  kind: maybe(fc.constantFrom('defect', 'risk')),
  status: maybe(fc.constantFrom('new', 'closed')),
  open: maybe(fc.boolean()),
  severity: maybe(fc.constantFrom('S1', 'S2')),
  owner: maybe(fc.constantFrom('ana', 'bo')),
};
const type = fc.constantFrom('record' as const, 'record' as const, 'draft' as const);

const doc: fc.Arbitrary<TestDoc> = fc
  .record({
    site,
    id,
    type,
    ...properties,
    wakeAt: maybe(time),
    expiresAt: fc.option(time, { nil: undefined, freq: 2 }),
    dueAt: maybe(time),
    createdAt: maybe(time),
    updatedAt: maybe(time),
    searchText: maybe(fc.shuffledSubarray(words).map((some) => some.join(' '))),
    title: fc.string({ unit: 'binary' }),
    fields: fc.jsonValue(),
  })
  .map((value) => JSON.parse(JSON.stringify(value)) as TestDoc);

const filter: fc.Arbitrary<Filter> = fc.record({
  type,
  ...properties,
  createdFrom: maybe(time),
  createdTo: maybe(time),
  updatedFrom: maybe(time),
  dueTo: maybe(time),
});
const few: fc.Arbitrary<Filter> = fc.record({ type }, { requiredKeys: ['type'] });

type Operation =
  | { do: 'create' | 'replace'; doc: TestDoc }
  | { do: 'remove'; site: string; id: string }
  | { do: 'stale'; doc: TestDoc }
  | { do: 'query'; site: string; filter: Filter; size: number }
  | { do: 'search'; site: string; filter: Filter; words: string[] }
  | { do: 'due'; until: string; limit: number }
  | { do: 'pass'; ms: number };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const), doc }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('replace' as const), doc }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), site, id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stale' as const), doc }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('query' as const),
      site,
      filter: fc.oneof(few, filter),
      size: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('search' as const),
      site,
      filter: fc.oneof(few, filter),
      words: fc.subarray(words),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('due' as const),
      until: time,
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
  },
);

async function apply(op: Operation, store: Store, model: Model, clock: TestClock): Promise<void> {
  switch (op.do) {
    case 'create': {
      if (model.get(op.doc.site, op.doc.id))
        return void (await expect(store.create(op.doc)).rejects.toBeInstanceOf(ExistsError));
      await store.create(op.doc);
      model.set(op.doc);
      break;
    }
    case 'replace': {
      const present = await store.read(op.doc.site, op.doc.id);
      expect(present?.doc).toEqual(model.get(op.doc.site, op.doc.id));
      if (!present) return;
      await store.replace(op.doc, present.etag);
      model.set(op.doc);
      break;
    }
    case 'remove': {
      const present = await store.read(op.site, op.id);
      expect(present?.doc).toEqual(model.get(op.site, op.id));
      if (!present) return;
      await store.remove(op.site, op.id, present.etag);
      model.delete(op.site, op.id);
      break;
    }
    case 'stale':
      await expect(store.replace(op.doc, '987654321')).rejects.toBeInstanceOf(StaleError);
      break;
    case 'query': {
      const found: unknown[] = [];
      for (let next: string | undefined, more = true; more; more = next !== undefined) {
        const page = await store.query(op.site, op.filter, op.size, next);
        found.push(...page.items.map((item) => item.doc));
        next = page.next;
      }
      const expected = model.query(op.site, op.filter);
      expect(found).toEqual(expected);
      expect(await store.count(op.site, op.filter)).toBe(expected.length);
      break;
    }
    case 'search': {
      const found = await store.search(op.site, op.filter, op.words.join(' ').toUpperCase(), 500);
      const holds = (text = '') => op.words.every((word) => text.includes(word));
      const expected = model.query(op.site, op.filter).filter((each) => holds(each.searchText));
      expect(found.map((item) => item.doc)).toEqual(expected);
      break;
    }
    case 'due': {
      const due = await store.due(op.until, op.limit);
      expect(due.map(({ wakeAt }) => wakeAt)).toEqual(model.due(op.until).slice(0, op.limit));
      for (const each of due) expect(model.get(each.site, each.id)?.wakeAt).toBe(each.wakeAt);
      expect(await store.nextWake()).toBe(model.due('9')[0]);
      break;
    }
    case 'pass':
      clock.advance(op.ms);
      break;
  }
}
