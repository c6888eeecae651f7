/**
 * Writes what follows from the settings' table: env/.env.local, env/.env.dev and the table of docs/configuring.md.
 *   node env/write-templates.ts
 * tests/sync/env.test.ts fails while they differ. Values that the toolkit has written are kept.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Setting } from '../src/settings.ts';
import { settings } from '../src/settings.ts';
import { toolkitVariables } from './toolkit-variables.ts';

export const environments = ['local', 'dev'] as const;
export type Environment = (typeof environments)[number];

const rows = Object.entries(settings) as [string, Setting][];
const root = join(import.meta.dirname, '..');

export const templatePath = (environment: Environment) => join(root, 'env', `.env.${environment}`);
export const configuringPath = join(root, 'docs', 'configuring.md');

const purpose = {
  local: [
    '# For running the bot on your own machine as a real Teams bot, through a dev tunnel (docs/deploying.md).',
    '# `npm start` and `npm run bot` need none of this: they run in local mode, without any registration.',
  ],
  dev: ['# For an environment on Azure (docs/deploying.md).'],
} as const;

/** `kept` are the values that the present file has. */
export function template(environment: Environment, kept: Readonly<Record<string, string>> = {}): string {
  const lines: string[] = [
    ...purpose[environment],
    '# No secrets here: they belong into the .user file beside it.',
  ];
  lines.push('', '# Agents Toolkit: teamsapp/*.yml, the manifest, infra/azure.parameters.json');
  for (const [name, variable] of Object.entries(toolkitVariables)) {
    const value = variable[environment];
    if (value === undefined) continue;
    lines.push(`# ${variable.what}`, `${name}=${kept[name] ?? value}`);
  }
  lines.push(
    '',
    "# The bot's own settings, with their defaults. teamsapp/m365agents.local.yml writes those that differ into .env;",
    '# on Azure infra/ puts them on the web app. Reference: docs/configuring.md',
  );
  for (const [name, setting] of rows)
    lines.push(setting.secret ? `# ${name} is a secret` : `# ${name}=${setting.default ?? ''}`);
  return `${lines.join('\n')}\n`;
}

/** NAME=value lines of an env file. */
export function valuesOf(file: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name = '', value = ''] of file.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)) values[name] = value;
  return values;
}

const tableBounds = ['<!-- settings: written by env/write-templates.ts -->', '<!-- /settings -->'] as const;

/** The reference page with its table made new. */
export function withSettingsTable(page: string): string {
  const cells = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
  const table = [
    cells(['Variable', 'Default', 'What it is for']),
    cells(['---', '---', '---']),
    ...rows.map(([name, setting]) => cells([`\`${name}\``, defaultText(setting), whatText(setting)])),
  ].join('\n');
  const [begin, end] = tableBounds;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/configuring.md has no ${begin} … ${end}`);
  return `${page.slice(0, from)}${begin}\n<!-- prettier-ignore -->\n${table}\n\n${page.slice(to)}`;
}

const defaultText = (setting: Setting) =>
  setting.default === undefined
    ? ''
    : setting.default
        .split(',')
        .map((part) => `\`${part}\``)
        .join(', ');

const whatText = (setting: Setting) =>
  [setting.secret && '**Secret.**', setting.only && `(${setting.only} only)`, setting.what]
    .filter(Boolean)
    .join(' ')
    .replaceAll('|', '\\|');

if (process.argv[1] === import.meta.filename) {
  for (const environment of environments) {
    const path = templatePath(environment);
    const kept = existsSync(path) ? valuesOf(readFileSync(path, 'utf8')) : {};
    writeFileSync(path, template(environment, kept));
  }
  writeFileSync(configuringPath, withSettingsTable(readFileSync(configuringPath, 'utf8')));
}
