/** The cards' texts: the same in both languages, all of them used, and no card in the wrong one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from '../../src/render/i18n.ts';
import { en } from '../../src/render/locales/en.ts';
import { zh } from '../../src/render/locales/zh.ts';
import { cards } from '../fixtures/cards.ts';
import * as merged from '../fixtures/cases.ts';
import * as asked from '../fixtures/feasibility.ts';
import * as digests from '../fixtures/digests.ts';
import * as letters from '../fixtures/letters.ts';
import * as samples from '../fixtures/records.ts';
import * as pointedAt from '../fixtures/said.ts';
import * as withTasks from '../fixtures/tasks.ts';
import * as signed from '../fixtures/signed.ts';
import * as told from '../fixtures/told-stops.ts';
import { sampleSite, sampleView } from '../fixtures/sample-site.ts';
import { textsIn } from '../unit/card-walk.ts';

const stem = (key: string) => key.replace(/_(one|other)$/, '');
const render = join(import.meta.dirname, '../../src/render');
const source = readdirSync(render)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(render, name), 'utf8'))
  .join('\n');

test('both languages have the same texts, and English a singular where it counts', () => {
  expect([...new Set(Object.keys(en).map(stem))].sort()).toEqual(
    [...new Set(Object.keys(zh).map(stem))].sort(),
  );
  for (const key of Object.keys(zh).filter((name) => name.endsWith('_other')))
    expect(Object.keys(en)).toEqual(expect.arrayContaining([key, key.replace('_other', '_one')]));
});

test('a text takes the same values in both languages', () => {
  const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [key, text] of Object.entries(zh))
    expect([key, names(en[key as keyof typeof zh])]).toEqual([key, names(text)]);
});

test('every text is used', () => {
  const unused = Object.keys(zh)
    .map(stem)
    .filter((key) => !source.includes(`'${key}'`) && !/^(severity\.S\d|digest\.side\.)/.test(key));
  expect(unused).toEqual([]);
});

test('values are put in as they are, and counted', () => {
  expect(t('en', 'record.owner', { name: '$t(word.yes) {{x}} <b>' })).toBe('Owner $t(word.yes) {{x}} <b>');
  expect(t('en', 'draft.missing', { count: 1 })).toContain('1 required answer is');
  expect(t('en', 'draft.missing', { count: 2 })).toContain('2 required answers are');
  expect(t('zh', 'draft.missing', { count: 1 })).toContain('还差 1 项');
});

/** Strings that people typed or are called, which are shown as they are in any language. */
function said(): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string')
      for (const one of [value, ...value.split('\n'), value.split(/[,\uff0c]/)[0] ?? value]) found.add(one);
    else if (value && typeof value === 'object') Object.values(value).forEach(visit);
  };
  const records = Object.values({
    ...{ ...samples, ...merged, ...letters, ...asked },
    ...{ ...signed, ...told, ...pointedAt },
  }).flatMap((one) => (typeof one === 'object' && 'fields' in one ? [one] : []));
  visit(
    records.map((record) => [
      record.fields,
      'history' in record ? record.history.map((e) => [e.note, e.by]) : [],
    ]),
  );
  visit(
    Object.values({ ...withTasks, ...asked }).flatMap(({ actions }) =>
      actions.map(({ what, note, reason, evidence, said }) => [what, note, reason, evidence, said]),
    ),
  );
  visit([sampleSite, `${sampleSite.customer}${sampleSite.plant}`]);
  visit(digests.sampleDigest.sections.stops);
  return [...found].filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
}

const people = said();
const without = (text: string) =>
  people.reduce((rest, one) => rest.replaceAll(one, ''), text.replace(/\]\(https:[^)]*\)/g, ']'));
const ours = (name: keyof typeof cards, language: 'zh' | 'en') =>
  textsIn(cards[name](sampleView(language))).map(without);
const names = Object.keys(cards) as (keyof typeof cards)[];

test.each(names.filter((name) => name !== 'language'))('no Chinese in the English %s', (name) => {
  // The welcome offers the other language by its own name.
  for (const text of ours(name, 'en'))
    if (text !== '中文')
      expect(text).not.toMatch(/\p{Script=Han}|[\uff0c\u3002\uff1a\uff1b\uff08\uff09\u3001]/u);
});

const trade = /\b(?:[A-Z]{2,4}-\d{8}-\d{3}|VIN|PPAP|MTTA|MTTR|NG|OK|JIS|JIT|mm|English|duty)\b/g;

test.each(names.filter((name) => name !== 'language'))('no English in the Chinese %s', (name) => {
  for (const text of ours(name, 'zh')) expect(text.replace(trade, '')).not.toMatch(/[A-Za-z]{3,}/);
});
