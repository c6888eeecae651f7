/**
 * Change requests (CR). How the examples fill one:
 * - `from`/`to` keep their words and unit (45±3 Nm); counts are numbers with `unit`, dates are ISO dates.
 * - `attribute` is named only where the values do not tell it: 颜色 黑→深灰 yes, a torque in Nm or a material code no.
 * - `qty_delta` for more or less of an order (less is negative), `qty` for a quantity that the change applies to.
 * - `effectivity` is the breakpoint (断点, effective, 起), `due` when it must be there; both inclusive.
 * - `quality_requirement`: 不变 / unchanged in the text's language.
 * - severity: S2 when the customer's deadline is within 24 h (a bare date: today or tomorrow), else S3.
 */
import * as calendar from '../calendar.ts';
import { common, countedNoun, entry, partOf, type Draft, type Extraction } from '../facts.ts';
import { findChange, type Change } from '../changes.ts';
import {
  more,
  less,
  earlier,
  later,
  packaging,
  logistics,
  quality,
  plan,
  technical,
  hardship,
  orderCut,
  op,
  asks,
  notAChange,
} from '../lexicon/changes.ts';
import { effectivityOf, revisionOf } from './breakpoint.ts';
import { numberBefore } from './defect-counts.ts';
import { datesOf, shiftOf } from './change-dates.ts';
import { parseNumber } from '../numbers.ts';
import type { PartName } from '../parts.ts';
import { overlaps, type Passage } from '../passage.ts';
import { assertedMatch } from '../stance.ts';
import { speakerOf } from '../contact.ts';

export type ChangeType =
  | 'plan_adjust'
  | 'tech_param'
  | 'quality_std'
  | 'urgent_order'
  | 'delivery_pull_in'
  | 'delivery_push_out'
  | 'qty_decrease'
  | 'packaging'
  | 'logistics'
  | 'customer_hardship'
  | 'other';

export interface Sighting {
  type: ChangeType;
  evidence: number;
  change: Change | undefined;
  delta: number | undefined;
}

const has = (text: string, pattern: RegExp): boolean =>
  assertedMatch(text, pattern, 'possible') !== undefined;
const names = (text: string, pattern: RegExp): boolean => {
  pattern.lastIndex = 0;
  return pattern.test(text);
};

/** The counted goods that a word of more or less applies to. */
function deltaOf(
  p: Passage,
  cue: RegExp,
): { value: number; unit: string; part?: PartName; name?: string } | undefined {
  const { text } = p;
  const m = assertedMatch(text, cue, 'possible');
  if (!m) return undefined;
  const share = /^[^\d,.;]{0,12}(\d{1,6}) (?:out )?of (?:the |our |their |these )?\d/i.exec(
    text.slice(m.index),
  );
  if (share) return { value: Number(share[1]), unit: p.quantities[0]?.unit ?? 'pcs' };
  const by = /\bby (\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d:./%]| ?(?:am|pm|h\b|%))/i.exec(text.slice(m.index));
  if (by && !p.times.some((t) => t.start < m.index + by.index + by[0].length && m.index + by.index < t.end)) {
    const unit = p.quantities.find((q) => q.end > m.index + by.index)?.unit ?? p.quantities[0]?.unit ?? 'pcs';
    return { value: parseNumber(by[1]!)!, unit };
  }
  const near = p.quantities
    .filter(
      (q) =>
        !/(?:每|per|a|共|合计|总计|达到|total(?: of)?)\s?$/i.test(
          text.slice(Math.max(0, q.start - 9), q.start),
        ) && !/^\s?(?:库存|旧件|在库)/.test(text.slice(q.end, q.end + 4)),
    )
    .toSorted((a, b) => distance(a, m) - distance(b, m))[0];
  if (near) return { value: near.value, unit: near.unit };
  for (const part of p.partNames) {
    const value = part.plural || p.zh ? numberBefore(text, part.start) : undefined;
    if (value !== undefined) return { value, unit: 'pcs', part };
    const setOf = /^\s?(sets?|kits?|pcs|pieces|units|boxes)\b/i.exec(text.slice(part.end));
    const count = setOf && numberBefore(text, part.start);
    if (count !== undefined && count !== null && setOf)
      return {
        value: count,
        unit: /^(?:set|kit)/i.test(setOf[1]!)
          ? 'set'
          : /^unit/i.test(setOf[1]!)
            ? 'unit'
            : /^box/i.test(setOf[1]!)
              ? 'box'
              : 'pcs',
        part,
      };
  }
  const counted = p.zh ? undefined : countedNoun(text);
  if (counted) return { value: counted.value, unit: 'pcs', name: counted.name };
  // A bare number counts goods only where goods are named.
  if (p.partNames.length + p.partNumbers.length + p.ids.length === 0 && !p.places.model) return undefined;
  const after =
    /^[^\d\n,。]{0,8}?\s?\+?(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d+)?)\s?([kKwW万千])?(?![\d/:月号日.-]|\s?(?:%|天|周|点|mm|Nm|days|weeks|h\b|am|pm))/.exec(
      text.slice(m.index + (m[0].startsWith('+') ? 0 : m[0].length)),
    );
  const value = after && parseNumber(after[1]! + (after[2] ?? ''));
  if (
    value !== undefined &&
    value !== null &&
    after &&
    !p.times.some((t) =>
      overlaps(t, { start: m.index + m[0].length, end: m.index + m[0].length + after[0].length }),
    ) &&
    !p.partNumbers.some((n) =>
      overlaps(n, { start: m.index + m[0].length, end: m.index + m[0].length + after[0].length }),
    )
  ) {
    return { value, unit: p.quantities[0]?.unit ?? 'pcs' };
  }
  return undefined;
}
const distance = (span: { start: number; end: number }, m: RegExpExecArray): number =>
  span.start >= m.index ? span.start - m.index : (m.index - span.end) * 1.5 + 1;

