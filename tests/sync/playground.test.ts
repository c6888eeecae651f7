/** .m365agentsplayground.yml as the Agents Playground itself reads it, against the demo site. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseSiteText } from '../../src/site/load.ts';
import type { Site } from '../../src/site/site.ts';

interface User {
  id: string;
  name: string;
  aadObjectId: string;
}
interface Setup {
  tenantId: string;
  bot: { id: string; name: string };
  currentUser: User;
  users: User[];
  teams: { id: string; channels: { id: string; name: string }[] }[];
  groupChats: { id: string; members: string[] }[];
}

const root = join(import.meta.dirname, '../..');
let setup: Setup;
let site: Site;

/** Starts the Playground on whatever port it finds, asks for its setup, and ends it. */
async function readSetup(): Promise<Setup> {
  const cli = createRequire(import.meta.filename).resolve('@microsoft/m365agentsplayground/cli.js');
  const port = 40_000 + (process.pid % 20_000);
  const child = spawn(process.execPath, [cli, '-p', String(port), '--dt'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      TEAMSAPPTESTER_BROWSER: 'none',
      BOT_ENDPOINT: 'http://127.0.0.1:9/api/messages',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, taken] = /^Listening on (\d+)/.exec(line) ?? [];
      if (!taken) continue;
      const response = await fetch(`http://127.0.0.1:${taken}/_internal/v1/testConfig`);
      return ((await response.json()) as { config: Setup }).config;
    }
    throw new Error('the Playground did not start');
  } finally {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

beforeAll(async () => {
  setup = await readSetup();
  const parsed = parseSiteText(readFileSync(join(root, 'env/site.demo.json'), 'utf8'));
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  site = parsed.site;
});

test('it is our file, not the built-in one', () => {
  expect(setup.bot.name).toBe('Lineside');
  expect(setup.users).toHaveLength(5);
});

test('everybody in the Playground is on the roster, and nobody else', () => {
  const people = [setup.currentUser, ...setup.users].map(({ aadObjectId, name }) => ({ aadObjectId, name }));
  expect(people).toEqual(site.people.map(({ aadObjectId, name }) => ({ aadObjectId, name })));
});

test('the channels of the site are those of the team', () => {
  const [team] = setup.teams;
  const channels = team?.channels.map(({ id, name }) => [name, id]);
  expect(channels).toEqual([
    ['General', site.channels.main.channelId],
    ['质量 Quality', site.channels['quality']?.channelId],
  ]);
  for (const { teamId } of Object.values(site.channels)) expect(teamId).toBe(team?.id);
});
