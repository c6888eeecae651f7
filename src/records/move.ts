import { iso } from '../clock.ts';
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import type { Verb } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { assertMay } from './access.ts';
import type { ChangeResult } from './change.ts';
import { change, changesOf, record } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { readInputs } from './inputs.ts';
import { crossFaults, filled, needsOf, unmet } from './needs.ts';
import { departmentsOf, owe } from './owed.ts';
import type { Change, RecordDoc } from './record.ts';
import { stopwatchMinutes } from './stopwatch.ts';

export interface Move {
  id: string;
  /** The revision that the actor saw; undefined only for callers that just read it. */
  rev: number | undefined;
  verb: string;
  /** As typed. */
  inputs?: Readonly<Record<string, unknown>>;
  reason?: string | undefined;
}

/**
 * Moves a record by a verb: authorises, reads the inputs, checks what the next status needs, writes once.
 * @throws AppError not_found, stale, unknown_action, wrong_status, not_allowed, own_work, invalid
 */
export async function move(deps: Deps, site: Site, actor: Actor, what: Move): Promise<ChangeResult> {
  return change(deps, site, what.id, what.rev, (doc, kind, now) => {
    const verb = Object.hasOwn(kind.verbs, what.verb) ? kind.verbs[what.verb] : undefined;
    if (!verb) throw new AppError('unknown_action');
    assertMay(kind, what.verb, verb, doc, actor, now);
    if (!verb.from.includes(doc.status)) {
      throw new AppError('wrong_status', {
        id: doc.id,
        verb: verb.label,
        status: kind.statuses[doc.status] ?? doc.status,
      });
    }
    const { values, faults } = readInputs(kind, what.inputs ?? {}, { site, now });
    const target = verb.to === 'stay' ? doc.status : verb.to;
    const next = { ...doc.fields, ...values };
    stamp(verb, next, now);
    faults.push(...missing(kind, what, verb, target, next, faults));
    faults.push(...crossFaults(kind, next, faults));
    if (faults.length > 0) throw new AppError('invalid', {}, { faults });
    apply(doc, kind, site, actor, now, what, verb, target, next);
    owe(doc, site, [...departmentsOf(kind, what.verb, doc), ...(verb.tells ?? [])], what.verb, actor.id, now);
  });
}

function stamp(verb: Verb, fields: Record<string, unknown>, now: number): void {
  for (const name of verb.stamps ?? []) if (!filled(fields[name])) fields[name] = iso(now);
}

function missing(
  kind: AnyKind,
  what: Move,
  verb: Verb,
  target: string,
  next: Record<string, unknown>,
  known: readonly Fault[],
): Fault[] {
  const bad = new Set(known.map((fault) => fault.field));
  const needs = verb.to === 'stay' ? (verb.needs ?? []) : needsOf(kind, target, what.verb);
  const faults = unmet(kind, needs, next).filter((fault) => !bad.has(fault.field));
  if (verb.reason && !what.reason?.trim())
    faults.push({ field: 'reason', label: text('原因', 'Reason'), what: text('必填', 'is required') });
  return faults;
}

function apply(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  what: Move,
  verb: Verb,
  target: string,
  next: Record<string, unknown>,
): void {
  const watch = kind.can.stopwatch;
  if (watch) {
    if (watch.to.some((name) => filled(next[name]))) next[watch.ongoing] = false;
    const minutes = stopwatchMinutes(kind, next, now);
    if (minutes !== undefined) next[watch.into] = minutes;
  }
  const changes: Change[] = changesOf(doc, next);
  if (verb.takes && doc.owner !== actor.id && actor.person) {
    changes.push({ field: '@owner', ...(doc.owner ? { from: doc.owner } : {}), to: actor.id });
    doc.owner = actor.id;
  }
  const from = doc.status;
  if (target !== from) {
    doc.status = target;
    doc.entered[target] = iso(now);
  }
  record(
    doc,
    kind,
    site,
    actor,
    now,
    { verb: what.verb, ...(target !== from ? { from, to: target } : {}), note: what.reason?.trim() },
    changes,
  );
}
