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
import { numberBefore } from './defect.ts';
import { parseNumber } from '../numbers.ts';
import type { PartName } from '../parts.ts';
import { overlaps, type Passage } from '../passage.ts';
import { assertedMatch } from '../stance.ts';
import { asFuture } from '../times.ts';

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

const more = /追加|加单|加订|增订|加急|急单|急要|急需|增加|加量|增量|加购|增补|多(?:要|送|备|订|做|下)|(?:再|另外?|还)(?:要|送|来|补|加|订|下|发)|加(?=\s?\d|[一二两三四五六七八九十百千])|补(?:送|货|发|单|订)|临时要|\+\s?\d|\b(?:additional|extra|more|on top of|increase(?:s|d)?|add(?:ed|ing|s)?|top[- ]?up|urgent order|rush order|extra order|raise (?:the )?order|up (?:the )?order)\b/gi;
const less = /减少|减量|减单|砍(?:掉|单|了|\d)?|取消|少(?:要|送|订|做)|退订|缩减|削减|下调订单|不要了|\b(?:cut(?:s|ting)?|cancel(?:s|led|ling|ed)?|reduce(?:s|d)?|decrease(?:s|d)?|drop(?:s|ped)?|fewer|less|lower the order|take out)\b/gi;
const earlier = /提前(?!通知|说|告|沟通|准备|联系|一?下班|预警|知)|提早|往前(?:提|挪|赶|拉)|前移|\b(?:pull(?:ed|s|ing)?[- ]?(?:in|forward|ahead|up)|bring forward|brought forward|advance(?:d|s)?|expedit(?:e|ed|ing)|earlier|move(?:d|s)? (?:up|forward|ahead)|sooner)\b/gi;
const later = /推迟|延后|延期|延迟(?:到|至|交|送|一周|\d)|推后|往后(?:推|挪|延|拖|放)|顺延|后移|延到|拖到|缓(?:一缓|交|送|发)|晚(?:点|些|\d天|[一二两三四五六七]天|一?周)(?:再)?(?:送|交|发|到)?|\b(?:push(?:ed|es|ing)?[- ]?(?:out|back)|postpon(?:e|ed|es|ing)|defer(?:red|s)?|delay (?:the |our |their )?(?:delivery|shipment|order|call-?off)|move(?:d|s)? (?:out|back|to a later)|hold (?:off|back)|later)\b/gi;

