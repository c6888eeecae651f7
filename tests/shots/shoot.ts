/**
 * Draws cards to pictures, as a phone (380 px) and a desktop (640 px) show them.
 *   node tests/shots/shoot.ts --out DIR [--width 380,640] [--language zh,en] [--dark] [--press TITLE] [NAME | FILE.json]...
 * Names are those of tests/fixtures/cards.ts; none: all of them. `--press` opens the buttons or folds of that title.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Card } from '../../src/render/card.ts';
import { languages } from '../../src/language.ts';
import { cards } from '../fixtures/cards.ts';
import { sampleView } from '../fixtures/sample-site.ts';
import type { Mode } from './page.ts';
import { hostConfig, page } from './page.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'shots' },
    width: { type: 'string', default: '380,640' },
    language: { type: 'string', default: languages.join(',') },
    dark: { type: 'boolean', default: false },
    press: { type: 'string', multiple: true, default: [] },
  },
});

type Named = readonly [string, Card];

function chosen(): Named[] {
  const names = positionals.length > 0 ? positionals : Object.keys(cards);
  const asked = new Set(values.language.split(','));
  return names.flatMap((name): Named[] => {
    if (name.endsWith('.json'))
      return [[basename(name, '.json'), JSON.parse(readFileSync(name, 'utf8')) as Card]];
    const draw = cards[name as keyof typeof cards];
    return languages
      .filter((language) => asked.has(language))
      .map((language): Named => [`${name}-${language}`, draw(sampleView(language))]);
  });
}

const mode: Mode = values.dark ? 'dark' : 'light';
const renderer = readFileSync(
  createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
  'utf8',
);
mkdirSync(values.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--headless=new',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
});
try {
  for (const width of values.width.split(',').map(Number)) {
    const tab = await browser.newPage({ viewport: { width, height: 400 }, deviceScaleFactor: 1.5 });
    await tab.setContent(page(renderer, mode, width));
    for (const [name, card] of chosen()) {
      const faults = (await tab.evaluate(
        `window.draw(${JSON.stringify(card)}, ${JSON.stringify(hostConfig(mode))})`,
      )) as string[];
      for (const fault of faults) console.log(`${name}: ${fault}`);
      for (const title of values.press) {
        const target = tab.getByText(title, { exact: false }).first();
        if (await target.isVisible()) await target.click();
      }
      const file = join(values.out, `${name}-${width}${values.dark ? '-dark' : ''}.png`);
      await tab.screenshot({ path: file, fullPage: true });
    }
    await tab.close();
  }
} finally {
  await browser.close();
}
