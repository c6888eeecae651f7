/** Further reports of the same case (capability `single`). */
import type { RecordDoc } from '../records/record.ts';
import type { Element, View } from './card.ts';
import { words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formatClock } from './format.ts';
import { t } from './i18n.ts';

/** Reports whose words are shown; the history has the rest. */
const shown = 2;

/** Who else has told of it, in their words. */
export function joinedBlock(record: RecordDoc, view: View): Element[] {
  const entries = record.history.filter((entry) => entry.verb === 'join');
  if (entries.length === 0 || view.viewer?.customer) return [];
  const { language } = view;
  const lines = entries.slice(-shown).map((entry) =>
    words(
      plainLine(
        t(language, 'joined.one', {
          at: formatClock(entry.at, view),
          name: entry.by.name,
          words: cut(entry.note ?? '', 80),
        }),
      ),
      { size: 'Small', subtle: true, spacing: 'None' },
    ),
  );
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      items: [
        words(t(language, 'joined.also', { count: entries.length }), { size: 'Small', color: 'accent' }),
        ...lines,
      ],
    },
  ];
}

/** What a reporter is told where the card stands already. */
export const joinedHere = (record: RecordDoc, { language }: View): string =>
  t(language, 'joined.here', { id: record.id });

export const joinedSummary = (record: RecordDoc, { language }: View): string =>
  t(language, 'joined.summary', { id: record.id });
