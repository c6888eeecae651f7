import { iso } from '../clock.ts';
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import type { Verb } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { assertMay, isStaff, standingOf } from './access.ts';
import type { ChangeResult } from './change.ts';
import { announce } from './announce.ts';
import { assertFresh, change, changesOf, record } from './change.ts';
import { assertCanSign, countersign } from './countersign.ts';
import type { Actor, Deps } from './deps.ts';
import { applyEffects } from './effects.ts';
import { promoteByHand } from './escalate.ts';
import { readInputs } from './inputs.ts';
import { crossFaults, namesOf, needsOf, unmet } from './needs.ts';
import type { Ask } from './give-tasks.ts';
import { giveTasks } from './give-tasks.ts';
import { askDepartments } from './departments.ts';
import { owe } from './owed.ts';
import { unexplainedMove } from './promise-ledger.ts';
import type { Change, RecordDoc } from './record.ts';
import { restart, setStopwatch } from './stopwatch.ts';
import { unsettledFaults } from './task-needs.ts';
import { readAsks } from './task-inputs.ts';

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
  /** What was typed about a task that the verb gives. */
  task?: Readonly<Record<string, unknown>>;
}

/**
 * Moves a record by a verb: authorises, reads the inputs, checks what the next status needs, writes once.
 * @throws AppError not_found, stale, unknown_action, wrong_status, not_allowed, own_work, invalid
 */
export async function move(deps: Deps, site: Site, actor: Actor, what: Move): Promise<ChangeResult> {
  return change(deps, site, what.id, undefined, (doc, kind, now) => {
    const verb = Object.hasOwn(kind.verbs, what.verb) ? kind.verbs[what.verb] : undefined;
    if (!verb || !(verb.anytime || asksOnly(verb))) assertFresh(doc, what.rev);
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
    if (verb.signs) assertCanSign(verb, doc, site);
    const { values, faults } = readInputs(kind, ownInputs(kind, what, doc.status), {
      site,
      now,
      asked: askedBy(kind, what.verb),
      strict: verb.signs !== undefined || !isStaff(standingOf(actor)),
      ...(verb.signs ? dayOfCase(kind, doc) : {}),
    });
    for (const name of verb.fresh ?? []) if (values[name] === undefined) delete values[name];
    const next = { ...doc.fields, ...values };
    applyEffects(verb, next, values, actor, now);
    // What is asked anew is not answered by what was said before.
    const said = { ...next, ...Object.fromEntries((verb.fresh ?? []).map((name) => [name, values[name]])) };
    faults.push(...missing(kind, what, verb, target, said, faults));
    faults.push(...passedFaults(kind, what.verb, values, now));
    faults.push(...crossFaults(kind, next, faults));
    if (!what.reason?.trim()) faults.push(...unexplainedMove(kind, doc, next, faults));
    const given = verb.adds
      ? readAsks(kind, verb.adds, what.task ?? {}, doc, { site, now }, verb.to === 'stay')
      : { asks: [], faults: [] };
    faults.push(...given.faults);
    if (target !== doc.status) faults.push(...unsettledFaults(kind, doc, target));
    if (faults.length > 0) throw new AppError('invalid', {}, { faults });
    if (verb.signs) {
      countersign(doc, kind, site, actor, now, { verb: what.verb, signs: verb.signs, values });
      return;
    }
    if (verb.climbs) {
      promoteByHand(doc, kind, site, actor, now, {
        verb: what.verb,
        level: what.level,
        reason: what.reason?.trim() ?? '',
      });
      return;
    }
    append(verb, next, doc);
    const reason = noteOf(verb, said) ?? what.reason;
    apply(doc, kind, site, actor, now, { ...what, reason }, verb, target, next, given.asks);
    if (verb.announces) announce(doc, site, actor, now, what.verb, (field) => next[field] ?? said[field]);
    owe(doc, site, verb.tells ?? [], what.verb, actor.id, now);
  });
}

