/**
 * The HTML of a Teams message as plain text: what somebody wrote, with its lines, list marks and quotations (`> `).
 * Time goes linearly with the length, whatever is in it.
 */

const blocks = new Set(
  'address article aside blockquote div dl dd dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody thead tr ul'.split(
    ' ',
  ),
);
/** Their content is no text. */
const silent = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
]);

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
  bull: '•',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  micro: 'µ',
  oslash: 'ø',
  Oslash: 'Ø',
  Phi: 'Φ',
  phi: 'φ',
  sup2: '²',
  sup3: '³',
  le: '≤',
  ge: '≥',
  ne: '≠',
  yen: '¥',
  euro: '€',
};

/** Decoded once: what is written as `&amp;lt;` reads `&lt;`. Unknown ones stay as they are. */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]\w{1,10}));/g, (whole, dec, hex, name) => {
    if (name !== undefined) return Object.hasOwn(named, name as string) ? named[name as string]! : whole;
    const code = dec === undefined ? parseInt(hex as string, 16) : Number(dec);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '';
  });

/** Control characters, and marks that turn the direction of what follows them on a card. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Ends of lines as one mark, at most one empty line in a row, no blanks at the ends. */
export const tidied = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(unprintable, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

export function textOf(html: string): string {
  const writer = new Writer();
  // Letters of A to Z only: others may change their length.
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0 || open > at) writer.text(decoded(html.slice(at, open < 0 ? undefined : open)));
    if (open < 0) break;
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open + 4);
      continue;
    }
    // A bare "<" before a number or a blank is what somebody typed.
    if (!/[A-Za-z/!?]/.test(html.charAt(open + 1))) {
      writer.text('<');
      at = open + 1;
      continue;
    }
    const end = after(html, '>', open);
    const tag = html.slice(open, end);
    const name = /^<\/?([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20))?.[1] ?? '';
    at = end;
    if (tag.startsWith('</')) writer.close(name);
    else if (silent.has(name))
      at = tag.endsWith('/>') ? end : after(html, '>', after(lower, `</${name}`, end));
    else writer.open(name, tag);
  }
  return tidied(writer.written());
}

/** Where the text goes on behind the next `mark`; at the end where there is none. */
function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** An item whose text has still to come. */
const bareMark = /^(?:- |\d+\. )$/;

class Writer {
  readonly #lines: string[] = [];
  #line = '';
  /** Depth of quotations; the number of the last item of each open list, undefined where it has bullets. */
  #quoted = 0;
  readonly #lists: (number | undefined)[] = [];
  #kept = 0;

  text(text: string): void {
    if (this.#kept > 0) {
      const [first = '', ...rest] = text.split('\n');
      this.#line += first;
      for (const line of rest) {
        this.#end(true);
        this.#line = line;
      }
      return;
    }
    const plain = text.replace(/\s+/g, ' ');
    this.#line += this.#line === '' || this.#line.endsWith(' ') ? plain.trimStart() : plain;
  }

  open(name: string, tag: string): void {
    if (blocks.has(name) && !bareMark.test(this.#line)) this.#end();
    if (name === 'br') this.#end(true);
    else if (name === 'blockquote') this.#quoted += 1;
    else if (name === 'pre') this.#kept += 1;
    else if (name === 'ul' || name === 'ol') this.#lists.push(name === 'ol' ? 0 : undefined);
    else if (name === 'li') this.#line = this.#mark();
    else if (name === 'td' || name === 'th') this.#line += this.#line === '' ? '' : ' | ';
    else if (name === 'at') this.#line += '@';
    else if (name === 'emoji') this.text(decoded(/\salt="([^"]{1,20})"/.exec(tag)?.[1] ?? ''));
  }

  close(name: string): void {
    if (blocks.has(name)) this.#end();
    if (name === 'blockquote') this.#quoted = Math.max(0, this.#quoted - 1);
    else if (name === 'pre') this.#kept = Math.max(0, this.#kept - 1);
    else if (name === 'ul' || name === 'ol') this.#lists.pop();
  }

  written(): string {
    this.#end();
    return this.#lines.join('\n');
  }

  /** The mark of the next item of the innermost list. */
  #mark(): string {
    const last = this.#lists.at(-1);
    if (last === undefined) return '- ';
    this.#lists[this.#lists.length - 1] = last + 1;
    return `${last + 1}. `;
  }

  /** @param always an empty line is one too */
  #end(always = false): void {
    if (this.#line.trim() !== '' || always)
      this.#lines.push(`${'> '.repeat(Math.min(this.#quoted, 5))}${this.#line}`);
    this.#line = '';
  }
}
