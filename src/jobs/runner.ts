import { LRUCache } from 'lru-cache';
import type { Logger } from '../log.ts';
import { iso } from '../clock.ts';
import type { Owing } from '../records/deps.ts';
import type { Job } from '../records/job.ts';
import { isDue, leaseMs, setWake, takeDue, wakeAtOf } from '../records/job.ts';
import type { Due } from '../store/store.ts';
import { StaleError } from '../store/store.ts';
import { retryDelay } from './backoff.ts';
import type { JobContext, JobType, Outcome, PutOff } from './define.ts';
import { Held } from './held.ts';
import type { Messenger } from './messenger.ts';
import { DeliveryError } from './messenger.ts';
import { Slots } from './slots.ts';
import { Wake } from './wake.ts';

export interface RunnerOptions {
  context: Omit<JobContext, 'site'>;
  types: readonly JobType[];
  log: Logger;
  /** Called with each attempt's outcome; `waits`: the job put itself off. */
  count?: (type: string, outcome: 'done' | 'waits' | 'later' | 'failed') => void;
  /** How often the store is asked what is due, in milliseconds; also how far ahead it looks. */
  pollMs?: number;
  /** Whose jobs go before all others. */
  urgent?: (kind: string) => boolean;
}

/**
 * After so many attempts, which take about an hour, a job is left in its document as failed, for `lineside jobs` and
 * the metrics. Teams being out for a while must not cost a plant its alerts.
 */
export const maxTries = 16;
/**
 * Documents worked on at once: those that are in a hurry, and all others. Most of the time that takes is waiting, for
 * Teams or for its limits; so a plant's morning digests, or a crowded tenant, must not crowd out a stopped line.
 */
