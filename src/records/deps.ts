import type { Clock } from '../clock.ts';
import type { Person, Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { AppError } from '../errors.ts';
import type { Doc, Store } from '../store/store.ts';
import type { Job } from './job.ts';
import type { By, Source } from './record.ts';

/** What every act on a record takes with it. */
export interface Deps {
  store: Store;
  clock: Clock;
  /** The name of this instance, in leases. */
  instance: string;
  /**
   * Hands the job runner a document right after its write, with the jobs that this instance took for itself in that
   * write. Resolves when they have been tried (a turn may wait for it, so that answers do not pile up); never rejects.
   */
  kick: (doc: Owing, etag: string) => Promise<void>;
}

/** A document that may owe something. */
export type Owing = Doc & { jobs: Job[] };

/** Who acts, and from where. A `person` is on the site's roster; the bot itself acts without one. */
export interface Actor extends By {
  person?: Person;
  source: Source;
}

export const bot: Actor = { id: 'bot', name: 'Lineside', source: 'rule' };

/** The roster's person behind an authenticated id. @throws AppError stranger */
export function actorOf(site: Site, aadObjectId: string, source: Source): Actor & { person: Person } {
  const person = personOf(site, aadObjectId);
  if (!person) throw new AppError('stranger', { site: `${site.customer}${site.plant}` });
  return { id: person.aadObjectId, name: person.name, person, source };
}
