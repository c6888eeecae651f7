import { createHash } from 'node:crypto';
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Severity } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { AnyKind, KindId } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import type { Site } from '../site/site.ts';
import { ExistsError, StaleError } from '../store/store.ts';
import type { Stored } from '../store/store.ts';
import type { Address } from './address.ts';
import { assertMayCapture } from './access.ts';
import type { NewRecord } from './create.ts';
import { build, withDefaults } from './create.ts';
import type { Actor, Deps } from './deps.ts';
import { readInputs } from './inputs.ts';
import type { Job } from './job.ts';
import { setWake, takeDue } from './job.ts';
import { nextId } from './number.ts';
import { job } from './owed.ts';
import type { CardPlace, DraftDoc, RecordDoc } from './record.ts';

const draftLifeMs = 7 * 24 * 3_600_000;
/** After so long a claimed draft whose record is missing is finished by the runner: its process died in between. */
const finishAfterMs = 15_000;

/** The same message always gives the same draft, so that a repeated delivery finds it. */
export const draftId = (key: string): string =>
  `draft-${createHash('sha256').update(key).digest('base64url').slice(0, 27)}`;

export interface NewDraft {
  /** Names the message: conversation, activity, and which record of the message it is. */
  key: string;
  kind: AnyKind;
  fields: Readonly<Record<string, unknown>>;
  language: Language;
  /** Said before several people (a channel, a group). */
  shared?: boolean;
  origin: Address;
  /** What the draft owes at once (the form itself). */
  jobs: Job[];
}

/** Saves a draft. `fresh` is false where the same message had given it already. @throws AppError not_allowed */
export async function openDraft(
  deps: Deps,
  site: Site,
  actor: Actor,
  input: NewDraft,
): Promise<{ draft: DraftDoc; fresh: boolean; kicked: Promise<void> }> {
  assertMayCapture(input.kind, actor);
  const now = deps.clock.now();
  const draft: DraftDoc = {
    site: site.id,
    id: draftId(input.key),
    type: 'draft',
    kind: input.kind.id as KindId,
    fields: withDefaults(input.kind, input.fields, site, now),
    by: { id: actor.id, name: actor.name },
    language: input.language,
    ...(input.shared ? { shared: true } : {}),
    origin: input.origin,
    jobs: input.jobs,
    createdAt: iso(now),
    expiresAt: iso(now + draftLifeMs),
  };
  takeDue(draft, deps.instance, now);
  try {
    const etag = await deps.store.create(draft);
    return { draft, fresh: true, kicked: deps.kick(draft, etag) };
  } catch (error) {
    if (!(error instanceof ExistsError)) throw error;
    const stored = await deps.store.read<DraftDoc>(site.id, draft.id);
    return { draft: stored?.doc ?? draft, fresh: false, kicked: done };
  }
}

/** @throws AppError draft_gone */
export async function loadDraft(
  deps: Deps,
  site: Site,
  id: string,
): Promise<Stored<DraftDoc> & { kind: AnyKind }> {
  const stored = await deps.store.read<DraftDoc>(site.id, id);
  const kind = stored?.doc.type === 'draft' ? kindOf(stored.doc.kind) : undefined;
  if (!stored || !kind) throw new AppError('draft_gone');
  return { ...stored, kind };
}

export interface Submission {
  draft: string;
  inputs: Readonly<Record<string, unknown>>;
  severity?: string | undefined;
}

export interface Submitted {
  record: RecordDoc;
  /** Whether this call made it. */
  fresh: boolean;
  draft: DraftDoc;
  /** Settles when what the record owes at once has been tried. */
  kicked: Promise<void>;
}

const done = Promise.resolve();

/**
 * Makes the record of a draft. However often it is submitted, by whomever, there is one record.
 * @throws AppError draft_gone, not_allowed, invalid, conflict
 */
