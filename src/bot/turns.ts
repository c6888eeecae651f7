/**
 * Turns: each activity once, one at a time per conversation, and all of them known, so that a stop can wait.
 * What is remembered here is a convenience (Teams sends again when an answer is late); that nothing is done twice
 * for good is the business of the records.
 */
import type { Clock } from '../clock.ts';

/** What goes back over HTTP. */
export interface TurnResult {
  status: number;
  /** JSON. */
  body?: string;
  /** The turn came to nothing; a repeat is welcome to do better. */
  failed?: boolean;
}

/** Too much waits already; the caller may come again. */
export class BusyError extends Error {
  constructor() {
    super('too many turns are waiting');
    this.name = 'BusyError';
  }
}

export interface TurnLimits {
  /** How long a finished activity is remembered: Teams' repeats come within half a minute. */
  rememberMs: number;
  /** How many, and how many characters of answers, are remembered at most. */
  remembered: number;
  rememberedChars: number;
  /** How many may wait in one conversation. */
  queue: number;
}

export const turnLimits: TurnLimits = {
  rememberMs: 5 * 60_000,
  remembered: 5_000,
  rememberedChars: 2_000_000,
  queue: 100,
};

interface Done {
  result: TurnResult;
  until: number;
}

interface Line {
  last: Promise<unknown>;
  length: number;
}

export class Turns {
  readonly #clock: Clock;
  readonly #limits: TurnLimits;
  readonly #running = new Map<string, Promise<TurnResult>>();
  // All entries live equally long, so the order of insertion is the order of expiry.
  readonly #done = new Map<string, Done>();
  readonly #lines = new Map<string, Line>();
  #chars = 0;
  #idle: (() => void)[] = [];

  constructor(clock: Clock, limits: TurnLimits = turnLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Turns that run or wait. */
  get inFlight(): number {
    return this.#running.size;
  }

  /** Finished activities that are remembered; for tests. */
  get remembered(): number {
    return this.#done.size;
  }

  /**
   * Runs `turn` once for `activity`, after the turns of `conversation` that came before. A repeat gets the first
   * one's result, and waits for it while it runs.
   * @throws BusyError if too many wait in the conversation
   */
  run(activity: string, conversation: string, turn: () => Promise<TurnResult>): Promise<TurnResult> {
    this.#forget();
    const running = this.#running.get(activity);
    if (running) return running;
    const done = this.#done.get(activity);
    if (done) return Promise.resolve(done.result);

    const line = this.#lines.get(conversation);
    if (line && line.length >= this.#limits.queue) return Promise.reject(new BusyError());
    const result = this.#finish(activity, conversation, line ? line.last.then(turn, turn) : turn());
    this.#running.set(activity, result);
    if (line) {
      line.last = result;
      line.length += 1;
    } else {
      this.#lines.set(conversation, { last: result, length: 1 });
    }
    return result;
  }

  async #finish(activity: string, conversation: string, turn: Promise<TurnResult>): Promise<TurnResult> {
    try {
      const result = await turn;
      if (result.failed !== true) this.#remember(activity, result);
      return result;
    } finally {
      this.#running.delete(activity);
      const line = this.#lines.get(conversation)!;
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(conversation);
      if (this.#running.size === 0) for (const wake of this.#idle.splice(0)) wake();
    }
  }

  #remember(activity: string, result: TurnResult): void {
    this.#done.set(activity, { result, until: this.#clock.now() + this.#limits.rememberMs });
    this.#chars += result.body?.length ?? 0;
  }

  #forget(): void {
    const now = this.#clock.now();
    for (const [activity, { result, until }] of this.#done) {
      const room = this.#done.size <= this.#limits.remembered && this.#chars <= this.#limits.rememberedChars;
      if (room && until > now) return;
      this.#done.delete(activity);
      this.#chars -= result.body?.length ?? 0;
    }
  }

  /** Resolves with true once nothing runs or waits, with false after `ms`. */
  drain(ms: number): Promise<boolean> {
    if (this.#running.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, () => resolve(false));
      this.#idle.push(() => {
        cancel();
        resolve(true);
      });
    });
  }
}
