/** A record's own card: the same for every kind, from its declaration. */
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { filled } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import { updateOf } from '../records/updates.ts';
import { isVerbalOnly } from '../records/verbal.ts';
import { actionsOf } from './actions.ts';
import {
  compareBlock,
  headerTone,
  historyBlock,
  missingBlock,
  nextBlock,
  responseBlock,
  stopwatchBlock,
} from './blocks.ts';
import { callBlock } from './call.ts';
import type { Card, Element, View } from './card.ts';
import { countersignBlock, figurePairs } from './countersign.ts';
import type { Fact } from './elements.ts';
import { nameOrAway } from './duty-rows.ts';
import { fileFields, filesBlock } from './files.ts';
import { facts, foldable, mentionText, teams, words } from './elements.ts';
import { ladderBlock } from './ladder.ts';
import { cut, plain, plainLine } from './escape.ts';
import { formatClock, formatValue, severityTone, severityWord, statusWord } from './format.ts';
import { t } from './i18n.ts';
import { joinedBlock } from './joined.ts';
import { linksBlock, whyWord } from './links.ts';
import { offerBlock } from './offer.ts';
import { saidFields, saidLine } from './said.ts';
import type { Limits } from './size.ts';
import { fitted } from './size.ts';
import { paceBlock } from './pace.ts';
import { promiseBlock } from './promise.ts';
import { replyBlock } from './reply.ts';
import { expand } from './template.ts';
import { matrixBlock } from './matrix.ts';
import { isToldByTasks, tasksBlock } from './tasks.ts';
import { summaryLine } from './text.ts';
import { updateBlock } from './update.ts';

