import { iso } from '../clock.ts';
import { nextQuestion } from '../records/asking.ts';
import type { RecordDoc } from '../records/record.ts';
import { upsert } from '../records/sites.ts';
import { renderQuestion } from '../render/question.ts';
import type { Doc } from '../store/store.ts';
import type { JobType } from './define.ts';
import { standsAt } from './place.ts';
import { languageFor, viewFor } from './view.ts';

/** For so long a plain message of the same person in the same conversation may be the answer. */
const listensMs = 15 * 60_000;

/** Who is asked about which record in a conversation, so that a typed answer finds its question. */
export interface AskingDoc extends Doc {
  type: 'conversation';
  record: string;
}

export const askingId = (conversationId: string, person: string): string =>
  `asking:${conversationId}|${person}`;

/** The reporter is asked for the first missing fact where the report was made. */
export const askJob: JobType = {
  type: 'ask',
  async run(doc, _job, context) {
    const { site, messenger, clock, deps } = context;
    const record = doc as RecordDoc;
    const field = nextQuestion(record);
    const address = record.origin;
    if (field === undefined || !address) return undefined;
    const now = clock.now();
    const language = await languageFor(context, record.reporter.id);
    await upsert<AskingDoc>(
      deps.store,
      site.id,
      askingId(address.conversationId, record.reporter.id),
      () => ({
        site: site.id,
        id: askingId(address.conversationId, record.reporter.id),
        type: 'conversation',
        record: record.id,
        expiresAt: iso(now + listensMs),
      }),
    );
    const { id } = await messenger.send(address, {
      card: renderQuestion(record, field, viewFor(site, language, now)),
    });
    const person = record.reporter.id;
    return standsAt({ address, activityId: id, language, view: 'question', person }, record, clock);
  },
};
