import {
  citiesEn,
  citiesZh,
  customersEn,
  customersZh,
  notCustomerEn,
  notCustomerZh,
} from './lexicon/places.ts';
import type { Span } from './parts.ts';

export interface Named extends Span {
  value: string;
}
export interface SiteWords {
  customers?: readonly string[];
  plants?: readonly string[];
  lines?: readonly { name: string; aliases: readonly string[] }[];
}
export interface Places {
  customer?: Named;
  plant?: Named;
  line?: Named;
  station?: Named;
  model?: Named;
}

const zhNumeral = '[一二三四五六七八九十]{1,2}|\\d{1,2}|[A-Z]\\d?';
const shops =
  '总装|焊装|涂装|车身|装焊|白车身|整车|合装|车门|门|冲压|内饰|底盘|门线|发动机|分装|预装|装配|机加|注塑|电池|终装|前桥|后桥|仪表|动力总成';

const plantZh = new RegExp(
  `([\\u4e00-\\u9fff]{2,4}?)?((?:${citiesZh})(?:(?:第?(?:${zhNumeral}))?(?:工厂|分厂|基地|厂)|(?:总装|焊装|涂装)(?:厂|车间)?(?!(?:${zhNumeral})|线)))`,
);
const plantEn = new RegExp(
  `\\b(?:([A-Z][A-Za-z]{1,14}) )?((?:${citiesEn})(?: (?:plant|works|II|I|[12]))?)\\b(?! (?:time|airport|port|customs|weather|highway))`,
);
const knownZh = new RegExp(`(?:${customersZh})`);
const knownEn = new RegExp(`\\b(?:${customersEn})\\b`);
const subjectZh =
  /(?:^|[,,。;;!!\n\s、])([\u4e00-\u9fff]{2,4}?)(?:那边|这边|方面)?(?:要求|来电|提出|临时要|想要|反馈|通知我)/;
