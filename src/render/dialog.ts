/** Forms in a dialog over the conversation. Its buttons are Action.Submit: dialogs know no Action.Execute. */
import type { Fault } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import type { DraftDoc, RecordDoc } from '../records/record.ts';
import type { Card, Element, View } from './card.ts';
import { renderDraft } from './draft.ts';
import { foldable, words } from './elements.ts';
import { plain, plainLine } from './escape.ts';
import { t } from './i18n.ts';
import { recordRows, renderNotice } from './notice.ts';
import { quoteOf } from './record.ts';
import { fullLimits } from './size.ts';
import { expand } from './template.ts';

const submit = (data: Readonly<Record<string, string>>, look: Element): Element => ({
  type: 'Action.Submit',
  ...look,
  data,
});

export interface DialogForm {
  draft: DraftDoc;
  /** Kinds that the same message may be recorded as instead, the likeliest first. */
  others: readonly AnyKind[];
  /** What was wrong with the form that was sent. */
  faults: readonly Fault[];
}

/** The form of a draft, with the way to another kind's. */
export function renderDialogForm({ draft, others, faults }: DialogForm, view: View): Card {
  const { language } = view;
  return renderDraft(draft, view, {
    lead: [
      ...faultsBlock(faults, view),
      ...foldable('kinds', t(language, 'dialog.otherKind'), kindRows(draft.id, others, view)),
    ],
    actions: [
      submit({ verb: 'create', draft: draft.id }, { title: t(language, 'draft.submit'), style: 'positive' }),
    ],
  });
}

/** Which kind is it? `draft` keeps the words meanwhile. */
export function renderKindChoice(draft: DraftDoc, among: readonly AnyKind[], view: View): Card {
  const { language } = view;
  const said = quoteOf(among[0]!, draft.fields, view, fullLimits);
  const card = renderNotice(view, {
    title: t(language, 'dialog.choose'),
    text: t(language, said.length > 0 ? 'dialog.chooseHint' : 'dialog.chooseEmpty'),
    tone: 'default',
  });
  return below(card, [...said, ...kindRows(draft.id, among, view)]);
}

/** The message has given these records already; it may still give one of another kind. */
export function renderAlready(
  records: readonly RecordDoc[],
  draft: DraftDoc,
  others: readonly AnyKind[],
  view: View,
): Card {
  const { language } = view;
  const card = renderNotice(view, {
    title: t(language, 'dialog.already'),
    text: t(language, 'dialog.alreadyHint'),
    tone: 'default',
  });
  const rows = kindRows(draft.id, others, view);
  return below(card, [
    ...records.flatMap((record) => recordRows(record, view, fullLimits.value)),
    ...(rows.length === 0 ? [] : [words(t(language, 'dialog.again'), { spacing: 'Medium' }), ...rows]),
  ]);
}

/** Stands over every dialog. */
export const dialogTitle = (language: Language): string => t(language, 'dialog.title');

/** Why nothing was recorded. */
export const renderDialogRefusal = (why: string, language: Language): Card =>
  expand('notice', {
    msteams: { width: 'Full' },
    mention: [],
    style: 'warning',
    color: 'warning',
    title: t(language, 'dialog.refused'),
    hasText: true,
    text: plain(why),
    record: [],
    actions: [],
  });

const below = (card: Card, more: readonly Element[]): Card => ({
  ...card,
  body: [...(card['body'] as Element[]), ...more],
});

/** One tap chooses; what is typed or missing in a form above does not hold it up. */
const kindRows = (draft: string, among: readonly AnyKind[], { language }: View): Element[] =>
  among.map((kind) => ({
    type: 'Container',
    separator: true,
    spacing: 'Small',
    selectAction: submit(
      { verb: 'kind', draft, kind: kind.id },
      { title: kind.label[language], associatedInputs: 'none' },
    ),
    items: [words(`${kind.icon} ${kind.label[language]} ›`, { color: 'accent', weight: 'Bolder' })],
  }));

function faultsBlock(faults: readonly Fault[], { language }: View): Element[] {
  if (faults.length === 0) return [];
  const lines = faults.map(({ label, what }) =>
    words(plainLine(`${label[language]}${t(language, 'word.colon')}${what[language]}`), { spacing: 'None' }),
  );
  return [
    {
      type: 'Container',
      style: 'attention',
      bleed: true,
      items: [words(t(language, 'dialog.faults'), { weight: 'Bolder', color: 'attention' }), ...lines],
    },
  ];
}
