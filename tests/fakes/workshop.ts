/** A job runner on a store in memory, with jobs of the test's own and time that stands still. */
import type { JobContext, JobType } from '../../src/jobs/define.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { silentLogger } from '../../src/log.ts';
import type { Owing } from '../../src/records/deps.ts';
import type { Job } from '../../src/records/job.ts';
import { setWake, takeDue } from '../../src/records/job.ts';
import type { Sites } from '../../src/records/sites.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Doc, Store } from '../../src/store/store.ts';
import { sampleSite } from '../fixtures/sample-site.ts';
import { FakeClock, settle } from './clock.ts';

export interface Workshop {
  runner: Runner;
  store: Store;
  clock: FakeClock;
  /** Outcomes as they were counted: `type outcome`. */
  counted: string[];
  /** Saves a document that owes these jobs, without telling the runner. */
  owes(id: string, jobs: readonly Job[], more?: Partial<Doc>): Promise<void>;
  /** Saves it as a change of this instance does: what is due is taken in the same write, and the runner is told. */
  hands(id: string, jobs: readonly Job[]): Promise<void>;
  /** Writes into the stored document, as another writer would. */
  rewrite(id: string, alter: (doc: Owing) => void): Promise<void>;
  doc(id: string): Promise<Owing & Record<string, unknown>>;
  /** Moves on, letting whatever falls due be done. */
  advance(ms: number): Promise<void>;
}

export interface WorkshopParts {
  types: readonly JobType[];
  store?: Store;
  clock?: FakeClock;
  instance?: string;
  pollMs?: number;
  /** Whose jobs go before all others. */
  urgent?: (kind: string) => boolean;
  /** What the jobs need beside the store and the clock. */
  context?: Partial<JobContext>;
}

let jobs = 0;

/** A job due so many milliseconds after `base`. */
export function owed(type: string, base: FakeClock, afterMs = 0, payload: Record<string, unknown> = {}): Job {
  jobs += 1;
  return {
    id: `job ${jobs}`,
    type,
    at: new Date(base.now() + afterMs).toISOString(),
    tries: 0,
    payload,
  };
}

export function openWorkshop(parts: WorkshopParts): Workshop {
  const clock = parts.clock ?? new FakeClock();
  const store = parts.store ?? openSqliteStore({ file: ':memory:', clock });
  const instance = parts.instance ?? 'one';
  const counted: string[] = [];
  const get = (id: string) => (id === sampleSite.id ? sampleSite : undefined);
  const sites = { get, fresh: (id: string) => Promise.resolve(get(id)) } as Sites;
  const runner: Runner = new Runner({
    context: {
      deps: { store, clock, instance, kick: (doc, etag) => runner.kick(doc, etag) },
      sites,
      clock,
      ...parts.context,
    } as Omit<JobContext, 'site'>,
    types: parts.types,
    log: silentLogger,
    count: (type, outcome) => counted.push(`${type} ${outcome}`),
    ...(parts.pollMs === undefined ? {} : { pollMs: parts.pollMs }),
    ...(parts.urgent === undefined ? {} : { urgent: parts.urgent }),
  });
  const site = sampleSite.id;
  const newDoc = (id: string, list: readonly Job[], more: Partial<Doc> = {}): Owing => {
    const doc: Owing = { site, id, type: 'record', ...more, jobs: [...list] };
    setWake(doc);
    return doc;
  };
  const read = async (id: string) => {
    const stored = await store.read<Owing & Record<string, unknown>>(site, id);
    if (!stored) throw new Error(`there is no ${id}`);
    return stored;
  };
  return {
    runner,
    store,
    clock,
    counted,
    async owes(id, list, more) {
      await store.create(newDoc(id, list, more));
    },
    async hands(id, list) {
      const doc = newDoc(id, list);
      takeDue(doc, instance, clock.now());
      await runner.kick(doc, await store.create(doc));
    },
    async rewrite(id, alter) {
      const { doc, etag } = await read(id);
      alter(doc);
      setWake(doc);
      await store.replace(doc, etag);
    },
    doc: async (id) => (await read(id)).doc,
    async advance(ms) {
      await clock.advance(ms);
      await runner.idle();
      await settle();
    },
  };
}
