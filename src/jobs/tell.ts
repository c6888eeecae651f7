import type { ClockRule } from '../kinds/define.ts';
import { kindOf } from '../kinds/index.ts';
import { allAnswered } from '../records/answers.ts';
import { isGrave, urgencyOf } from '../records/notices.ts';
import type { TellPayload } from '../records/owed.ts';
import type { CardPlace, RecordDoc } from '../records/record.ts';
import { isSpokenFor, leaveOut, overdueReason } from '../records/waiting.ts';
import { answeredLine } from '../render/matrix.ts';
import { renderRecord } from '../render/record.ts';
import { summaryLine } from '../render/text.ts';
import { isAway } from '../site/duty.ts';
import type { Done, JobContext, JobType } from './define.ts';
import { lateClocks, remind, whomToTell } from './overdue.ts';
import { chatWith } from './person.ts';
import { standsAt } from './place.ts';
import { gather } from './raise.ts';
import { reach } from './reach.ts';

/**
 * One person hears of a record in their own chat, unless it is quiet: then once it is not, and of all that came
 * meanwhile in one message.
 */
export const tellJob: JobType = {
  type: 'tell',
  async run(doc, job, context) {
    const record = doc as RecordDoc;
    const { person, reason } = job.payload as TellPayload;
    // Marked away since it was owed.
    if (isAway(context.site, person, context.clock.now())) return undefined;
    if (isSpokenFor(record, job)) return undefined;
    const overdue = reason === overdueReason;
    const when = await reach(context, person, record, overdue || undefined);
    if (when === 'never') return (fresh) => leaveOut(fresh as RecordDoc, person, urgencyOf(record));
    if (when !== 'now') return { notBefore: when.at };
    const late = overdue ? lateFor(record, person, context) : [];
    if (overdue && late.length === 0) return undefined;
    if (job.waited && !isGrave(record)) {
      await gather(context.deps, context.site, person, record.id, reason);
      return undefined;
    }
    if (!overdue) return tellCard(record, person, context, reason);
    await remind(record, person, late, context);
    return undefined;
  },
};

/** The record's card, or a word below the one that they have already. */
async function tellCard(
  record: RecordDoc,
  person: string,
  context: JobContext,
  reason: string,
): Promise<Done> {
  const { messenger, clock } = context;
  const { address, view } = await chatWith(context, person);
  const said = reason === allAnswered ? answeredLine(record, view) : undefined;
  const summary = [...(said === undefined ? [] : [said]), summaryLine(record, view)].join(' · ');
  const here = (place: CardPlace) =>
    place.person === person || place.address.conversationId === address.conversationId;
  if (record.cards.some((place) => place.view === 'record' && here(place))) {
    await messenger.send(address, { text: summary, summary });
    return undefined;
  }
  const { id } = await messenger.send(address, { card: renderRecord(record, view), summary, alert: true });
  return standsAt(
    { address, activityId: id, language: view.language, view: 'record', person },
    record,
    clock,
  );
}

/** Clocks that ran out while it was quiet and still run, of those that concern the person. */
function lateFor(record: RecordDoc, person: string, { site, clock }: JobContext): ClockRule[] {
  const kind = kindOf(record.kind);
  const now = clock.now();
  if (!kind) return [];
  return whomToTell(record, kind, lateClocks(kind, record, site, now), site, now).get(person) ?? [];
}
