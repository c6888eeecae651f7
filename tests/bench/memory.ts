/** Memory after many turns against memory after few, in one and the same process. */
import { startOurs } from './bot-process.ts';
import { startConnector } from './connector.ts';
import type { Measure, Row } from './figures.ts';
import { pause } from './figures.ts';
import { exactly, turnOf } from './load.ts';
import { withFolder } from './stock.ts';

const few = 1_000;

export const memory: Measure = ({ full, say }) =>
  withFolder(async (folder) => {
    const many = full ? 100_000 : 20_000;
    const connector = await startConnector();
    const bot = await startOurs(folder);
    try {
      const act = turnOf(bot, connector, true);
      await exactly(act, 0, few);
      await pause(1_000);
      const before = await bot.memory();
      await exactly(act, few, many - few);
      await pause(1_000);
      const after = await bot.memory();
      say(`  ${many} turns`);
      const mega = (bytes: number) => bytes / 2 ** 20;
      const row = (what: string, ours: number, theirs: number): Row => ({
        measure: `memory, ${what}`,
        ours: mega(ours),
        opponent: `after ${few} turns`,
        theirs: mega(theirs),
        unit: 'MB',
        ratio: ours / theirs,
        target: { most: 1.1 },
        detail: { turns: many },
      });
      return [row('live heap', after.heap, before.heap), row('resident', after.rss, before.rss)];
    } finally {
      await bot.stop();
      await connector.close();
    }
  });
