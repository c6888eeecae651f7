/**
 * Defects (DEF) and claims on them. How the examples fill one:
 * - `12件里3件NG` and `3 of 12`: qty_inspected 12, qty_ng 3; counted goods without a unit word are pcs.
 * - `location` is where on the part (安装孔); nominal ± tol against measured with `measure_unit`, a Φ or a bare length
 *   beside one being mm.
 * - severity (§5): a safety part, 100 suspect or parts in built vehicles S1; ten NG, a whole lot, a repeat S2; else S3.
 * - a claim is `op: claim` with claim_items, S2, `disputed` when we mean to contest it.
 */
import * as calendar from '../calendar.ts';
import { common, entry, partOf, type Draft, type Extraction } from '../facts.ts';
import { safetyPartEn, safetyPartZh } from '../lexicon/parts.ts';
import * as words from '../lexicon/words.ts';
import { defectMode, type ModeFound } from '../modes.ts';
import { parseNumber, numberSource } from '../numbers.ts';
import { phraseBefore, type PartName } from '../parts.ts';
import type { Passage } from '../passage.ts';
import type { Quantity } from '../quantities.ts';
import { assertedMatch } from '../stance.ts';

const stages: readonly (readonly [string, RegExp])[] = [
  ['road_test', /路试|试车场|道路试验|\broad[- ]test/i],
  ['field', /售后|市场(?:反馈|端|件|车辆)|三包|4S店|终端用户|车主|经销商|\bfield (?:return|failure|issue|complaint)|\bwarranty\b|\bdealer(?:ship)?s?\b|\bend customer\b/i],
  ['own_plant', /(?:我司|我方|我们)?(?:厂内|出货(?:检|前)|出厂检|发货前|自检|OQC)|(?:我司|我方)(?:工厂|车间|产线|自检)|\b(?:our (?:own )?plant|in-?house|before shipment|outgoing inspection|OQC)\b/i],
  ['incoming', /来料|进货检|进料|进厂检|入厂检|入库检|收货检|\bIQC\b|\bincoming\b|\breceiving inspection\b|\bgoods[- ]in\b/i],
  ['final', /终检|最终检|下线检|总检|完检|整车检|成品检|交车检|质量门|(?:EOL|下线)(?:检|站|测|发现)|\bfinal (?:check|inspection|audit|control|assembly check|line check)\b|\bend[- ]of[- ]line\b|\bEOL\b|\bquality gate\b|\bPDI\b|\bbuy-?off\b/i],
  ['in_process', /装配(?:时|过程|中|线|现场|工位|车间|不上|不进)|线上|过程检|工位|产线发现|生产线发现|上线(?:时|后|装)?|装车(?:时|过程|发现|中)|巡检|在线发现|\bin[- ]process\b|\bduring assembly\b|\bat (?:the )?(?:station|line|assembly)\b|\bon (?:the )?(?:line|assembly line)\b|\bstation\b|\bassembly (?:operator|line|station)\b|\bline ?side\b/i],
];

