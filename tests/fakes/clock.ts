import type { Clock } from '../../src/clock.ts';

interface Timer {
  at: number;
  fire: () => void;
}

/** Lets pending promises and already arrived I/O run. */
export async function settle(rounds = 2): Promise<void> {
  for (let i = 0; i < rounds; i += 1) await new Promise<void>((resume) => setImmediate(resume));
  await new Promise<void>((resume) => setTimeout(resume, 0));
}

/** Time that stands still until the test moves it. */
export class FakeClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  constructor(start: string | number = '2026-11-23T00:15:00.000Z') {
    this.#now = typeof start === 'number' ? start : Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fire: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Timers that wait; for tests that must leave none. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Moves on by `ms`, firing what falls due on the way, in order, each at its own moment. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers) {
        if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer;
      }
      if (!next) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.fire();
      await settle();
    }
    this.#now = until;
    await settle();
  }

  /** Moves on in one step, as over a weekend for a machine that slept: what fell due on the way fires once, late. */
  async leap(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.#now).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const timer of due) {
      timer.fire();
      await settle();
    }
  }

  /** Moves on to a moment, which must not be past. */
  async advanceTo(moment: string): Promise<void> {
    const ms = Date.parse(moment) - this.#now;
    if (!(ms >= 0)) throw new Error(`${moment} is not ahead of ${new Date(this.#now).toISOString()}`);
    await this.advance(ms);
  }
}
