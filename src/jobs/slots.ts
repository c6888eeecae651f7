/** Work that waits for its turn: so many at once, first come, first served. */
export class Slots {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #active = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async run(work: () => Promise<void>): Promise<void> {
    if (this.#active >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#active += 1;
    try {
      await work();
    } finally {
      // The slot goes on to the next in line; nobody who comes meanwhile slips in.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#active -= 1;
    }
  }
}
