/** The duty card: absences, swaps, overrides, and what takes them back. */
import { markAway, override, undo } from '../../records/duty-changes.ts';
import type { DutyResult } from '../../records/duty-book.ts';
import { answerSwap, offerSwap } from '../../records/duty-swaps.ts';
import type { DutyDone } from '../../render/duty.ts';
import { renderDuty } from '../../render/duty.ts';
import { renderSwapEnd } from '../../render/duty-swap.ts';
import type { PressAnswer } from '../inbound.ts';
import type { Press, PressHandler } from '../press.ts';
import { optional, word } from '../press.ts';

/** The duty as the change has left it, led by what was done. */
async function after(p: Press, result: Promise<DutyResult>, done: DutyDone): Promise<PressAnswer> {
  const { site } = await result;
  return { card: renderDuty({ ...p.view, site }, done) };
}

const away: PressHandler = (p) => {
  const { context, site, doer, press } = p;
  const { data } = press;
  const person = optional(data['person']);
  const moment = (end: 'from' | 'to') => `${word(data[`${end}_date`])} ${word(data[`${end}_time`])}`.trim();
  const what = { person, from: moment('from'), to: moment('to'), reason: data['reason'] };
  const result = markAway(context.deps, context.sites, site, doer, what);
  return after(p, result, { what: 'away', person: person ?? doer.id });
};

const swap: PressHandler = (p) => {
  const { context, site, doer, press } = p;
  const { mine, with: other, theirs } = press.data;
  return after(p, offerSwap(context.deps, context.sites, site, doer, { mine, with: other, theirs }), {
    what: 'swap',
  });
};

const put: PressHandler = (p) => {
  const { context, site, doer, press } = p;
  const { role, first, last, who, note } = press.data;
  return after(
    p,
    override(context.deps, context.sites, site, doer, { role, first, last, person: who, note }),
    { what: 'override' },
  );
};

const takeBack: PressHandler = (p) => {
  const { context, site, doer, press } = p;
  return after(p, undo(context.deps, context.sites, site, doer, word(press.data['change'])), {
    what: 'undo',
  });
};

const answer =
  (yes: boolean): PressHandler =>
  async ({ context, site, doer, view, press }) => {
    const what = { id: word(press.data['change']), yes };
    const result = await answerSwap(context.deps, context.sites, site, doer, what);
    const present = { ...view, site: result.site };
    return { card: renderSwapEnd(result.swap, yes ? 'accepted' : 'declined', present).card };
  };

export const dutyPresses = {
  duty_away: away,
  duty_swap: swap,
  duty_override: put,
  duty_undo: takeBack,
  duty_accept: answer(true),
  duty_decline: answer(false),
} as const;
