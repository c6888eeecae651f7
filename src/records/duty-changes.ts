/** Absences and overrides, and what takes a change back. */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import { roleLabels } from '../kinds/roles.ts';
import { text } from '../language.ts';
import { runAt } from '../site/duty.ts';
import type { DutyChange, Override } from '../site/duty-change.ts';
import { swapState } from '../site/duty-change.ts';
import type { Site } from '../site/site.ts';
import type { Actor, Deps } from './deps.ts';
import type { DutyResult } from './duty-book.ts';
import { changeDuty, invalid, made } from './duty-book.ts';
import {
  ableTo,
  assertLead,
  assertStaff,
  comingRun,
  dutyLabels,
  isLead,
  roleNamed,
  runKey,
  staffNamed,
} from './duty-input.ts';
import { readInput } from './inputs.ts';
import { oweSwap } from './duty-swaps.ts';
import type { Sites } from './sites.ts';

/** The longest absence, in days; one that is longer belongs into the site file. */
const maxDays = 366;
const maxNote = 200;
const minute = 60_000;

export interface AwayInput {
  /** Absent or empty: whoever asks. */
  person?: unknown;
  /** Local, as typed: `2026-11-23 18:00`; empty: now. */
  from: string;
  to: string;
  reason?: unknown;
}

/** Marks somebody away. @throws AppError not_allowed, invalid */
export async function markAway(
  deps: Deps,
  sites: Sites,
  site: Site,
  actor: Actor,
  what: AwayInput,
): Promise<DutyResult> {
  assertStaff(actor);
  return changeDuty(deps, sites, site, ({ site: present, changes, now }) => {
    const id = what.person === undefined || what.person === '' ? actor.id : what.person;
    const person = staffNamed(present, id, 'person', dutyLabels.person).aadObjectId;
    if (person !== actor.id) assertLead(actor, text('替别人登记不在', 'Mark somebody else away'));
    const time = (field: 'from' | 'to'): number | undefined => {
      const parsed = readInput({ type: 'datetime', label: dutyLabels[field] }, what[field], {
        site: present,
        now,
      });
      if ('what' in parsed) throw invalid(field, dutyLabels[field], parsed.what);
      return parsed.value === undefined ? undefined : Date.parse(String(parsed.value));
    };
    const to = time('to');
    const typed = time('from');
    if (to === undefined) throw invalid('to', dutyLabels.to, text('必填', 'is required'));
    // A form that was filled in slowly names a minute that is past. Whole minutes, as `onCall` expects them.
    const from = Math.max(typed ?? 0, Math.floor(now / minute) * minute);
    if (to <= Math.max(from, now))
      throw invalid(
        'to',
        dutyLabels.to,
        text('要晚于开始，也要晚于现在', 'must be later than the start and than now'),
      );
    if (to - from > maxDays * 86_400_000)
      throw invalid('to', dutyLabels.to, text('最多一年', 'at most a year from the start'));
    const same = changes.some(
      (one) =>
        one.sort === 'away' &&
        one.person === person &&
        !one.undone &&
        Date.parse(one.from) <= from &&
        one.to === iso(to),
    );
    if (same) return false;
    changes.push({
      ...made(actor, now, noteOf(what.reason)),
      sort: 'away',
      person,
      from: iso(from),
      to: iso(to),
    });
    return true;
  });
}

const noteOf = (raw: unknown): string | undefined =>
  typeof raw === 'string' && raw.trim() !== '' ? raw.trim().slice(0, maxNote) : undefined;

export interface OverrideInput {
  role: unknown;
  /** Shifts as `runKey` writes them; no last one: the first alone. */
  first: unknown;
  last?: unknown;
  person: unknown;
  note?: unknown;
}

/** Puts somebody on duty whatever the rota says. @throws AppError not_allowed, invalid */
export async function override(
  deps: Deps,
  sites: Sites,
  site: Site,
  actor: Actor,
  what: OverrideInput,
): Promise<DutyResult> {
  assertLead(actor, text('调整值班', 'Change who is on duty'));
  return changeDuty(deps, sites, site, ({ site: present, changes, now }) => {
    const role = roleNamed(what.role, 'role', dutyLabels.role);
    const first = comingOrPresent(present, what.first, 'first', now);
    const last =
      what.last === undefined || what.last === '' ? first : comingOrPresent(present, what.last, 'last', now);
    if (last.start < first.start)
      throw invalid('last', dutyLabels.last, text('不能早于第一班', 'cannot be before the first one'));
    const time = { from: Math.max(first.start, now), to: last.end };
    const person = ableTo(present, what.person, role, time, 'who', dutyLabels.person).aadObjectId;
    const span = { from: iso(first.start), to: iso(last.end) };
    const same = (one: DutyChange): one is Override =>
      one.sort === 'override' &&
      one.role === role &&
      !one.undone &&
      one.from === span.from &&
      one.to === span.to;
    if (changes.findLast(same)?.person === person) return false;
    changes.push({ ...made(actor, now, noteOf(what.note)), sort: 'override', role, person, ...span });
    return true;
  });
}

/** The shift that runs may be overridden too: that is when somebody does not turn up. */
function comingOrPresent(site: Site, raw: unknown, field: 'first' | 'last', now: number) {
  const present = runAt(site, now);
  return present && raw === runKey(present.date, present.code)
    ? present
    : comingRun(site, raw, field, dutyLabels[field], now).run;
}

/** Ends an absence, removes an override, withdraws an offer. @throws AppError not_allowed, duty_over */
export async function undo(
  deps: Deps,
  sites: Sites,
  site: Site,
  actor: Actor,
  id: string,
): Promise<DutyResult> {
  assertStaff(actor);
  return changeDuty(deps, sites, site, ({ changes, jobs, now }) => {
    const at = changes.findIndex((one) => one.id === id);
    const found = changes[at];
    if (!found || !isOpen(found, now)) throw new AppError('duty_over');
    if (!mayUndo(found, actor)) throw notYours(found);
    changes[at] = { ...found, undone: { by: { id: actor.id, name: actor.name }, at: iso(now) } };
    if (found.sort === 'swap') oweSwap(jobs, found, 'withdrawn', now);
    return true;
  });
}

/** Whether it still can be taken back. An accepted swap is two people's: they swap again. */
export function isOpen(change: DutyChange, now: number): boolean {
  if (change.undone || Date.parse(change.to) <= now) return false;
  return change.sort !== 'swap' || swapState(change, now) === 'offered';
}

/** An offer is withdrawn by whoever made it, all else by a lead, and an absence by whose it is. */
export function mayUndo(change: DutyChange, actor: Actor): boolean {
  if (change.sort === 'swap') return change.by.id === actor.id;
  return isLead(actor) || (change.sort === 'away' && change.person === actor.id);
}

const notYours = (change: DutyChange): AppError =>
  new AppError('not_allowed', {
    verb: text('撤销别人的安排', "Take back somebody else's change"),
    roles: change.sort === 'swap' ? text(change.by.name, change.by.name) : roleLabels.LEAD,
  });