const packaging = /包装|周转箱|料架|料盒|纸箱|托盘|器具|吸塑|内衬|木箱|围板箱|每箱|装箱(?:数|量)|\b(?:packag(?:e|ing)|packing|KLT|GLT|returnable|dunnage|racks?|totes?|pallets?|cartons?|cardboard|pack size|per box|bins?)\b/gi;
const logistics = /(?:送货|配送|交货|供货|到货|发货|取货|收货|卸货|运输)(?:频次|频率|地点|地址|时间|窗口|路线|方式|点|口|批次|道口|模式|周期)|(?:改|换)(?:送|走|从.{1,8}道口|空运|专车|直送)|(?:道口|卸货口|库位|月台)|每天.{0,4}(?:趟|车次|次)|送货.{0,6}(?:趟|车次)|\b(?:delivery (?:frequency|window|location|address|point|time|slot|mode|dock)|milk ?runs?|route|unloading (?:dock|point)|(?:trips|deliveries|trucks|runs) (?:per|a) day|dock \w+ to|deliver(?:ies)? to (?:dock|gate|warehouse)|ship-?to|delivery gate|dock change|gate \d)\b/gi;
const quality = /质量标准|检验(?:标准|要求|频次|比例|规范)|外观(?:标准|等级|要求)|验收标准|抽检(?:比例|频次|率|数)|AQL|[Cc][Pp][Kk]|PPM(?:目标|要求|指标)|全检|标准升级|(?:标准|要求)(?:提高|收紧|升级|加严|变严|更严|从严)|(?:盐雾|耐候|老化|清洁度|VOC|气味)(?:试验|测试)?(?:要求|标准|等级|时间)?|\b(?:quality (?:standard|requirement|level|criteria)|inspection (?:level|standard|rate|frequency|plan)|sampling (?:rate|plan|level)|AQL|Cpk|acceptance (?:criteria|standard|limit)|100 ?% (?:inspection|check)|salt spray|cleanliness|PPM target|appearance standard)\b/gi;
const plan = /(?:生产|日|周|月|排产|装车|需求|要货|滚动|上线)?计划(?!部|员)|排产|排程|日产(?:量)?|产量|产能(?:需求|要求)|班次|班产|(?:两|单|双|三|\d)班(?:制|倒)?|生产顺序|上线顺序|节拍|JPH|预测|\b(?:build (?:plan|rate)|production (?:plan|schedule|volume|rate)|schedule|call-?off|forecast|takt|volume|JPH|per (?:day|shift|week)|daily (?:rate|volume|plan)|shifts?|units\/day|cars\/day)\b/gi;
const technical = /ECN|ECR|ECO|设变|工程变更|设计变更|图纸|版本|扭矩|力矩|材料|材质|牌号|颜色|色号|尺寸|公差|孔径|直径|长度|宽度|厚度|壁厚|硬度|镀层|电镀|表面处理|涂层|工艺|参数|规格|型号|螺纹|线径|胶|断点|\b(?:ECN|ECR|ECO|engineering change|drawing|torque|spec(?:ification)?|material|colou?r|dimension|tolerance|diameter|thickness|hardness|coating|plating|surface finish|rev(?:ision)? [A-Z0-9]|grade|parameter|length|width|resin)\b/gi;
const hardship = /支援|借(?:调|用|\d|几|一)(?!口)|帮(?:忙|他们|客户)[^,。]{0,10}(?:派|出|顶|挑|借|垫|代)|(?:客户|他们)[^,。]{0,10}(?:人手|人员|工人|场地|仓库|库容|产能|资金|叉车|器具)(?:不足|不够|紧张|紧缺|爆仓|满了|短缺)|代(?:储|存|装)|爆仓|缺人|\b(?:lend|borrow|help (?:them|the customer|out)|manpower|short[- ]?(?:of|on)? ?(?:staff|staffed|people|operators|workers|manpower)|support (?:them|the customer|with (?:people|operators|manpower))|store (?:for|parts for) them|warehouse (?:is )?full)\b/gi;
const op = /改|变更|调整|调[到为成至整]|换|升级|升[到至]|提高|降[到至为低]|收紧|加严|放宽|切换|取代|替换|变[为成]|增加到|加到|减到|上调|下调|由.{1,16}到|从.{1,16}到|执行新|按新|->|\b(?:chang(?:e|es|ed|ing)|switch(?:es|ed|ing)?|replac(?:e|es|ed|ing)|rais(?:e|es|ed)|tighten(?:s|ed)?|updat(?:e|ed|es)|instead of|adjust(?:s|ed)?|mov(?:e|es|ed)|modif(?:y|ied|ies)|goes? (?:from|to|up|down)|go (?:from|to)|from .{1,30} to |supersed\w+|convert(?:s|ed)?|becomes?|lower(?:s|ed)?|revis(?:e|ed)|ramp(?:s|ed)?|bump(?:s|ed)?)\b/gi;
/** Words that make a wish an order, or show whose it is. */
const asks = /客户|主机厂|要求|通知|需要|要(?!是|不)|麻烦|请|订单|合同|确认过|发函|邮件|\b(?:customer|wants?|asks?|asked|needs?|requests?|requested|requires?|please|pls|order|release|must|notice|effective|by|notified)\b/i;
/** A change of a thing that is not ours to change on request: meetings, phones, trucks under way. */
const notAChange = /(?:会议|例会|评审|培训|聚餐|值班|电话|邮箱|密码|群名|昵称|头像|航班|酒店|我(?:去|来)改|名字)[^,。]{0,10}(?:改|换|推迟|提前|取消|延)|(?:改|换|推迟|取消)[^,。]{0,6}(?:会议|例会|密码|头像|手机|群名)|(?:meeting|call|training|password|phone|flight|lunch|shift swap|my shift)\b[^.\n]{0,20}\b(?:moved?|changed?|postponed|cancel\w*|pushed|earlier|later)|改善|改进|提前下班|提前完成|按期|如期|整改/i;

