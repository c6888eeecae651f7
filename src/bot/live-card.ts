/** The last step of an answer that is a record's live card. */
import { survivorOf } from '../records/merged.ts';
import { mergedBanner } from '../render/cases.ts';
import { renderRecord } from '../render/record.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Card, View } from '../render/card.ts';
import type { PressAnswer } from './inbound.ts';
import type { Press } from './press.ts';

/** A record that was merged is answered for by its survivor, whose card says so. */
export async function cardOfCase(
  { context, site }: Pick<Press, 'context' | 'site'>,
  record: RecordDoc,
  view: View,
): Promise<{ card: Card; record: RecordDoc }> {
  const into = await survivorOf(context.deps, site, record);
  const card = renderRecord(into, view);
  return { card: into.id === record.id ? card : mergedBanner(card, record, into, view), record: into };
}

export async function livePress(p: Press, answer: PressAnswer): Promise<PressAnswer> {
  if (!('card' in answer) || !answer.record) return answer;
  return answer.record.into === undefined ? answer : cardOfCase(p, answer.record, p.view);
}
