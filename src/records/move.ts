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
import { applyEffects } from './effects.ts';
import { promoteByHand } from './escalate.ts';
import { readInputs } from './inputs.ts';
import { crossFaults, namesOf, needsOf, unmet } from './needs.ts';
import { departmentsOf, owe } from './owed.ts';
import type { Change, RecordDoc } from './record.ts';
import { restart, setStopwatch } from './stopwatch.ts';

export interface Move {
  id: string;
  /** The revision that the actor saw; undefined only for callers that just read it. */
  rev: number | undefined;
  verb: string;
  /** As typed. */
  inputs?: Readonly<Record<string, unknown>>;
  reason?: string | undefined;
  /** The level that a verb which climbs goes to. */
  level?: unknown;
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
    const target = verb.to === 'stay' ? doc.status : verb.to;
    const { values, faults } = readInputs(kind, ownInputs(kind, what, doc.status), { site, now });
    const next = { ...doc.fields, ...values };
    applyEffects(verb, next, values, actor, now);
    faults.push(...missing(kind, what, verb, target, next, faults));
    faults.push(...crossFaults(kind, next, faults));
    if (faults.length > 0) throw new AppError('invalid', {}, { faults });
    if (verb.climbs) {
      promoteByHand(doc, kind, site, actor, now, {
        verb: what.verb,
        level: what.level,
        reason: what.reason?.trim() ?? '',
      });
      return;
    }
    apply(doc, kind, site, actor, now, what, verb, target, next);
    owe(doc, site, [...departmentsOf(kind, what.verb, doc), ...(verb.tells ?? [])], what.verb, actor.id, now);
  });
}

/** A verb that needs no input, done because the facts say so; the person who brought them is who did it. */
export function moveByRule(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  what: { verb: string; reason: string },
): void {
  const verb = kind.verbs[what.verb];
  if (!verb) throw new AppError('unknown_action');
  const next = { ...doc.fields };
  applyEffects(verb, next, {}, actor, now);
  const target = verb.to === 'stay' ? doc.status : verb.to;
  apply(doc, kind, site, actor, now, { id: doc.id, rev: undefined, ...what }, verb, target, next);
  owe(doc, site, verb.tells ?? [], what.verb, actor.id, now);
}

/**
 * Verbs of one status share a form where they ask for the same fact, so that a press also brings what only the others
 * ask for. That is left out: a rejection must not carry the date of an approval.
 */
function ownInputs(kind: AnyKind, what: Move, status: string): Record<string, unknown> {
  const asked = (name: string): Set<string> => {
    const verb = kind.verbs[name];
    const needs = verb && verb.to !== 'stay' ? needsOf(kind, verb.to, name) : (verb?.needs ?? []);
    return new Set([...needs.flatMap(namesOf), ...(verb?.asks ?? [])]);
  };
  const own = asked(what.verb);
  const others = Object.keys(kind.verbs).filter(
    (name) => name !== what.verb && kind.verbs[name]?.from.includes(status),
  );
  const foreign = new Set(others.flatMap((name) => [...asked(name)]));
  return Object.fromEntries(
    Object.entries(what.inputs ?? {}).filter(([name]) => own.has(name) || !foreign.has(name)),
  );
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
  if (verb.reopens) restart(kind, doc.fields, next, now);
  setStopwatch(kind, next, now);
  const changes: Change[] = changesOf(doc, next);
  const taken = verb.takes === 'always' || (verb.takes === 'if_none' && !doc.owner);
  if (taken && doc.owner !== actor.id && actor.person) {
    changes.push({ field: '@owner', ...(doc.owner ? { from: doc.owner } : {}), to: actor.id });
    doc.owner = actor.id;
  }
  const from = doc.status;
  if (target !== from) {
    doc.status = target;
    doc.entered[target] = iso(now);
    if (verb.reopens) doc.reopenedAt = iso(now);
  }
  if (verb.reopens && kind.can.ladder) {
    if (doc.level) changes.push({ field: '@level', from: doc.level });
    // It begins again: whoever was called for the time before is called anew.
    delete doc.level;
    doc.notified = [];
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
