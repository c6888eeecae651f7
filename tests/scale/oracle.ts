/**
 * Which levels a stop must reach, and when, worked out from its story by the table of the trade alone. Knows nothing of
 * how the product computes it: what both get wrong in the same way is at least wrong twice.
 */
const minute = 60_000;

/** Minutes from the start of levels 1 to 5. */
const minutes = { stopped: [5, 15, 30, 60, 120], slow: [30, 120, 240, 480, 1440] } as const;
/** A taken stop is nobody's again after so long without a word. */
const lapseAfter = 15 * minute;
/** Whoever has it in hand owes a word on how it goes; without one it goes a level up, and again after as long. */
const wordWithin = { stopped: 30 * minute, slow: 240 * minute } as const;
/** Level that a safety part, or our own side after half an hour, calls in any case. */
const safetyLevel = 3;
const oursLevel = 4;
const oursAfter = 30 * minute;

export type Deed = 'take' | 'word' | 'arrive' | 'restore' | 'reopen' | 'safety' | 'ours';

export interface Story {
  reportedAt: number;
  /** When the line stopped, which may be some time before the report. */
  stoppedAt: number;
  slow: boolean;
  ours: boolean;
  deeds: { at: number; deed: Deed }[];
  /** Levels that somebody of the site's covers. */
  covered: readonly number[];
}

/** A level that is posted, and the moment at which it is due. */
export interface Call {
  at: number;
  to: number;
}

/** What happens by itself up to `until`: the calls, and the moments at which a promise lapses. */
export function foretell(story: Story, until: number): { calls: Call[]; lapses: number[] } {
  const at = story.slow ? minutes.slow : minutes.stopped;
  const calls: Call[] = [];
  const lapses: number[] = [];
  const deeds = [...story.deeds];
  let start = story.stoppedAt;
  let reached = 0;
  let answer: 'none' | 'promised' | 'on site' = 'none';
  let lastWord = 0;
  /** Since when it is in hand without a word on how it goes; nobody of a story says one. */
  let silentSince = Infinity;
  const patience = story.slow ? wordWithin.slow : wordWithin.stopped;
  let over = false;
  let safety = false;
  let ours = story.ours;

  /** The highest level that has come by `now` and was not reached. */
  const wanted = (now: number): number => {
    let top = 0;
    at.forEach((after, index) => {
      const level = index + 1;
      if (now >= start + after * minute && !(level === 1 && answer !== 'none')) top = level;
    });
    if (safety) top = Math.max(top, safetyLevel);
    if (ours && now >= start + oursAfter) top = Math.max(top, oursLevel);
    return top;
  };

  for (let now = story.reportedAt; now <= until;) {
    while (deeds[0] && deeds[0].at <= now) {
      const { deed } = deeds.shift()!;
      if ((deed === 'take' || deed === 'arrive') && answer === 'none') silentSince = now;
      if (deed === 'take') answer = 'promised';
      if (deed === 'arrive') answer = 'on site';
      if (deed === 'safety') safety = true;
      if (deed === 'ours') ours = true;
      if (deed === 'restore') [over, silentSince] = [true, Infinity];
      if (deed === 'reopen') [over, start, reached, answer] = [false, now, 0, 'none'];
      if (deed !== 'safety' && deed !== 'ours') lastWord = now;
    }
    if (!over && answer === 'promised' && now >= lastWord + lapseAfter) {
      [answer, silentSince] = ['none', Infinity];
      lapses.push(now);
    }
    const want = over ? 0 : wanted(now);
    if (want > reached) {
      reached = story.covered.find((level) => level >= want) ?? at.length;
      calls.push({ at: now, to: reached });
    }
    if (now >= silentSince + patience) {
      silentSince = now;
      const above = story.covered.find((level) => level > reached);
      if (above !== undefined) calls.push({ at: now, to: (reached = above) });
    }
    const ahead = [
      deeds[0]?.at,
      silentSince + patience,
      over || answer !== 'promised' ? undefined : lastWord + lapseAfter,
      ...(over ? [] : [...at.map((after) => start + after * minute), start + oursAfter]),
    ].filter((moment) => moment !== undefined && moment > now && moment < Infinity) as number[];
    if (ahead.length === 0) break;
    now = Math.min(...ahead);
  }
  return { calls, lapses };
}
