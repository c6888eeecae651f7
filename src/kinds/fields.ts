import type { Text } from '../language.ts';

interface Common {
  label: Text;
  required?: boolean;
  /** What to type, in the input's placeholder. */
  hint?: Text;
  /** Shown in lists and exports. */
  listed?: boolean;
  /** Once it is filled, a correction needs a reason: other figures and deadlines hang on it. */
  reasoned?: boolean;
  /** Found by search. */
  searchable?: boolean;
  /** Set by the system, never by an input. Where it is needed, its hint says how it comes about. */
  computed?: boolean;
  /** Filled by a verb that asks for it only, never by a capture or a correction. */
  byVerb?: boolean;
}

export interface TextField extends Common {
  type: 'text';
  multiline?: boolean;
  /** Characters. */
  max?: number;
  /** Written like a part or lot number: letters, digits, marks, no blanks. */
  code?: boolean;
  /** Set by the system, never by an input. */
  computed?: boolean;
  /** Codes that intake gives for common answers; kept as words in the reporter's language. */
  codes?: Readonly<Record<string, Text>>;
}
export interface NumberField extends Common {
  type: 'int' | 'num';
  unit?: string;
  /** A field that holds the unit. */
  unitField?: string;
  min?: number;
  max?: number;
}
export interface BooleanField extends Common {
  type: 'bool';
}
export interface TimeField extends Common {
  type: 'date' | 'datetime';
  /** `future`: today or later; `past`: not later than now. */
  when?: 'future' | 'past';
  /** Set by the system, never by an input. */
  computed?: boolean;
}
export interface ChoiceField extends Common {
  type: 'choice';
  choices: Readonly<Record<string, Text>>;
  /** Headings of grouped choices: `dimension` for `dimension.deform`. */
  groups?: Readonly<Record<string, Text>>;
  multiple?: boolean;
}
/** Several short texts, one on each line of its input. */
export interface ListField extends Common {
  type: 'list';
  /** Grows by what verbs add to it, never by an input. */
  computed?: boolean;
}
/** Rows of columns (containment, claims). Typed by a person as one row on each line, cells parted by `|` or commas. */
export interface RowsField extends Common {
  type: 'rows';
  columns: Readonly<Record<string, Field>>;
}

export type Field = TextField | NumberField | BooleanField | TimeField | ChoiceField | ListField | RowsField;

export type Row<C extends Readonly<Record<string, Field>>> = { [N in keyof C]?: ValueOf<C[N]> };

/** Dates are `2026-11-27`, datetimes ISO UTC. */
export type ValueOf<T> = T extends { type: 'text' | 'date' | 'datetime' }
  ? string
  : T extends { type: 'int' | 'num' }
    ? number
    : T extends { type: 'bool' }
      ? boolean
      : T extends { type: 'choice'; choices: infer C; multiple: true }
        ? (keyof C & string)[]
        : T extends { type: 'choice'; choices: infer C }
          ? keyof C & string
          : T extends { type: 'list' }
            ? string[]
            : T extends { type: 'rows'; columns: infer R extends Readonly<Record<string, Field>> }
              ? Row<R>[]
              : never;

type Options<T extends Field> = Omit<T, 'type' | 'label' | 'choices' | 'columns'>;

export const short = <const O extends Options<TextField>>(label: Text, options?: O) =>
  ({ type: 'text', label, ...options }) as { type: 'text'; label: Text } & O;
export const int = <const O extends Options<NumberField>>(label: Text, options?: O) =>
  ({ type: 'int', label, ...options }) as { type: 'int'; label: Text } & O;
export const num = <const O extends Options<NumberField>>(label: Text, options?: O) =>
  ({ type: 'num', label, ...options }) as { type: 'num'; label: Text } & O;
export const bool = <const O extends Options<BooleanField>>(label: Text, options?: O) =>
  ({ type: 'bool', label, ...options }) as { type: 'bool'; label: Text } & O;
export const date = <const O extends Options<TimeField>>(label: Text, options?: O) =>
  ({ type: 'date', label, ...options }) as { type: 'date'; label: Text } & O;
export const datetime = <const O extends Options<TimeField>>(label: Text, options?: O) =>
  ({ type: 'datetime', label, ...options }) as { type: 'datetime'; label: Text } & O;
export const choice = <const C extends Readonly<Record<string, Text>>, const O extends Options<ChoiceField>>(
  label: Text,
  choices: C,
  options?: O,
) => ({ type: 'choice', label, choices, ...options }) as { type: 'choice'; label: Text; choices: C } & O;
export const list = <const O extends Options<ListField>>(label: Text, options?: O) =>
  ({ type: 'list', label, ...options }) as { type: 'list'; label: Text } & O;
export const rows = <const C extends Readonly<Record<string, Field>>, const O extends Options<RowsField>>(
  label: Text,
  columns: C,
  options?: O,
) => ({ type: 'rows', label, columns, ...options }) as { type: 'rows'; label: Text; columns: C } & O;
