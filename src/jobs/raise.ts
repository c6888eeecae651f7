/**
 * What waited for one person while it was quiet, of all records together: one message, not one for each. Until then it
 * waits in each record, so that one which becomes grave is told at once; it comes together here only for the moment in
 * which it is raised. The record's notice is removed after it stands on the person's message, so none is lost between.
 */
import { text } from '../language.ts';
import type { Deps } from '../records/deps.ts';
import type { Job } from '../records/job.ts';
import { job, setWake } from '../records/job.ts';
import type { TellPayload } from '../records/owed.ts';
import type { RecordDoc } from '../records/record.ts';
import { upsert } from '../records/sites.ts';
import { isToBeTold, overdueReason } from '../records/waiting.ts';
import { renderList } from '../render/list.ts';
import { summaryLine } from '../render/text.ts';
import type { Site } from '../site/site.ts';
import type { Doc } from '../store/store.ts';
import type { JobContext, JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { chatWith } from './person.ts';

/** What waited for one person of a site. Records put themselves on it when quiet hours end, and owe no more then. */
interface RaisedDoc extends Doc {
  type: 'person';
  person: string;
  /** Why each record is told, by its id. */
  records: Record<string, string>;
  jobs: Job[];
}

/** For so long it is gathered: every record's own notice becomes due at the same moment. */
const gatherMs = 5_000;

/** No job was taken in the write, so that the runner reads the document again before it does any. */
const unleased = '';

/** Puts a record on the person's message. Twice is once. */
export async function gather(
  { store, clock, kick }: Deps,
  site: Site,
  person: string,
  record: string,
  reason: string,
): Promise<void> {
  const id = `raised:${person}`;
  const raised = await upsert<RaisedDoc>(store, site.id, id, (old) => {
    const known = old?.records[record];
    const doc: RaisedDoc = {
      site: site.id,
      id,
      type: 'person',
      person,
      jobs: old?.jobs ?? [],
      records: {
        ...old?.records,
        [record]: known === undefined || known === overdueReason ? reason : known,
      },
    };
    // One that is under way has read the list already.
    if (!doc.jobs.some((owed) => !owed.lease && !owed.failed))
      doc.jobs = [...doc.jobs, job('raise', clock.now() + gatherMs)];
    setWake(doc);
    return doc;
  });
  await kick(raised, unleased);
}

/** One record is told by itself, with its card; several are one list. */
export const raiseJob: JobType = {
  type: 'raise',
  async run(doc, _job, context) {
    const { deps, site } = context;
    const { person, records: waited } = doc as unknown as RaisedDoc;
    const stored = await Promise.all(
      Object.keys(waited).map((id) => deps.store.read<RecordDoc>(site.id, id)),
    );
    const records = stored.flatMap((one) => (one ? [one.doc] : []));
    const [only] = records;
    if (records.length === 1 && only) await handBack(only.id, person, waited[only.id] ?? '', context);
    else if (records.length > 1) await sendList(records, person, context);
    return (fresh) => {
      const kept = fresh as unknown as RaisedDoc;
      for (const id of Object.keys(waited)) delete kept.records[id];
    };
  },
};

/** The record tells it, as it would have by day: its card then is one of the live ones. */
async function handBack(id: string, person: string, reason: string, { deps, site, clock }: JobContext) {
  const told = await upsert<RecordDoc>(deps.store, site.id, id, (record) => {
    if (!record) throw new DeliveryError('refused', `there is no ${id}`);
    if (!isToBeTold(record, person))
      record.jobs.push(job('tell', clock.now(), { person, reason } satisfies TellPayload));
    setWake(record);
    return record;
  });
  await deps.kick(told, unleased);
}

async function sendList(records: RecordDoc[], person: string, context: JobContext): Promise<void> {
  const { messenger } = context;
  const { address, view } = await chatWith(context, person);
  const total = records.length;
  const sorted = records.toSorted((a, b) => urgency(a).localeCompare(urgency(b)));
  const title = text('免打扰期间', 'While it was quiet');
  const lines = sorted.slice(0, 3).map((record) => summaryLine(record, view));
  await messenger.send(address, {
    card: renderList(title, sorted, view, { total }),
    summary: `${title[view.language]} (${total}): ${lines.join('; ')}`,
    alert: true,
  });
}

const urgency = ({ severity, dueAt }: RecordDoc): string => `${severity} ${dueAt ?? '9'}`;
