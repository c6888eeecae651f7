import { phraseBefore, singular, type PartName } from './parts.ts';
import type { Passage } from './passage.ts';

/** One entry of `x`: `kind`, `op` unless it is a creation, and what the text states. */
export interface Extraction {
  kind: string;
  op?: 'update' | 'claim';
  [key: string]: unknown;
}

/** An entry under work: undefined values are dropped at the end. */
export type Draft = Record<string, unknown>;

/** The value without what only frames it: particles, brackets, the owner's name. */
export const trimPhrase = (text: string): string =>
  text.replace(/^[\s,,、::;()()"'是为因由于的了]+|[\s,,、::;()()"'了吧呢啊哦嘛]+$/g, '').trim();

/** The part that a passage is about: beside its number, else nearest before `near`, else the first one named. */
export function partOf(p: Passage, near?: number): PartName | undefined {
  const number = p.partNumbers[0];
  if (number) {
    const beside = p.partNames.findLast((name) => name.end <= number.start && number.start - name.end <= 6);
    if (beside) return beside;
    const phrase = phraseBefore(
      p.text.slice(0, number.start).trimEnd().replace(/[((]$/, ''),
      p.text.slice(0, number.start).trimEnd().replace(/[((]$/, '').length,
      false,
    );
    if (phrase && number.start > 0) return phrase;
  }
  if (near !== undefined) {
    const before = p.partNames.findLast((name) => name.end <= near && near - name.end <= 12);
    // 饰板与仪表台干涉 is about the first of the two.
    const other =
      before && p.partNames.find((name) => /^[与和跟同]$/.test(p.text.slice(name.end, before.start).trim()));
    if (before) return other ?? before;
    const after = p.partNames.find((name) => name.start >= near && name.start - near <= 16);
    if (after) return after;
  }
  return p.partNames[0];
}

/** Customer, plant, line, station, model and part, as far as they are named. */
export function common(p: Passage, part: PartName | undefined): Draft {
  const { customer, plant, line, station, model } = p.places;
  return {
    customer: customer?.value,
    plant: plant?.value,
    line: line?.value,
    station: station?.value,
    model: model?.value,
    part_name: part?.value,
    part_no: p.partNumbers[0]?.value,
  };
}

/** A name after a count, in English, that the table of parts does not know: `1,200 gizmo plates`. */
export function countedNoun(text: string): { value: number; name: string } | undefined {
  const m =
    /(?<![\w.,-])[+]?(\d{1,3}(?:,\d{3})+|\d{1,6})\s(?:more |extra |additional )?((?:[a-z]+ ){0,2}?[a-z]{3,}s)\b(?= (?:on top|by|for|before|until|to|from|with|found|ng|are|were)|[,.]|$)/.exec(
      text,
    );
  if (
    !m ||
    /(?:minutes|hours|days|weeks|months|people|shifts|times|mins|hrs|sets|units|boxes|pieces|parts|trucks|cars|vehicles|pcs)$/.test(
      m[2]!,
    )
  )
    return undefined;
  return { value: Number(m[1]!.replaceAll(',', '')), name: singular(m[2]!) };
}

/** Drops what is unknown and puts the keys of an entry together. */
export function entry(kind: string, fields: Draft): Extraction {
  const out: Extraction = { kind };
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined || value === '' || (typeof value === 'number' && !Number.isFinite(value)))
      continue;
    if (Array.isArray(value) && value.length === 0) continue;
    out[key] = value;
  }
  return out;
}

const oursWords =
  /我司|我方|我们(?:自己)?(?:的|这边|厂|公司|责任|原因|供的|送的|备料|件|发错|漏发)|自家|\bour (?:own |side|fault|part|supplier|connector|\w+ (?:was|is|were|failed|broke))|\bour\b|\bours\b|\bon us\b/i;
const notOurs =
  /(?:不是|并非|非|跟|与)我(?:们|司|方)(?:的)?(?:问题|原因|责任|无关|没关系)?|not our (?:fault|issue|problem|side|part)|not (?:caused by|due to) us|not ours/i;
const customerWords =
  /客户(?:侧|方|端|自己|那边|原因|责任|设备|机器人|工装|操作|员工|扫码|系统|的|MES|夹具|AGV|输送|停电|断电)|主机厂(?:设备|原因|自身)|\bcustomer(?:'s|s')? (?:side|own|robot|equipment|fault|conveyor|MES|operator|system|machine|issue|problem|tool)|\bcustomer(?:'s|s')? (?:\w+ )?(?:PLC|AGV|IT|network|fault|failure|breakdown)|\b(?:at|on) (?:the )?customer(?:'s)?(?: (?:side|end))?(?=[,.;]|$)|\btheir (?:own |robot|equipment|conveyor|MES|operator|system|machine|PLC|fault|side|end|team)/i;
const thirdParty =
  /物流公司|承运商|第三方(?!挑|检|仓|人|分|库|全)|供电局|停电|市政|carrier(?:'s)? (?:fault|truck|issue)|third[- ]party fault|power (?:cut|outage|failure)/i;

export type Side = 'ours' | 'customer' | 'other';
/** Whose side the cause is on, when the text says so. */
export function sideOf(text: string): Side | undefined {
  if (notOurs.test(text))
    return customerWords.test(text.replace(notOurs, ''))
      ? 'customer'
      : thirdParty.test(text)
        ? 'other'
        : undefined;
  const clause = text.replace(/(?:请|要求?|让|给|联系|通知)\s?我们[^,。]*/g, '');
  if (customerWords.test(clause)) return 'customer';
  if (oursWords.test(clause)) return 'ours';
  return thirdParty.test(clause) ? 'other' : undefined;
}
