import { LRUCache } from 'lru-cache';
import type { Logger } from '../log.ts';
import { iso } from '../clock.ts';
import type { Owing } from '../records/deps.ts';
import type { Job } from '../records/job.ts';
import { isDue, setWake, takeDue } from '../records/job.ts';
import { StaleError } from '../store/store.ts';
import { retryDelay } from './backoff.ts';
import type { JobContext, JobType, Outcome, PutOff } from './define.ts';
import { DeliveryError } from './messenger.ts';

export interface RunnerOptions {
  context: Omit<JobContext, 'site'>;
  types: readonly JobType[];
  log: Logger;
  /** Called with each attempt's outcome; `waits`: the job put itself off. */
  count?: (type: string, outcome: 'done' | 'waits' | 'later' | 'failed') => void;
  /** How often the store is asked what is due, in milliseconds; also how far ahead it looks. */
  pollMs?: number;
}

/**
 * After so many attempts, which take about an hour, a job is left in its document as failed, for `lineside jobs` and
 * the metrics. Teams being out for a while must not cost a plant its alerts.
 */
export const maxTries = 16;
/** Documents worked on at once; a plant's morning digests must not crowd out a stopped line. */
const maxRunning = 64;
const batch = 200;
/** For so long a turn waits for what it owes at once. */
const turnWaitMs = 4_000;

