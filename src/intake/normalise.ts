import { simplify } from './lexicon/traditional.ts';
import { typosEn, typosZh } from './lexicon/typos.ts';

/**
 * Longest text that is read, in characters. A chat message is rarely longer than 2,000; what is longer is a pasted
 * document, whose head is enough for a draft. It also bounds the time that one message can take.
 */
export const readLimit = 6_000;

const bullets = '①②③④⑤⑥⑦⑧⑨';

/** Full-width forms to ASCII, one space sort, one arrow, one plus-minus. Chinese full stops and 、 stay. */
export function foldWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\u2002-\u200A\u202F\t]/g, ' ')
    .replace(/[\u200B-\u200D\u2060\uFE0E\uFE0F\uFEFF]/g, '')
    .replace(/[①-⑨]/g, (c) => `\n${bullets.indexOf(c) + 1}、`)
    .replace(/[→➡⇒➔⟶]|={1,2}>|-{1,2}>/g, '->')
    .replace(/\+\/-|\+-/g, '±')
    .replace(/[φø⌀∅Ø]/g, 'Φ')
    .replace(/(\d)\s?[–—~〜](?=\s?\d)/g, '$1-')
    .replace(/[‐‑‒−]/g, '-')
    .replace(/N[·•.*]m\b/g, 'Nm')
    .replace(/[“”„«»「」『』]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\r\n?/g, '\n');
}

/** Pictographs carry no fact; a space keeps the words around them apart. */
const pictographs = /\p{Extended_Pictographic}+/gu;

/** The text as the other readers see it: folded, without pictographs, with the usual slips set right. */
export function normalise(text: string): string {
  let out = foldWidth(text.slice(0, readLimit))
    .replace(pictographs, (run) => (/^[©®™\d#*]/.test(run) ? run : ' '))
    .replace(/[ ]{2,}/g, ' ')
    .trim();
  if (/[\u4e00-\u9fff]/.test(out)) {
    out = simplify(out);
    for (const [slip, meant] of typosZh) out = out.replace(slip, meant);
  }
  return out.replace(/\b[A-Za-z2]{2,10}\b/g, (word) => {
    const meant = Object.hasOwn(typosEn, word.toLowerCase()) ? typosEn[word.toLowerCase()] : undefined;
    if (!meant) return word;
    return /^[A-Z]/.test(word) ? meant.charAt(0).toUpperCase() + meant.slice(1) : meant;
  });
}
