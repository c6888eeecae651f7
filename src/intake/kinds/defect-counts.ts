/** How many: bad, inspected, suspect. Told apart by the words on either side of each counted quantity. */
import { numberSource, parseNumber } from '../numbers.ts';
import { defectMode } from '../modes.ts';
import type { Passage } from '../passage.ts';
import type { Quantity } from '../quantities.ts';

const ngBefore =
  /(?:[件个台套只]里|NG|不良品?|不合格品?|缺陷|坏件?|划伤|异常|其中|挑出|挑选出|发现|检出|查出|有|出现|又有|又出|又|坏了|漏装|少装|错装|装错|n\.?o\.?k\.?|defects?|defective|found|rejected|reject|bad|on|of them)\s?(?:了|数|数量|件数|件|品|的)?\s?[::]?\s?(?:共|一共|总共|约|大约|至少|已经?|in total )?\s?$/i;
const ngAfter =
  /^\s?(?:的)?(?:左右|都(?!是[,,。])|均|全|件|产品|零件|总成|车身|车)*\s?(?:是|为|有|被|全部|发现|存在|出现|表面|外观)*\s?(?:NG|ng|不良|不合格|坏|有问题|都是(?=[,,。]|$)|全是|划|磕|碰|变形|漏|异响|超差|毛刺|缺|断|裂|锈|脏|色差|错|混|干涉|装不|不亮|失效|松|脱|偏|无法|打不开|n\.?o\.?k|bad|defect|reject|fail|faulty|with|had|have|has|scratch|dent|rust|bent|crack|broken|leak|out of|damaged|missing|wrong|loose)/i;
const inspectedBefore =
  /(?:抽检|抽查|抽样|抽取|抽|检查|检验|全检|(?<![终总巡下来])检|来料|到货|送检|共检|挑选完?|排查|总数|out of|of|inspected|checked|sampled|sample of|inspection of|sorted|\/)\s?(?:了|总数|数|数量)?\s?[::]?\s?$/i;
const inspectedAfter =
  /^\s?(?:产品|零件|样件|样品|来料)?(?:里面?|中|内|当中|抽检|检查|挑出|中有|里有|\s?,?\s?NG\s?\d|,?其中(?!\d+[件个台只]?(?:已|流))| inspected| checked| sampled| sorted)/i;