export async function submitDraft(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: Submission,
): Promise<Submitted> {
  let taken: string | undefined;
  for (let attempt = 0; attempt < 50; attempt++) {
    const { doc: draft, etag, kind } = await loadDraft(deps, site, what.draft);
    if (draft.recordId && draft.recordId !== taken) {
      const existing = await deps.store.read<RecordDoc>(site.id, draft.recordId);
      if (existing && existing.doc.draft === draft.id)
        return { record: existing.doc, fresh: false, draft, kicked: done };
      taken = existing ? draft.recordId : undefined;
    }
    const claimed = draft.recordId !== undefined && draft.recordId !== taken;
    const id = claimed ? (draft.recordId ?? '') : await nextId(deps, kind, site, taken);
    // Once claimed, the facts and the submitter are settled; a number that was lost to another is all that may change.
    const [submitter, record] =
      draft.recordId === undefined
        ? [actor, prepare(deps, site, kind, actor, draft, what, id)]
        : rebuild(deps, site, kind, draft, id);
    if (!claimed && !(await claim(deps, draft, etag, record, submitter))) continue;
    let created: string;
    try {
      created = await deps.store.create(record);
    } catch (error) {
      if (!(error instanceof ExistsError)) throw error;
      const other = await deps.store.read<RecordDoc>(site.id, record.id);
      if (other?.doc.draft === draft.id) return { record: other.doc, fresh: false, draft, kicked: done };
      taken = record.id;
      continue;
    }
    return { record, fresh: true, draft, kicked: deps.kick(record, created) };
  }
  throw new AppError('conflict');
}

function prepare(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  actor: Actor,
  draft: DraftDoc,
  what: Submission,
  id: string,
): RecordDoc {
  const { values, faults } = readInputs(kind, what.inputs, { site, now: deps.clock.now() });
  if (faults.length > 0) throw new AppError('invalid', {}, { faults });
  const given = severities.find((one): one is Severity => one === what.severity);
  return build(
    deps,
    site,
    kind,
    actor,
    fromDraft(site, kind, draft, id, { ...draft.fields, ...values }, given),
  );
}

function fromDraft(
  site: Site,
  kind: AnyKind,
  draft: DraftDoc,
  id: string,
  fields: Record<string, unknown>,
  severity?: Severity,
): NewRecord {
  const language = draft.shared ? site.language : draft.language;
  const cards: CardPlace[] = draft.card ? [{ ...draft.card, language, view: 'record' }] : [];
  const at = Date.parse(draft.createdAt);
  const jobs = kind.can.instant ? [job('here', at), job('ask', at + 1)] : [];
  return { id, draft: draft.id, fields, severity, origin: draft.origin, cards, jobs };
}

/** The number and the final facts go into the draft first, so that whoever comes next finishes the same record. */
async function claim(
  deps: Deps,
  draft: DraftDoc,
  etag: string,
  record: RecordDoc,
  actor: Actor,
): Promise<boolean> {
  const finish = job('finish', deps.clock.now() + finishAfterMs);
  draft.recordId = record.id;
  draft.fields = record.fields;
  draft.by = { id: actor.id, name: actor.name };
  draft.severity = record.severity;
  draft.source = actor.source;
  draft.jobs = [...draft.jobs.filter((owed) => owed.type !== 'finish'), finish];
  setWake(draft);
  try {
    await deps.store.replace(draft, etag);
    return true;
  } catch (error) {
    if (error instanceof StaleError) return false;
    throw error;
  }
}

/** The record of a draft that was claimed before, by whoever claimed it: that process may have died in between. */
function rebuild(deps: Deps, site: Site, kind: AnyKind, draft: DraftDoc, id: string): [Actor, RecordDoc] {
  const person = site.people.find((one) => one.aadObjectId === draft.by.id);
  const actor: Actor = { ...draft.by, source: draft.source ?? 'card', ...(person ? { person } : {}) };
  const given = severities.find((one) => one === draft.severity);
  return [actor, build(deps, site, kind, actor, fromDraft(site, kind, draft, id, draft.fields, given))];
}

/** Throws a draft away. A submitted one stays. @throws AppError draft_gone */
export async function discardDraft(deps: Deps, site: Site, id: string): Promise<DraftDoc> {
  const { doc, etag } = await loadDraft(deps, site, id);
  if (doc.recordId) return doc;
  await deps.store.remove(site.id, id, etag);
  return doc;
}
