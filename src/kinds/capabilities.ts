/** What only some kinds have, declared as data and never branched on (`can` of a kind). */
import type { Language, Text } from '../language.ts';
import type { Condition, Duration, Role, Severity } from './define.ts';

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
    /** A field of theirs that takes our id. */
    names?: string;
    /** A rows field of theirs that begins with one row: its columns from fields of ours. */
    row?: { into: string; columns: Readonly<Record<string, F>> };
  }[];
  /** Said by word of mouth until the customer has written: marked so wherever the record is shown. */
  verbal?: { source: F; spoken: readonly string[]; written: readonly F[] };
  /** Facts that can no longer be corrected once the record is in one of these: others rely on them. */
  sealed?: { fields: readonly F[]; in: readonly S[] };
  /** Tells another record, named by a field, what has become of this one. Empty there while not in a status of `in`. */
  feeds?: {
    record: F;
    sets: readonly { field: string; from: '@id' | F; in?: readonly S[] }[];
  };
  /** It can be drawn up as a letter in both languages (render/letter.ts). */
  letter?: {
    title: Text;
    /** The record that it is about. */
    about: F;
    subject: F;
    /** A rows field: the table. */
    items: F;
    facts: readonly F[];
    texts: readonly Readonly<Record<Language, F>>[];
    revision: F;
    /** Before these it is marked as a draft. */
    binds: readonly S[];
    parties: readonly { title: Text; ours: boolean; name: F; at: F; how?: F }[];
  };
  /** Before and after are shown side by side. */
  compare?: { from: F; to: F; delta: F; label: Text };
  /** Sorts of tasks that a record may give to people, by name. */
  tasks?: Readonly<Record<string, TaskSort<F, S>>>;
  /** Files are kept with its records, each with its hash; the fields are those of the first. Or `url` says where it is. */
  files?: {
    name: F;
    /** Bytes. */
    size: F;
    hash: F;
    url: F;
    /** A file that a person sends to the bot becomes one of these; of one kind only. */
    sent?: true;
  };
  /** Kept rather than worked on: nobody's task, and in no count of open cases. */
  archive?: {
    active: S;
    /** A later revision of the same number takes the place of an active one, by the verb; the field names that one. */
    number: F;
    rev: F;
    supersedes: F;
    supersede: string;
    /** The last day on which it is valid; the verb ends that. Its owner is warned so many days before. */
    until: F;
    expire: string;
    warnDays: number;
    /** Until when its files must be kept, by the value of a field: so many years from a date, to the year's end or not. */
    retention: {
      by: F;
      rules: Readonly<Record<string, { from: F | 'createdAt'; years: number; wholeYear?: true }>>;
    };
  };
  /** A customer's guest sees it only if the field says so. */
  shared?: { by: F; as: string };
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
