/**
 * What search compares: without case, full-width forms as their plain ones (８A0 as 8A0), white space and NUL as one
 * space, lone surrogates (which no UTF-8 column holds) as U+FFFD.
 */
export const fold = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/[\s\0]+/g, ' ');

/** The words that a document must hold, folded. Chinese stops and commas part words as spaces do. */
export function wordsOf(text: string): string[] {
  const words = fold(text.replace(/[，、；。]/g, ' ')).split(' ');
  return [...new Set(words.filter((word) => word !== ''))];
}