const places: readonly (readonly [string, RegExp])[] = [
  ['customer_line', /客户(?:线边|线上|现场线)|线边(?!库存|发现)|\b(?:customer(?:'s)? line(?:side)?|line[- ]?side|lineside|at (?:the )?line)\b/i],
  ['customer_wh', /客户(?:仓|库房|库)|(?:主机厂|客户端)仓|\bcustomer(?:'s|s)? (?:wh|warehouse|stock)\b|\btheir warehouse\b/i],
  ['transit', /在途(?:品|件|的|库存)?|路上的|\bin[- ]transit\b/i],
  ['our_fg', /我方(?:成品|仓)|我司(?:成品|仓)|(?:我们|厂里|厂内)?成品(?:库|仓)|我们(?:自己的?)?仓|\bour (?:fg|finished goods|warehouse|stock)\b|\bfinished goods\b/i],
  ['wip', /在制品?|\bWIP\b|\bwork in progress\b/i],
  ['sub_supplier', /(?:下级|二级|分)供(?:方|应商)(?:处|仓|库)|\bsub-?supplier(?:'s)? stock\b/i],
];
const contained = /隔离|封存|围堵|冻结|锁库|停用|扣留|拦截|遏制|挑选|排查|\b(?:quarantin\w+|contain\w*|isolat\w+|block(?:ed)?|on hold|put aside|segregat\w+|sort(?:ed|ing)?)\b/i;

const dispositions: readonly (readonly [string, RegExp])[] = [
  ['use_as_is', /让步(?:接收|放行|使用)|特采|\buse as is\b|\bconcession\b|\bdeviation accepted\b/i],
  ['return', /退货|退回|整批退|退给|\breturn(?:ed|ing)? (?:to|the|all|them|lot)|\bsend(?:ing)? (?:them |it |all )?back\b|\breturned\b/i],
  ['scrap', /报废|\bscrap(?:ped|ping)?\b(?! mark)/i],
  ['repair', /返修|修补|\brepair(?:ed|ing)?\b/i],
  ['rework', /返工|打磨|重工|\brework(?:ed|ing)?\b/i],
  ['sort', /挑选|全检|全部?要?挑|要挑|分选|\bsort(?:ed|ing)?\b|\b100 ?% (?:check|inspection|sort)/i],
];

/** A clause that wants papers, tells of the past or asks: it names a defect without reporting one. */
const onlyMentioned =
  /(?:标准|判定|定义|原因分析|怎么|如何|什么|整改(?:报告|措施|方案|情况)|8D|对策|改善|预防|培训|案例|历史|已(?:经)?(?:关闭|解决|闭环|整改完)|关闭了|上次(?:那个)?|\bclosed\b|\bsolved\b|\bfixed\b|\bresolved\b|\bcriteria\b|\bboundary sample\b|限度样)/i;

/** How much speaks for a defect, as a fact. */
export function evidence(p: Passage): number {
  const { text } = p;
  const found = defectMode(text);
  if (!found && !outOfTolerance(measure(text))) return 0;
  const counts = countsOf(p);
  const exact = found && text.slice(found.start, found.end);
  let sum = found?.mode ? 4 : 2;
  if (counts.qty_ng !== undefined || counts.qty_suspect !== undefined) sum += 4;
  if (p.partNumbers.length > 0) sum += 1;
  if (p.partNames.length > 0 || p.places.model) sum += 1;
  if (stages.some(([, pattern]) => pattern.test(text))) sum += 1;
  if (lotOf(text) || serialsOf(text).length > 0 || contained.test(text)) sum += 1;
  if (counts.qty_ng === undefined && counts.qty_suspect === undefined && onlyMentioned.test(text)) sum -= 6;
  // A torn box in small talk has neither a part, a count nor a number.
  if (sum <= 4 && exact) sum -= p.partNames.length > 0 ? 0 : 2;
  return sum;
}

const ngBefore = /(?:NG|不良品?|不合格品?|缺陷|坏件?|划伤|异常|其中|挑出|挑选出|发现|检出|查出|有|出现|又有|又出|又|坏了|漏装|少装|错装|装错|n\.?o\.?k\.?|defects?|defective|found|rejected|reject|bad|on|of them)\s?(?:了|数|数量|件数|件|品|的)?\s?[::]?\s?(?:共|一共|总共|约|大约|至少|已经?|in total )?\s?$/i;
const ngAfter = /^\s?(?:的)?(?:左右|都|均|全|件|产品|零件|总成|车身|车)*\s?(?:是|为|有|被|全部|发现|存在|出现|表面|外观)*\s?(?:NG|ng|不良|不合格|坏|有问题|划|磕|碰|变形|漏|异响|超差|毛刺|缺|断|裂|锈|脏|色差|错|混|干涉|装不|不亮|失效|松|脱|偏|无法|打不开|n\.?o\.?k|bad|defect|reject|fail|faulty|with|had|have|has|scratch|dent|rust|bent|crack|broken|leak|out of|damaged|missing|wrong|loose)/i;
const inspectedBefore = /(?:抽检|抽查|抽样|抽取|抽|检查|检验|全检|检|来料|到货|送检|共检|挑选|排查|总数|out of|of|inspected|checked|sampled|sample of|inspection of|sorted|\/)\s?(?:了|总数|数|数量)?\s?[::]?\s?$/i;
const inspectedAfter = /^\s?(?:产品|零件|样件|样品|来料)?(?:里面?|中|内|当中|抽检|检查|挑出|中有|里有|,?其中| inspected| checked| sampled| sorted)/i;
const suspectBefore = /(?:可疑品?|嫌疑品?|涉及|同批次?|整批|全批|这批|该批|本批|批量|库存|待判|隔离|封存|冻结|锁定|数量|共|剩余|剩下|还有|suspect|affected|quarantined|blocked|lot of|batch of|whole lot|remaining|stock of|contain(?:ed)?|isolated)\s?(?:批次|品|件|的|数量|了|有|约|共|剩|lot|batch|parts|,)*\s?[::(]?\s?$/i;
const suspectAfter = /^\s?(?:全部?|都|整批|已|均)?(?:要?挑|待挑|可疑|隔离|封存|冻结|锁|待判|待检|on hold| suspect| quarantined| blocked| isolated)|^[^,。;\d]{0,6}(?:全部?(?:要)?(?:挑|检|隔离)|都要(?:挑|检))/i;
const okWords = /^\s?(?:OK|ok|合格|good)/;

interface Counts {
  qty_ng?: number;
  qty_inspected?: number;
  qty_suspect?: number;
  unit?: string;
}

function countsOf(p: Passage): Counts {
  const { text } = p;
  const counts: Counts = {};
  const bare = bareCounts(text);
  if (bare) Object.assign(counts, bare);
  let rest: Quantity[] = [];
  for (const q of p.quantities) {
    if (q.unit === 'kg' || q.sign) continue;
    const before = text.slice(Math.max(0, q.start - 14), q.start);
    const after = text.slice(q.end, q.end + 14);
    if (/(?:少|欠|缺|每|追加|增加|再送|补|少了|missing) ?(?:了)?$/i.test(before) && !/缺陷$/.test(before)) continue;
    if (/(?:每|一|1)(?:箱|托|车)$/.test(before) || /^\s?(?:per|\/)/.test(after)) continue;
    if (q.unit === 'box' && p.quantities.some((other) => other.unit === 'pcs' || other.unit === 'set')) continue;
    if (okWords.test(after)) continue;
    if (suspectBefore.test(before) || suspectAfter.test(after)) counts.qty_suspect ??= q.value;
    else if (inspectedBefore.test(before) && !/(?:挑出|检出|抽出|查出)\s?$/.test(before)) counts.qty_inspected ??= q.value;
    else if (inspectedAfter.test(after)) counts.qty_inspected ??= q.value;
    else if (ngAfter.test(after) || ngBefore.test(before)) counts.qty_ng ??= q.value;
    else {
      rest.push(q);
      continue;
    }
    counts.unit ??= q.unit;
  }
  // A single count left over in a message about a defect counts what is bad.
  rest = rest.filter((q) => !/^\s?(?:一|1)(?:个|件|辆|台)?$/.test(q.text) || rest.length === 1);
  if (counts.qty_ng === undefined && rest.length > 0 && counts.qty_suspect === undefined) {
    counts.qty_ng = rest[0]!.value;
    counts.unit ??= rest[0]!.unit;
  }
  if (counts.qty_ng === undefined && counts.qty_suspect === undefined) {
    const name = p.partNames.find((part) => part.plural && numberBefore(text, part.start) !== undefined);
    if (name) counts.qty_ng = numberBefore(text, name.start)!;
  }
  if (counts.qty_ng !== undefined && counts.qty_inspected !== undefined && counts.qty_ng > counts.qty_inspected) {
    [counts.qty_ng, counts.qty_inspected] = [counts.qty_inspected, counts.qty_ng];
  }
  if (/(?:whole|entire) (?:lot|batch)|整批|全批/i.test(text) && counts.qty_suspect === undefined && counts.qty_inspected === undefined && counts.qty_ng !== undefined && counts.qty_ng >= 20 && !/NG|不良/i.test(text)) {
    counts.qty_suspect = counts.qty_ng;
    delete counts.qty_ng;
  }
  if (counts.unit === undefined && (counts.qty_ng ?? counts.qty_suspect ?? counts.qty_inspected) !== undefined) counts.unit = 'pcs';
  return counts;
}

const beforeNoun = new RegExp(`(?<![\\w.,/-])(${numberSource})\\s(?:more |bad |ng |defective |rejected |rusty |scratched |bent |broken |cracked |damaged |faulty |dirty |dented |wrong |deformed |leaking |loose )?$`, 'i');
/** The number straight before a plural noun. */
export function numberBefore(text: string, index: number): number | undefined {
  const m = beforeNoun.exec(text.slice(Math.max(0, index - 40), index));
  if (!m || /^(?:a|an)$/i.test(m[1]!)) return undefined;
  return parseNumber(m[1]!);
}

/** `3/12 NG`, `3 of 12`, `NG 3`, `12抽3NG`: counts without a unit. */
function bareCounts(text: string): Counts | undefined {
  const of = /(?<![\w.])(\d{1,5})\s?(?:\/|out of|of(?: the)?(?: \w+)?)\s?(\d{1,6})(?![\d/]|\s?(?:mm|days|hours))\s?(?:pcs|pieces|parts|件)?/i.exec(text);
  if (of && Number(of[1]) <= Number(of[2]) && (/of/i.test(of[0]) || /NG|不良|不合格|bad|defect|fail|nok|抽检|reject/i.test(text.slice(Math.max(0, of.index - 8), of.index + of[0].length + 10)))) {
    return { qty_ng: Number(of[1]), qty_inspected: Number(of[2]) };
  }
  const drawn = /抽(?:检|查)?了?\s?(\d{1,5})\s?(?:件|个|只|台|套)?[,,]?\s?(?:有|里|中|其中)?\s?(\d{1,5})\s?(?:件|个|只|台|套)?\s?(?:NG|不良|不合格|坏)/i.exec(text);
  if (drawn) return { qty_inspected: Number(drawn[1]), qty_ng: Number(drawn[2]) };
  const ng = /(?:\bNG|不良(?:数|品)?|不合格(?:数|品)?|\bNOK|rejects?|defects?)\s?[::=]?\s?(\d{1,5})(?!\d|\.\d|\s?(?:%|mm|pcs|件|个|台|套|只))/i.exec(text) ?? /(?<![\d.])(\d{1,5})\s?(?:NG|nok|rejects|defects|defective|bad)(?![a-z])/i.exec(text);
  return ng ? { qty_ng: Number(ng[1]) } : undefined;
}

interface Measure {
  nominal?: number;
  tol?: number;
  measured?: number;
  measure_unit?: string;
}
const unitOf = '(mm|毫米|cm|μm|um|丝|Nm|N|V|A|mA|Ω|kg|g|℃|°C|°|度|bar|kPa|MPa|HRC|HV|HB|%|dB|L/min)?';
const withTol = new RegExp(`(Φ)?\\s?(-?\\d+(?:\\.\\d+)?)\\s?${unitOf}\\s?±\\s?(\\d+(?:\\.\\d+)?)\\s?${unitOf}`);
const measuredAfter = new RegExp(`(?:实测(?:值|为|是)?|测量(?:值|为|是)?|测得|测了|实际(?:值|尺寸|为|是|测)?|量(?:了|出来|得)|只有|measured?(?: at| as)?|measures|measurement|actual(?: is| value)?|reading(?: is)?|found at|is at|came (?:in|out) at)\\s?[::=]?\\s?(Φ)?\\s?(-?\\d+(?:\\.\\d+)?)(?!\\d|件|个|台|套)\\s?${unitOf}`, 'i');
const valueVs = new RegExp(`(Φ)?(?<![\\d.A-Za-z-])(\\d+(?:\\.\\d+)?)\\s?${unitOf}\\s?(?:超差|超上限|超下限|偏大|偏小|vs\\.?|instead of|against|\\(?(?:spec|nominal|should be|图纸|要求|标准|公称))`, 'i');
const nominalAfter = new RegExp(`(?:图纸(?:要求|值|是|为)?|要求(?:是|为)?|标准(?:值|是|为)?|名义(?:值)?|公称(?:值)?|规格(?:是|为)?|应(?:该)?(?:是|为)|spec(?:ification)?(?: is|ified)?|nominal(?: is)?|should be|drawing(?: says| is)?|instead of|vs\\.?|target)\\s?[::=]?\\s?(Φ)?\\s?(-?\\d+(?:\\.\\d+)?)(?!\\d)\\s?${unitOf}`, 'i');

const unitName = (unit: string | undefined): string | undefined =>
  unit === undefined ? undefined : ({ 毫米: 'mm', um: 'μm', '°C': '℃', 度: '°' }[unit] ?? unit);

/** Nominal, tolerance and what was measured; a length without a unit, by Φ or by its word, is in mm. */
function measure(text: string): Measure {
  const found: Measure = {};
  const tol = withTol.exec(text);
  let unit: string | undefined;
  let round = false;
  if (tol) {
    found.nominal = Number(tol[2]);
    found.tol = Number(tol[4]);
    unit = tol[5] ?? tol[3];
    round = Boolean(tol[1]);
  } else {
    const nominal = nominalAfter.exec(text);
    if (nominal) {
      found.nominal = Number(nominal[2]);
      unit = nominal[3];
      round = Boolean(nominal[1]);
    }
  }
  if (found.nominal === undefined && !/实测|测得|measured|超差|out of tol/i.test(text)) return {};
  const rest = tol ? text.slice(0, tol.index) + ' '.repeat(tol[0].length) + text.slice(tol.index + tol[0].length) : text;
  const measured = measuredAfter.exec(rest) ?? valueVs.exec(rest) ?? /(Φ)\s?(\d+(?:\.\d+)?)()/.exec(rest);
  if (measured) {
    found.measured = Number(measured[2]);
    unit = unit ?? measured[3];
    round = round || Boolean(measured[1]);
  }
  if (found.measured === undefined) return found.tol === undefined ? {} : withUnit(found, unit, round, text);
  return withUnit(found, unit, round, text);
}
function withUnit(found: Measure, unit: string | undefined, round: boolean, text: string): Measure {
  const name = unitName(unit || undefined) ?? (round || /孔|径|间隙|面差|长|宽|厚|高度|尺寸|平面度|位置度|圆度|轮廓|gap|flush|diameter|hole|length|width|thickness|height|flatness|position/i.test(text) ? 'mm' : undefined);
  return { ...found, ...(name && { measure_unit: name }) };
}
const outOfTolerance = (m: Measure): boolean =>
  m.nominal !== undefined && m.tol !== undefined && m.measured !== undefined && Math.abs(m.measured - m.nominal) > m.tol + 1e-9;

const spots = /(安装孔|定位孔|螺栓孔|螺纹孔|工艺孔|销孔|孔位|孔|法兰面|安装面|密封面|结合面|配合面|A面|B面|R角|焊缝|焊点|卡脚|卡爪|卡口|插口|接口|端子|接头|翻边|(?:左|右|上|下|前|后|内|外)?(?:边缘|端面|表面|侧面|底部|顶部|根部|角部|端部|中部|侧|端|角|边)|(?:左|右)(?:上|下)角|拐角|转角|棱边|背面|正面|缝隙|分型线|浇口)/;
const spotsEn = /\b((?:mounting|locating|bolt|fixing|screw|pin) holes?|(?:upper|lower|left|right|inner|outer|front|rear|top|bottom) (?:edge|corner|side|flange|surface)|edge|corner|flange|weld seam|weld|sealing surface|class A surface|A-?surface|parting line|gate mark|thread|surface)\b/i;

/** Where on the part: a spot that is named between the part and the fault, or beside a measured value. */
function locationOf(p: Passage, part: PartName | undefined, fault: ModeFound | undefined): string | undefined {
  const { text } = p;
  const from = part?.end ?? 0;
  const until = fault ? Math.max(fault.start, from) : text.length;
  const window = text.slice(from, Math.max(until, from) + 1);
  const zh = spots.exec(window);
  if (zh) return widen(window, zh);
  if (!p.zh) return spotsEn.exec(text.replace(part?.text ?? '\n', ' '))?.[1]?.toLowerCase();
  return undefined;
}
const widen = (window: string, m: RegExpExecArray): string => {
  const before = /(左上|右上|左下|右下|左侧|右侧|上|下|左|右|前|后|内|外|主|副){1,2}$/.exec(window.slice(0, m.index))?.[0] ?? '';
  return before + m[1]!;
};

function lotOf(text: string): string | undefined {
  const m = /(?:批次号?|批号|\blot(?: no\.?| number)?|\bbatch(?: no\.?| number)?)\s?[:#是为]?\s?([A-Za-z]?[A-Za-z0-9]*\d[A-Za-z0-9-]*)(?!\s?(?:件|pcs|个))/i.exec(text);
  return m?.[1];
}
const dateCodeOf = (text: string): string | undefined =>
  /(?:日期码|周期码|生产周期|\bdate ?code)\s?[::是为]?\s?([A-Z0-9-]{3,12})/i.exec(text)?.[1];
function serialsOf(text: string): string[] {
  const vins = text.match(/\b(?=[A-HJ-NPR-Z0-9]*\d)[A-HJ-NPR-Z0-9]{17}\b/g) ?? [];
  const named = [...text.matchAll(/(?:序列号|S\/N|\bSN|serial(?: no\.?| number)?s?|VIN(?:码|号)?)\s?[:#是为]?\s?([A-Z0-9][A-Z0-9-]{3,20})/gi)].map((m) => m[1]!);
  return [...new Set([...vins, ...named.filter((serial) => /\d/.test(serial))])];
}

const repeat = /又(?:出现|发现|来|有|是|划|漏|坏|发生|出|超|装|断|裂|少|错|混)|再次(?:出现|发生|发现)|重复(?:发生|出现|问题)|第[二三四五两23456]次|上(?:周|次|个月)[^,。]{0,8}(?:才|刚|也|同样|一样)|老问题|屡次|\bagain\b|\brepeat(?:ed|ing)?\b|\brecurr\w+|\bsecond time\b|\bthird time\b|\bsame (?:issue|problem|defect) as\b/i;
const wholeLot = /整批|全批|整箱|全部(?:不良|NG|都)|\b(?:whole|entire|complete) (?:lot|batch|shipment)\b|\ball (?:of them|parts) (?:ng|bad|are)\b/i;
const built = /已(?:经)?装(?:车|上车|机)|装(?:到|在|上)(?:了)?(?:车|整车)上?|整车已下线|已下线(?:的)?(?:车|\d)|\b(?:already )?(?:built|assembled) (?:in|into|vehicles|cars)\b|\bin (?:built|finished|completed) (?:vehicles|cars)\b|\balready (?:installed|built) (?:in|on)\b/i;

function severityOf(p: Passage, counts: Counts, safety: boolean, impact: string | undefined): 'S1' | 'S2' | 'S3' {
  const { text } = p;
  if (safety || impact === 'stop' || (counts.qty_suspect ?? 0) >= 100 || (counts.qty_ng ?? 0) >= 100 || built.test(text)) return 'S1';
  if ((counts.qty_ng ?? 0) >= 10 || impact === 'slow' || wholeLot.test(text) || repeat.test(text)) return 'S2';
  return 'S3';
}

function impactOf(text: string): string | undefined {
  if (/(?:没有?|未|不)(?:造成|导致|影响|引起)?(?:停线|生产|停产)|不影响(?:生产|装车|装配)|无影响|\bno (?:line )?(?:impact|stop)|\bwithout (?:line )?stop|\bline (?:is )?not (?:stopped|affected|impacted)/i.test(text)) return 'none';
  if (assertedMatch(text, words.stop)) return 'stop';
  return assertedMatch(text, words.slow) ? 'slow' : undefined;
}

export function defect(p: Passage): Extraction {
  const { text } = p;
  const fault = defectMode(text);
  const measures = measure(text);
  const mode = outOfTolerance(measures) && !fault?.mode?.startsWith('dimension') ? 'dimension.out_of_tolerance' : fault?.mode;
  const counts = countsOf(p);
  const known = partOf(p, fault?.start);
  const part = known ?? (fault && phraseBefore(text.slice(0, fault.start), fault.start, true));
  const safetyWords = part ? part.value : text;
  const safety = safetyPartZh.test(safetyWords) || safetyPartEn.test(safetyWords) || /安全件|safety (?:part|critical|related)/i.test(text);
  const impact = impactOf(text);
  const isContained = contained.test(text);
  const repeated = /(?:DEF-\d{8}-\d{3})/.exec(text)?.[0];
  return entry('defect', {
    mode,
    stage: stages.find(([, pattern]) => pattern.test(text))?.[0],
    ...common(p, part),
    ...counts,
    location: locationOf(p, part, fault),
    ...measures,
    lot: lotOf(text),
    date_code: dateCodeOf(text),
    serials: serialsOf(text),
    safety_related: safety ? true : undefined,
    line_impact: impact,
    containment_place: isContained ? places.find(([, pattern]) => pattern.test(text))?.[0] : undefined,
    disposition: dispositions.find(([, pattern]) => assertedMatch(text, new RegExp(pattern.source, 'gi')))?.[0],
    repeat_of: repeated,
    severity: severityOf(p, counts, safety, impact),
  });
}

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
const moneyPattern = /(?:(RMB|CNY|EUR|USD|[¥¥$€])\s?)?(?<![\d./-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?([kKwW万千])?(?![\d:]|\s?(?:分钟|min|小时|h\b|件|台|套|个|pcs|%))\s?(RMB|CNY|EUR|USD|元|块|欧元|美元|€|euros?|dollars?)?/gi;

const asksMoney = /索赔|扣款|扣(?:了)?我们|罚(?:款|我们|了)|赔偿|赔|挑选费|停线费|返工费|罚单|账单|收取?我们|\bcharg(?:e|es|ed|ing)\b|\bdebit|\bclaim(?:s|ed|ing)?\b(?! that)|\binvoic|\bpenalt|\bbill(?:ed|ing|s)? us\b|\bcompensation\b|\bback-?charge/i;

/** What the customer wants paid; undefined if the text names no sum and no item of §2.2. */
export function claim(p: Passage): Extraction | undefined {
  const { text } = p;
  if (!asksMoney.test(text) || /(?:流程|怎么|如何|模板|规定|how to|procedure|template)/i.test(text)) return undefined;
  const items = claimItems.filter(([, pattern]) => pattern.test(text)).map(([code]) => code);
  let sum = 0;
  let currency: string | undefined;
  const total = /(?:共计?|合计|总共|一共|总计|total(?: of)?)\s?[::]?\s?(?:RMB|CNY|EUR|USD|[¥$€])?\s?\d/i.exec(text);
  for (const m of text.matchAll(moneyPattern)) {
    const before = text.slice(Math.max(0, m.index - 6), m.index);
    const isMoney = m[1] ?? m[4] ?? m[3] ?? (/(?:费|款|索赔|charge|claim)[用为了]?\s?[::]?\s?$/i.test(before) ? 'sum' : undefined);
    if (!isMoney || p.times.some((t) => m.index < t.end && t.start < m.index + m[0].length)) continue;
    if (p.ids.some((id) => m.index < id.end && id.start < m.index + m[0].length)) continue;
    const value = parseNumber(m[2]! + (m[3] ?? ''));
    if (value === undefined) continue;
    const marker = `${m[1] ?? ''}${m[4] ?? ''}`;
    currency ??= currencies.find(([, pattern]) => pattern.test(marker))?.[0];
    if (total && m.index + m[0].length >= total.index + total[0].length) {
      sum = value;
      break;
    }
    if (!total) sum += value;
  }
  if (sum === 0 && items.length === 0) return undefined;
  if (sum === 0 && !p.ids[0] && !/索赔|claim|debit|扣款/i.test(text)) return undefined;
  const stop = items.includes('line_stop') ? p.durations[0]?.minutes : undefined;
  const when = p.times.find((t) => t.past && !t.week && (t.past <= calendar.dateOf(p.at)) && !/^\s?(?:之?前|以前|内)/.test(text.slice(t.end, t.end + 3)) && !/(?:by|before|until)\s?$/i.test(text.slice(Math.max(0, t.start - 7), t.start)));
  const disputed = /不认|异议|有争议|不接受|不同意|申诉|反驳|不合理|要?争|拒绝|\b(?:contest|dispute|disagree|object|reject|challenge|push back|not accept|don't accept|do not accept|refuse)\b/i.test(text);
  const accepted = !disputed && /认了|接受|同意|认可|\b(?:accept(?:ed)?|agreed?)\b/i.test(text);
  const draft: Draft = {
    id: p.ids[0]?.value,
    status: disputed ? 'disputed' : accepted ? 'accepted' : undefined,
    ...common(p, p.partNames[0]),
    claimed: sum || undefined,
    // Chinese sums without a currency are yuan.
    currency: sum ? (currency ?? (p.zh ? 'CNY' : undefined)) : undefined,
    claim_items: items,
    min_stopped: stop,
    occurred_on: when?.past,
    severity: 'S2',
  };
  return entry('defect', { op: 'claim', ...draft });
}
