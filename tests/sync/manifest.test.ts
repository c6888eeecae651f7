/** The app package: valid by its schema, the same in both languages, and its commands those that the bot matches. */
import type { TeamsManifestV1D30 } from '@microsoft/app-manifest';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { toolkitVariables } from '../../env/toolkit-variables.ts';
import {
  commands as allCommands,
  matchCommand,
  menuCommands as commands,
} from '../../src/bot/command-table.ts';
import { commandIds, extensionOf } from '../../src/bot/extension-shape.ts';
import { allKinds } from '../../src/kinds/index.ts';
import type { Language } from '../../src/language.ts';

const folder = join(import.meta.dirname, '../../teamsapp');
const guid = '11111111-2222-4333-8444-555555555555';
const filled: Readonly<Record<string, string>> = {
  TEAMS_APP_ID: guid,
  BOT_ID: guid,
  BOT_DOMAIN: 'bot.example.com',
};
const substitute = (text: string) =>
  text.replace(/\$\{\{(\w+)\}\}/g, (_, name: string) => filled[name] ?? toolkitVariables[name]?.dev ?? '');
const readJson = <T>(name: string) => JSON.parse(substitute(readFileSync(join(folder, name), 'utf8'))) as T;

const manifest = readJson<TeamsManifestV1D30.TeamsManifestV1D30>('manifest.json');
const files: Readonly<Record<Language, Record<string, string>>> = {
  en: readJson('en.json'),
  zh: readJson('zh-CN.json'),
};
const bot = manifest.bots?.[0];
const list = bot?.commandLists?.[0]?.commands ?? [];

/** In a process of its own: the validator loads an ES module in a way that jest does not follow. */
function faultsOf(app: object): unknown {
  const script = `
    const { AppManifestUtils } = require('@microsoft/app-manifest');
    AppManifestUtils.validateAgainstSchema(JSON.parse(require('fs').readFileSync(0, 'utf8')))
      .then((faults) => process.stdout.write(JSON.stringify(faults)));`;
  const input = JSON.stringify(app);
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: folder, input, encoding: 'utf8' }));
}

test('validates against its schema without a network', () => {
  expect(faultsOf(manifest)).toEqual([]);
  expect(faultsOf({ ...manifest, accentColor: 'blue' })).not.toEqual([]);
});

test('the schema is the newest that the validator has', () => {
  const packageFolder = dirname(
    createRequire(import.meta.filename).resolve('@microsoft/app-manifest/package.json'),
  );
  const [, minor] = manifest.manifestVersion.split('.').map(Number);
  const has = (version: string) => existsSync(join(packageFolder, 'build/json-schemas/teams', `v${version}`));
  expect(has(manifest.manifestVersion)).toBe(true);
  expect(has(`1.${(minor ?? 0) + 1}`)).toBe(false);
});

test('only what begins with a file or comes out of another record, not with an empty form, is left out of the menu', () => {
  const kept = allKinds.filter(({ can }) => can.archive || can.letter).map(({ id }) => id);
  const left = allCommands.filter((command) => !commands.includes(command));
  expect(left.map(({ id, kind }) => kind ?? id)).toEqual(['archive', ...kept]);
});

test('every file that it names is there', () => {
  const { color, outline } = manifest.icons;
  const languages = manifest.localizationInfo;
  const named = [
    color,
    outline,
    languages?.defaultLanguageFile,
    ...(languages?.additionalLanguages ?? []).map(({ file }) => file),
  ];
  expect(named).toEqual(['color.png', 'outline.png', 'en.json', 'zh-CN.json']);
  expect(named.filter((name) => !existsSync(join(folder, name ?? '?')))).toEqual([]);
});

test('the bot is where people meet it, and takes files', () => {
  expect(bot).toMatchObject({ botId: guid, scopes: ['personal', 'team', 'groupChat'], supportsFiles: true });
  expect(bot?.commandLists?.map(({ scopes }) => scopes)).toEqual([['personal', 'team', 'groupChat']]);
  expect(manifest).not.toHaveProperty('authorization');
});

