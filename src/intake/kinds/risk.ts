/**
 * Risks (RSK): something that may come. `expected_at` is its day, `exposure_from`/`exposure_to` the days whose
 * deliveries it endangers. A storm with trucks under way and a supplier who is late are S2 (§5), the rest S3.
 */
import * as calendar from '../calendar.ts';
import { common, entry, partOf, type Extraction } from '../facts.ts';
import { citiesEn, citiesZh } from '../lexicon/places.ts';
import { asFuture } from '../moments.ts';
import { parseNumber } from '../numbers.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';

const categories: readonly (readonly [string, RegExp])[] = [
  [
    'weather',
    /台风|暴雨|暴雪|大雪|降雪|冰雹|洪水|寒潮|大雾|冰冻|高温|地震|\b(?:typhoon|(?:snow)?storm|hurricane|snow|flood(?:ing)?|fog|ice|heatwave|earthquake)\b/i,
  ],
  [
    'it_cyber',
    /勒索|病毒|系统(?:宕机|升级|切换|维护)|网络(?:中断|故障)|\b(?:cyber|ransomware|IT outage|system migration)\b/i,
  ],
  [
    'labour',
    /罢工|疫情|人手(?:不够|不足|紧张)|缺人|缺勤|用工荒|招不到人|离职潮|\b(?:strike|absentee\w*|labou?r shortage|epidemic)\b/i,
  ],
  [
    'regulatory',
    /法规|环保(?:检查|限产|督察)|限产|海关(?:新规|查验)|关税|\b(?:regulation|customs rules?|tariffs?|homologation)\b/i,
  ],
  ['commercial', /涨价|欠款|破产|拒付|汇率|\b(?:price increase|bankrupt\w*|insolven\w*|payment overdue)\b/i],
  [
    'supply',
    /供应商|上游|二供|钢厂|原材料|原料|树脂|芯片|断供|来料(?:延|晚)|料(?:不到|没到|来不了)|\b(?:supplier|sub-?supplier|tier[- ]?[23]|upstream|vendor|raw material|resin|chips?|steel mill|allocation)\b/i,
  ],
  [
    'equipment',
    /设备|模具|注塑机|压机|机台|工装|夹具|停电|限电|老化|\b(?:machine|mou?ld|press|tooling|equipment|power (?:cut|outage))\b/i,
  ],
  ['capacity', /产能|交不出|排不开|\bcapacity\b/i],
  [
    'logistics',
    /封路|封控|堵港|港口|船期|高速|运力|司机|物流|车(?:晚|到不了)|\b(?:road|port|border|customs|carrier|truck|trucks|vessel|shipping|route)\b/i,
  ],
  ['quality', /质量|不良|批量|\b(?:quality|defects?)\b/i],
];

const stretch = new RegExp(`((?:${citiesZh})\\s?[—–~至到-]{1,2}\\s?(?:${citiesZh}))`);
const road = /([GS]\d{1,4}(?:高速|国道)?)(?![\dA-Z])/;
const city = new RegExp(`(${citiesZh})|\\b(${citiesEn})\\b`);
const locationOf = (text: string): string | undefined => {
  const m = stretch.exec(text) ?? road.exec(text) ?? city.exec(text);
  return m?.[1] ?? m?.[2];
};

const pairs: Readonly<Record<string, readonly [number, number]>> = {
  今明: [0, 1],
  明后: [1, 2],
  后: [2, 3],
};

/** `2车保险杠`, `座椅2车`: in talk of deliveries a count of 车 is of trucks. */
function truckloads(p: Passage): { start: number; value: number; unit: 'truck' } | undefined {
  const m =
    /(?<![\d.第])(\d{1,3}|[一二两三四五六七八九十]{1,2})(?:大|卡|货)?车(?!间|型|门|身|架|顶|窗|灯|轮|辆|道|队|祸|牌|厢|机|桥)/.exec(
      p.text,
    );
  const value = m && parseNumber(m[1]!);
  return m && value ? { start: m.index, value, unit: 'truck' } : undefined;
}

