/**
 * Times in text. chrono-node is not used: it costs more to load than the rest of intake together, reads no 后天, 月底 or
 * EOD, and takes a bare 周五 on a Monday for the one before. Our conventions: weeks run from Monday; 本周 / this week is
 * its Friday; EOD is 17:30; a bare weekday or day is in the direction that its use asks for (a stop looks back, a
 * deadline ahead); times are local.
 */
import * as calendar from './calendar.ts';
import { parseNumber, zhNumberSource } from './numbers.ts';

export interface TimeMention {
  start: number;
  end: number;
  text: string;
  /** The date, read as one to come where the text leaves it open. */
  date?: string;
  /** The same, read as one gone by. */
  past?: string;
  /** `HH:mm`. */
  time?: string;
  /** The hour may be of either half of the day (`3点`). */
  loose?: boolean;
  /** A span that ends then (本周内, within 3 days), so a deadline by its own words. */
  span?: boolean;
  /** A whole calendar week (CW49, 下周): often the name of a plan and not a deadline. */
  week?: boolean;
}

export const endOfDay = '17:30';

type Found = Pick<TimeMention, 'date' | 'past' | 'time' | 'loose' | 'span' | 'week'>;
type Rule = readonly [RegExp, (m: RegExpExecArray, at: string) => Found | undefined];

const same = (date: string | undefined, more?: Found): Found | undefined =>
  date ? { date, past: date, ...more } : undefined;

function monthDay(month: number, day: number, at: string): Found | undefined {
  const today = calendar.dateOf(at);
  const year = Number(today.slice(0, 4));
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const here = calendar.makeDate(year, month, day);
  if (!here) return undefined;
  const ahead = here < calendar.addDays(today, -45) ? calendar.makeDate(year + 1, month, day) : here;
  const back = here > today ? calendar.makeDate(year - 1, month, day) : here;
  return { date: ahead, past: back };
}

function weekday(day: number, at: string, weeks: number | undefined): Found {
  const today = calendar.dateOf(at);
  if (weeks !== undefined) return same(calendar.inWeek(today, weeks, day))!;
  const here = calendar.inWeek(today, 0, day);
  return {
    // Nobody names today by its weekday.
    date: here <= today ? calendar.addDays(here, 7) : here,
    past: here >= today ? calendar.addDays(here, -7) : here,
  };
}

const fromNow = (at: string, minutes: number, span: boolean): Found => {
  const then = calendar.addMinutes(at, minutes);
  return same(calendar.dateOf(then), { time: calendar.timeOf(then), ...(span && { span }) })!;
};
const inDays = (at: string, days: number, span: boolean): Found =>
  same(calendar.addDays(calendar.dateOf(at), days), span ? { span } : {})!;

const zhDays: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7 };
const zhShift: Readonly<Record<string, number>> = {
  今: 0,
  当: 0,
  明: 1,
  后: 2,
  大后: 3,
  昨: -1,
  前: -2,
  大前: -3,
};
const zhWeeks: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 本: 0, 这: 0, 下: 1, 下下: 2 };
const enDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const enMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const enDayNames = '(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|s|nesday|rsday|rs|r|urday)?';
const enMonthNames =
  '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?';
const count = `(\\d{1,3}(?:\\.\\d)?|半|${zhNumberSource})`;
const numeral = (text: string): number => (text === '半' ? 0.5 : (parseNumber(text) ?? Number.NaN));

