/** Holds what was posted against what had to be, and says how late it was. */
import { teamsLimits } from '../../src/bot/pacing.ts';
import type { Window } from '../../src/bot/pacing.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { foretell } from './oracle.ts';
import type { Ran } from './simulate.ts';
import type { Asked } from './teams.ts';

export interface Verdict {
  /** Levels that had to be posted. */
  due: number;
  posted: number;
  /** What is wrong, in words; empty: nothing. */
  faults: string[];
  missed: number;
  twice: number;
  early: number;
  /** Milliseconds from when a level was due, and the limits allowed a request, to the first attempt to post it. */
  late: number[];
  /** The same up to the attempt that Teams took. */
  lateTaken: number[];
  /** Milliseconds from when it was due to the first attempt. */
  fromDue: number[];
}

/** A post in flight at the end of the run is no miss. */
const graceMs = 60_000;
const levelOf = (text: string): number | undefined => {
  const level = /L(\d) 升级/.exec(text)?.[1];
  return level === undefined ? undefined : Number(level);
};

export function judge(ran: Ran): Verdict {
  const verdict: Verdict = {
    due: 0,
    posted: 0,
    faults: ran.refused.map((one) => `not taken: ${one}`),
    missed: 0,
    twice: 0,
    early: 0,
    late: [],
    lateTaken: [],
    fromDue: [],
  };
  const posts = Map.groupBy(
    ran.asked.filter(({ text, act }) => act === 'send' && levelOf(text) !== undefined),
    ({ conversation }) => conversation,
  );
  const capacity = new Capacity(ran.asked);
  for (const { stop, thread, record } of ran.stops) {
    const name = `${stop.at.site.id} ${stop.line} (${record?.id})`;
    const fault = (what: string) => verdict.faults.push(`${name}: ${what}`);
    const { calls } = foretell(stop, ran.until - graceMs);
    const soon = foretell(stop, ran.until).calls;
    const attempts = [...(posts.get(thread) ?? [])];
    const entered = (record?.history ?? []).flatMap((entry) => {
      const level = entry.changes?.find(({ field }) => field === '@level')?.to;
      return typeof level === 'number' ? [level] : [];
    });
    verdict.due += calls.length;
    for (const call of calls) {
      const first = attempts.findIndex(({ text }) => levelOf(text) === call.to);
      const taken = attempts.findIndex(({ text, status }) => levelOf(text) === call.to && status === 200);
      if (taken < 0) {
        verdict.missed += 1;
        fault(`L${call.to}, due ${iso(call.at)}, was not posted`);
        continue;
      }
      verdict.posted += 1;
      const one = attempts[first]!;
      if (one.at < call.at) {
        verdict.early += 1;
        fault(`L${call.to}, due ${iso(call.at)}, was posted at ${iso(one.at)}`);
      }
      const allowed = capacity.from(one, call.at);
      verdict.fromDue.push(one.at - call.at);
      verdict.late.push(Math.max(0, one.at - allowed));
      verdict.lateTaken.push(Math.max(0, attempts[taken]!.at - allowed));
      // With those that Teams did not take: a level of the same number, called again later, has its own.
      for (let index = taken; index >= first; index -= 1)
        if (levelOf(attempts[index]!.text) === call.to) attempts.splice(index, 1);
    }
    for (const { at, text, status } of attempts) {
      if (status !== 200 || at > ran.until - graceMs) continue;
      verdict.twice += 1;
      fault(`L${levelOf(text)} was posted at ${iso(at)}, though nothing was due`);
    }
    const wanted = calls.map(({ to }) => to);
    // What was due in the last minute may or may not have come.
    if (record && !(entered.length <= soon.length && wanted.every((to, n) => entered[n] === to)))
      fault(`its history has the levels ${entered.join()}, due were ${wanted.join()}`);
    if (record && verifyHistory(record).length > 0) fault('its history does not hold');
    if (!record) fault('has no record');
  }
  return verdict;
}

const iso = (at: number): string => new Date(at).toISOString();

/** When the published limits allowed one more request, with all others made as they were. */
class Capacity {
  readonly #byConversation: Map<string, Asked[]>;
  readonly #byTenant: Map<string, Asked[]>;

  constructor(asked: readonly Asked[]) {
    this.#byConversation = Map.groupBy(asked, ({ conversation }) => conversation.split(';')[0]!);
    this.#byTenant = Map.groupBy(asked, ({ tenant }) => tenant);
  }

  /** The earliest moment from `at` on; `one` itself does not count. */
  from(one: Asked, at: number): number {
    const groups: [readonly Asked[], readonly Window[]][] = [
      [this.#byConversation.get(one.conversation.split(';')[0]!) ?? [], teamsLimits.conversation],
      [this.#byTenant.get(one.tenant) ?? [], teamsLimits.tenant],
    ];
    for (let moment = at; ;) {
      let later = moment;
      for (const [asked, windows] of groups) {
        for (const { count, ms } of windows) {
          const before = latest(asked, one, moment, count);
          if (before !== undefined && before > moment - ms) later = Math.max(later, before + ms);
        }
      }
      if (later === moment) return moment;
      moment = later;
    }
  }
}

/** The moment of the `count`-th last request up to `moment`. */
function latest(asked: readonly Asked[], one: Asked, moment: number, count: number): number | undefined {
  let low = 0;
  let high = asked.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (asked[middle]!.at <= moment) low = middle + 1;
    else high = middle;
  }
  let left = count;
  for (let index = low - 1; index >= 0; index -= 1) {
    if (asked[index] === one) continue;
    left -= 1;
    if (left === 0) return asked[index]!.at;
  }
  return undefined;
}
