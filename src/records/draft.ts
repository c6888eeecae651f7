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
import { build, complete, withDefaults } from './create.ts';
import type { Held } from './claim.ts';
import { holderOf, joinCase, takeCase } from './claim.ts';
import type { Actor, Deps } from './deps.ts';
import { bot } from './deps.ts';
import { readInputs } from './inputs.ts';
import type { Job } from './job.ts';
import { job, setWake, takeDue } from './job.ts';
import type { Link } from './linked.ts';
import { nextId } from './number.ts';
import type { CardPlace, DraftDoc, RecordDoc } from './record.ts';
import { relation } from './same-case.ts';
import { isRunning } from './stopwatch.ts';
import { hold, letGo } from './uploads.ts';
import { assertFed } from './tell-other.ts';

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
  /** Records that its record is to be linked to. */
  links?: Link[];
  /** The message that somebody pointed at. */
  message?: string;
  /** Said before several people (a channel, a group). */
  shared?: boolean;
  origin: Address;
  /** What the draft owes at once (the form itself). */
  jobs: Job[];
  /** A file comes with it; it is gone with the draft if that comes to nothing. */
  holds?: boolean;
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
    ...(input.message === undefined ? {} : { message: input.message }),
    ...(input.shared ? { shared: true } : {}),
    ...(input.links ? { links: input.links } : {}),
    origin: input.origin,
    jobs: input.jobs,
    createdAt: iso(now),
    expiresAt: iso(now + draftLifeMs),
  };
  if (input.holds) hold(draft, now + draftLifeMs);
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
  if (!stored || !kind || stored.doc.gone) throw new AppError('draft_gone');
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
  /** It told of a case that had a record already, which it joined. */
  joined?: boolean;
  draft: DraftDoc;
  /** Settles when what the record owes at once has been tried. */
  kicked: Promise<void>;
}

const done = Promise.resolve();

/**
 * Makes the record of a draft, or joins the record that tells of the same case. However often it is submitted, by
 * whomever, there is one record.
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
    const settled = draft.recordId !== undefined || draft.joined !== undefined;
    const facts = settled ? draft.fields : typed(deps, site, kind, draft, what);
    const held = await holderOf(deps, site, kind, facts);
    if (held && (await finishOther(deps, site, held, draft.id))) continue;
    const holder = draft.joined ?? caseOf(kind, held, facts, deps.clock.now());
    if (holder !== undefined) {
      const by = settled ? claimantOf(site, draft) : actor;
      const joined = await join(deps, site, by, holder, { ...draft, fields: facts }, etag);
      if (joined) return joined;
      continue;
    }
    const claimed = draft.recordId !== undefined && draft.recordId !== taken;
    // A form that is refused must not use up a number: auditors ask about gaps.
    if (draft.recordId === undefined) {
      complete(deps, site, kind, actor, facts);
      await assertFed(deps, site, kind, facts);
    }
    const id = claimed ? (draft.recordId ?? '') : await nextId(deps, kind, site, taken);
    // Once claimed, the facts and the submitter are settled; a number that was lost to another is all that may change.
    const [submitter, record] =
      draft.recordId === undefined
        ? [actor, prepare(deps, site, kind, actor, draft, what, facts, id)]
        : rebuild(deps, site, kind, draft, id);
    if (!claimed && !(await claim(deps, draft, etag, record, submitter))) continue;
    if (held && isRunning(kind, record.fields) && !(await takeCase(deps, site, held, draft))) continue;
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

/** The record that the facts belong to, if its case goes on. */
const caseOf = (
  kind: AnyKind,
  held: Held | undefined,
  facts: Readonly<Record<string, unknown>>,
  now: number,
): string | undefined =>
  held?.record && relation(kind, held.record, facts, now) !== 'new' ? held.record.id : undefined;

/** A case that is claimed by another draft whose record is missing: that record is made now. True: look again. */
async function finishOther(deps: Deps, site: Site, held: Held, own: string): Promise<boolean> {
  if (!held.claim || held.record || held.claim.doc.draft === own) return false;
  try {
    const { joined } = await submitDraft(deps, site, bot, { draft: held.claim.doc.draft, inputs: {} });
    return joined !== true;
  } catch (error) {
    // Its draft is gone, or can never be a record: the claim is void.
    if (error instanceof AppError && error.code !== 'conflict') return false;
    throw error;
  }
}

