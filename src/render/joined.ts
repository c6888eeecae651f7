/** Further reports of the same case (capability `single`). */
import type { RecordDoc } from '../records/record.ts';
import { reportsOf } from '../records/split.ts';
import { absorbedBy } from '../records/take-in.ts';
import type { Element, View } from './card.ts';
import { words } from './elements.ts';
import { cut, plainLine } from './escape.ts';
import { formatClock } from './format.ts';
import { t } from './i18n.ts';

/** Reports whose words are shown; the history has the rest. */
const shown = 2;

/** Who else has told of it, in their words. */
export function joinedBlock(record: RecordDoc, view: View): Element[] {
  const entries = [...reports(record, view), ...absorbed(record, view)];
  if (entries.length === 0 || view.viewer?.customer) return [];
  const { language } = view;
  const lines = entries
    .sort((a, b) => a.at.localeCompare(b.at))
    .slice(-shown)
    .map(({ said }) => words(plainLine(said), { size: 'Small', subtle: true, spacing: 'None' }));
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

interface Told {
  at: string;
  said: string;
}

const reports = (record: RecordDoc, view: View): Told[] =>
  reportsOf(record).map(({ at, by, words: said }) => ({
    at,
    said: t(view.language, 'joined.one', { at: formatClock(at, view), name: by.name, words: cut(said, 80) }),
  }));

/** Records that were merged into it and still are. */
const absorbed = (record: RecordDoc, { language }: View): Told[] =>
  (record.absorbed ?? []).flatMap(({ id }) => {
    const entry = record.history.findLast((one) => one.verb === 'absorb' && absorbedBy(one) === id);
    if (!entry) return [];
    return [{ at: entry.at, said: t(language, 'cases.absorbed', { id, words: cut(entry.note ?? '', 80) }) }];
  });

/** What a reporter is told where the card stands already. */
export const joinedHere = (record: RecordDoc, { language }: View): string =>
  t(language, 'joined.here', { id: record.id });

export const joinedSummary = (record: RecordDoc, { language }: View): string =>
  t(language, 'joined.summary', { id: record.id });
