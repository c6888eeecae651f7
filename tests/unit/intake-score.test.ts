import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readers } from '../../src/intake/kinds/index.ts';
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

const kinds: string[] = readers.map((reader) => reader.kind);
const load = (name: string): Labelled[] =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Labelled);
const reading = (line: Labelled) => read(line.t, { at: minuteOf(line) });

test.each(load('intake-examples').map((line) => [line.n, line] as const))(
  'example %i is read exactly',
  (_, line) => {
    const wanted = line.x.filter((entry) => kinds.includes(entry.kind));
    expect(reading(line)).toEqual(wanted);
  },
);

test.each([
  ['intake-more', 120],
  ['intake-heldout', 200],
  ['intake-second', 70],
  ['intake-third', 40],
])('%s: nearly all fields are right, and the table is printed', (name, atLeast) => {
  const lines = load(name);
  expect(lines.length).toBeGreaterThanOrEqual(atLeast);
  const score = scoreLines(lines, reading, kinds);
  process.stdout.write(`${printScore(name, score)}\n\n`);
  for (const tally of Object.values(score.kinds)) expect(f1(tally)).toBeGreaterThanOrEqual(0.97);
  expect(f1(score.total)).toBeGreaterThanOrEqual(0.97);
  expect(score.exact / score.messages).toBeGreaterThanOrEqual(0.95);
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
