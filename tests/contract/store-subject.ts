import type { Clock } from '../../src/clock.ts';
import type { Doc, Filter, Store } from '../../src/store/store.ts';

/** What the contract is run against. */
export interface Subject {
  name: string;
  /** A store of its own, empty. */
  open(clock: Clock): Promise<Store>;
}

export interface TestClock extends Clock {
  advance(ms: number): void;
}

export const startOfTests = Date.parse('2026-11-23T08:00:00.000Z');

/** Stands still until advanced; waits end at once. */
export function testClock(start = startOfTests): TestClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    after(_ms, fire) {
      const immediate = setImmediate(fire);
      return () => clearImmediate(immediate);
    },
  };
}

export const minute = (n: number): string => new Date(startOfTests + n * 60_000).toISOString();

export interface TestDoc extends Doc {
  title?: string;
  n?: number;
  fields?: unknown;
}

export const record = (id: string, more: Partial<TestDoc> = {}): TestDoc => ({
  site: 'demo',
  id,
  type: 'record',
  kind: 'defect',
  createdAt: minute(0),
  ...more,
});

export const numbered = (doc: TestDoc, n: number): TestDoc => ({ ...doc, n });
export const records: Filter = { type: 'record' };
export const ids = (items: readonly { doc: Doc }[]): string[] => items.map(({ doc }) => doc.id);

/** Runs `use` with a fresh store and closes it, whatever happens. */
export async function withStore(
  subject: Subject,
  use: (store: Store, clock: TestClock) => Promise<void>,
): Promise<void> {
  const clock = testClock();
  const store = await subject.open(clock);
  try {
    await use(store, clock);
  } finally {
    await store.close();
  }
}
