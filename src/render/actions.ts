/** The buttons of a record's card. */
import type { AnyKind } from '../kinds/index.ts';
import { filled } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Verb } from '../kinds/define.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, View } from './card.ts';
import { ownFigure } from './countersign.ts';
import type { PressData } from './elements.ts';
import { opening, press, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { fileButtons, removalButton } from './files.ts';
import type { Packable } from './form.ts';
import { formCard, packed } from './form.ts';
import { formatValue, typedValue } from './format.ts';
import { offerActions } from './offer.ts';
import { t } from './i18n.ts';
import { inputOf, reasonInput } from './inputs.ts';
import { levelInput } from './ladder.ts';
import { movesPromise } from './promised.ts';
import { draftReply } from './reply.ts';
import { givingInputs } from './task-forms.ts';
import { may, moreOf } from './more.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';
import type { Step, StepInput } from './steps.ts';
import { isOneTap, stepsOf } from './steps.ts';
import { summaryLine } from './text.ts';

/** Buttons in a row before a phone breaks it badly; what is beyond moves into "More". */
const maxButtons = 5;
/** Verbs that the button of a shared form names. */
const maxNamed = 2;

export function actionsOf(kind: AnyKind, record: RecordDoc, view: View, limits: Limits): Element[] {
  const { buttons, more } = arranged(kind, record, view, limits);
  if (more.body.length + more.actions.length === 0) return buttons;
  const title = `${t(view.language, 'action.more')}…`;
  return [
    ...buttons,
    limits.apart
      ? press({ title, verb: 'more', data: { record: record.id }, bare: true })
      : opening(title, more.body, more.actions),
  ];
}

const dataOf = (record: RecordDoc): PressData => ({ record: record.id, rev: record.rev });

/** What stands on the card, and what moves into "More": acts that are done already, and whatever has no room. */
function arranged(
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  limits: Limits,
): { buttons: Element[]; more: { body: Element[]; actions: Element[] } } {
  const steps = stepsOf(kind, record, view);
  const data = dataOf(record);
  const draw = (bundle: readonly Step[]) => button(bundle, kind, record, view, limits, data);
  const own = steps.filter(({ verb }) => !verb.aside);
  const offered = offerActions(kind, record, view, data);
  const withdrawals = may('assign', record, view) ? offered.more : [];
  const buttons = [
    ...offered.first,
    ...fileButtons(kind, record, view),
    ...bundled(
      kind,
      record,
      own.filter((step) => !isNoted(step, record)),
    ).map(draw),
  ];
  const extra = [
    ...own.filter((step) => isNoted(step, record)).map((step) => draw([step])),
    ...withdrawals,
    ...removalButton(kind, record, view),
  ];
  for (let at = buttons.length - 1; at >= 0 && buttons.length >= maxButtons; at--)
    // Forms stay: a form within a form opens on few clients.
    if (buttons[at]?.['type'] === 'Action.Execute') extra.unshift(...buttons.splice(at, 1));
  const aside = steps
    .filter(({ verb }) => verb.aside)
    .flatMap((step) => asideForm(step, kind, record, view, limits, data));
  return { buttons, more: moreOf(kind, record, view, limits, data, aside, extra) };
}

/** "More" as a card of its own, for a record whose card has no room for it. */
export function renderMore(kind: AnyKind, record: RecordDoc, view: View): Card {
  const { language } = view;
  return fitted((limits) => {
    const { body, actions } = arranged(kind, record, view, limits).more;
    const back = { title: t(language, 'action.back'), verb: 'show', data: { record: record.id }, bare: true };
    return formCard(
      {
        icon: kind.icon,
        title: t(language, 'action.more'),
        intro: plainLine(`${record.id} · ${titleIn(kind, record.fields, language)}`, 160),
        summary: summaryLine(record, view),
        sections: body,
        actions: [...actions, press(back)],
      },
      view,
    );
  });
}

/** The button of one verb of the kind's on a card of its own; nothing where the viewer may not do it now. */
export function stepButton(
  is: (name: string, verb: Verb) => boolean,
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  limits: Limits,
  data: PressData,
): Element[] {
  const steps = stepsOf(kind, record, view).filter(({ name, verb }) => is(name, verb));
  return steps.slice(0, 1).map((step) => button([step], kind, record, view, limits, data));
}

/** The form of a verb that stands under "More". Nothing in it is marked obligatory: that would hold up its neighbours. */
const asideForm = (
  step: Step,
  kind: AnyKind,
  record: RecordDoc,
  view: View,
  limits: Limits,
  data: PressData,
): Element[] => [
  ...formOf(
    [{ ...step, asks: step.asks.map((ask) => ({ ...ask, required: false })) }],
    kind,
    record,
    view,
    limits,
  ),
  {
    type: 'ActionSet',
    actions: [press({ title: step.verb.label[view.language], verb: step.name, data })],
  },
];

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
function bundled(kind: AnyKind, record: RecordDoc, steps: readonly Step[]): Step[][] {
  const bundles: { ids: Set<string>; steps: Step[] }[] = [];
  for (const step of steps) {
    const ids = isOneTap(step) ? [] : step.asks.map((ask) => ask.field);
    if (step.verb.reason || movesPromise(kind, record, step.verb)) ids.push('reason');
    if (step.verb.adds) ids.push('task');
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
    const stands = record.fields[name];
    const isFresh = steps.every(({ verb }) => verb.fresh?.includes(name));
    const known = isFresh ? undefined : stands;
    if (filled(known) && String(typedValue(field, known, view)).length > limits.prefill) continue;
    const drafted = steps.some(({ verb }) => verb.drafts === name) && !filled(known);
    const value = isFresh
      ? undefined
      : drafted
        ? draftReply(kind, record, view)
        : (known ?? ownFigure(kind, record, name));
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
      ...(isFresh && filled(stands) && neededBy.length === 0
        ? {
            placeholder: t(language, 'action.asItIs', {
              value: plainLine(formatValue(field, stands, view, record.fields), 40),
            }),
          }
        : {}),
    });
    items.push({ element, field });
  }
  const giving = steps.find(({ verb }) => verb.adds)?.verb.adds;
  if (giving !== undefined)
    items.push(...givingInputs(kind, giving, view, steps.length === 1, limits.people));
  if (steps.some(({ verb }) => verb.climbs)) items.push(...levelInput(record, view));
  const reasoned = steps.filter(({ verb }) => verb.reason);
  const moves = steps.some(({ verb }) => movesPromise(kind, record, verb));
  if (reasoned.length === 0 && !moves) return packed(items);
  const all = reasoned.length === steps.length;
  const notes = [
    ...(all || reasoned.length === 0 ? [] : [neededWords(reasoned, view)]),
    ...(moves ? [t(language, 'promised.ifMoved')] : []),
  ];
  return [...packed(items), reasonInput(view, all, notes.join(t(language, 'word.separator')))];
}

const neededWords = (steps: readonly Step[], { language }: View): string =>
  t(language, 'action.forVerbs', { verbs: steps.map(({ verb }) => verb.label[language]).join(' / ') });

function oneOfWords(names: readonly string[], kind: AnyKind, { language }: View): string {
  const labels = names.map((one) => kind.fields[one]?.label[language] ?? one);
  return t(language, 'action.anyOf', { labels: labels.join(t(language, 'word.separator')) });
}