/** The card of a record as this view sees it. */
export function renderRecord(record: RecordDoc, view: View): Card {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no such kind: ${record.kind}`);
  return fitted((limits) => draw(kind, record, view, limits));
}

function draw(kind: AnyKind, record: RecordDoc, view: View, limits: Limits): Card {
  const { language } = view;
  const front = frontFacts(kind).filter((name) => !isToldByTasks(kind, record, name, view));
  const shown = factsOf(kind, front, record, view, limits.value);
  const mention = mentionText(view);
  return expand('record', {
    summary: plain(summaryLine(record, view)),
    msteams: teams(view),
    mention: mention === '' ? [] : [words(t(language, 'record.mention', { names: mention }))],
    header: [headerOf(kind, record, view, stopwatchBlock(kind, record, view))],
    next: [
      ...countersignBlock(kind, record, view),
      ...filesBlock(kind, record, view),
      ...nextBlock(kind, record, view),
      ...ladderBlock(kind, record, view),
      ...callBlock(kind, record, view),
      ...responseBlock(kind, record, view),
      ...paceBlock(kind, record, view),
      ...promiseBlock(kind, record, view),
      ...matrixBlock(kind, record, view),
      ...tasksBlock(kind, record, view),
      ...offerBlock(kind, record, view),
      ...updateBlock(kind, record, view),
      ...replyBlock(kind, record, view, limits),
      ...joinedBlock(record, view),
      ...missingBlock(kind, record, view),
    ],
    compare: compareBlock(kind, record, view, limits),
    facts: [...facts(shown, { spacing: 'Medium' }), ...linksBlock(record, view)],
    // What was written in our own chat is ours.
    quote: view.viewer?.customer ? [] : quoteOf(kind, record.fields, view, limits),
    details: detailsOf(kind, record, view, limits),
    actions: actionsOf(kind, record, view, limits),
  });
}

/** Kind, id, severity, title and status; `special` stands between the last two. */
export function headerOf(kind: AnyKind, record: RecordDoc, view: View, special: Element[]): Element {
  const { language } = view;
  const parts: string[] = [];
  if (!view.viewer?.customer) {
    const name = record.owner ? nameOrAway(record.owner, view) : t(language, 'word.noOwner');
    parts.push(t(language, 'record.owner', { name }));
  }
  if (!record.open) parts.push(formatClock(record.updatedAt, view));
  if (isVerbalOnly(kind, record)) special = [...special, verbalElement(view)];
  return expand('header', {
    tone: headerTone(kind, record),
    icon: kind.icon,
    kind: kind.label[language],
    id: record.id,
    severity: `● ${severityWord(record.severity, language)}`,
    severityTone: severityTone(record.severity),
    title: plainLine(titleIn(kind, record.fields, language), 160),
    special,
    status: statusWord(kind, record.status, language),
    statusRest: parts.map((part) => ` · ${plainLine(part)}`).join(''),
  });
}

const verbalElement = ({ language }: View): Element =>
  words(t(language, 'verbal.card'), { color: 'warning', weight: 'Bolder', spacing: 'Small' });

/** What the card shows at once; the title says its own fields, which stand in full among the details. */
export const frontFacts = (kind: AnyKind): string[] =>
  kind.facts.filter((name) => !kind.title.includes(name));

/** Facts that have an answer and may be seen. */
export function factsOf(
  kind: AnyKind,
  names: readonly string[],
  record: Pick<RecordDoc, 'fields'>,
  view: View,
  limit: number,
): Fact[] {
  const hidden = new Set(view.viewer?.customer ? kind.internal : []);
  return names.flatMap((name) => {
    const field = kind.fields[name];
    if (!field || hidden.has(name) || !filled(record.fields[name])) return [];
    const value = plain(cut(formatValue(field, record.fields[name], view, record.fields), limit));
    return value === '' ? [] : [{ title: field.label[view.language], value }];
  });
}

/** What was said, word for word. */
export function quoteOf(
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
  view: View,
  limits: Limits,
): Element[] {
  const raw = fields['raw_text'];
  const said = typeof raw === 'string' ? raw.trim() : '';
  const from = saidLine(fields, view);
  if (said === '' && from === '') return [];
  const label = kind.fields['raw_text']?.label[view.language] ?? '';
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      items: [
        words(label, { size: 'Small', subtle: true }),
        ...(said === ''
          ? []
          : [words(`“${plain(cut(said, limits.quote))}”`, { spacing: 'None', subtle: true })]),
        ...(from === '' ? [] : [words(from, { size: 'Small', spacing: 'None', subtle: true })]),
      ],
    },
  ];
}

/** Fields that have a place of their own on the card, or say nothing by themselves. */
function placedElsewhere(kind: AnyKind, record: RecordDoc, view: View): Set<string> {
  const { stopwatch, compare, countersign, updates } = kind.can;
  const units = Object.entries(kind.fields).flatMap(([name, field]) =>
    'unitField' in field && field.unitField && filled(record.fields[name]) ? [field.unitField] : [],
  );
  return new Set([
    ...frontFacts(kind),
    ...units,
    ...fileFields(kind),
    ...saidFields,
    ...(kind.can.reply ? [kind.can.reply.into] : []),
    ...(stopwatch ? [stopwatch.from, ...stopwatch.to, stopwatch.into, stopwatch.ongoing] : []),
    ...(compare ? [compare.from, compare.to, compare.delta] : []),
    ...(countersign
      ? [...figurePairs(kind).map(({ theirs }) => theirs), countersign.agrees, countersign.word]
      : []),
    ...(updates && updateOf(kind, record, view.site) ? [updates.says, updates.next] : []),
  ]);
}

/** Everything else, on demand. */
function detailsOf(kind: AnyKind, record: RecordDoc, view: View, limits: Limits): Element[] {
  const { language } = view;
  const elsewhere = placedElsewhere(kind, record, view);
  const rest = Object.keys(kind.fields).filter((name) => !elsewhere.has(name));
  const items: Element[] = facts(factsOf(kind, rest, record, view, limits.value).slice(0, limits.details));
  if (!view.viewer?.customer) {
    if (record.links.length > 0)
      items.push(
        words(
          `${t(language, 'record.links')}${t(language, 'word.colon')}${plainLine(record.links.map(({ to, why }) => `${whyWord(why, view)} ${to}`).join(t(language, 'word.separator')))}`,
        ),
      );
    if (record.evidence.length > 0)
      items.push(words(t(language, 'record.evidence', { count: record.evidence.length })));
    const history = historyBlock(kind, record, view, limits.history);
    if (history.length > 0)
      items.push(
        words(t(language, 'record.history'), { weight: 'Bolder', size: 'Small', spacing: 'Medium' }),
        ...history,
      );
  }
  const title = view.viewer?.customer ? 'record.detailsOnly' : 'record.details';
  return foldable('details', t(language, title), items);
}
