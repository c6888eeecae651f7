import { findDurations, findQuantities, type Duration, type Quantity } from './quantities.ts';
import { findPartNames, findPartNumbers, type PartName, type PartNumber, type Span } from './parts.ts';
import { findPlaces, type Places, type SiteWords } from './places.ts';
import { findTimes, type TimeMention } from './times.ts';

export interface RecordId extends Span {
  value: string;
}

/** A piece of a message that tells one thing, with everything in it that has a form of its own. */
export interface Passage {
  text: string;
  at: string;
  /** Written in Chinese: a greeting before an English sentence does not make it so. */
  zh: boolean;
  ids: RecordId[];
  partNumbers: PartNumber[];
  partNames: PartName[];
  times: TimeMention[];
  durations: Duration[];
  quantities: Quantity[];
  places: Places;
}

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
const free = <T extends Span>(spans: readonly T[], taken: readonly Span[]): T[] =>
  spans.filter((span) => !taken.some((other) => overlaps(span, other)));

/** Hanzi are words, roughly; a code or a unit is none. */
const isChinese = (text: string): boolean =>
  (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) > (text.match(/[A-Za-z]{3,}/g)?.length ?? 0);

const idPattern = /\b(?:CR|DEF|ESC|RSK|RPT|MAT|TQ|IMP|DOC|CFM|VIS|SAT|MKT)-?\d{8}-\d{3,4}\b/gi;

/** Reads all forms once. A code is not also a quantity, and a clock time not also a duration. */
export function scan(text: string, at: string, site: SiteWords): Passage {
  const ids = [...text.matchAll(idPattern)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    value: m[0].toUpperCase(),
  }));
  const partNumbers = free(findPartNumbers(text), ids);
  const codes: Span[] = [...ids, ...partNumbers];
  const times = free(findTimes(text, at), codes);
  const places = findPlaces(text, site, codes);
  const taken: Span[] = [
    ...codes,
    ...times,
    ...(places.line ? [places.line] : []),
    ...(places.station ? [places.station] : []),
  ];
  return {
    text,
    at,
    zh: isChinese(text),
    ids,
    partNumbers,
    partNames: free(findPartNames(text), [
      ...codes,
      ...(places.plant ? [places.plant] : []),
      ...(places.line ? [places.line] : []),
    ]),
    times,
    durations: free(findDurations(text), [...codes, ...times]),
    quantities: free(findQuantities(text), taken),
    places,
  };
}

const boundary =
  /[,,。;;!!??\n]|\.(?=\s|$)|(?<!\d)\s-\s|\s-\s(?!\d)|(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])/g;

/** The clause around an index. */
export function clauseAt(text: string, index: number): Span {
  let start = 0;
  boundary.lastIndex = 0;
  for (let m = boundary.exec(text); m; m = boundary.exec(text)) {
    // A comma inside a number parts no clauses.
    if (
      m[0] === ',' &&
      /\d/.test(text[m.index - 1] ?? '') &&
      /^\d{3}(?!\d)/.test(text.slice(m.index + 1, m.index + 5))
    ) {
      continue;
    }
    if (m.index >= index) return { start, end: m.index };
    start = m.index + m[0].length;
  }
  return { start, end: text.length };
}

/** What stands between numbered points, lines, semicolons and words such as 另外: each may be a record of its own. */
export function split(text: string): string[] {
  return text
    .split(
      /\n+|[;;]|(?:^|(?<=[\s。.,,!:]))[((]?\d{1,2}[、))](?=\s?\D)|(?:^|(?<=\s))\d[.](?=\s?[A-Za-z\u4e00-\u9fff])|[。!!,,.]\s?(?=另外|此外|还有(?:就是|个|一|,|,)|对了|顺便|同时客户|再有|btw\b|also[, ]|in addition|separately|besides|and one more|second(?:ly)?[,: ])|[。!!]\s?(?=(?:顺便|同时)?(?:客户|主机厂)[^,,。]{0,6}(?:要(?!等)|想|希望|追加|加|通知))|\.\s(?=(?:The )?[Cc]ustomer (?:also )?(?:wants|needs|asks|requests|would like))/i,
    )
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
}
