/** History entries of merging and splitting, in words. */
import type { AnyKind } from '../kinds/index.ts';
import type { HistoryEntry } from '../records/record.ts';
import { absorbedBy } from '../records/take-in.ts';
import type { View } from './card.ts';
import { cut } from './escape.ts';
import { statusWord } from './format.ts';
import { t } from './i18n.ts';

export function caseWords(
  verb: 'merge' | 'absorb' | 'unmerge' | 'release' | 'split',
  kind: AnyKind,
  entry: HistoryEntry,
  { language }: View,
): string {
  const words = cut(entry.note ?? '', 120);
  const changed = (field: string): unknown => entry.changes?.find((change) => change.field === field)?.to;
  switch (verb) {
    case 'merge': {
      const said = t(language, 'cases.mergedHistory', { id: String(changed('@into')) });
      return words === '' ? said : `${said}${t(language, 'history.note', { note: words })}`;
    }
    case 'absorb':
      return t(language, 'cases.absorbedHistory', { id: absorbedBy(entry), words });
    case 'unmerge':
      return t(language, 'cases.unmergedHistory', { status: statusWord(kind, entry.to ?? '', language) });
    case 'release':
      return t(language, 'cases.releasedHistory', { id: words });
    case 'split': {
      const from = changed('@from');
      if (typeof from === 'string') return t(language, 'cases.splitFrom', { id: from });
      const all = Object.values(changed('@split') as Record<string, string>);
      return t(language, 'cases.splitHistory', { id: all.at(-1) ?? '', words });
    }
  }
}
