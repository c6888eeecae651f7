/** English dates: next Tue, Dec 4, the 4th of December, two weeks from Monday, CW49, end of the month. */
import * as calendar from './calendar.ts';
import { dayAlone, fromNow, inDays, monthDay, same, week, weekday, type Found, type Rule } from './dates.ts';
import { parseNumber } from './numbers.ts';

const enDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const enMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayNames = '(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|s|nesday|rsday|rs|r|urday)?';
const monthNames =
  '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?';
/** `Fri 4 Dec`: the weekday before a date says nothing new. */
const dayBefore = `(?:${dayNames.replace('(mon', '(?:mon')},? (?:the )?)?`;
const amounts = 'a|an|one|two|three|four|five|six|ten|\\d{1,3}';

export const enDates: readonly Rule[] = [
  [
    new RegExp(
      `\\b${dayBefore}${monthNames}\\.?\\s(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s(20\\d\\d))?\\b`,
      'gi',
    ),
    (m, at) => named(m[1]!, m[2]!, m[3], at),
  ],
  [
    new RegExp(
      `\\b${dayBefore}(\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?${monthNames}\\b(?:,?\\s(20\\d\\d)\\b)?`,
      'gi',
    ),
    (m, at) => named(m[2]!, m[1]!, m[3], at),
  ],
  [
    new RegExp(
      `\\b(${amounts}) weeks? (?:from|after|on) (?:(today|now|tomorrow)|(next )?${dayNames})\\b`,
      'gi',
    ),
    (m, at) => {
      const weeks = parseNumber(m[1]!) ?? 1;
      if (m[2]) return inDays(at, 7 * weeks + (/tomorrow/i.test(m[2]) ? 1 : 0), false);
      const day = weekday(enDays.indexOf(m[4]!.toLowerCase()) + 1, at, m[3] ? 1 : undefined).date!;
      return same(calendar.addDays(day, 7 * weeks));
    },
  ],
  [
    new RegExp(`\\b${dayNames} week\\b`, 'gi'),
    (m, at) =>
      same(calendar.addDays(weekday(enDays.indexOf(m[1]!.toLowerCase()) + 1, at, undefined).date!, 7)),
  ],
  [
    new RegExp(`\\b${dayNames} after next\\b`, 'gi'),
    (m, at) => weekday(enDays.indexOf(m[1]!.toLowerCase()) + 1, at, 2),
  ],
  [
    new RegExp(
      `\\b(early|beginning of|start of|mid|middle of|end of|late)[ -]${monthNames}\\b(?! \\d)`,
      'gi',
    ),
    (m, at) => {
      const first = named(m[2]!, '1', undefined, at)?.date;
      if (!first) return undefined;
      if (/end|late/i.test(m[1]!)) return same(calendar.monthEnd(first, 0));
      return same(/mid/i.test(m[1]!) ? calendar.dayOfMonth(first, 0, 15) : first);
    },
  ],
  [
    /\b(?<=(?:from|starting|as of|effective|beginning) )next month\b/gi,
    (_, at) => same(calendar.dayOfMonth(calendar.dateOf(at), 1, 1)),
  ],
  [
    new RegExp(`\\b(?<=(?:from|in|starting|as of|since|effective|for) )${monthNames}\\b(?!\\.?\\s\\d)`, 'gi'),
    (m, at) => named(m[1]!, '1', undefined, at),
  ],
  [
    /\b(?:(this|next|last|coming)\s(?:the )?|(?:over|by|before|until|at|on|for|during) the )weekend\b/gi,
    (m, at) => weekday(7, at, { next: 1, last: -1 }[(m[1] ?? '').toLowerCase()] ?? 0),
  ],
  [/\b(?:C?W|KW|week |wk ?)(\d{1,2})\b(?!\s?(?:h|pcs|cars))/gi, (m, at) => week(Number(m[1]), at)],
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
    new RegExp(`\\b(?:(this|next|last|coming|past)\\s)?${dayNames}\\b(?!\\s?(?:shift))`, 'gi'),
    (m, at) => {
      const weeks = { next: 1, last: -1, this: 0 }[(m[1] ?? '').toLowerCase()];
      return weekday(enDays.indexOf(m[2]!.toLowerCase()) + 1, at, weeks);
    },
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
    /\b(in|within)\s(?:the next )?(a|an|one|two|three|four|five|six|ten|\d{1,3})\s(working days?|days?|weeks?|fortnight|months?|hours?|hrs?|h|min(?:utes)?)\b/gi,
    (m, at) => later(parseNumber(m[2]!) ?? 1, m[3]!, m[1]!.toLowerCase() === 'within', at),
  ],
  [
    /\b(half an|an?|one|two|three|\d{1,3})\s(hours?|hrs?|h|min(?:utes)?|days?|weeks?) ago\b/gi,
    (m, at) => later(-(/half/i.test(m[1]!) ? 0.5 : (parseNumber(m[1]!) ?? 1)), m[2]!, false, at),
  ],

  [
    /\b(?<=(?:on|by|before|until|till|from|after|since) the )(\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|floor|shift|time|batch|lot|piece|car|gear|station))/gi,
    (m, at) => dayAlone(Number(m[1]), at),
  ],
];

function named(month: string, day: string, year: string | undefined, at: string): Found | undefined {
  const number = enMonths.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return year
    ? same(calendar.makeDate(Number(year), number, Number(day)))
    : monthDay(number, Number(day), at);
}
function later(amount: number, unit: string, span: boolean, at: string): Found {
  if (/^h/i.test(unit)) return fromNow(at, Math.round(amount * 60), span);
  if (/^min/i.test(unit)) return fromNow(at, amount, span);
  if (/^month/i.test(unit)) {
    const today = calendar.dateOf(at);
    return same(calendar.dayOfMonth(today, amount, Number(today.slice(8))), span ? { span } : {})!;
  }
  if (/^fortnight/i.test(unit)) return inDays(at, 14 * amount, span);
  return inDays(at, /week/i.test(unit) ? amount * 7 : amount, span);
}
