/** How fast one person may act: a bucket of tokens per person on the injected clock. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

export interface RateLimit {
  /** As many at once. */
  burst: number;
  /** As many per second from then on. */
  perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
  /** Until then the person has been told; saying it again would only add to the noise. */
  toldUntil: number;
}

/** More people than act within a few minutes; who falls out has a full bucket again. */
const maxPeople = 20_000;
const tellEveryMs = 2_000;

export interface Pace {
  ok: boolean;
  /** Whole seconds until the next one is taken. */
  seconds: number;
  /** Whether the person should be told now. */
  tell: boolean;
}

/** Takes one token of a person's bucket, if there is one. */
export function createRate(clock: Clock, limit: RateLimit): (person: string) => Pace {
  const buckets = new LRUCache<string, Bucket>({ max: maxPeople });
  const fine: Pace = { ok: true, seconds: 0, tell: false };
  return (person) => {
    const now = clock.now();
    let bucket = buckets.get(person);
    if (!bucket) {
      bucket = { tokens: limit.burst, at: now, toldUntil: 0 };
      buckets.set(person, bucket);
    }
    bucket.tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1_000) * limit.perSecond);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return fine;
    }
    const seconds = Math.max(1, Math.ceil((1 - bucket.tokens) / limit.perSecond));
    const tell = now >= bucket.toldUntil;
    if (tell) bucket.toldUntil = now + tellEveryMs;
    return { ok: false, seconds, tell };
  };
}
