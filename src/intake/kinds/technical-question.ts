/** Technical questions (TQ). Vehicles that wait for the answer make one S2 (§5), else it is S3. */
import { common, entry, partOf, type Extraction } from '../facts.ts';
import { findChange } from '../changes.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';

const supportTypes: readonly (readonly [string, RegExp])[] = [
  ['flash', /刷写|刷新|刷到|刷软件|刷程序|升级软件|OTA|\bflash\w*|\breprogram\w*|\bsoftware update/i],
  ['matching', /匹配|兼容|通用|适配|\bmatch(?:ing|es)?\b|\bcompatib\w+|\binterchangeab\w+/i],
  ['install', /安装|装调|调试|接线|怎么装|\binstall\w*|\bcommission\w*|\bwiring\b|\bset ?up\b/i],
  [
    'parameter',
    /参数|标定|数值|规格|扭矩(?:值|是|多少)|多少(?:合适)?|标准是|\bparameters?\b|\bcalibrat\w+|\bspec(?:ification)?\b|\bvalue\b|\bwhat (?:is|are) the (?:\w+ )?(?:torque|gap|limit|tolerance|setting|pressure)s?/i,
  ],
  ['test', /测试|检测方法|下线检测|\btest(?:ing|s)?\b/i],
  ['explain', /原理|为什么|为啥|什么意思|解释|\bwhy\b|\bhow (?:does|do)\b|\bexplain\b|\bwhat does\b/i],
];
const unitNames =
  /(?<![A-Za-z0-9])(TCU|ECU|VCU|BCM|BMS|MCU|ABS|ESP|EPS|EPB|TBOX|T-BOX|IVI|HUD|ADAS|DCU|PCU|OBC|DCDC|IPK|HVAC|变速箱|变速器|电控|域控制器|网关|车机|电机控制器|gateway|gearbox|transmission|inverter)(?![A-Za-z0-9])/i;
const code =
  /(NRC\s?0x[0-9A-F]{2}|(?<![A-Za-z0-9])[PUBC][0-9A-F]{4}(?:-\d{2})?(?![A-Za-z0-9])|(?<=(?:DTC|故障码)\s?[:是为]?\s?)[A-Z0-9]{4,8})/i;
const version = '[Vv]?\\d+(?:\\.\\d+){1,3}';
const versions = new RegExp(
  `(${version})\\s?(?:刷到|刷成|刷至|升级?到|升至|更新到|切到|改到|->|to|到|至)\\s?(${version})`,
  'i',
);

export function technicalQuestion(p: Passage): Extraction {
  const { text } = p;
  const change = versions.exec(text);
  const product = unitNames.exec(text)?.[1];
  const part = partOf(p);
  const { customer, plant, line, station, model } = common(p, undefined);
  const blocked = p.quantities.find((q) => q.unit === 'unit') ?? p.quantities[0];
  const eol = /\bat (?:the )?(EOL)\b/.exec(text)?.[1];
  const held =
    blocked && /卡住|堵|等|下不了线|放不了|停|block|stuck|hold|held|wait|abort|fail|失败|报/i.test(text);
  return entry('technical_question', {
    support_type: supportTypes.find(([, pattern]) => pattern.test(text))?.[0],
    customer,
    plant,
    line,
    model,
    product: product ?? part?.value,
    from: change?.[1],
    to: change?.[2],
    dtc: code.exec(text)?.[1],
    station: station ?? eol,
    ...(blocked && { qty: blocked.value, unit: blocked.unit }),
    severity: held ? 'S2' : 'S3',
  });
}

export const technicalQuestionReader: Reader = {
  kind: 'technical_question',
  threshold: 4,
  sight: (p, scores) => {
    const told = scores.technical_question ?? 0;
    if (told === 0 || findChange(p)?.kind === 'count') return undefined;
    const found = technicalQuestion(p);
    const facts = [found.product, found.dtc, found.from, found.station].filter(Boolean).length;
    return found.support_type && (found.product ?? found.dtc)
      ? { evidence: told + facts, entry: () => found }
      : undefined;
  },
  complete: (found) => found.product !== undefined,
  besides: () => false,
};
