/** A paper as Word (docx): the same paper as the PDF, for those who must put it into a template of theirs. */
import type * as Docx from 'docx';
import type { Block, Cell, Paper, Party } from './paper.ts';

/** Twentieths of a point: an A4 page less its margins. */
const pageWidth = 9_640;
const grey = '5B6470';
const blue = '0F4F69';
/** Half points. */
const size = { body: 19, small: 16, heading: 21, title: 32, second: 22, company: 30 } as const;
/** Word takes the first that the reader's machine has. */
const font = { ascii: 'Noto Sans SC', hAnsi: 'Noto Sans SC', eastAsia: 'Microsoft YaHei' } as const;

/** Takes 20 to 60 ms; the library loads with the first one. */
export async function toWord(paper: Paper): Promise<Buffer> {
  const docx = await import('docx');
  const [first = '', ...rest] = paper.letterhead.names;
  const line = (text: string, look: Docx.IRunOptions, more: Docx.IParagraphOptions = {}) =>
    new docx.Paragraph({ ...more, children: [new docx.TextRun({ text, ...look })] });
  const document = new docx.Document({
    title: paper.title.join(' '),
    subject: paper.subject,
    creator: paper.author,
    lastModifiedBy: paper.author,
    styles: { default: { document: { run: { font, size: size.body } } } },
    sections: [
      {
        properties: { page: { margin: { top: 1_100, bottom: 1_100, left: 1_134, right: 1_134 } } },
        footers: { default: footer(docx, paper) },
        children: [
          line(first, { bold: true, size: size.company, color: blue }),
          ...rest.map((name) => line(name, { size: size.body, color: blue })),
          ...paper.letterhead.lines.map((text) => line(text, { size: size.small, color: grey })),
          new docx.Paragraph({
            spacing: { after: 240 },
            border: { bottom: { style: docx.BorderStyle.SINGLE, size: 10, color: blue, space: 4 } },
          }),
          ...(paper.mark === undefined
            ? []
            : [line(paper.mark, { bold: true, color: grey }, { alignment: docx.AlignmentType.CENTER })]),
          ...paper.title.map((text, index) =>
            line(
              text,
              { bold: index === 0, size: index === 0 ? size.title : size.second },
              { alignment: docx.AlignmentType.CENTER, spacing: { after: index === 0 ? 0 : 200 } },
            ),
          ),
          ...paper.blocks.flatMap((block) => blockOf(docx, block)),
        ],
      },
    ],
  });
  return docx.Packer.toBuffer(document);
}

function footer(docx: typeof Docx, paper: Paper): Docx.Footer {
  const look = { size: size.small, color: grey };
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        tabStops: [{ type: docx.TabStopType.RIGHT, position: pageWidth }],
        children: [
          new docx.TextRun({ text: `${paper.foot}\t`, ...look }),
          new docx.TextRun({
            children: [docx.PageNumber.CURRENT, ' / ', docx.PageNumber.TOTAL_PAGES],
            ...look,
          }),
        ],
      }),
    ],
  });
}

function blockOf(docx: typeof Docx, block: Block): (Docx.Paragraph | Docx.Table)[] {
  const words = (text: string, look: Docx.IRunOptions = {}, more: Docx.IParagraphOptions = {}) =>
    new docx.Paragraph({ ...more, children: [new docx.TextRun({ text, ...look })] });
  switch (block.type) {
    case 'heading':
      return [
        words(
          block.text,
          { bold: true, size: size.heading },
          { spacing: { before: 200, after: 80 }, keepNext: true },
        ),
      ];
    case 'text':
      return block.text
        .split('\n')
        .map((part) =>
          words(part, block.quiet ? { color: grey, size: size.small } : {}, { spacing: { after: 100 } }),
        );
    case 'facts':
      return [factsOf(docx, block.facts), words('')];
    case 'table':
      return [tableOf(docx, block), words('')];
    case 'signatures':
      return [signaturesOf(docx, block.parties)];
  }
}

const thin = (docx: typeof Docx) => ({ style: docx.BorderStyle.SINGLE, size: 4, color: 'C3C9D1' });

const framed = (docx: typeof Docx) => {
  const one = thin(docx);
  return { top: one, bottom: one, left: one, right: one, insideHorizontal: one, insideVertical: one };
};

