import type { Clock } from '../../src/clock.ts';

interface Timer {
  at: number;
  /** Of two at one moment, the one that was set first is fired first. */
  n: number;
  fire: (() => void) | undefined;
}

/** Time for simulations: as the tests' FakeClock, but a heap, so that a hundred thousand timers cost what ten do. */
export class SimClock implements Clock {
  #now: number;
  #count = 0;
  readonly #heap: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fire: () => void): () => void {
    return this.at(this.#now + Math.max(0, ms), fire);
  }

  /** Calls `fire` at a moment; a past one counts as now. */
  at(moment: number, fire: () => void): () => void {
    this.#count += 1;
    const timer: Timer = { at: Math.max(moment, this.#now), n: this.#count, fire };
    this.#push(timer);
    return () => {
      timer.fire = undefined;
    };
  }

  /** The moment of the next timer that is not cancelled. */
  get next(): number | undefined {
    while (this.#heap.length > 0 && !this.#heap[0]!.fire) this.#pop();
    return this.#heap[0]?.at;
  }

  /** Moves on to a moment, and fires everything that is set for it by now. */
  moveTo(moment: number): void {
    this.#now = Math.max(this.#now, moment);
    const last = this.#count;
    for (let next = this.next; next !== undefined && next <= this.#now; next = this.next) {
      // What is set meanwhile for this very moment waits until its cause has been answered.
      if (this.#heap[0]!.n > last) return;
      const { fire } = this.#pop();
      fire?.();
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): Timer {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.n < b.n);
