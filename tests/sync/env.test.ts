/** The templates under env/ and the reference page say what src/settings.ts says, and hold no secret. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolkitSecrets, toolkitVariables } from '../../env/toolkit-variables.ts';
import {
  configuringPath,
  environments,
  template,
  templatePath,
  valuesOf,
  withSettingsTable,
} from '../../env/write-templates.ts';
import { readConfig, settings } from '../../src/config.ts';

const root = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(path, 'utf8');
const guid = '11111111-2222-4333-8444-555555555555';

test.each(environments)('env/.env.%s is what write-templates makes', (environment) => {
  const file = readText(templatePath(environment));
  expect(file).toBe(template(environment, valuesOf(file)));
});

test('docs/configuring.md has the table of settings', () => {
  const page = readText(configuringPath);
  expect(page).toBe(withSettingsTable(page));
});

test.each(environments)('env/.env.%s is kept by git and holds no secret', (environment) => {
  const check = () =>
    execFileSync('git', ['check-ignore', '--no-index', `env/.env.${environment}`], {
      cwd: root,
      stdio: 'pipe',
    });
  expect(check).toThrow(expect.objectContaining({ status: 1 }));
  const names = Object.keys(valuesOf(readText(templatePath(environment))));
  const secrets = Object.entries(settings).flatMap(([name, setting]) => ('secret' in setting ? [name] : []));
  expect(secrets).toEqual(['MICROSOFT_APP_PASSWORD', 'COSMOS_KEY', 'BLOB_CONNECTION_STRING']);
  expect(names.filter((name) => secrets.includes(name) || /SECRET|PASSWORD|KEY/.test(name))).toEqual([]);
});

test('files with secrets are not kept by git', () => {
  for (const path of [
    '.env',
    'env/.env.dev.user',
    'env/.env.local.user',
    'teamsapp/build/lineside.dev.zip',
  ]) {
    const out = execFileSync('git', ['check-ignore', '--no-index', path], { cwd: root, encoding: 'utf8' });
    expect(out.trim()).toBe(path);
  }
});

/** ${{NAME}} in a file. */
const placeholders = (path: string) =>
  [...readText(join(root, path)).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
const known = (environment: 'local' | 'dev') => [
  ...Object.entries(toolkitVariables).flatMap(([name, variable]) => (environment in variable ? [name] : [])),
  ...toolkitSecrets,
];

test.each([
  ['teamsapp/manifest.json', 'dev'],
  ['teamsapp/manifest.json', 'local'],
  ['teamsapp/en.json', 'local'],
  ['teamsapp/zh-CN.json', 'dev'],
  ['teamsapp/m365agents.yml', 'dev'],
  ['teamsapp/m365agents.local.yml', 'local'],
  ['infra/azure.parameters.json', 'dev'],
] as const)('%s names variables that env/.env.%s has', (path, environment) => {
  const names = placeholders(path);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !known(environment).includes(name))).toEqual([]);
});

test('every toolkit variable is used or written by the toolkit', () => {
  const used = [
    'teamsapp/manifest.json',
    'teamsapp/m365agents.yml',
    'teamsapp/m365agents.local.yml',
    'infra/azure.parameters.json',
    'infra/azure.bicep',
  ]
    .map((path) => readText(join(root, path)))
    .join('\n');
  expect(Object.keys(toolkitVariables).filter((name) => !used.includes(name))).toEqual([]);
});

/** The settings that a file gives the bot, in the yml's and Bicep's common shape `NAME: value`. */
const given = (path: string, from: RegExp) => {
  const [, block = ''] = from.exec(readText(join(root, path))) ?? [];
  return [...block.matchAll(/^\s+([A-Z_]+): (.+)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
};

test('infra/azure.bicep sets a configuration that starts', () => {
  const pairs = given('infra/azure.bicep', /settings: \{\n([\s\S]*?)\n {4}\}/);
  const env = Object.fromEntries(
    pairs.map(([name, value]) => {
      if (value.startsWith("'")) return [name, value.slice(1, -1)];
      if (value === 'string(instances)') return [name, '2'];
      if (value.includes('store.outputs.endpoint')) return [name, 'https://a.documents.azure.com'];
      if (value.includes('files.outputs.endpoint')) return [name, 'https://a.blob.core.windows.net/'];
      return [name, /(?:store|files)\.outputs/.test(value) ? 'documents' : guid];
    }),
  );
  expect(Object.keys(env).filter((name) => !(name in settings))).toEqual([]);
  expect(readConfig(env)).toMatchObject({
    mode: 'deployed',
    bot: { type: 'UserAssignedMSI' },
    blob: { endpoint: 'https://a.blob.core.windows.net/', identityClientId: guid },
  });
});

test('teamsapp/m365agents.local.yml sets a configuration that starts', () => {
  const pairs = given('teamsapp/m365agents.local.yml', /envs:\n([\s\S]*)$/);
  const env = Object.fromEntries(pairs.map(([name, value]) => [name, value.startsWith('$') ? guid : value]));
  expect(Object.keys(env).filter((name) => !(name in settings))).toEqual([]);
  expect(readConfig(env)).toMatchObject({
    mode: 'deployed',
    host: '127.0.0.1',
    bot: { type: 'MultiTenant' },
  });
});

test('infra/modules/store.bicep indexes what src/store/cosmos.ts indexes', () => {
  const [, bicep = ''] =
    /var indexed = \[\n([\s\S]*?)\]/.exec(readText(join(root, 'infra/modules/store.bicep'))) ?? [];
  const [, code = ''] =
    /includedPaths: \[\n([\s\S]*?)\]\.map/.exec(readText(join(root, 'src/store/cosmos.ts'))) ?? [];
  const names = (text: string) => [...text.matchAll(/'(\w+)'/g)].map(([, name]) => name);
  expect(names(code).length).toBeGreaterThan(5);
  expect(names(bicep)).toEqual(names(code));
});
