/**
 * What a kind of record is, as data. Words:
 * - kind: what sort of record (defect, change request, escalation, ...)
 * - record: one case of a kind, with an id that people say aloud (DEF-20261123-007)
 * - field: one fact of a record; its name is the input's id on every card
 * - status: where a record stands; verb: what moves it from one status to another
 * - need: a field that must be answered before a status is entered
 * - clock: a time by which something must have happened, by severity
 * - capability: what only some kinds have (a stopwatch, a before and after, ...), declared here, never branched on
 *
 * Shared code never asks which kind it has; it reads these declarations.
 */
import type { Text } from '../language.ts';
import type { Capabilities } from './capabilities.ts';
import type { Field, ValueOf } from './fields.ts';

export type { Capabilities, TaskAnswer, TaskSaid, TaskSort } from './capabilities.ts';

export const severities = ['S1', 'S2', 'S3', 'S4'] as const;
export type Severity = (typeof severities)[number];

export const roles = [
  'RE',
  'BK',
  'LEAD',
  'QE',
  'PE',
  'PP',
  'LOG',
  'PUR',
  'RD',
  'SALES',
  'DM',
  'GM',
  'CUST',
] as const;
export type Role = (typeof roles)[number];

/** Site channels that a step may post to; a site without the named one uses `main`. */
export type Channel = 'main' | 'quality' | 'logistics' | 'management';

export type Fields = Readonly<Record<string, Field>>;

/** True of a record's fields when the named one is one of `in`, starts with `starts`, or (neither given) is filled. */
export interface Condition<F extends string = string> {
  field: F;
  in?: readonly string[];
  starts?: string;
}

/** A field that must be filled; one of several; one that must be answered with yes; or filled under a condition. */
export type Need<F extends string = string> =
  | F
  | { anyOf: readonly F[] }
  | { field: F; is: true }
  | { field: F; when: Condition<F> }
  | { field: F; unless: F };

/** Whom a step tells: a post into a channel, and people by role or relation, limited to severities if given. */
export interface Tell {
  channel?: Channel;
  roles?: readonly Role[];
  people?: readonly ('owner' | 'reporter')[];
  severities?: readonly Severity[];
}

/** A duration: minutes or hours or calendar days (`5m`, `24h`, `14d`) or working days (`1wd`). */
export type Duration = `${number}${'m' | 'h' | 'd' | 'wd'}`;

/**
 * A clock that runs on a record. It starts at `from` (a time on the envelope, or the entering of a status), anew when
 * the record is reopened, and ends when a status of `until` is entered or the field of `untilField` is filled. Hours of S3 and S4 run on the
 * site's work calendar, those of S1 and S2 on the wall; `d` is always calendar days, `wd` always working days.
 */
export interface ClockRule<S extends string = string, F extends string = string> {
  label: Text;
  from: 'received_at' | { status: S } | { field: F };
  until?: readonly S[];
  /** The filling of one of them ends it. */
  untilField?: F | readonly F[];
  /** Runs only while this holds of the record's fields. */
  when?: Condition<F>;
  /** Entering one of these after the end undoes it: the clock runs on towards the due time that it had. */
  resumes?: readonly S[];
  within: Partial<Record<Severity, Duration>>;
  /** Its running out is told again every so long. */
  repeat?: Duration;
  /** Done by the bot itself when it runs out, where the status still allows it; its own `tells` say so. */
  then?: string;
}

