/** The form of all facts of a record, page by page, because a kind may have more of them than a card can hold. */
import { severities } from '../kinds/define.ts';
import type { Field } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { filled } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, View } from './card.ts';
import type { PressData } from './elements.ts';
import { press, words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formCard, inputRows, isInput } from './form.ts';
import { formatValue } from './format.ts';
import { t } from './i18n.ts';
import type { Asked } from './inputs.ts';
import { inputOf, reasonInput, severityInput } from './inputs.ts';
import { bytesOf } from './size.ts';

const pageInputs = 14;
/** UTF-16 bytes of a page's inputs; the rest of the card needs about 4 KB. */
const pageBytes = 18_000;

/**
 * A record's facts to correct. `proposed` are values that a message suggests: they come first, filled in, beside what
 * stands there now. `page` counts from 1.
 */
export function renderEdit(
  record: RecordDoc,
  view: View,
  proposed: Readonly<Record<string, unknown>> = {},
  page = 1,
): Card {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no such kind: ${record.kind}`);
  const { language } = view;
  const values = { ...record.fields, ...proposed };
  const changed = Object.keys(proposed).filter((name) => isInput(kind, name));
  const ask = (name: string): Asked => {
    const field = kind.fields[name];
    if (!field) return {};
    const was = changed.includes(name) ? formatValue(field, record.fields[name], view, record.fields) : '';
    return {
      required: field.required === true,
      ...(was === '' ? {} : { note: t(language, 'edit.was', { value: cut(was, 60) }) }),
    };
  };
  const pages = pagesOf(kind, [...changed, ...orderOf(kind, record, changed)], values, view, ask);
  const at = Math.min(Math.max(1, Math.trunc(page)), pages.length);
  const data = { record: record.id, rev: record.rev };
  const first = at === 1;
  return formCard(
    {
      icon: kind.icon,
      title: t(language, 'edit.title', { id: record.id }),
      intro: plainLine(titleIn(kind, record.fields, language), 160),
      summary: t(language, 'edit.title', { id: record.id }),
      severity: record.severity,
      sections: [
        words(
          first && changed.length > 0
            ? t(language, 'edit.proposed', { count: changed.length })
            : t(language, 'edit.hint'),
          first && changed.length > 0 ? { color: 'accent', weight: 'Bolder' } : { subtle: true },
        ),
        ...inputRows(kind, pages[at - 1] ?? [], values, view, ask),
        ...closingRows(first, reasonedIn(kind, record, pages[at - 1] ?? []), record, view),
      ],
      actions: [
        press({ title: t(language, 'edit.save'), verb: 'edit', data, style: 'positive' }),
        ...(pages.length > 1 ? [turn((at % pages.length) + 1, pages.length, data, view)] : []),
        press({ title: t(language, 'edit.back'), verb: 'show', data: { record: record.id }, bare: true }),
      ],
    },
    view,
  );
}

/** The button for another page; after the last comes the first. */
const turn = (page: number, pages: number, data: PressData, view: View): Element =>
  press({
    title: t(view.language, 'edit.part', { part: page, pages }),
    verb: 'edit',
    data: { ...data, form: true, page },
    bare: true,
  });

/** What is filled, then what the card shows first, then the rest. */
function orderOf(kind: AnyKind, record: RecordDoc, changed: readonly string[]): string[] {
  const names = [...new Set([...kind.facts, ...Object.keys(kind.fields)])].filter(
    (name) => isInput(kind, name) && !changed.includes(name),
  );
  return [
    ...names.filter((name) => filled(record.fields[name])),
    ...names.filter((name) => !filled(record.fields[name])),
  ];
}

/** Packs inputs into pages. One that alone is too large for a card is left out: cut, it would be saved cut. */
function pagesOf(
  kind: AnyKind,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
  view: View,
  ask: (name: string) => Asked,
): string[][] {
  const pages: string[][] = [[]];
  let bytes = 0;
  for (const name of names) {
    const field = kind.fields[name];
    if (!field) continue;
    const size = bytesOf(inputOf(name, field, values[name], view, values, ask(name)));
    if (size > pageBytes) continue;
    let page = pages.at(-1) ?? [];
    if (page.length >= pageInputs || bytes + size > pageBytes) {
      page = [];
      pages.push(page);
      bytes = 0;
    }
    page.push(name);
    bytes += size;
  }
  return pages;
}

/** Facts of the page whose correction needs a reason. */
const reasonedIn = (kind: AnyKind, record: RecordDoc, names: readonly string[]): Field[] =>
  names.flatMap((name) => {
    const field = kind.fields[name];
    return field?.reasoned && filled(record.fields[name]) ? [field] : [];
  });

/** The severity stands on the first page; the reason there, and wherever one is needed. */
function closingRows(first: boolean, reasoned: readonly Field[], record: RecordDoc, view: View): Element[] {
  if (!first && reasoned.length === 0) return [];
  const { language } = view;
  const labels = reasoned.map(({ label }) => label[language]).join(t(language, 'word.separator'));
  return [
    ...(first ? [severityInput(record.severity, severities, t(language, 'severity.change'), view)] : []),
    reasonInput(view, false, labels === '' ? '' : t(language, 'edit.reasoned', { labels })),
  ];
}
