/** From a process's start until it listens, against loading the two SDKs and nothing else. */
import { join } from 'node:path';
import { root, timeOf } from './bot-process.ts';
import type { Measure, Row } from './figures.ts';
import { median, medianRatio } from './figures.ts';
import { withFolder } from './stock.ts';

const rounds = 7;
const load = ['-e', "require('botbuilder');require('@microsoft/teams-ai')"];

export const start: Measure = ({ say }) =>
  withFolder(async (folder) => {
    const own = { PORT: '0', DATA_DIR: join(folder, 'data'), NODE_COMPILE_CACHE: join(folder, 'cache') };
    const warm = { NODE_COMPILE_CACHE: join(folder, 'cache-sdk') };
    const ours = () => timeOf(['--no-warnings', join(root, 'src/main.ts')], 'listening on', own);
    // A first start makes the database and fills the caches; the SDKs alone get the same favour in their second form.
    await ours();
    await timeOf(load, undefined, warm);

    const times: { ours: number[]; plain: number[]; cached: number[] } = { ours: [], plain: [], cached: [] };
    for (let round = 0; round < rounds; round += 1) {
      times.ours.push(await ours());
      times.plain.push(await timeOf(load, undefined));
      times.cached.push(await timeOf(load, undefined, warm));
    }
    say(`  ${rounds} starts each`);
    const row = (opponent: string, theirs: number[], target?: Row['target']): Row => ({
      measure: 'start to ready',
      ours: median(times.ours),
      opponent,
      theirs: median(theirs),
      unit: 'ms',
      ratio: medianRatio(times.ours, theirs),
      ...(target ? { target } : {}),
      detail: { rounds },
    });
    return [row('loading both SDKs', times.plain, { most: 1 }), row('the same, compile cache', times.cached)];
  });
