import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Severity, Tell } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { AnyKind, KindId } from '../kinds/index.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import type { Address } from './address.ts';
import { assertMayCapture } from './access.ts';
import { record } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import type { Job } from './job.ts';
import { takeDue } from './job.ts';
import { firstRoles } from './ladder.ts';
import type { Link } from './linked.ts';
import { oweLink } from './linked.ts';
import { crossFaults, missingAtCapture } from './needs.ts';
import { owe, settle } from './owed.ts';
import type { CardPlace, Change, RecordDoc } from './record.ts';
import { recordSchema } from './record.ts';
import { setStopwatch } from './stopwatch.ts';

export interface NewRecord {
  id: string;
  draft?: string;
  fields: Readonly<Record<string, unknown>>;
  /** Where it was said; what it owes there. */
  origin?: Address | undefined;
  cards?: CardPlace[];
  jobs?: Job[];
  links?: Link[] | undefined;
  /** Given by the reporter; it may only be graver than what the facts say. */
  severity?: Severity | undefined;
}

/** What the facts say, or graver where the reporter says so. */
export function severityOf(
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
  now: number,
  given?: Severity,
): Severity {
  const computed = kind.severity(fields, { now: iso(now) });
  return given && severities.indexOf(given) < severities.indexOf(computed) ? given : computed;
}

/** Facts that the site and the moment give where nobody said otherwise. */
export function withDefaults(
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
  site: Site,
  now: number,
): Record<string, unknown> {
  const known: Record<string, unknown> = {
    customer: site.customer,
    plant: site.plant,
    received_at: iso(now),
  };
  const result: Record<string, unknown> = { ...fields };
  for (const [name, value] of Object.entries(known))
    if (kind.fields[name] && result[name] === undefined) result[name] = value;
  const instant = kind.can.instant;
  for (const [name, value] of Object.entries(instant?.defaults ?? {}))
    if (result[name] === undefined) result[name] = value;
  for (const name of instant?.now ?? []) if (result[name] === undefined) result[name] = iso(now);
  return result;
}

/** Level 0 of a site's ladder says whom the capture calls. */
function tellsOf(kind: AnyKind, site: Site, severity: Severity): readonly Tell[] {
  const roles = kind.can.ladder && firstRoles(site, severity);
  return roles
    ? kind.tells.map((tell) => (tell.channel && tell.roles ? { ...tell, roles } : tell))
    : kind.tells;
}

/**
 * The facts of a capture with their defaults, once they and the actor will do.
 * A kind that is saved at once takes what there is.
 * @throws AppError not_allowed, invalid (with a fault for each missing field)
 */
export function complete(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  actor: Actor,
  facts: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  assertMayCapture(kind, actor);
  const fields = withDefaults(kind, facts, site, deps.clock.now());
  const faults = kind.can.instant ? [] : missingAtCapture(kind, fields);
  faults.push(...crossFaults(kind, fields, faults));
  if (faults.length > 0) throw new AppError('invalid', {}, { faults });
  return fields;
}

/**
 * Builds a new record, whole, with everything its capture owes. Not yet written.
 * @throws AppError as complete
 */
export function build(deps: Deps, site: Site, kind: AnyKind, actor: Actor, input: NewRecord): RecordDoc {
  const now = deps.clock.now();
  const fields = complete(deps, site, kind, actor, input.fields);
  const status = Object.keys(kind.statuses)[0] ?? '';
  const severity = severityOf(kind, fields, now, input.severity);
  const owner = kind.owner ? onCall(site, [kind.owner], now)[0]?.aadObjectId : undefined;
  const doc: RecordDoc = {
    site: site.id,
    id: input.id,
    type: 'record',
    kind: kind.id as KindId,
    schema: recordSchema,
    rev: 0,
    status,
    severity,
    title: '',
    reporter: { id: actor.id, name: actor.name },
    fields: {},
    actions: [],
    evidence: [],
    links: input.links ?? [],
    cards: input.cards ?? [],
    history: [],
    jobs: input.jobs ?? [],
    open: true,
    entered: { [status]: iso(now) },
    notified: [],
    createdAt: iso(now),
    updatedAt: iso(now),
  };
  if (owner) doc.owner = owner;
  if (input.draft) doc.draft = input.draft;
  if (input.origin) doc.origin = input.origin;
  setStopwatch(kind, fields, now);
  const changes: Change[] = Object.entries(fields)
    .filter(([, to]) => to !== undefined)
    .map(([field, to]) => ({ field, to }));
  changes.push({ field: '@severity', to: severity });
  if (owner) changes.push({ field: '@owner', to: owner });
  if (doc.links.length > 0) changes.push({ field: '@links', to: doc.links });
  for (const { to } of doc.links) oweLink(doc, now, to, true);
  record(doc, kind, site, actor, now, { verb: 'create', to: status }, changes);
  owe(doc, site, tellsOf(kind, site, severity), 'create', actor.id, now);
  settle(doc, kind, site, now);
  takeDue(doc, deps.instance, now);
  return doc;
}
