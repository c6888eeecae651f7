/** `npm run bench`: figures of this machine as ratios, each side by side with what it is held against. */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { digest } from './digest.ts';
import { due } from './due.ts';
import type { Measure, Row } from './figures.ts';
import { reached, rounded } from './figures.ts';
import { memory } from './memory.ts';
import { press } from './press.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';
import { turn } from './turn.ts';

const measures: Readonly<Record<string, Measure>> = { turn, press, start, digest, due, memory, scale };

const usage = `npm run -s bench -- [options]
  --only a,b     ${Object.keys(measures).join(', ')}
  --full         the sizes of the design (a million records, 100 000 turns) instead of a quick run's
  --seconds N    length of one slice of load (default 2.5)
  --profile DIR  CPU profiles of the bot under load (turn, press)
  --json         JSON on standard output; the table goes to standard error`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    full: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '2.5' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function targetOf({ target }: Row): string {
  if (!target) return '';
  return 'least' in target ? `≥ ${target.least.toFixed(1)}` : `≤ ${target.most.toFixed(1)}`;
}

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.measure,
    `${rounded(row.ours)} ${row.unit}`,
    row.opponent,
    `${rounded(row.theirs)} ${row.unit}`,
    row.ratio.toFixed(2),
    targetOf(row),
    { true: 'ok', false: 'missed', undefined: '' }[String(reached(row))] ?? '',
  ]);
  const lines = [['measure', 'ours', 'against', 'its', 'ratio', 'target', ''], ...cells];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const names = values.only?.split(',') ?? Object.keys(measures);
const unknown = names.filter((name) => !Object.hasOwn(measures, name));
const seconds = Number(values.seconds);
if (values.help || unknown.length > 0 || !(seconds > 0)) {
  console.error(unknown.length > 0 ? `no such measure: ${unknown.join(', ')}\n${usage}` : usage);
  process.exit(values.help ? 0 : 2);
}
if (values.profile !== undefined) mkdirSync(values.profile, { recursive: true });

const rows: Row[] = [];
let failed = false;
for (const name of names) {
  console.error(`${name} …`);
  try {
    const options = {
      full: values.full,
      seconds,
      profile: values.profile,
      say: (line: string) => console.error(line),
    };
    rows.push(...(await measures[name]!(options)));
  } catch (error) {
    // A lost turn or a wrong answer makes every figure worthless: it is no slow run but a failed one.
    failed = true;
    console.error(`${name} failed:`, error);
  }
}
const shown = table(rows);
if (values.json) {
  const found = rows.map((row) => ({
    ...row,
    ours: rounded(row.ours),
    theirs: rounded(row.theirs),
    ratio: rounded(row.ratio),
    reached: reached(row),
    detail: Object.fromEntries(Object.entries(row.detail).map(([key, value]) => [key, rounded(value)])),
  }));
  console.error(shown);
  console.log(JSON.stringify({ node: process.version, full: values.full, measures: found }, null, 2));
} else console.log(shown);
process.exit(failed ? 1 : 0);
