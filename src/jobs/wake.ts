/** Asks the store what is due, however much that is. */
import { iso } from '../clock.ts';
import type { Due, Store } from '../store/store.ts';

/** As many at a time. */
export const batch = 200;
/** What others write now may be due since a moment ago, and behind what was asked for already. */
const overlapMs = 5_000;
/** Once everything old has been looked through, it is looked through again no sooner than this, in milliseconds. */
const restMs = 10_000;

/**
 * Where little is owed, one question a poll answers it. Where a backlog stands (after a standstill, or at nine o'clock),
 * the oldest come first; but what falls due now is asked for beside it, and the backlog is gone through to its end, so
 * that whoever is in a hurry is found behind thousands who are not.
 */
export class Wake {
  readonly #store: Store;
  readonly #take: (due: Due) => void;
  #seen: string | undefined;
  #walking: Promise<void> | undefined;
  #restUntil = -Infinity;

  /** @param take is handed what was found, some of it more than once */
  constructor(store: Store, take: (due: Due) => void) {
    this.#store = store;
    this.#take = take;
  }

  /** Everything that falls due by `until` and did not long ago, and the oldest of the rest. */
  async poll(until: string, now: number): Promise<void> {
    const oldest = await this.#store.due(until, batch);
    oldest.forEach(this.#take);
    if (oldest.length === batch) await this.#beyond(oldest.at(-1)!.wakeAt, until, now);
    this.#seen = until;
  }

  /** Waits for a look through the backlog that is under way. */
  async idle(): Promise<void> {
    await this.#walking?.catch(() => undefined);
  }

  async #beyond(from: string, until: string, now: number): Promise<void> {
    const recent = iso(now - overlapMs);
    const seen = this.#seen === undefined || this.#seen > recent ? recent : this.#seen;
    await this.#pages(from > seen ? from : seen, until);
    if (from >= seen || this.#walking || now < this.#restUntil) return;
    this.#walking = this.#pages(from, seen).finally(() => {
      this.#walking = undefined;
      this.#restUntil = now + restMs;
    });
    // Whoever polls next asks again; what fails here fails there.
    this.#walking.catch(() => undefined);
  }

  async #pages(from: string, until: string): Promise<void> {
    for (let size = batch; ;) {
      const found = await this.#store.due(until, size, from);
      found.forEach(this.#take);
      if (found.length < size) return;
      const last = found.at(-1)!.wakeAt;
      // A page is told by its first moment; more than a page of one and the same moment needs a larger one.
      size = last === from ? size * 2 : batch;
      from = last;
    }
  }
}
