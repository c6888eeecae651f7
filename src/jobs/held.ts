import type { Owing } from '../records/deps.ts';
import type { Store } from '../store/store.ts';
import { StaleError } from '../store/store.ts';

/** A document that jobs are at. Its writes come one at a time, each into the document as it is by then. */
export class Held {
  readonly #store: Store;
  readonly #shared: boolean;
  #current: { doc: Owing; etag: string };
  /** Somebody else has written since the jobs were given it. */
  #moved = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param shared whether several jobs have the document in hand, which must not change under them */
  constructor(store: Store, doc: Owing, etag: string, shared: boolean) {
    this.#store = store;
    this.#shared = shared;
    this.#current = { doc, etag };
  }

  /**
   * Writes what `alter` makes of the document, after the writes before it; `alter` is called again after a lost race,
   * and told that others have written (`moved`).
   * Nothing is written where it answers false. @returns the document as written; undefined if nothing was, or it is gone
   */
  alter(alter: (doc: Owing, moved: boolean) => boolean): Promise<Owing | undefined> {
    const written = this.#last.then(() => this.#write(alter));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #write(alter: (doc: Owing, moved: boolean) => boolean): Promise<Owing | undefined> {
    for (;;) {
      const doc = this.#shared ? structuredClone(this.#current.doc) : this.#current.doc;
      if (!alter(doc, this.#moved)) return undefined;
      try {
        this.#current = { doc, etag: await this.#store.replace(doc, this.#current.etag) };
        return doc;
      } catch (error) {
        if (!(error instanceof StaleError)) throw error;
        const fresh = await this.#store.read<Owing>(doc.site, doc.id);
        if (!fresh) return undefined;
        this.#current = fresh;
        this.#moved = true;
      }
    }
  }
}
