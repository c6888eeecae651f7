/** What may be offered to a person as a file: where its bytes come from, and whether this person may have them. */
import type { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import type { Actor } from '../records/deps.ts';
import { show } from '../records/find.ts';
import { keptFiles } from '../records/retention.ts';
import type { Site } from '../site/site.ts';
import type { JobContext } from './define.ts';

/** A file that is kept with a record, by its hash. Other sorts stand beside it here and in `sources`. */
export type Source = { sort: 'evidence'; record: string; sha256: string };

export interface Content {
  name: string;
  /** Bytes. */
  size: number;
  /** Undefined where they are gone. */
  open(): Promise<Readable | undefined>;
}

type Context = Pick<JobContext, 'deps' | 'files'>;
type Reads = (context: Context, site: Site, actor: Actor, source: Source) => Promise<Content>;

const sources: Readonly<Record<Source['sort'], Reads>> = {
  async evidence({ deps, files }, site, actor, { record: id, sha256 }) {
    const record = await show(deps, site, actor, id);
    const file = keptFiles(record).find((one) => one.sha256 === sha256);
    if (!file) throw new AppError('no_file', { id });
    return { name: file.name, size: file.size, open: () => files.get(file.key) };
  },
};

/** Asked at every step, so that who lost the right meanwhile gets nothing. @throws AppError not_found, no_file */
export const contentOf: Reads = (context, site, actor, source) =>
  sources[source.sort](context, site, actor, source);