/** The days whose deliveries are in danger: `明后两天`, `Tue to Thu`, or the day of the trucks that are named. */
function exposure(p: Passage): { exposure_from?: string; exposure_to?: string } {
  const { text, at } = p;
  const today = calendar.dateOf(at);
  const two = /(今明|明后)(?:两|2|二)?[天日]/.exec(text);
  if (two) {
    const [from, to] = pairs[two[1]!]!;
    return { exposure_from: calendar.addDays(today, from), exposure_to: calendar.addDays(today, to) };
  }
  const dates = p.times.filter((t) => t.date);
  for (let i = 0; i + 1 < dates.length; i++) {
    if (
      /^\s?(?:-|–|—|~|到|至|和|to|until|and|through)\s?$/i.test(
        text.slice(dates[i]!.end, dates[i + 1]!.start),
      )
    )
      return { exposure_from: dates[i]!.date!, exposure_to: dates[i + 1]!.date! };
  }
  const loads = truckloads(p);
  const goods = dates.find((t) =>
    [...p.quantities, ...(loads ? [loads] : [])].some(
      (q) => q.start >= t.end && /^\s?(?:的|有|要?[到发送]|一共|共)?\s?$/.test(text.slice(t.end, q.start)),
    ),
  );
  return goods ? { exposure_from: goods.date!, exposure_to: goods.date! } : {};
}

export function risk(p: Passage): Extraction {
  const { text, at } = p;
  const category = categories.find(([, pattern]) => pattern.test(text))?.[0];
  // What is in danger has a day of its own: 怕赶不上明早的交货.
  const threatened = /赶不上|来不及|误了?/.exec(text)?.index;
  const when =
    (threatened === undefined
      ? undefined
      : p.times.find((t) => t.start > threatened && (t.date ?? t.time))) ??
    p.times.find((t) => t.date ?? t.time);
  const late =
    /(?:延迟|延误|推迟|晚到?|拖|delayed? by)\s?(\d{1,3}|[一二两三四五六七])\s?(?:天|days?)/i.exec(
      text,
    )?.[1] ?? /(\d{1,3}|one|two|three) days? (?:late|behind|delay)/i.exec(text)?.[1];
  const goods = p.quantities.find((q) => !q.sign) ?? truckloads(p);
  const expected = when && asFuture(when, at)?.slice(0, 10);
  const days = late === undefined ? undefined : (daysOf[late.toLowerCase()] ?? Number(late));
  const soon = expected !== undefined && expected <= calendar.addDays(calendar.dateOf(at), 2);
  const grave =
    (category === 'weather' && (soon || /橙色|红色|orange|red (?:alert|warning)/i.test(text))) ||
    (category === 'supply' && (days !== undefined || /停线|断料|line (?:stop|down)/i.test(text))) ||
    /停线|断料|line (?:stop|down)/i.test(text);
  return entry('risk', {
    category,
    ...common(p, partOf(p)),
    location: locationOf(text),
    expected_at: expected,
    ...exposure(p),
    delay_days: days,
    ...(goods && { qty: goods.value, unit: goods.unit }),
    severity: grave ? 'S2' : 'S3',
  });
}
const daysOf: Readonly<Record<string, number>> = {
  一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, one: 1, two: 2, three: 3,
}; // prettier-ignore

export const riskReader: Reader = {
  kind: 'risk',
  threshold: 3,
  sight: (p, scores) => {
    const told = scores.risk ?? 0;
    const found = told > 0 ? risk(p) : undefined;
    return found?.category || found?.expected_at
      ? { evidence: told + (p.times.length > 0 ? 1 : 0), entry: () => found }
      : undefined;
  },
  complete: (found) => found.category !== undefined,
  besides: () => false,
};
