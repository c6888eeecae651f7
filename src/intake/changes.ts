/**
 * Before and after: `由A改为B`, `A改B`, `从A调到B`, `A -> B`, `from A to B`, `switch from A to B`, `B instead of A`,
 * `提前到B`. Values are told apart by what they are: dates, counts with a unit, or words with their measure.
 */
import { parseNumber, zhNumberSource } from './numbers.ts';
import { trimPhrase } from './facts.ts';
import type { PartName, Span } from './parts.ts';
import { overlaps, type Passage } from './passage.ts';
import type { Unit } from './quantities.ts';
import { asFuture } from './moments.ts';

export interface Change extends Span {
  kind: 'date' | 'count' | 'value';
  from?: string | number;
  to: string | number;
  unit?: Unit;
  /** What changes, when it is named before the values (颜色, hole diameter). */
  attribute?: string;
  part?: PartName;
  /** The values look like materials, measures or colours. */
  technical: boolean;
  /** Where the two values stand. */
  spans: Span[];
}

const verbZh =
  '(?:统一|全部|临时|紧急|直接|都)?(?:要)?(?:改[为成到用至]|改(?![善进天日造])|变更[为成到至]|更改[为成到]|变[为成]|调整[为成到至]|调[为成到至]|上调[到至]|下调[到至]|换[为成到]|换(?![挡班型模人件新下上了线料算])|更换[为成]|替换[为成]|切换?[为成到]|提高[到至]|提升[到至]|升级?[到为至成]|降低?[到至为]|收紧[到至为]|加严[到至为]|放宽[到至为]|增加[到至]|加[到至]|增[到至]|减少?[到至]|缩[短小减][到至]|延长[到至]|提前[到至]|推迟[到至]|延[后期迟]?[到至]|推后[到至]|顺延[到至]|挪[到至]|往(?:后|前)[推挪提延][到至]|推[到至]|提[到至]|->|(?:到|至)(?=每天|每班|\\d|[一二三四五六七八九十两]))';
const verbStrongZh = verbZh.replace(/\|\(\?:到\|至\).*$/, ')');
const valueZh = '(?:(?![由从])[^,,。;;!!??\\n()()]){1,24}?';
const endZh =
  '(?=[,,。;;!!??\\n()()]|$|\\s(?![A-Za-zΦ°%])|了|吧|,|(?:起|开始|生效|执行|断点|切换|先|即|以后|后续|并|要求|请|麻烦))';
/** The third, where it stands, is a word without which the pattern need not be tried. */
const patterns: readonly (readonly [RegExp, 'pair' | 'swap', string?])[] = [
  [
    new RegExp(
      `(?:由|从|自|原来(?:的|是|为)?|原(?:为|是|定|计划)?|之前是)\\s?(?:目前的?|现在的?|原来的?)?(${valueZh})[,,]?\\s?(?:现|现在|需|需要|要|都|统一|拟)?${verbZh}\\s?(${valueZh})${endZh}`,
    ),
    'pair',
  ],
  [
    /\b(?:from)\s([^,;\n]{1,40}?)\s(?:to|->)\s([^,.;!?\n]{1,40}?(?:\.\d+[^,.;!?\n]{0,16}?)?)(?=[,;!?\n]|\.(?!\d)|$|\s(?:effective|starting|as of|from|by|for|on|because|due|please|pls|until|with|in|at|per)\b)/i,
    'pair',
  ],
  [
    /([^,,。;;!?\n]{1,30}?)\s?->\s?([^,,。;;!?\n]{1,30}?)(?=[,,。;;!?\n]|$|\s(?:effective|starting|as of|from|by|for|because|due|please)\b|(?:起|开始|生效|执行|断点|切换|先))/i,
    'pair',
    '->',
  ],
  [
    /\b(?:chang(?:e|es|ed|ing)|replac(?:e|es|ed|ing)|switch(?:es|ed|ing)?|convert(?:s|ed)?|swap(?:s|ped)?|move(?:s|d)?|push(?:es|ed)? out|push(?:es|ed)? back|postpone(?:s|d)?|pull(?:s|ed)? in|bring forward|raise(?:s|d)?|increase(?:s|d)?|reduce(?:s|d)?|lower(?:s|ed)?|adjust(?:s|ed)?|tighten(?:s|ed)?)\s(?:the |our |their )?([^,;\n]{1,60}?)\s(?:to|into|with|->)\s([^,.;!?\n]{1,40}?(?:\.\d+[^,.;!?\n]{0,16}?)?)(?=[,;!?\n]|\.(?!\d)|$|\s(?:effective|starting|as of|from|for|because|due|please|pls|until)\b)/i,
    'pair',
  ],
  [
    /\b((?:[^,;.\n]|\.(?=\d)){1,40}?)\sinstead of\s([^,;!?\n]{1,40}?)(?=[,;!?\n]|\.(?!\d)|$|\s(?:on|effective|starting|as of|from|for|because)\b)/i,
    'swap',
    'nstead of',
  ],
  [
    /\b(?:is now|becomes?|now)\s([^,;.\n]{1,30}?)\s\(?(?:was|previously|before)\s([^,;).\n]{1,30}?)(?=[,;).\n]|$)/i,
    'swap',
  ],
  [new RegExp(`([^,,。;;!!??\\n]{1,24}?)${verbStrongZh}\\s?(${valueZh})${endZh}`), 'pair'],
];
/** An after without a before: the new value alone. */
const only = [
  new RegExp(
    `(?:改[为成到用]|变更[为成]|调整?[为成到至]|换成|提高到|提升到|升级?[到为]|降[到至]|收紧到|加到|增加到|减到|减少到|提前[到至]|推迟[到至]|延[后期]?[到至]|推后到|顺延到|挪到)\\s?(?:每天|每班)?(${valueZh})${endZh}`,
  ),
  /\b(?:chang(?:e|es|ed)|increase(?:s|d)?|reduce(?:s|d)?|raise(?:s|d)?|pull(?:ed|s)? (?:in|forward)|push(?:ed|es)? (?:out|back)|postpone(?:d|s)?|move(?:d|s)?|bring forward|brought forward|advance(?:d|s)?|expedite(?:d)?)\b[^,.;\n]{0,50}?\sto\s([^,.;!?\n]{1,40}?)(?=[,.;!?\n]|$|\s(?:because|due|please|for)\b)/i,
];

