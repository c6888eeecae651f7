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
  let box: ModeFound | undefined;
  for (const [mode, pattern] of modes) {
    const m = assertedMatch(text, pattern);
    if (!m) continue;
    const found = { mode, start: m.index, end: m.index + m[0].length };
    // A torn box is the defect itself only where none of the goods is told before it.
    if (mode !== 'packaging') return box && box.start < found.start ? box : found;
    box = found;
  }
  if (box) return box;
  const m = assertedMatch(text, bad);
  return m && { start: m.index, end: m.index + m[0].length };
}
