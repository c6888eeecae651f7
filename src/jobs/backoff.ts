/** When to try a delivery again. Pure, so that jobs (durable) and replies (within a turn) share one policy. */
import { DeliveryError } from './messenger.ts';

/** First pause, as Microsoft's sample for Teams has it; later ones double. */
const firstMs = 2_000;
/** From here on a person would rather have it late than have us hammer a service in trouble. */
const longestMs = 5 * 60_000;

/**
 * Milliseconds to wait before the next try, after `tries` (1 or more) that failed. `later` errors only: others are
 * not worth a try. Up to half as much again is random (`random` in [0, 1)), so that many do not come back at once;
 * the service's own Retry-After is never undercut.
 */
export function retryDelay(tries: number, error: unknown, random: () => number): number {
  const whole = Math.min(firstMs * 2 ** (Math.max(tries, 1) - 1), longestMs);
  const pause = Math.round(whole * (1 + 0.5 * random()));
  const afterMs = error instanceof DeliveryError ? (error.afterMs ?? 0) : 0;
  // A little more than asked: everyone who was told "3 s" comes back at 3 s sharp.
  return afterMs > 0 ? Math.max(pause, Math.ceil(afterMs * (1 + 0.1 * random()))) : pause;
}

/** Whether trying again can help at all. An unknown error may be anything, so it is worth another try. */
export const worthRetrying = (error: unknown): boolean =>
  error instanceof DeliveryError ? error.outcome === 'later' : true;
