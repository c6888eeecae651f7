/** When a change takes effect and when it is due, and dates that move by days or weeks. */
import * as calendar from '../calendar.ts';
import { asFuture } from '../moments.ts';
import { parseNumber } from '../numbers.ts';
import { overlaps, type Passage } from '../passage.ts';
import type { TimeMention } from '../times.ts';
import type { ChangeType } from './change-request.ts';

const effectiveAfter =
  /^\s?(?:[((][^))]{0,8}[))])?\s?(?:的?断点|断点|起|开始|生效|切换|实施|执行|启用|切|上线|投产|以后生产|导入)/;
const effectiveBefore =
  /(?:断点(?:时间|日期)?|生效(?:日期|时间)?|切换(?:时间|日期)?|实施日期|自|从|effective(?: from| date| as of)?|starting(?: from)?|start(?:s)?(?: on| from)?|from|as of|valid from|cut-?in(?: date)?|break ?point|SOP|implement(?:ed)? (?:on|from)|beginning|kick(?:s)? in)\s?[::]?\s?(?:on |at )?$/i;
const dueAfter =
  /^\s?(?:下班)?(?:之前|以前|前|内|必须|务必|就?要|得|到(?!\d)|交|送|发|能到|需|上午|下午|dock|delivery)/;
const dueBefore =
  /(?:截止(?:到|至|日期)?|最晚|最迟|不晚于|务必|赶在|需求(?:日期|时间)|交期|要在|by|before|until|till|due|no later than|not later than|latest|deadline|needed|need(?:s)? (?:it|them)|deliver(?:ed|y)?|dock|on site|arriv\w+|want(?:s|ed)?(?: it| them)?)\s?[::]?\s?(?:the |on |by |at )?$/i;
/** A time that names a plan or an event gone by, not a deadline. */
const aside =
  /^(?:'s)?\s?(?:的(?:\d+|订单|计划|量|货|要货)|release|order|schedule|call-?off|plan|forecast|那批|批次|订单|计划|要货)/i;
const gone = /^\s?(?:客户|下午说|说|来(?:电|邮件)|收到|通知|发(?:来|的)?(?:邮件|通知)|开会|会上|已经|定的)/;

/** 不是12月4号: the date that does not hold. */
const denied = /(?:不是|而非|不再是|\bnot)\s?(?:on |by )?$/i;

const isDeadline = (t: TimeMention): boolean =>
  /^(?:by|before|until|at) |EOD|COB|end of/i.test(t.text) ||
  (t.span === true && (!t.week || /[内里]$/.test(t.text)));
/** A clock time apart from its day (今天加送20只,16:00前) is on that day. */
function onDay(text: string, t: TimeMention, all: readonly TimeMention[]): TimeMention {
  const day = t.date
    ? undefined
    : all.find(
        (other) =>
          other.date &&
          !other.time &&
          !other.span &&
          !/[。;;!\n]/.test(text.slice(Math.min(other.end, t.end), Math.max(other.start, t.start))),
      );
  return day?.date ? { ...t, date: day.date } : t;
}

export interface Dates {
  due?: string;
  effectivity?: string;
}
export function datesOf(
  p: Passage,
  type: ChangeType,
  used: readonly { start: number; end: number }[],
): Dates {
  const { text, at } = p;
  const dates: Dates = {};
  const technicalType =
    type === 'tech_param' ||
    type === 'quality_std' ||
    type === 'packaging' ||
    type === 'logistics' ||
    type === 'plan_adjust';
  const left = p.times.filter((t) => !used.some((span) => overlaps(t, span)));
  const weak: string[] = [];
  for (const t of left) {
    const before = text.slice(Math.max(0, t.start - 18), t.start);
    const after = text.slice(t.end, t.end + 10);
    const value = asFuture(onDay(text, t, left), at);
    if (!value || value < calendar.dateOf(at)) continue;
    const isPastToday =
      /今天|刚才|昨天|早上|上午|today|this morning/i.test(t.text) && !t.time && gone.test(after);
    if (isPastToday || aside.test(after) || denied.test(before)) continue;
    if (effectiveAfter.test(after) || effectiveBefore.test(before)) dates.effectivity ??= value.slice(0, 10);
    else if (dueAfter.test(after) || dueBefore.test(before) || isDeadline(t)) dates.due ??= value;
    else if (!t.week && technicalType && type !== 'plan_adjust') dates.effectivity ??= value.slice(0, 10);
    else if (!t.week && !gone.test(after)) weak.push(value);
  }
  dates.due ??= weak[0];
  return dates;
}

/** A named date that moves by days or weeks: `下周五那批…延后一周`, `Friday's delivery two days later`. */
export function shiftOf(p: Passage, type: ChangeType): { from: string; to: string } | undefined {
  if (type !== 'delivery_pull_in' && type !== 'delivery_push_out') return undefined;
  const m =
    /([一二两三四五六七八九十\d]{1,3}|a|one|two|three|four|five)\s?个?(工作日|天|日(?!期)|周|星期|礼拜|days?|weeks?)/i.exec(
      p.text,
    );
  const amount = m && parseNumber(m[1]!.replace(/^a$/i, 'one'));
  const named = p.times.find(
    (t) => t.date && (!m || t.end <= m.index || t.start >= m.index + m[0].length) && !t.week,
  );
  if (!m || !amount || !named) return undefined;
  const days = amount * (/周|星期|礼拜|week/i.test(m[2]!) ? 7 : 1) * (type === 'delivery_pull_in' ? -1 : 1);
  return { from: named.date!, to: calendar.addDays(named.date!, days) };
}
