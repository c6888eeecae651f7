/** Answers within a turn: a person waits, so a failed send is tried again, but only while Teams still waits too. */
import type { Clock } from '../clock.ts';
import { retryDelay } from '../jobs/backoff.ts';
import type { Address, Message, Messenger } from '../jobs/messenger.ts';
import { DeliveryError } from '../jobs/messenger.ts';

const maxTries = 3;
/** Teams gives a message turn 10 to 15 s before it sends the message again. */
const withinMs = 8_000;

/**
 * A `reply` for one turn: at most three tries within eight seconds, then the last error.
 * @throws DeliveryError
 */
export function replyTo(
  messenger: Messenger,
  address: Address,
  clock: Clock,
  random: () => number,
): (message: Message) => Promise<void> {
  return async (message) => {
    const until = clock.now() + withinMs;
    for (let tries = 1; ; tries += 1) {
      try {
        await messenger.send(address, message);
        return;
      } catch (error) {
        if (!(error instanceof DeliveryError) || error.outcome !== 'later' || tries >= maxTries) throw error;
        const pause = retryDelay(tries, error, random);
        if (clock.now() + pause > until) throw error;
        await new Promise<void>((resume) => void clock.after(pause, resume));
      }
    }
  };
}
