/**
 * A report that joined a record and turns out to be of another case (capability `single`) gets a record of its own. The
 * first write, to the record that it had joined, holds the number and the facts of the new one in a job; whoever comes
 * next creates that record, under that number, and then says so in the first one's history. Done twice, it is done once.
 */
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { ExistsError } from '../store/store.ts';
import { assertMayMerge, standingOf } from './access.ts';
import type { Address } from './address.ts';
import type { ChangeResult } from './change.ts';
import { change, load, record as write } from './change.ts';
import { build, complete } from './create.ts';
import type { Actor, Deps } from './deps.ts';
import { readInputs } from './inputs.ts';
import { job } from './job.ts';
import { setLinks } from './link.ts';
import { finishAfterMs } from './merge.ts';
import { filled } from './needs.ts';
import { nextId } from './number.ts';
import type { By, Change, DraftDoc, HistoryEntry, RecordDoc } from './record.ts';
import { upgrade } from './upgrade.ts';

/** A report that joined a record and is still part of it. */
export interface Report {
  draft: string;
  at: string;
  by: By;
  words: string;
}

const draftOf = (entry: HistoryEntry): string | undefined => {
  const draft = entry.changes?.find(({ field }) => field === '@joined')?.to;
  return entry.verb === 'join' && typeof draft === 'string' ? draft : undefined;
};

export const reportsOf = (record: RecordDoc): Report[] =>
  record.history.flatMap((entry) => {
    const draft = draftOf(entry);
    return draft === undefined || record.split?.[draft] !== undefined
      ? []
      : [{ draft, at: entry.at, by: entry.by, words: entry.note ?? '' }];
  });

export interface Split {
  id: string;
  rev: number | undefined;
  /** The draft of the report. */
  report: string;
  /** The start and the end of its own case, as typed. */
  inputs: Readonly<Record<string, unknown>>;
}

/** What the job holds. Saved, so that whoever finishes it makes the same record. */
interface SplitPayload extends Record<string, unknown> {
  report: string;
  id: string;
  fields: Record<string, unknown>;
  by: By;
  /** Where it was said, while that is known; its reporter gets the new record's card there. */
  origin?: Address;
}

/**
 * Answers the new record.
 * @throws AppError not_found, not_allowed, unknown_action, invalid; StaleRecord; MergedRecord
 */
export async function split(deps: Deps, site: Site, actor: Actor, what: Split): Promise<RecordDoc> {
  const { doc: own, kind } = await load(deps, site, what.id);
  assertMayMerge('split', kind, standingOf(actor));
  const made = own.split?.[what.report];
  if (made !== undefined) return (await load(deps, site, made)).doc;
  const report = reportOf(own, what.report);
  const draft = (await deps.store.read<DraftDoc>(site.id, report.draft))?.doc;
  const fields = factsOf(deps, site, kind, own, report, draft, what.inputs);
  complete(deps, site, kind, actor, fields);
  const id = await nextId(deps, kind, site);
  const by = { id: actor.id, name: actor.name };
  await change(deps, site, what.id, what.rev, (doc, _kind, now) => {
    reportOf(doc, what.report);
    if (pending(doc, what.report)) return;
    const said = draft ? { origin: draft.origin } : {};
    const payload: SplitPayload = { report: what.report, id, fields, by, ...said };
    doc.jobs.push(job('split', now + finishAfterMs, payload));
  });
  return finishSplit(deps, site, what.id, what.report);
}

function reportOf(record: RecordDoc, draft: string): Report {
  const reports = reportsOf(record);
  const report = reports.find((one) => one.draft === draft);
  if (report) return report;
  throw refused(
    reports.length === 0
      ? text('这条记录没有可拆分的报告', 'no other report has joined this record')
      : text('请选择一条报告', 'choose one of the reports'),
  );
}

const refused = (what: Text): AppError => {
  const label = text('拆分的报告', 'Report to split off');
  return new AppError('invalid', {}, { faults: [{ field: 'report', label, what }] });
};

const pending = (doc: RecordDoc, report: string) =>
  doc.jobs.find(({ type, payload }) => type === 'split' && payload['report'] === report);

