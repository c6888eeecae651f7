/** When a stop began and ended, and how long it lasted: what is stated, and what follows from it and from now. */
import * as calendar from '../calendar.ts';
import * as words from '../lexicon/words.ts';
import type { Passage } from '../passage.ts';
import { assertedMatch } from '../stance.ts';
import { asFuture, asPast } from '../moments.ts';
import type { TimeMention } from '../times.ts';

const rangeGap = /^\s?(?:停?到|-|–|—|~|到|至|to|until|till|and)\s?$/i;
const running =
  /到现在|至今|还在停|仍在停|还没(?:有)?(?:恢复|好|开|起来|解决)|(?:未|尚未|没)恢复|一直停|仍未|目前停|正在停|still (?:down|stopped|standing|not)|\bsince\b|\bnow\b|not (?:yet )?(?:restarted|running|recovered|restored|back)|has been|ongoing|到目前|停着/i;
const over =
  /(?:停线?|停了|停产|停机)?(?:共计?|总共|一共|累计|合计|前后)(?:停线?|停了|约)?\s?\d|刚才停|早上停|上午停|昨[天晚夜]|夜班停|\bwas (?:down|stopped)\b|\bhad (?:a )?(?:\w+ )?stop|earlier today|this morning for|yesterday|last night/i;

export interface Clock {
  started_at?: string;
  ended_at?: string;
  min_stopped?: number;
  ongoing: boolean;
  eta?: string;
}

/** A mention that tells when help arrives or what is due, not when the line stopped. */
function isArrival(text: string, t: TimeMention): boolean {
  const after = text.slice(t.end, t.end + 8);
  const before = text.slice(Math.max(0, t.start - 14), t.start);
  return (
    /^\s?(?:左右|前后|前|之前)?(?:能|可以?|才能?|会)?(?:到(?!现在|目前|\s?[\d一二两三四五六七八九十上下中晚凌])|送到|送达|抵达|到货|到厂|arriv)/i.test(
      after,
    ) ||
    /(?:ETA|预计|预估|大概|最快|估计|下一?车|下一趟|料车|车)\s?[::]?\s?(?:要|得|at|is)?\s?(?:今天|今晚|明天)?$|(?:arriv\w*|expected|due|truck(?: at| is)?|delivery|by|until|before)\s?(?:at|by|around)?\s?$/i.test(
      before,
    )
  );
}

export function clockOf(p: Passage, cue: RegExpExecArray): Clock {
  const { text, at } = p;
  const restoredCue = assertedMatch(text, words.restored);
  const isBack =
    restoredCue &&
    !/(?:什么时候|何时|预计|才能|争取|尽快|when|expected to|until)[^,。]{0,10}$/i.test(
      text.slice(0, restoredCue.index),
    );
  const clocks = p.times.filter((t) => t.time);
  const etas = clocks.filter((t) => isArrival(text, t));
  const eta = etas[0] && asFuture({ ...etas[0], loose: etas[0].loose ?? false }, at);
  const left = clocks.filter(
    (t) =>
      !etas.includes(t) && !/^\s?(?:分)?(?:下线|上班|开班|开会|发现的)/.test(text.slice(t.end, t.end + 5)),
  );
  let started: string | undefined;
  let ended: string | undefined;
  for (let i = 0; i + 1 < left.length; i++) {
    if (!rangeGap.test(text.slice(left[i]!.end, left[i + 1]!.start))) continue;
    started = asPast(left[i]!, at);
    ended = asPast(
      { ...left[i + 1]!, ...(left[i]!.past && !left[i + 1]!.past && { past: left[i]!.past }) },
      at,
    );
    if (started && ended && started > ended) started = calendar.addMinutes(started, -1440);
    break;
  }
  if (!started) {
    const backAt =
      left.find(
        (t) =>
          restoredCue &&
          Math.abs(t.end - restoredCue.index) <= 6 &&
          /^(?:才|就|左右|已经?|分|\s|又|终于)*$/.test(text.slice(t.end, restoredCue.index)),
      ) ??
      left.find((t) =>
        /(?:恢复|开线|restored|restarted|running again|running since|producing since|resumed|back up|back|up again|recovered)[^,.。]{0,20}$/i.test(
          text.slice(Math.max(0, t.start - 24), t.start),
        ),
      );
    if (backAt) ended = asPast(backAt, at);
    const begin = left.filter((t) => t !== backAt);
    const since = begin.find(
      (t) =>
        /(?:since|from|从|自|at)\s?$/i.test(text.slice(Math.max(0, t.start - 8), t.start)) ||
        /^\s?(?:分)?(?:开始|起|就?停|左右停|到现在|断料|被?停|掉线|发生)/.test(text.slice(t.end, t.end + 6)),
    );
    const first =
      since ?? begin.toSorted((a, b) => Math.abs(a.start - cue.index) - Math.abs(b.start - cue.index))[0];
    started = first && asPast(first, at);
    if (ended && started && started > ended) started = calendar.addMinutes(started, -1440);
  }
  const duration = p.durations
    .toSorted((a, b) => Math.abs(a.start - cue.index) - Math.abs(b.start - cue.index))
    .find((d) => {
      const after = text.slice(d.end, d.end + 6);
      const before = text.slice(Math.max(0, d.start - 10), d.start);
      return (
        !/^\s?(?:后|内|以内|之内|能|可以|到|前)/.test(after) &&
        !/(?:还要|还需|预计|大概要|需要|in|within|another|next|每|takes?)\s?$/i.test(before)
      );
    });
  let minutes = duration?.minutes;
  const isOver = Boolean(ended ?? isBack) || (over.test(text) && !running.test(text));
  if (!isOver) {
    if (started) minutes = Math.max(0, calendar.minutesBetween(started, at));
    else if (minutes !== undefined) started = calendar.addMinutes(at, -minutes);
  } else {
    if (started && ended) minutes ??= calendar.minutesBetween(started, ended);
    else if (started && minutes !== undefined) ended = calendar.addMinutes(started, minutes);
    else if (ended && minutes !== undefined) started = calendar.addMinutes(ended, -minutes);
  }
  return {
    ...(started && { started_at: started }),
    ...(ended && isOver && { ended_at: ended }),
    ...(minutes !== undefined && { min_stopped: minutes }),
    ongoing: !isOver,
    ...(eta && { eta }),
  };
}
