/** Who is on duty, and whom a call reaches at a moment. Pure: the instant comes from the caller. */
import type { Role } from '../kinds/define.ts';
import type { ShiftRun } from './calendar.ts';
import { shiftAt } from './calendar.ts';
import type { Away } from './duty-change.ts';
import { isShift, swapState } from './duty-change.ts';
import { turnOf } from './rota.ts';
import type { Person, Site } from './site.ts';
import { hasRole, peopleWith, personOf } from './site.ts';

export interface Serving {
  person: string;
  by: 'rota' | 'swap' | 'override';
  /** Whose turn it was by the rota, where that is somebody else. */
  planned?: string;
}

/**
 * The people whom a call to these roles reaches at `at` (milliseconds), in the roster's order: of a role with a rota
 * whoever is on duty, of any other everybody; never anybody who is away.
 */
export function onCall(site: Site, wanted: readonly string[], at: number): Person[] {
  if (!site.duty?.length && !site.dutyChanges?.length) return peopleWith(site, wanted);
  let answers = answered.get(site);
  if (!answers) answered.set(site, (answers = new Map()));
  const key = `${Math.floor(at / 60_000)} ${wanted.join(' ')}`;
  let people = answers.get(key);
  if (!people) {
    const run = runAt(site, at);
    const called = new Set(wanted.flatMap((role) => calledFor(site, role as Role, run, at)));
    people = site.people.filter((person) => called.has(person.aadObjectId));
    if (answers.size >= maxAnswers) answers.clear();
    answers.set(key, people);
  }
  return people;
}

/** A press asks for every level of a ladder, several times. Shifts and absences begin and end at whole minutes. */
const answered = new WeakMap<Site, Map<string, Person[]>>();
const maxAnswers = 500;

/** Whom a call to one role reaches in a shift (undefined: none runs) at a moment. */
export function calledFor(site: Site, role: Role, run: ShiftRun | undefined, at: number): string[] {
  const present = (ids: readonly string[]) => [...new Set(ids)].filter((id) => !isAway(site, id, at));
  const one = run && serving(site, role, run);
  if (one && !isAway(site, one.person, at)) return [one.person];
  const others = (site.duty ?? [])
    .filter((rota) => one && rota.role === role)
    .flatMap(({ people }) => people);
  const own = present([...idsOf(peopleWith(site, [role])), ...others]);
  // Where nobody of the role is there, whoever stands in for it is.
  return own.length > 0 ? own : present(idsOf(site.people.filter((person) => hasRole(person, role))));
}

const idsOf = (people: readonly Person[]): string[] => people.map((person) => person.aadObjectId);

/** A site's duty is asked for in every turn; a site that was changed is another object. */
const known = new WeakMap<Site, Map<string, Serving | undefined>>();
/** Shifts of a site that are kept before the oldest go: those ahead that a card offers, for each role. */
const maxKnown = 2_000;

/** Who is on duty for a role in a shift, away or not; undefined where no rota covers it and nobody was put in. */
export function serving(site: Site, role: Role, run: ShiftRun): Serving | undefined {
  let servings = known.get(site);
  if (!servings) known.set(site, (servings = new Map()));
  const key = `${role} ${run.date} ${run.code}`;
  if (!servings.has(key)) {
    if (servings.size >= maxKnown) servings.delete(servings.keys().next().value as string);
    servings.set(key, findServing(site, role, run));
  }
  return servings.get(key);
}

function findServing(site: Site, role: Role, run: ShiftRun): Serving | undefined {
  const changes = site.dutyChanges ?? [];
  const rota = (site.duty ?? []).find((one) => one.role === role && turnOf(site, one, run) !== undefined);
  const planned = rota && turnOf(site, rota, run);
  const put = changes.findLast(
    (one) =>
      one.sort === 'override' &&
      !one.undone &&
      one.role === role &&
      Date.parse(one.from) <= run.start &&
      run.start < Date.parse(one.to) &&
      canServe(site, one.person, role),
  );
  const instead = (person: string, by: 'swap' | 'override'): Serving => ({
    person,
    by,
    ...(planned !== undefined && planned !== person ? { planned } : {}),
  });
  if (put?.sort === 'override') return instead(put.person, 'override');
  if (planned === undefined) return undefined;
  const person = afterSwaps(site, { role, date: run.date, shift: run.code }, planned);
  return person === planned ? { person, by: 'rota' } : instead(person, 'swap');
}

/** Accepted swaps in the order in which they were accepted: a shift that was taken over may be given on. */
function afterSwaps(site: Site, shift: Parameters<typeof isShift>[1], planned: string): string {
  let person = planned;
  const accepted = (site.dutyChanges ?? [])
    .flatMap((one) => (one.sort === 'swap' && swapState(one, 0) === 'accepted' ? [one] : []))
    .sort((a, b) => (a.answer?.at ?? '').localeCompare(b.answer?.at ?? ''));
  for (const swap of accepted) {
    if (isShift(swap.gives, shift) && person === swap.by.id && canServe(site, swap.with, shift.role))
      person = swap.with;
    else if (isShift(swap.takes, shift) && person === swap.with && canServe(site, swap.by.id, shift.role))
      person = swap.by.id;
  }
  return person;
}

/** The roster changes: whoever left it, or lost the role, serves no more. */
const canServe = (site: Site, id: string, role: Role): boolean => {
  const person = personOf(site, id);
  return person !== undefined && hasRole(person, role);
};

/** Whom the duty of a shift calls at a moment, role by role; nobody where no rota covers the shift. */
export const onDuty = (site: Site, run: ShiftRun, at: number): string[] => [
  ...new Set(
    dutyRoles(site)
      .filter((role) => serving(site, role, run))
      .flatMap((role) => calledFor(site, role, run, at)),
  ),
];

/** The absence that holds at a moment and ends last. */
export function absenceAt(site: Site, id: string, at: number): Away | undefined {
  let found: Away | undefined;
  for (const one of site.dutyChanges ?? [])
    if (
      one.sort === 'away' &&
      one.person === id &&
      !one.undone &&
      Date.parse(one.from) <= at &&
      at < Date.parse(one.to) &&
      (!found || one.to > found.to)
    )
      found = one;
  return found;
}

export const isAway = (site: Site, id: string, at: number): boolean =>
  site.dutyChanges !== undefined && absenceAt(site, id, at) !== undefined;

/** Whether somebody is away for any part of a time. */
export const isAwayWithin = (site: Site, id: string, from: number, to: number): boolean =>
  (site.dutyChanges ?? []).some(
    (one) =>
      one.sort === 'away' &&
      one.person === id &&
      !one.undone &&
      Date.parse(one.from) < to &&
      from < Date.parse(one.to),
  );

/** The shift that ran when it was last asked for; shifts begin and end at whole minutes. */
const lastRun = new WeakMap<Site, { minute: number; run: ShiftRun | undefined }>();

export function runAt(site: Site, at: number): ShiftRun | undefined {
  const minute = Math.floor(at / 60_000);
  const last = lastRun.get(site);
  if (last?.minute === minute) return last.run;
  const run = shiftAt(site, at);
  lastRun.set(site, { minute, run });
  return run;
}

/** Roles that a rota or a change of the duty names, in the order of the site file. */
export const dutyRoles = (site: Site): Role[] => [
  ...new Set([
    ...(site.duty ?? []).map(({ role }) => role),
    ...(site.dutyChanges ?? []).flatMap((one) => (one.sort === 'override' && !one.undone ? [one.role] : [])),
  ]),
];
