/** Chinese dates: 后天, 下周三, 12月4号, 月底, 三天后. */
import * as calendar from './calendar.ts';
import { dayAlone, fromNow, inDays, monthDay, same, week, weekday, type Rule } from './dates.ts';
import { parseNumber, zhNumberSource } from './numbers.ts';

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
const count = `(\\d{1,3}(?:\\.\\d)?|半|${zhNumberSource})`;
const numeral = (text: string): number => (text === '半' ? 0.5 : (parseNumber(text) ?? Number.NaN));

/** Dates in digits, of any language: 2026-12-04, 12/15. */
export const digitDates: readonly Rule[] = [
  [
    /(?<!\d)(20\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)[日号]?/g,
    (m) => same(calendar.makeDate(Number(m[1]), Number(m[2]), Number(m[3]))),
  ],
  // A fraction such as 3/12 looks like a date: it is one only without a count or NG beside it.
  [
    /(?<![\d./-]|(?:NG|ng|不良|合格)\s{0,2}[::]?\s{0,2})(1[0-2]|0?[1-9])\/([0-3]?\d)(?![\d/.%]|\s{0,2}(?:NG|ng|件|个|台|套|pcs|parts|不良|不合格|bad|defect|fail|ok\b|OK))/g,
    (m, at) => monthDay(Number(m[1]), Number(m[2]), at),
  ],
];

export const zhDates: readonly Rule[] = [
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
  [
    /(?<![\d.])(1[0-2]|[1-9])\.([0-3]?\d)(?=\s?(?:之?前|断点|起|切换|到货|交))/g,
    (m, at) => monthDay(Number(m[1]), Number(m[2]), at),
  ],
  [
    /(?<![\d.第#])([0-3]?\d)[号日](?=之?前|以前|起|开始|到|要|交|断点|切|生效|[,,。\s]|上午|下午|早|晚)(?!\s?(?:线|楼|门|机|工位|到\d))/g,
    (m, at) => dayAlone(Number(m[1]), at),
  ],
  [
    /(大后|后|明|今|当|昨|大前|前)(?:天|日|儿|早|晚|夜|晨)(?!线)/g,
    (m, at) => same(calendar.addDays(calendar.dateOf(at), zhShift[m[1]!]!)),
  ],
  [
    /(上上|下下|上|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])(?!期|次|趟|家)/g,
    (m, at) => weekday(zhDays[m[2]!]!, at, m[1] ? zhWeeks[m[1]] : undefined),
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
  [/第?(\d{1,2})周(?!年|内|后|期)/g, (m, at) => week(Number(m[1]), at)],
];
