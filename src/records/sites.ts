/** The sites that are served: documents of the store, kept in memory, since every turn asks for them. */
import type { Clock } from '../clock.ts';
import { iso } from '../clock.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { ExistsError, StaleError } from '../store/store.ts';
import type { Doc, Store, Stored } from '../store/store.ts';
import type { Job } from './job.ts';

/** A site's own document; its digests are jobs in it. */
export interface SiteDoc extends Doc {
  type: 'site';
  body: Site;
  jobs: Job[];
}

/** A site's document lies in its own partition under this id; the index of all lies in partition `-`. */
export const siteDocId = 'site';
const indexId = 'sites';
interface IndexDoc extends Doc {
  type: 'site';
  ids: string[];
}

export interface Sites {
  all(): readonly Site[];
  get(id: string): Site | undefined;
  /** The site whose channel or team this is. */
  ofChannel(teamId: string | undefined, channelId: string | undefined): Site | undefined;
  /** Sites on whose roster the person is. */
  ofPerson(aadObjectId: string): readonly Site[];
  /** Adds a site or replaces it, durably. */
  put(site: Site): Promise<void>;
  /** Reads them again from the store; another instance may have changed them. */
  reload(): Promise<void>;
}

export async function openSites(store: Store, clock: Clock): Promise<Sites> {
  let known = new Map<string, Site>();

  const reload = async (): Promise<void> => {
    const index = await store.read<IndexDoc>('-', indexId);
    const docs = await Promise.all((index?.doc.ids ?? []).map((id) => store.read<SiteDoc>(id, siteDocId)));
    known = new Map(docs.filter((doc) => doc !== undefined).map(({ doc }) => [doc.body.id, doc.body]));
  };

  const put = async (site: Site): Promise<void> => {
    await upsert<SiteDoc>(store, site.id, siteDocId, (doc) => ({
      ...(doc ?? { site: site.id, id: siteDocId, type: 'site', jobs: [], createdAt: iso(clock.now()) }),
      body: site,
      updatedAt: iso(clock.now()),
    }));
    await upsert<IndexDoc>(store, '-', indexId, (doc) => ({
      site: '-',
      id: indexId,
      type: 'site',
      ids: [...new Set([...(doc?.ids ?? []), site.id])],
    }));
    known.set(site.id, site);
  };

  await reload();
  return {
    all: () => [...known.values()],
    get: (id) => known.get(id),
    ofChannel: (teamId, channelId) => {
      const base = channelId?.split(';')[0];
      const channels = (site: Site) => Object.values(site.channels);
      return (
        [...known.values()].find((site) =>
          channels(site).some((channel) => base !== undefined && channel.channelId === base),
        ) ??
        [...known.values()].find((site) =>
          channels(site).some((channel) => teamId !== undefined && channel.teamId === teamId),
        )
      );
    },
    ofPerson: (id) => [...known.values()].filter((site) => personOf(site, id) !== undefined),
    put,
    reload,
  };
}

/** Creates or replaces a document, whatever others do to it meanwhile. */
export async function upsert<T extends Doc>(
  store: Store,
  site: string,
  id: string,
  next: (doc: T | undefined) => T,
): Promise<T> {
  for (;;) {
    const stored: Stored<T> | undefined = await store.read<T>(site, id);
    const doc = next(stored?.doc);
    try {
      await (stored ? store.replace(doc, stored.etag) : store.create(doc));
      return doc;
    } catch (error) {
      if (!isRace(error)) throw error;
    }
  }
}

const isRace = (error: unknown): boolean => error instanceof ExistsError || error instanceof StaleError;