const maxRunning = { urgent: 512, rest: 64 };
/** As many of the others wait for their turn; more stay in the store, where the next poll finds them. */
const maxWaiting = 2_000;
/** The same for one site: its backlog leaves room for those of others. */
const maxWaitingOfSite = 50;
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
  readonly #wake: Wake;
  readonly #running = new Set<Promise<void>>();
  /** Documents that wait to be read, or are being read. */
  readonly #visiting = new Set<string>();
  /** Jobs that are being done here, by id: a later write of the same document still holds them, leased to us. */
  readonly #inHand = new Set<string>();
  /** Jobs done here lately: the answer to a write may come after the job that it holds is done and removed. */
  readonly #done = new LRUCache<string, true>({ max: 20_000 });
  readonly #timers = new Map<string, { at: number; cancel: () => void }>();
  readonly #slots = { urgent: new Slots(maxRunning.urgent), rest: new Slots(maxRunning.rest) };
  /** How many of a site's documents wait among the rest. */
  readonly #waitingOf = new Map<string, number>();
  #cancelPoll: () => void = () => {};
  #polling: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#types = new Map(options.types.map((type) => [type.type, type]));
    this.#wake = new Wake(options.context.deps.store, (due) => this.#found(due));
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
    await this.#wake.idle();
    await Promise.all(this.#running);
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
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
    // No slot: how many turns there are at once is limited where they come in.
    const done = mine.length > 0 ? this.#track(doc, () => this.#work(doc, etag, mine)) : Promise.resolve();
    this.#arm(doc);
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

  #track(doc: Pick<Owing, 'site' | 'id'>, work: () => Promise<void>): Promise<void> {
    const key = keyOf(doc);
    const running: Promise<void> = work()
      .catch((error: unknown) => this.#options.log.error({ err: error, key }, 'jobs of a document failed'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** The poll found it. There may be more than can be done by now. */
  #found(due: Due): void {
    const full =
      this.#slots.rest.waiting >= maxWaiting || (this.#waitingOf.get(due.site) ?? 0) >= maxWaitingOfSite;
    if (full && !this.#isUrgent(due.kind)) return;
    if (Date.parse(due.wakeAt) > this.#options.context.clock.now()) this.#arm(due);
    else this.#visit(due);
  }

  #isUrgent(kind: string | undefined): boolean {
    return kind !== undefined && this.#options.urgent?.(kind) === true;
  }

  #arm(doc: Found & { wakeAt?: string | undefined }): void {
    if (doc.wakeAt === undefined || this.#stopped) return;
    const { site, id, kind } = doc;
    const at = Date.parse(doc.wakeAt);
    const wait = at - this.#options.context.clock.now();
    const key = keyOf(doc);
    const armed = this.#timers.get(key);
    if (wait > this.#pollMs || (armed && armed.at <= at)) return;
    armed?.cancel();
    const cancel = this.#options.context.clock.after(Math.max(0, wait), () => {
      this.#timers.delete(key);
      this.#visit({ site, id, kind });
    });
    this.#timers.set(key, { at, cancel });
  }

  get #pollMs(): number {
    return this.#options.pollMs ?? 1000;
  }

  async #poll(): Promise<void> {
    try {
      const now = this.#options.context.clock.now();
      await this.#wake.poll(iso(now + this.#pollMs), now);
    } catch (error) {
      this.#options.log.error({ err: error }, 'cannot ask the store what is due');
    }
    if (this.#stopped) return;
    this.#cancelPoll = this.#options.context.clock.after(this.#pollMs, () => {
      this.#polling = this.#poll();
    });
  }

  /** Once it is its turn: reads the document, leases what is due in it, and does that. */
  #visit(doc: Found): void {
    const key = keyOf(doc);
    if (this.#stopped || this.#visiting.has(key)) return;
    this.#visiting.add(key);
    const urgent = this.#isUrgent(doc.kind);
    if (!urgent) this.#waitingOf.set(doc.site, (this.#waitingOf.get(doc.site) ?? 0) + 1);
    void this.#track(doc, () =>
      this.#slots[urgent ? 'urgent' : 'rest'].run(async () => {
        if (!urgent) this.#noLongerWaits(doc.site);
        const taken = await this.#lease(doc).finally(() => this.#visiting.delete(key));
        if (!taken) return;
        const { doc: found, etag, mine } = taken;
        if (mine.length > 0) await this.#work(found, etag, mine);
        // In hand already. What is not, and may be due before the write that concludes them, wants a timer still.
        else this.#arm({ ...found, wakeAt: wakeAtOf(found.jobs.filter((job) => !this.#inHand.has(job.id))) });
      }),
    );
  }

  #noLongerWaits(site: string): void {
    const left = (this.#waitingOf.get(site) ?? 1) - 1;
    if (left > 0) this.#waitingOf.set(site, left);
    else this.#waitingOf.delete(site);
  }

  /** Another instance's lease is left alone. */
  async #lease({
    site,
    id,
  }: Pick<Owing, 'site' | 'id'>): Promise<{ doc: Owing; etag: string; mine: Job[] } | undefined> {
    // What waits for its turn while the process stops is left to whoever comes next.
    if (this.#stopped) return undefined;
    const { store, instance } = this.#options.context.deps;
    const stored = await store.read<Owing>(site, id);
    if (!stored) return undefined;
    const { doc, etag } = stored;
    const now = this.#options.context.clock.now();
    const due = doc.jobs.filter((job) => isDue(job, iso(now)));
    if (due.length > 0 && due.every((job) => this.#types.get(job.type)?.repeatable))
      return { doc, etag, mine: this.#take(due) };
    const before = doc.wakeAt;
    const mine = takeDue(doc, instance, now);
    if (mine.length === 0 && doc.wakeAt === before) {
      this.#arm(doc);
      return undefined;
    }
    try {
      return { doc, etag: await store.replace(doc, etag), mine: this.#take(mine) };
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
      this.#arm({ ...doc, wakeAt: iso(this.#options.context.clock.now() + 20) });
      return undefined;
    }
  }

  /** Does the jobs side by side. Each is concluded when it is done: none waits for another's slow person or channel. */
  async #work(doc: Owing, etag: string, mine: readonly Job[]): Promise<void> {
    const held = new Held(this.#options.context.deps.store, doc, etag, mine.length > 1);
    const ended: Ended[] = [];
    const stopRenewing = this.#renew(held, mine);
    try {
      const works = mine.map(async (job) => {
        ended.push({ job: { ...job }, result: await this.#attempt(doc, job) });
        await this.#concludeEnded(doc, held, ended);
      });
      for (const done of await Promise.allSettled(works)) if (done.status === 'rejected') throw done.reason;
    } finally {
      stopRenewing();
      for (const { id } of mine) this.#inHand.delete(id);
    }
  }

  /** A job that waits for Teams' limits may take longer than its lease; while this process lives, nobody else begins it. */
  #renew(held: Held, mine: readonly Job[]): () => void {
    const { clock, deps } = this.#options.context;
    const ids = new Set(mine.map(({ id }) => id));
    let cancel = (): void => {};
    const again = (): void => {
      cancel = clock.after(leaseMs / 3, () => {
        void held
          .alter((doc) => {
            const ours = doc.jobs.filter(({ id, lease }) => ids.has(id) && lease?.by === deps.instance);
            for (const { lease } of ours) lease!.until = iso(clock.now() + leaseMs);
            setWake(doc);
            return ours.length > 0;
          })
          .catch((error: unknown) => this.#options.log.warn({ err: error }, 'cannot renew a lease'));
        again();
      });
    };
    again();
    return () => cancel();
  }

  async #attempt(doc: Owing, job: Job): Promise<{ outcome: Outcome } | { error: unknown }> {
    const { context } = this.#options;
    try {
      const type = this.#types.get(job.type);
      const site = await context.sites.fresh(doc.site);
      if (!type || !site)
        throw new DeliveryError('refused', type ? `no site ${doc.site}` : `no job type ${job.type}`);
      const messenger = this.#isUrgent(doc.kind) ? urgently(context.messenger) : context.messenger;
      return { outcome: await type.run(doc, job, { ...context, messenger, site }) };
    } catch (error) {
      return { error };
    }
  }

  /** One write for all that have ended by now: the jobs go, or wait for their next try, or stay as failed. */
  async #concludeEnded(doc: Owing, held: Held, ended: Ended[]): Promise<void> {
    const now: Ended[] = [];
    const written = await held.alter((fresh, moved) => {
      now.push(...ended.splice(0));
      for (const { job, result } of now) this.#conclude(fresh, job, result, moved);
      setWake(fresh);
      return now.length > 0;
    });
    if (written) this.#arm(written);
    for (const { job, result } of now) {
      if ('outcome' in result && !isPutOff(result.outcome)) this.#done.set(job.id, true);
      this.#inHand.delete(job.id);
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
interface Found {
  site: string;
  id: string;
  kind?: string | undefined;
}

interface Ended {
  job: Job;
  result: { outcome: Outcome } | { error: unknown };
}

/** Its alerts go before all else; live cards and questions may follow. */
const urgently = (messenger: Messenger): Messenger => ({
  send: (to, message) => messenger.send(to, message.alert ? { ...message, urgent: true } : message),
  update: (to, activityId, message) => messenger.update(to, activityId, message),
  personal: (person) => messenger.personal(person),
});

const keyOf = ({ site, id }: Pick<Owing, 'site' | 'id'>): string => `${site}/${id}`;
const isFinal = (error: unknown): boolean => error instanceof DeliveryError && error.outcome !== 'later';
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);
