/** Time as an argument, so that tests own it. Instants are epoch milliseconds; stored times are ISO 8601 UTC. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fire` once after `ms`; the answer cancels it. Never keeps the process alive by itself. */
  after(ms: number, fire: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export const iso = (at: number): string => new Date(at).toISOString();
