/** Line stops at scale: two instances through a simulated hour; whether every level was posted, and how late. */
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { simulate } from '../scale/simulate.ts';
import { judge } from '../scale/verdict.ts';
import type { Measure, Row } from './figures.ts';
import { quantile } from './figures.ts';

export const scale: Measure = async ({ full, say }) => {
  const size = full
    ? { hours: 10, sites: 200, tenants: 40, stops: 1_000, timers: 100_000, near: 10_000, overdue: 2_000 }
    : { hours: 1, sites: 30, tenants: 6, stops: 100, timers: 10_000, near: 600, overdue: 200 };
  const ran = await simulate({
    ...size,
    seed: 1,
    instances: 2,
    storeMs: 8,
    open: (clock, folder) => Promise.resolve(openSqliteStore({ file: join(folder, 'lineside.db'), clock })),
    say: (line) => say(`  ${line}`),
  });
  const verdict = judge(ran);
  const { due, posted, missed, twice, early, late, lateTaken, faults } = verdict;
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
  const rows: Row[] = [
    {
      measure: 'delay of a ladder level, p99',
      ours: quantile(late, 0.99),
      opponent: 'one second',
      theirs: 1_000,
      unit: 'ms',
      ratio: quantile(late, 0.99) / 1_000,
      target: { most: 1 },
      detail: {
        ...size,
        levels_due: due,
        levels_posted: posted,
        levels_missed: missed,
        levels_twice: twice,
        levels_early: early,
        p50_ms: quantile(late, 0.5),
        most_ms: quantile(late, 1),
        taken_p99_ms: quantile(lateTaken, 0.99),
        beyond_limits: ran.beyond.conversation + ran.beyond.tenant,
      },
    },
    {
      measure: 'memory, live heap of both',
      ours: ran.heap.late / 2 ** 20,
      opponent: 'after a tenth of the time',
      theirs: ran.heap.early / 2 ** 20,
      unit: 'MB',
      ratio: ran.heap.late / ran.heap.early,
      // Teams' side keeps every request, in the same process.
      detail: { requests: ran.asked.length },
    },
  ];
  return rows;
};
