/** A whole defect turn against the two echo bots: message in, read, durably saved, form out. */
import { startBot, startOurs } from './bot-process.ts';
import type { Bot } from './bot-process.ts';
import { startConnector } from './connector.ts';
import type { Measure } from './figures.ts';
import { median, medianRatio, pause, quantile } from './figures.ts';
import type { Slice } from './load.ts';
import { slice, turnOf } from './load.ts';
import { withFolder } from './stock.ts';

export const rounds = 4;
/** What one bot left behind (sockets, garbage, a last card update) is not to disturb the next. */
const restMs = 300;

export interface Side {
  bot: Bot;
  act: (n: number) => Promise<void>;
  next: () => number | undefined;
}

/** Every side's slices: warmed up, then one after the other, round after round. */
export async function rally(
  sides: readonly Side[],
  seconds: number,
  say: (line: string) => void,
): Promise<Slice[][]> {
  for (const { bot, act, next } of sides) await slice(bot, act, seconds, next);
  const slices: Slice[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { bot, act, next }] of sides.entries()) {
      await pause(restMs);
      slices[index]!.push(await slice(bot, act, seconds, next));
    }
    say(
      `  round ${round + 1}: ${sides.map(({ bot }, i) => `${bot.name} ${slices[i]!.at(-1)!.perSecond.toFixed(0)}/s`).join(', ')}`,
    );
  }
  return slices;
}

export const detailOf = (name: string, slices: readonly Slice[]): Record<string, number> => {
  const times = slices.flatMap((one) => one.times);
  return {
    [`${name}_p50_ms`]: quantile(times, 0.5),
    [`${name}_p99_ms`]: quantile(times, 0.99),
    [`${name}_cpu_ms`]: median(slices.map((one) => one.processorMs)),
  };
};

export const rates = (slices: readonly Slice[]): number[] => slices.map((one) => one.perSecond);

/** Numbers from `first`, each once. */
export function counter(first = 0): () => number {
  let n = first;
  return () => n++;
}

export const profiling = (folder: string | undefined): string[] =>
  folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];

export const turn: Measure = ({ seconds, profile, say }) =>
  withFolder(async (folder) => {
    const connector = await startConnector();
    const bots = [
      await startOurs(folder, profiling(profile)),
      await startBot('botbuilder', { script: 'tests/bench/opponents/bare.ts' }),
      await startBot('teams-ai', { script: 'tests/bench/opponents/teams-ai.ts' }),
    ] as const;
    try {
      const next = counter();
      const sides = bots.map((bot, index) => ({ bot, act: turnOf(bot, connector, index === 0), next }));
      const [ours, bare, teamsAi] = (await rally(sides, seconds, say)) as [Slice[], Slice[], Slice[]];
      const row = (opponent: string, theirs: Slice[], least: number) => ({
        measure: 'defect turn',
        ours: median(rates(ours)),
        opponent,
        theirs: median(rates(theirs)),
        unit: '/s',
        ratio: medianRatio(rates(ours), rates(theirs)),
        target: { least },
        detail: { ...detailOf('ours', ours), ...detailOf('theirs', theirs) },
      });
      return [row('botbuilder echo', bare, 1), row('teams-ai echo', teamsAi, 1.3)];
    } finally {
      await Promise.all(bots.map((bot) => bot.stop()));
      await connector.close();
    }
  });
