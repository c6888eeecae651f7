export interface Measure {
  nominal?: number;
  tol?: number;
  measured?: number;
  measure_unit?: string;
}
const unitOf = '(mm|毫米|cm|μm|um|丝|Nm|N|V|A|mA|Ω|kg|g|℃|°C|°|度|bar|kPa|MPa|HRC|HV|HB|%|dB|L/min)?';
const withTol = new RegExp(
  `(Φ)?\\s?(-?\\d+(?:\\.\\d+)?)\\s?${unitOf}\\s?±\\s?(\\d+(?:\\.\\d+)?)\\s?${unitOf}`,
);
const measuredAfter = new RegExp(
  `(?:实测(?:值|为|是)?|测量(?:值|为|是)?|(?:内径|外径|孔径|直径|长度|宽度|厚度|壁厚|高度|间隙|面差|深度|[孔边轴]距|中心距|距离|跳动|同轴度|粗糙度|平面度|位置度|硬度|扭矩|压力|电压|电阻)(?:为|是|值|达|到|才|有)?|测得|测了|实际(?:值|尺寸|为|是|测)?|量(?:了|出来|得)|只有|measured?(?: at| as)?|measures|measurement|actual(?: is| value)?|reading(?: is)?|found at|is at|came (?:in|out) at)\\s?[::=]?\\s?(Φ)?\\s?(-?\\d+(?:\\.\\d+)?)(?!\\d|件|个|台|套)\\s?${unitOf}`,
  'i',
);
const valueVs = new RegExp(
  `(Φ)?(?<![\\d.A-Za-z-])(\\d+(?:\\.\\d+)?)\\s?${unitOf}\\s?(?:超差|超上限|超下限|偏大|偏小|vs\\.?|instead of|against|\\(?(?:spec|nominal|should be|图纸|要求|标准|公称|max|min|≤|<=))`,
  'i',
);
const nominalAfter = new RegExp(
  `(?:图纸(?:要求|值|是|为)?|要求(?:是|为)?|标准(?:值|是|为)?|名义(?:值)?|公称(?:值)?|规格(?:是|为)?|应(?:该)?(?:是|为)|spec(?:ification)?(?: is|ified)?|nominal(?: is)?|should be|drawing(?: says| is)?|instead of|vs\\.?|target)\\s?[::=]?\\s?(Φ)?\\s?(-?\\d+(?:\\.\\d+)?)(?!\\d)\\s?${unitOf}`,
  'i',
);

const unitName = (unit: string | undefined): string | undefined =>
  unit === undefined ? undefined : ({ 毫米: 'mm', um: 'μm', '°C': '℃', 度: '°' }[unit] ?? unit);

/** Nominal, tolerance and what was measured; a length without a unit, by Φ or by its word, is in mm. */
export function measure(text: string): Measure {
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
  const rest = tol
    ? text.slice(0, tol.index) + ' '.repeat(tol[0].length) + text.slice(tol.index + tol[0].length)
    : text;
  const measured =
    measuredAfter.exec(rest) ??
    valueVs.exec(rest) ??
    (found.nominal === undefined ? null : /(Φ)\s?(\d+(?:\.\d+)?)()/.exec(rest));
  if (measured) {
    found.measured = Number(measured[2]);
    unit = unit ?? measured[3];
    round = round || Boolean(measured[1]);
  }
  if (found.nominal === undefined && (!unit || found.measured === undefined)) return {};
  if (found.measured === undefined) return found.tol === undefined ? {} : withUnit(found, unit, round, text);
  return withUnit(found, unit, round, text);
}
function withUnit(found: Measure, unit: string | undefined, round: boolean, text: string): Measure {
  const name =
    unitName(unit || undefined) ??
    (round ||
    /孔|径|间隙|面差|长|宽|厚|高度|尺寸|平面度|位置度|圆度|轮廓|bore|gap|flush|diameter|hole|length|width|thickness|height|flatness|position/i.test(
      text,
    )
      ? 'mm'
      : undefined);
  return { ...found, ...(name && { measure_unit: name }) };
}
export const outOfTolerance = (m: Measure): boolean =>
  m.nominal !== undefined &&
  m.tol !== undefined &&
  m.measured !== undefined &&
  Math.abs(m.measured - m.nominal) > m.tol + 1e-9;
