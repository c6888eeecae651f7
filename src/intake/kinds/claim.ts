/** Claims: what the customer wants paid, as `op: claim` on a defect. Items are the codes of §2.2, always S2. */
import * as calendar from '../calendar.ts';
import { common, entry, type Draft, type Extraction } from '../facts.ts';
import { parseNumber } from '../numbers.ts';
import type { Passage } from '../passage.ts';

const claimItems: readonly (readonly [string, RegExp])[] = [
  ['sorting', /挑选|\bsort(?:ing)?\b/i],
  ['rework', /返工|\brework\b/i],
  ['line_stop', /停线|\bline[- ]?(?:stop|down)|\bdowntime\b|\bstoppage\b/i],
  ['scrap', /报废|\bscrap\b/i],
  ['freight', /运费|空运|\bfreight\b/i],
  ['admin', /管理费|手续费|\badmin\w*/i],
];
const currencies: readonly (readonly [string, RegExp])[] = [
  ['EUR', /EUR|€|欧元|euros?/i],
  ['USD', /USD|\$|美元|美金|dollars?/i],
  ['CNY', /RMB|CNY|¥|¥|元|块|人民币/i],
];
const moneyPattern =
  /(?:(RMB|CNY|EUR|USD|[¥¥$€])\s?)?(?<![\d./-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?([kKwW万千])?(?![\d:]|\s?(?:分钟|min|小时|h\b|件|台|套|个|pcs|%))\s?(RMB|CNY|EUR|USD|元|块|欧元|美元|€|euros?|dollars?)?/gi;

/** Before a sum that we take on, being less than what is asked. */
const takenOn =
  /(?:只|最多|仅|愿意?|可以?|同意)(?:认|接受|承担|赔|出|认可|付)[^,。\d]{0,6}$|\b(?:(?:we|only|can|will) (?:only )?(?:accept|agree to|pay|take|cover)|accept(?:ing)? only)\b[^.,\d]{0,12}$/i;

const asksMoney =
  /索赔|扣款|扣(?:了)?我们|罚(?:款|我们|了)|赔偿|赔|挑选费|停线费|返工费|罚单|账单|收取?我们|\bcharg(?:e|es|ed|ing)\b|\bdebit|\bclaim(?:s|ed|ing)?\b(?! that)|\binvoic|\bpenalt|\bbill(?:ed|ing|s)? us\b|\bcompensation\b|\bback-?charge/i;

/** What the customer wants paid; undefined if the text names no sum and no item of §2.2. */
export function claim(p: Passage): Extraction | undefined {
  const { text } = p;
  if (!asksMoney.test(text) || /(?:流程|怎么|如何|模板|规定|how to|procedure|template)/i.test(text))
    return undefined;
  const items = claimItems
    .map(([code, pattern]) => ({ code, index: text.search(pattern) }))
    .filter(({ index }) => index >= 0)
    .toSorted((a, b) => a.index - b.index)
    .map(({ code }) => code);
  let sum = 0;
  let accepted: number | undefined;
  let currency: string | undefined;
  const total =
    /(?:共计?|合计|总共|一共|总计|total(?: of)?)\s?[::]?\s?(?:RMB|CNY|EUR|USD|[¥$€])?\s?\d(?![\d,.]*\s?(?:分钟|小时|min|h\b|件|台|套|个|pcs|hours?))/i.exec(
      text,
    );
  for (const m of text.matchAll(moneyPattern)) {
    const before = text.slice(Math.max(0, m.index - 6), m.index);
    const isMoney =
      m[1] ??
      m[4] ??
      m[3] ??
      (/(?:费|款|索赔|charge|claim)[用为了]?\s?[::]?\s?$/i.test(before) ? 'sum' : undefined);
    if (!isMoney || p.times.some((t) => m.index < t.end && t.start < m.index + m[0].length)) continue;
    if (p.ids.some((id) => m.index < id.end && id.start < m.index + m[0].length)) continue;
    const value = parseNumber(m[2]! + (m[3] ?? ''));
    if (value === undefined) continue;
    if (takenOn.test(text.slice(Math.max(0, m.index - 24), m.index))) {
      accepted = value;
      continue;
    }
    const marker = `${m[1] ?? ''}${m[4] ?? ''}`;
    currency ??= currencies.find(([, pattern]) => pattern.test(marker))?.[0];
    if (total && m.index + m[0].length >= total.index + total[0].length) {
      sum = value;
      break;
    }
    if (!total) sum += value;
  }
  if (sum === 0 && items.length === 0) return undefined;
  // Without a sum it must at least be one that is made against us.
  if (
    sum === 0 &&
    !p.ids[0] &&
    !/收到|通知|索赔(?:函|单)|向我们|我们索赔|扣(?:了)?我们|(?:要|来|发起)索赔|claims? (?:us|from us|against)|debit(?:ed|s)? us|charg\w+ us/i.test(
      text,
    )
  )
    return undefined;
  const stop = items.includes('line_stop') ? p.durations[0]?.minutes : undefined;
  const when = p.times.find(
    (t) =>
      t.past &&
      !t.week &&
      t.past <= calendar.dateOf(p.at) &&
      !/^\s?(?:之?前|以前|内)/.test(text.slice(t.end, t.end + 3)) &&
      !/(?:by|before|until)\s?$/i.test(text.slice(Math.max(0, t.start - 7), t.start)),
  );
  const disputed =
    /不认|异议|有争议|不接受|不同意|申诉|反驳|不合理|要?争|拒绝|\b(?:contest|dispute|disagree|object|reject|challenge|push back|not accept|don't accept|do not accept|refuse)\b/i.test(
      text,
    );
  const agreed =
    !disputed && accepted === undefined && /认了|接受|同意|认可|\b(?:accept(?:ed)?|agreed?)\b/i.test(text);
  const draft: Draft = {
    id: p.ids[0]?.value,
    status: disputed || accepted !== undefined ? 'disputed' : agreed ? 'accepted' : undefined,
    ...common(p, p.partNames[0]),
    claimed: sum || undefined,
    accepted,
    // Chinese sums without a currency are yuan.
    currency: sum ? (currency ?? (p.zh ? 'CNY' : undefined)) : undefined,
    claim_items: items,
    min_stopped: stop,
    occurred_on: when?.past,
    severity: 'S2',
  };
  return entry('defect', { op: 'claim', ...draft });
}
