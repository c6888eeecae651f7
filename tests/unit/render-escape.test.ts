import fc from 'fast-check';
import { cut, plain, plainLine, xml } from '../../src/render/escape.ts';

/** What CommonMark, and Teams' part of it, would read as markup. */
const markup = [
  /\]\s*[([:]/,
  /\*/,
  /`/,
  /<[A-Za-z/!?]/,
  /&#?\w+;/,
  /\{\{/,
  /~~/,
  /^[ \t]*(?:[-+#](?=\s|$)|[-=]{2}|>|\d+[.)](?=\s|$))/m,
  /(?<![\p{L}\p{N}_])_/u,
];

test.each([
  ['a link', '[click](javascript:alert(1))'],
  ['a link with a blank', '[click] (http://evil)'],
  ['an image', '![x](http://evil/x.png)'],
  ['a link definition', '[click]\n[click]: http://evil'],
  ['a mention', '<at>陈伟</at> 请批准'],
  ['HTML', '<script>alert(1)</script><!-- x -->'],
  ['an encoded mention', '&lt;at&gt;陈伟&lt;/at&gt;'],
  ['emphasis', '**S4** _minor_ ~~S1~~ `x`'],
  ['a date function', '{{DATE(2026-11-23T02:00:00Z)}}'],
  ['a list', '- 5\n+ 3\n1. x\n2) y\n> z\n# h\n==='],
  ['a backslash before markup', '\\[x\\](y) \\*x\\*'],
])('%s is only text', (_, nasty) => {
  for (const pattern of markup) expect(plain(nasty)).not.toMatch(pattern);
});

test.each([
  '6RF-867-211-A',
  'PA66_GF30_x',
  '12±0.05 mm',
  '1.5 < 2 && x',
  '-5 °C',
  'a_b_c',
  '二线 T2-18:划伤12件',
  '${title}',
])('leaves %s as it is', (usual) => expect(plain(usual)).toBe(usual));

test('no text becomes markup', () => {
  const nasty = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '[',
          ']',
          '(',
          ')',
          '*',
          '_',
          '`',
          '<',
          '>',
          '&',
          ';',
          '{',
          '}',
          '~',
          '\\',
          '\n',
          '-',
          '#',
          '1.',
          ' ',
          'at',
        ],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(nasty, (parts) => {
      const safe = plain(parts.join(''));
      for (const pattern of markup) expect(safe).not.toMatch(pattern);
    }),
  );
});

test('keeps lines apart, and joins them where one line is wanted', () => {
  expect(plain('a\nb\r\n\r\nc')).toBe('a\n\nb\n\nc');
  expect(plainLine('a\nb\r\n\r\nc')).toBe('a b c');
});

test('cuts with an ellipsis and never through a pair', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
  expect(cut('ab🚨cd', 4)).toBe('ab…');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 2, max: 30 }),
      (text, limit) => {
        const short = cut(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.isWellFormed()).toBe(true);
      },
    ),
  );
});

test('a name in a mention is XML text', () => {
  expect(xml('A & B <at>"x"</at>')).toBe('A &amp; B &lt;at&gt;&quot;x&quot;&lt;/at&gt;');
});
