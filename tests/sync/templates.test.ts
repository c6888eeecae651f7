/** The layouts in cards/ and the data that the code brings belong together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from '../../src/render/template.ts';
import type { Data, Layout } from '../../src/render/template.ts';

const root = join(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'cards'));
const source = readdirSync(join(root, 'src/render'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'src/render', name), 'utf8'))
  .join('\n')
  .replace(/^\s*\/\/.*$/gm, '');
const layout = (file: string) => readFileSync(join(root, 'cards', file), 'utf8');
const pathsIn = (text: string) => [
  ...new Set([...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1] ?? '')),
];

/** Names of the data that a call of expand() brings. */
function namesGiven(name: string): string[] {
  const start = source.indexOf(`expand('${name}', {`);
  expect(start).toBeGreaterThan(-1);
  let depth = 0;
  let end = source.indexOf('{', start);
  const from = end + 1;
  do {
    const mark = source.charAt(end++);
    if (mark === '{' || mark === '(' || mark === '[') depth++;
    if (mark === '}' || mark === ')' || mark === ']') depth--;
  } while (depth > 0);
  const text = source.slice(from, end - 1);
  const given: string[] = [];
  let level = 0;
  let word = '';
  let key = true;
  for (const mark of `${text},`) {
    if ('{(['.includes(mark)) level++;
    if ('})]'.includes(mark)) level--;
    if (level === 0 && mark === ',') {
      if (word !== '') given.push(word);
      word = '';
      key = true;
    } else if (level === 0 && mark === ':' && key) key = false;
    else if (key && level === 0 && /\w/.test(mark)) word += mark;
    else if (key && level === 0 && mark === '/') key = false;
  }
  return given;
}

test.each(files)('%s is compiled and drawn by name', (file) => {
  const name = file.replace('.json', '');
  expect(source).toContain(`'../../cards/${file}'`);
  expect(source).toContain(`expand('${name}',`);
});

test.each(files)(
  'every expression of %s is a plain name that the code brings, and the other way round',
  (file) => {
    const paths = pathsIn(layout(file));
    for (const path of paths) expect(path).toMatch(/^[a-z][A-Za-z]*$/);
    expect(paths.sort()).toEqual(namesGiven(file.replace('.json', '')).sort());
  },
);

test.each(files)('%s shows what is put into it once, and never reads it as an expression', (file) => {
  const nasty = '${title} ${unknown} ${1+1}';
  const data: Data = Object.fromEntries(
    pathsIn(layout(file)).map((path) => [path, path.startsWith('has') ? true : nasty]),
  );
  const drawn = JSON.stringify(expand(file.replace('.json', '') as Layout, data));
  expect(drawn).toContain(nasty);
  expect(drawn.replaceAll(nasty, '')).not.toContain('${');
});

test.each(files)('%s holds no words of its own', (file) => {
  const texts = [...layout(file).matchAll(/"(?:text|title|label)": "([^"]*)"/g)].map(
    (match) => match[1] ?? '',
  );
  for (const text of texts) expect(text.replace(/\$\{[^}]*\}/g, '')).not.toMatch(/\p{L}/u);
});
