/** Seeded chance, so that a run can be repeated. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** Whole, from `low` up to `high`. */
  whole(low: number, high: number): number;
  is(probability: number): boolean;
  of<T>(items: readonly T[]): T;
}

/** mulberry32 */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    is: (probability) => next() < probability,
    of: (items) => items[whole(0, items.length - 1)]!,
  };
}

/** A number in [0, 1) that depends on nothing but what is named: requests come in no certain order. */
export function lotOf(seed: number, name: string, n: number): number {
  let hash = (seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return chanceOf(hash).next();
}
