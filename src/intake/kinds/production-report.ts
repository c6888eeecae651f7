/**
 * Shift reports (RPT). The day is the one on which the shift began: a night shift that is reported in the morning is
 * yesterday's. A report has no severity.
 */
import * as calendar from '../calendar.ts';
import { common, entry, type Extraction } from '../facts.ts';
import { numberSource, parseNumber } from '../numbers.ts';
import { singular } from '../parts.ts';
import type { Passage } from '../passage.ts';
import { findQuantities } from '../quantities.ts';
import type { Reader } from './reader.ts';

const count = String.raw`\s?(?:数量?|量|为|是|qty)?\s?[:=]?\s?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d.%:]|\s?(?:%|min|分))`;
const counts: readonly (readonly [string, RegExp])[] = [
  ['planned', new RegExp(`(?:计划|应产|目标|\\bplan(?:ned)?|\\btarget)(?:产量|产)?${count}`, 'i')],
  [
    'actual',
    new RegExp(
      `(?:实际|实产|完成|产出|下线|(?<!计划|目标)产量|\\bactual|\\bact\\.?|\\bbuilt|\\boutput|\\bmade)(?:产量|完成)?${count}`,
      'i',
    ),
  ],
  ['inspected', new RegExp(`(?:检验|送检|\\binspected|\\bchecked)${count}`, 'i')],
  [
    'ok_first',
    new RegExp(
      `(?:一次(?:OK|合格|通过|下线合格)|直通|首次合格|(?<!返工|返修|rework )合格(?!率)|\\b(?:first[- ]pass|first[- ]time)(?: ok)?|\\bOK first|\\bFTQ ok|(?<!rework |reworked |返工\\s?)\\bOK)${count}`,
      'i',
    ),
  ],
  [
    'ng',
    new RegExp(`(?:\\bNG|(?<=[\u4e00-\u9fff])NG|不良品?|不合格|\\bNOK|\\bdefects?|\\brejects?)${count}`, 'i'),
  ],
  [
    'rework_ok',
    new RegExp(`(?:返工(?:OK|合格|好|修复)?|返修(?:OK|合格)?|\\brework(?:ed)?(?: ok)?)${count}`, 'i'),
  ],
  ['scrap', new RegExp(`(?:报废|废品|\\bscrap(?:ped)?)${count}`, 'i')],
];
const shifts: readonly (readonly [string, RegExp])[] = [
  ['night', /夜班|晚班|大夜|\b(?:night|late) shift\b|\bnights?\b/i],
  ['mid', /中班|小夜|\b(?:mid(?:dle)?|afternoon|swing) shift\b/i],
  ['day', /白班|早班|日班|\b(?:day|morning|early) shift\b|\bdays\b/i],
];

/** The local day on which the reported shift began. */
function productionDate(p: Passage, shift: string | undefined): string | undefined {
  const today = calendar.dateOf(p.at);
  const hour = Number(p.at.slice(11, 13));
  const stated = p.times.find(
    (t) => t.past && !t.week && !t.span && !/[早晚夜晨]$|night|morning/i.test(t.text),
  );
  if (stated) return stated.past;
  if (!shift) return undefined;
  const before = shift === 'night' ? hour < 20 : hour < 8;
  return before ? calendar.addDays(today, -1) : today;
}

const stopped = new RegExp(
  `(?:停线|停机|停产|\\bstop(?:s|ped|page)?|\\bdowntime|\\bdown)(?:时间|共|合计|:|\\s)*(${numberSource})\\s?(?:min(?:utes|s)?|分钟?|')\\s?(?:[((]([^))]{1,30})[))]|[,,::]?\\s?(?:原因:?|due to|because of)\\s?([^,,。;\\s]{2,24}))?`,
  'i',
);

function consumption(p: Passage): { part: string; qty: number; unit: string }[] {
  const m = /(?:耗料|消耗|用料|物料消耗|\bconsum(?:ption|ed)|\bmaterial used)\s?[::]?\s?(.{2,200})$/i.exec(
    p.text,
  );
  if (!m) return [];
  return m[1]!.split(/[、,,;;]|\s(?=[\u4e00-\u9fff])/).flatMap((item) => {
    const q = findQuantities(item)[0];
    if (q) {
      const part = `${item.slice(0, q.start)}`.replace(/[::\s]+$/, '').trim();
      return part ? [{ part, qty: q.value, unit: q.unit }] : [];
    }
    const en = /^\s?(?:(\d[\d,]*) ([a-z ]{3,20})|([a-z ]{3,20}?) (\d[\d,]*))\s*$/i.exec(item);
    const qty = en && parseNumber((en[1] ?? en[4])!);
    return en && qty ? [{ part: singular((en[2] ?? en[3])!.trim()), qty, unit: 'pcs' }] : [];
  });
}

export function productionReport(p: Passage): Extraction {
  const { text } = p;
  const shift = shifts.find(([, pattern]) => pattern.test(text))?.[0];
  const numbers = Object.fromEntries(
    counts.map(([key, pattern]) => {
      const m = pattern.exec(text);
      return [key, m ? parseNumber(m[1]!) : undefined];
    }),
  );
  const stop = stopped.exec(text);
  const { line, model, customer, plant } = common(p, undefined);
  return entry('production_report', {
    customer,
    plant,
    line,
    model,
    production_date: productionDate(p, shift),
    shift,
    ...numbers,
    min_stopped: stop ? parseNumber(stop[1]!) : undefined,
    stop_reason: stop?.[2] ?? stop?.[3],
    consumption: consumption(p),
  });
}

export const productionReportReader: Reader = {
  kind: 'production_report',
  threshold: 5,
  sight: (p, scores) => {
    const told = scores.production_report ?? 0;
    if (told === 0) return undefined;
    const found = productionReport(p);
    return found.planned === undefined && found.actual === undefined
      ? undefined
      : { evidence: told + 3, entry: () => found };
  },
  complete: (found) => found.actual !== undefined,
  besides: () => false,
};
