import type { Severity } from '../kinds/define.ts';
import type { KindId, RecordFields, RecordStatus } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import type { Doc } from '../store/store.ts';
import type { Address } from './address.ts';
import type { Job } from './job.ts';
import type { Task } from './task.ts';
import type { Face, Link } from './linked.ts';
import type { Signing } from './signing.ts';

/** Raised when the stored shape changes; older documents are upgraded on read (upgrade.ts). */
export const recordSchema = 1;

/** Who did it: a roster person's aadObjectId, or `bot`. */
export interface By {
  id: string;
  name: string;
}

export interface Change {
  field: string;
  from?: unknown;
  to?: unknown;
}

/** Append-only. `hash` covers the entry and `prev`, so that a changed byte shows (history.ts). */
export interface HistoryEntry {
  rev: number;
  at: string;
  by: By;
  verb: string;
  /** Status before and after, where it moved. */
  from?: string;
  to?: string;
  changes?: Change[];
  note?: string;
  source: Source;
  prev: string;
  hash: string;
}

export type Source = 'chat' | 'card' | 'cli' | 'rule';

/** Where a live card of the record stands. */
export interface CardPlace {
  address: Address;
  activityId: string;
  language: Language;
  /**
   * `record`: the card itself; `question`: one missing fact is asked for here; `task`: one of its tasks; `update`: a word
   * on how it goes is asked for; `offer`: it is offered to the person here.
   */
  view: 'record' | 'question' | 'task' | 'update' | 'offer';
  /** Which task. */
  task?: string;
  /** For whom, in a personal conversation: decides which buttons it has. */
  person?: string;
  /** The record whose card it was before that was merged into this one. */
  of?: string;
  /** Whom the card calls; an update that left them out would take their names off it. */
  mention?: { id: string; name: string }[];
}

/** Whose it is to be, once they accept. People by aadObjectId. */
export interface Offer {
  to: string;
  by: string;
  at: string;
  /** Who owned it when it was offered. */
  from?: string;
}

/** A file that belongs to a record, or a link to one. What is kept of ours has a key (files/files.ts). */
export interface Evidence {
  name: string;
  url?: string;
  sha256?: string;
  /** Bytes. */
  size?: number;
  key?: string;
  at: string;
  by: By;
  /** The file itself is gone; what it was stays. */
  removed?: { at: string; by: By };
}

/** One case of a kind: one document, replaced under its ETag, with its history and the jobs it owes inside. */
export interface RecordDoc extends Doc {
  type: 'record';
  kind: KindId;
  schema: number;
  /** Goes up with every change that a person would notice; cards carry it. */
  rev: number;
  status: string;
  severity: Severity;
  title: string;
  /** aadObjectId; absent: nobody yet. */
  owner?: string;
  reporter: By;
  fields: Record<string, unknown>;
  /** What it asks of people, by sort (capability `tasks`). */
  actions: Task[];
  evidence: Evidence[];
  links: Link[];
  cards: CardPlace[];
  history: HistoryEntry[];
  jobs: Job[];
  open: boolean;
  /** Times at which each status was last entered. */
  entered: Record<string, string>;
  /** People who were told or mentioned so far (aadObjectId). */
  notified: string[];
  /** Where it was said; a channel post goes there if it is that channel. */
  origin?: Address;
  /** The level of the ladder that it has reached (capability `ladder`); absent: it never ran. */
  level?: number;
  /** The end of a promise of which its owner was reminded (capability `promise`). */
  reminded?: string;
  /** Where the countersigning of its figures stands (capability `countersign`). */
  signing?: Signing;
  /** The last reminder to the customer, of the figures that were sent then. */
  chased?: { since: string; count: number };
  /** What the records that it is linked to look like, as they said last. */
  linked?: Record<string, Face>;
  /** What it last told them of itself. */
  face?: string;
  /** The due time of a word on how it goes for which its owner was asked (capability `updates`). */
  asked?: string;
  /** When its owner last let such a time pass; gone once a word came. */
  missed?: string;
  /** To whom it is offered (capability `handover`). */
  offer?: Offer;
  /** The offer (its `at`) whose silence was told. */
  offerTold?: string;
  /** The last call of the level reached that was repeated (its due time). */
  called?: string;
  /** The end of validity of which its owner was warned (capability `archive`). */
  warned?: string;
  /** The number and revision that were compared with the others of the number (capability `archive`). */
  revised?: string;
  /** When a verb last reopened it. */
  reopenedAt?: string;
  /** Clocks whose running out was told, by their place among the kind's clocks: the due time that was told. */
  told?: Record<string, string>;
  /** Reminders of its tasks that went out, each once (records/nudges.ts). */
  nudged?: string[];
  /** People who chose not to be told of it, and how urgent it was then (records/notices.ts). */
  leftOut?: Record<string, number>;
  /** Questions that were passed over. */
  skipped?: string[];
  /** Drafts that told of the same case and joined it (capability `single`). */
  joined?: string[];
  /** The record that it was merged into, which tells of the case from then on. */
  into?: string;
  /** Records that were merged into it, each at the revision with which it ended. */
  absorbed?: { id: string; rev: number; start?: string }[];
  /** Reports that had joined it and were split off, by their draft: the record that each became. */
  split?: Record<string, string>;
  /** What the record that this one is about was told last (capability `feeds`). */
  fed?: string;
  /** The draft that it came from; the same draft never gives a second record. */
  draft?: string;
  createdAt: string;
  updatedAt: string;
}

/** A record of a known kind, with fields and statuses as its declaration says. */
export type RecordOf<K extends KindId> = Omit<RecordDoc, 'kind' | 'fields' | 'status'> & {
  kind: K;
  status: RecordStatus<K>;
  fields: RecordFields<K>;
};

/** A file that is kept, before a record has it. */
export interface HeldFile {
  key: string;
  name: string;
  size: number;
  sha256: string;
}

/** A form that waits for its person: prefilled from chat, submitted from the card. Gone after a week. */
export interface DraftDoc extends Doc {
  type: 'draft';
  kind: KindId;
  fields: Record<string, unknown>;
  by: By;
  language: Language;
  /** The message that somebody pointed at to have it recorded; one form for each kind. */
  message?: string;
  /** The form stands before several people: the record's card there speaks the site's language. */
  shared?: boolean;
  /** Records that the new one is linked to. */
  links?: Link[];
  /** Where it was said, so that the record's life is told there. */
  origin: Address;
  /** The form's message, once sent. */
  card?: { address: Address; activityId: string };
  /** The key of the file that came with it, from before it is fetched until the record has it. */
  holds?: string;
  /** That file, once it is kept. */
  file?: HeldFile;
  /** Let go: only what it still has to clean up is left of it. */
  gone?: true;
  /** How the record was captured, once claimed. */
  source?: Source;
  /** Set before the record is created, so that a second submission finds the same one. */
  recordId?: string;
  /** The record that told of the same case already, which it joined instead of giving one of its own. */
  joined?: string;
  jobs: Job[];
  createdAt: string;
  expiresAt: string;
}
