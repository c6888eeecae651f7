/**
 * Who holds a case of which there is one at a time: a document of its own, found by what the case shares with others
 * (the line). It is written before the record, under its ETag, so that of two reports at one moment one makes the record
 * and the other joins it. Whoever finds a claim whose record is missing makes that record first: its process may have
 * died in between.
 */
import { iso } from '../clock.ts';
import type { Severity } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import type { Site } from '../site/site.ts';
import { ExistsError, StaleError } from '../store/store.ts';
import type { Doc, Stored } from '../store/store.ts';
import type { Address } from './address.ts';
import { change, changesOf, MergedRecord, record as write } from './change.ts';
import type { ChangeResult } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { job } from './job.ts';
import { moveByRule } from './move.ts';
import type { Change, DraftDoc, RecordDoc } from './record.ts';
import { goesOnAs } from './merged.ts';
import { caseKey, relation } from './same-case.ts';
import { isRunning } from './stopwatch.ts';
import { upgrade } from './upgrade.ts';

export interface ClaimDoc extends Doc {
  type: 'claim';
  record: string;
  /** Whose record it is, so that anybody can finish it. */
  draft: string;
}

export interface Held {
  key: string;
  claim: Stored<ClaimDoc> | undefined;
  /** Absent: nobody holds it, or who does has not made the record yet. */
  record?: RecordDoc;
}

/** Who holds the case of these facts; undefined where each report is a case of its own. */
export async function holderOf(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
): Promise<Held | undefined> {
  const key = caseKey(kind, fields);
  if (key === undefined) return undefined;
  const claim = await deps.store.read<ClaimDoc>(site.id, key);
  const stored = claim && (await deps.store.read<RecordDoc>(site.id, claim.doc.record));
  // A number that two drafts were handed belongs to one of them only.
  const own = stored?.doc.draft === claim?.doc.draft ? stored : undefined;
  return { key, claim, ...(own ? { record: await goesOnAs(deps, site, kind, upgrade(own.doc)) } : {}) };
}

/** Takes the case for a record that is about to be created. False: somebody else was faster. */
export async function takeCase(deps: Deps, site: Site, held: Held, draft: DraftDoc): Promise<boolean> {
  if (held.claim?.doc.draft === draft.id && held.claim.doc.record === draft.recordId) return true;
  const doc: ClaimDoc = {
    site: site.id,
    id: held.key,
    type: 'claim',
    record: draft.recordId ?? '',
    draft: draft.id,
    updatedAt: iso(deps.clock.now()),
  };
  try {
    await (held.claim ? deps.store.replace(doc, held.claim.etag) : deps.store.create(doc));
    return true;
  } catch (error) {
    if (error instanceof ExistsError || error instanceof StaleError) return false;
    throw error;
  }
}

/** Where the reporter of a case that has a record already gets its card. */
export interface JoinedPayload extends Record<string, unknown> {
  origin: Address;
  language: Language;
  /** Their form, which becomes the card. */
  card?: { address: Address; activityId: string };
}

class MovedOn extends Error {}

/**
 * Adds a report to the record of its case, once, whatever the case has come to by then; reopens it if it has begun
 * again. Undefined: the case has ended meanwhile, so that the report is one of its own.
 */
export async function joinCase(
  deps: Deps,
  site: Site,
  actor: Actor,
  id: string,
  draft: DraftDoc,
): Promise<ChangeResult | undefined> {
  try {
    return await change(deps, site, id, undefined, (doc, kind, now) => {
      if (doc.joined?.includes(draft.id)) return;
      const how = relation(kind, doc, draft.fields, now);
      if (how === 'new') throw new MovedOn();
      const note = String(draft.fields['raw_text'] ?? '').slice(0, 500);
      if (how === 'reopen')
        moveByRule(doc, kind, site, actor, now, { verb: kind.can.single?.reopen.verb ?? '', reason: note });
      else joinAs(doc, kind, site, actor, now, draft, note);
      doc.joined = [...(doc.joined ?? []), draft.id];
      const payload: JoinedPayload = {
        origin: draft.origin,
        language: draft.shared ? site.language : draft.language,
        ...(draft.card ? { card: draft.card } : {}),
      };
      doc.jobs.push(job('joined', now, payload));
    });
  } catch (error) {
    if (error instanceof MovedOn || error instanceof MergedRecord) return undefined;
    throw error;
  }
}

/** The second reporter's words; what is graver in them counts for the case. */
function joinAs(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  draft: DraftDoc,
  note: string,
): void {
  const changes: Change[] = [{ field: '@joined', to: draft.id }];
  const graver = kind.severity(draft.fields, { now: iso(now) });
  if (rank(graver) < rank(doc.severity)) {
    changes.push({ field: '@severity', from: doc.severity, to: graver });
    changes.push(...changesOf(doc, { [kind.typeField]: draft.fields[kind.typeField] }));
    doc.severity = graver;
  }
  const watch = kind.can.stopwatch;
  if (watch && isRunning(kind, draft.fields) && !isRunning(kind, doc.fields)) {
    const empty = Object.fromEntries(watch.to.map((name) => [name, undefined]));
    changes.push(...changesOf(doc, { ...empty, [watch.ongoing]: true }));
  }
  write(doc, kind, site, actor, now, { verb: 'join', note }, changes);
}

export const rank = (severity: Severity): number => severities.indexOf(severity);
