import type { RecordDoc } from '../records/record.ts';
import type { Site } from '../site/site.ts';
import type { Addresses } from './addresses.ts';
import type { Address } from './messenger.ts';
import { DeliveryError } from './messenger.ts';

const base = (conversationId: string): string => conversationId.split(';')[0] ?? '';

/**
 * Where a record is talked about in a channel: the thread in which it was reported, else under its card there, else a
 * new post. @throws DeliveryError later while nobody of the site was met
 */
export async function threadOf(
  record: RecordDoc,
  site: Site,
  addresses: Addresses,
  channel = 'main',
): Promise<Address> {
  const target = await addresses.channel(site, channel);
  if (!target) throw new DeliveryError('later', `channel ${channel} of ${site.id} is not known yet`);
  const here = (address: Address): boolean => base(address.conversationId) === base(target.conversationId);
  if (record.origin && here(record.origin)) return record.origin;
  const card = record.cards.find((place) => place.view === 'record' && here(place.address));
  if (!card) return target;
  if (card.address.conversationId.includes(';') || card.activityId === '') return card.address;
  return { ...card.address, conversationId: `${card.address.conversationId};messageid=${card.activityId}` };
}
