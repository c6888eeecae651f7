import { enNumberSource, numberSource, parseNumber, zhNumberSource } from './numbers.ts';

export type Unit = 'pcs' | 'set' | 'unit' | 'box' | 'truck' | 'kg';

export interface Quantity {
  start: number;
  end: number;
  text: string;
  value: number;
  unit: Unit;
  /** `+`, `-` where a sign stands before it. */
  sign?: 1 | -1;
}

/** Words of counting, by unit. Longer words first where one begins with another. */
const unitWords: readonly (readonly [Unit, string])[] = [
  ['set', '台份|台套|套|副|sets?\\b|kits?\\b'],
  ['truck', '车次|大?货车|车(?=货|料|的?货|次)|trucks?(?:loads)?\\b'],
  ['unit', '台车|辆车|台|辆|units?\\b|cars?\\b|vehicles?\\b|bodies\\b'],
  ['box', '箱|盒(?!子)|boxes\\b|box\\b|cartons?\\b'],
  ['kg', '公斤|千克|kgs?\\b'],
  [
    'pcs',
    '件|只|根|片|块|条|颗|粒|枚|支|张|把|个(?!月|小时|钟|半|星期|礼拜|工作日|人|班|工位|点|问题|批|供应商|方案|客户|车型|数)|pcs?\\b|pc\\b|pieces?\\b|parts?\\b(?! ?(?:n|no|number)\\b)|ea\\b|nos\\b',
  ],
];
const unitSource = unitWords.map(([, words]) => `(${words})`).join('|');

const pattern = new RegExp(
  `([+-]\\s?)?(?:(?<=NG|OK|ng)|(?<![A-Za-z0-9/_]|\\d[.,]|[A-Za-z0-9]-|(?:第|[Ll]ine |#)))(${numberSource})(?:来|多|余)?\\s?(?:[a-z]{3,10}\\s)?(?:${unitSource})`,
  'gi',
);
/** Words between a number and its English unit that belong to the unit's noun (`3 more boxes`). */
const between =
  /^(?:more|extra|additional|bad|good|defective|spare|full|such|other|new|ng|rejected|nok|built|finished|completed|affected)\s$/i;

/** Counted goods in order. The unit defaults are the caller's: bare numbers are not found here. */
export function findQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  pattern.lastIndex = 0;
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    const index = m.slice(3).findIndex((group) => group !== undefined);
    const number = m[2]!;
    const inner = m[0].slice(m[0].indexOf(number) + number.length);
    const word = /^\s?([a-z]{3,10}\s)/i.exec(inner)?.[1];
    const unitWord = m[3 + index]!;
    if (word && !between.test(word) && !unitWord.startsWith(word.trim())) {
      pattern.lastIndex = m.index + m[0].indexOf(number) + number.length;
      continue;
    }
    const value = parseNumber(number);
    if (value === undefined || !Number.isFinite(value)) continue;
    // 一个 and "a part" count nothing when they stand for the article.
    if (/^(?:a|an)$/i.test(number)) continue;
    const sign = m[1]?.trim();
    found.push({
      start: m.index,
      end: m.index + m[0].length,
      text: m[0],
      value,
      unit: unitWords[index]![0],
      ...(sign && { sign: sign === '+' ? (1 as const) : (-1 as const) }),
    });
  }
  return found;
}

/** Minutes of a duration (`17min`, `半小时`, `1小时20分`, `an hour and a half`, `1h20`) with its place. */
export interface Duration {
  start: number;
  end: number;
  minutes: number;
}

const amount = `\\d+(?:\\.\\d+)?|${zhNumberSource}|${enNumberSource}`;
const durationPattern = new RegExp(
  [
    '(半)个?(?:小时|钟头)',
    `(?<![\\d:.A-Za-z])(${amount})个?(半)?\\s?(?:小时|个钟头?|钟头|hours?\\b|hrs?\\b|h(?![a-z]))(?:零|又|and|,)?\\s?(?:(\\d{1,2})\\s?(?:分钟?|min(?:utes?)?\\b|m\\b|(?!\\d))|(半))?`,
    `(?<![\\d:.A-Za-z点])(${amount})(?:来|多|余)?(?:\\s|-)?(?:分钟|分(?![之析别公成配给])|min(?:ute)?s?\\b|′)`,
    '(half an hour)|(an hour and a half)|([一三])刻钟',
  ].join('|'),
  'gi',
);

export function findDurations(text: string): Duration[] {
  const found: Duration[] = [];
  durationPattern.lastIndex = 0;
  for (let m = durationPattern.exec(text); m; m = durationPattern.exec(text)) {
    let minutes: number | undefined;
    if (m[1] || m[7]) minutes = 30;
    else if (m[8]) minutes = 90;
    else if (m[9]) minutes = m[9] === '一' ? 15 : 45;
    else if (m[2]) {
      const hours = parseNumber(m[2]);
      if (hours !== undefined) minutes = Math.round(hours * 60) + (m[3] || m[5] ? 30 : 0) + Number(m[4] ?? 0);
    } else if (m[6]) minutes = parseNumber(m[6]);
    if (minutes !== undefined && minutes > 0) {
      found.push({ start: m.index, end: m.index + m[0].length, minutes: Math.round(minutes) });
    }
  }
  return found;
}
