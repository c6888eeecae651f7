/** Which minute or day a mention of time means, by whether its use looks back or ahead. */
import * as calendar from './calendar.ts';
import type { TimeMention } from './times.ts';

const flip = (time: string): string =>
  `${String((Number(time.slice(0, 2)) + 12) % 24).padStart(2, '0')}${time.slice(2)}`;

/** The minute that a mention means when it has gone by: the latest one not after now. */
export function asPast(mention: TimeMention, at: string): string | undefined {
  if (!mention.time) return undefined;
  if (mention.past) {
    const plain = `${mention.past}T${mention.time}`;
    const other = `${mention.past}T${flip(mention.time)}`;
    return mention.loose && other > plain && other <= at && plain < calendar.addMinutes(at, -600)
      ? other
      : plain;
  }
  const today = calendar.dateOf(at);
  const times = mention.loose ? [mention.time, flip(mention.time)] : [mention.time];
  const moments = times.flatMap((time) => [`${today}T${time}`, `${calendar.addDays(today, -1)}T${time}`]);
  // Five minutes of grace: a sender's clock may be ahead of ours.
  const limit = calendar.addMinutes(at, 5);
  return moments
    .filter((moment) => moment <= limit)
    .sort()
    .at(-1);
}

/** The date, or the minute where a time is stated, that a mention means when it is to come. */
export function asFuture(mention: TimeMention, at: string): string | undefined {
  const today = calendar.dateOf(at);
  if (!mention.time) return mention.date;
  if (mention.date) {
    const hour = Number(mention.time.slice(0, 2));
    // 明天3点前 is the afternoon: nobody delivers at three at night without saying so.
    return `${mention.date}T${mention.loose && hour < 7 ? flip(mention.time) : mention.time}`;
  }
  const times = mention.loose ? [mention.time, flip(mention.time)] : [mention.time];
  const moments = times.flatMap((time) => [`${today}T${time}`, `${calendar.addDays(today, 1)}T${time}`]);
  return moments.filter((moment) => moment >= at).sort()[0];
}
