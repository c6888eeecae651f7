import { units } from '../kinds/common.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';

/** What a record is called, in one language: the values that its kind names, with their units. */
export function titleIn(
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  const parts = kind.title.flatMap((name) => {
    const field = kind.fields[name];
    const value = fields[name];
    if (!field || !filled(value)) return [];
    if (field.type === 'choice') return [field.choices[String(value)]?.[language] ?? String(value)];
    const unit =
      'unitField' in field && field.unitField
        ? units[String(fields[field.unitField]) as keyof typeof units]
        : undefined;
    const shown =
      field.type === 'int' && name === kind.can.compare?.delta && Number(value) > 0
        ? `+${String(value)}`
        : String(value);
    return [unit ? `${shown}${language === 'zh' ? '' : ' '}${unit[language]}` : shown];
  });
  return parts.join(' ') || kind.label[language];
}

/** Searched: the id, the title's words, every searchable field and the choices in both languages. */
export function searchTextOf(kind: AnyKind, doc: Pick<RecordDoc, 'id' | 'fields'>): string {
  const words = [doc.id];
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = doc.fields[name];
    if (!filled(value)) continue;
    if (field.type === 'choice' && typeof value === 'string') {
      const label = field.choices[value];
      if (label) words.push(label.zh, label.en);
    } else if (field.searchable) words.push(Array.isArray(value) ? value.join(' ') : String(value));
  }
  return words.join(' ').slice(0, 20_000);
}
