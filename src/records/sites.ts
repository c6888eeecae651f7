/** The sites that are served: documents of the store, kept in memory, since every turn asks for them. */
import type { Clock } from '../clock.ts';
import { iso } from '../clock.ts';
import type { DutyChange } from '../site/duty-change.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { ExistsError, StaleError } from '../store/store.ts';
import type { Doc, Store, Stored } from '../store/store.ts';
import type { Job } from './job.ts';

/** A site's own document; its digests are jobs in it. */
export interface SiteDoc extends Doc {
  type: 'site';
  body: Site;
  /** What was changed about the duty in chat; an import of the site file leaves it alone. */
  duty?: DutyChange[];
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
  /** The site as it stands in the store, or stood there half a second ago. */
  fresh(id: string): Promise<Site | undefined>;
  /** Takes over a site's document that was just written here. */
  took(doc: SiteDoc, etag: string): Site;
}

/** Who was marked away a second ago must not be called; a busy site still asks the store twice a second only. */
const freshForMs = 500;

interface Known {
  site: Site;
  /** Absent: not known, so that the next look takes the document anew. */
  etag?: string;
  readAt: number;
}

/** What every turn works with: the site file, and what was changed in chat. */
const siteIn = ({ body, duty }: SiteDoc): Site =>
  duty && duty.length > 0 ? { ...body, dutyChanges: duty } : body;

/** The site file's own part of a site. */
export function fileOf(site: Site): Site {
  const { dutyChanges, ...body } = site;
  return dutyChanges ? body : site;
}

export async function openSites(store: Store, clock: Clock): Promise<Sites> {
  let known = new Map<string, Known>();
  /** Goes up with every write of ours: a read that was under way meanwhile may bring what was before it. */
  let writes = 0;
  const reading = new Map<string, Promise<Site | undefined>>();

  /** The same object while the document is the same: what is worked out from a site is kept by it. */
  const knownAs = ({ doc, etag }: Stored<SiteDoc>): Known => {
    const before = known.get(doc.body.id);
    return {
      site: before && before.etag === etag ? before.site : siteIn(doc),
      etag,
      readAt: clock.now(),
    };
  };

  const reload = async (): Promise<void> => {
    const before = writes;
    const index = await store.read<IndexDoc>('-', indexId);
    const docs = await Promise.all((index?.doc.ids ?? []).map((id) => store.read<SiteDoc>(id, siteDocId)));
    if (writes !== before) return;
    known = new Map(
      docs.filter((stored) => stored !== undefined).map((stored) => [stored.doc.body.id, knownAs(stored)]),
    );
  };

  const read = async (id: string): Promise<Site | undefined> => {
    const before = writes;
    const stored = await store.read<SiteDoc>(id, siteDocId);
    if (stored && writes === before) known.set(id, knownAs(stored));
    return known.get(id)?.site;
  };

  const fresh = (id: string): Promise<Site | undefined> => {
    const one = known.get(id);
    if (!one || clock.now() - one.readAt < freshForMs) return Promise.resolve(one?.site);
    let under = reading.get(id);
    if (!under) {
      under = read(id).finally(() => reading.delete(id));
      reading.set(id, under);
    }
    return under;
  };

  const put = async (site: Site): Promise<void> => {
    const doc = await upsert<SiteDoc>(store, site.id, siteDocId, (doc) => ({
      ...(doc ?? { site: site.id, id: siteDocId, type: 'site', jobs: [], createdAt: iso(clock.now()) }),
      body: fileOf(site),
      updatedAt: iso(clock.now()),
    }));
    await upsert<IndexDoc>(store, '-', indexId, (doc) => ({
      site: '-',
      id: indexId,
      type: 'site',
      ids: [...new Set([...(doc?.ids ?? []), site.id])],
    }));
    writes += 1;
    known.set(site.id, { site: siteIn(doc), readAt: clock.now() });
  };

  const took = (doc: SiteDoc, etag: string): Site => {
    writes += 1;
    const one = { site: siteIn(doc), etag, readAt: clock.now() };
    known.set(doc.body.id, one);
    return one.site;
  };

  const sites = (): Site[] => [...known.values()].map(({ site }) => site);

  await reload();
  return {
    all: sites,
    get: (id) => known.get(id)?.site,
    ofChannel: (teamId, channelId) => {
      const base = channelId?.split(';')[0];
      const channels = (site: Site) => Object.values(site.channels);
      return (
        sites().find((site) =>
          channels(site).some((channel) => base !== undefined && channel.channelId === base),
        ) ??
        sites().find((site) =>
          channels(site).some((channel) => teamId !== undefined && channel.teamId === teamId),
        )
      );
    },
    ofPerson: (id) => sites().filter((site) => personOf(site, id) !== undefined),
    put,
    reload,
    fresh,
    took,
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
