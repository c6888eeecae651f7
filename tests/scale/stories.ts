/** What happens to the stops of a simulation: when each is reported, and what people do about it. */
import type { Chance } from './chance.ts';
import type { Deed, Story } from './oracle.ts';
import { foretell } from './oracle.ts';
import { lineNames } from './sites.ts';
import type { SimSite } from './sites.ts';

const minute = 60_000;
/**
 * People do nothing for so long before and after a moment at which something is due: what comes first within the
 * milliseconds of a request, or while Teams turns a post away, is nothing that a story could foretell.
 */
const quietBefore = minute;
const quietAfter = minute / 2;

export interface Stop extends Story {
  at: SimSite;
  line: string;
  /** Minutes that it had stood already when it was reported. */
  late: number;
}

export interface Plan {
  from: number;
  until: number;
  sites: readonly SimSite[];
  stops: number;
}

/** One stop for each line of a site at most, so that no report joins another's. */
export function tellStories({ from, until, sites, stops }: Plan, chance: Chance): Stop[] {
  const places = sites.flatMap((at) => lineNames.map((line) => ({ at, line })));
  if (stops > places.length) throw new Error(`there are ${places.length} lines for ${stops} stops`);
  for (let n = places.length - 1; n > 0; n -= 1) {
    const other = chance.whole(0, n);
    [places[n], places[other]] = [places[other]!, places[n]!];
  }
  return places.slice(0, stops).map((place, n) => {
    // Every tenth is reported within the same minute, as after a power cut.
    const reportedAt =
      n % 10 === 0
        ? from + (until - from) / 4 + chance.whole(0, minute)
        : chance.whole(from + 2 * minute, until - minute);
    const late = chance.is(0.15) ? chance.whole(3, 40) : 0;
    const stop: Stop = {
      ...place,
      reportedAt,
      late,
      // What people say in minutes counts from a whole minute.
      stoppedAt: late === 0 ? reportedAt : Math.floor(reportedAt / minute) * minute - late * minute,
      slow: chance.is(0.15),
      ours: chance.is(0.2),
      covered: place.at.covered,
      deeds: [],
    };
    for (let tries = 0; tries < 500; tries += 1) {
      const told = { ...stop, deeds: deedsOf(stop, chance).filter(({ at }) => at < until - minute) };
      if (isClear(told, until)) return told;
    }
    return stop;
  });
}

function isClear(story: Story, until: number): boolean {
  const { calls, lapses } = foretell(story, until);
  const due = [...calls.map(({ at }) => at), ...lapses];
  // What a deed itself calls forth at once (a reopening of a safety stop) is no race.
  return story.deeds.every(({ at }) =>
    due.every((one) => one === at || at < one - quietBefore || at > one + quietAfter),
  );
}

function deedsOf(stop: Stop, chance: Chance): Story['deeds'] {
  const deeds: Story['deeds'] = [];
  let now = stop.reportedAt;
  const wait = (low: number, high: number) => (now += chance.whole(low * minute, high * minute));
  const does = (deed: Deed) => deeds.push({ at: now, deed });

  const answer = (): void => {
    switch (chance.whole(0, 4)) {
      case 0: // Nobody.
        break;
      case 1: // Taken, with a word now and then, and on site in the end.
        wait(1, 40);
        does('take');
        for (let words = chance.whole(0, 4); words > 0; words -= 1) {
          wait(3, 13);
          does('word');
        }
        wait(2, 13);
        does('arrive');
        break;
      case 2: // Taken and forgotten, and taken again.
        wait(1, 30);
        does('take');
        if (chance.is(0.5)) {
          wait(17, 60);
          does('take');
        }
        break;
      case 3: // On site without a word before.
        wait(1, 60);
        does('arrive');
        break;
      default: // Taken, with words, and then silence.
        wait(1, 20);
        does('take');
        for (let words = chance.whole(1, 6); words > 0; words -= 1) {
          wait(3, 13);
          does('word');
        }
        now += 16 * minute;
    }
  };

  answer();
  if (!stop.slow && chance.is(0.1)) {
    wait(1, 20);
    does('safety');
  }
  if (!stop.ours && chance.is(0.15)) {
    wait(1, 30);
    does('ours');
  }
  if (chance.is(0.7)) {
    wait(5, 180);
    does('restore');
    if (chance.is(0.4)) {
      wait(3, 55);
      does('reopen');
      answer();
      if (chance.is(0.5)) {
        wait(5, 90);
        does('restore');
      }
    }
  }
  return deeds;
}
