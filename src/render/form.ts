/** What drafts, edits and questions share: rows of inputs, and which fields a form may hold at all. */
import type { Severity } from '../kinds/define.ts';
import type { Field } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Card, Element, View } from './card.ts';
import { column, columns, mentionText, teams, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { severityTone, severityWord } from './format.ts';
import type { Asked } from './inputs.ts';
import { inputOf } from './inputs.ts';
import { expand } from './template.ts';

export interface Form {
  icon: string;
  title: string;
  intro: string;
  /** Plain text for the notification. */
  summary: string;
  severity?: Severity;
  sections: Element[];
  actions: Element[];
}

export function formCard(form: Form, view: View): Card {
  const { severity } = form;
  const mention = mentionText(view);
  return expand('form', {
    summary: plainLine(form.summary),
    msteams: teams(view),
    mention: mention === '' ? [] : [words(mention)],
    tone: 'emphasis',
    icon: form.icon,
    title: form.title,
    severity: severity ? [severityColumn(severity, view)] : [],
    intro: form.intro,
    sections: form.sections,
    actions: form.actions,
  });
}

const severityColumn = (severity: Severity, view: View): Element =>
  column(
    'auto',
    [
      words(`● ${severityWord(severity, view.language)}`, {
        size: 'Small',
        weight: 'Bolder',
        color: severityTone(severity),
      }),
    ],
    { verticalContentAlignment: 'Center' },
  );

/** Said by the person or set by the system: no input of any form. */
export function isInput(kind: AnyKind, name: string): boolean {
  const field = kind.fields[name];
  return (
    field !== undefined &&
    !field.byVerb &&
    name !== 'raw_text' &&
    !('computed' in field && field.computed === true) &&
    !isSaidByVerb(kind, name)
  );
}

/** Said when its verb is done, and never corrected afterwards. */
const isSaidByVerb = (kind: AnyKind, name: string): boolean =>
  name === kind.can.updates?.says ||
  name === kind.can.updates?.next ||
  Object.values(kind.verbs).some((verb) => verb.appends?.input === name);

/** Fields that a verb fills with the moment it is done. */
export const stampedFields = (kind: AnyKind): Set<string> =>
  new Set(Object.values(kind.verbs).flatMap((verb) => verb.stamps ?? []));

/** The inputs of these fields in order; before and after stand side by side (capability `compare`). */
export function inputRows(
  kind: AnyKind,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
  view: View,
  ask: (name: string) => Asked,
): Element[] {
  const { compare } = kind.can;
  const paired = compare && names.includes(compare.from) && names.includes(compare.to) ? compare : undefined;
  const order = withUnits(kind, paired ? names.filter((name) => name !== paired.to) : names);
  const input = (name: string, field: Field) => inputOf(name, field, values[name], view, values, ask(name));
  return packed(
    order.flatMap((name): Packable[] => {
      const field = kind.fields[name];
      if (!field) return [];
      const after = paired && name === paired.from ? kind.fields[paired.to] : undefined;
      if (paired && after) return [{ element: beside(input(name, field), input(paired.to, after)) }];
      return [{ element: input(name, field), field }];
    }),
  );
}

/** An element, and its field where it is an input. */
export interface Packable {
  element: Element;
  field?: Field;
}

/** Puts narrow inputs that follow each other side by side. */
export function packed(items: readonly Packable[]): Element[] {
  const rows: Element[] = [];
  let waiting: Element | undefined;
  for (const { element, field } of items) {
    const narrow = field !== undefined && isNarrow(field, element);
    if (waiting && narrow) {
      rows.push(beside(waiting, element));
      waiting = undefined;
      continue;
    }
    if (waiting) rows.push(waiting);
    waiting = narrow ? element : undefined;
    if (!narrow) rows.push(element);
  }
  return waiting ? [...rows, waiting] : rows;
}

/** A unit follows the first number that it belongs to. */
function withUnits(kind: AnyKind, names: readonly string[]): string[] {
  const order = [...names];
  const placed = new Set<string>();
  for (const name of names) {
    const field = kind.fields[name];
    const unit = field && 'unitField' in field ? field.unitField : undefined;
    if (unit === undefined || placed.has(unit) || !order.includes(unit)) continue;
    placed.add(unit);
    order.splice(order.indexOf(unit), 1);
    order.splice(order.indexOf(name) + 1, 0, unit);
  }
  return order;
}

const beside = (left: Element, right: Element): Element =>
  columns([column('stretch', [left]), column('stretch', [right])]);

/** Half a phone's width holds about so many characters; Chinese ones count for two. */
const narrowWidth = 16;

/** Whether half a row is enough for it, so that a form is not twice as long as it must be. */
function isNarrow(field: Field, input: Element): boolean {
  if (widthOf(String(input['label'])) > narrowWidth || input['style'] === 'expanded') return false;
  switch (field.type) {
    case 'int':
    case 'num':
    case 'date':
    case 'bool':
      return true;
    case 'choice':
      return !field.groups && !field.multiple;
    case 'text':
      return (
        !field.multiline && (field.max ?? 500) <= 80 && widthOf(String(input['value'] ?? '')) <= narrowWidth
      );
    case 'datetime':
    case 'list':
    case 'rows':
      return false;
  }
}

const widthOf = (text: string): number => text.replace(/[^\u0000-\u02ff]/g, 'xx').length;
