/** A paper as PDF: A4, fonts embedded as far as they are used. */
import { createRequire } from 'node:module';
import type { Column, Content, ContentTable, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { fontFolder, fonts } from './fonts.ts';
import type { Block, Paper, Party } from './paper.ts';

/** The part of pdfmake that is used; its own types describe the browser's build. */
interface Engine {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(allowed: (url: string) => boolean): void;
  setLocalAccessPolicy(allowed: (path: string) => boolean): void;
  createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Buffer> };
}

let engine: Engine | undefined;

/** Loaded with the first paper: it takes 0.2 s, and most starts draw none. */
function load(): Engine {
  if (!engine) {
    engine = createRequire(import.meta.url)('pdfmake') as Engine;
    engine.setFonts({ Paper: { normal: fonts.normal, bold: fonts.bold } });
    // A text on a paper must not make the engine fetch anything.
    engine.setUrlAccessPolicy(() => false);
    engine.setLocalAccessPolicy((path) => path.startsWith(fontFolder));
  }
  return engine;
}

/** Points; 2 cm at the sides. */
const side = 57;
const grey = '#5b6470';
const line = '#c3c9d1';

/** Takes 40 to 90 ms a page. @throws Error where a glyph cannot be set at all (none is known) */
export function toPdf(paper: Paper): Promise<Buffer> {
  return load().createPdf(definitionOf(paper)).getBuffer();
}

function definitionOf(paper: Paper): TDocumentDefinitions {
  const [first = '', ...rest] = paper.letterhead.names;
  const date = new Date(paper.at);
  return {
    pageSize: 'A4',
    pageMargins: [side, 60, side, 64],
    info: {
      title: paper.title.join(' '),
      subject: paper.subject,
      author: paper.author,
      creationDate: date,
      modDate: date,
    },
    defaultStyle: { font: 'Paper', fontSize: 9.5, lineHeight: 1.25 },
    ...(paper.mark === undefined
      ? {}
      : { watermark: { text: paper.mark, font: 'Paper', color: '#8a93a0', opacity: 0.12, bold: true } }),
    content: [
      { text: first, fontSize: 15, bold: true, color: '#0f4f69' },
      ...rest.map((name): Content => ({ text: name, fontSize: 9.5, color: '#0f4f69' })),
      ...paper.letterhead.lines.map((text): Content => ({ text, fontSize: 8, color: grey })),
      rule(6, 16, 1.2, '#0f4f69'),
      ...paper.title.map((text, index): Content => ({
        text,
        alignment: 'center',
        bold: index === 0,
        fontSize: index === 0 ? 16 : 11,
      })),
      { text: '', margin: [0, 0, 0, 8] },
      ...paper.blocks.map(blockOf),
    ],
    footer: (page, pages) => ({
      margin: [side, 18, side, 0],
      fontSize: 7.5,
      color: grey,
      columns: [
        { text: paper.foot, width: '*' },
        { text: `${page} / ${pages}`, width: 'auto', alignment: 'right' },
      ],
    }),
  };
}

const rule = (above: number, below: number, width: number, color: string): Content => ({
  margin: [0, above, 0, below],
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: 595.28 - 2 * side, y2: 0, lineWidth: width, lineColor: color }],
});

function blockOf(block: Block): Content {
  switch (block.type) {
    case 'heading':
      return { text: block.text, bold: true, fontSize: 10.5, margin: [0, 10, 0, 4] };
    case 'text':
      return {
        text: block.text,
        margin: [0, 0, 0, 5],
        ...(block.quiet ? { color: grey, fontSize: 8.5 } : {}),
      };
    case 'facts':
      return factsOf(block.facts);
    case 'table':
      return tableOf(block);
    case 'signatures':
      return {
        unbreakable: true,
        margin: [0, 18, 0, 0],
        columnGap: 28,
        columns: block.parties.map(partyOf),
      };
  }
}

function factsOf(facts: readonly { label: string; value: string }[]): ContentTable {
  const cells = facts.flatMap(({ label, value }) => [{ text: label, color: grey }, { text: value }]);
  if (facts.length % 2 === 1) cells.push({ text: '', color: grey }, { text: '' });
  const rows = Array.from({ length: cells.length / 4 }, (_, row) => cells.slice(row * 4, row * 4 + 4));
  return {
    margin: [0, 0, 0, 8],
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: (i) => (i === 2 ? 12 : 0),
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
    table: { widths: [84, '*', 84, '*'], body: rows },
  };
}

function tableOf(block: Extract<Block, { type: 'table' }>): ContentTable {
  const whole = block.widths.reduce((sum, width) => sum + width, 0);
  return {
    margin: [0, 2, 0, 10],
    layout: {
      hLineWidth: () => 0.6,
      vLineWidth: () => 0.6,
      hLineColor: () => line,
      vLineColor: () => line,
      fillColor: (row) => (row === 0 ? '#eef2f5' : null),
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: block.widths.map((width) => `${((width / whole) * 100).toFixed(2)}%`),
      body: [
        block.head.map((text) => ({ text, bold: true, fontSize: 8.5 })),
        ...block.rows.map((row) => row.map(({ text, align }) => ({ text, alignment: align ?? 'left' }))),
      ],
    },
  };
}

function partyOf(party: Party): Column {
  return {
    width: '*',
    stack: [
      { text: party.title, bold: true },
      { text: party.company, margin: [0, 0, 0, 10] },
      {
        layout: {
          hLineWidth: (i: number) => (i === 0 ? 0 : 0.6),
          vLineWidth: () => 0,
          hLineColor: () => line,
          paddingLeft: () => 0,
          paddingTop: () => 7,
          paddingBottom: () => 2,
        },
        table: {
          widths: [76, '*'],
          body: party.lines.map(({ label, value }) => [
            { text: label, color: grey, fontSize: 8.5 },
            { text: value },
          ]),
        },
      },
    ],
  };
}
