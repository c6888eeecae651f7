import { partModifiersEn, partNounsEn, partNounsZh, partPositionsZh, partTailsZh } from './lexicon/parts.ts';

export interface Span {
  start: number;
  end: number;
}
export interface PartNumber extends Span {
  value: string;
}
export interface PartName extends Span {
  value: string;
  /** As it stands, before expansion and singular. */
  text: string;
  /** The plural was used, so that a bare number before it counts pieces. */
  plural?: boolean;
}

const labelled =
  /(?:P\s?\/\s?N|\bPN\b|零件号|料号|件号|图号|零件编号|物料号|物料编码|编号|part\s?(?:no\.?|number|num|#)|item no\.?|material no\.?)\s*[:.#是为]?\s*([A-Za-z0-9][A-Za-z0-9._/-]{2,28}[A-Za-z0-9])/gi;
const bare =
  /(?<![A-Za-z0-9._/-])(?=[A-Z0-9-]{6,24}(?![A-Za-z0-9_-]))(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{1,10}(?:-[A-Z0-9]{1,10}){1,4}/g;
const notPart =
  /^(?:(?:CR|DEF|ESC|RSK|RPT|MAT|TQ|IMP|DOC|CFM|VIS|SAT|MKT)-\d{8}|PA\d|PP[-+]|PC[-+]|ABS[-+]|PBT|POM|PET|PPS|TPE|EPDM|PE-|AL\d|SUS\d|[A-Z]{0,3}\d{2,4}-\d{2,4}$|IATF|ISO|GB-|VDA|ASTM|8D|T[-+]\d|W\d)/;
/** What a code is, when one of these stands before it. */
const otherCode =
  /(?:lot|batch|批次|批号|VIN|序列号|S\/N|serial|版本|date code|日期码|sequence|seq|JIS|车牌|plate|order|订单号?|PO|DN|送货单|发运单|invoice|单号|DTC|故障码|NRC)\s*(?:no\.?|number)?\s*[:#]?\s*$/i;

/** Part numbers: labelled ones of any shape, and unlabelled codes with letters, digits and a hyphen. */
export function findPartNumbers(text: string): PartNumber[] {
  const found: PartNumber[] = [];
  for (const m of text.matchAll(labelled)) {
    if (!/\d/.test(m[1]!)) continue;
    found.push({ start: m.index, end: m.index + m[0].length, value: m[1]!.replace(/[._/-]+$/, '') });
  }
  for (const m of text.matchAll(bare)) {
    const span = { start: m.index, end: m.index + m[0].length };
    if (found.some((other) => span.start < other.end && other.start < span.end)) continue;
    if (notPart.test(m[0]) || otherCode.test(text.slice(Math.max(0, m.index - 16), m.index))) continue;
    found.push({ ...span, value: m[0] });
  }
  return found.sort((a, b) => a.start - b.start);
}

const longestFirst = (words: readonly string[]): string =>
  [...words].sort((a, b) => b.length - a.length).join('|');

/** Words by their first character, longest first: cheaper to build than a pattern of 300 alternatives. */
function byFirst(words: readonly string[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const list = map.get(word[0]!);
    if (list) list.push(word);
    else map.set(word[0]!, [word]);
  }
  return map;
}
const startsAt = (map: Map<string, string[]>, text: string, index: number): string | undefined =>
  map.get(text[index] ?? '')?.find((word) => text.startsWith(word, index));

let zh:
  | { positions: Map<string, string[]>; nouns: Map<string, string[]>; tails: Map<string, string[]> }
  | undefined;
const zhWords = () =>
  (zh ??= {
    positions: byFirst(partPositionsZh.split('|')),
    nouns: byFirst(partNounsZh),
    tails: byFirst(partTailsZh.split('|')),
  });
/** A noun that no table has but that looks like one, straight after a known one: 座椅 + 面板. */
const looseTail =
  /^(?![一二两三四五六七八九十几多])[^有的了是和与被在不无未没断缺少要追加换改装错漏划磕碰脏裂锈起松掉\x00-\x7f,。、;:!?()]?(?:[板架罩盖套垫圈带块壳轨柱槽钩]|座(?![椅舱位垫]))/;
const code = /^(?:[A-Z]{2,4}|M\d{1,2})(?=[\u4e00-\u9fff])/;
const twofold = /^[左右前后上下内外主副][左右前后上下内外]$/;
const holes = /^(?:孔|眼|头处)/;

/** Up to three positions and a noun: where it ends, or -1. */
function zhUnit(text: string, start: number): number {
  const { positions, nouns } = zhWords();
  const ends = [start];
  for (let i = 0; i < 3; i++) {
    const from = ends.at(-1)!;
    const word = startsAt(positions, text, from) ?? code.exec(text.slice(from, from + 6))?.[0];
    if (!word) break;
    // 右后 may be two positions: the second can begin the noun (右 + 后视镜).
    if (twofold.test(word)) ends.push(from + 1);
    ends.push(from + word.length);
  }
  for (const end of ends.reverse()) {
    const noun = nouns
      .get(text[end] ?? '')
      ?.find(
        (word) =>
          text.startsWith(word, end) && !holes.test(text.slice(end + word.length, end + word.length + 2)),
      );
    if (noun) return end + noun.length;
  }
  return -1;
}

/** The Chinese part name that begins at an index: up to three nouns with their positions, and a tail (总成). */
function zhNameEnd(text: string, start: number): number {
  let end = zhUnit(text, start);
  if (end < 0) {
    const side = /^(?:左|右|前|后){1,2}(?:门|侧围|围)/.exec(text.slice(start, start + 5))?.[0];
    const tail = side && startsAt(zhWords().tails, text, start + side.length);
    return side && tail ? start + side.length + tail.length : -1;
  }
  for (let i = 0; i < 2; i++) {
    const next = zhUnit(text, end);
    if (next < 0) break;
    end = next;
  }
  const tail = startsAt(zhWords().tails, text, end) ?? looseTail.exec(text.slice(end, end + 2))?.[0] ?? '';
  return holes.test(text.slice(end + tail.length, end + tail.length + 2)) ? end : end + tail.length;
}

let en: RegExp | undefined;
const enPattern = (): RegExp =>
  (en ??= new RegExp(
    `(?<![A-Za-z-])((?:(?:${partModifiersEn}|${longestFirst(partNounsEn)})[ -])*)(${longestFirst(partNounsEn)})(es|s)?(?![A-Za-z])((?:,? (?:LH|RH|FR|RR|FL|RL|LHS|RHS|front|rear|left|right)(?![A-Za-z])(?! (?:side|of|of the|end|edge)))*)`,
    'gi',
  ));

const sides: Readonly<Record<string, string>> = {
  LH: 'left',
  LHS: 'left',
  RH: 'right',
  RHS: 'right',
  FR: 'front',
  RR: 'rear',
  FL: 'front left',
  RL: 'rear left',
  centre: 'center',
};
const expand = (words: string): string =>
  words
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(
      (word) =>
        sides[word] ?? sides[word.toUpperCase()] ?? (/^[A-Z]{2,4}$/.test(word) ? word : word.toLowerCase()),
    )
    .join(' ');

/** `brackets` → `bracket`, `harnesses` → `harness`, `assemblies` → `assembly`; `glass` stays. */
export function singular(noun: string): string {
  if (/(?:ss|us|is)$/i.test(noun)) return noun;
  if (/ies$/i.test(noun)) return noun.replace(/ies$/i, 'y');
  if (/(?:sses|xes|ches|shes)$/i.test(noun)) return noun.slice(0, -2);
  return noun.replace(/s$/i, '');
}

/** English words that are also verbs or other things: a part only when they are used as one. */
const weak =
  /^(?:light|seal|cover|pin|plug|spring|frame|cap|ring|strip|pad|plate|switch|label holder|cell|fan|display|screen|hub|beam|lock|boot|trim|hood|glass|filter|button|rail|valve|gear|horn|hook|cable|module|carrier|plate|tray|foam|tank|seat|wheel|clip|pump|motor|battery|sensor|camera|nut|washer|module|turbo|exhaust|vent|cluster|console|knob|retainer|insulation|handle|spacer|casting|stamping)$/i;
const weakUse =
  /(?:lunch|coffee|weather|cell phone|light rain|cover for|cover my|plug and|screen ?shot|display the|switch(?:ing)? (?:to|from|over)|handle (?:it|this|that|the)|to handle|to lock|to filter|filter by|pin this|pin the|to pin)/i;

/** A pin of a fixture is no delivered part. */
const tooling =
  /(?:卡具|夹具|工装|治具|模具|机器人|吊具|拧紧枪|设备|输送|滚床|\b(?:fixture|robot|jig|tool|conveyor|machine|nutrunner))(?:的|'s)?\s?$/i;

export function findPartNames(text: string): PartName[] {
  const found: PartName[] = [];
  if (/[\u4e00-\u9fff]/.test(text)) {
    for (let start = 0; start < text.length; start++) {
      const end = zhNameEnd(text, start);
      if (end < 0) continue;
      if (!tooling.test(text.slice(Math.max(0, start - 6), start))) {
        const whole = text.slice(start, end);
        const value = whole.replace(/^新款?/, '');
        found.push({ start: end - value.length, end, value, text: value });
      }
      start = end - 1;
    }
  }
  if (/[A-Za-z]{3}/.test(text)) {
    for (const m of text.matchAll(enPattern())) {
      const start = m.index;
      const end = start + m[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const noun = m[2]!;
      if (tooling.test(text.slice(Math.max(0, start - 10), start))) continue;
      if (weak.test(noun) && !m[1] && weakUse.test(text.slice(Math.max(0, start - 12), end + 12))) continue;
      const name = /^[A-Z]{2,4}(?: |$)/.test(noun) ? noun : noun.toLowerCase();
      // In `no seals left` the last word is no side.
      const tail = /\b(?:no|any|few|only|last|\d+)\s(?:more\s)?$/i.test(text.slice(0, start))
        ? (m[4] ?? '').replace(/,? left$/i, '')
        : (m[4] ?? '');
      // `LH and RH handles` are handles.
      const bothSides = /\b(?:LH|RH|left|right|front|rear)(?: ?(?:and|&|or|\/|\+) ?)$/i.test(
        text.slice(0, start),
      );
      const lead = bothSides
        ? (m[1] ?? '').replace(/^(?:LH|RH|left|right|front|rear)[ -]/i, '')
        : (m[1] ?? '');
      const value = [expand(tail), expand(lead.replace(/^new /i, '')), name].filter(Boolean).join(' ');
      found.push({ start, end, value, text: m[0], ...(m[3] && { plural: true }) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** How the name of a part ends when it is in no table. */
const headZh =
  '[板梁架杠灯带条扣垫管阀泵轴盖壳罩锁圈环盘轮器机箱盒座柱杆簧片网膜镜窗罐销钉栓母钩块臂轨槽套塞头帽布标贴棉胶]|总成|组件|模块|骨架';
const stopZh =
  /^(?:.*(?:客户|我们|我司|我方|他们|说|要求|反馈|发现|现在|刚才|目前|因为?|由于|出现|有个|有|是|的|了|把|将|被|在|到|从|给|又|都|也|还|这批|那批|这个|那个|今天|明天|昨天|早上|下午|批次|来料|抽检|检查|追加|增加|加急|再|需要?|急需|缺|少|等|停线|停了|线上|线边|工位|车型|车间|\d[件个套台只]|[A-Za-z0-9]))/;

/** The noun phrase that ends at `end`, when no table knows it: hanzi up to eight, back to the last function word. */
export function phraseBefore(text: string, end: number, mustLookLikePart: boolean): PartName | undefined {
  const run = /[\u4e00-\u9fff]{2,14}$/.exec(text.slice(Math.max(0, end - 14), end))?.[0];
  if (!run) return undefined;
  const value = run.replace(stopZh, '').slice(-8);
  if (value.length < 2) return undefined;
  if (mustLookLikePart && !new RegExp(`(?:${headZh})$`).test(value)) return undefined;
  return { start: end - value.length, end, value, text: value };
}