const subjectEn =
  /(?:^|[.,;!?\n] ?)([A-Z][A-Za-z]{2,14})(?='?s? (?:wants?|asks?|asked|needs?|requests?|requested|requires?|says?|said|plant|called|reports?|reported|is asking|is charging|charges|complains?|informed|moved|pushed|pulled|changed|cut|cancelled)\b)/;

const linesZh = [
  new RegExp(
    `(?:${shops})(?:车间)?(?:第?(?:${zhNumeral})(?:号)?线|(?:${zhNumeral})?线)(?!束|圈|路|边|缆|体|上|性)|(?:${shops})线(?!束|圈|路|缆)`,
  ),
  /(?<![A-Za-z0-9一-鿿])(?:[A-Z]\d{0,2}|[A-Z]{2}\d)线(?!束|圈|路|缆)/,
  new RegExp(
    `(?:第)?(?<![下上在产生同专另一])(?:[一二三四五六七八九]|(?<![\\d.])\\d{1,2})(?:号)?线(?!束|圈|路|缆|城|下|上的)`,
  ),
  /(?<=[\u4e00-\u9fff\s,,]|^)[A-Z]\d{0,2}线(?!束|圈|路|缆)/,
];
const lineEn =
  /\b(?:((?:final )?(?:assembly|trim|chassis|body|paint|door|final|engine|battery|welding|weld|press|seat|module|IP|cockpit)) )?line(?:\s?#?(?:no\. ?|number )?|(?=[A-HJ-Z]))(?<!line(?=[A-Za-z]))(\d{1,2}|[A-HJ-Z])(?![A-Za-z0-9'])|\b(?:(?:the )?((?:final assembly|assembly|trim|chassis|body|paint|door|final|engine|battery|welding|weld|press|marriage|sub-?assembly)) line)\b|\b(Assembly|Trim|Chassis|Body|Paint|Weld|Welding) (\d{1,2})\b(?! ?(?:pcs|parts|units|cars|sets|st|nd|rd|th))|\b(?:L|LINE)(\d{1,2})\b(?=[^\n]{0,20}(?:down|stop|halt|stand))/i;

const stations = [
  /([A-Z]{1,3}-?\d{1,4}[A-Z]?|\d{1,3}[A-Z]?#?|[A-Z]{2,4})\s?(?:号)?(?:工位|岗位)|(?:工位|岗位)\s?[::#]?\s?([A-Z]{0,3}-?\d{1,4}[A-Z]?)|\b([A-Z]{2,4})站|\b(OP-?\d{2,4}[A-Z]?)\b/,
  /\b(?:station|stn|ws|workstation) ?#?((?:[A-Z]{1,3}-?)?\d{1,4}[A-Z]?)\b/i,
];

const modelCode =
  '[A-Z]{1,3}\\d{1,3}[A-Za-z]{0,3}|[A-Z]\\d?-?[A-Z]?\\d{1,3}|Model\\s?[A-Z0-9]|[A-Z]{2,4}|\\d{3,4}[A-Z]?';
const models = [
  new RegExp(`(?<![A-Za-z0-9-])(${modelCode})\\s?(?:车型|项目|平台|款车|车系)`),
  new RegExp(`(?:车型|车系)\\s?[::是为]?\\s?(${modelCode})(?![A-Za-z0-9-])`),
  new RegExp(`\\b(?:model|programme|program|platform|vehicle)\\s(?!year)(${modelCode})(?![A-Za-z0-9-])`),
  new RegExp(`(?<![A-Za-z0-9-])([A-Z]\\d{1,3}[A-Z]?) (?:model|programme|program|platform)\\b`),
];
const bareModel =
  /(?<![A-Za-z0-9./#-]|[Rr]ev\.? ?|(?:traffic|jam|accident|stuck) on (?:the )?|[Ss]tation |line |lot |版本|第|工位)([A-Z]{1,2}\d{1,3}[A-Z]?)(?![A-Za-z0-9./-]|\s?(?:工位|线(?!束|缆|圈)|站|周|柱|面|螺|级|阶段|mm|件|pcs|报告|标准|软件|高速|国道|公路))/g;
const notModel =
  /^(?:NG\d+|OK\d+|M\d{1,2}|D[0-8]|S[1-4]|R\d\d|CS[12]|W\d{1,2}|CW\d\d?|KW\d\d?|L[0-5]|Q\d{3}|PA\d+|PP\d|V\d+|T\d|P\d|H\d|IP\d\d|OP\d+|G\d\d|B\d|Q[1-4]|A4|LH|RH|NG|OK|N[0-9]|AI\d|U\d{1,3}|C\d{1,3}|F\d)$/;

function first(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const m = pattern.exec(text);
    if (m) return m;
  }
  return undefined;
}
const at = (m: RegExpExecArray, value: string): Named => ({
  start: m.index,
  end: m.index + m[0].length,
  value,
});

/** `line 3` → `Line 3`, `LINE B` → `Line B`, `trim line` → `Trim line`. */
function englishLine(m: RegExpExecArray): string {
  // Assembly 2 is a name as it stands.
  if (m[4]) return `${m[4].charAt(0).toUpperCase()}${m[4].slice(1).toLowerCase()} ${m[5]!}`;
  const shop = (m[1] ?? m[3] ?? '').toLowerCase();
  const head = shop ? `${shop} line` : 'line';
  const number = (m[2] ?? m[6] ?? '').toUpperCase();
  const whole = [head, number].filter(Boolean).join(' ');
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

function findLine(text: string, site: SiteWords): Named | undefined {
  const zh = first(linesZh, text);
  const en = lineEn.exec(text);
  const found =
    zh && !/^装配线$/.test(zh[0]) && (!en || zh.index <= en.index)
      ? at(zh, zh[0].trim())
      : en
        ? at(en, englishLine(en))
        : undefined;
  if (found) return found;
  // A site's own names only help where the general forms see nothing: 西线, Halle 4.
  for (const line of site.lines ?? []) {
    for (const name of [line.name, ...line.aliases]) {
      const index = name.length > 1 ? text.toLowerCase().indexOf(name.toLowerCase()) : -1;
      if (index >= 0) return { start: index, end: index + name.length, value: line.name };
    }
  }
  return undefined;
}

function named(words: readonly string[] | undefined, text: string): Named | undefined {
  for (const word of words ?? []) {
    const index = word.length > 1 ? text.indexOf(word) : -1;
    if (index >= 0) return { start: index, end: index + word.length, value: word };
  }
  return undefined;
}

function findCustomerAndPlant(text: string, site: SiteWords): Pick<Places, 'customer' | 'plant'> {
  const zh = plantZh.exec(text);
  const en = zh ? null : plantEn.exec(text);
  const m = zh ?? en;
  let plant: Named | undefined;
  let customer: Named | undefined;
  if (m) {
    const start = m.index + m[0].length - m[2]!.length;
    plant = { start, end: m.index + m[0].length, value: m[2]! };
    const before = m[1];
    const isName =
      before &&
      (zh
        ? !notCustomerZh.test(before) && !/[到要送在往去从给的和与了前发说]/.test(before)
        : !notCustomerEn.test(before));
    if (isName) customer = { start: m.index, end: start, value: before };
  }
  plant ??= named(site.plants, text);
  customer = named(site.customers, text) ?? firstKnown(text) ?? customer ?? bySubject(text);
  if (plant && customer && plant.start === customer.start) customer = undefined;
  return { ...(customer && { customer }), ...(plant && { plant }) };
}
function firstKnown(text: string): Named | undefined {
  const m = knownZh.exec(text) ?? knownEn.exec(text);
  return m ? at(m, m[0]) : undefined;
}
function bySubject(text: string): Named | undefined {
  const zh = subjectZh.exec(text);
  if (
    zh &&
    !notCustomerZh.test(zh[1]!) &&
    /^[\u4e00-\u9fff]{2,3}$/.test(zh[1]!) &&
    !/^客户|[的了在说要线厂仓库检部门科员理长师总今明昨天刚又已经]/.test(zh[1]!)
  ) {
    return at(zh, zh[1]!);
  }
  const en = subjectEn.exec(text);
  return en && !notCustomerEn.test(en[1]!) && !/line|truck|shift|report/i.test(en[1]!)
    ? at(en, en[1]!)
    : undefined;
}

function findModel(text: string, taken: readonly Span[]): Named | undefined {
  const m = first(models, text);
  if (m && !/^(?:NG|OK|VIN|JIS|JIT|EOL|ECN|SOP|PMC)$/.test(m[1]!))
    return at(m, m[1]!.replace(/^Model(?=\S)/, 'Model '));
  for (const b of text.matchAll(bareModel)) {
    const span = { start: b.index, end: b.index + b[0].length };
    if (notModel.test(b[1]!) || taken.some((t) => span.start < t.end && t.start < span.end)) continue;
    return { ...span, value: b[1]! };
  }
  return undefined;
}

/** Where a message is about. `taken` are spans that are already something else (part numbers, ids). */
export function findPlaces(text: string, site: SiteWords, taken: readonly Span[]): Places {
  const line = findLine(text, site);
  const s = first(stations, text);
  const station = s ? at(s, (s[1] ?? s[2] ?? s[3] ?? s[4])!) : undefined;
  const model = findModel(text, [...taken, ...(station ? [station] : []), ...(line ? [line] : [])]);
  return {
    ...findCustomerAndPlant(text, site),
    ...(line && { line }),
    ...(station && { station }),
    ...(model && { model }),
  };
}
