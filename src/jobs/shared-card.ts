import type { RecordDoc } from '../records/record.ts';
import type { Card, View } from '../render/card.ts';
import { renderRecord } from '../render/record.ts';
import { actorsOf, withRefresh } from '../render/refresh.ts';
import type { Addresses } from './addresses.ts';

/** A record's card where several people see it: everybody's, of which those who are likely to act get their own view. */
export const sharedCard = async (record: RecordDoc, view: View, addresses: Addresses): Promise<Card> =>
  withRefresh(renderRecord(record, view), record, await addresses.userIds(actorsOf(record)));