/** What the report said itself, as far as its draft is still kept; what makes it a case, from the record; what was typed now. */
function factsOf(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  own: RecordDoc,
  report: Report,
  draft: DraftDoc | undefined,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { values, faults } = readInputs(kind, inputs, { site, now: deps.clock.now() });
  if (faults.length > 0) throw new AppError('invalid', {}, { faults });
  const { single, stopwatch } = kind.can;
  if (!single) throw new AppError('unknown_action');
  const fields: Record<string, unknown> = {
    [kind.typeField]: own.fields[kind.typeField],
    [single.by]: own.fields[single.by],
    [single.from]: report.at,
    received_at: report.at,
    raw_text: report.words,
    ...draft?.fields,
  };
  for (const [name, value] of Object.entries(values)) if (filled(value)) fields[name] = value;
  const end = single.to.map((name) => fields[name]).find(filled);
  if (stopwatch) fields[stopwatch.ongoing] = end === undefined;
  return fields;
}

/** Creates the new record, unless it is there, and closes the matter in the first one. Answers the new one. */
export async function finishSplit(deps: Deps, site: Site, id: string, report: string): Promise<RecordDoc> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const { doc: own, kind } = await load(deps, site, id);
    const made = own.split?.[report];
    if (made !== undefined) return (await load(deps, site, made)).doc;
    const payload = pending(own, report)?.payload as SplitPayload | undefined;
    if (!payload) throw refused(text('请选择一条报告', 'choose one of the reports'));
    const doc = built(deps, site, kind, own, payload);
    try {
      const etag = await deps.store.create(doc);
      void deps.kick(doc, etag);
    } catch (error) {
      if (!(error instanceof ExistsError)) throw error;
      const other = await deps.store.read<RecordDoc>(site.id, doc.id);
      if (other?.doc.draft !== doc.draft) {
        const next = await nextId(deps, kind, site, doc.id);
        await change(deps, site, id, undefined, (fresh) => renumber(fresh, report, doc.id, next), true);
        continue;
      }
      if (other)
        return (await closed(deps, site, id, report, upgrade(other.doc), payload), upgrade(other.doc));
    }
    await closed(deps, site, id, report, doc, payload);
    return doc;
  }
  throw new AppError('conflict');
}

/** The number went to another record meanwhile. */
function renumber(doc: RecordDoc, report: string, taken: string, next: string): void {
  const owed = pending(doc, report);
  if (owed && owed.payload['id'] === taken) owed.payload = { ...owed.payload, id: next };
}

function built(deps: Deps, site: Site, kind: AnyKind, own: RecordDoc, payload: SplitPayload): RecordDoc {
  const actor = actorBehind(site, payload.by);
  const doc = build(deps, site, kind, actor, {
    id: payload.id,
    draft: `split-${own.id}-${payload.report}`,
    fields: payload.fields,
    origin: payload.origin ?? own.origin,
    jobs: payload.origin ? [job('here', deps.clock.now())] : [],
    links: [{ to: own.id, why: 'related' }],
  });
  const report = reportsOf(own).find(({ draft }) => draft === payload.report);
  if (report) doc.reporter = report.by;
  write(doc, kind, site, actor, deps.clock.now(), { verb: 'split' }, [{ field: '@from', to: own.id }]);
  return doc;
}

const actorBehind = (site: Site, by: By): Actor => {
  const person = site.people.find((one) => one.aadObjectId === by.id);
  return { ...by, source: 'card', ...(person ? { person } : {}) };
};

async function closed(
  deps: Deps,
  site: Site,
  id: string,
  report: string,
  made: RecordDoc,
  payload: SplitPayload,
): Promise<ChangeResult> {
  const actor = actorBehind(site, payload.by);
  return change(
    deps,
    site,
    id,
    undefined,
    (doc, kind, now) => {
      doc.jobs = doc.jobs.filter(({ type, payload: owed }) => type !== 'split' || owed['report'] !== report);
      if (doc.split?.[report] !== undefined) return;
      const words = reportsOf(doc).find(({ draft }) => draft === report)?.words ?? '';
      const before = doc.split;
      doc.split = { ...before, [report]: made.id };
      const changes: Change[] = [{ field: '@split', ...(before ? { from: before } : {}), to: doc.split }];
      if (!doc.links.some(({ to }) => to === made.id))
        changes.push(...setLinks(doc, [...doc.links, { to: made.id, why: 'related' }]));
      write(doc, kind, site, actor, now, { verb: 'split', note: words }, changes);
    },
    true,
  );
}