/** What a passage asks to change. */
export function sight(p: Passage): Sighting | undefined {
  const { text } = p;
  if (notAChange.test(text)) return undefined;
  const change = findChange(p);
  const plus = deltaOf(p, more);
  const minus = deltaOf(p, less);
  const changed = names(text, op) || change !== undefined;
  const moved = has(text, earlier) ? 'delivery_pull_in' : has(text, later) ? 'delivery_push_out' : undefined;
  const base =
    (asks.test(text) ? 1 : 0) +
    (p.partNames.length + p.partNumbers.length > 0 ? 1 : 0) +
    (p.places.model ? 1 : 0);
  const found = (type: ChangeType, evidence: number, delta?: number): Sighting => ({
    type,
    evidence: evidence + base,
    change,
    delta,
  });

  const dated = p.times.some((t) => t.date);
  const goods =
    /交付|交货|交期|到货|送货|发货|供货|订单|要货|那批|这批|货|料|deliver|ship|order|due|lead time|release|call-?off|batch|lot|parts/i.test(
      text,
    ) ||
    p.partNames.length + p.partNumbers.length > 0 ||
    p.places.model !== undefined ||
    // 周四的200套: what is counted is goods, whoever its name is.
    p.quantities.length > 0 ||
    p.ids.length > 0;
  const values = change && (change.kind === 'date' ? 'date' : 'value');
  if (
    moved &&
    goods &&
    (dated ||
      values === 'date' ||
      p.durations.length > 0 ||
      /\d\s?天|一天|两天|[三四五]天|一?周|days?|weeks?/i.test(text)) &&
    values !== 'value'
  )
    return found(moved, 6);
  if (names(text, packaging) && changed && !/破|坏|damaged|torn|wet|受潮/.test(text))
    return found('packaging', change ? 7 : 5);
  // 质量标准不变 is a condition and no change of the standard.
  if (names(text.replace(unchangedZh, ''), quality) && changed && !/(?:扭矩|力矩|torque)/i.test(text))
    return found('quality_std', change ? 7 : 5);
  if (plus && !change) return found('urgent_order', 6, plus.value);
  if (minus && !change) return found('qty_decrease', 6, -minus.value);
  if (change) {
    if (change.kind === 'date') {
      const type =
        String(change.to) < String(change.from ?? change.to) ? 'delivery_pull_in' : 'delivery_push_out';
      return goods ? found(change.from ? type : (moved ?? type), 5) : undefined;
    }
    if (names(text, logistics)) return found('logistics', 6);
    if (change.kind === 'count') {
      const fewer =
        typeof change.from === 'number' && typeof change.to === 'number' && change.to < change.from;
      // An order that is cut says so; a rate that falls is a plan.
      if (
        fewer &&
        has(text, orderCut) &&
        !/每[天日班周]|日产|\/(?:day|shift|week|天|班)|per (?:day|shift|week)|a day/i.test(text)
      )
        return found('qty_decrease', 7);
      if (names(text, plan) || p.places.model || !/订单|order|release/i.test(text))
        return found('plan_adjust', names(text, plan) ? 7 : 3);
      return found(fewer ? 'qty_decrease' : 'urgent_order', 6);
    }
    const isNamed = p.partNames.length + p.partNumbers.length > 0 || p.places.model !== undefined;
    if (change.attribute || change.technical || (isNamed && names(text, technical))) {
      return found('tech_param', 7);
    }
    if (names(text, plan)) return found('plan_adjust', 6);
    return isNamed ? found('tech_param', change.from && change.to ? 4 : 2) : undefined;
  }
  if (names(text, logistics) && changed && asks.test(text)) return found('logistics', 5);
  if (has(text, hardship) && /客户|他们|customer|they|them|their|\bus\b/i.test(text))
    return found('customer_hardship', 5);
  if (plus) return found('urgent_order', 6, plus.value);
  if (names(text, plan) && changed && asks.test(text) && (dated || p.quantities.length > 0))
    return found('plan_adjust', 4);
  if (
    /ECN|ECR|设变|工程变更|断点|engineering change|break ?point/i.test(text) &&
    (dated || p.partNumbers.length > 0 || p.partNames.length > 0)
  )
    return found('tech_param', 5);
  if (
    /\b(?:urgent|asap|rush)\b|急|加急|尽快/i.test(text) &&
    p.quantities.length > 0 &&
    /要|需|need|want|order|送/i.test(text) &&
    (p.partNames.length > 0 || p.partNumbers.length > 0)
  ) {
    return found('urgent_order', 4, p.quantities[0]!.value);
  }
  if (
    !p.zh &&
    /\b(?:needs?|wants?|requests?|requires?)\b/i.test(text) &&
    dated &&
    (p.quantities.length > 0 || countedNoun(text))
  ) {
    return found('urgent_order', 4, p.quantities[0]?.value ?? countedNoun(text)?.value);
  }
  return undefined;
}

