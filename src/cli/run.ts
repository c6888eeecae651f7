/** The operator's commands, and how a command line is run. */
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config.ts';
import { firstSites } from '../first-sites.ts';
import { openFiles } from '../open-files.ts';
import { openStore } from '../open-store.ts';
import { openSites } from '../records/sites.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import type { CliCommand, Desk, Io } from './command.ts';
import { messageOf, UsageError } from './command.ts';
import { digestCommand } from './digest.ts';
import { intakeCommand } from './intake.ts';
import { jobsCommand } from './jobs.ts';
import { letterCommand } from './letter.ts';
import { recordsCommand } from './records.ts';
import { siteCommand } from './site.ts';
import { verifyCommand } from './verify.ts';

export const cliCommands: readonly CliCommand[] = [
  recordsCommand,
  intakeCommand,
  digestCommand,
  letterCommand,
  siteCommand,
  jobsCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
];

export const usage = (): string =>
  [
    'usage: npm run -s lineside -- COMMAND',
    ...cliCommands.map((one) => `  ${one.name} ${one.usage}\n      ${one.does}`),
  ].join('\n');

const flags = new Set(['json', 'open', 'failed']);

/** Runs one command line and answers the exit code. */
export async function run(
  argv: readonly string[],
  io: Pick<Io, 'clock' | 'out' | 'lines'> & { env: Readonly<Record<string, string | undefined>> },
  fail: (line: string) => void,
): Promise<number> {
  const command = cliCommands.find((one) => one.name === argv[0]);
  if (!command) {
    if (argv[0] !== undefined && argv[0] !== 'help') fail(`lineside: there is no command "${argv[0]}"`);
    fail(usage());
    return argv[0] === undefined || argv[0] === 'help' ? 0 : 2;
  }
  try {
    const { values, positionals } = parsed(command, argv.slice(1));
    const config = readConfig(io.env);
    const desk = await openDesk(config, io);
    try {
      return await command.run({ ...io, config, options: values, words: positionals }, desk);
    } finally {
      await desk.store.close();
    }
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    fail(`lineside ${command.name}: ${messageOf(error)}`);
    return 2;
  }
}

/** @throws UsageError for options that the command does not have */
function parsed(command: CliCommand, args: string[]): { values: Io['options']; positionals: string[] } {
  const options = Object.fromEntries(
    command.options.map((name) => [
      name,
      { type: flags.has(name) ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

async function openDesk(config: Io['config'], { clock }: Pick<Io, 'clock'>): Promise<Desk> {
  const store = await openStore(config, clock);
  const sites = await openSites(store, clock);
  await firstSites(config, sites);
  const files = await openFiles(config);
  return {
    store,
    sites,
    files,
    deps: { store, clock, instance: `cli@${hostname()}`, kick: () => Promise.resolve() },
  };
}
