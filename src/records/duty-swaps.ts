/** Shifts that two people swap: offered by the one, accepted by the other, and nothing before that. */
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import type { Swap } from '../site/duty-change.ts';
import { isShift, swapState } from '../site/duty-change.ts';
import { serving } from '../site/duty.ts';
import type { OwnShift } from '../site/shifts.ts';
import { runNamed } from '../site/shifts.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import type { Actor, Deps } from './deps.ts';
import type { DutyResult } from './duty-book.ts';
import { changeDuty, invalid, made } from './duty-book.ts';
import { ableTo, assertStaff, comingShift, dutyLabels } from './duty-input.ts';
import type { Job } from './job.ts';
import { job } from './job.ts';
import type { Sites } from './sites.ts';

/** Who is to hear what about a swap. */
export interface SwapPayload extends Record<string, unknown> {
  change: string;
  what: 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'expired';
}

export const oweSwap = (jobs: Job[], swap: Swap, what: SwapPayload['what'], at: number): void =>
  void jobs.push(job('swap', at, { change: swap.id, what } satisfies SwapPayload));

export interface SwapInput {
  /** Shifts as `shiftKey` writes them. */
  mine: unknown;
  /** May be left out where `theirs` says whose. */
  with: unknown;
  theirs: unknown;
}

/** Offers a shift of one's own. @throws AppError not_allowed, invalid */
export async function offerSwap(
  deps: Deps,
  sites: Sites,
  site: Site,
  actor: Actor,
  what: SwapInput,
): Promise<DutyResult> {
  assertStaff(actor);
  return changeDuty(deps, sites, site, ({ site: present, changes, jobs, now }) => {
    const gives = comingShift(present, what.mine, 'mine', dutyLabels.mine, now);
    if (servedBy(present, gives) !== actor.id)
      throw invalid('mine', dutyLabels.mine, text('那一班不是您的', 'is not yours'));
    const takes =
      what.theirs === undefined || what.theirs === ''
        ? undefined
        : comingShift(present, what.theirs, 'theirs', dutyLabels.theirs, now);
    const named = what.with === undefined || what.with === '' ? takes && servedBy(present, takes) : what.with;
    const other = ableTo(present, named, gives.role, timeOf(gives), 'with', dutyLabels.with);
    if (other.aadObjectId === actor.id)
      throw invalid('with', dutyLabels.with, text('请选别人', 'must be somebody else'));
    if (takes) {
      if (servedBy(present, takes) !== other.aadObjectId) throw notTheirs(other.name);
      ableTo(present, actor.id, takes.role, timeOf(takes), 'theirs', dutyLabels.theirs);
    }
    const pending = changes.find(
      (one): one is Swap =>
        one.sort === 'swap' && swapState(one, now) === 'offered' && isShift(one.gives, gives),
    );
    if (pending) {
      const again = pending.with === other.aadObjectId && isSame(pending.takes, takes);
      if (again) return false;
      throw invalid(
        'mine',
        dutyLabels.mine,
        text('已提出换班，请先撤回', 'is offered already; withdraw that first'),
      );
    }
    const runs = [gives, ...(takes ? [takes] : [])].map(({ run }) => run);
    const until = Math.min(...runs.map(({ start }) => start));
    const swap: Swap = {
      ...made(actor, now),
      sort: 'swap',
      gives: bare(gives),
      with: other.aadObjectId,
      ...(takes ? { takes: bare(takes) } : {}),
      until: iso(until),
      to: iso(Math.max(...runs.map(({ end }) => end))),
    };
    changes.push(swap);
    oweSwap(jobs, swap, 'offered', now);
    oweSwap(jobs, swap, 'expired', until);
    return true;
  });
}

const bare = ({ role, date, shift }: OwnShift): Swap['gives'] => ({ role, date, shift });
const isSame = (a: Swap['takes'], b: OwnShift | undefined): boolean => (b ? isShift(a, b) : a === undefined);
const servedBy = (site: Site, { role, run }: OwnShift): string | undefined =>
  serving(site, role, run)?.person;
const timeOf = ({ run }: OwnShift) => ({ from: run.start, to: run.end });
const notTheirs = (name: string): AppError =>
  invalid('theirs', dutyLabels.theirs, text(`那一班不是${name}的`, `is not ${name}'s`));

/** Accepts or declines. @throws AppError duty_over, duty_not_yours, invalid where the shifts have changed hands */
export async function answerSwap(
  deps: Deps,
  sites: Sites,
  site: Site,
  actor: Actor,
  what: { id: string; yes: boolean },
): Promise<DutyResult & { swap: Swap }> {
  let answered: Swap | undefined;
  const result = await changeDuty(deps, sites, site, ({ site: present, changes, jobs, now }) => {
    const at = changes.findIndex((one) => one.id === what.id);
    const found = changes[at];
    if (found?.sort !== 'swap') throw new AppError('duty_over');
    if (found.with !== actor.id)
      throw new AppError('duty_not_yours', { name: personOf(present, found.with)?.name ?? found.with });
    answered = found;
    const state = swapState(found, now);
    // The same press twice.
    if (state === (what.yes ? 'accepted' : 'declined')) return false;
    if (state !== 'offered') throw new AppError('duty_over');
    if (what.yes) assertStands(present, found);
    answered = { ...found, answer: { yes: what.yes, at: iso(now) } };
    changes[at] = answered;
    oweSwap(jobs, answered, what.yes ? 'accepted' : 'declined', now);
    return true;
  });
  if (!answered) throw new AppError('duty_over');
  return { ...result, swap: answered };
}

/** Between the offer and its answer the lead may have put in others. @throws AppError invalid */
function assertStands(site: Site, swap: Swap): void {
  const holds = (shift: Swap['gives'], person: string): boolean => {
    const run = runNamed(site, shift);
    return run !== undefined && serving(site, shift.role, run)?.person === person;
  };
  const moved: Text = text(
    '安排已经变了，这次换班不再合适；请拒绝，或让对方重新提出',
    'has changed since; decline, or ask for a new offer',
  );
  if (!holds(swap.gives, swap.by.id)) throw invalid('mine', dutyLabels.mine, moved);
  if (swap.takes && !holds(swap.takes, swap.with)) throw invalid('theirs', dutyLabels.theirs, moved);
}
