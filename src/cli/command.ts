import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Config } from '../config.ts';
import type { Files } from '../files/files.ts';
import type { Deps } from '../records/deps.ts';
import type { Sites } from '../records/sites.ts';
import type { Site } from '../site/site.ts';
import type { Store } from '../store/store.ts';

/** What an operator typed, and where the answer goes. */
export interface Io {
  config: Config;
  clock: Clock;
  /** Values of options, without the dashes; `true` for those without a value. */
  options: Readonly<Record<string, string | boolean | undefined>>;
  /** What is neither the command nor an option. */
  words: readonly string[];
  out: (line: string) => void;
  /** Standard input, by lines. */
  lines: () => AsyncIterable<string>;
}

/** The opened store with what goes with it. */
export interface Desk {
  store: Store;
  sites: Sites;
  deps: Deps;
  files: Files;
}

export interface CliCommand {
  name: string;
  /** What follows the name, and what it does. */
  usage: string;
  does: string;
  options: readonly string[];
  run(io: Io, desk: Desk): Promise<number>;
}

/** A fault of the one who typed; shown without a stack. */
export class UsageError extends Error {}

/** The site that `--site` names; the only one where none is named. @throws UsageError */
export function siteNamed(io: Io, desk: Desk): Site {
  const wanted = io.options['site'];
  const all = desk.sites.all();
  if (typeof wanted === 'string') {
    const site = desk.sites.get(wanted);
    if (!site)
      throw new UsageError(
        `there is no site "${wanted}"; there are: ${all.map((one) => one.id).join(', ') || 'none'}`,
      );
    return site;
  }
  if (all.length === 1 && all[0]) return all[0];
  throw new UsageError(
    `say which site with --site: ${all.map((one) => one.id).join(', ') || 'none is loaded yet (lineside site import FILE)'}`,
  );
}

export const asJson = (io: Io): boolean => io.options['json'] === true;

export const messageOf = (error: unknown): string =>
  error instanceof AppError ? error.user('en') : error instanceof Error ? error.message : String(error);