export interface Sighting {
  type: ChangeType;
  evidence: number;
  change: Change | undefined;
  delta: number | undefined;
}

const has = (text: string, pattern: RegExp): boolean => assertedMatch(text, pattern) !== undefined;
const names = (text: string, pattern: RegExp): boolean => {
  pattern.lastIndex = 0;
  return pattern.test(text);
};

/** The counted goods that a word of more or less applies to. */
function deltaOf(p: Passage, cue: RegExp): { value: number; unit: string; part?: PartName; name?: string } | undefined {
  const { text } = p;
  const m = assertedMatch(text, cue);
  if (!m) return undefined;
  const near = p.quantities
    .filter((q) => !/(?:每|per|a)\s?$/i.test(text.slice(Math.max(0, q.start - 4), q.start)) && !/^\s?(?:库存|旧件|在库)/.test(text.slice(q.end, q.end + 4)))
    .toSorted((a, b) => distance(a, m) - distance(b, m))[0];
  if (near) return { value: near.value, unit: near.unit };
  for (const part of p.partNames) {
    const value = part.plural || p.zh ? numberBefore(text, part.start) : undefined;
    if (value !== undefined) return { value, unit: 'pcs', part };
    const setOf = /^\s?(sets?|kits?|pcs|pieces|units|boxes)\b/i.exec(text.slice(part.end));
    const count = setOf && numberBefore(text, part.start);
    if (count !== undefined && count !== null && setOf) return { value: count, unit: /^(?:set|kit)/i.test(setOf[1]!) ? 'set' : /^unit/i.test(setOf[1]!) ? 'unit' : /^box/i.test(setOf[1]!) ? 'box' : 'pcs', part };
  }
  const counted = p.zh ? undefined : countedNoun(text);
  if (counted) return { value: counted.value, unit: 'pcs', name: counted.name };
  const after = /^[^\d\n,。]{0,8}?\s?\+?(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d+)?)\s?([kKwW万千])?(?![\d/:月号日.-]|\s?(?:%|天|周|点|mm|Nm|days|weeks|h\b|am|pm))/.exec(text.slice(m.index + (m[0].startsWith('+') ? 0 : m[0].length)));
  const value = after && parseNumber(after[1]! + (after[2] ?? ''));
  if (value !== undefined && value !== null && after && !p.times.some((t) => overlaps(t, { start: m.index + m[0].length, end: m.index + m[0].length + after[0].length }) ) && !p.partNumbers.some((n) => overlaps(n, { start: m.index + m[0].length, end: m.index + m[0].length + after[0].length }))) {
    return { value, unit: 'pcs' };
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
  const base = (asks.test(text) ? 1 : 0) + (p.partNames.length + p.partNumbers.length > 0 ? 1 : 0) + (p.places.model ? 1 : 0);
  const found = (type: ChangeType, evidence: number, delta?: number): Sighting => ({ type, evidence: evidence + base, change, delta });

  const dated = p.times.some((t) => t.date);
  const goods = /交付|交货|交期|到货|送货|发货|供货|订单|要货|那批|这批|货|料|deliver|ship|order|due|lead time|release|call-?off|batch|lot|parts/i.test(text) || p.partNames.length + p.partNumbers.length > 0 || p.places.model !== undefined;
  const values = change && (change.kind === 'date' ? 'date' : 'value');
  if (moved && goods && (dated || values === 'date' || p.durations.length > 0 || /\d\s?天|一天|两天|[三四五]天|一?周|days?|weeks?/i.test(text)) && values !== 'value') return found(moved, 6);
  if (names(text, packaging) && changed && !/破|坏|damaged|torn|wet|受潮/.test(text)) return found('packaging', change ? 7 : 5);
  if (names(text, quality) && changed && !/(?:扭矩|力矩|torque)/i.test(text)) return found('quality_std', change ? 7 : 5);
  if (plus && !change) return found('urgent_order', 6, plus.value);
  if (minus && !change) return found('qty_decrease', 6, -minus.value);
  if (change) {
    if (change.kind === 'date') {
      const type = String(change.to) < String(change.from ?? change.to) ? 'delivery_pull_in' : 'delivery_push_out';
      return goods ? found(change.from ? type : (moved ?? type), 5) : undefined;
    }
    if (names(text, logistics)) return found('logistics', 6);
    if (change.kind === 'count') {
      if (names(text, plan) || p.places.model || !/订单|order|release/i.test(text)) return found('plan_adjust', names(text, plan) ? 7 : 3);
      const less = typeof change.from === 'number' && typeof change.to === 'number' && change.to < change.from;
      return found(less ? 'qty_decrease' : 'urgent_order', 6);
    }
    if (names(text, technical) || change.attribute || change.technical) return found('tech_param', 7);
    if (names(text, plan)) return found('plan_adjust', 6);
    return found('tech_param', change.from && change.to ? 4 : 2);
  }
  if (names(text, logistics) && changed && asks.test(text)) return found('logistics', 5);
  if (has(text, hardship) && /客户|他们|customer|them|their/i.test(text)) return found('customer_hardship', 5);
  if (plus) return found('urgent_order', 6, plus.value);
  if (names(text, plan) && changed && asks.test(text) && (dated || p.quantities.length > 0)) return found('plan_adjust', 4);
  if (/ECN|ECR|设变|工程变更|engineering change/i.test(text) && (dated || p.partNumbers.length > 0 || p.partNames.length > 0)) return found('tech_param', 5);
  if (/\b(?:urgent|asap|rush)\b|急|加急|尽快/i.test(text) && p.quantities.length > 0 && /要|需|need|want|order|送/i.test(text) && (p.partNames.length > 0 || p.partNumbers.length > 0)) {
    return found('urgent_order', 4, p.quantities[0]!.value);
  }
  if (!p.zh && /\b(?:needs?|wants?|requests?|requires?)\b/i.test(text) && dated && (p.quantities.length > 0 || countedNoun(text))) {
    return found('urgent_order', 4, p.quantities[0]?.value ?? countedNoun(text)?.value);
  }
  return undefined;
}

