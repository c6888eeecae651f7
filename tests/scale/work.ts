/**
 * Knows when nothing is under way but waiting, so that simulated time moves on only then: requests between the instances
 * and what they speak to, and operations of the store. What waits for a moment of the simulated clock is parked.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Agent, ClientRequest } from 'node:http';
import type { Store } from '../../src/store/store.ts';
import type { SimClock } from './clock.ts';

/** Turns of the event loop without anything under way, after which nothing will be: a request's parts take a few. */
const quietTurns = 4;

export class Work {
  readonly #clock: SimClock;
  readonly #agents = new Set<Agent>();
  #requests = 0;
  #operations = 0;
  #parked = 0;
  readonly #started = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    // People's own requests last as long as the turn, which may wait for the clock; see `asks`.
    if (request.getHeader('x-person') !== undefined) return;
    this.#requests += 1;
    const { agent } = request as ClientRequest & { agent?: Agent };
    if (agent) this.#agents.add(agent);
    request.once('close', () => (this.#requests -= 1));
  };

  constructor(clock: SimClock) {
    this.#clock = clock;
    subscribe('http.client.request.start', this.#started);
  }

  close(): void {
    unsubscribe('http.client.request.start', this.#started);
  }

  /** Something that is under way until it settles. */
  async during<T>(what: Promise<T>): Promise<T> {
    this.#operations += 1;
    try {
      return await what;
    } finally {
      this.#operations -= 1;
    }
  }

  /** Waits on the simulated clock within something that is under way. */
  async park(ms: number): Promise<void> {
    this.#parked += 1;
    await new Promise<void>((resume) => this.#clock.after(ms, resume));
    this.#parked -= 1;
  }

  /** The store with its operations watched, each of which takes `ms()` of simulated time. */
  watched(store: Store, ms: (operation: string) => number): Store {
    const act = async (name: string, run: () => Promise<unknown>): Promise<unknown> => {
      const takes = ms(name);
      // The answer is on its way back for one half of the time, the question on its way for the other.
      if (takes > 0) await this.park(takes / 2);
      const settled = await run().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if (takes > 0) await this.park(takes / 2);
      if ('error' in settled) throw settled.error;
      return settled.value;
    };
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function' || name === 'close') return value;
        return (...args: unknown[]) =>
          this.during(
            act(String(name), () =>
              Promise.resolve((value as (...all: unknown[]) => unknown).apply(target, args)),
            ),
          );
      },
    });
  }

  get #underWay(): number {
    // Requests that wait for a connection, of which there are only so many, wait for answers, which wait for the clock.
    let queued = 0;
    for (const { requests } of this.#agents)
      for (const name in requests) queued += requests[name]?.length ?? 0;
    return this.#operations + this.#requests - this.#parked - queued;
  }

  /** Resolves once nothing but the clock can go on. */
  async quiet(): Promise<void> {
    for (let turns = 0; turns < quietTurns;) {
      await new Promise<void>((resume) => setImmediate(resume));
      turns = this.#underWay > 0 ? 0 : turns + 1;
    }
  }
}
