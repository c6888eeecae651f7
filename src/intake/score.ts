import { isDeepStrictEqual } from 'node:util';
import type { Extraction } from './facts.ts';

/** One line of a labelled file, in the shape of `intake-examples.jsonl`. */
export interface Labelled {
  n: number;
  /** `HH:mm`, or a whole local minute; 10:00 of the anchor day where absent. */
  at?: string;
  t: string;
  x: Extraction[];
  /** What the message is about where `x` leaves that kind out. */
  k?: string;
}

export interface Tally {
  /** Right, invented or wrong, missed. */
  right: number;
  extra: number;
  missed: number;
}
export interface Score {
  messages: number;
  exact: number;
  kinds: Record<string, Tally>;
  fields: Record<string, Tally>;
  total: Tally;
  wrong: { n: number; t: string; expected: Extraction[]; got: Extraction[] }[];
}

export const anchorDay = '2026-11-23';
export const minuteOf = (line: Pick<Labelled, 'at'>): string =>
  line.at === undefined ? `${anchorDay}T10:00` : line.at.includes('T') ? line.at : `${anchorDay}T${line.at}`;

const tally = (): Tally => ({ right: 0, extra: 0, missed: 0 });
export const precision = (t: Tally): number => (t.right + t.extra === 0 ? 1 : t.right / (t.right + t.extra));
export const recall = (t: Tally): number => (t.right + t.missed === 0 ? 1 : t.right / (t.right + t.missed));
export function f1(t: Tally): number {
  const p = precision(t);
  const r = recall(t);
  return p + r === 0 ? 0 : (2 * p * r) / (p + r);
}

/** Pairs each expected entry with the best entry of its kind and operation that is still free. */
function pair(
  expected: readonly Extraction[],
  got: readonly Extraction[],
): [Extraction, Extraction | undefined][] {
  const free = [...got];
  return expected.map((want) => {
    const fits = free.filter((have) => have.kind === want.kind && have.op === want.op);
    const best = fits.toSorted((a, b) => agree(want, b) - agree(want, a))[0];
    if (best) free.splice(free.indexOf(best), 1);
    return [want, best];
  });
}
const agree = (a: Extraction, b: Extraction): number =>
  Object.keys(a).filter((key) => isDeepStrictEqual(a[key], b[key])).length;

/** Compares readings with labels: per kind whether the record is there at all, per field whether its value is right. */
export function scoreLines(
  lines: readonly Labelled[],
  readLine: (line: Labelled) => Extraction[],
  kinds: readonly string[],
): Score {
  const result: Score = { messages: 0, exact: 0, kinds: {}, fields: {}, total: tally(), wrong: [] };
  for (const line of lines) {
    const expected = line.x.filter((entry) => kinds.includes(entry.kind));
    const got = readLine(line).filter((entry) => kinds.includes(entry.kind));
    result.messages++;
    if (isDeepStrictEqual(sorted(expected), sorted(got))) result.exact++;
    else result.wrong.push({ n: line.n, t: line.t, expected, got });
    const pairs = pair(expected, got);
    for (const [want, have] of pairs) {
      const kind = (result.kinds[want.kind] ??= tally());
      if (have) kind.right++;
      else kind.missed++;
      for (const key of new Set([...Object.keys(want), ...Object.keys(have ?? {})])) {
        if (key === 'kind' || key === 'op') continue;
        count(result, key, want[key], have?.[key]);
      }
    }
    for (const have of got.filter((entry) => !pairs.some(([, taken]) => taken === entry))) {
      (result.kinds[have.kind] ??= tally()).extra++;
      for (const key of Object.keys(have))
        if (key !== 'kind' && key !== 'op') count(result, key, undefined, have[key]);
    }
  }
  return result;
}
const sorted = (entries: readonly Extraction[]): Extraction[] =>
  entries.toSorted((a, b) => `${a.kind}${a.op ?? ''}`.localeCompare(`${b.kind}${b.op ?? ''}`));

function count(result: Score, key: string, want: unknown, have: unknown): void {
  for (const t of [(result.fields[key] ??= tally()), result.total]) {
    if (want !== undefined && isDeepStrictEqual(want, have)) t.right++;
    else {
      if (have !== undefined) t.extra++;
      if (want !== undefined) t.missed++;
    }
  }
}

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`.padStart(7);
const row = (name: string, t: Tally): string =>
  `${name.padEnd(22)}${percent(precision(t))}${percent(recall(t))}${percent(f1(t))}${String(t.right + t.missed).padStart(6)}`;

/** The score as a table for people. */
export function printScore(title: string, s: Score): string {
  const fields = Object.entries(s.fields).toSorted(
    ([, a], [, b]) => b.right + b.missed - (a.right + a.missed),
  );
  return [
    `${title}: ${s.exact}/${s.messages} messages exactly as labelled (${percent(s.exact / Math.max(1, s.messages)).trim()})`,
    `${''.padEnd(22)}${'prec'.padStart(7)}${'recall'.padStart(7)}${'F1'.padStart(7)}${'n'.padStart(6)}`,
    ...Object.entries(s.kinds).map(([kind, t]) => row(kind, t)),
    row('all fields', s.total),
    ...fields.map(([field, t]) => row(`  ${field}`, t)),
  ].join('\n');
}