function severityOf(due: string | undefined, at: string): 'S2' | 'S3' {
  if (!due) return 'S3';
  if (due.length === 10) return due <= calendar.addDays(calendar.dateOf(at), 1) ? 'S2' : 'S3';
  return calendar.minutesBetween(at, due) <= 1440 ? 'S2' : 'S3';
}

const unchangedZh =
  /(?:质量|品质|技术|其他|其它|标准|规格|质量要求|品质要求)[^,,。;]{0,6}(?:不变|照旧|一样|同前|不改|维持|按原|无变化)|(?:要求|标准|规格)(?:不变|照旧|一样)|质量(?:按|同)(?:原|以前|现)/;
const unchangedEn =
  /\b(?:(?:spec(?:ification)?|quality|requirements?)(?: \w+){0,2} (?:same|unchanged|as before|as usual)|same (?:spec(?:ification)?|quality|standard|requirements?)|(?:spec(?:ification)?|quality|requirements?|standard)s? (?:is |are |remains? |stays? |requirements? )*(?:unchanged|the same|as before|as is|as usual)|no change (?:in|to) (?:spec|quality)|quality as (?:usual|before)|unchanged quality)\b/i;

function attributeOf(change: Change | undefined): string | undefined {
  if (!change?.attribute || change.kind === 'date') return undefined;
  if (change.kind === 'count' && !/frequency|频次|频率/i.test(change.attribute)) return undefined;
  const values = `${change.from ?? ''} ${change.to ?? ''}`;
  if (/^(?:材料|材质|牌号|material|resin|grade)$/i.test(change.attribute)) return undefined;
  if (/Nm\b/i.test(values) && /扭矩|力矩|torque/i.test(change.attribute)) return undefined;
  if (
    /^(?:图纸|版本|图纸版本|包装|包装方式|drawing|rev|packaging|revision|plan|计划)$/i.test(change.attribute)
  )
    return undefined;
  return change.attribute;
}

