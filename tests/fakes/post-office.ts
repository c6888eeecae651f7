/** The desk with a runner behind it and a messenger that keeps what it is given: jobs without Teams. */
import type { Addresses } from '../../src/jobs/addresses.ts';
import { jobTypes } from '../../src/jobs/index.ts';
import type { Address, Message, Messenger } from '../../src/jobs/messenger.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import type { Desk } from './desk.ts';
import { openDesk, site } from './desk.ts';
import type { Workshop } from './workshop.ts';
import { openWorkshop } from './workshop.ts';

export interface Letter {
  to: string;
  message: Message;
  /** Set for an update of an earlier one. */
  of?: string;
  at: number;
}

export interface PostOffice {
  desk: Desk;
  shop: Workshop;
  /** What went out, in order; failures are not among them. */
  letters: Letter[];
  /** Throws or waits before anything goes out. */
  before: (to: string, of: string | undefined) => Promise<void> | void;
  record(id: string): Promise<RecordDoc>;
  /** Stops the runner and starts another on the same store, as a new process would. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const addressOf = (conversationId: string): Address => ({
  serviceUrl: 'http://127.0.0.1:1/',
  conversationId,
  tenantId: 't',
  botId: '28:bot',
});

export function openPostOffice(): PostOffice {
  const desk = openDesk();
  const letters: Letter[] = [];
  let sent = 0;
  const messenger: Messenger = {
    async send(to, message) {
      await office.before(to.conversationId, undefined);
      letters.push({ to: to.conversationId, message, at: desk.clock.now() });
      sent += 1;
      return { id: `m${sent}` };
    },
    async update(to, of, message) {
      await office.before(to.conversationId, of);
      letters.push({ to: to.conversationId, message, of, at: desk.clock.now() });
    },
    personal: (person) => Promise.resolve(addressOf(`a:${person.id}`)),
  };
  const addresses = {
    channel: (_site, name) => Promise.resolve(addressOf(`channel ${name}`)),
    personal: (_site, id) => Promise.resolve(addressOf(`a:${id}`)),
    mention: (_site, id) => Promise.resolve({ id, name: id }),
    userIds: (ids) => Promise.resolve([...ids]),
    language: () => Promise.resolve(undefined),
  } as Partial<Addresses> as Addresses;
  const openShop = () =>
    openWorkshop({
      types: jobTypes,
      store: desk.deps.store,
      clock: desk.clock,
      instance: desk.deps.instance,
      context: { messenger, addresses },
      // Due moments are kept to the millisecond all the same; a day of polls each second would take the test minutes.
      pollMs: 5 * 60_000,
    });
  let shop = openShop();
  desk.deps.kick = (doc, etag) => shop.runner.kick(doc, etag);
  shop.runner.start();
  const office: PostOffice = {
    desk,
    get shop() {
      return shop;
    },
    letters,
    before: () => {},
    async record(id) {
      const stored = await desk.deps.store.read<RecordDoc>(site.id, id);
      if (!stored) throw new Error(`there is no ${id}`);
      return stored.doc;
    },
    async restart() {
      await shop.runner.stop();
      shop = openShop();
      shop.runner.start();
    },
    async close() {
      await shop.runner.stop();
      await desk.deps.store.close();
    },
  };
  return office;
}
