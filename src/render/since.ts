import { kindOf } from '../kinds/index.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Card, Element, View } from './card.ts';
import { words } from './elements.ts';
import { plainLine } from './escape.ts';
import { historyLine } from './history.ts';
import { t } from './i18n.ts';

/** Entries that are told; the card's own history has the rest. */
const told = 3;

/** Puts before a record's card that the press did nothing, and what happened since revision `rev`. */
export function sinceRevision(card: Card, record: RecordDoc, rev: number, view: View): Card {
  const kind = kindOf(record.kind);
  const internal = view.viewer?.customer !== true;
  const since = record.history.filter((entry) => entry.rev > rev).slice(-told);
  const lines =
    kind && internal
      ? since.map((entry) => words(plainLine(historyLine(kind, record, entry, view), 160), { size: 'Small' }))
      : [];
  const banner: Element = {
    type: 'Container',
    style: 'warning',
    bleed: true,
    items: [words(t(view.language, 'since.title'), { weight: 'Bolder' }), ...lines],
  };
  return { ...card, body: [banner, ...(card['body'] as Element[])] };
}
