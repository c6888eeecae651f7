import type { Cues, Topic } from './lexicon/cues.ts';
import { en } from './lexicon/en.ts';
import { zh } from './lexicon/zh.ts';

export type Scores = Partial<Record<Topic, number>>;

/** Latin words stand in Chinese messages too, so that those are read by both tables. */
const tables: readonly (readonly [Cues, RegExp])[] = [
  [zh, /[\u4e00-\u9fff]/],
  [en, /[A-Za-z]{2}/],
];

/** Adds up the cues of every topic. A cue counts once however often it occurs: shouting is not evidence. */
export function score(text: string): Scores {
  const scores: Scores = {};
  for (const [table, letters] of tables) {
    if (!letters.test(text)) continue;
    for (const topic of Object.keys(table) as Topic[]) {
      for (const [pattern, weight] of table[topic]!) {
        pattern.lastIndex = 0;
        if (pattern.test(text)) scores[topic] = (scores[topic] ?? 0) + weight;
      }
    }
  }
  return scores;
}

/**
 * Which topics take a message away from a kind, and with what weight against it. A stop in a shift report is a line of
 * the report; a scratch on an agenda is a subject; neither outweighs the plain facts of a stop that runs.
 */
const against: Readonly<Record<string, Partial<Record<Topic, number>>>> = {
  escalation: {
    production_report: 1.5,
    visit: 1,
    improvement: 1.2,
    talk: 1,
    command: 1.2,
    risk: 0.5,
    market: 1,
    document: 0.8,
    material: 0.3,
    claim: 2,
    satisfaction: 0.7,
  },
  defect: {
    production_report: 1.5,
    visit: 1,
    improvement: 1.4,
    talk: 0.8,
    command: 1.2,
    document: 1,
    technical_question: 0.6,
    market: 1,
    satisfaction: 1,
    claim: 1,
    risk: 0.4,
  },
  change_request: {
    visit: 1,
    material: 1,
    technical_question: 0.8,
    market: 1,
    improvement: 1.4,
    talk: 1,
    command: 1.2,
    production_report: 1.5,
    document: 0.6,
    claim: 1.5,
    satisfaction: 1,
    risk: 0.6,
  },
};

/** Against a kind that has no line above. */
const elsewhere: Partial<Record<Topic, number>> = { talk: 1, command: 1.2 };

/** Evidence for a kind less what speaks for other topics. */
export function weigh(kind: string, evidence: number, scores: Scores): number {
  let rest = evidence;
  for (const [topic, factor] of Object.entries(against[kind] ?? elsewhere))
    rest -= factor * (scores[topic as Topic] ?? 0);
  return rest;
}