const effectiveAfter = /^\s?(?:[((][^))]{0,8}[))])?\s?(?:的?断点|断点|起|开始|生效|切换|实施|执行|启用|切|上线|投产|以后生产|导入)/;
const effectiveBefore = /(?:断点(?:时间|日期)?|生效(?:日期|时间)?|切换(?:时间|日期)?|实施日期|自|从|effective(?: from| date| as of)?|starting(?: from)?|start(?:s)?(?: on| from)?|from|as of|valid from|cut-?in(?: date)?|break ?point|SOP|implement(?:ed)? (?:on|from)|beginning|kick(?:s)? in)\s?[::]?\s?(?:on |at )?$/i;
const dueAfter = /^\s?(?:下班)?(?:之前|以前|前|内|必须|务必|就?要|得|到(?!\d)|交|送|发|能到|需|上午|下午|dock|delivery)/;
const dueBefore = /(?:截止(?:到|至|日期)?|最晚|最迟|不晚于|务必|赶在|要求|需求(?:日期|时间)|交期|要在|by|before|until|till|due|no later than|not later than|latest|deadline|needed|need(?:s)? (?:it|them)|deliver(?:ed|y)?|dock|on site|arriv\w+|want(?:s|ed)?(?: it| them)?)\s?[::]?\s?(?:the |on |by |at )?$/i;
/** A time that names a plan or an event gone by, not a deadline. */
const aside = /^(?:'s)?\s?(?:的(?:订单|计划|量|货|要货)|release|order|schedule|call-?off|plan|forecast|那批|批次|订单|计划|要货)/i;
const gone = /^\s?(?:客户|下午说|说|来(?:电|邮件)|收到|通知|发(?:来|的)?(?:邮件|通知)|开会|会上|已经|定的)/;

interface Dates {
  due?: string;
  effectivity?: string;
}
function datesOf(p: Passage, type: ChangeType, used: readonly { start: number; end: number }[]): Dates {
  const { text, at } = p;
  const dates: Dates = {};
  const technicalType = type === 'tech_param' || type === 'quality_std' || type === 'packaging' || type === 'logistics' || type === 'plan_adjust';
  const left = p.times.filter((t) => !used.some((span) => overlaps(t, span)));
  for (const t of left) {
    const before = text.slice(Math.max(0, t.start - 18), t.start);
    const after = text.slice(t.end, t.end + 10);
    const value = asFuture(t, at);
    if (!value || value < calendar.dateOf(at)) continue;
    if (/(?:今天|刚才|昨天|早上|上午|today|this morning)/i.test(t.text) && !t.time && gone.test(after)) continue;
    if (effectiveAfter.test(after) || effectiveBefore.test(before)) dates.effectivity ??= value.slice(0, 10);
    else if (dueAfter.test(after) || dueBefore.test(before) || /^(?:by|before|until|at) /i.test(t.text) || (t.span && !aside.test(after)) || /EOD|COB|end of/i.test(t.text)) dates.due ??= value;
    else if (aside.test(after) || t.week) continue;
    else if (technicalType && type !== 'plan_adjust') dates.effectivity ??= value.slice(0, 10);
    else if (!gone.test(after)) dates.due ??= value;
  }
  return dates;
}

function severityOf(due: string | undefined, at: string): 'S2' | 'S3' {
  if (!due) return 'S3';
  if (due.length === 10) return due <= calendar.addDays(calendar.dateOf(at), 1) ? 'S2' : 'S3';
  return calendar.minutesBetween(at, due) <= 1440 ? 'S2' : 'S3';
}

const unchangedZh = /(?:质量|品质|技术|其他|其它|标准|规格|质量要求|品质要求)[^,,。;]{0,6}(?:不变|照旧|一样|同前|不改|维持|按原|无变化)|(?:要求|标准|规格)(?:不变|照旧|一样)|质量(?:按|同)(?:原|以前|现)/;
const unchangedEn = /\b(?:same (?:spec(?:ification)?|quality|standard|requirements?)|(?:spec(?:ification)?|quality|requirements?|standard)s? (?:is |are |remains? |stays? |requirements? )*(?:unchanged|the same|as before|as is|as usual)|no change (?:in|to) (?:spec|quality)|quality as (?:usual|before)|unchanged quality)\b/i;

function attributeOf(change: Change | undefined): string | undefined {
  if (!change?.attribute || change.kind !== 'value') return undefined;
  const values = `${change.from ?? ''} ${change.to ?? ''}`;
  if (/^(?:材料|材质|牌号|material|resin|grade)$/i.test(change.attribute)) return undefined;
  if (/Nm\b/i.test(values) && /扭矩|力矩|torque/i.test(change.attribute)) return undefined;
  if (/^(?:图纸|版本|图纸版本|包装|包装方式|drawing|rev|packaging|revision|plan|计划)$/i.test(change.attribute)) return undefined;
  return change.attribute;
}

export function changeRequest(p: Passage, sighting: Sighting): Extraction {
  const { text, at } = p;
  const { type, change } = sighting;
  const isMore = type === 'urgent_order';
  const delta = !change && (isMore || type === 'qty_decrease') ? deltaOf(p, isMore ? more : less) : undefined;
  const named = change?.part ?? delta?.part ?? partOf(p, change?.kind === 'value' ? change.start : undefined);
  const changedSpans = change ? [{ start: change.start, end: change.end }] : [];
  const dates = datesOf(p, type, change?.kind === 'date' ? [...changedSpans, ...change.spans] : (change?.spans ?? []));
  const draft: Draft = { type, ...common(p, named) };
  if (!draft.part_name && delta?.name) draft.part_name = delta.name;
  draft.attribute = attributeOf(change);
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
  const stock = p.quantities.find((q) => /(?:库存|旧件|旧料|在库|old stock|stock of|existing stock)[^,。\d]{0,8}$/i.test(text.slice(Math.max(0, q.start - 14), q.start)) || /^\s?(?:库存|旧件|旧料|in stock|of old stock)/.test(text.slice(q.end, q.end + 10)));
  if (stock) draft.stock_affected = stock.value;
  const other = p.quantities.find((q) => q !== stock && !changedSpans.some((span) => overlaps(q, span)) && !(change?.spans ?? []).some((span) => overlaps(q, span)));
  if (draft.qty_delta === undefined && other && !draft.unit && !/^\s?(?:货|料)/.test(text.slice(other.end))) {
    draft.qty = other.value;
    draft.unit = other.unit;
  }
  draft.due = dates.due;
  draft.effectivity = effectivityOf(text) ?? dates.effectivity;
  draft.drawing_rev = revisionOf(text);
  draft.quality_requirement = unchangedZh.test(text) ? '不变' : unchangedEn.test(text) ? 'unchanged' : undefined;
  if (/PPAP/i.test(text)) draft.ppap_needed = /(?:不(?:用|需)|无需|免)[^,。]{0,6}PPAP|no PPAP|PPAP not/i.test(text) ? false : true;
  draft.severity = severityOf(dates.due, at);
  return entry('change_request', draft);
}

function effectivityOf(text: string): string | undefined {
  if (/用完(?:旧|老|现有)?(?:库存|旧件|老件|旧料)|库存(?:用完|消耗完|耗尽|清完)|旧(?:件|料)用完|\brun(?:s|ning)?[- ]?out (?:old|existing|current)|\brunning change\b|\buse up (?:the )?(?:old |existing |current )?stock|\bafter (?:old |existing |current )?stock (?:is )?(?:used up|consumed|depleted)/i.test(text)) return 'run_out';
  return /(?:从|自)?批次\s?([A-Z0-9-]{4,})\s?(?:起|开始|切)/i.exec(text)?.[1] ?? /\bfrom (?:lot|batch|VIN) ([A-Z0-9-]{4,})/i.exec(text)?.[1];
}
function revisionOf(text: string): string | undefined {
  const m = /(?:图纸|图号|图面|数模)(?:版本|升版|升级)?(?:[^,。;\n]{0,4}?)(?:到|为|至|:|\s)?\s?(?:Rev\.?|版本|V)?\s?([A-Z]\d?|\d{2})(?:版|(?=[,,。;\s]|$))/i.exec(text)
    ?? /\b(?:drawing )?rev(?:ision)?\.?:? ([A-Z]\d?|\d{1,2})\b/i.exec(text) ?? /([A-Z]\d?)版(?:图|本|$|[,,。])/.exec(text);
  return m?.[1]?.toUpperCase();
}

const laterWord = /(?:之前|上次|刚才|前面|昨天|早上|上午)(?:那个|那批|说的|提的|报的|要的|追加的|登记的|的)|那个(?:变更|追加|加急|需求|订单)|又改(?:了|成|到)?|(?:数量|交期|时间)又|\b(?:the|that) (?:previous|earlier) (?:request|order|change)\b|\bas (?:requested|reported) earlier\b|\bupdate (?:on|to) (?:the|that|my)\b/i;

/** True where the message speaks of a request that is already on record. */
export const refersBack = (p: Passage): boolean => laterWord.test(p.text);