/** The draft says first which record it joins, so that whoever comes next finishes the same. Undefined: look again. */
async function join(
  deps: Deps,
  site: Site,
  actor: Actor,
  holder: string,
  draft: DraftDoc,
  etag: string,
): Promise<Submitted | undefined> {
  let mark: string | undefined = etag;
  if (draft.joined !== holder) {
    draft.joined = holder;
    delete draft.recordId;
    mark = await saveFate(deps, draft, etag, actor);
    if (mark === undefined) return undefined;
  }
  const result = await joinCase(deps, site, actor, holder, draft);
  if (result) return { record: result.record, fresh: false, joined: true, draft, kicked: result.kicked };
  // The case has ended meanwhile.
  delete draft.joined;
  await saveFate(deps, draft, mark, actor);
  return undefined;
}

function typed(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  draft: DraftDoc,
  what: Submission,
): Record<string, unknown> {
  const { values, faults } = readInputs(kind, what.inputs, { site, now: deps.clock.now() });
  if (faults.length > 0) throw new AppError('invalid', {}, { faults });
  return { ...draft.fields, ...values };
}

function prepare(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  actor: Actor,
  draft: DraftDoc,
  what: Submission,
  facts: Record<string, unknown>,
  id: string,
): RecordDoc {
  const given = severities.find((one): one is Severity => one === what.severity);
  return build(deps, site, kind, actor, fromDraft(site, kind, draft, id, facts, given));
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
  const reader = draft.shared ? {} : { person: draft.by.id };
  const cards: CardPlace[] = draft.card ? [{ ...draft.card, language, view: 'record', ...reader }] : [];
  const at = Date.parse(draft.createdAt);
  // A form in a dialog leaves no card behind.
  const here = kind.can.instant || draft.message !== undefined ? [job('here', at)] : [];
  const jobs = kind.can.instant ? [...here, job('ask', at + 1)] : here;
  const { links, file } = draft;
  return { id, draft: draft.id, fields, severity, origin: draft.origin, cards, jobs, links, file };
}

/** The number and the final facts go into the draft first, so that whoever comes next finishes the same record. */
async function claim(
  deps: Deps,
  draft: DraftDoc,
  etag: string,
  record: RecordDoc,
  actor: Actor,
): Promise<boolean> {
  draft.recordId = record.id;
  draft.fields = record.fields;
  draft.severity = record.severity;
  return (await saveFate(deps, draft, etag, actor)) !== undefined;
}

/** Saves what becomes of a draft, with a job that finishes it. Undefined: somebody else was faster. */
async function saveFate(
  deps: Deps,
  draft: DraftDoc,
  etag: string,
  actor: Actor,
): Promise<string | undefined> {
  const finish = job('finish', deps.clock.now() + finishAfterMs);
  draft.by = { id: actor.id, name: actor.name };
  draft.source = actor.source;
  draft.jobs = [...draft.jobs.filter((owed) => owed.type !== 'finish'), finish];
  setWake(draft);
  try {
    return await deps.store.replace(draft, etag);
  } catch (error) {
    if (error instanceof StaleError) return undefined;
    throw error;
  }
}

/** Who submitted the draft. */
function claimantOf(site: Site, draft: DraftDoc): Actor {
  const person = site.people.find((one) => one.aadObjectId === draft.by.id);
  return { ...draft.by, source: draft.source ?? 'card', ...(person ? { person } : {}) };
}

/** The record of a draft that was claimed before, by whoever claimed it: that process may have died in between. */
function rebuild(deps: Deps, site: Site, kind: AnyKind, draft: DraftDoc, id: string): [Actor, RecordDoc] {
  const actor = claimantOf(site, draft);
  const given = severities.find((one) => one === draft.severity);
  return [actor, build(deps, site, kind, actor, fromDraft(site, kind, draft, id, draft.fields, given))];
}

/** Throws a draft away. A submitted one stays. @throws AppError draft_gone */
export async function discardDraft(deps: Deps, site: Site, id: string): Promise<DraftDoc> {
  const { doc, etag } = await loadDraft(deps, site, id);
  if (doc.recordId ?? doc.joined) return doc;
  if (doc.holds === undefined) {
    await deps.store.remove(site.id, id, etag);
    return doc;
  }
  const now = deps.clock.now();
  letGo(doc, now);
  takeDue(doc, deps.instance, now);
  await deps.kick(doc, await deps.store.replace(doc, etag));
  return doc;
}
