import type { Language } from '../language.ts';
import type { Site } from '../site/site.ts';

/** Adaptive Card JSON, version 1.5. */
export type Card = Record<string, unknown>;
/** A part of one: an element, an action, a column. */
export type Element = Record<string, unknown>;

/** For whom, and as of when, something is drawn. */
export interface View {
  language: Language;
  site: Site;
  /** Epoch milliseconds. */
  now: number;
  /** Absent: a card that many people share, with every button of the status. */
  viewer?: {
    id: string;
    roles: readonly string[];
    /** A customer's guest: no internal facts, people or history. */
    customer?: boolean;
  };
  /** A person's name; the id itself where nobody is known by it. */
  names: (aadObjectId: string) => string;
  /** Whom the card calls by mention. */
  mention?: readonly { id: string; name: string }[];
}

/** The colours that a text can have, and containers too save `accent` and `default`. */
export type Tone = 'default' | 'accent' | 'good' | 'warning' | 'attention';