const unitSource =
  'mm|cm|m|Nm|N|kN|μm|um|mg|kg|g|t|°C|℃|HRC|HB|HV|MPa|kPa|Pa|bar|%|°|k?Ω|ohms?|m?V|m?A|k?W|GU|dBA?|Hz|rpm|lx|cd|ppm|ml|mL|L|m?s|h|hours?|min|Shore ?[AD]?';
const measure = new RegExp(`\\d\\s?(?:${unitSource})(?![A-Za-z])|%|℃|°|Ω`);
const endsInMeasure = new RegExp(`\\d\\s?(?:${unitSource})$`);
const material =
  /^(?:PA\d|PP|PC|ABS|POM|PBT|PET|TPE|EPDM|TPO|PE\b|AL\d|SUS|Q\d{3}|DC0\d|\d{2}#|[A-Z]{2,5}[+-]?(?:GF|TD|T)\d+|AlSi)/;
const colour = /[黑白灰红蓝绿银黄棕米]色?$|\b(?:black|white|gr[ae]y|red|blue|green|silver|brown|beige)\b/i;
const countSource = new RegExp(
  `^(?:每天|每班|每周|约|共)?\\s?(\\d{1,3}(?:,\\d{3})+|\\d{1,7}(?:\\.\\d+)?|${zhNumberSource})\\s?([kKwW万千])?\\s?(?:(台份|套|sets?|kits?)|(台车|台|辆|units?|cars?|vehicles?)|(件|个|只|根|片|块|条|支|张|颗|pcs|pieces|parts)|(箱|boxes)|(车|trucks?))?(?:\\s?(?:\\/|每|per |a )\\s?(?:天|日|班|周|day|shift|week))?$`,
  'i',
);
const countUnits: readonly Unit[] = ['set', 'unit', 'pcs', 'box', 'truck'];

function asCount(text: string): { value: number; unit: Unit | undefined } | undefined {
  const m = countSource.exec(text.trim());
  const value = m && parseNumber(m[1]! + (m[2] ?? ''));
  if (!m || value === undefined || value === null) return undefined;
  const index = m.slice(3, 8).findIndex(Boolean);
  return { value, unit: index < 0 ? undefined : countUnits[index] };
}

const attributeZh =
  /(颜色|色号|材料|材质|牌号|扭矩|力矩|硬度|孔径|孔位|直径|内径|外径|长度|宽度|厚度|壁厚|高度|间隙|公差|表面处理|镀层|电镀|涂层|工艺|软件版本|图纸版本|版本|规格|型号|供应商|抽检比例|抽检频次|抽检率|检验频次|检验比例|检验标准|外观标准|外观等级|盐雾试验|盐雾|盐雾时间|AQL|CPK|Cpk|PPM|PPM目标|标准|参数|粗糙度|光泽度|光泽|清洁度|气味等级|气味|表面张力|附着力|拉拔力|插拔力|拉力|保持力|预紧力|转速|电流|电压|电阻|频率|流量|噪音|噪声|角度|深度|螺距|孔距|面差|平面度|位置度|螺纹|线径|压力|温度|重量|包装方式|包装数量|每箱数量|装箱数|包装|送货频次|配送频次|送货地点|卸货口|送货窗口|送货时间|收货时间|节拍|班次|日产量|计划|产量|数量)(?:值|要求|规格|标准)?(?:客户)?(?:要求|需要|要|需|也|都|统一)?\s?$/;
const attributeEn =
  /\b((?:hole |outer |inner |wall |burr |scratch |noise |residue |leak |pull |push |insertion |surface |bend |cable |sampling |inspection |surface |salt spray |delivery )?(?:colou?r|material|resin|torque|hardness|diameter|length|width|thickness|height|gap|flush|gloss|angle|depth|force|speed|current|voltage|resistance|flow|noise|stiffness|clearance|limit|shore hardness|tolerance|finish|coating|plating|rate|level|frequency|standard|AQL|Cpk|PPM|location|window|dock|takt|quantity|volume|pressure|weight|roughness|thread|test|duration|hours))(?: spec(?:ification)?| requirement| target)?\s?(?:goes|is|will be|changes|changed|change|should|to be|must|moves|was)?\s*(?:from)?\s*$/i;

const attributeLead =
  /(?:毛刺|飞边|划痕|划伤|压痕|凹坑|气泡|气孔|颗粒|麻点|焊渣|缩水|异响|噪音|轮廓|圆角|焊缝|焊点|表面|外观|安装|漆膜|镀锌|密封|发泡|内侧|外侧|紧固|进料|出货|来料|全尺寸|关键|尺寸|气味|盐雾|每箱|包装|送货|配送|每天|日)$/;

/** The thing that changes, at the end of what stands before its values, with the word that narrows it (焊缝抽检比例). */
function attributeIn(head: string): string | undefined {
  const zh = attributeZh.exec(head);
  if (zh) return `${attributeLead.exec(head.slice(0, zh.index))?.[0] ?? ''}${zh[1]!}`;
  return attributeEn.exec(head)?.[1]?.toLowerCase();
}

const valueAtEnd = new RegExp(
  `(?:\\s|^|[^A-Za-z0-9Φ.±+/%-])((?:Φ\\s?)?[A-Za-z0-9.+/%-]+(?:±[\\d.]+)?(?:\\s?(?:${unitSource}))?(?:±[\\d.]+\\s?(?:mm|Nm|°)?)?)$`,
);

/** The value at the end of what stands before a verb: `线束护套材料PA66` → PA66, `outer shell black` → black. */
function tail(text: string): { value: string; head: string } {
  const known = valueAtEnd.exec(text.trim());
  if (known) return { value: known[1]!, head: text.trim().slice(0, text.trim().length - known[1]!.length) };
  const attribute = attributeZh.source.replace(/\\s\?\$$/, '');
  const m = new RegExp(`^(.*${attribute})(?:由|从|为|是)?(.{1,10})$`).exec(text.trim());
  if (m) return { value: m.at(-1)!, head: m[1]! };
  const number = new RegExp(
    `((?:${zhNumberSource}|\\d[\\d,.]*)(?:台份|套|台|辆|件|个|只|根|片|块|条|支|张|箱|车|趟|次|班)?)$`,
  ).exec(text.trim());
  if (number)
    return { value: number[1]!, head: text.trim().slice(0, text.trim().length - number[1]!.length) };
  return { value: text.trim(), head: '' };
}

/** 改, 换 and 切 alone are also verbs of repair and going: they change values only where a value stands beside them. */
const bareVerb = /^[^由从自原]{1,24}(?:改|换(?!挡|班|型|模|人|线|件|料)|切)(?![为成到用至])/;
const valueLike =
  /^[A-Za-z0-9ΦM.+/%±\s-]{2,}$|\d|[黑白灰红蓝绿银黄棕米]色?$|(?:纸|木|周转|胶|塑料|料|围板)箱$|料架$|托盘$|[两单双三\d]班(?:制|倒)?$/;

const clean = (text: string): string =>
  trimPhrase(text)
    .replace(/^(?:the |a |an |our |old |new )(?=\S)/i, '')
    .replace(/(?:的话|就行|即可|可以|吧|了|呢|哈)$/, '')
    .trim();

interface Raw {
  start: number;
  end: number;
  from?: string;
  to: string;
  head: string;
}

function raw(text: string): Raw | undefined {
  for (const [pattern, order, word] of patterns) {
    if (word && !text.includes(word)) continue;
    const m = pattern.exec(text);
    if (!m) continue;
    const [first, second] = order === 'pair' ? [m[1]!, m[2]!] : [m[2]!, m[1]!];
    const open = !/^(?:由|从|自|原|之前|from\b)/i.test(m[0]);
    const split = open && order === 'pair' ? tail(first) : { value: first, head: '' };
    const swapped =
      order === 'swap'
        ? {
            value: second.replace(
              /^.*\b(?:wants?|demands?|needs?|asks? for|asked for|uses?|using|takes?|with|go(?:es)? to|deliver(?:y|ies)? to|moves? to|unload(?:ing)? at)\s/i,
              '',
            ),
            head: '',
          }
        : undefined;
    const from = clean(split.value);
    // A measure at the end is the value; what stands before it names the thing.
    const last = swapped && endsInMeasure.test(swapped.value.trim()) ? tail(swapped.value) : swapped;
    const to = clean(last?.value ?? second);
    if (order === 'swap' && /delivered|\bgot\b|receiv|wrong|发错|送错/i.test(text)) continue;
    // "change the label format to X" names the thing, not its old value.
    if (
      /^(?:chang|rais|increas|reduc|lower|adjust|tighten|mov|push|pull|postpone|bring)/i.test(m[0]) &&
      !/->|\bfrom\b/i.test(m[0]) &&
      !/\d/.test(from) &&
      !colour.test(from) &&
      !material.test(from)
    ) {
      return { start: m.index, end: m.index + m[0].length, to, head: `${text.slice(0, m.index)}${first}` };
    }
    if (!from || !to || from.length > 60 || to.length > 36) continue;
    if (
      bareVerb.test(text.slice(m.index, m.index + m[0].length)) &&
      !valueLike.test(from) &&
      !valueLike.test(to)
    )
      continue;
    return {
      start: m.index,
      end: m.index + m[0].length,
      from,
      to,
      head: `${text.slice(0, m.index)}${split.head}${last?.head ?? ''}`,
    };
  }
  for (const pattern of only) {
    const m = pattern.exec(text);
    const to = m && clean(m[1]!);
    if (m && to) return { start: m.index, end: m.index + m[0].length, to, head: text.slice(0, m.index) };
  }
  return undefined;
}

const moves =
  /提前|推迟|延|推|改|调|挪|顺延|->|\b(?:push|pull|mov|postpone|bring|brought|advance|shift|to)\w*\b/i;

/** Two dates, one of which takes the place of the other: `Dec 2 instead of Dec 4`, `12月3号要交的…推到12月8号`. */
function datePair(p: Passage): Change | undefined {
  const { text, at } = p;
  const dates = p.times.filter((t) => t.date && !t.week);
  for (let i = 0; i + 1 < dates.length; i++) {
    const [first, second] = [dates[i]!, dates[i + 1]!];
    const gap = text.slice(first.end, second.start);
    const swapped = /^\s?(?:instead of|rather than|而不是|not)\s?(?:on |the )?$/i.test(gap);
    const ahead = text.slice(Math.max(0, first.start - 60), first.start);
    const pair =
      /(?:提前|推迟|延[后期迟]?|推后?|改|调整?|挪|顺延|变更|往[前后][提推挪])[到至为成]?\s?$|->\s?$/.test(
        gap,
      ) ||
      (/\bto\s(?:the )?$/i.test(gap) && moves.test(`${ahead}${gap.slice(0, -3)}`));
    // 周三要的300套…要求明天就要: what was due then is wanted now.
    const wanted =
      /^(?:要|交|送|到|订|发)?的/.test(gap) &&
      /(?:要求|希望|想|改|最好|必须|让)(?:在|到|为)?$/.test(gap) &&
      /^\s?(?:上午|中午|下午)?(?:之?前|就)?(?:要|到|送|交)/.test(text.slice(second.end, second.end + 8));
    if (gap.length > 40 || /[。;;!\n]/.test(gap) || (!swapped && !pair && !wanted)) continue;
    const [from, to] = swapped ? [second, first] : [first, second];
    const part = p.partNames[0];
    const [was, is] = [asFuture(from, at), asFuture(to, at)];
    if (!was || !is) continue;
    return {
      start: first.start,
      end: second.end,
      kind: 'date',
      from: was,
      to: is,
      technical: false,
      spans: [first, second],
      ...(part && { part }),
    };
  }
  return undefined;
}

/** The one change of values in a passage. Clock times alone are no change of an order: an ETA moves with its truck. */
export function findChange(p: Passage): Change | undefined {
  const { text, at } = p;
  const moved = datePair(p);
  if (moved) return moved;
  const found = raw(text);
  if (!found) return undefined;
  const inside = p.times.filter((t) => overlaps(t, found));
  const toIndex = text.lastIndexOf(found.to, found.end);
  const fromIndex = found.from === undefined ? -1 : text.indexOf(found.from, Math.max(0, found.start - 30));
  const spans: Span[] = [{ start: toIndex, end: toIndex + found.to.length }];
  if (fromIndex >= 0 && found.from) spans.push({ start: fromIndex, end: fromIndex + found.from.length });
  const part =
    p.partNames.findLast((name) => name.start <= (fromIndex >= 0 ? fromIndex : found.start) + 1) ?? undefined;
  const base = { start: found.start, end: found.end, spans, technical: false, ...(part && { part }) };

  const target = inside.find((t) => overlaps(t, spans[0]!));
  if (target) {
    const to = asFuture(target, at);
    if (!to) return undefined;
    if (
      !target.date &&
      /窗口|送货时间|收货时间|交货时间|到货时间|window|time ?slot|delivery time/i.test(text)
    ) {
      const attribute = attributeIn(found.head.trimEnd()) ?? (found.from && attributeIn(found.from));
      const until = /[。;;!\n,,]/.exec(text.slice(spans[0]!.start))?.index;
      const to = clean(
        text.slice(spans[0]!.start, until === undefined ? text.length : spans[0]!.start + until),
      );
      return { ...base, kind: 'value', to, ...(attribute && { attribute }) };
    }
    if (!target.date) return undefined;
    const before = p.times.findLast(
      (t) =>
        t !== target &&
        t.end <= target.start &&
        t.date &&
        (t.start >= found.start - 2 || (spans[1] && overlaps(t, spans[1]))),
    );
    const from = before && asFuture(before, at);
    const planned =
      before ??
      p.times.find(
        (t) =>
          t !== target &&
          t.date &&
          /(?:原定(?:于)?|原计划|原来|本来|原|originally|was|scheduled(?: for)?|planned(?: for)?)\s?(?:是|在|for|on)?\s?$/i.test(
            text.slice(Math.max(0, t.start - 16), t.start),
          ),
      );
    const was = from ?? (planned && asFuture(planned, at));
    return {
      ...base,
      kind: 'date',
      to,
      ...(was && { from: was }),
      spans: [target, ...(planned ? [planned] : [])],
    };
  }
  const to = asCount(found.to);
  const from = found.from === undefined ? undefined : asCount(found.from);
  // What stands before the verb is then the subject and not the old count.
  if (
    to?.unit &&
    !from &&
    found.from !== undefined &&
    !/\d/.test(found.from.replace(/^.*[\u4e00-\u9fff:]/, ''))
  )
    delete found.from;
  const attribute = attributeIn(found.head.trimEnd());
  if (to && (from ?? found.from === undefined) && !measure.test(found.to)) {
    const unit = to.unit ?? from?.unit;
    if (found.from === undefined && !unit) return undefined;
    const counted =
      unit !== undefined ||
      /^(?:数量|计划|产量|日产量|quantity|volume|rate)$/.test(attribute ?? '') ||
      (!attribute &&
        /计划|产量|日产|数量|减量|订单|plan|volume|rate|per day|quantity|qty|call-?off|\border(?:s|ed)?\b/i.test(
          text,
        ));
    if (
      !counted ||
      /扭矩|硬度|孔径|直径|长度|厚度|压力|温度|盐雾|torque|hardness|diameter|length|thickness/i.test(
        attribute ?? '',
      )
    ) {
      return {
        ...base,
        kind: 'value',
        to: found.to,
        ...(found.from && { from: found.from }),
        ...(attribute && { attribute }),
        technical: attribute !== undefined,
      };
    }
    return {
      ...base,
      kind: 'count',
      to: to.value,
      ...(from && { from: from.value }),
      ...(unit && { unit }),
      ...(attribute && { attribute }),
    };
  }
  // A before that is a whole sentence is none.
  if (found.from !== undefined && /^(?:客户|主机厂|他们|they|the customer)/i.test(found.from))
    delete found.from;
  if (
    found.from !== undefined &&
    (/^(?:我们|请|麻烦|已|we|please|can|you)/i.test(found.from) || /[?]/.test(found.to))
  )
    return undefined;
  const technical = [found.from ?? '', found.to].some(
    (value) => measure.test(value) || material.test(value) || colour.test(value),
  );
  return {
    ...base,
    kind: 'value',
    to: found.to,
    ...(found.from !== undefined && { from: found.from }),
    ...(attribute && { attribute }),
    technical,
  };
}
