/**
 * Times in text. Weeks run from Monday; 本周 / this week is its Friday; EOD is 17:30; times are local. Why the dates are
 * ours and not chrono-node's is told in docs/decisions/dates-in-text.md.
 */
import * as calendar from './calendar.ts';
import type { Found, Rule, TimeMention } from './dates.ts';
import { enDates } from './dates-en.ts';
import { digitDates, zhDates } from './dates-zh.ts';
import { parseNumber } from './numbers.ts';

export type { TimeMention } from './dates.ts';

export const endOfDay = '17:30';

const clock = (hour: number, minute: number, loose = false): Found | undefined =>
  hour > 24 || minute > 59
    ? undefined
    : {
        time: `${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
        ...(loose && { loose }),
      };

function half(hour: number, period: string | undefined): number {
  if (!period || hour > 12) return hour;
  if (/下午|傍晚|pm/i.test(period)) return hour === 12 ? 12 : hour + 12;
  if (/中午/.test(period)) return hour < 4 ? hour + 12 : hour;
  if (/晚|夜/.test(period)) return hour >= 5 ? hour + 12 : hour;
  return /am/i.test(period) && hour === 12 ? 0 : hour;
}

const zhHour = '\\d{1,2}|[一二两三四五六七八九十]{1,2}';
const past: Readonly<Record<string, number>> = { half: 30, quarter: 15, five: 5, ten: 10, twenty: 20 };

const timeRules: readonly Rule[] = [
  [
    new RegExp(
      `(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|夜间|半夜|深夜|(?<=[昨今明前])[早晚夜])?\\s?(?<![\\d.])(${zhHour})(?:点钟?|时)(?:(半)|(一|三)刻|整|([0-5]?\\d|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])(?![\\d.])分?|(?![检焊漆]))`,
      'g',
    ),
    (m) => {
      const hour = parseNumber(m[2]!) ?? 99;
      const minute = m[3]
        ? 30
        : m[4]
          ? m[4] === '一'
            ? 15
            : 45
          : m[5] === undefined
            ? 0
            : (parseNumber(m[5]) ?? 0);
      return clock(half(hour, m[1]), minute, !m[1] && hour <= 12);
    },
  ],
  [
    /(凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|(?<=[昨今明前])[早晚夜])?\s?(?<![\d:.])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])\s?(am|pm|h\b)?/gi,
    (m) => clock(half(Number(m[2]), m[1] ?? m[4]), Number(m[3])),
  ],
  [
    /(?<![\d:.-])(\d{1,2})(?:\.([0-5]\d))?\s?(am|pm)\b/gi,
    (m) => clock(half(Number(m[1]), m[3]), Number(m[2] ?? 0)),
  ],
  [
    /\b(?:since|from|at|until|till|by|around|@)\s?([01]\d|2[0-3])([0-5]\d)(?:\s?h(?:rs)?)?\b(?!\s?(?:pcs|units|sets|parts|\/))/gi,
    (m) => clock(Number(m[1]), Number(m[2])),
  ],
  [/\b([01]?\d|2[0-3])h([0-5]\d)\b/g, (m) => clock(Number(m[1]), Number(m[2]))],
  [
    /\b(half|quarter|five|ten|twenty) past (\w{3,6}|1?\d)\b/gi,
    (m) => clock(parseNumber(m[2]!) ?? 99, past[m[1]!.toLowerCase()]!, true),
  ],
  [/\bquarter to (\w{3,6}|1?\d)\b/gi, (m) => clock((parseNumber(m[1]!) ?? 99) - 1, 45, true)],
  [
    /\b(?:since|by|before|at|until) (\d{1,2})(?: o'?clock)?(?=\s*(?:$|[,.;!?\n]|this|today|sharp))/gi,
    (m) => clock(Number(m[1]), 0, true),
  ],
  [/\bnoon\b|中午(?!\d|[一二两]点)|午前/gi, () => clock(12, 0)],
  [/\bmidnight\b/gi, () => clock(0, 0)],
  [/\b(?:EOD|COB)\b|下班(?=之?前|$|[,,。])|end of (?:the )?day/gi, () => ({ time: endOfDay })],
];

function find(rules: readonly Rule[], text: string, at: string): TimeMention[] {
  const found: TimeMention[] = [];
  for (const [pattern, read] of rules) {
    pattern.lastIndex = 0;
    for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
      const start = m.index;
      const end = start + m[0].length;
      if (end === start) {
        pattern.lastIndex++;
        continue;
      }
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const value = read(m, at);
      if (value && (value.date || value.time)) found.push({ start, end, text: m[0], ...value });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** All times of a text, in order; a date and a clock time side by side are one mention. */
export function findTimes(text: string, at: string): TimeMention[] {
  const dates = find(
    [
      ...digitDates,
      ...(/[\u4e00-\u9fff]/.test(text) ? zhDates : []),
      ...(/[A-Za-z]{2}|W\d/.test(text) ? enDates : []),
    ],
    text,
    at,
  );
  const clocks = find(timeRules, text, at);
  const merged: TimeMention[] = [];
  for (const date of dates) {
    if (date.time) {
      merged.push(date);
      continue;
    }
    const near = clocks.findIndex((c) => {
      const gap = c.start >= date.start ? text.slice(date.end, c.start) : text.slice(c.end, date.start);
      return (
        c.start >= date.start - 12 &&
        gap.length <= 4 &&
        (c.start >= date.start ? /^[\s,的@]*(?:at|by|on)?\s*$/ : /^\s*(?:on|,(?=\s))?\s*$/).test(gap)
      );
    });
    if (near < 0) {
      merged.push(date);
      continue;
    }
    const [c] = clocks.splice(near, 1) as [TimeMention];
    // 昨晚2点 and 今晚1点 lie after midnight: the next calendar day.
    const late = /[晚夜]$/.test(date.text) && c.time! < '05:00' ? 1 : 0;
    const start = Math.min(date.start, c.start);
    const end = Math.max(date.end, c.end);
    merged.push({
      ...date,
      start,
      end,
      text: text.slice(start, end),
      time: c.time!,
      ...(date.date && { date: calendar.addDays(date.date, late) }),
      ...(date.past && { past: calendar.addDays(date.past, late) }),
    });
  }
  merged.push(...clocks.filter((c) => !merged.some((d) => c.start < d.end && d.start < c.end)));
  return merged.sort((a, b) => a.start - b.start);
}
