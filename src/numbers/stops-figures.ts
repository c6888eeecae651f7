/**
 * How fast stops are answered and ended, who caused them, and what they cost. Numerators and denominators are kept, so
 * that any figures may be added to any others; nothing is an average of averages.
 */
import type { AnyKind } from '../kinds/index.ts';
import type { RecordDoc } from '../records/record.ts';

export const stopSides = ['ours', 'customer', 'other', 'unknown'] as const;
export type StopSide = (typeof stopSides)[number];

/** Milliseconds from the start of a stop; absent: it did not come to that. */
export interface Pace {
  answered?: number;
  arrived?: number;
  restored?: number;
}

/** What one stop adds to the figures. */
export interface StopFact extends Pace {
  side: StopSide;
  /** Milliseconds of the period during which it stood. */
  stood: number;
  loss?: number;
}

/** A sum over `n` stops; those of which it is not known are in neither. */
export interface Sum {
  n: number;
  sum: number;
}

export interface StopFigures {
  /** Milliseconds from start to answer, and to restart. */
  answered: Sum;
  restored: Sum;
  /** Milliseconds that stood, by side. */
  sides: Record<StopSide, number>;
  /** In the currency of the records. Ours alone. */
  loss: Sum;
}

const nothing = (): Sum => ({ n: 0, sum: 0 });

export const noFigures = (): StopFigures => ({
  answered: nothing(),
  restored: nothing(),
  sides: { ours: 0, customer: 0, other: 0, unknown: 0 },
  loss: nothing(),
});

export function stopFigures(stops: readonly StopFact[]): StopFigures {
  const figures = noFigures();
  for (const { answered, restored, loss, side, stood } of stops) {
    add(figures.answered, answered);
    add(figures.restored, restored);
    add(figures.loss, loss);
    figures.sides[side] += stood;
  }
  return figures;
}

function add(total: Sum, value: number | undefined): void {
  if (value === undefined) return;
  total.n += 1;
  total.sum += value;
}

const plus = (a: Sum, b: Sum): Sum => ({ n: a.n + b.n, sum: a.sum + b.sum });

/** The figures of two sets of stops together. */
export const together = (a: StopFigures, b: StopFigures): StopFigures => ({
  answered: plus(a.answered, b.answered),
  restored: plus(a.restored, b.restored),
  sides: {
    ours: a.sides.ours + b.sides.ours,
    customer: a.sides.customer + b.sides.customer,
    other: a.sides.other + b.sides.other,
    unknown: a.sides.unknown + b.sides.unknown,
  },
  loss: plus(a.loss, b.loss),
});

/** Minutes on average; undefined of nothing, which is not 0. */
export const meanMinutes = ({ n, sum }: Sum): number | undefined => (n === 0 ? undefined : sum / n / 60_000);

export const sideOf = (kind: AnyKind, record: Pick<RecordDoc, 'fields'>): StopSide => {
  const side = kind.can.stopwatch?.side;
  return stopSides.find((one) => side !== undefined && record.fields[side] === one) ?? 'unknown';
};

/**
 * How long after its start a stop was answered, reached and ended. What ran in between does not count; of one that began
 * again, the answer and the arrival are those to the second time.
 */
export function paceOf(kind: AnyKind, record: Pick<RecordDoc, 'fields' | 'reopenedAt'>): Pace {
  const watch = kind.can.stopwatch;
  const start = watch && record.fields[watch.from];
  if (!watch || typeof start !== 'string') return {};
  const { reopenedAt = '' } = record;
  const again = start > reopenedAt ? start : reopenedAt;
  const after = (name: string | undefined, from: string): number | undefined => {
    const at = name === undefined ? undefined : record.fields[name];
    return typeof at === 'string' ? Math.max(0, Date.parse(at) - Date.parse(from)) : undefined;
  };
  const between = record.fields[watch.between];
  const ended = watch.to.map((name) => after(name, start)).find((ms) => ms !== undefined);
  const [answered, arrived] = [after(watch.answered, again), after(watch.arrived, again)];
  return {
    ...(answered === undefined ? {} : { answered }),
    ...(arrived === undefined ? {} : { arrived }),
    ...(ended === undefined
      ? {}
      : { restored: Math.max(0, ended - (typeof between === 'number' ? between * 60_000 : 0)) }),
  };
}

/** What the record adds to the figures of a period, of which it stood for `stood`; the rest only where it began in it. */
export function factOf(kind: AnyKind, record: RecordDoc, stood: number, began: boolean): StopFact {
  const side = sideOf(kind, record);
  if (!began) return { side, stood };
  const field = kind.can.stopwatch?.loss;
  const loss = field === undefined ? undefined : record.fields[field];
  const { answered, restored } = paceOf(kind, record);
  return {
    side,
    stood,
    ...(answered === undefined ? {} : { answered }),
    ...(restored === undefined ? {} : { restored }),
    ...(typeof loss === 'number' ? { loss } : {}),
  };
}
