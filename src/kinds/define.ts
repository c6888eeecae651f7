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
import type { Field, ValueOf } from './fields.ts';

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
  from: 'received_at' | { status: S };
  until?: readonly S[];
  untilField?: F;
  /** Entering one of these after the end undoes it: the clock runs on towards the due time that it had. */
  resumes?: readonly S[];
  within: Partial<Record<Severity, Duration>>;
}

export interface Verb<S extends string = string, F extends string = string> {
  label: Text;
  from: readonly S[];
  /** `stay`: an act that is recorded without a change of status. */
  to: S | 'stay';
  /** Roles that may; `owner`, `reporter` and `notified` are relations to the record. */
  by: readonly (Role | 'owner' | 'reporter' | 'notified')[];
  /** Optional inputs that the verb's form offers beside those that the target status needs. */
  asks?: readonly F[];
  /** Inputs that this verb needs whatever the status needs. */
  needs?: readonly Need<F>[];
  /** Datetime fields that are set to now, if empty, when the verb is done. */
  stamps?: readonly F[];
  /** Fields that are emptied: they told of an end that did not last. */
  clears?: readonly F[];
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

/** What an answer may say besides what it is: inputs of its form. */
export type TaskSaid = 'task_qty' | 'task_by' | 'task_can' | 'task_reason' | 'task_instead';

export interface TaskAnswer {
  label: Text;
  tone: 'good' | 'warning' | 'attention';
  /** Without which it is no answer. */
  needs: readonly TaskSaid[];
  /** At least one of these as well. */
  oneOf?: readonly TaskSaid[];
}

/** What a record asks of people, one task each (capability `tasks`). */
export interface TaskSort<F extends string = string, S extends string = string> {
  label: Text;
  /** What is asked is a choice of this field, and answering the field asks for it; absent: it is said in words. */
  from?: F;
  /** Who is asked, by choice: the first on call of the first role that reaches anybody. Absent: the asker names one. */
  roles?: Readonly<Record<string, readonly Role[]>>;
  /** Told where nobody is there, answers or is in time: all on call of the first role that reaches anybody. */
  leads: readonly Role[];
  /** Statuses in which it may be asked. */
  while: readonly S[];
  /** Entering one of these drops what is still open. */
  ends: readonly S[];
  /** Not entered while one of them is open or waits to be verified. */
  settledBefore: readonly S[];
  /** Whoever is asked must take it within this time, or say no. Absent: whoever is named has it. */
  answer?: Partial<Record<Severity, Duration>>;
  /** `time`: by when it is needed, if anybody says so. `date`: always a day. */
  due: 'time' | 'date';
  types?: Readonly<Record<string, Text>>;
  /** What is asked is the word of a department, named by its role: whoever has the role may give it. */
  ofDepartments?: true;
  /** It is answered in one of these ways, not done. Until the record leaves `while` an answer may be changed. */
  answers?: Readonly<Record<string, TaskAnswer>>;
  /** Told when the last answer is in. */
  answeredTo?: readonly Role[];
  /** Done is not enough: one of these must verify it, who is neither its owner nor the one who did it. */
  verifiedBy?: readonly Role[];
  /** Who may take it back; those who lead must say why. */
  droppedBy: readonly (Role | 'asker')[];
}

/** Facts that a severity rule may look at besides the fields. */
export interface SeverityContext {
  now: string;
}

export interface Capabilities<F extends string = string, S extends string = string> {
  /**
   * Promoted by time until it is over: through the site's levels of its severity, whose minutes count from a datetime
   * field. Level 0 is the capture's own post; each other one calls more people.
   */
  ladder?: {
    from: F;
    /** Levels up to this one are passed over while somebody has answered; those above wait for the end. */
    untilAnswered: number;
    answered: readonly S[];
    ends: readonly S[];
    /** Reached by what happened instead of by time alone: so many minutes after the start, if the condition holds. */
    jumps: readonly { to: number; afterMinutes: number; when: Condition<F>; why: Text }[];
  };
  /**
   * One record at a time for each value of a field: another report of a case that runs joins its record, and one that
   * begins again soon after its end reopens it.
   */
  single?: {
    by: F;
    /** Of such records only. */
    when: Condition<F>;
    from: F;
    /** The first filled one is the end. */
    to: readonly F[];
    ends: readonly S[];
    /** By a verb of the kind, so many minutes after the end. */
    reopen: { verb: string; withinMinutes: number };
    /** Two records that turn out to be one are merged by these: one of them ends in this status. Reports that were two are split. */
    merge: { status: S; by: readonly Role[] };
  };
  /**
   * Being in `status` is a promise to act. Without an update for the site's `ackExpiry` minutes it lapses: the record
   * falls `back` to waiting, with nobody as its owner and these fields emptied.
   */
  promise?: {
    status: S;
    back: S;
    clears: readonly F[];
    /** Corrections of these count as an update; any other act of a person's does. */
    updates: readonly F[];
    /** Graver ones only, where silence of a quarter of an hour means something. */
    severities: readonly Severity[];
  };
  /**
   * In these statuses its owner owes a word on how it goes: so often after taking it on, and after each word, unless
   * the site says otherwise. Asked shortly before; silence goes one level up the ladder.
   */
  updates?: {
    during: readonly S[];
    /** Gives the word. */
    verb: string;
    /** What is happening, what comes next, and until when. */
    says: F;
    next: F;
    eta: F;
    within: Readonly<Record<Severity, Duration>>;
  };
  /** Assigning is an offer: whoever owns it keeps it until the other has accepted. */
  handover?: {
    during: readonly S[];
    /** Without an answer for so long the other is reminded, and whoever offered it is told. */
    answerWithin: Readonly<Record<Severity, Duration>>;
  };
  /** Saved at once from chat, without a form, whatever is missing; that is asked one by one in this order. */
  instant?: {
    asks: readonly F[];
    /** Taken where the text does not say. */
    defaults: Readonly<Partial<Record<F, unknown>>>;
    /** Datetime fields that are now where the text does not say. */
    now: readonly F[];
    /** Asked only while the stopwatch runs. */
    running?: readonly F[];
  };
  /** A running time: from the first field to the first filled one of `to`, or until now. Minutes, in `into`. */
  stopwatch?: {
    from: F;
    to: readonly F[];
    into: F;
    ongoing: F;
    /** Minutes that it ran in between, where it was reopened; they do not count. */
    between: F;
    label: Text;
    /** Datetime fields of the answer and the arrival; whose the time is; what it cost. For figures. */
    answered?: F;
    arrived?: F;
    side?: F;
    loss?: F;
  };
  /**
   * Figures that both companies put their names to. A verb of the kind `signs` them; a correction of one after the
   * customer has confirmed makes the confirmation void.
   */
  countersign?: {
    /** Our figures, each with the field of the customer's own; what is computed is computed from the customer's too. */
    figures: Readonly<Partial<Record<F, F>>>;
    /** Whether the customer agrees, and in which words not. */
    agrees: F;
    word: F;
    /** Who said so and by what it can be shown, where an engineer records it on the customer's behalf. */
    evidence: readonly F[];
    /** Who hears at once of an objection, and of a confirmation that is void. */
    tells: readonly Role[];
  };
  /** Records of other kinds that may come out of one of these: fields that carry over (theirs from ours), and given ones. */
  gives?: readonly {
    kind: string;
    label: Text;
    carries: Readonly<Record<string, F>>;
    sets: Readonly<Record<string, unknown>>;
  }[];
  /** Before and after are shown side by side. */
  compare?: { from: F; to: F; delta: F; label: Text };
  /** Sorts of tasks that a record may give to people, by name. */
  tasks?: Readonly<Record<string, TaskSort<F, S>>>;
  /** A verb gives each department a task of the sort; which ones says the value of a field, unless the site does. */
  departments?: { on: string; sort: string; by: F; roles: Readonly<Record<string, readonly Role[]>> };
  /** A reply to the customer is drafted from the decision: the first of these that fits the status and the facts. */
  reply?: {
    into: F;
    /** The customer's own number of the case. */
    ref: F;
    decisions: readonly {
      status: S;
      when?: Condition<F>;
      says: Text;
      tells: readonly { field: F; label: Text }[];
      ends: Text;
    }[];
  };
  /** Dates that are promises to the customer: moving one needs a reason, and each is kept or missed. */
  promised?: {
    date: F;
    /** Entering it before the promised day is over keeps the promise. */
    kept: S;
    /** Entering one of these takes the promise back. */
    withdrawn: readonly S[];
  };
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
  /** Who becomes its owner at capture: the first person on the roster with the role. */
  owner?: Role;
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
