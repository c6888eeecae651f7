/** Each person's own view of a card that many see (Universal Actions): whose client asks for it by itself. */
import type { RecordDoc } from '../records/record.ts';
import type { Card } from './card.ts';
import { bytesOf, maxBytes } from './size.ts';

/** Teams takes no more. */
const maxPeople = 60;

/** People of whom one is likely to act next, the likeliest first (aadObjectId). */
export const actorsOf = (record: RecordDoc): string[] => [
  ...new Set([...(record.owner ? [record.owner] : []), record.reporter.id, ...record.notified]),
];

/**
 * The card, such that these people's clients ask for their own view of it. The record comes first: ids that would make
 * the card too large are left out. No ids, no refresh: an empty list would put one into everybody's menu.
 */
export function withRefresh(card: Card, record: RecordDoc, userIds: readonly string[]): Card {
  const refresh = {
    action: { type: 'Action.Execute', verb: 'refresh', data: { record: record.id, rev: record.rev } },
    userIds: [] as string[],
  };
  let room = maxBytes - bytesOf({ ...card, refresh });
  for (const id of userIds.slice(0, maxPeople)) {
    room -= bytesOf(id) + 2;
    if (room < 0) break;
    refresh.userIds.push(id);
  }
  return refresh.userIds.length === 0 ? card : { ...card, refresh };
}
