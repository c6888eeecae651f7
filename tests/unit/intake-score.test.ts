import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readers, recordReaders } from '../../src/intake/kinds/index.ts';
import { read } from '../../src/intake/read.ts';
import {
  f1,
  minuteOf,
  precision,
  printScore,
  recall,
  scoreLines,
  type Labelled,
} from '../../src/intake/score.ts';

const all: string[] = readers.map((reader) => reader.kind);
/** The kinds that become records; the two oldest files label these alone, and name what else a line is by `k`. */
const records: string[] = recordReaders.map((reader) => reader.kind);
const load = (name: string): Labelled[] =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Labelled);
const reading = (line: Labelled) => read(line.t, { at: minuteOf(line) });

test.each(load('intake-examples').map((line) => [line.n, line] as const))(
  'example %i is read exactly, whatever its kinds',
  (_, line) => expect(reading(line)).toEqual(line.x),
);

test.each([
  ['intake-more', 120, records],
  ['intake-heldout', 200, records],
  ['intake-second', 70, all],
  ['intake-third', 40, all],
  ['intake-fourth', 40, all],
  ['intake-fifth', 24, all],
] as const)('%s: nearly all fields are right, and the table is printed', (name, atLeast, kinds) => {
  const lines = load(name);
  expect(lines.length).toBeGreaterThanOrEqual(atLeast);
  const score = scoreLines(lines, reading, kinds);
  process.stdout.write(`${printScore(name, score)}\n\n`);
  for (const tally of Object.values(score.kinds)) expect(f1(tally)).toBeGreaterThanOrEqual(0.97);
  expect(f1(score.total)).toBeGreaterThanOrEqual(0.97);
  expect(score.exact / score.messages).toBeGreaterThanOrEqual(0.95);
});

const silent = ['intake-more', 'intake-heldout']
  .flatMap((name) => load(name))
  .filter((line) => line.x.length === 0);

test.each(silent.filter((line) => line.k === undefined).map((line) => [line.t, line] as const))(
  'nothing at all in: %s',
  (_, line) => expect(reading(line)).toEqual([]),
);

test('what is of another kind is mostly read as that kind, and never as a record', () => {
  const lines = silent.filter((line) => line.k !== undefined);
  const read = lines.map((line) => reading(line).map((entry) => entry.kind));
  expect(read.flat().filter((kind) => records.includes(kind))).toEqual([]);
  const right = lines.filter(
    (line, index) => read[index]!.join() === (line.k === 'market' ? 'market_intelligence' : line.k),
  );
  expect(right.length / lines.length).toBeGreaterThanOrEqual(0.85);
});

describe('the score itself', () => {
  const line = (x: Labelled['x']): Labelled => ({ n: 1, t: 't', x });

  test('counts wrong values both ways, missing and invented entries once each', () => {
    const expected = [
      line([{ kind: 'defect', mode: 'label', qty_ng: 3 }]),
      line([{ kind: 'defect', mode: 'mixed' }]),
      line([]),
    ];
    const got = [[{ kind: 'defect', mode: 'label', qty_ng: 4 }], [], [{ kind: 'defect', unit: 'pcs' }]];
    let index = 0;
    const score = scoreLines(expected, () => got[index++]!, ['defect']);
    expect(score.kinds.defect).toEqual({ right: 1, extra: 1, missed: 1 });
    expect(score.fields).toEqual({
      mode: { right: 1, extra: 0, missed: 1 },
      qty_ng: { right: 0, extra: 1, missed: 1 },
      unit: { right: 0, extra: 1, missed: 0 },
    });
    expect(score.exact).toBe(0);
    expect(precision(score.total)).toBeCloseTo(1 / 3);
    expect(recall(score.total)).toBeCloseTo(1 / 3);
  });

  test('an update is not taken for a creation', () => {
    const score = scoreLines(
      [line([{ kind: 'escalation', op: 'update', ongoing: false }])],
      () => [{ kind: 'escalation', ongoing: false }],
      ['escalation'],
    );
    expect(score.kinds.escalation).toEqual({ right: 0, extra: 1, missed: 1 });
  });
});
