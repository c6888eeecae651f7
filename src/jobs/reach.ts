import { waitsFor } from '../records/find.ts';
import type { Reach } from '../records/notices.ts';
import { reachOf } from '../records/notices.ts';
import type { RecordDoc } from '../records/record.ts';
import { personOf } from '../site/site.ts';
import type { JobContext } from './define.ts';

/**
 * Whether a notice about the record may reach the person in their own chat now, when it may, or never, by their own
 * choice. Every job asks it before it speaks to a person of its own accord; answers to what somebody wrote or pressed
 * do not. `asked`: the person is to act on this notice; unless given, whether the record waits for them.
 */
export async function reach(
  { site, addresses, clock }: JobContext,
  person: string,
  record: RecordDoc,
  asked?: boolean,
): Promise<Reach> {
  const onRoster = personOf(site, person);
  const acts = asked ?? waitsFor(site, record, { id: person, ...(onRoster ? { person: onRoster } : {}) });
  return reachOf(record, await addresses.notices(person), acts, site, clock.now());
}