const bare = (docx: typeof Docx) => {
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' };
  return { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
};

function factsOf(docx: typeof Docx, facts: readonly { label: string; value: string }[]): Docx.Table {
  const cell = (text: string, width: number, look: Docx.IRunOptions = {}) =>
    new docx.TableCell({
      width: { size: width, type: docx.WidthType.DXA },
      children: [new docx.Paragraph({ children: [new docx.TextRun({ text, ...look })] })],
    });
  const pairs = Array.from({ length: Math.ceil(facts.length / 2) }, (_, row) =>
    [facts[row * 2], facts[row * 2 + 1]].flatMap((fact) => [
      cell(fact?.label ?? '', 1_700, { color: grey }),
      cell(fact?.value ?? '', 3_120),
    ]),
  );
  return new docx.Table({
    borders: bare(docx),
    width: { size: pageWidth, type: docx.WidthType.DXA },
    rows: pairs.map((children) => new docx.TableRow({ children, cantSplit: true })),
  });
}

function tableOf(docx: typeof Docx, block: Extract<Block, { type: 'table' }>): Docx.Table {
  const whole = block.widths.reduce((sum, width) => sum + width, 0);
  const align = {
    left: docx.AlignmentType.LEFT,
    right: docx.AlignmentType.RIGHT,
    center: docx.AlignmentType.CENTER,
  };
  const rowOf = (cells: readonly Cell[], head: boolean) =>
    new docx.TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map(
        ({ text, align: side = 'left' }, column) =>
          new docx.TableCell({
            width: {
              size: Math.round(((block.widths[column] ?? 1) / whole) * pageWidth),
              type: docx.WidthType.DXA,
            },
            margins: { top: 60, bottom: 60, left: 90, right: 90 },
            ...(head ? { shading: { fill: 'EEF2F5' } } : {}),
            children: [
              new docx.Paragraph({
                alignment: align[side],
                children: [new docx.TextRun({ text, bold: head, size: head ? 17 : size.body })],
              }),
            ],
          }),
      ),
    });
  return new docx.Table({
    borders: framed(docx),
    width: { size: pageWidth, type: docx.WidthType.DXA },
    rows: [
      rowOf(
        block.head.map((text) => ({ text })),
        true,
      ),
      ...block.rows.map((row) => rowOf(row, false)),
    ],
  });
}

function signaturesOf(docx: typeof Docx, parties: readonly Party[]): Docx.Table {
  const width = Math.floor(pageWidth / parties.length);
  const linesOf = (party: Party) =>
    new docx.Table({
      borders: { ...bare(docx), bottom: thin(docx), insideHorizontal: thin(docx) },
      width: { size: width - 500, type: docx.WidthType.DXA },
      rows: party.lines.map(
        ({ label, value }) =>
          new docx.TableRow({
            cantSplit: true,
            height: { value: 480, rule: docx.HeightRule.ATLEAST },
            children: [
              new docx.TableCell({
                width: { size: 1_500, type: docx.WidthType.DXA },
                verticalAlign: docx.VerticalAlignTable.BOTTOM,
                children: [
                  new docx.Paragraph({
                    children: [new docx.TextRun({ text: label, color: grey, size: 17 })],
                  }),
                ],
              }),
              new docx.TableCell({
                width: { size: width - 2_000, type: docx.WidthType.DXA },
                verticalAlign: docx.VerticalAlignTable.BOTTOM,
                children: [new docx.Paragraph(value)],
              }),
            ],
          }),
      ),
    });
  const part = (party: Party) =>
    new docx.TableCell({
      width: { size: width, type: docx.WidthType.DXA },
      margins: { right: 300 },
      children: [
        new docx.Paragraph({
          keepNext: true,
          spacing: { before: 240 },
          children: [new docx.TextRun({ text: party.title, bold: true })],
        }),
        new docx.Paragraph({
          keepNext: true,
          spacing: { after: 160 },
          children: [new docx.TextRun({ text: party.company })],
        }),
        linesOf(party),
        new docx.Paragraph(''),
      ],
    });
  return new docx.Table({
    borders: bare(docx),
    width: { size: pageWidth, type: docx.WidthType.DXA },
    rows: [new docx.TableRow({ cantSplit: true, children: parties.map(part) })],
  });
}
