import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CosmosClient } from '@azure/cosmos';
import { createHttpServer } from '@vercel/cosmosdb-server';
import type { Clock } from '../../src/clock.ts';
import type { Item } from '../../src/store/cosmos-item.ts';
import { openCosmosStore } from '../../src/store/cosmos.ts';
import { storeContract } from './store.contract.ts';
import { minute, record, withStore } from './store-subject.ts';

const key = Buffer.from('any').toString('base64');
let server: Server;
let endpoint: string;
let containers = 0;
/** Decides about a request before the server does; true: it has been answered. */
let intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;

beforeAll(async () => {
  server = createHttpServer({ keepAlive: true });
  const [answer] = server.listeners('request') as [(q: IncomingMessage, a: ServerResponse) => void];
  server.removeAllListeners('request').on('request', (request, response) => {
    if (!intercept?.(request, response)) answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  intercept = undefined;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const subject = {
  name: 'Cosmos DB',
  open: (clock: Clock) =>
    openCosmosStore({ endpoint, key, database: 'test', container: `c${++containers}`, clock }),
};

storeContract(subject);

const itemsOf = async (container: string): Promise<Item[]> => {
  const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
  const { resources } = await client
    .database('test')
    .container(container)
    .items.query<Item>('SELECT * FROM c')
    .fetchAll();
  client.dispose();
  return resources;
};

const refuse = (response: ServerResponse, status: number) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code: String(status), message: 'refused by the test' }));
  return true;
};

describe('Cosmos DB', () => {
  test('an item that expires carries its time to live in seconds, rounded up; others none', () =>
    withStore(subject, async (store) => {
      await store.create(record('a', { expiresAt: minute(2) }));
      await store.create(record('b'));
      await store.create(record('past', { expiresAt: minute(-2) }));
      const items = await itemsOf(`c${containers}`);
      const ttl = Object.fromEntries(items.map((item) => [item.id, item.ttl]));
      expect(ttl).toEqual({ a: 121, b: undefined, past: 1 });
    }));

  test('the container is partitioned by site, has its time to live on, and indexes no bodies', () =>
    withStore(subject, async () => {
      const client = new CosmosClient({
        endpoint,
        key,
        connectionPolicy: { enableEndpointDiscovery: false },
      });
      const { resource } = await client.database('test').container(`c${containers}`).read();
      client.dispose();
      expect(resource).toMatchObject({ partitionKey: { paths: ['/site'] }, defaultTtl: -1 });
      expect(resource!.indexingPolicy!.excludedPaths).toEqual([{ path: '/*' }]);
      expect(resource!.indexingPolicy!.includedPaths).toContainEqual({ path: '/wakeAt/?' });
    }));

  test('a document is readable in the container as it is, unless Cosmos DB might bend it', () =>
    withStore(subject, async (store) => {
      await store.create(record('a', { title: '线束' }));
      await store.create(record('b', { title: '\ud800' }));
      const items = await itemsOf(`c${containers}`);
      expect(items.find((item) => item.id === 'a')!.doc).toEqual(record('a', { title: '线束' }));
      expect(items.find((item) => item.id === 'b')).toMatchObject({
        raw: expect.stringContaining('\\ud800'),
      });
    }));

  test('a document above 2 MB is refused, and nothing is stored', () =>
    withStore(subject, async (store) => {
      const large = record('a', { title: '束'.repeat(700_000) });
      await expect(store.create(large)).rejects.toMatchObject({
        code: 'too_long',
        args: { length: expect.any(Number), limit: 2 * 1024 * 1024 - 2048 },
      });
      const etag = await store.create(record('a'));
      await expect(store.replace(large, etag)).rejects.toMatchObject({ code: 'too_long' });
      expect(await store.read('demo', 'a')).toEqual({ doc: record('a'), etag });
    }));

  test('a write refused because another is under way (449) is repeated, at most five times', () =>
    withStore(subject, async (store) => {
      let refusals = 0;
      let limit = 2;
      intercept = (request, response) => {
        if (request.method === 'GET' || refusals >= limit) return false;
        refusals++;
        return refuse(response, 449);
      };
      const etag = await store.create(record('a', { n: 1 }));
      expect(refusals).toBe(2);
      refusals = 0;
      const next = await store.replace(record('a', { n: 2 }), etag);
      expect(refusals).toBe(2);
      refusals = 0;
      limit = Infinity;
      await expect(store.remove('demo', 'a', next)).rejects.toMatchObject({ code: 449 });
      expect(refusals).toBe(5);
    }));

  test('a throttled write (429) is repeated by the SDK', () =>
    withStore(subject, async (store) => {
      let refusals = 0;
      intercept = (request, response) => {
        if (request.method === 'GET' || refusals >= 2) return false;
        refusals++;
        response.setHeader('x-ms-retry-after-ms', '5');
        return refuse(response, 429);
      };
      await store.create(record('a'));
      expect(refusals).toBe(2);
    }));

  test('a container with another partition key is refused', async () => {
    const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
    const { database } = await client.databases.createIfNotExists({ id: 'test' });
    await database.containers.create({ id: `c${containers + 1}`, partitionKey: { paths: ['/kind'] } });
    client.dispose();
    await expect(withStore(subject, async () => {})).rejects.toThrow('partitioned by /kind, not by /site');
  });

  test('an identity that may not create the container hears so', async () => {
    intercept = (request, response) => request.method === 'POST' && refuse(response, 403);
    await expect(withStore(subject, async () => {})).rejects.toThrow('may not create it');
  });
});
