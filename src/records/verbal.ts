/** What was said and not written (capability `verbal`). Pure. */
import type { AnyKind } from '../kinds/index.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';

/** Whether the customer has nothing in writing yet; until then it may be disputed who wanted what. */
export function isVerbalOnly(kind: AnyKind, record: Pick<RecordDoc, 'fields' | 'open'>): boolean {
  const rule = kind.can.verbal;
  if (!rule || !record.open) return false;
  const spoken = rule.spoken.includes(String(record.fields[rule.source]));
  return spoken && !rule.written.some((name) => filled(record.fields[name]));
}