const suspectBefore =
  /(?:可疑品?|嫌疑品?|涉及|同批次?|sorting|need sorting|围堵|在途|拦截|扣下|扣留|仓里的?|库里的?|线边的|整批|全批|这批|该批|本批|批量|库存|待判|隔离|封存|冻结|锁定|数量|剩余|剩下|还有|suspect|affected|quarantined|blocked|lot of|batch of|whole lot|remaining|stock of|contain(?:ed)?|isolated)\s?(?:批次|品|件|的|数量|了|有|约|共|剩|lot|batch|parts|,)*\s?[::(]?\s?$/i;
const suspectAfter =
  /^\s?(?:全部?|都|整批|已|均|先|也|暂时?)*(?:要?挑(?!出|选出|到)|待挑|可疑|隔离|封存|冻结|锁|待判|待检|on hold| suspect| quarantined| blocked| isolated)|^[^,。;\d]{0,6}(?:全部?(?:要)?(?:挑|检|隔离)|都要(?:挑|检))/i;
/** 整批, the whole lot: all of it is in doubt. */
export const wholeLot =
  /整批|全批|整箱|全部(?:不良|NG|都)|\b(?:whole|entire|complete) (?:lot|batch|shipment)\b|\ball (?:of them|parts) (?:ng|bad|are)\b/i;
const okWords = /^\s?(?:OK|ok|合格|good)/;

export interface Counts {
  qty_ng?: number;
  qty_inspected?: number;
  qty_suspect?: number;
  unit?: string;
}

export function countsOf(p: Passage): Counts {
  const { text } = p;
  const counts: Counts = {};
  const bare = bareCounts(text);
  if (bare) Object.assign(counts, bare);
  let rest: Quantity[] = [];
  const fault = defectMode(text);
  for (const q of p.quantities) {
    if (q.unit === 'kg' || q.sign) continue;
    const before = text.slice(Math.max(0, q.start - 14), q.start);
    const after = text.slice(q.end, q.end + 14);
    if (
      /(?:封样|留样|样件|样品|少|欠|缺|每|追加|增加|再送|补|少了|missing) ?(?:了)?$/i.test(before) &&
      !/缺陷$/.test(before)
    )
      continue;
    if (/每(?:箱|托|车)$/.test(before) || /^\s?(?:per|\/)/.test(after)) continue;
    if (q.unit === 'box' && p.quantities.some((other) => other.unit === 'pcs' || other.unit === 'set'))
      continue;
    if (
      okWords.test(after) ||
      /^\s?(?:库存)?(?:地点|地方|位置|步骤|措施|工序|方向|原因)/.test(after) ||
      /^\s?(?:已(?:经)?(?:装|流|补|换|修|下线|发)|流)/.test(after) ||
      /(?:影响|affect\w*)\D{0,4}$/i.test(before) ||
      /^\s?(?:车)?(?:受影响|affected)/i.test(after)
    )
      continue;
    if (inspectedAfter.test(after)) counts.qty_inspected ??= q.value;
    else if (suspectBefore.test(before) || suspectAfter.test(after)) counts.qty_suspect ??= q.value;
    else if (inspectedBefore.test(before) && !/(?:挑出|检出|抽出|查出)\s?$/.test(before)) {
      // 来料100件,抽检10件: what came in is only inspected if nothing else is.
      if (/(?:来料|到货)\s?(?:了|数)?$/.test(before) && /抽|检查|检验/.test(text.slice(q.end))) {
        if (wholeLot.test(text)) counts.qty_suspect ??= q.value;
      } else {
        counts.qty_inspected ??= q.value;
        if (/^\s?(?:全部?|都|均)(?:是|为)?(?!检|数|OK|ok|合格|没)/.test(after)) counts.qty_ng ??= q.value;
      }
    } else if (
      ngAfter.test(after) ||
      ngBefore.test(before) ||
      (fault &&
        fault.mode !== 'missing' &&
        q.start >= fault.end &&
        /^[了的共::\s]{0,2}$/.test(text.slice(fault.end, q.start)))
    )
      counts.qty_ng ??= q.value;
    else {
      rest.push(q);
      continue;
    }
    counts.unit ??= q.unit;
  }
  if (counts.qty_ng === undefined) {
    const name = p.partNames.find((part) => part.plural && numberBefore(text, part.start) !== undefined);
    if (name) counts.qty_ng = numberBefore(text, name.start)!;
  }
  // A single count left over in a message about a defect counts what is bad.
  rest = rest.filter((q) => !/^\s?(?:一|1)(?:个|件|辆|台)?$/.test(q.text) || rest.length === 1);
  if (counts.qty_ng === undefined && rest.length > 0 && counts.qty_suspect === undefined) {
    counts.qty_ng = rest[0]!.value;
    counts.unit ??= rest[0]!.unit;
  }
  counts.qty_suspect ??= theRest(text);
  if (
    counts.qty_ng !== undefined &&
    counts.qty_inspected !== undefined &&
    counts.qty_ng > counts.qty_inspected
  ) {
    [counts.qty_ng, counts.qty_inspected] = [counts.qty_inspected, counts.qty_ng];
  }
  if (
    /(?:whole|entire) (?:lot|batch)|整批|全批/i.test(text) &&
    counts.qty_suspect === undefined &&
    counts.qty_inspected === undefined &&
    counts.qty_ng !== undefined &&
    counts.qty_ng >= 20 &&
    !/NG|不良/i.test(text)
  ) {
    counts.qty_suspect = counts.qty_ng;
    delete counts.qty_ng;
  }
  if (
    counts.unit === undefined &&
    (counts.qty_ng ?? counts.qty_suspect ?? counts.qty_inspected) !== undefined
  )
    counts.unit = 'pcs';
  return counts;
}

/** `sort the remaining 400`, `剩下的400还没查`: all that is in doubt, without a unit. */
function theRest(text: string): number | undefined {
  const m =
    /(?:剩下的?|剩余的?|其余的?|余下的?|\b(?:remaining|other|rest of the))\s?(\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d:./%-])(?!\s?(?:min|h\b|days?|分|小时|天|mm))/i.exec(
      text,
    );
  return m ? parseNumber(m[1]!) : undefined;
}

