import { bad, modes } from './lexicon/words.ts';
import { assertedMatch } from './stance.ts';

export interface ModeFound {
  /** `group.mode`; absent where the text only says that something is bad. */
  mode?: string;
  start: number;
  end: number;
}

/** The first mode, in the order of the table, that the text states as a fact. */
export function defectMode(text: string): ModeFound | undefined {
  for (const [mode, pattern] of modes) {
    const m = assertedMatch(text, pattern);
    if (m) return { mode, start: m.index, end: m.index + m[0].length };
  }
  const m = assertedMatch(text, bad);
  return m && { start: m.index, end: m.index + m[0].length };
}
