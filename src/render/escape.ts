/**
 * What people wrote, made safe for a TextBlock, which Teams reads as markdown. Backslash escapes are shown as
 * backslashes by the mobile clients (AdaptiveCards issue 5590), so what would form markup is instead parted by an
 * invisible space, or replaced by its nearest look-alike where no space helps. Only for showing: inputs take the
 * text as it is.
 */
const INVISIBLE = '\u200b';

/** Lists, headings, quotes and rules at the start of a line. */
const opener = String.raw`[-+](?=\s|$)|#{1,6}(?=\s|$)|[-=]{2}|>|\d+[.)](?=\s|$)`;

const suspicious = new RegExp(String.raw`[*_\`~[\]<&{\\\n]|^\s*(?:${opener})`);

const rules: readonly (readonly [RegExp, string])[] = [
  [/\r\n?/g, '\n'],
  // Emphasis and code: no position of an invisible character stops every client from reading them.
  [/\*/g, '\u2217'],
  [/`/g, '\u02cb'],
  // Inside a word (part numbers) an underscore means nothing to markdown.
  [/(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, '\uff3f'],
  [/~(?=~)/g, `~${INVISIBLE}`],
  // Links, images, link definitions.
  [/\](?=\s*[([:])/g, `]${INVISIBLE}`],
  [/\\(?=[!-/:-@[-`{-~])/g, `\\${INVISIBLE}`],
  // Tags: mentions, autolinks, HTML. Entities would be decoded into them.
  [/<(?=[A-Za-z/!?])/g, '\u2039'],
  [/&(?=#?\w+;)/g, `&${INVISIBLE}`],
  // {{DATE(…)}} is a function of Adaptive Cards.
  [/\{(?=\{)/g, `{${INVISIBLE}`],
  [new RegExp(String.raw`^[ \t]*(?=${opener})`, 'gm'), INVISIBLE],
  [/^[ \t]{4,}/gm, ''],
];

/** Text of a person's as a TextBlock shows it; line breaks stay. */
export function plain(text: string): string {
  if (!suspicious.test(text)) return text;
  let safe = text;
  for (const [pattern, replacement] of rules) safe = safe.replace(pattern, replacement);
  return (safe.includes('\n') ? safe.replace(/\n+/g, '\n\n') : safe).trim();
}

/** The same on one line, cut to `limit` characters. */
export const plainLine = (text: string, limit = 200): string => plain(cut(text.replace(/\s+/g, ' '), limit));

/** Cuts to `limit` characters, never through a surrogate pair, and says so with an ellipsis. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  const splits = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, splits ? end - 1 : end).trimEnd()}…`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A person's name as XML text, as a mention needs it. */
export const xml = (name: string): string => name.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
