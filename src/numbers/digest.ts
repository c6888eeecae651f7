/** The figures of a site's day, as numbers and ids; render/digest.ts puts them into words and pictures. */
import type { Severity } from '../kinds/define.ts';
import type { Text } from '../language.ts';
import type { PromiseFigures } from './promises.ts';
import type { StopFigures, StopSide } from './stops-figures.ts';

/** A record as a digest names it. */
export interface CaseItem {
  id: string;
  /** In the site's language. */
  title: Text;
  severity: Severity;
  /** The status's code. */
  status: string;
  /** A clock of it has run out. */
  overdue: boolean;
  note?: Text;
}

/** What happened in one kind: `created` and `closed` in the day, `open` and `overdue` as of now. */
export interface CaseSection {
  kind: string;
  created: number;
  closed: number;
  open: number;
  overdue: number;
  /** Promises to the customer, where the kind makes any. */
  promises?: PromiseFigures;
  /** Open ones, gravest first; at most ten. */
  items: CaseItem[];
}

export interface StopItem {
  id: string;
  line: string;
  /** Minutes of the stop that fall into the day. */
  minutes: number;
  side: StopSide;
  ongoing: boolean;
  /** The customer's own minutes of the whole stop, where they differ from ours (capability `countersign`). */
  disputed?: { ours: number; customer: number };
}

export interface StopSection {
  count: number;
  /** Union of the stops' intervals of each line, in minutes, summed over the lines. */
  minutes: number;
  /** The same of the stops on our side. */
  oursMinutes: number;
  /** Times to answer and restart, and losses, of the stops that began in the day; whose the day's minutes are. */
  figures: StopFigures;
  items: StopItem[];
}

/** A running clock of a record. */
export interface DueItem {
  id: string;
  title: Text;
  severity: Severity;
  clock: Text;
  dueAt: string;
}

export interface DailyDigest {
  /** The site's id. */
  site: string;
  /** Production date, `2026-11-23`. */
  date: string;
  /** ISO UTC. */
  generatedAt: string;
  /** Shift reports received of those expected, where the site records them. */
  reports?: { received: number; expected: number };
  /** A correction came after the digest had gone out. */
  revised?: boolean;
  /** `cases` in the order of the kinds. */
  sections: { stops: StopSection; cases: CaseSection[] };
  /** Clocks that run out on the local day on which the digest is read. */
  dueToday: DueItem[];
  /** Clocks that had run out, longest first. */
  overdue: DueItem[];
}