/**
 * Does what documents owe. A write of this instance hands its due jobs over at once (`kick`); the poll is for later
 * moments and for what a dead instance left behind. At least once: a job is leased under the document's ETag, done,
 * and removed by another write; a process that dies between leaves it to whoever polls after the lease.
 */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #types: ReadonlyMap<string, JobType>;
  readonly #running = new Map<string, Promise<void>>();
  /** Jobs that are being done here, by id: a later write of the same document still holds them, leased to us. */
  readonly #inHand = new Set<string>();
  /** Jobs done here lately: the answer to a write may come after the job that it holds is done and removed. */
  readonly #done = new LRUCache<string, true>({ max: 20_000 });
  readonly #timers = new Map<string, { at: number; cancel: () => void }>();
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #cancelPoll: () => void = () => {};
  #polling: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#types = new Map(options.types.map((type) => [type.type, type]));
  }

  start(): void {
    this.#stopped = false;
    this.#polling = this.#poll();
  }

  /** Takes no new work and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelPoll();
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
    await this.#polling;
    await Promise.all(this.#running.values());
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** See Deps.kick. The jobs leased to this instance in that write are done now; a soon wakeAt gets a timer. */
  kick(doc: Owing, etag: string): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const mine = this.#take(
      doc.jobs.filter(
        (job) =>
          job.lease?.by === this.#options.context.deps.instance &&
          job.at <= iso(this.#options.context.clock.now()),
      ),
    );
    const done =
      mine.length > 0
        ? this.#track(`${doc.site}/${doc.id}/${etag}`, () => this.#work(doc, etag, mine))
        : Promise.resolve();
    this.#arm(doc.site, doc.id, doc.wakeAt);
    return this.#within(done);
  }

  /** Those of the jobs that nobody here is at or was done with. */
  #take(leased: readonly Job[]): Job[] {
    const mine = leased.filter(({ id }) => !this.#inHand.has(id) && !this.#done.has(id));
    for (const { id } of mine) this.#inHand.add(id);
    return mine;
  }

  /** A crowded conversation is paced, and Teams waits for no turn longer than 10 to 15 seconds. */
  #within(done: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.context.clock.after(turnWaitMs, resolve);
      void done.then(() => {
        cancel();
        resolve();
      });
    });
  }

  #track(key: string, work: () => Promise<void>): Promise<void> {
    const running = this.#slot(work)
      .catch((error: unknown) => this.#options.log.error({ err: error, key }, 'jobs of a document failed'))
      .finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #slot(work: () => Promise<void>): Promise<void> {
    if (this.#active >= maxRunning) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#active += 1;
    try {
      await work();
    } finally {
      this.#active -= 1;
      this.#waiting.shift()?.();
    }
  }

  #arm(site: string, id: string, wakeAt: string | undefined): void {
    if (wakeAt === undefined || this.#stopped) return;
    const at = Date.parse(wakeAt);
    const wait = at - this.#options.context.clock.now();
    const key = `${site}/${id}`;
    const armed = this.#timers.get(key);
    if (wait > this.#pollMs || (armed && armed.at <= at)) return;
    armed?.cancel();
    const cancel = this.#options.context.clock.after(Math.max(0, wait), () => {
      this.#timers.delete(key);
      void this.#visit(site, id);
    });
    this.#timers.set(key, { at, cancel });
  }

  get #pollMs(): number {
    return this.#options.pollMs ?? 1000;
  }

  async #poll(): Promise<void> {
    try {
      const until = iso(this.#options.context.clock.now() + this.#pollMs);
      for (const { site, id, wakeAt } of await this.#options.context.deps.store.due(until, batch))
        this.#arm(site, id, wakeAt);
    } catch (error) {
      this.#options.log.error({ err: error }, 'cannot ask the store what is due');
    }
    if (this.#stopped) return;
    this.#cancelPoll = this.#options.context.clock.after(this.#pollMs, () => {
      this.#polling = this.#poll();
    });
  }

  /** Reads the document, leases what is due in it, and does that. Another instance's lease is left alone. */
  #visit(site: string, id: string): Promise<void> {
    const key = `${site}/${id}`;
    const busy = this.#running.get(key);
    if (busy) return busy;
    return this.#track(key, async () => {
      const { store, instance } = this.#options.context.deps;
      const stored = await store.read<Owing>(site, id);
      if (!stored) return;
      const doc = stored.doc;
      const now = this.#options.context.clock.now();
      const due = doc.jobs.filter((job) => isDue(job, iso(now)));
      if (due.length > 0 && due.every((job) => this.#types.get(job.type)?.repeatable)) {
        await this.#work(doc, stored.etag, this.#take(due));
        return;
      }
      const before = doc.wakeAt;
      const mine = takeDue(doc, instance, now);
      if (mine.length === 0 && doc.wakeAt === before) {
        this.#arm(site, id, doc.wakeAt);
        return;
      }
      try {
        const etag = await store.replace(doc, stored.etag);
        await this.#work(doc, etag, this.#take(mine));
      } catch (error) {
        if (!(error instanceof StaleError)) throw error;
        this.#arm(site, id, iso(this.#options.context.clock.now() + 20));
      }
    });
  }

  async #work(doc: Owing, etag: string, mine: readonly Job[]): Promise<void> {
    try {
      const results = await Promise.all(
        mine.map(async (job) => ({ job: { ...job }, result: await this.#attempt(doc, job) })),
      );
      if (mine.length > 0) await this.#settle(doc, etag, results);
    } finally {
      for (const { id } of mine) this.#inHand.delete(id);
    }
  }

  async #attempt(doc: Owing, job: Job): Promise<{ outcome: Outcome } | { error: unknown }> {
    const { context } = this.#options;
    try {
      const type = this.#types.get(job.type);
      const site = await context.sites.fresh(doc.site);
      if (!type || !site)
        throw new DeliveryError('refused', type ? `no site ${doc.site}` : `no job type ${job.type}`);
      return { outcome: await type.run(doc, job, { ...context, site }) };
    } catch (error) {
      return { error };
    }
  }

  /** Writes the outcomes into the document as it is now: the jobs go, or wait for their next try, or stay as failed. */
  async #settle(
    doc: Owing,
    etag: string,
    results: readonly { job: Job; result: { outcome: Outcome } | { error: unknown } }[],
  ): Promise<void> {
    const { store } = this.#options.context.deps;
    let current: { doc: Owing; etag: string } | undefined = { doc, etag };
    let moved = false;
    while (current) {
      for (const { job, result } of results) this.#conclude(current.doc, job, result, moved);
      setWake(current.doc);
      try {
        await store.replace(current.doc, current.etag);
        this.#arm(doc.site, doc.id, current.doc.wakeAt);
        break;
      } catch (error) {
        if (!(error instanceof StaleError)) throw error;
        current = await store.read<Owing>(doc.site, doc.id);
        moved = true;
      }
    }
    for (const { job, result } of results) {
      if ('outcome' in result && !isPutOff(result.outcome)) this.#done.set(job.id, true);
      this.#report(doc, job, result);
    }
  }

  #conclude(doc: Owing, job: Job, result: { outcome: Outcome } | { error: unknown }, moved: boolean): void {
    const owed = doc.jobs.find((one) => one.id === job.id);
    if (!owed) return;
    if ('outcome' in result) {
      const { outcome } = result;
      if (isPutOff(outcome)) {
        // Whether it can wait may depend on what has been written meanwhile; then it decides again.
        owed.at = iso(moved ? this.#options.context.clock.now() : outcome.notBefore);
        owed.waited = true;
        delete owed.lease;
        return;
      }
      doc.jobs = doc.jobs.filter((one) => one.id !== job.id);
      outcome?.(doc);
      return;
    }
    const now = this.#options.context.clock.now();
    owed.tries += 1;
    delete owed.lease;
    if (isFinal(result.error) || owed.tries >= maxTries) {
      owed.failed = { at: iso(now), error: messageOf(result.error) };
      const site = this.#options.context.sites.get(doc.site);
      if (site) this.#types.get(job.type)?.givenUp?.(doc, owed, { ...this.#options.context, site });
    } else {
      owed.at = iso(now + retryDelay(owed.tries, result.error, Math.random));
    }
  }

  #report(doc: Owing, job: Job, result: { outcome: Outcome } | { error: unknown }): void {
    const { count, log } = this.#options;
    if ('outcome' in result) {
      count?.(job.type, isPutOff(result.outcome) ? 'waits' : 'done');
      return;
    }
    const final = isFinal(result.error) || job.tries + 1 >= maxTries;
    count?.(job.type, final ? 'failed' : 'later');
    log[final ? 'error' : 'warn'](
      // A failed delivery is nobody's mistake in the code; its stack would say nothing.
      {
        ...(result.error instanceof DeliveryError
          ? { error: messageOf(result.error) }
          : { err: result.error }),
        doc: `${doc.site}/${doc.id}`,
        job: job.type,
      },
      final ? 'job failed' : 'job waits for another try',
    );
  }
}

const isPutOff = (outcome: Outcome): outcome is PutOff => typeof outcome === 'object';
const isFinal = (error: unknown): boolean => error instanceof DeliveryError && error.outcome !== 'later';
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);
