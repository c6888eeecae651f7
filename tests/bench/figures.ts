/** What a measure hands back, and how samples become a ratio. */

export interface Options {
  /** The sizes that the design names instead of those of a quick run. */
  full: boolean;
  /** Length of one slice of load. */
  seconds: number;
  /** Writes a CPU profile of the bot under load into this folder. */
  profile: string | undefined;
  /** Progress, for a person who waits. */
  say: (line: string) => void;
}

export interface Row {
  measure: string;
  ours: number;
  opponent: string;
  theirs: number;
  unit: string;
  ratio: number;
  /** Absent: stated for comparison only. */
  target?: { least: number } | { most: number };
  /** Beside the ratio: sizes, percentiles, processor time. */
  detail: Record<string, number>;
}

export type Measure = (options: Options) => Promise<Row[]>;

/** The p-quantile of samples, 0 to 1; the lower one of two neighbours. */
export function quantile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const found = sorted[Math.floor((sorted.length - 1) * p)];
  if (found === undefined) throw new Error('no samples');
  return found;
}

export const median = (samples: readonly number[]): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : quantile(samples, 0.5);
};

/** The median of the rounds' own ratios: what slows the machine for a while slows both sides of a round. */
export const medianRatio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, round) => value / theirs[round]!));

export function reached({ ratio, target }: Row): boolean | undefined {
  if (!target) return undefined;
  return 'least' in target ? ratio >= target.least : ratio <= target.most;
}

export const rounded = (value: number): number => Number(value.toPrecision(4));

export const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