describe('the message extension', () => {
  const [extension] = manifest.composeExtensions ?? [];
  const [record, find] = extension?.commands ?? [];

  test('has the commands that the bot answers, and nothing else', () => {
    expect(extension?.botId).toBe(guid);
    expect(extension?.commands?.map(({ id }) => id)).toEqual([commandIds.record, commandIds.find]);
    expect(record).toMatchObject({ type: 'action', context: ['message', 'compose'], fetchTask: true });
    expect(find).toMatchObject({ type: 'query', initialRun: true });
  });

  test('the search sends its words under the name that the bot reads', () => {
    const name = find?.parameters?.[0]?.name;
    const value = { commandId: find?.id, parameters: [{ name, value: 'harness' }] };
    const asked = extensionOf({ type: 'invoke', name: 'composeExtension/query', value });
    expect(asked).toEqual({ ask: 'find', words: 'harness' });
  });

  test.each(['en', 'zh'] as const)('is named in %s within the caps', (language) => {
    const at = 'composeExtensions[0].commands';
    for (const title of [`${at}[0].title`, `${at}[1].title`, `${at}[1].parameters[0].title`])
      expect(files[language][title]?.length).toBeGreaterThan(0);
    for (const [key, value] of Object.entries(files[language]).filter(([key]) => key.startsWith(at)))
      expect(value.length).toBeLessThanOrEqual(key.endsWith('title') ? 32 : 128);
  });

  test('speaks the default language of the manifest', () => {
    const { en } = files;
    const text = (key: string) => en[`composeExtensions[0].commands[${key}`];
    expect([record?.title, record?.description]).toEqual([text('0].title'), text('0].description')]);
    expect([find?.title, find?.description]).toEqual([text('1].title'), text('1].description')]);
    const [words] = find?.parameters ?? [];
    expect([words?.title, words?.description]).toEqual([
      text('1].parameters[0].title'),
      text('1].parameters[0].description'),
    ]);
  });
});

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  const file = files[language];
  const command = (at: number, part: string) => file[`bots[0].commandLists[0].commands[${at}].${part}`];

  test('the command list is the table of the bot', () => {
    expect(commands.length).toBeLessThanOrEqual(12);
    expect(commands.map((_, at) => [command(at, 'title'), command(at, 'description')])).toEqual(
      commands.map(({ words, description }) => [words[language][0], description[language]]),
    );
    expect(command(commands.length, 'title')).toBeUndefined();
  });

  test('what the menu inserts is understood', () => {
    for (const [at, { id, kind = '' }] of commands.entries())
      expect(matchCommand(command(at, 'title') ?? '')).toEqual({ id, argument: kind });
  });

  test('the keys are those of the other language and within the schema', () => {
    const other = files[language === 'en' ? 'zh' : 'en'];
    expect(Object.keys(file)).toEqual(Object.keys(other));
    const { $schema, ...strings } = file;
    expect($schema).toBe(
      manifest.$schema?.replace('MicrosoftTeams.schema', 'MicrosoftTeams.Localization.schema'),
    );
    expect(Object.values(strings).filter((value) => value.trim() === '')).toEqual([]);
  });

  test('the texts keep to their caps', () => {
    const caps = { 'name.short': 30, 'name.full': 100, 'description.short': 80, 'description.full': 4000 };
    for (const [key, cap] of Object.entries(caps))
      expect([...(file[key] ?? '')].length).toBeLessThanOrEqual(cap);
    for (const at of commands.keys()) expect(command(at, 'title')?.length).toBeLessThanOrEqual(128);
  });

  test('no other script strays in', () => {
    const han = Object.entries(file).filter(([, value]) => /\p{Script=Han}/u.test(value));
    // The language command shows 中文 in both.
    if (language === 'en')
      expect(han.map(([, value]) => value)).toEqual(['Change my language: language 中文|English']);
    else expect(han).toHaveLength(Object.keys(file).length - 1);
  });
});

test('the manifest speaks its default language', () => {
  expect(manifest.localizationInfo?.defaultLanguageTag).toBe('en');
  const { en } = files;
  expect(manifest.name).toEqual({ short: en['name.short'], full: en['name.full'] });
  expect(manifest.description).toEqual({ short: en['description.short'], full: en['description.full'] });
  expect(list).toEqual(
    commands.map(({ words, description }) => ({ title: words.en[0], description: description.en })),
  );
});