/** Asking for help takes no view of the case, which changes by the minute: what is asked already is asked once. */
const asksOnly = (verb: Verb): boolean =>
  verb.adds !== undefined && verb.to === 'stay' && verb.asks === undefined;

/** Adds what was said to its list, and takes it out of the input's own field. */
function append(verb: Verb, next: Record<string, unknown>, { fields }: RecordDoc): void {
  if (!verb.appends) return;
  const { input, to } = verb.appends;
  const before = fields[to];
  next[to] = [...(Array.isArray(before) ? (before as unknown[]) : []), next[input]];
  next[input] = undefined;
}

/** What a verb announces stands in the history as it was said, also where it changes nothing. */
function noteOf(verb: Verb, said: Readonly<Record<string, unknown>>): string | undefined {
  const value = said[verb.announces?.[0] ?? ''];
  return typeof value === 'string' ? value : undefined;
}

/** A word on how it goes cannot promise a time that is past. */
function passedFaults(
  kind: AnyKind,
  verb: string,
  values: Readonly<Record<string, unknown>>,
  now: number,
): Fault[] {
  const rule = kind.can.updates;
  const eta = rule?.verb === verb ? values[rule.eta] : undefined;
  // A form shows times to the minute.
  if (!rule || typeof eta !== 'string' || Date.parse(eta) > now - 60_000) return [];
  const what = text('已经过去，请填新的时间', 'is past; give a new time');
  return [{ field: rule.eta, label: kind.fields[rule.eta]?.label ?? text(rule.eta, rule.eta), what }];
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
  const own = askedBy(kind, what.verb);
  const others = Object.keys(kind.verbs).filter(
    (name) => name !== what.verb && kind.verbs[name]?.from.includes(status),
  );
  const foreign = new Set(others.flatMap((name) => [...askedBy(kind, name)]));
  return Object.fromEntries(
    Object.entries(what.inputs ?? {}).filter(([name]) => own.has(name) || !foreign.has(name)),
  );
}

function askedBy(kind: AnyKind, name: string): Set<string> {
  const verb = kind.verbs[name];
  const needs = verb && verb.to !== 'stay' ? needsOf(kind, verb.to, name) : (verb?.needs ?? []);
  return new Set([...needs.flatMap(namesOf), ...(verb?.asks ?? [])]);
}

/** Days later, "02:15" is still a time of the night in which it happened. */
function dayOfCase(kind: AnyKind, doc: RecordDoc): { dayOf?: number } {
  const start = kind.can.stopwatch && doc.fields[kind.can.stopwatch.from];
  return typeof start === 'string' ? { dayOf: Date.parse(start) } : {};
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
  asks: readonly Ask[] = [],
): void {
  const from = doc.status;
  const field = verb.adds === undefined ? undefined : kind.can.tasks?.[verb.adds]?.from;
  if (field !== undefined) next[field] = withChoices(next[field], asks);
  if (verb.reopens) restart(kind, doc.fields, next, now);
  setStopwatch(kind, next, now);
  const changes: Change[] = changesOf(doc, next);
  const taken = verb.takes === 'always' || (verb.takes === 'if_none' && !doc.owner);
  if (taken && doc.owner !== actor.id && actor.person) {
    changes.push({ field: '@owner', ...(doc.owner ? { from: doc.owner } : {}), to: actor.id });
    doc.owner = actor.id;
  }
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
  if (verb.adds !== undefined) changes.push(...giveTasks(doc, kind, site, actor, now, verb.adds, asks));
  changes.push(...askDepartments(doc, kind, site, actor, now, what.verb));
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

/** The field of a sort keeps every choice that was ever asked for. */
const withChoices = (value: unknown, asks: readonly Ask[]): unknown =>
  asks.length === 0
    ? value
    : [...new Set([...(Array.isArray(value) ? value : []), ...asks.map(({ what }) => what)])];
