/** What was said about a case is posted: where it is talked about, and in the management's channel if the site has one. */
import type { Site } from '../site/site.ts';
import type { Actor } from './deps.ts';
import { job } from './job.ts';
import { kindOf } from '../kinds/index.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';

export interface AnnouncePayload extends Record<string, unknown> {
  channel: string;
  verb: string;
  by: string;
  /** Fields and their values. */
  says: { field: string; value: unknown }[];
}

/** The record's card may still be on its way into a channel; what follows it waits for it, in milliseconds. */
const behindCardMs = 2_000;

/** Owes the posts of a verb that `announces`; `value` is what a field says then. */
export function announce(
  record: RecordDoc,
  site: Site,
  actor: Actor,
  now: number,
  verb: string,
  value: (field: string) => unknown,
): void {
  const fields = kindOf(record.kind)?.verbs[verb]?.announces ?? [];
  const says = fields.map((field) => ({ field, value: value(field) })).filter(({ value }) => filled(value));
  for (const channel of channelsOf(site)) {
    const waits = record.jobs.some(
      (owed) => owed.type === 'announce' && owed.payload['channel'] === channel && !owed.failed,
    );
    record.jobs.push(
      job('announce', now + (waits ? behindCardMs : 0), {
        channel,
        verb,
        by: actor.id,
        says,
      } satisfies AnnouncePayload),
    );
  }
}

/** One and the same channel hears it once. */
function channelsOf({ channels }: Site): string[] {
  const management = channels['management'];
  return management && management.channelId !== channels.main.channelId ? ['main', 'management'] : ['main'];
}
