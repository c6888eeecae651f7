/** The verbs that a status offers: which, in what order, what each asks, and who is to take the next one. */
import type { Need, Verb } from '../kinds/define.ts';
import { roleLabels } from '../kinds/roles.ts';
import type { AnyKind } from '../kinds/index.ts';
import { canDo } from '../records/access.ts';
import { levelsAbove } from './ladder.ts';
import { asksOf, needsOf } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import { canSign, counterparts } from '../records/signing.ts';
import type { View } from './card.ts';
import { givesPromise, standsPromised } from './promised.ts';
import { nameList } from './format.ts';
import { t } from './i18n.ts';

export interface Step {
  name: string;
  verb: Verb;
  /** Inputs, the obligatory first. */
  asks: readonly StepInput[];
}

export interface StepInput {
  field: string;
  required: boolean;
  /** One of several fields of which at least one is needed. */
  oneOf?: readonly string[];
}

const rank = (verb: Verb): number => (verb.style === 'positive' ? 0 : verb.style === 'destructive' ? 2 : 1);

/** What can be done with the record now, by this viewer if there is one; forward first, destructive last. */
export function stepsOf(kind: AnyKind, record: RecordDoc, view: View): Step[] {
  return Object.entries(kind.verbs)
    .filter(([name, verb]) => {
      if (!verb.from.includes(record.status)) return false;
      if (verb.signs && !isAskable(verb, record, view)) return false;
      if (verb.climbs && levelsAbove(record, view).length === 0) return false;
      if (view.viewer) return canDo(kind, name, record, view.viewer, view.now);
      // What only the customer's people may do stands on their own cards.
      return verb.by.some((by) => by !== 'CUST');
    })
    .map(([name, verb]) => ({ name, verb, asks: asksOfStep(kind, name, verb, record) }))
    .sort((a, b) => rank(a.verb) - rank(b.verb));
}

/** What there is something to sign for, and somebody to ask. */
const isAskable = (verb: Verb, record: RecordDoc, view: View): boolean =>
  canSign(verb, record) && (verb.signs !== 'send' || counterparts(view.site).length > 0);

function asksOfStep(kind: AnyKind, name: string, verb: Verb, record: RecordDoc): StepInput[] {
  const needs: readonly Need[] = verb.to === 'stay' ? (verb.needs ?? []) : needsOf(kind, verb.to, name);
  const found = new Map<string, StepInput>();
  for (const need of needs) {
    const fields = asksOf(need, record.fields);
    for (const field of fields)
      found.set(field, {
        field,
        required: fields.length === 1,
        ...(fields.length > 1 ? { oneOf: fields } : {}),
      });
  }
  for (const field of verb.asks ?? []) if (!found.has(field)) found.set(field, { field, required: false });
  // What an answer in this very form may make obligatory is offered in it.
  for (const need of needs)
    if (typeof need === 'object' && 'when' in need && found.has(need.when.field) && !found.has(need.field))
      found.set(need.field, { field: need.field, required: false });
  // Nobody types what the system sets.
  for (const field of found.keys()) if (kind.fields[field]?.computed) found.delete(field);
  // A promised date that stands is not asked for again by what only needs one.
  if (standsPromised(kind, record) && !givesPromise(kind, verb)) found.delete(kind.can.promised?.date ?? '');
  const order = (input: StepInput) => (input.required ? 0 : input.oneOf ? 1 : 2);
  return [...found.values()].sort((a, b) => order(a) - order(b));
}

/**
 * Taking a record on must be one tap, also beside a stopped line: what such a verb merely offers to fill in is asked
 * later.
 */
export const isOneTap = ({ verb, asks }: Step): boolean =>
  !verb.reason &&
  !verb.adds &&
  (asks.length === 0 || (verb.takes !== undefined && asks.every((ask) => !ask.required && !ask.oneOf)));

/** The verb that leads on, in the normal course: the viewer's own where several lead on. */
export function nextStep(
  kind: AnyKind,
  record: RecordDoc,
  viewer?: View['viewer'],
): { name: string; verb: Verb } | undefined {
  const onward = Object.entries(kind.verbs).filter(
    ([, verb]) => verb.style === 'positive' && verb.to !== 'stay' && verb.from.includes(record.status),
  );
  const found = onward.find(([name]) => viewer && canDo(kind, name, record, viewer)) ?? onward[0];
  return found && { name: found[0], verb: found[1] };
}

/** Who must take a step: the owner where the owner may, else each role with its people. */
export function whoMay(kind: AnyKind, name: string, verb: Verb, record: RecordDoc, view: View): string {
  const { language, site } = view;
  const internal = view.viewer?.customer === true;
  const owner = site.people.find((person) => person.aadObjectId === record.owner);
  if (owner && !internal) {
    const standing = { id: owner.aadObjectId, roles: owner.roles };
    if (canDo(kind, name, record, standing, view.now)) return view.names(owner.aadObjectId);
  }
  const parts = verb.by.map((by) => {
    const label = roleLabels[by][language];
    if (internal) return label;
    const people = site.people.filter((person) => person.roles.some((role) => role === by));
    const names = people.map((person) => view.names(person.aadObjectId));
    if (names.length === 0) return label;
    return `${label}${t(language, 'word.open')}${nameList(names, language, 2)}${t(language, 'word.close')}`;
  });
  return parts.join(t(language, 'word.separator'));
}
