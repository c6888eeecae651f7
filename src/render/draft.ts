/** The form that a message becomes: what is missing first, then what was read from the message, the rest on demand. */
import type { Severity } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { severityOf } from '../records/create.ts';
import { asksOf, filled, missingAtCapture, needsOf } from '../records/needs.ts';
import type { DraftDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, View } from './card.ts';
import { foldable, press, words } from './elements.ts';
import { cut } from './escape.ts';
import { draftFile } from './files.ts';
import { formCard, inputRows, isInput, stampedFields } from './form.ts';
import { t } from './i18n.ts';
import { atLeast, severityInput } from './inputs.ts';
import { quoteOf } from './record.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';

/** Known from the site and the moment; nobody needs to look at them first. */
const known = new Set(['customer', 'plant', 'received_at', 'source']);

/** Optional inputs offered; the others are asked for when a step needs them. */
const maxOptional = { full: 12, least: 3 };

/** What a form has of its own where it does not stand in a chat. */
export interface DraftFrame {
  /** Before the inputs. */
  lead: Element[];
  /** Instead of submitting and discarding by a press. */
  actions: Element[];
}

/** The form of a draft. */
export function renderDraft(draft: DraftDoc, view: View, frame?: DraftFrame): Card {
  const kind = kindOf(draft.kind);
  if (!kind) throw new Error(`no such kind: ${draft.kind}`);
  return fitted((limits) => draw(kind, draft, view, limits, frame));
}

function draw(kind: AnyKind, draft: DraftDoc, view: View, limits: Limits, frame?: DraftFrame): Card {
  const { language } = view;
  const { fields } = draft;
  const missing = [...new Set(missingAtCapture(kind, fields).flatMap((fault) => fault.field))];
  const required = requiredFields(kind, fields);
  const pair = kind.can.compare ? [kind.can.compare.from, kind.can.compare.to] : [];
  const shown = [...new Set([...kind.facts, ...Object.keys(kind.fields)])].filter(
    (name) =>
      isInput(kind, name) &&
      !known.has(name) &&
      !missing.includes(name) &&
      (filled(fields[name]) || pair.includes(name)),
  );
  const optional = optionalFields(kind, fields)
    .filter((name) => !missing.includes(name) && !shown.includes(name))
    .slice(0, limits.details > 0 ? maxOptional.full : maxOptional.least);
  const computed = severityOf(kind, fields, view.now, statedSeverity(fields));
  const data = { draft: draft.id, kind: kind.id };
  const kindName = kind.label[language];
  const tooLong = (name: string) => String(fields[name] ?? '').length > Math.max(limits.prefill, 120);
  const inputs = (names: readonly string[], where: 'open' | 'listed' | 'hidden') =>
    inputRows(kind, names, fields, view, (name) => ({
      // A hidden input that must be filled would hold up the submission without being seen.
      required: where !== 'hidden' && required.has(name),
      open: where === 'open',
    }));
  return formCard(
    {
      icon: kind.icon,
      title: t(language, 'draft.title', { kind: kindName }),
      intro: t(language, missing.length > 0 ? 'draft.check' : 'draft.ready'),
      summary: `${t(language, 'draft.title', { kind: kindName })}: ${cut(titleIn(kind, fields, language), 100)}`,
      severity: computed,
      sections: [
        ...draftFile(draft),
        ...(frame?.lead ?? []),
        ...quoteOf(kind, fields, view, { ...limits, quote: Math.min(limits.quote, 280) }),
        ...missingSection(missing, view, inputs(missing, 'open')),
        ...filledSection(
          inputs(shown.filter((name) => !tooLong(name)).slice(0, limits.inputs), 'listed'),
          shown,
          fields,
          view,
        ),
        ...foldable('more', t(language, 'draft.more'), [
          severityInput(computed, atLeast(computed), t(language, 'severity.raise'), view),
          ...inputs(optional, 'hidden'),
          ...inputs(
            [...known].filter((name) => isInput(kind, name) && !missing.includes(name)),
            'hidden',
          ),
          words(t(language, 'draft.later'), { subtle: true, size: 'Small' }),
        ]),
      ],
      actions: frame?.actions ?? [
        press({ title: t(language, 'draft.submit'), verb: 'create', data, style: 'positive' }),
        press({ title: t(language, 'draft.discard'), verb: 'discard', data, bare: true }),
      ],
    },
    view,
  );
}

function statedSeverity(fields: Readonly<Record<string, unknown>>): Severity | undefined {
  return severities.find((one) => one === fields['severity']);
}

function missingSection(missing: readonly string[], view: View, inputs: Element[]): Element[] {
  if (missing.length === 0) return [];
  return [
    {
      type: 'Container',
      style: 'attention',
      bleed: true,
      spacing: 'Medium',
      items: [
        words(t(view.language, 'draft.missing', { count: missing.length }), {
          weight: 'Bolder',
          color: 'attention',
        }),
        ...inputs,
      ],
    },
  ];
}

function filledSection(
  inputs: Element[],
  shown: readonly string[],
  fields: Readonly<Record<string, unknown>>,
  view: View,
): Element[] {
  if (inputs.length === 0) return [];
  const heading = shown.some((name) => filled(fields[name]))
    ? [words(t(view.language, 'draft.filled'), { weight: 'Bolder', spacing: 'Medium' })]
    : [];
  return [...heading, ...inputs];
}

function requiredFields(kind: AnyKind, fields: Readonly<Record<string, unknown>>): Set<string> {
  const first = Object.keys(kind.statuses)[0] ?? '';
  const needed = needsOf(kind, first).flatMap((need) => {
    const asked = asksOf(need, fields);
    return asked.length === 1 ? asked : [];
  });
  const marked = Object.entries(kind.fields).flatMap(([name, field]) => (field.required ? [name] : []));
  return new Set([...marked, ...needed]);
}

/** Statuses whose needs the reporter may know already. */
const earlyStatuses = 3;

/** What the card shows first, then what the early statuses need, then the rest; not what a later step asks or sets. */
function optionalFields(kind: AnyKind, fields: Readonly<Record<string, unknown>>): string[] {
  const statuses = Object.keys(kind.statuses);
  const neededBy = (some: readonly string[]) =>
    some.flatMap((status) => needsOf(kind, status).flatMap((need) => asksOf(need, fields)));
  const early = [...neededBy(statuses.slice(0, earlyStatuses)), ...(kind.can.instant?.asks ?? [])];
  const later = new Set([
    ...stampedFields(kind),
    ...neededBy(statuses.slice(earlyStatuses)),
    ...Object.values(kind.verbs)
      .filter((verb) => !verb.reopens && !verb.from.includes(statuses[0] ?? ''))
      .flatMap((verb) => [
        ...(verb.asks ?? []),
        ...(verb.needs ?? []).flatMap((need) => asksOf(need, fields)),
      ]),
  ]);
  const order = [...new Set([...kind.facts, ...early, ...Object.keys(kind.fields)])];
  return order.filter(
    (name) => isInput(kind, name) && !known.has(name) && (!later.has(name) || early.includes(name)),
  );
}
