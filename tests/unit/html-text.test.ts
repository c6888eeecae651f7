import fc from 'fast-check';
import { textOf, tidied } from '../../src/bot/html-text.ts';

test.each([
  ['<p>Line 2 stopped</p><p>harness missing</p>', 'Line 2 stopped\nharness missing'],
  ['<div>a<br>b<br/><br>c</div>', 'a\nb\n\nc'],
  ['<P>A &amp; B&nbsp;&lt;5&#160;mm &Phi;8.2&plusmn;0.1 &#x4e2d;</P>', 'A & B <5 mm Φ8.2±0.1 中'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['&unknown; &constructor; & &;', '&unknown; &constructor; & &;'],
  ['<ul><li>one</li><li><p>two</p></li></ul>', '- one\n- two'],
  ['<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol>', '1. one\n- inner\n2. two'],
  ['<p>Hi <at id="0">陈伟</at>, look</p>', 'Hi @陈伟, look'],
  ['<p>ok <emoji id="1" alt="👍" title="Like"></emoji></p>', 'ok 👍'],
  ['a<script>alert("<p>x</p>")</script>b', 'ab'],
  ['a<SCRIPT src=x>1</ScRiPt >b', 'ab'],
  ['a<style>p{}</style><!-- <b>no</b> -->b', 'ab'],
  ['<script>never closed <p>x', ''],
  ['<attachment id="7"></attachment>', ''],
  ['<p>5 < 7 and 3 <4</p>', '5 < 7 and 3 <4'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a | b\nc | d'],
  ['<pre>x\n  y</pre>', 'x\n  y'],
  ['<p>a\n   b</p>', 'a b'],
  ['<a href="https://e.example">here</a>', 'here'],
  [
    '<blockquote><p>said</p><blockquote>before</blockquote></blockquote><p>answer</p>',
    '> said\n> > before\nanswer',
  ],
  ['</p></ul></blockquote>x', 'x'],
  ['a\u202Eb\u0007c', 'abc'],
  ['&#xD800;&#0;&#9999999;x', 'x'],
  ['İ<script>1</script>x', 'İx'],
])('%s', (html, text) => {
  expect(textOf(html)).toBe(text);
});

/** As Teams writes what a person types. */
const typed = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[mark]};`);

const word = fc.stringMatching(/^[A-Za-z0-9<>&"'中文±.,/-]{1,12}$/);
const tag = fc.constantFrom('p', 'b', 'div', 'span', 'em', 'u', 'section', 'x-y', 'img');
const attribute = fc.constantFrom('', ' class="MARKUP"', ' onclick=MARKUP', " title='MARKUP'");

test('whatever tags stand around the words, the words stay and the tags do not', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, tag, attribute), { minLength: 1, maxLength: 12 }), (parts) => {
      const html = parts.map(([text, name, more]) => `<${name}${more}>${typed(text)}</${name}> `).join('');
      const text = textOf(html);
      expect(text).not.toContain('MARKUP');
      expect(text.split(/\s+/)).toEqual(parts.map(([words]) => words));
    }),
  );
});

test('no tag, comment or script survives in any order or state of repair', () => {
  const piece = fc.constantFrom(
    ...[
      '<p>',
      '</p>',
      '<script>EVIL',
      '</script>',
      '<!--EVIL',
      '-->',
      '<ol>',
      '<li>',
      '</ol>',
      '<pre>',
      '<b EVIL',
    ],
    ...['</blockquote>', '<blockquote>', 'word', '\n', '<br', '>', '<style>EVIL</style>'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = textOf(pieces.join(''));
      expect(text).not.toMatch(/<[a-z/!]/i);
      expect(text).not.toContain('<script');
      expect(text.split('\n\n\n')).toHaveLength(1);
    }),
  );
});

test('the time goes with the length', () => {
  const hostile = ['<a', '<!--', '<script>', '<p "', '&#', '<blockquote>', '</script', '<li>'];
  for (const piece of hostile) {
    const began = performance.now();
    textOf(piece.repeat(Math.ceil(250_000 / piece.length)));
    expect(performance.now() - began).toBeLessThan(2_000);
  }
});

test('plain text keeps its lines, without what cannot be seen', () => {
  expect(tidied('a\r\nb \r\r\r\rc\u0000\u2066')).toBe('a\nb\n\nc');
});
