import { type Container, CosmosClient, type IndexingPolicy, type ItemDefinition } from '@azure/cosmos';
import type { TokenCredential } from '@azure/identity';
import { type Clock, iso } from '../clock.ts';
import { docOf, isExpired, type Item, itemOf } from './cosmos-item.ts';
import { countQuery, dueQuery, pageQuery } from './cosmos-query.ts';
import { dueOf, encodeKey, pageSize, readMark, writeMark } from './keys.ts';
import { wordsOf } from './search-text.ts';
import {
  type Doc,
  type Due,
  ExistsError,
  type Filter,
  StaleError,
  type Store,
  type Stored,
} from './store.ts';

/** Loading @azure/cosmos takes some 200 ms: import this module only where Cosmos DB is configured. */

export interface CosmosOptions {
  endpoint: string;
  /** One of the two: the account's key, or an identity. */
  key?: string;
  credential?: TokenCredential;
  database: string;
  container: string;
  clock: Clock;
}

/** Later than every stored time. */
const never = '9999';

/** Only what queries look at is indexed: a document's body would cost request units at every write. */
const indexingPolicy: IndexingPolicy = {
  indexingMode: 'consistent',
  automatic: true,
  includedPaths: [
    'site',
    'type',
    'kind',
    'status',
    'open',
    'severity',
    'owner',
    'dueAt',
    'updatedAt',
    'wakeAt',
    'expiresAt',
    'sort',
    'search',
  ].map((name) => ({ path: `/${name}/?` })),
  excludedPaths: [{ path: '/*' }],
};

type Found = Pick<Item, 'id' | 'sort' | 'expiresAt' | 'doc' | 'raw'> & { _etag: string };

/** Our etag carries the expiry along, so that a write to an expired document is refused before Cosmos DB deletes it. */
const writeEtag = (etag: string, expiresAt: string | undefined): string =>
  expiresAt === undefined ? etag : `${etag} ${expiresAt}`;

