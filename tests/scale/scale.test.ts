/** Two instances through half an hour of twenty stops, both stores; `npm run test:scale` is the whole size. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createHttpServer } from '@vercel/cosmosdb-server';
import type { Clock } from '../../src/clock.ts';
import { openCosmosStore } from '../../src/store/cosmos.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { quantile } from '../bench/figures.ts';
import { simulate } from './simulate.ts';
import type { Size } from './simulate.ts';
import { judge } from './verdict.ts';

let server: Server;
beforeAll(async () => {
  server = createHttpServer({ keepAlive: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const small: Omit<Size, 'open'> = {
  seed: 7,
  hours: 0.5,
  sites: 6,
  tenants: 3,
  stops: 20,
  timers: 200,
  near: 60,
  overdue: 20,
  instances: 2,
  storeMs: 8,
};

test.each<[string, Omit<Size, 'open'>, Size['open']]>([
  [
    'SQLite',
    small,
    (clock: Clock, folder: string) =>
      Promise.resolve(openSqliteStore({ file: join(folder, 'lineside.db'), clock })),
  ],
  [
    'Cosmos DB',
    // A query over all partitions costs that server some ten milliseconds, so it is asked less often.
    { ...small, timers: 60, pollMs: 10_000 },
    (clock: Clock) =>
      openCosmosStore({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        key: Buffer.from('any').toString('base64'),
        database: 'scale',
        container: 'scale',
        clock,
      }),
  ],
])('no level missed, none twice, none late, the limits kept: %s', async (_name, size, open) => {
  const ran = await simulate({ ...size, open });
  const verdict = judge(ran);
  expect(verdict.faults).toEqual([]);
  expect(verdict.due).toBeGreaterThan(15);
  expect(verdict.posted).toBe(verdict.due);
  expect(quantile(verdict.late, 0.99)).toBeLessThanOrEqual(1_000);
  expect(ran.beyond).toEqual({ conversation: 0, tenant: 0 });
});
