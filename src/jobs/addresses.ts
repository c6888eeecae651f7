/** Where people and channels can be reached, as they were last met. Kept in the store; a turn writes only what is new. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { iso } from '../clock.ts';
import type { Language } from '../language.ts';
import type { Address } from '../records/address.ts';
import { upsert } from '../records/sites.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import type { Doc, Store } from '../store/store.ts';
import type { Mention, Messenger } from './messenger.ts';

interface PersonDoc extends Doc {
  type: 'person';
  name: string;
  userId?: string;
  /** Chosen by the person. */
  language?: Language;
  /** What they last wrote in. */
  spoken?: Language;
  personal?: Address;
  /** The id that the personal conversation was opened with; absent: the person wrote there. */
  openedAs?: string;
}
interface HomeDoc extends Doc {
  type: 'conversation';
  /** Any conversation of the site's: its service URL, tenant and bot id serve for those not met yet. */
  address: Address;
}

export interface Met {
  person: { aadObjectId: string; userId: string; name: string };
  address: Address;
  personal: boolean;
  site: Site | undefined;
  channelId: string | undefined;
}

export interface Addresses {
  /** Remembers who was met where. Cheap when nothing is new. */
  met(met: Met): Promise<void>;
  /** A site's channel as an address for a new post; undefined until anybody of the site was met. */
  channel(site: Site, name: string): Promise<Address | undefined>;
  /** A person's own conversation, opened if need be. @throws DeliveryError */
  personal(site: Site, aadObjectId: string): Promise<Address | undefined>;
  mention(site: Site, aadObjectId: string): Promise<Mention>;
  /** Ids by which clients know these people (`29:…`), in their order; those never met are left out. */
  userIds(aadObjectIds: readonly string[]): Promise<string[]>;
  /** The language that a person chose, else the one that they last wrote in. */
  language(aadObjectId: string): Promise<Language | undefined>;
  setLanguage(aadObjectId: string, name: string, language: Language): Promise<void>;
  /** The person wrote in this language; it counts until they choose one. */
  heard(aadObjectId: string, name: string, language: Language): Promise<void>;
}

/** So long a person of whom no id was found is not looked up again. */
const strangerMs = 60_000;

const personId = (aadObjectId: string): string => `person:${aadObjectId}`;

export function openAddresses(store: Store, clock: Clock, messenger: Messenger): Addresses {
  const people = new LRUCache<string, PersonDoc>({ max: 20_000 });
  /** People of whom the store knew no id lately; another instance may have met them since. */
  const strangers = new LRUCache<string, true>({
    max: 20_000,
    ttl: strangerMs,
    ttlResolution: 0,
    perf: clock,
  });
  const homes = new LRUCache<string, HomeDoc>({ max: 5_000 });

  const person = async (aadObjectId: string): Promise<PersonDoc | undefined> => {
    const cached = people.get(aadObjectId);
    if (cached) return cached;
    const stored = await store.read<PersonDoc>('-', personId(aadObjectId));
    if (stored) people.set(aadObjectId, stored.doc);
    return stored?.doc;
  };

  const userIdOf = async (aadObjectId: string): Promise<string | undefined> => {
    const known = await person(aadObjectId);
    if (!known?.userId) strangers.set(aadObjectId, true);
    return known?.userId;
  };

  const savePerson = async (
    aadObjectId: string,
    name: string,
    change: Partial<PersonDoc>,
  ): Promise<PersonDoc> => {
    const doc = await upsert<PersonDoc>(store, '-', personId(aadObjectId), (old) => ({
      ...(old ?? { site: '-', id: personId(aadObjectId), type: 'person', name, createdAt: iso(clock.now()) }),
      ...change,
      updatedAt: iso(clock.now()),
    }));
    people.set(aadObjectId, doc);
    strangers.delete(aadObjectId);
    return doc;
  };

  const home = async (id: string): Promise<HomeDoc | undefined> => {
    const cached = homes.get(id);
    if (cached) return cached;
    const stored = await store.read<HomeDoc>('-', id);
    if (stored) homes.set(id, stored.doc);
    return stored?.doc;
  };

  const saveHome = async (id: string, address: Address): Promise<void> => {
    const known = await home(id);
    if (known && same(known.address, address)) return;
    homes.set(
      id,
      await upsert<HomeDoc>(store, '-', id, () => ({ site: '-', id, type: 'conversation', address })),
    );
  };

  return {
    async met({ person: who, address, personal, site, channelId }) {
      const known = await person(who.aadObjectId);
      const news: Partial<PersonDoc> = {};
      if (known?.name !== who.name && who.name) news.name = who.name;
      if (known?.userId !== who.userId) news.userId = who.userId;
      if (personal && !(known?.personal && same(known.personal, address)))
        Object.assign(news, { personal: address, openedAs: undefined });
      if (Object.keys(news).length > 0) await savePerson(who.aadObjectId, who.name, news);
      const base: Address = { ...address, conversationId: address.conversationId.split(';')[0] ?? '' };
      if (channelId) await saveHome(`channel:${channelId}`, { ...base, conversationId: channelId });
      if (site) {
        const kept = await home(`home:${site.id}`);
        if (!kept || kept.address.serviceUrl !== base.serviceUrl || kept.address.botId !== base.botId)
          await saveHome(`home:${site.id}`, base);
      }
    },

    async channel(site, name) {
      const target = site.channels[name] ?? site.channels.main;
      const known = await home(`channel:${target.channelId}`);
      if (known) return known.address;
      const from = await home(`home:${site.id}`);
      return from && { ...from.address, conversationId: target.channelId };
    },

    async personal(site, aadObjectId) {
      const known = await person(aadObjectId);
      // Opened before the person's own id was known, it may lead nowhere.
      const id = known?.userId ?? aadObjectId;
      if (known?.personal && (known.openedAs === undefined || known.openedAs === id)) return known.personal;
      const from = await home(`home:${site.id}`);
      if (!from) return undefined;
      const { serviceUrl, tenantId, botId } = from.address;
      const address = await messenger.personal({
        id: known?.userId ?? aadObjectId,
        tenantId,
        serviceUrl,
        botId,
      });
      await savePerson(aadObjectId, personOf(site, aadObjectId)?.name ?? '', {
        personal: address,
        openedAs: id,
      });
      return address;
    },

    async mention(site, aadObjectId) {
      const known = await person(aadObjectId);
      return {
        id: known?.userId ?? aadObjectId,
        name: personOf(site, aadObjectId)?.name ?? known?.name ?? aadObjectId,
      };
    },

    async userIds(aadObjectIds) {
      const known = await Promise.all(aadObjectIds.filter((id) => !strangers.has(id)).map(userIdOf));
      return known.flatMap((one) => one ?? []);
    },

    async language(aadObjectId) {
      const known = await person(aadObjectId);
      return known?.language ?? known?.spoken;
    },

    async heard(aadObjectId, name, language) {
      if ((await person(aadObjectId))?.spoken !== language)
        await savePerson(aadObjectId, name, { spoken: language });
    },

    async setLanguage(aadObjectId, name, language) {
      await savePerson(aadObjectId, name, { language });
    },
  };
}

const same = (a: Address, b: Address): boolean =>
  a.serviceUrl === b.serviceUrl &&
  a.conversationId === b.conversationId &&
  a.tenantId === b.tenantId &&
  a.botId === b.botId;
