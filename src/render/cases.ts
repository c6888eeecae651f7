/** Merging and splitting by hand (capability `single`): the buttons, the two forms, and what a merged record's cards say. */
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { assertMayMerge } from '../records/access.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Report } from '../records/split.ts';
import { reportsOf } from '../records/split.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, View } from './card.ts';
import type { PressData } from './elements.ts';
import { press, words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formCard } from './form.ts';
import { formatClock, statusWord, typedTime } from './format.ts';
import { t } from './i18n.ts';
import { reasonInput } from './inputs.ts';

/** Records, and reports, to choose from. */
const maxChoices = 12;
/** Merges whose undoing the card offers; any other one is undone from the merged record itself. */
const maxUndone = 2;

const may = (verb: 'merge' | 'unmerge' | 'split', kind: AnyKind, { viewer }: View): boolean => {
  if (!viewer) return kind.can.single !== undefined;
  try {
    assertMayMerge(verb, kind, viewer);
    return true;
  } catch {
    return false;
  }
};

/** For the record's "More": merge it, split a report off it, undo a merge into it. */
export function caseActions(record: RecordDoc, view: View, data: PressData): Element[] {
  const kind = kindOf(record.kind);
  const single = kind?.can.single;
  if (!kind || !single || !may('merge', kind, view)) return [];
  if (!record.open && !single.ends.includes(record.status)) return [];
  const { language } = view;
  const opens = { ...data, form: true };
  return [
    press({ title: t(language, 'cases.merge'), verb: 'merge', data: opens, bare: true }),
    ...(reportsOf(record).length > 0
      ? [press({ title: t(language, 'cases.split'), verb: 'split', data: opens, bare: true })]
      : []),
    ...(record.absorbed ?? []).slice(-maxUndone).map(({ id, rev }) => undo(id, rev, view)),
  ];
}

const undo = (id: string, rev: number, { language }: View): Element =>
  press({ title: t(language, 'cases.undo', { id }), verb: 'unmerge', data: { record: id, rev }, bare: true });

/** The form that asks into which record this one is merged. `others` are open ones, the likeliest first. */
export function renderMerge(record: RecordDoc, others: readonly RecordDoc[], view: View): Card {
  const { language } = view;
  const kind = kindOf(record.kind);
  const choices = others
    .slice(0, maxChoices)
    .map((other) => ({ title: choiceOf(other, view), value: other.id }));
  const chosen: Element =
    choices.length === 0
      ? words(t(language, 'cases.none', { kind: kind?.label[language] ?? '' }), { subtle: true })
      : {
          type: 'Input.ChoiceSet',
          id: 'into',
          label: t(language, 'cases.choose'),
          style: 'expanded',
          wrap: true,
          choices,
          ...(choices[0] && choices.length === 1 ? { value: choices[0].value } : {}),
        };
  return form(
    record,
    view,
    t(language, 'cases.mergeTitle', { id: record.id }),
    [
      words(t(language, 'cases.mergeHint', { id: record.id }), { subtle: true }),
      chosen,
      { type: 'Input.Text', id: 'into_id', label: t(language, 'cases.typed'), maxLength: 40 },
      reasonInput(view, false),
    ],
    press({ title: t(language, 'cases.doMerge'), verb: 'merge', data: dataOf(record), style: 'positive' }),
  );
}

/** `ESC-20261123-002 总装二线 停线 · 已触发 · 10:02`. */
function choiceOf(record: RecordDoc, view: View): string {
  const kind = kindOf(record.kind);
  const start = kind?.can.single && record.fields[kind.can.single.from];
  const parts = [
    `${record.id} ${kind ? titleIn(kind, record.fields, view.language) : record.title}`,
    kind ? statusWord(kind, record.status, view.language) : record.status,
    ...(typeof start === 'string' ? [formatClock(start, view)] : []),
  ];
  return cut(parts.join(' · ').replace(/\s+/g, ' '), 120);
}

/** The form that asks which report becomes a record of its own, and from when to when it was. */
export function renderSplit(record: RecordDoc, view: View): Card {
  const { language } = view;
  const single = kindOf(record.kind)?.can.single;
  const reports = reportsOf(record).slice(-maxChoices);
  const end = single?.to.map((name) => record.fields[name]).find((value) => typeof value === 'string');
  const time = (id: string, label: string, value?: string): Element => ({
    type: 'Input.Text',
    id,
    label,
    maxLength: 40,
    placeholder: t(language, 'action.timeHint', { at: typedTime(new Date(view.now).toISOString(), view) }),
    ...(value === undefined ? {} : { value }),
  });
  return form(
    record,
    view,
    t(language, 'cases.splitTitle', { id: record.id }),
    [
      words(t(language, 'cases.splitHint'), { subtle: true }),
      {
        type: 'Input.ChoiceSet',
        id: 'report',
        label: t(language, 'cases.which'),
        style: 'expanded',
        wrap: true,
        choices: reports.map((report) => ({ title: reportWords(report, view), value: report.draft })),
        ...(reports[0] && reports.length === 1 ? { value: reports[0].draft } : {}),
        isRequired: true,
        errorMessage: t(language, 'input.required', { label: t(language, 'cases.which') }),
      },
      time(single?.from ?? '', t(language, 'cases.from')),
      time(
        single?.to.at(-1) ?? '',
        t(language, 'cases.to'),
        typeof end === 'string' ? typedTime(end, view) : undefined,
      ),
    ],
    press({ title: t(language, 'cases.doSplit'), verb: 'split', data: dataOf(record), style: 'positive' }),
  );
}

const reportWords = (report: Report, view: View): string =>
  cut(
    t(view.language, 'joined.one', {
      at: formatClock(report.at, view),
      name: report.by.name,
      words: cut(report.words.replace(/\s+/g, ' '), 80),
    }),
    140,
  );

const dataOf = (record: RecordDoc): PressData => ({ record: record.id, rev: record.rev });

function form(record: RecordDoc, view: View, title: string, sections: Element[], act: Element): Card {
  const kind = kindOf(record.kind);
  const back = press({
    title: t(view.language, 'edit.back'),
    verb: 'show',
    data: { record: record.id },
    bare: true,
  });
  return formCard(
    {
      icon: kind?.icon ?? '',
      title,
      intro: kind ? plainLine(titleIn(kind, record.fields, view.language), 160) : '',
      summary: title,
      severity: record.severity,
      sections,
      actions: [act, back],
    },
    view,
  );
}

/** Puts before a survivor's card that the record which was asked for, or pressed on, was merged into it. */
export function mergedBanner(card: Card, gone: RecordDoc, into: RecordDoc, view: View): Card {
  const { language } = view;
  const entry = gone.history.findLast(({ verb }) => verb === 'merge');
  const kind = kindOf(gone.kind);
  const internal = view.viewer?.customer !== true;
  const at = formatClock(entry?.at ?? gone.updatedAt, view);
  const said = t(language, 'cases.banner', {
    id: gone.id,
    into: into.id,
    when: entry && internal ? `${entry.by.name} ${at}` : at,
  });
  const banner: Element = {
    type: 'Container',
    style: 'accent',
    bleed: true,
    items: [
      words(plainLine(said, 300), { weight: 'Bolder' }),
      ...(kind && internal && may('unmerge', kind, view)
        ? [{ type: 'ActionSet', actions: [undo(gone.id, gone.rev, view)] }]
        : []),
    ],
  };
  return { ...card, body: [banner, ...(card['body'] as Element[])] };
}