function readEtag(etag: string): { condition: string; expiresAt: string | undefined } {
  const [condition = '', expiresAt] = etag.split(' ');
  return { condition, expiresAt };
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Finds the container, or creates it with its database if it is absent. */
async function openContainer(client: CosmosClient, options: CosmosOptions): Promise<Container> {
  const found = client.database(options.database).container(options.container);
  try {
    const { resource } = await found.read();
    const key = resource?.partitionKey?.paths.join();
    if (key !== '/site')
      throw new Error(`container ${options.container} is partitioned by ${key}, not by /site`);
    return found;
  } catch (error) {
    if (codeOf(error) !== 404) throw error;
  }
  try {
    const { database } = await client.databases.createIfNotExists({ id: options.database });
    const { container } = await database.containers.createIfNotExists({
      id: options.container,
      partitionKey: { paths: ['/site'] },
      indexingPolicy,
      // On, with no default: items that carry a ttl go, the others stay.
      defaultTtl: -1,
    });
    return container;
  } catch (error) {
    if (codeOf(error) !== 403) throw error;
    throw new Error(
      `container ${options.database}/${options.container} does not exist and this identity may not create it`,
      { cause: error },
    );
  }
}

/** The store of a deployment with many instances. The SDK repeats what was throttled (429); 449 is repeated here. */
export async function openCosmosStore(options: CosmosOptions): Promise<Store> {
  const { clock } = options;
  const client = new CosmosClient({
    endpoint: options.endpoint,
    ...(options.credential ? { aadCredentials: options.credential } : { key: options.key ?? '' }),
    // Emulators speak http but announce https regions; a real account is always https.
    connectionPolicy: { enableEndpointDiscovery: options.endpoint.startsWith('https:') },
  });
  let container: Container;
  try {
    container = await openContainer(client, options);
  } catch (error) {
    client.dispose();
    throw error;
  }

  const now = () => iso(clock.now());
  const itemAt = (site: string, id: string) => container.item(encodeKey(id), encodeKey(site));
  const ifMatch = (etag: string) => ({ accessCondition: { type: 'IfMatch', condition: etag } });

  /** 449: another write to the same item was under way; nothing was written, and soon it will be. */
  async function repeating<T>(call: () => Promise<T>, tries = 5): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (codeOf(error) !== 449 || tries <= 1) throw error;
      await new Promise<void>((resolve) => clock.after(20 * (6 - tries), resolve));
      return repeating(call, tries - 1);
    }
  }

  async function list<T>(spec: ReturnType<typeof pageQuery>, site?: string): Promise<T[]> {
    const partition = site === undefined ? {} : { partitionKey: encodeKey(site) };
    const { resources } = await container.items
      .query<T>(spec, { ...partition, maxItemCount: 500 })
      .fetchAll();
    return resources;
  }

  const stored = <T extends Doc>(item: Found): Stored<T> => ({
    doc: docOf<T>(item),
    etag: writeEtag(item._etag, item.expiresAt),
  });

  async function createItem(item: Item): Promise<string> {
    const { etag } = await repeating(() => container.items.create(item));
    return writeEtag(etag, item.expiresAt);
  }

  async function replaceItem(item: Item, condition: string): Promise<string> {
    const { etag } = await repeating(() =>
      container.item(item.id, item.site).replace(item as unknown as ItemDefinition, ifMatch(condition)),
    );
    return writeEtag(etag, item.expiresAt);
  }

  /** Runs a conditional write, and says StaleError where the document is changed, gone, or expired. */
  async function ifCurrent<T>(
    site: string,
    id: string,
    etag: string,
    write: (condition: string) => Promise<T>,
  ): Promise<T> {
    const { condition, expiresAt } = readEtag(etag);
    if (isExpired({ expiresAt }, clock.now())) throw new StaleError(site, id);
    try {
      return await write(condition);
    } catch (error) {
      throw codeOf(error) === 412 || codeOf(error) === 404 ? new StaleError(site, id) : error;
    }
  }

  return {
    async read<T extends Doc>(site: string, id: string) {
      const { resource } = await itemAt(site, id).read<Found>();
      return resource && !isExpired(resource, clock.now()) ? stored<T>(resource) : undefined;
    },

    async create(doc) {
      const item = itemOf(doc, clock.now());
      try {
        return await createItem(item);
      } catch (error) {
        if (codeOf(error) !== 409) throw error;
      }
      // Expired, but not deleted yet: for us it is gone, so its place is free. Whoever replaces it first has it.
      const { resource } = await itemAt(doc.site, doc.id).read<Found>();
      if (!resource || !isExpired(resource, clock.now())) throw new ExistsError(doc.site, doc.id);
      try {
        return await replaceItem(item, resource._etag);
      } catch (error) {
        throw codeOf(error) === 412 || codeOf(error) === 404 ? new ExistsError(doc.site, doc.id) : error;
      }
    },

    async replace(doc, etag) {
      const item = itemOf(doc, clock.now());
      return ifCurrent(doc.site, doc.id, etag, (condition) => replaceItem(item, condition));
    },

    async remove(site, id, etag) {
      await ifCurrent(site, id, etag, (condition) =>
        repeating(() => itemAt(site, id).delete(ifMatch(condition))),
      );
    },

    async query<T extends Doc>(site: string, filter: Filter, limit: number, after?: string) {
      const size = pageSize(limit);
      const mark = after === undefined ? undefined : readMark(after);
      const found = await list<Found>(pageQuery(site, filter, now(), size + 1, { after: mark }), site);
      const items = found.slice(0, size);
      const last = items.at(-1);
      return {
        items: items.map((item) => stored<T>(item)),
        ...(found.length > size &&
          last && {
            next: writeMark({ createdAt: last.sort.slice(0, last.sort.lastIndexOf(' ')), key: last.id }),
          }),
      };
    },

    async count(site, filter) {
      // A count may come in parts, one for each page that the server needed.
      const parts = await list<number>(countQuery(site, filter, now()), site);
      return parts.reduce((sum, part) => sum + part, 0);
    },

    async search<T extends Doc>(site: string, filter: Filter, text: string, limit: number) {
      const words = wordsOf(text);
      const found = await list<Found>(pageQuery(site, filter, now(), pageSize(limit), { words }), site);
      return found.map((item) => stored<T>(item));
    },

    async due(until, limit, from) {
      if (limit < 1) return [];
      const found = await list<Due>(dueQuery(until, now(), Math.trunc(limit), from));
      return found.map(dueOf);
    },

    async nextWake() {
      const [first] = await list<Due>(dueQuery(never, now(), 1));
      return first?.wakeAt;
    },

    async ping() {
      await container.read();
    },

    async close() {
      client.dispose();
    },
  };
}
