import { isDeepStrictEqual } from 'node:util';
import { score, weigh, type Scores } from './classify.ts';
import { companionReaders, otherReaders, recordReaders, type Reader } from './kinds/index.ts';
import { normalise } from './normalise.ts';
import { scan, split, type Passage } from './passage.ts';
import type { Extraction } from './facts.ts';
import type { SiteWords } from './places.ts';

export type { Extraction } from './facts.ts';

export interface IntakeContext extends SiteWords {
  /** Local `YYYY-MM-DDTHH:mm` that stands for now. */
  at: string;
}
export interface ReadOptions {
  /** Kinds to look for; all that are supported if absent. */
  kinds?: readonly string[];
}

interface Found {
  reader: Reader;
  entry: Extraction;
  weight: number;
}
interface Reading {
  passage: Passage;
  scores: Scores;
  found: Found[];
}

function readPassage(text: string, context: IntakeContext, wanted: Wanted): Reading {
  const passage = scan(text, context.at, context);
  const scores = score(text);
  const look = (readers: readonly Reader[]): Found[] =>
    readers.flatMap((reader) => {
      const sighting = reader.sight(passage, scores);
      if (!sighting) return [];
      const weight = weigh(reader.kind, sighting.evidence, scores);
      const entry = weight < reader.threshold ? undefined : sighting.entry();
      return entry ? [{ reader, entry, weight }] : [];
    });
  const records = look(wanted.records);
  const found =
    records.length > 0
      ? records
      : look(wanted.others)
          .toSorted((a, b) => b.weight - a.weight)
          .slice(0, 1);
  return { passage, scores, found: [...found, ...look(wanted.companions)] };
}

interface Wanted {
  records: readonly Reader[];
  others: readonly Reader[];
  companions: readonly Reader[];
}

/**
 * A chat message into the records that it gives: none, one, or several. Each numbered point or line of a message is
 * read by itself; where that finds no more than the whole does, the whole is one record.
 */
export function read(text: string, context: IntakeContext, options: ReadOptions = {}): Extraction[] {
  const message = normalise(text);
  if (message.length < 2) return [];
  const among = (readers: readonly Reader[]): readonly Reader[] =>
    readers.filter((reader) => options.kinds === undefined || options.kinds.includes(reader.kind));
  const wanted = {
    records: among(recordReaders),
    others: among(otherReaders),
    companions: among(companionReaders),
  };
  const whole = readPassage(message, context, wanted);
  const parts = split(message);
  const pieces =
    parts.length > 1 && parts.length <= 20 ? parts.map((part) => readPassage(part, context, wanted)) : [];
  return /[N\uFF2E]·[m\uFF4D]/.test(text) ? combine(whole, pieces).map(asWritten) : combine(whole, pieces);
}

const isRecord = (found: Found): boolean => recordReaders.includes(found.reader);

/** The pieces of a message where each stands by itself and none takes a fact away from the whole; else the whole. */
function combine(whole: Reading, pieces: readonly Reading[]): Extraction[] {
  const telling = pieces.filter((piece) => piece.found.length > 0);
  const complete = telling.every((piece) => piece.found.every(({ reader, entry }) => reader.complete(entry)));
  const records = telling.filter((piece) => piece.found.some(isRecord));
  const alone = select(whole);
  if (telling.length < 2 || !complete) {
    const sure = records.every((piece) => piece.found.every(({ reader, entry }) => reader.complete(entry)));
    return records.length > 1 && sure ? records.flatMap(select) : alone;
  }
  const parts = telling.flatMap(select);
  if (records.length > 1) return parts;
  return alone.every((entry) => parts.some((part) => isDeepStrictEqual(part, entry))) ? parts : alone;
}

/** Values keep their unit as it was written; the readers see one spelling. */
function asWritten(entry: Extraction): Extraction {
  const keep = (value: unknown): unknown =>
    typeof value === 'string' ? value.replace(/(?<=\d\s?|^)Nm\b/g, 'N·m') : value;
  const { from, to, measure_unit: unit } = entry;
  return {
    ...entry,
    ...(from !== undefined && { from: keep(from) }),
    ...(to !== undefined && { to: keep(to) }),
    ...(unit !== undefined && { measure_unit: keep(unit) }),
  };
}

/** Which of the kinds found in one passage stand beside each other: a lesser one needs facts of its own. */
function select(reading: Reading): Extraction[] {
  const claimed = reading.found.find(({ entry }) => entry.op === 'claim');
  if (claimed) return [claimed.entry];
  // A stop comes first: what else its words look like is mostly its cause.
  const strongest =
    reading.found.find(({ reader }) => reader.kind === 'escalation') ??
    reading.found.toSorted((a, b) => b.weight - a.weight)[0];
  return reading.found
    .filter(({ reader, entry }) => {
      if (entry === strongest?.entry) return true;
      return reader.besides(entry, strongest!.entry, reading.passage);
    })
    .map(({ entry }) => entry);
}
