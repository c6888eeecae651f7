/** The buttons of a record's card. */
import type { AnyKind } from '../kinds/index.ts';
import { assertMayEdit, generalVerbs } from '../records/access.ts';
import { filled } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Element, View } from './card.ts';
import type { PressData } from './elements.ts';
import { opening, press, words } from './elements.ts';
import { fileButtons, removalButton } from './files.ts';
import type { Packable } from './form.ts';
import { packed } from './form.ts';
import { typedValue } from './format.ts';
import { t } from './i18n.ts';
import { inputOf, reasonInput } from './inputs.ts';
import { levelInput } from './ladder.ts';
import type { Limits } from './size.ts';
import type { Step, StepInput } from './steps.ts';
import { isOneTap, stepsOf } from './steps.ts';

/** Buttons in a row before a phone breaks it badly; what is beyond moves into "More". */
const maxButtons = 5;
/** Verbs that the button of a shared form names. */
const maxNamed = 2;

export function actionsOf(kind: AnyKind, record: RecordDoc, view: View, limits: Limits): Element[] {
  const data: PressData = { record: record.id, rev: record.rev };
  const steps = stepsOf(kind, record, view);
  const draw = (bundle: readonly Step[]) => button(bundle, kind, record, view, limits, data);
  const verbs = bundled(steps.filter((step) => !isNoted(step, record))).map(draw);
  const buttons = [...fileButtons(kind, record, view), ...verbs];
  const extra = steps.filter((step) => isNoted(step, record)).map((step) => draw([step]));
  extra.push(...removalButton(kind, record, view));
  for (let at = buttons.length - 1; at >= 0 && buttons.length >= maxButtons; at--)
    // Forms stay: a form within a form opens on few clients.
    if (buttons[at]?.['type'] === 'Action.Execute') extra.unshift(...buttons.splice(at, 1));
  const more = moreOf(record, view, limits, data, extra);
  return more ? [...buttons, more] : buttons;
}

/** An act that only notes a moment, and the moment is noted: it may be done again, but nobody waits for it. */
const isNoted = (step: Step, record: RecordDoc): boolean =>
  step.verb.to === 'stay' &&
  isOneTap(step) &&
  (step.verb.stamps ?? []).length > 0 &&
  (step.verb.stamps ?? []).every((name) => filled(record.fields[name]));

/**
 * Ids must be unique on a whole card: the phone clients refuse one with two inputs of an id, even in different forms
 * (msteams-docs issue 7868). So verbs that ask for the same thing share a form, which has a button for each.
 */
function bundled(steps: readonly Step[]): Step[][] {
  const bundles: { ids: Set<string>; steps: Step[] }[] = [];
  for (const step of steps) {
    const ids = isOneTap(step) ? [] : step.asks.map((ask) => ask.field);
    if (step.verb.reason) ids.push('reason');
    const shared = bundles.filter((bundle) => ids.some((id) => bundle.ids.has(id)));
    const first = shared[0];
    if (!first) {
      bundles.push({ ids: new Set(ids), steps: [step] });
      continue;
    }
    first.steps.push(step);
    for (const id of ids) first.ids.add(id);
    for (const other of shared.slice(1)) {
      first.steps.push(...other.steps);
      for (const id of other.ids) first.ids.add(id);
      bundles.splice(bundles.indexOf(other), 1);
    }
  }
  return bundles.map((bundle) => bundle.steps);
}

function button(
  steps: readonly Step[],
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  limits: Limits,
  data: PressData,
): Element {
  const { language } = view;
  const [only] = steps;
  const presses = steps.map(({ name, verb }) =>
    press({ title: verb.label[language], verb: name, data, style: verb.style }),
  );
  if (steps.length === 1 && only && isOneTap(only))
    return press({
      title: only.verb.label[language],
      verb: only.name,
      data,
      style: only.verb.style,
      bare: true,
    });
  const named = steps.slice(0, maxNamed).map(({ verb }) => verb.label[language]);
  const title = `${named.join(' / ')}…`;
  const style = steps.length === 1 || only?.verb.style === 'positive' ? only?.verb.style : undefined;
  return opening(title, formOf(steps, kind, record, view, limits), presses, style);
}

