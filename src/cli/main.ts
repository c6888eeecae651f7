/** `npm run -s lineside -- COMMAND …` */
import { createInterface } from 'node:readline';
import { systemClock } from '../clock.ts';
import { environment } from '../config.ts';
import { run } from './run.ts';

process.exitCode = await run(
  process.argv.slice(2),
  {
    env: environment(),
    clock: systemClock,
    out: (line) => console.log(line),
    lines: () => createInterface({ input: process.stdin, crlfDelay: Infinity }),
  },
  (line) => console.error(line),
);
