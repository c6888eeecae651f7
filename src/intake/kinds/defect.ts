/**
 * Defects (DEF). How the examples fill one:
 * - `12件里3件NG` and `3 of 12`: qty_inspected 12, qty_ng 3; counted goods without a unit word are pcs.
 * - `location` is where on the part (安装孔); nominal ± tol against measured with `measure_unit`, a Φ or a bare length
 *   beside one being mm.
 * - severity (§5): a safety part, 100 suspect or parts in built vehicles S1; ten NG, a whole lot, a repeat S2; else S3.
 */
import { common, entry, partOf, type Extraction } from '../facts.ts';
import { safetyPartEn, safetyPartZh } from '../lexicon/parts.ts';
import * as words from '../lexicon/words.ts';
import { defectMode, type ModeFound } from '../modes.ts';
import { phraseBefore, type PartName } from '../parts.ts';
import type { Passage } from '../passage.ts';
import { measure, outOfTolerance } from '../measures.ts';
import { assertedMatch } from '../stance.ts';
import { dateCodeOf, lotOf, serialsOf } from '../lots.ts';
import { countsOf, wholeLot, type Counts } from './defect-counts.ts';

const stages: readonly (readonly [string, RegExp])[] = [
  ['road_test', /路试|试车场|道路试验|\broad[- ]test/i],
  [
    'field',
    /售后|市场(?:反馈|端|件|车辆)|三包|4S店|终端用户|车主|经销商|\bfield (?:return|failure|issue|complaint)|\bwarranty\b|\bdealer(?:ship)?s?\b|\bend customer\b/i,
  ],
  [
    'own_plant',
    /(?:我司|我方|我们)?(?:厂内|出货(?:检|前)|出厂检|发货前|自检|OQC)|(?:我司|我方)(?:工厂|车间|产线|自检)|\b(?:our (?:own )?plant|in-?house|before shipment|outgoing inspection|OQC)\b/i,
  ],
  [
    'incoming',
    /来料|进货检|进料|进厂检|入厂检|入库检|收货检|\bIQC\b|\bincoming\b|\breceiving inspection\b|\bgoods[- ]in\b/i,
  ],
  [
    'final',
    /终检|最终检|下线检|总检|完检|整车检|成品检|交车检|质量门|(?:EOL|下线)(?:检|站|测|发现)|\bfinal (?:check|inspection|audit|control|assembly check|line check)\b|\b(?:on|at) (?:the )?final line\b|\bend[- ]of[- ]line\b|\bEOL\b|\bquality gate\b|\bPDI\b|\bbuy-?off\b/i,
  ],
  [
    'in_process',
    /装配(?:时|过程|中|线|现场|工位|车间|不上|不进)|线上|过程检|工位|产线发现|生产线发现|上线(?:时|后|装)?|装车(?:时|过程|发现|中)|巡检|在线发现|\bin[- ]process\b|\bduring assembly\b|\bat (?:the )?(?:station|line|assembly)\b|\bon (?:the )?(?:line|assembly line)\b|\bstation\b|\bassembly (?:operator|line|station)\b/i,
  ],
];

