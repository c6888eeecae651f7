/** A record's card dropped into a conversation: as it stood then, for whoever reads it there. */
import type { RecordDoc } from '../records/record.ts';
import type { Card, Element, View } from './card.ts';
import { press, words } from './elements.ts';
import { formatTime } from './format.ts';
import { t } from './i18n.ts';
import { renderRecord } from './record.ts';

/**
 * Nobody updates it there, so it has one button, which brings the present state with what the one who presses may do.
 */
export function renderDropped(record: RecordDoc, view: View): Card {
  const { language } = view;
  const card = renderRecord(record, view);
  const asOf = t(language, 'dropped.asOf', { at: formatTime(view.now, view) });
  return {
    ...card,
    body: [...(card['body'] as Element[]), words(asOf, { size: 'Small', subtle: true, spacing: 'Medium' })],
    actions: [
      press({
        title: t(language, 'action.open'),
        verb: 'show',
        data: { record: record.id },
        bare: true,
      }),
    ],
  };
}
