/** A promise to act that lapses, in words (capability `promise`). */
import type { AnyKind } from '../kinds/index.ts';
import type { RunningClock } from '../records/clocks.ts';
import { defaultExpiry, promiseOf } from '../records/promises.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Card, Element, View } from './card.ts';
import { mentionText, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock, formatMinutes } from './format.ts';
import { t } from './i18n.ts';
import { summaryLine } from './text.ts';

/** Until when the answer holds. */
export function promiseBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const promise = promiseOf(kind, record, view.site);
  if (!promise || view.viewer?.customer) return [];
  const said = t(view.language, 'promise.until', { at: formatClock(promise.lapsesAt, view) });
  return [words(said, { size: 'Small', subtle: true, spacing: 'None' })];
}

/** What whoever promised is told shortly before, with the clocks that run out at about that moment. */
export const reminder = (
  record: RecordDoc,
  lapsesAt: number,
  view: View,
  clocks: readonly RunningClock[],
): { title: string; text: string } => ({
  title: t(view.language, 'promise.reminder', { id: record.id }),
  text: [askForWord(lapsesAt, view), ...clockWords(clocks, view)].join('\n'),
});

const clockWords = (clocks: readonly RunningClock[], view: View): string[] =>
  clocks.map(({ rule, due }) =>
    t(view.language, 'promise.clock', { what: rule.label[view.language], at: formatClock(due, view) }),
  );

/** A card that asks its reader for a word, led by the clocks that run out at about that moment. */
export function withClocks(card: Card, clocks: readonly RunningClock[], view: View): Card {
  if (clocks.length === 0) return card;
  const said = clockWords(clocks, view);
  return {
    ...card,
    fallbackText: [String(card['fallbackText'] ?? ''), ...said].join('\n'),
    body: [
      ...said.map((line) => words(plainLine(line), { color: 'attention' })),
      ...(card['body'] as Element[]),
    ],
  };
}

/** The same within another notice to the same person. */
export const askForWord = (lapsesAt: number, view: View): string =>
  t(view.language, 'promise.ask', { at: formatClock(lapsesAt, view) });

/** What the channel is told when it lapsed. Markdown. */
export function lapsedPost(kind: AnyKind, record: RecordDoc, view: View): string {
  const { language } = view;
  const again = Object.values(kind.verbs).find((verb) => verb.takes && verb.from.includes(record.status));
  const said = t(language, 'promise.lapsed', {
    span: formatMinutes(view.site.ackExpiry ?? defaultExpiry, language),
    verb: again?.label[language] ?? '',
  });
  return [`${mentionText(view)} ${said}`.trim(), plainLine(summaryLine(record, view))].join('\n\n');
}
