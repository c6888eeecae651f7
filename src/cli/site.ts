import { readFile } from 'node:fs/promises';
import { fileOf } from '../records/sites.ts';
import { faultLines, parseSiteText } from '../site/load.ts';
import type { Site } from '../site/site.ts';
import { scheduleDigests } from '../jobs/digest.ts';
import { scheduleDuty } from '../jobs/shift.ts';
import type { GraphPerson } from '../graph/people.ts';
import type { CliCommand, Io } from './command.ts';
import { messageOf, siteNamed, UsageError } from './command.ts';

export const siteCommand: CliCommand = {
  name: 'site',
  usage: 'list | import FILE | export [--site ID] | people GROUP_ID',
  does: "loads a site file into the store, writes one out, or prints a group's people for its roster (Microsoft Graph)",
  options: ['site', 'json'],
  async run(io, desk) {
    const [what, file] = io.words;
    if (what === 'list') {
      for (const site of desk.sites.all())
        io.out(`${site.id}  ${site.customer} ${site.plant}  ${site.timeZone}  ${site.people.length} people`);
      return 0;
    }
    if (what === 'export') {
      io.out(JSON.stringify(fileOf(siteNamed(io, desk)), null, 2));
      return 0;
    }
    if (what === 'people') {
      if (!file) throw new UsageError('say which group: site people GROUP_ID');
      for (const person of await people(io, file)) io.out(JSON.stringify({ ...person, roles: [] }));
      return 0;
    }
    if (what !== 'import' || !file)
      throw new UsageError(
        'say what: site list, site import FILE, site export --site ID or site people GROUP_ID',
      );
    const site = await readSiteFile(file);
    await desk.sites.put(site);
    await scheduleDigests(desk.store, desk.deps.clock, site);
    await scheduleDuty(desk.store, desk.deps.clock, site);
    io.out(
      `site ${site.id} loaded: ${site.people.length} people, ${site.lines.length} lines; a running bot takes it up within a minute`,
    );
    return 0;
  },
};

/** With the bot's own registration, else with whoever is signed in to Azure here. */
async function people(io: Io, group: string): Promise<GraphPerson[]> {
  const { peopleOfGroup } = await import('../graph/people.ts');
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity');
  const { bot } = io.config;
  const credential =
    bot?.password && bot.tenantId
      ? new ClientSecretCredential(bot.tenantId, bot.id, bot.password)
      : new DefaultAzureCredential(bot ? { managedIdentityClientId: bot.id } : {});
  try {
    return await peopleOfGroup(group, { credential });
  } catch (error) {
    throw new UsageError(
      `Microsoft Graph refused: ${messageOf(error)}; the registration needs GroupMember.Read.All`,
    );
  }
}

/** @throws UsageError that names every fault by its path */
async function readSiteFile(file: string): Promise<Site> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  });
  const parsed = parseSiteText(text);
  if ('site' in parsed) return parsed.site;
  throw new UsageError(`${file} is not a site file; nothing was loaded:\n${faultLines(parsed.faults)}`);
}
