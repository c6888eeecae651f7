/** Papers as files: what stands on them can be read out again, and the same paper gives the same bytes. */
import { inflateRawSync } from 'node:zlib';
import { toPdf } from '../../src/papers/pdf.ts';
import { toWord } from '../../src/papers/word.ts';
import { samplePaper } from '../fixtures/papers.ts';

/** The parts of a docx, a zip whose central directory stands at its end. */
function unzip(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = file.readUInt32LE(file.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (file.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
    const local = file.readUInt32LE(at + 42);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength!);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const raw = file.subarray(start, start + size);
    parts.set(name, (method === 8 ? inflateRawSync(raw) : raw).toString('utf8'));
    at += 46 + nameLength! + extra! + comment!;
  }
  return parts;
}

const pages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

test('a PDF has its fonts embedded, and as many pages as its table needs', async () => {
  const short = await toPdf(samplePaper());
  expect(short.subarray(0, 5).toString()).toBe('%PDF-');
  expect(short.toString('latin1')).toMatch(/\/FontFile2 /);
  expect(short.toString('latin1')).not.toMatch(/\/BaseFont \/Helvetica/);
  expect(pages(short)).toBe(1);
  expect(pages(await toPdf(samplePaper(40)))).toBeGreaterThan(2);
  // The whole font has 10 MB; a letter is to be sent by e-mail.
  expect(short.length).toBeLessThan(200_000);
});

test('the same paper gives the same text in Word, tables, signatures and foot included', async () => {
  const parts = unzip(await toWord({ ...samplePaper(), mark: '草稿 DRAFT' }));
  const body = parts.get('word/document.xml') ?? '';
  for (const words of [
    '合肥恒线电气系统有限公司',
    '变更确认函',
    'CFM-20261124-001',
    '𠮷田標準',
    'From 27 November 2026',
    '姓名 Name',
    '草稿 DRAFT',
  ])
    expect(body).toContain(words);
  expect(body).toContain('<w:tblHeader/>');
  expect([...parts.keys()].some((name) => name.startsWith('word/footer'))).toBe(true);
  expect([...parts.values()].join('')).toContain('SHA-256 3f8a…9c21');
});

test('what looks like markup, a path or an address on a paper is text and nothing else', async () => {
  const paper = samplePaper();
  const odd = '<w:p/> & {{page}} file:///etc/passwd http://127.0.0.1:1/x.png \u0007 😀';
  const blocks = [...paper.blocks, { type: 'text' as const, text: odd }];
  expect((await toPdf({ ...paper, blocks })).length).toBeGreaterThan(1_000);
  const body = unzip(await toWord({ ...paper, blocks })).get('word/document.xml') ?? '';
  expect(body).toContain('&lt;w:p/&gt; &amp; {{page}} file:///etc/passwd');
  expect(body).not.toContain('\u0007');
});
