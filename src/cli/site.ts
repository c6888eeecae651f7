import { readFile } from 'node:fs/promises';
import { faultLines, parseSiteText } from '../site/load.ts';
import type { Site } from '../site/site.ts';
import { scheduleDigests } from '../jobs/digest.ts';
import type { CliCommand } from './command.ts';
import { messageOf, siteNamed, UsageError } from './command.ts';

export const siteCommand: CliCommand = {
  name: 'site',
  usage: 'list | import FILE | export [--site ID]',
  does: 'loads a site file into the store, or writes one out',
  options: ['site', 'json'],
  async run(io, desk) {
    const [what, file] = io.words;
    if (what === 'list') {
      for (const site of desk.sites.all())
        io.out(`${site.id}  ${site.customer} ${site.plant}  ${site.timeZone}  ${site.people.length} people`);
      return 0;
    }
    if (what === 'export') {
      io.out(JSON.stringify(siteNamed(io, desk), null, 2));
      return 0;
    }
    if (what !== 'import' || !file)
      throw new UsageError('say what: site list, site import FILE or site export --site ID');
    const site = await readSiteFile(file);
    await desk.sites.put(site);
    await scheduleDigests(desk.store, desk.deps.clock, site);
    io.out(
      `site ${site.id} loaded: ${site.people.length} people, ${site.lines.length} lines; a running bot takes it up within a minute`,
    );
    return 0;
  },
};

/** @throws UsageError that names every fault by its path */
async function readSiteFile(file: string): Promise<Site> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  });
  const parsed = parseSiteText(text);
  if ('site' in parsed) return parsed.site;
  throw new UsageError(`${file} is not a site file; nothing was loaded:\n${faultLines(parsed.faults)}`);
}
