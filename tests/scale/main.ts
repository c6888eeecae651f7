/** `npm run test:scale`: ten hours of two hundred sites, whole size. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { quantile } from '../bench/figures.ts';
import { simulate } from './simulate.ts';
import { judge } from './verdict.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '10' },
    sites: { type: 'string', default: '200' },
    tenants: { type: 'string', default: '40' },
    stops: { type: 'string', default: '1000' },
    timers: { type: 'string', default: '100000' },
    near: { type: 'string', default: '10000' },
    overdue: { type: 'string', default: '2000' },
    instances: { type: 'string', default: '2' },
    share: { type: 'string' },
    'store-ms': { type: 'string', default: '8' },
  },
});
const say = (line: string) => console.error(line);
const ran = await simulate({
  seed: Number(values.seed),
  hours: Number(values.hours),
  sites: Number(values.sites),
  tenants: Number(values.tenants),
  stops: Number(values.stops),
  timers: Number(values.timers),
  near: Number(values.near),
  overdue: Number(values.overdue),
  instances: Number(values.instances),
  ...(values.share === undefined ? {} : { share: Number(values.share) }),
  storeMs: Number(values['store-ms']),
  open: (clock, folder) => Promise.resolve(openSqliteStore({ file: join(folder, 'lineside.db'), clock })),
  say,
});
const verdict = judge(ran);
const spread = (times: readonly number[]) =>
  [0.5, 0.99, 1].map((p) => `${Math.round(quantile(times, p))}`).join(' / ');
console.log(
  `levels: ${verdict.due} due, ${verdict.posted} posted, ${verdict.missed} missed, ${verdict.twice} twice, ${verdict.early} early`,
);
console.log(`due to first attempt, ms (p50 / p99 / most): ${spread(verdict.fromDue)}`);
console.log(
  `  once capacity allows: ${spread(verdict.late)}; until Teams took it: ${spread(verdict.lateTaken)}`,
);
console.log(
  `requests: ${ran.asked.length}, beyond a limit: ${ran.beyond.conversation} conversation, ${ran.beyond.tenant} tenant, given up: ${ran.cut}`,
);
console.log(
  `heap: ${(ran.heap.early / 2 ** 20).toFixed(0)} MB early, ${(ran.heap.late / 2 ** 20).toFixed(0)} MB late; ${(ran.realMs / 1000).toFixed(0)} s`,
);
console.log(`store: ${JSON.stringify(ran.operations)}`);
for (const fault of verdict.faults.slice(0, 30)) console.log(`! ${fault}`);
const kept = ran.beyond.conversation + ran.beyond.tenant === 0 && quantile(verdict.late, 0.99) <= 1_000;
if (!kept) console.log('! the limits, or the second, were not kept');
process.exit(verdict.faults.length > 0 || !kept ? 1 : 0);