const beforeNoun = new RegExp(
  `(?<![\\w.,/-])(${numberSource})\\s(?:more |extra |additional |bad |ng |defective |rejected |rusty |scratched |bent |broken |cracked |damaged |faulty |dirty |dented |wrong |deformed |leaking |loose )?$`,
  'i',
);
/** The number straight before a plural noun. */
export function numberBefore(text: string, index: number): number | undefined {
  const m = beforeNoun.exec(text.slice(Math.max(0, index - 40), index));
  if (!m || /^(?:a|an)$/i.test(m[1]!)) return undefined;
  return parseNumber(m[1]!);
}

/** `3/12 NG`, `3 of 12`, `NG 3`, `12抽3NG`: counts without a unit. */
function bareCounts(text: string): Counts | undefined {
  const of =
    /(?<![\w.])(\d{1,5})\s?(?:(?:pcs|pieces|parts|cars|units)?\s?(?:NG|bad|defective|nok|rejected|failed)\s)?(?:\/|out of|of(?: the)?(?: [a-z]+)?)\s?(\d{1,6})(?![\d/]|\s?(?:mm|days|hours))\s?(?:pcs|pieces|parts|件)?/i.exec(
      text,
    );
  if (
    of &&
    Number(of[1]) <= Number(of[2]) &&
    (/of/i.test(of[0]) ||
      Number(of[2]) > 31 ||
      /NG|不良|不合格|bad|defect|fail|nok|抽检|reject/i.test(
        text.slice(Math.max(0, of.index - 8), of.index + of[0].length + 10),
      ))
  ) {
    return { qty_ng: Number(of[1]), qty_inspected: Number(of[2]) };
  }
  const drawn =
    /抽(?:检|查)?了?\s?(\d{1,5})(?!\d)\s?(?:件|个|只|台|套)?[,,]?\s?(?:有|里|中|其中)?\s?(\d{1,5})\s?(?:件|个|只|台|套)?\s?(?:NG|不良|不合格|坏)/i.exec(
      text,
    );
  if (drawn) return { qty_inspected: Number(drawn[1]), qty_ng: Number(drawn[2]) };
  const sorted =
    /\b(?:sorted|checked|inspected)\s(\d{2,6})(?!\d|[.,:]\d|\s?(?:%|pcs|pieces|parts|units|h\b|min))/i.exec(
      text,
    );
  const ng =
    /(?:\bNG|不良(?:数|品)?|不合格(?:数|品)?|\bNOK|rejects?|defects?)\s?[::=]?\s?(\d{1,5})(?!\d|\.\d|\s?(?:%|mm|pcs|件|个|台|套|只))/i.exec(
      text,
    ) ?? /(?<![\d.])(\d{1,5})\s?(?:NG|nok|rejects|defects|defective|bad)(?![a-z])/i.exec(text);
  const times = /(?:^|\s)[x×*]\s?(\d{1,4})\b/.exec(text);
  const found = ng ?? times;
  if (!found && !sorted) return undefined;
  return {
    ...(found && { qty_ng: Number(found[1]) }),
    ...(sorted && { qty_inspected: Number(sorted[1]) }),
  };
}