const dateRules: readonly Rule[] = [
  [
    /(?<!\d)(20\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)[日号]?/g,
    (m) => same(calendar.makeDate(Number(m[1]), Number(m[2]), Number(m[3]))),
  ],
  [
    new RegExp(
      `(\\d{1,2}|[一二三四五六七八九十]{1,2})月份?(\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?`,
      'g',
    ),
    (m, at) => monthDay(parseNumber(m[1]!) ?? 0, parseNumber(m[2]!) ?? 0, at),
  ],
  [/(?<!\d)(\d{1,2})月份?(?=起|开始|初)/g, (m, at) => monthDay(Number(m[1]), 1, at)],
  [
    /(下下?|本|这)个?月份?(?=起|开始|执行|生效|切换)/g,
    (m, at) => same(calendar.dayOfMonth(calendar.dateOf(at), m[1]!.startsWith('下') ? m[1]!.length : 0, 1)),
  ],
  // A fraction such as 3/12 looks like a date: it is one only without a count or NG beside it.
  [
    /(?<![\d./-]|(?:NG|ng|不良|合格)\s{0,2}[::]?\s{0,2})(1[0-2]|0?[1-9])\/([0-3]?\d)(?![\d/.%]|\s{0,2}(?:NG|ng|件|个|台|套|pcs|parts|不良|不合格|bad|defect|fail|ok\b|OK))/g,
    (m, at) => monthDay(Number(m[1]), Number(m[2]), at),
  ],
  [
    /(?<![\d.])(1[0-2]|[1-9])\.([0-3]?\d)(?=\s?(?:之?前|断点|起|切换|到货|交))/g,
    (m, at) => monthDay(Number(m[1]), Number(m[2]), at),
  ],
  [
    /(?<![\d.第#])([0-3]?\d)[号日](?=之?前|以前|起|开始|到|要|交|断点|切|生效|[,,。\s]|上午|下午|早|晚)(?!\s?(?:线|楼|门|机|工位|到\d))/g,
    (m, at) => {
      const today = calendar.dateOf(at);
      const day = Number(m[1]);
      const here = calendar.makeDate(Number(today.slice(0, 4)), Number(today.slice(5, 7)), day);
      if (!here || day < 1) return undefined;
      return {
        date: here < today ? calendar.dayOfMonth(today, 1, day) : here,
        past: here > today ? calendar.dayOfMonth(today, -1, day) : here,
      };
    },
  ],
  [
    /(大后|后|明|今|当|昨|大前|前)(?:天|日|儿|早|晚|夜|晨)(?!线)/g,
    (m, at) => same(calendar.addDays(calendar.dateOf(at), zhShift[m[1]!]!)),
  ],
  [
    /(上上|下下|上|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])(?!期|次|趟|家)/g,
    (m, at) => weekday(zhDays[m[2]!]!, at, m[1] ? zhWeeks[m[1]] : undefined),
  ],
  [
    new RegExp(
      `\\b(?<=(?:from|in|starting|as of|since|effective|for) )${enMonthNames}\\b(?!\\.?\\s\\d)`,
      'gi',
    ),
    (m, at) => named(m[1]!, '1', undefined, at),
  ],
  [
    /\b(?:(this|next|last|coming)\s(?:the )?|(?:over|by|before|until|at|on|for|during) the )weekend\b/gi,
    (m, at) => weekday(7, at, { next: 1, last: -1 }[(m[1] ?? '').toLowerCase()] ?? 0),
  ],
  [/(上|本|这|下)?个?周末/g, (m, at) => weekday(7, at, m[1] ? zhWeeks[m[1]] : 0)],
  [
    /(上|本|这|下下|下)个?(?:周|星期|礼拜)(?:内|之内|里)?(?!期|次|转|[一二三四五六日天末])/g,
    (m, at) => ({ ...weekday(5, at, zhWeeks[m[1]!]), span: true, week: true }),
  ],
  [
    /(上个?|本|这个?|下个?|当)?月(底|末|中旬?|初)/g,
    (m, at) => {
      const today = calendar.dateOf(at);
      const months = /^上/.test(m[1] ?? '') ? -1 : /^下/.test(m[1] ?? '') ? 1 : 0;
      if (/[底末]/.test(m[2]!)) return same(calendar.monthEnd(today, months));
      const day = m[2] === '初' ? 1 : 15;
      return same(calendar.dayOfMonth(today, months || (Number(today.slice(8)) > day ? 1 : 0), day));
    },
  ],
  [
    new RegExp(`(?<!第)${count}\\s?(?:天|个?工作日)(?:之|以)?(后|内)`, 'g'),
    (m, at) => inDays(at, numeral(m[1]!), m[2] === '内'),
  ],
  [new RegExp(`${count}\\s?天(?:之|以)?前`, 'g'), (m, at) => inDays(at, -numeral(m[1]!), false)],
  [
    new RegExp(`${count}\\s?(?:周|个?星期|个?礼拜)(?:之|以)?(后|内)`, 'g'),
    (m, at) => inDays(at, 7 * numeral(m[1]!), m[2] === '内'),
  ],
  [
    new RegExp(`${count}\\s?个?(?:小时|钟头|h)(?:之|以)?(后|内|前)`, 'g'),
    (m, at) => fromNow(at, (m[2] === '前' ? -60 : 60) * numeral(m[1]!), m[2] === '内'),
  ],
  [
    new RegExp(`${count}\\s?(?:分钟|分|min)(?:之|以)?(后|内|前)`, 'g'),
    (m, at) => fromNow(at, (m[2] === '前' ? -1 : 1) * numeral(m[1]!), m[2] === '内'),
  ],
  [/\b(?:C?W|KW|week |wk ?)(\d{1,2})\b(?!\s?(?:h|pcs|cars))/gi, (m, at) => week(Number(m[1]), at)],
  [/第?(\d{1,2})周(?!年|内|后|期)/g, (m, at) => week(Number(m[1]), at)],
  [/\b(?:the )?day after tomorrow\b/gi, (_, at) => inDays(at, 2, false)],
  [
    /\b(tomorrow|today|tonight|yesterday|(?:this|last) (?:morning|afternoon|evening|night))\b/gi,
    (m, at) => {
      const word = m[1]!.toLowerCase();
      return inDays(
        at,
        word === 'tomorrow' ? 1 : word === 'yesterday' || word.startsWith('last') ? -1 : 0,
        false,
      );
    },
  ],
  [
    new RegExp(`\\b(?:(this|next|last|coming|past)\\s)?${enDayNames}\\b(?!\\s?(?:shift))`, 'gi'),
    (m, at) => {
      const weeks = { next: 1, last: -1, this: 0 }[(m[1] ?? '').toLowerCase()];
      return weekday(enDays.indexOf(m[2]!.toLowerCase()) + 1, at, weeks);
    },
  ],
  [
    new RegExp(`\\b${enMonthNames}\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s(20\\d\\d))?\\b`, 'gi'),
    (m, at) => named(m[1]!, m[2]!, m[3], at),
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?${enMonthNames}\\b(?:,?\\s(20\\d\\d)\\b)?`, 'gi'),
    (m, at) => named(m[2]!, m[1]!, m[3], at),
  ],
  [
    /\b(?:by |the |at )?end of (?:the |this )?(month|week)\b|\b(EOM|EOW)\b/gi,
    (m, at) => {
      const word = (m[1] ?? m[2])!.toLowerCase();
      const today = calendar.dateOf(at);
      if (/month|eom/.test(word)) return same(calendar.monthEnd(today, 0));
      return same(calendar.inWeek(today, 0, 5));
    },
  ],
  [
    /\b(this|next|last) week\b/gi,
    (m, at) => ({
      ...weekday(5, at, { this: 0, next: 1, last: -1 }[m[1]!.toLowerCase()]),
      span: true,
      week: true,
    }),
  ],
  [
    /\b(in|within)\s(a|an|one|two|three|four|five|six|ten|\d{1,3})\s(working days?|days?|weeks?|hours?|hrs?|h|min(?:utes)?)\b/gi,
    (m, at) => later(parseNumber(m[2]!) ?? 1, m[3]!, m[1]!.toLowerCase() === 'within', at),
  ],
  [
    /\b(half an|an?|one|two|three|\d{1,3})\s(hours?|hrs?|h|min(?:utes)?|days?|weeks?) ago\b/gi,
    (m, at) => later(-(/half/i.test(m[1]!) ? 0.5 : (parseNumber(m[1]!) ?? 1)), m[2]!, false, at),
  ],
];

function week(number: number, at: string): Found | undefined {
  if (number < 1 || number > 53) return undefined;
  return same(calendar.weekFriday(calendar.dateOf(at), number), { span: true, week: true });
}
function named(month: string, day: string, year: string | undefined, at: string): Found | undefined {
  const number = enMonths.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return year
    ? same(calendar.makeDate(Number(year), number, Number(day)))
    : monthDay(number, Number(day), at);
}
function later(amount: number, unit: string, span: boolean, at: string): Found {
  if (/^h/i.test(unit)) return fromNow(at, Math.round(amount * 60), span);
  if (/^min/i.test(unit)) return fromNow(at, amount, span);
  return inDays(at, /week/i.test(unit) ? amount * 7 : amount, span);
}

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
    /\b(half|quarter) past (\w{3,6})\b/gi,
    (m) => clock(parseNumber(m[2]!) ?? 99, m[1]!.toLowerCase() === 'half' ? 30 : 15, true),
  ],
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
  const dates = find(dateRules, text, at);
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