export interface Verb<S extends string = string, F extends string = string> {
  label: Text;
  from: readonly S[];
  /** `stay`: an act that is recorded without a change of status. */
  to: S | 'stay';
  /** Roles that may; `owner`, `reporter` and `notified` are relations to the record. None: only the bot's own rules. */
  by: readonly (Role | 'owner' | 'reporter' | 'notified')[];
  /** Optional inputs that the verb's form offers beside those that the target status needs. */
  asks?: readonly F[];
  /** Inputs that this verb needs whatever the status needs. */
  needs?: readonly Need<F>[];
  /** Datetime fields that are set to now, if empty, when the verb is done. */
  stamps?: readonly F[];
  /** Fields that are emptied: they told of an end that did not last. */
  clears?: readonly F[];
  /** A text field that takes the name of whoever does it. */
  names?: F;
  /** Values that the verb gives. */
  sets?: Readonly<Partial<Record<F, string | number | boolean>>>;
  /** A number that goes up by one; absent counts as 1. */
  counts?: F;
  /** The case begins again: its clocks start from now. */
  reopens?: boolean;
  /** Goes up the ladder to a level that the actor chooses (capability `ladder`). */
  climbs?: boolean;
  /** Its form gives tasks of this sort (capability `tasks`): must, where the verb does nothing else. */
  adds?: string;
  /** What it does to the countersigning of the record's figures (capability `countersign`). */
  signs?: 'send' | 'confirm' | 'dispute' | 'record';
  /** Inputs that its form asks anew each time; one that is left empty leaves its field as it is. */
  fresh?: readonly F[];
  /** Says how it is now, so that what others did since the card was drawn does not turn it away. */
  anytime?: boolean;
  /** What was said in an input is added to a list, and stands in no field of its own. */
  appends?: { input: F; to: F };
  /** What these fields say is posted where the record is talked about, and in the management's channel. */
  announces?: readonly F[];
  /** An input that comes filled with a reply to the customer, drafted from the decision; what is sent is what stands in it. */
  drafts?: F;
  /** Not a step of the case: its form stands under "More". */
  aside?: boolean;
  /** Verbs whose actor may not be the one who does this (nobody verifies their own action). */
  notBy?: readonly string[];
  /** A reason in words is obligatory and goes into the history. */
  reason?: boolean;
  /** Whoever does it becomes the owner, whoever that was before, or only where there is none. */
  takes?: 'always' | 'if_none';
  /** The reporter may also do it within so many minutes of capture. */
  reporterWithin?: number;
  style?: 'positive' | 'destructive';
  tells?: readonly Tell[];
}

/** Facts that a severity rule may look at besides the fields. */
export interface SeverityContext {
  now: string;
}

export interface Kind<
  Id extends string = string,
  F extends Fields = Fields,
  S extends string = string,
  V extends string = string,
> {
  id: Id;
  /** Record ids begin with it: `DEF`. Unique. */
  prefix: string;
  label: Text;
  /** Words that a person may type for it, lower case. */
  words: readonly string[];
  icon: string;
  fields: F;
  /** The one field that says what type of the kind it is (change_type, mode, type). */
  typeField: keyof F & string;
  /** Fields whose values make the title, in order. */
  title: readonly (keyof F & string)[];
  /** Fields that the card shows first, in order; the rest follow on demand. */
  facts: readonly (keyof F & string)[];
  /** First one is the status of a new record. */
  statuses: Readonly<Record<S, Text>>;
  /** Statuses in which nothing is owed any more. */
  ended: readonly NoInfer<S>[];
  verbs: Readonly<Record<V, Verb<NoInfer<S>, keyof F & string>>>;
  /** What must be filled before a status is entered; the first status's needs hold at capture. */
  needs: Partial<Record<NoInfer<S>, readonly Need<keyof F & string>[]>>;
  clocks: readonly ClockRule<NoInfer<S>, keyof F & string>[];
  /** Who may capture one. */
  capture: readonly Role[];
  /** Who becomes its owner at capture: the first person on the roster with the role, or who captured it. */
  owner?: Role | 'reporter';
  /** Whom its creation tells. */
  tells: readonly Tell[];
  severity: (fields: Readonly<Record<string, unknown>>, context: SeverityContext) => Severity;
  /** Plain checks across fields; pure. Faults are shown beside the inputs. */
  validate?: (
    fields: Readonly<Record<string, unknown>>,
  ) => readonly { field: keyof F & string; what: Text }[];
  can: Capabilities<keyof F & string, NoInfer<S>>;
  /** Keys of a chat extraction (`type`, `from`, `due`) that have another name among the fields. */
  intake: Readonly<Record<string, keyof F & string>>;
  /** Fields that a customer's view leaves out. */
  internal: readonly (keyof F & string)[];
}

type RequiredKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends { required: true } ? K : never;
}[keyof F];

/** The fields of a kind's record, inferred: required ones present, the others optional, choices as unions. */
export type FieldsOf<K extends { fields: Fields }> = {
  -readonly [N in RequiredKeys<K['fields']>]: ValueOf<K['fields'][N]>;
} & { -readonly [N in Exclude<keyof K['fields'], RequiredKeys<K['fields']>>]?: ValueOf<K['fields'][N]> };

export type StatusOf<K extends { statuses: Readonly<Record<string, Text>> }> = keyof K['statuses'] & string;
export type VerbOf<K extends { verbs: Readonly<Record<string, unknown>> }> = keyof K['verbs'] & string;

/** Declares a kind. Wrong statuses, fields and verbs in it do not compile. */
export function defineKind<
  const Id extends string,
  const F extends Fields,
  const S extends string,
  const V extends string,
>(kind: Kind<Id, F, S, V>): Kind<Id, F, S, V> {
  return kind;
}
