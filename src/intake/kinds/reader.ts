import type { Scores } from '../classify.ts';
import type { Extraction } from '../facts.ts';
import type { Passage } from '../passage.ts';

export interface Sighting {
  /** How much of the text speaks for the kind; see `classify.ts` for what is taken off. */
  evidence: number;
  entry: () => Extraction | undefined;
}

/** How one kind is read. A new kind is a file with these and a line in the list. */
export interface Reader {
  kind: string;
  /** Evidence that must be left after what speaks against it. */
  threshold: number;
  sight: (p: Passage, scores: Scores) => Sighting | undefined;
  /** An entry that can stand as a record of its own among several of one message. */
  complete: (entry: Extraction) => boolean;
  /** Whether it stands beside a stronger entry of another kind from the same words. */
  besides: (entry: Extraction, stronger: Extraction, p: Passage) => boolean;
}
