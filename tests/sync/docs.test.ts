/** The texts say what the code does: commands, settings, metrics, kinds, links. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { commands } from '../../src/bot/command-table.ts';
import { settings } from '../../src/settings.ts';
import { allKinds } from '../../src/kinds/index.ts';
import { createMetrics } from '../../src/metrics.ts';

const root = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(join(root, path), 'utf8');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const pages = tracked.filter((path) => path.endsWith('.md'));
const packageJson = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };

test('the pages that readers are sent to are there', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/operating.md']),
  );
});

test.each(pages)('%s names npm scripts that exist', (page) => {
  const named = [...readText(page).matchAll(/npm run (?:-s )?([a-z][\w-]*)|npm (start|test)\b/g)];
  const missing = named
    .map(([, script, short]) => script ?? short ?? '')
    .filter((name) => !(name in packageJson.scripts));
  expect(missing).toEqual([]);
});

test('README has every script that a person would run', () => {
  const readme = readText('README.md');
  const unnamed = Object.keys(packageJson.scripts).filter((name) => !readme.includes(name));
  expect(unnamed).toEqual([]);
});

/** What the command line says of itself: the name of each command, and what may follow it. */
function usage(): Map<string, string> {
  const out = spawnSync(process.execPath, ['src/cli/main.ts', 'help'], { cwd: root, encoding: 'utf8' });
  const lines = (out.stdout + out.stderr).matchAll(/^ {2}([a-z]+) (.*)$/gm);
  return new Map([...lines].map(([, name = '', rest = '']) => [name, rest]));
}

test('operating has every command of the command line, with its options, and no other', () => {
  const said = usage();
  expect([...said.keys()]).toEqual(expect.arrayContaining(['records', 'jobs', 'verify', 'backup']));
  const [, section = ''] = /## The command line\n([\s\S]*?)\n## /.exec(readText('docs/operating.md')) ?? [];
  // The first column; a bar inside an option is escaped.
  const cells = section.split('\n').flatMap((line) => /^\| (`.*?`) *(?<!\\)\| /.exec(line)?.[1] ?? []);
  const written = cells.join(' ').replaceAll('\\|', '|');
  for (const [name, rest] of said) {
    expect(written).toContain(`\`${name} `);
    const own = cells.filter((cell) => cell.includes(`\`${name} `)).join(' ');
    const optionsOf = (text: string) => [...text.matchAll(/--([a-z]+)/g)].map(([, option = '']) => option);
    const known = optionsOf(rest);
    expect([name, optionsOf(own).filter((option) => !known.includes(option))]).toEqual([name, []]);
    // --site is said of all of them at once, --period has one value.
    const silent = ['site', 'period'];
    const unsaid = known.filter((option) => !silent.includes(option) && !own.includes(`--${option}`));
    expect([name, unsaid]).toEqual([name, []]);
  }
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([a-z]+) /g)].map(([, name = '']) => name));
  expect(names.filter((name) => !said.has(name))).toEqual([]);
});

test('README has the words of every command of the bot', () => {
  const readme = readText('README.md');
  const first = commands.flatMap(({ words }) => [words.zh[0] ?? '', words.en[0] ?? '']);
  expect(first.filter((word) => !readme.includes(word))).toEqual([]);
});

test('README has every kind, in both languages', () => {
  const readme = readText('README.md');
  for (const { label, prefix } of allKinds)
    expect(readme).toMatch(new RegExp(`\\| ${label.en} ${label.zh} +\\| \`${prefix}-\\d{8}-\\d{3}\``));
});

test('operating has every metric with its labels, and no other', async () => {
  const page = readText('docs/operating.md');
  const { registry } = createMetrics();
  const names = (await registry.getMetricsAsJSON()).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(4);
  const inPage = [...page.matchAll(/^\| `(lineside_\w+)`/gm)].map(([, name = '']) => name);
  expect(inPage.toSorted()).toEqual(names.toSorted());
  for (const name of names) {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: string[] };
    const [, labels = ''] = new RegExp(`\\| \`${name}\` *\\|([^|]*)\\|`).exec(page) ?? [];
    expect([name, [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label)]).toEqual([name, labelNames]);
  }
  expect(
    [...page.matchAll(/lineside_\w+/g)].map(([name]) => name).filter((name) => !names.includes(name)),
  ).toEqual([]);
});

test('configuring has every setting, and the texts name no other', () => {
  const configuring = readText('docs/configuring.md');
  const names = Object.keys(settings);
  expect(names.filter((name) => !configuring.includes(`| \`${name}\` |`))).toEqual([]);
  const operating = readText('docs/operating.md');
  const named = [...operating.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

/** `## What is it?` as GitHub makes an anchor of it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test.each(pages)('every link of %s leads somewhere', (page) => {
  const text = readText(page).replace(/```[\s\S]*?```/g, '');
  const links = [
    ...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link),
    ...[...text.matchAll(/src="([^"]+)"/g)].map(([, link = '']) => link),
  ].filter((link) => !/^(https?|mailto):/.test(link));
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? join(root, page) : resolve(root, dirname(page), file);
    if (!existsSync(target) || relative(root, target).startsWith('..')) return true;
    if (anchor === undefined) return false;
    const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
    return !headings.map(anchorOf).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('every page under docs is linked from the README or a page that it leads to', () => {
  const seen = new Set<string>();
  const visit = (page: string): void => {
    if (seen.has(page) || !pages.includes(page)) return;
    seen.add(page);
    for (const [, link = ''] of readText(page).matchAll(/\]\(([^)\s#]+)/g))
      if (!link.startsWith('http')) visit(relative(root, resolve(root, dirname(page), link)));
  };
  visit('README.md');
  expect(pages.filter((page) => page.startsWith('docs/') && !seen.has(page))).toEqual([]);
});

test('the rooms in the README are the folders of src', () => {
  const [, drawing = ''] = /## Structure\n+```\n([\s\S]*?)```/.exec(readText('README.md')) ?? [];
  const drawn = [...drawing.matchAll(/(?:^| )([a-z]+)\/ {2}/gm)].map(([, name = '']) => name);
  const rooms = new Set(tracked.flatMap((path) => /^src\/([a-z]+)\//.exec(path)?.[1] ?? []));
  expect([...rooms].filter((room) => !drawn.includes(room))).toEqual([]);
});

test('pictures are shown somewhere, and small enough to load on a phone', () => {
  const pictures = tracked.filter((path) => path.startsWith('docs/pictures/'));
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((path) => readFileSync(join(root, path)).length > 200_000)).toEqual([]);
  const shown = pages.map(readText).join('\n');
  expect(pictures.filter((path) => !shown.includes(basename(path)))).toEqual([]);
});

test("no text names a path of somebody's machine", () => {
  const texts = tracked.filter(
    (path) => /\.(md|ts|js|cjs|json|ya?ml|bicep|sh)$/.test(path) && path !== 'package-lock.json',
  );
  expect(texts.length).toBeGreaterThan(100);
  const private_ = /(?<![\w.:/-])\/(?:home|Users|root|work|mnt)\/\w/;
  expect(texts.filter((path) => private_.test(readText(path)))).toEqual([]);
});
