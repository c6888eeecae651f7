import { score, weigh, type Scores } from './classify.ts';
import { readers, type Reader } from './kinds/index.ts';
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

interface Reading {
  passage: Passage;
  scores: Scores;
  found: { reader: Reader; entry: Extraction; weight: number }[];
}

function readPassage(text: string, context: IntakeContext, wanted: readonly Reader[]): Reading {
  const passage = scan(text, context.at, context);
  const scores = score(text);
  const found: Reading['found'] = [];
  for (const reader of wanted) {
    const sighting = reader.sight(passage);
    if (!sighting) continue;
    const weight = weigh(reader.kind, sighting.evidence, scores);
    if (weight < reader.threshold) continue;
    const entry = sighting.entry();
    if (entry) found.push({ reader, entry, weight });
  }
  return { passage, scores, found };
}

/**
 * A chat message into the records that it gives: none, one, or several. Each numbered point or line of a message is
 * read by itself; where that finds no more than the whole does, the whole is one record.
 */
export function read(text: string, context: IntakeContext, options: ReadOptions = {}): Extraction[] {
  const message = normalise(text);
  if (message.length < 2) return [];
  const wanted = readers.filter(
    (reader) => options.kinds === undefined || options.kinds.includes(reader.kind),
  );
  const whole = readPassage(message, context, wanted);
  const parts = split(message);
  const pieces =
    parts.length > 1 && parts.length <= 20 ? parts.map((part) => readPassage(part, context, wanted)) : [];
  const telling = pieces.filter((piece) => piece.found.length > 0);
  const several =
    telling.length > 1 &&
    telling.every((piece) => piece.found.every(({ reader, entry }) => reader.complete(entry)));
  const readings = several ? telling : [whole];
  const entries = readings.flatMap((reading) => select(reading));
  return /[N\uFF2E]·[m\uFF4D]/.test(text) ? entries.map(asWritten) : entries;
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
