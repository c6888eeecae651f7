/** The last step of an answer that is a record's live card. */
import { survivorOf } from '../records/merged.ts';
import { mergedBanner } from '../render/cases.ts';
import { renderRecord } from '../render/record.ts';
import { actorsOf, withRefresh } from '../render/refresh.ts';
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

/** In a place that others see, the card goes on asking for this person's own view. */
export async function livePress(p: Press, answer: PressAnswer): Promise<PressAnswer> {
  if (!('card' in answer) || !answer.record) return answer;
  const live = answer.record.into === undefined ? answer : await cardOfCase(p, answer.record, p.view);
  if (p.press.scope === 'personal' || !live.record) return live;
  const userIds = await p.context.addresses.userIds(actorsOf(live.record));
  return { card: withRefresh(live.card, live.record, userIds) };
}
