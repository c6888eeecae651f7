/**
 * Material and deliveries (MAT): what is left at the line and how long it lasts, or a truck and when it comes. A stock
 * that ends within two hours is S1, one that ends before the next truck S2, an ETA that moves S3 (§5). Where the ETA
 * moves, `from` and `to` are the two minutes and the entry is an update of a delivery that is known.
 */
import * as calendar from '../calendar.ts';
import { common, entry, partOf, type Extraction } from '../facts.ts';
import { asFuture } from '../moments.ts';
import { numberSource, parseNumber } from '../numbers.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';

const usagePattern = new RegExp(
  `(?:每(?:小时|个小时|h)(?:用|消耗|耗|要)?(?:掉)?|时耗|节拍用量|小时用量|\\busage(?: is| of)?|\\bconsum\\w+|\\buses?|\\busing)\\s?[::]?\\s?(${numberSource})(?:套|件|个|台|根|只|pcs|sets?)?(?:\\s?(?:\\/|per |an |a )\\s?(?:h|hour|小时))?|(${numberSource})\\s?(?:套|件|个|台|根|只|pcs|sets?)?\\s?(?:\\/|每|per |an )\\s?(?:h\\b|hour|小时)`,
  'i',
);
const stockBefore =
  /(?:库存|只?剩(?:下|余)?|还有|仅(?:剩|有)|只有|现有|在库|线边|stock(?: is| of| at| left)?|only|on hand|have)\s?[::]?\s?$/i;
const stockAfter = /^\s?(?:库存|在库|left|in stock|on hand|remaining)/i;
const hoursPattern = new RegExp(
  `(?:够(?:用)?|能?(?:撑|顶|用)|维持|lasts?(?: for)?|covers?|coverage|enough for)\\s?(?:到)?(?:大概|大约|约|about)?\\s?(${numberSource}|半)(?:个)?(半)?\\s?(?:小时|钟头|h\\b|hours?|hrs?)`,
  'i',
);
const arrival =
  /(?:ETA|下一?[车趟班]|下一?班车|预计|到货|料车|next (?:truck|delivery|run)|arriv\w*|due)[^,,。;\d]{0,10}$/i;
const reasonPattern =
  /(?:因为?|由于|原因:?|because of|due to|reason:?)\s?([^,,。;.\n]{2,24})|(堵车|堵在[^,,。;]{1,8}|爆胎|海关(?:查验)?|封路|车辆?故障|装车晚了?|大雾|下雪|事故|traffic(?: jam)?|customs|breakdown|flat tyre|flat tire|accident|snow|fog|late loading)/i;

export function material(p: Passage): Extraction {
  const { text, at } = p;
  const usage = usagePattern.exec(text);
  const usageValue = usage ? parseNumber((usage[1] ?? usage[2])!) : undefined;
  const usageEnd = usage ? usage.index + usage[0].length : -1;
  const stock = p.quantities.find(
    (q) =>
      !(usage && q.start < usageEnd && usage.index < q.end) &&
      (stockBefore.test(text.slice(Math.max(0, q.start - 14), q.start)) ||
        stockAfter.test(text.slice(q.end))),
  );
  const hours = hoursPattern.exec(text);
  const stated = hours
    ? hours[1] === '半'
      ? 0.5
      : (parseNumber(hours[1]!) ?? 0) + (hours[2] ? 0.5 : 0)
    : undefined;
  const coverage =
    stated ?? (stock && usageValue ? Math.round((stock.value / usageValue) * 10) / 10 : undefined);
  const out = coverage === undefined ? undefined : calendar.addMinutes(at, Math.round(coverage * 60));
  const clocks = p.times.filter((t) => t.time);
  const moved = movedEta(p);
  const next = moved
    ? undefined
    : clocks.find(
        (t) =>
          arrival.test(text.slice(Math.max(0, t.start - 18), t.start)) ||
          /^\s?(?:左右)?(?:才|能)?(?:到|送到|抵达|arriv)/i.test(text.slice(t.end, t.end + 8)),
      );
  const nextEta = next && asFuture(next, at);
  const other = p.quantities.find(
    (q) => q !== stock && !(usage && q.start < usageEnd && usage.index < q.end),
  );
  const { customer, plant, line, station, model, part_name, part_no } = common(p, partOf(p));
  const isStock = stock !== undefined || coverage !== undefined;
  const late = p.durations.find(
    (d) =>
      /(?:晚点?|迟到|延误|延迟|晚到|delayed(?: by)?|late)\s?(?:约|大概|about)?\s?$/i.test(
        text.slice(Math.max(0, d.start - 10), d.start),
      ) || /^\s?(?:late|delay|才能?到)/i.test(text.slice(d.end)),
  );
  const delay = moved ? calendar.minutesBetween(moved.from, moved.to) : late?.minutes;
  const reason = delay === undefined ? undefined : reasonPattern.exec(text);
  return entry('material', {
    ...(moved && { op: 'update' }),
    record_type: isStock ? 'stock' : moved || nextEta || late ? 'delivery' : undefined,
    customer,
    plant,
    line,
    station,
    model,
    part_name,
    part_no,
    ...(stock && { stock_line: stock.value, unit: stock.unit }),
    usage_per_h: usageValue,
    coverage_h: coverage,
    stock_out_at: out,
    ...(isStock ? { next_eta: nextEta } : { eta: nextEta }),
    ...(!stock && other && { qty: other.value, unit: other.unit }),
    ...(moved && { from: moved.from, to: moved.to }),
    delay_min: delay,
    reason: (reason?.[1] ?? reason?.[2])?.trim(),
    severity: severityOf(coverage, out, nextEta),
  });
}

/** The two minutes of an ETA that moves. */
function movedEta(p: Passage): { from: string; to: string } | undefined {
  const clocks = p.times.filter((t) => t.time);
  for (let i = 0; i + 1 < clocks.length; i++) {
    const [a, b] = [clocks[i]!, clocks[i + 1]!];
    const gap = p.text.slice(a.end, b.start);
    if (
      !/^的(?:货|车|料|那车|那班)(?:要|得|改)?(?:到|等到)?$|^[^,。;]{0,6}(?:改|推|延|晚|变|挪|->|提前)[^,。;]{0,4}$|^\s?(?:to|->|now)\s?$/i.test(
        gap,
      )
    )
      continue;
    const from = asFuture(a, p.at);
    const to = asFuture(b, p.at);
    if (from && to && from.slice(0, 10) === to.slice(0, 10)) return { from, to };
  }
  return undefined;
}

function severityOf(coverage: number | undefined, out: string | undefined, next: string | undefined): string {
  if (coverage === undefined || out === undefined) return 'S3';
  if (next !== undefined && next <= out) return 'S3';
  if (coverage <= 2) return 'S1';
  return next !== undefined || coverage < 4 ? 'S2' : 'S3';
}

export const materialReader: Reader = {
  kind: 'material',
  threshold: 3,
  sight: (p, scores) => {
    const told = scores.material ?? 0;
    if (told === 0) return undefined;
    const found = material(p);
    const isFact =
      found.record_type !== undefined ||
      (found.qty !== undefined && /已?(?:发|到|收|装)|sent|shipped|received|arrived/i.test(p.text));
    return isFact
      ? {
          evidence: told + (found.coverage_h !== undefined || found.from !== undefined ? 3 : 0),
          entry: () => found,
        }
      : undefined;
  },
  complete: (found) => found.record_type !== undefined,
  besides: () => false,
};