/** The inputs of one verb, or of several together; obligatory is marked where it is so for each of them. */
function formOf(
  steps: readonly Step[],
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  limits: Limits,
): Element[] {
  const { language } = view;
  const asked = new Map<string, { input: StepInput; by: Step[]; neededBy: Step[] }>();
  for (const step of steps)
    for (const input of step.asks) {
      const known = asked.get(input.field) ?? { input, by: [], neededBy: [] };
      known.by.push(step);
      if (input.required) known.neededBy.push(step);
      if (input.oneOf) known.input = input;
      asked.set(input.field, known);
    }
  const items: Packable[] = [];
  let told = false;
  for (const [name, { input, neededBy }] of asked) {
    const field = kind.fields[name];
    if (!field) continue;
    const value = record.fields[name];
    if (filled(value) && String(typedValue(field, value, view)).length > limits.prefill) continue;
    if (input.oneOf && !told) {
      items.push({ element: words(oneOfWords(input.oneOf, kind, view), { subtle: true }) });
      told = true;
    }
    const forSome = neededBy.length > 0 && neededBy.length < steps.length;
    const stamped = steps.some(({ verb }) => verb.stamps?.includes(name));
    const element = inputOf(name, field, value, view, record.fields, {
      required: neededBy.length === steps.length,
      open: true,
      ...(forSome ? { note: neededWords(neededBy, view) } : {}),
      ...(stamped ? { placeholder: t(language, 'action.now') } : {}),
    });
    items.push({ element, field });
  }
  if (steps.some(({ verb }) => verb.climbs)) items.push(...levelInput(record, view));
  const reasoned = steps.filter(({ verb }) => verb.reason);
  if (reasoned.length === 0) return packed(items);
  const all = reasoned.length === steps.length;
  return [...packed(items), reasonInput(view, all, all ? '' : neededWords(reasoned, view))];
}

const neededWords = (steps: readonly Step[], { language }: View): string =>
  t(language, 'action.forVerbs', { verbs: steps.map(({ verb }) => verb.label[language]).join(' / ') });

function oneOfWords(names: readonly string[], kind: AnyKind, { language }: View): string {
  const labels = names.map((one) => kind.fields[one]?.label[language] ?? one);
  return t(language, 'action.anyOf', { labels: labels.join(t(language, 'word.separator')) });
}

/** Comment, assign, edit: what can be done at any time, in one place. Each press takes only its own input. */
function moreOf(
  record: RecordDoc,
  view: View,
  limits: Limits,
  data: PressData,
  extra: readonly Element[],
): Element | undefined {
  const { language } = view;
  const body: Element[] = [];
  if (may('comment', record, view))
    body.push(
      {
        type: 'Input.Text',
        id: 'comment',
        label: t(language, 'action.comment'),
        placeholder: t(language, 'action.commentHint'),
        isMultiline: true,
        maxLength: 2000,
      },
      {
        type: 'ActionSet',
        actions: [press({ title: generalVerbs.comment[language], verb: 'comment', data })],
      },
    );
  const people = assignable(view, limits.people);
  if (people.length > 0 && may('assign', record, view))
    body.push(
      {
        type: 'Input.ChoiceSet',
        id: 'assignee',
        label: t(language, 'action.assignee'),
        style: 'compact',
        placeholder: t(language, 'action.choose'),
        choices: people,
        ...(people.some((person) => person.value === record.owner) ? { value: record.owner } : {}),
      },
      { type: 'ActionSet', actions: [press({ title: t(language, 'action.assign'), verb: 'assign', data })] },
    );
  const actions = [...extra];
  if (may('edit', record, view))
    actions.push(
      press({ title: t(language, 'action.edit'), verb: 'edit', data: { ...data, form: true }, bare: true }),
    );
  if (body.length + actions.length === 0) return undefined;
  return opening(`${t(language, 'action.more')}…`, body, actions);
}

const assignable = (view: View, limit: number) =>
  view.site.people
    .filter((person) => person.roles.some((role) => role !== 'CUST'))
    .slice(0, limit)
    .map((person) => ({ title: view.names(person.aadObjectId), value: person.aadObjectId }));

function may(verb: 'edit' | 'comment' | 'assign', record: RecordDoc, view: View): boolean {
  const { viewer, site } = view;
  if (!viewer) return true;
  const person = site.people.find((one) => one.aadObjectId === viewer.id);
  try {
    assertMayEdit(verb, record, {
      id: viewer.id,
      name: '',
      source: 'card',
      ...(person ? { person } : {}),
    });
    return true;
  } catch {
    return false;
  }
}