export function changeRequest(p: Passage, sighting: Sighting): Extraction {
  const { text, at } = p;
  const { type, change } = sighting;
  const isMore = type === 'urgent_order';
  const delta = !change && (isMore || type === 'qty_decrease') ? deltaOf(p, isMore ? more : less) : undefined;
  const named = change?.part ?? delta?.part ?? partOf(p, change?.kind === 'value' ? change.start : undefined);
  const changedSpans = change && change.kind !== 'date' ? [{ start: change.start, end: change.end }] : [];
  const dates = datesOf(p, type, change?.spans ?? []);
  const draft: Draft = { type, ...common(p, named), contact: speakerOf(text) };
  if (!draft.part_name && delta?.name) draft.part_name = delta.name;
  draft.attribute = attributeOf(change);
  const shifted = change ? undefined : shiftOf(p, type);
  if (shifted) {
    Object.assign(draft, shifted);
    dates.due = shifted.to;
  }
  if (change) {
    if (change.kind === 'date') {
      Object.assign(draft, change.from ? { from: change.from, to: change.to } : {});
      dates.due = String(change.to);
    } else Object.assign(draft, { from: change.from, to: change.to, unit: change.unit });
  }
  if (delta ?? sighting.delta !== undefined) {
    const value = delta?.value ?? Math.abs(sighting.delta!);
    draft.qty_delta = isMore ? value : -value;
    draft.unit = delta?.unit ?? p.quantities[0]?.unit ?? 'pcs';
  }
  const stock = p.quantities.find(
    (q) =>
      /(?:库存|旧件|旧料|老件|在库|old stock|stock of|existing stock)[^,。\d]{0,8}$/i.test(
        text.slice(Math.max(0, q.start - 14), q.start),
      ) || /^\s?(?:库存|旧件|旧料|in stock|of old stock)/.test(text.slice(q.end, q.end + 10)),
  );
  if (stock) draft.stock_affected = stock.value;
  const other = p.quantities.find(
    (q) =>
      q !== stock &&
      !/(?:每(?:箱|托盘?|车|台|架|框|筐|盒|层|包|笼)?|一[箱托车架框盒]|per )(?:还是|仍然?|依旧|装|放|共|改为?)?\s?$/i.test(
        text.slice(Math.max(0, q.start - 6), q.start),
      ) &&
      !changedSpans.some((span) => overlaps(q, span)) &&
      !(change?.spans ?? []).some((span) => overlaps(q, span)),
  );
  if (draft.qty_delta === undefined && other && !draft.unit && !/^\s?(?:货|料)/.test(text.slice(other.end))) {
    draft.qty = other.value;
    draft.unit = other.unit;
  }
  if (draft.qty_delta === undefined && draft.unit === undefined) {
    const count = p.partNames
      .filter((name) => name.plural)
      .map((name) => numberBefore(text, name.start))
      .find((value) => value !== undefined);
    if (count !== undefined) Object.assign(draft, { qty: count, unit: 'pcs' });
  }
  draft.due = dates.due;
  draft.effectivity = effectivityOf(text) ?? dates.effectivity;
  draft.drawing_rev = revisionOf(text);
  draft.quality_requirement = unchangedZh.test(text)
    ? '不变'
    : unchangedEn.test(text)
      ? 'unchanged'
      : undefined;
  if (/PPAP/i.test(text))
    draft.ppap_needed = /(?:不(?:用|需)|无需|免)[^,。]{0,6}PPAP|no PPAP|PPAP not/i.test(text) ? false : true;
  draft.severity = severityOf(dates.due, at);
  return entry('change_request', draft);
}

const laterWord =
  /(?:之前|上次|刚才|前面|昨天|早上|上午)(?:那个|那批|说的|提的|报的|要的|追加的|登记的|的)|那个(?:变更|追加|加急|需求|订单)|又改(?:了|成|到)?|(?:数量|交期|时间)又|\b(?:the|that) (?:previous|earlier) (?:request|order|change)\b|\bas (?:requested|reported) earlier\b|\bupdate (?:on|to) (?:the|that|my)\b/i;

/** True where the message speaks of a request that is already on record. */
export const refersBack = (p: Passage): boolean => laterWord.test(p.text);

/** What a message that names a request adds to it, where no change is spelt out: its date. */
export function addition(p: Passage): Extraction | undefined {
  const { due, effectivity } = datesOf(p, 'other', []);
  return due || effectivity ? entry('change_request', { due, effectivity }) : undefined;
}
