import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Sites } from './records/sites.ts';
import { faultLines, parseSiteText } from './site/load.ts';

const demoFile = join(import.meta.dirname, '../env/site.demo.json');

/**
 * Loads the site file of the configuration into a store that does not have that site yet; in local mode the demo site
 * too. A site that is there already is left as it is: from then on the store's is the true one.
 * @throws Error that names every fault of a bad file; nothing of it is loaded
 */
export async function firstSites(config: Pick<Config, 'mode' | 'siteFile'>, sites: Sites): Promise<void> {
  const own = config.siteFile === undefined ? [] : [config.siteFile];
  const files = config.mode === 'local' ? [...own, demoFile] : sites.all().length === 0 ? own : [];
  for (const file of new Set(files)) {
    const parsed = parseSiteText(await readFile(file, 'utf8'));
    if ('faults' in parsed) throw new Error(`${file} is not a site file:\n${faultLines(parsed.faults)}`);
    if (!sites.get(parsed.site.id)) await sites.put(parsed.site);
  }
}