const places: readonly (readonly [string, RegExp])[] = [
  [
    'customer_line',
    /客户(?:线边|线上|现场线)|线边(?!库存|发现)|\b(?:customer(?:'s)? line(?:side)?|line[- ]?side|lineside|at (?:the )?line)\b/i,
  ],
  [
    'customer_wh',
    /客户(?:仓|库房|库)|(?:主机厂|客户端)仓|\bcustomer(?:'s|s)? (?:wh|warehouse|stock)\b|\btheir warehouse\b/i,
  ],
  ['transit', /在途(?:品|件|的|库存)?|路上的|\bin[- ]transit\b/i],
  [
    'our_fg',
    /我方(?:成品|仓)|我司(?:成品|仓)|(?:我们|厂里|厂内)?成品(?:库|仓)|我们(?:自己的?)?仓|\bour (?:fg|finished goods|warehouse|stock)\b|\bfinished goods\b/i,
  ],
  ['wip', /在制品?|\bWIP\b|\bwork in progress\b/i],
  ['sub_supplier', /(?:下级|二级|分)供(?:方|应商)(?:处|仓|库)|\bsub-?supplier(?:'s)? stock\b/i],
];
const contained =
  /扣下|扣住|隔离|封存|围堵|冻结|锁库|已锁|锁了|停用|扣留|拦截|遏制|挑选|排查|\b(?:quarantin\w+|contain\w*|isolat\w+|block(?:ed)?|on hold|put aside|segregat\w+|sort(?:ed|ing)?)\b/i;

const dispositions: readonly (readonly [string, RegExp])[] = [
  ['use_as_is', /让步(?:接收|放行|使用)|特采|\buse as is\b|\bconcession\b|\bdeviation accepted\b/i],
  [
    'return',
    /退货|要退(?!出)|退掉|(?<!售后|市场|三包|4S店)退回(?!来?的)|整批退|退给|\breturn(?:ed|ing)? (?:to|the|all|them|lot)|\bsend(?:ing)? (?:them |it |all )?back\b|\breturned\b/i,
  ],
  ['scrap', /报废|\bscrap(?:ped|ping)?\b(?! mark)/i],
  ['repair', /返修|修补|\brepair(?:ed|ing)?\b/i],
  ['rework', /返工|打磨|重工|\brework(?:ed|ing)?\b/i],
  [
    'sort',
    /挑选(?!结果|费|报告|完)|全检|全部?要?挑|要挑|派人挑|来挑|分选|\bsort(?:ing)?\b|\bsorted\b(?! \d)|\b100 ?% (?:check|inspection|sort)/i,
  ],
];

/** A clause that wants papers, tells of the past or asks: it names a defect without reporting one. */
const onlyMentioned =
  /(?:标准|判定|是不是|是否|请教|流程|定义|原因分析|怎么|如何|什么|整改(?:报告|措施|方案|情况)|8D|对策|改善|预防|培训|案例|历史|已(?:经)?(?:关闭|解决|闭环|整改完)|关闭了|上次(?:那个)?|\bclosed\b|\bsolved\b|\bfixed\b|\bresolved\b|\bcriteria\b|\bboundary sample\b|限度样)/i;

/** How much speaks for a defect, as a fact. */
export function evidence(p: Passage): number {
  const { text } = p;
  const found = defectMode(text);
  if (!found && !outOfTolerance(measure(text))) return 0;
  const counts = countsOf(p);
  const exact = found && text.slice(found.start, found.end);
  let sum = found?.mode ? 4 : 2;
  if (counts.qty_ng !== undefined || counts.qty_suspect !== undefined) sum += found?.mode ? 6 : 4;
  if (p.partNumbers.length > 0) sum += 1;
  if (p.partNames.length > 0 || p.places.model) sum += 1;
  if (stages.some(([, pattern]) => pattern.test(text))) sum += 1;
  if (lotOf(text) || serialsOf(text).length > 0 || contained.test(text)) sum += 1;
  if (counts.qty_ng === undefined && counts.qty_suspect === undefined && onlyMentioned.test(text)) sum -= 6;
  // A torn box in small talk has neither a part, a count nor a number.
  if (sum <= 4 && exact) sum -= p.partNames.length > 0 ? 0 : 2;
  return sum;
}

const spots =
  /((?:表皮|(?:卡扣|卡子|螺钉|铆钉)孔位?|定位销孔|安装孔|定位孔|螺栓孔|螺纹孔|工艺孔|销孔|孔位|孔|法兰面|安装面|密封面|结合面|配合面|A面|B面|R角|焊缝|焊点|卡脚|卡爪|卡口|插口|接口|端子|接头|翻边|(?:左|右|上|下|前|后|内|外)?(?:边缘|端面|表面|侧面|底部|顶部|根部|角部|端部|中部|侧|端|角|边)|(?:左|右)(?:上|下)角|拐角|转角|棱边|背面|正面|缝隙|分型线|浇口)+)/;
const ownSpot =
  /((?:安装|定位|螺栓|螺纹|定位销|销|工艺)孔|焊缝|焊点|密封面|法兰面|卡脚|卡爪)(?=[^,,。;\d]{0,4}(?:偏|超|错|裂|断|歪|堵|小|大|毛刺|变形|漏))/;
const spotsEn =
  /\b((?:mounting|locating|bolt|fixing|screw|pin) holes?|(?:upper|lower|left|right|inner|outer|front|rear|top|bottom) (?:edge|corner|side|flange|surface)|(?:inner |outer )?bore|edge|corner|flange|(?<=\s)hole(?! (?:diameter|size|position|distance))|weld seam|weld(?! nut| stud)|sealing surface|class A surface|A-?surface|parting line|gate mark|thread|surface)\b/i;

/** Where on the part: a spot that is named between the part and the fault, or beside a measured value. */
function locationOf(
  p: Passage,
  part: PartName | undefined,
  fault: ModeFound | undefined,
): string | undefined {
  const { text } = p;
  const from = part?.end ?? 0;
  // 孔位偏 names its own spot.
  const own = fault && /^孔位?/.exec(text.slice(fault.start, fault.end))?.[0].length;
  const until = fault ? Math.max(fault.start + (own ?? 0), from) : text.length;
  const window = text.slice(from, Math.max(until, from) + 1);
  const stated = /(?:位置|部位)\s?(?:在|是|为|:)\s?([^,,。;;\s]{2,12})/.exec(text);
  if (stated) return stated[1];
  const zh = spots.exec(window);
  if (zh) return widen(window, zh);
  // 门锁装不上,定位孔偏了: told after the fault, by a spot that is nothing else.
  const told = ownSpot.exec(text.slice(from));
  if (told) return told[1];
  if (!p.zh) return spotsEn.exec(text.replace(part?.text ?? '\n', ' '))?.[1]?.toLowerCase();
  return undefined;
}
const widen = (window: string, m: RegExpExecArray): string => {
  const before =
    /(左上|右上|左下|右下|左侧|右侧|上|下|左|右|前|后|内|外|主|副){1,2}$/.exec(
      window.slice(0, m.index),
    )?.[0] ?? '';
  return before + m[1]!;
};

const repeat =
  /又(?:出现|发现|来|有|是|划|漏|坏|发生|出|超|装|断|裂|少|错|混)|再次(?:出现|发生|发现)|重复(?:发生|出现|问题)|第[二三四五两23456]次|上(?:周|次|个月)[^,。]{0,8}(?:才|刚|也|同样|一样)|老问题|屡次|\bagain\b|\brepeat(?:ed|ing)?\b|\brecurr\w+|\bsecond time\b|\bthird time\b|\bsame (?:issue|problem|defect) as\b/i;
const built =
  /已(?:经)?装(?:车|上车|机)|装(?:到|在|上)(?:了)?(?:车|整车)上?|整车已下线|已下线(?:的)?(?:车|\d)|\b(?:already )?(?:built|assembled) (?:in|into|vehicles|cars)\b|\bin (?:built|finished|completed) (?:vehicles|cars)\b|\balready (?:installed|built) (?:in|on)\b/i;

function severityOf(
  p: Passage,
  counts: Counts,
  safety: boolean,
  impact: string | undefined,
): 'S1' | 'S2' | 'S3' {
  const { text } = p;
  if (
    safety ||
    impact === 'stop' ||
    (counts.qty_suspect ?? 0) >= 100 ||
    (counts.qty_ng ?? 0) >= 100 ||
    built.test(text)
  )
    return 'S1';
  if ((counts.qty_ng ?? 0) >= 10 || impact === 'slow' || wholeLot.test(text) || repeat.test(text))
    return 'S2';
  return 'S3';
}

function impactOf(text: string): string | undefined {
  if (
    /(?:没有?|未|不)(?:造成|导致|影响|引起)?(?:停线|生产|停产)|不影响(?:生产|装车|装配)|无影响|\bno (?:line )?(?:impact|stop)|\bwithout (?:line )?stop|\bline (?:is )?not (?:stopped|affected|impacted)/i.test(
      text,
    )
  )
    return 'none';
  if (assertedMatch(text, words.stop)) return 'stop';
  return assertedMatch(text, words.slow) ? 'slow' : undefined;
}

export function defect(p: Passage): Extraction {
  const { text } = p;
  const fault = defectMode(text);
  const measures = measure(text);
  // A value outside its tolerance says more than that the part does not fit.
  const mode =
    outOfTolerance(measures) && (!fault?.mode || fault.mode === 'dimension.misfit')
      ? 'dimension.out_of_tolerance'
      : fault?.mode;
  const counts = countsOf(p);
  // What is missing stands beside the word, what it is missing from after `on`.
  const bearer =
    mode === 'missing' && !p.zh
      ? p.partNames.find(
          (name) => fault && name.start >= fault.end && /\bon\b/i.test(text.slice(fault.end, name.start)),
        )
      : undefined;
  const known = bearer ?? partOf(p, fault?.start);
  let part = known ?? (fault && phraseBefore(text.slice(0, fault.start), fault.start, true));
  if (part && mode === 'function.electrical') part = { ...part, value: part.value.replace(/ pin$/, '') };
  const safetyWords = part ? part.value : text;
  // A stain on a steering wheel hurts nobody; a fault of what it does or is made of may.
  const harmless = /^(?:appearance|packaging)/.test(mode ?? '');
  const safety =
    /安全件|safety (?:part|critical|related)/i.test(text) ||
    (!harmless && (safetyPartZh.test(safetyWords) || safetyPartEn.test(safetyWords)));
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
    disposition: dispositions.find(([, pattern]) =>
      assertedMatch(text, new RegExp(pattern.source, 'gi'), 'possible'),
    )?.[0],
    repeat_of: repeated,
    severity: severityOf(p, counts, safety, impact),
  });
}
