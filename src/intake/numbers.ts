/** Numbers as people type them: `1,200`, `1.2k`, `5万`, `两百五`, `一千二`, `三十来`, `a dozen`, `two hundred and fifty`. */

const zhDigits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const zhUnits: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const enOnes = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
  'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
]; // prettier-ignore
const enTens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const enScales: Readonly<Record<string, number>> = { dozen: 12, hundred: 100, thousand: 1000 };

const enWord = `(?:${[...enOnes.slice(1), ...enTens.slice(2), 'half', 'couple', 'an', 'a'].join('|')})`;
const enScale = '(?:dozen|hundred|thousand)';

/** Sources of regular expressions (no groups that capture). */
export const digitsSource = String.raw`(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,4})?(?:\s?[万千百](?!分)|[kKwW](?![A-Za-z]))?`;
export const zhNumberSource = '[零〇一二两俩三四五六七八九十百千万]{1,9}';
export const enNumberSource = `(?:${enWord}(?:[ -](?:and |a )?(?:${enScale}|${enOnes.slice(1).join('|')}|${enTens.slice(2).join('|')})){1,4}|(?:${[...enOnes.slice(1), ...enTens.slice(2)].join('|')})|${enScale})`;
/** Any number; the caller flags `i`. */
export const numberSource = `(?:${digitsSource}|${zhNumberSource}|${enNumberSource})`;

function chinese(text: string): number | undefined {
  let total = 0;
  let section = 0;
  let digit = -1;
  let lastUnit = 0;
  for (const c of text) {
    if (c in zhDigits) {
      // Two digits in a row (二三十, 一二) are a range or a code, not a number.
      if (digit > 0) return undefined;
      digit = zhDigits[c]!;
      if (digit === 0) lastUnit = 0;
    } else if (c === '万') {
      total = (total + section + Math.max(digit, 0)) * 10_000;
      section = 0;
      digit = -1;
      lastUnit = 10_000;
    } else {
      lastUnit = zhUnits[c]!;
      section += (digit < 0 ? 1 : digit) * lastUnit;
      digit = -1;
    }
  }
  // A last digit straight after a unit stands for tenths of it: 一千二 is 1,200.
  if (digit > 0) section += lastUnit >= 100 ? (digit * lastUnit) / 10 : digit;
  else if (digit === 0 && text.length === 1) return 0;
  return total + section;
}

function english(text: string): number | undefined {
  let total = 0;
  let current = 0;
  let seen = false;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    if (word === 'and' || word === 'of') continue;
    if (word === 'a' || word === 'an') {
      if (current === 0) current = 1;
    } else if (word === 'half') current = 0.5;
    else if (word === 'couple') current = 2;
    else if (enOnes.includes(word)) {
      current = (current === 1 && !seen ? 0 : current) + enOnes.indexOf(word);
      seen = true;
    } else if (enTens.includes(word)) {
      current += enTens.indexOf(word) * 10;
      seen = true;
    } else if (word in enScales) {
      const scaled = (current || 1) * enScales[word]!;
      if (word === 'thousand') {
        total += scaled;
        current = 0;
      } else current = scaled;
      seen = true;
    } else return undefined;
  }
  return total + current;
}

/** The number that a match of `numberSource` stands for; undefined where it is none (`二三十`). */
export function parseNumber(text: string): number | undefined {
  const plain = text.trim().replace(/(?:来|多|余)$/, '');
  const digits = /^((?:\d|,)+(?:\.\d+)?)\s?([kKwW万千百]?)$/.exec(plain);
  if (digits) {
    const factor = { k: 1e3, w: 1e4, 万: 1e4, 千: 1e3, 百: 1e2 }[digits[2]!.toLowerCase()] ?? 1;
    return Math.round(Number(digits[1]!.replaceAll(',', '')) * factor * 1e4) / 1e4;
  }
  if (/^[零〇一二两俩三四五六七八九十百千万]+$/.test(plain)) return chinese(plain);
  return /^[a-z][a-z\s-]*$/i.test(plain) ? english(plain) : undefined;
}
