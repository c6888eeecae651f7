/**
 * Escalations (ESC). How the examples fill one:
 * - `cause` is the code `shortage` when material is missing, else the reason in the text's own words without its owner
 *   (我司卡具定位销断 → cause 卡具定位销断, cause_side ours).
 * - a running stop: `started_at` and `min_stopped` follow from each other and from now; an ended one carries both ends.
 * - a clock time without a date is the latest such time not after now, so that 23:50 at 00:25 is yesterday.
 * - `qty` counts what is missing (JIS 0457-0469 is 13 pieces); `need_qty` what is asked for.
 * - severity: a stop now, one of ten minutes or more, or one of our making is S1; the rest S2 (§5).
 */
import { common, entry, partOf, sideOf, trimPhrase, type Draft, type Extraction } from '../facts.ts';
import { safetyPartEn, safetyPartZh } from '../lexicon/parts.ts';
import * as words from '../lexicon/words.ts';
import { phraseBefore, type PartName } from '../parts.ts';
import { clauseAt, type Passage } from '../passage.ts';
import { assertedMatch } from '../stance.ts';
import { lotOf } from '../lots.ts';
import { contactOf } from '../contact.ts';
import { asFuture, asPast } from '../moments.ts';
import { clockOf, type Clock } from './stop-clock.ts';
import { defectMode } from '../modes.ts';

export type EscalationType =
  | 'line_stop'
  | 'line_slow'
  | 'batch_quality'
  | 'shortage'
  | 'safety'
  | 'logistics'
  | 'special_status'
  | 'complaint';

export interface Sighting {
  type: EscalationType;
  evidence: number;
  cue: RegExpExecArray;
}

const planned =
  /(?:计划|安排|定期|周末|节假日|检修|保养|年检|盘点|换班|吃饭|午休|交接班)(?:内|性)?(?:停线|停机|停产|停拉)|停(?:线|机|产)(?:检修|保养|盘点|大修|改造|放假)|planned (?:stop|downtime|maintenance)|scheduled (?:stop|downtime|maintenance)|maintenance (?:stop|shutdown)/i;
/** A stop that is only mentioned: another day's, a request for papers about it. */
const onlyMentioned =
  /(?:上次|上周|上个?月|之前|以前|去年|那次|那天)[^,。]{0,12}停[线机产][^,。]{0,12}(?:的|问题|报告|事|事故|8D|资料|复盘|整改)|停[线机产](?:的)?(?:报告|8D|照片|资料|记录|费|原因分析|整改|复盘|统计|率|演练)|the (?:line )?stop (?:report|last)|report (?:on|about|of) the (?:line )?stop/i;

/** What kind of escalation a passage speaks of, if it does so as a fact. */
export function sight(p: Passage): Sighting | undefined {
  const { text } = p;
  const harm = assertedMatch(text, words.harm);
  if (harm) return { type: 'safety', evidence: 6, cue: harm };
  const stop = planned.test(text) || onlyMentioned.test(text) ? undefined : assertedMatch(text, words.stop);
  if (stop) {
    const concrete =
      (p.places.line ? 2 : 0) +
      (p.partNumbers.length > 0 || p.partNames.length > 0 ? 1 : 0) +
      (p.times.some((t) => t.time) || p.durations.length > 0 ? 2 : 0) +
      (assertedMatch(text, words.shortage) ? 2 : 0) +
      (/停[线产拉到]|line/i.test(stop[0]) ? 2 : 0);
    // 停机 alone is a machine's; a line or a shortage makes it ours to escalate.
    if (concrete >= 2) return { type: 'line_stop', evidence: 3 + concrete, cue: stop };
  }
  const slow = assertedMatch(text, words.slow);
  if (slow) return { type: 'line_slow', evidence: 5 + (p.places.line ? 2 : 0), cue: slow };
  const special = assertedMatch(text, words.special);
  if (
    special &&
    !/退出|解除|取消|关闭|released? from|exit(?:ed)?|lifted|培训|什么(?:是|意思)|what (?:is|does)/i.test(text)
  ) {
    return { type: 'special_status', evidence: 6, cue: special };
  }
  const transport = assertedMatch(text, words.transport);
  if (transport) return { type: 'logistics', evidence: 6, cue: transport };
  const batch = assertedMatch(text, words.batch);
  if (batch && /批量|批次性|batch (?:quality|issue|problem|incident)|spill/i.test(batch[0])) {
    return { type: 'batch_quality', evidence: 6, cue: batch };
  }
  // A whole lot in doubt, with no fault named, is no defect yet that could be filled in.
  if (batch && doubtful.test(text) && !defectMode(text)?.mode)
    return { type: 'batch_quality', evidence: 5, cue: batch };
  const complaint = assertedMatch(text, words.complaint);
  if (
    complaint &&
    /总监|厂长|副总|总经理|高层|老总|经理|部长|总裁|正式|强烈|严重|director|manager|VP|CEO|head|president|formal|official|customer|客户/i.test(
      text,
    )
  ) {
    return {
      type: 'complaint',
      evidence: 4 + (/总监|厂长|总|高层|director|VP|CEO|head|president/i.test(text) ? 2 : 0),
      cue: complaint,
    };
  }
  const shortage = assertedMatch(text, words.shortage);
  if (
    shortage &&
    /没货|没有货|断料|断供|断货|没料|料没了|断顿|缺料|缺件|等料|待料|停料|无料|没有料|用(?:完|光)|ran out|out of|no (?:more )?[\w -]+(?:left|parts|material|at|on)|starv|stock-?out|shortage/i.test(
      shortage[0],
    )
  ) {
    return {
      type: 'shortage',
      evidence: 4 + (p.places.line ? 2 : 0) + (p.partNames.length > 0 || p.partNumbers.length > 0 ? 2 : 0),
      cue: shortage,
    };
  }
  return undefined;
}

const doubtful = /可疑|嫌疑|隔离|封存|冻结|\b(?:suspect|quarantin\w+|on hold|block(?:ed)?)\b/i;

const reasons = [
  /(?:根本|初步|停线|主要)?原因(?:是|为|在于|:|,|初判(?:是|为)?)?\s?([^,,。;;!\n()]{2,30})/,
  /(?:是|因)([^,,。;;!\n]{2,20}?)的(?:问题|原因|故障|责任)/,
  /(?:是|就是)([^,,。;;!\n]{2,24}?)(?:造成|导致|引起)的/,
  /(?:因为?|由于)\s?([^,,。;;!\n]{2,24}?)(?:导致|造成|引起|停线|停产|停机|停了|,|,|。|!|$)/,
  /(?:^|[,,。;;!\n])([^,,。;;!\n]{2,24}?)(?:导致|造成|引起|害得)[^,。]{0,8}(?:停|降速|断)/,
  /\b(?:because of|because|due to|caused by|root cause(?: is| was)?:?|reason:?|cause:?)\s([^,.;!\n]{3,60})/i,
];

/** Why it stopped, in the words of the text, without whose it was. */
function causeOf(p: Passage, cue: RegExpExecArray): string | undefined {
  const { text } = p;
  for (const pattern of reasons) {
    const m = pattern.exec(text);
    const phrase = m && tidyCause(m[1]!.split(/(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])/)[0]!);
    if (
      phrase &&
      !/^(?:待查|不明|未知|排查中|还在查|分析中|查找中|unknown|tbd|under investigation)/i.test(phrase)
    )
      return phrase;
  }
  // The clause beside the stop, if it tells of a fault.
  const own = clauseAt(text, cue.index);
  const clauses: string[] = [];
  for (let index = 0; index < text.length && clauses.length < 12;) {
    const clause = clauseAt(text, index);
    if (clause.start !== own.start) clauses.push(text.slice(clause.start, clause.end));
    index = Math.max(clause.end, index) + 1;
  }
  const fault = clauses.find((clause) => isFault(clause));
  return fault && tidyCause(fault);
}
const faultWords =
  /故障|[插装接放打焊贴]反|偏(?:了|移|差)?$|堵(?:塞|住|了)|过热|烧(?:了|坏|毁)|断轴|没电|没油|漏装|误报|误动作|误判|断电|问题|松脱|脱落|坏了|断了?$|断裂|卡死|死机|卡滞|报警|掉线|宕机|错|漏|失灵|短路|停电|跳闸|撞|对不上|装不上|磨|干涉|毛刺|\b(?:issue|problem|failed|failure|fault|broke|broken|sheared|snapped|jam(?:med)?|crash(?:ed)?|mis-?\w+|tripped|alarm|error|stuck|have to|had to|wrong|blocked|burst|collapsed|overheat\w*|overload\w*|seized|(?:hard|difficult|impossible) to|won't|cannot|can't|keeps? \w+ing|too (?:tight|loose|stiff|long|short|thick|thin|big|small|wide|narrow))\b/i;
function isFault(clause: string): boolean {
  if (
    assertedMatch(clause, words.restored) ||
    /首件|first (?:piece|off)|不是我|恢复|谁|求|麻烦|请|pls|please|need/i.test(clause)
  )
    return false;
  return faultWords.test(clause) || defectMode(clause) !== undefined;
}
/** What happened to people: the clause that says so. */
function incident(p: Passage, cue: RegExpExecArray): string {
  const clauses = [...p.text.matchAll(words.harm)].map((m) => clauseAt(p.text, m.index));
  const told = clauses
    .map((clause) => tidyCause(p.text.slice(clause.start, clause.end)))
    .filter((clause) => !/救护车|ambulance/i.test(clause));
  // Who is called after an accident tells of it no more than that: the first clause does.
  const first = clauseAt(p.text, 0);
  const opening = tidyCause(p.text.slice(first.start, first.end));
  const best = told.toSorted((a, b) => b.length - a.length)[0] ?? (opening || tidyCause(cue[0]));
  const place = locationOf(p);
  return place
    ? tidyCause(best.replace(new RegExp(`\\s(?:at|in|on|near) (?:the )?${place}$`, 'i'), ''))
    : best;
}
const tidyCause = (text: string): string =>
  trimPhrase(text)
    .replace(
      /^(?:是|为|:)?\s?(?:我司|我方|我们(?:的|自己的|这边的?)?|客户(?:侧|方|端|自己)?的?|(?:our|their|the customer's|customer's|customer|the|a|an)\s)\s?/i,
      '',
    )
    .replace(/^(?:侧|方|的)/, '')
    .replace(/(?:引起|造成|导致)的?$/, '')

    .replace(/\s(?:at|on) their (?:side|end)$/i, '')
    .replace(/\s(?:at|on) (?:the )?customer(?:'s)?(?: (?:side|end))?$/i, '')
    .trim();

function jis(p: Passage): Draft {
  const m =
    /(?:JIS|JIT|排序|sequence|seq\.?|序列|顺序号?)[^\d\n]{0,16}(\d{3,6})\s?(?:-|–|—|~|到|至|to)\s?(\d{3,6})(?!\d)/i.exec(
      p.text,
    );
  if (!m) return {};
  const count = Number(m[2]) - Number(m[1]) + 1;
  return { jis_from: m[1], jis_to: m[2], ...(count > 0 && count < 10_000 && { qty: count, unit: 'pcs' }) };
}

const help: readonly (readonly [string, RegExp])[] = [
  [
    'expert',
    /(?:派|请|要|需要|求|叫|安排)[^,。]{0,6}(?:专家|技术(?:人员|员|支持)?|工程师|研发)|专家(?:支援|支持|到场)|\b(?:need|send|request)\b[^.\n]{0,20}\b(?:expert|engineer|technician|specialist)s?\b/i,
  ],
  [
    'material',
    /(?:紧急|赶紧|马上|尽快|立即|求|请)[^,。]{0,6}(?:调料|调货|送料|补料|补货|发货|送货)|\b(?:send|need|ship)\b[^.\n]{0,14}\b(?:material|parts|replacement)\b/i,
  ],
  ['air_freight', /空运|航空件|\bair ?freight\b|\bby air\b|\bcharter\b/i],
  [
    'sorters',
    /(?:派|要|需要|安排|叫)[^,。]{0,8}(?:挑选|全检|返工)(?:人员|工)?|挑选人员|\bsorters?\b|\bsorting (?:team|people|crew)\b/i,
  ],
  [
    'management',
    /(?:请|求|需要?|麻烦)[^,。]{0,6}(?:领导|管理层|总(?:出面|来)|经理出面)|\bmanagement (?:support|help|attention)\b/i,
  ],
];

function quantities(p: Passage): Draft {
  const { text } = p;
  const draft: Draft = {};
  for (const q of p.quantities) {
    const before = text.slice(Math.max(0, q.start - 8), q.start);
    const after = text.slice(q.end, q.end + 12);
    if (/(?:影响|少下|少产|损失|少做|affect\w*|lost|loss of)\D{0,4}$/i.test(before) && q.unit === 'unit')
      draft.vehicles_affected = q.value;
    else if (
      /^\s?(?:车)?(?:受影响|被影响|受到影响|affected|impacted|lost|so far|behind)/i.test(after) &&
      q.unit === 'unit'
    )
      draft.vehicles_affected = q.value;
    else if (/(?:急需|需要?|要|need(?:ed)?(?: at least)?|require)\s?(?:紧急|再|补|至少)*\s?$/i.test(before))
      Object.assign(draft, { need_qty: q.value, unit: q.unit });
    else if (
      /(?:缺|差|短缺|还差|欠|missing|short of|short)\s?(?:了|料)?\s?$/i.test(before) ||
      /^\s?(?:short|missing)/i.test(after)
    ) {
      Object.assign(draft, { qty: q.value, unit: q.unit });
    }
  }
  return draft;
}

/** CS1, CS2, however it is said. */
function controlledLevel(text: string): string | undefined {
  const m =
    /CS[- ]?([12])/i.exec(text) ??
    /(?:controlled shipping|受控发运|受控发货)[^,。.]{0,10}?(?:level |等级)?([12一二])级?/i.exec(text) ??
    /(?:level |)([12一二])\s?(?:级)?\s?(?:受控|controlled)/i.exec(text);
  return m ? `CS${{ 一: '1', 二: '2' }[m[1]!] ?? m[1]!}` : undefined;
}

/** How much is in doubt. */
function lotSize(p: Passage): Draft {
  const q = p.quantities.find((one) => one.unit !== 'unit');
  return q ? { qty: q.value, unit: q.unit } : {};
}

const firstOff =
  /首件[^,。]{0,6}(?:OK|ok|合格|通过|没问题|正常)|\bfirst[- ](?:off|piece|part)[^.,\n]{0,12}\b(?:ok|good|passed|approved)\b/i;

/** `缺左后三角窗`: what a stopped line lacks, named straight after the word. */
const lacking =
  /(?:^|[,,。;!\s:\d])(?:又|还|就|因)?缺(?!陷|少人|人|勤|口|料|件|货)([\u4e00-\u9fffA-Z]{2,10}?)(?=[,,。;!\s]|$|停[线了产])/;

/** The part that is missing or that fails: nearest to the shortage, else as usual. */
function partFor(p: Passage, sighting: Sighting): PartName | undefined {
  const lacks = sighting.type === 'line_stop' ? lacking.exec(p.text) : null;
  if (lacks) {
    const start = lacks.index + lacks[0].length - lacks[1]!.length;
    const span = { start, end: start + lacks[1]!.length, value: lacks[1]!, text: lacks[1]! };
    return p.partNames.find((name) => name.start >= span.start && name.end <= span.end) ?? span;
  }
  const shortage = assertedMatch(p.text, words.shortage);
  if (shortage) {
    const known = partOf(p, shortage.index + (p.zh ? 0 : shortage[0].length));
    if (known) return known;
    const start = p.text.slice(0, shortage.index).trimEnd();
    const phrase = phraseBefore(start, start.length, false);
    return phrase && /[次月周天时急快边场线里全又还已就]/.test(phrase.value) ? undefined : phrase;
  }
  return partOf(p, sighting.cue.index);
}

function severityOf(
  type: EscalationType,
  clock: Clock,
  side: string | undefined,
  isShort: boolean,
  amount: number,
): 'S1' | 'S2' {
  if (type === 'safety' || type === 'shortage' || (type === 'batch_quality' && amount >= 100)) return 'S1';
  if (type !== 'line_stop') return 'S2';
  return clock.ongoing || (clock.min_stopped ?? 0) >= 10 || side === 'ours' || isShort ? 'S1' : 'S2';
}

export function escalation(p: Passage, sighting: Sighting): Extraction {
  const { type, cue } = sighting;
  const { text } = p;
  const part = partFor(p, sighting);
  const timed = type === 'line_stop' || type === 'line_slow' || type === 'shortage';
  const clock = clockOf(p, cue);
  const lacks = type === 'line_stop' ? lacking.exec(text) : null;
  const isShort =
    (lacks !== null ||
      assertedMatch(text, words.shortage) !== undefined ||
      /等(?:着)?(?:咱们|我们|你们|供应商)(?:家)?的?/.test(text) ||
      (type === 'line_stop' && /\bmissing(?=[,.;!]|$)/i.test(text))) &&
    !/等(?:客户|指令|通知)/.test(text);
  const side = sideOf(text);
  const cause =
    type === 'shortage' || type === 'special_status' || type === 'complaint'
      ? undefined
      : isShort && type !== 'safety'
        ? 'shortage'
        : type === 'safety'
          ? incident(p, cue)
          : causeOf(p, cue);
  const dated = p.times.find((t) => t.past && !t.span);
  return entry('escalation', {
    type,
    cause,
    // What failed on the customer's side is no part of ours.
    ...common(p, side === 'customer' && !isShort && p.partNumbers.length === 0 ? undefined : part),
    ...(timed
      ? { ...clock, ...(type !== 'line_stop' && clock.ongoing && { min_stopped: undefined }) }
      : { eta: clock.eta }),
    ...(type === 'special_status' && {
      started_at: dated?.past,
      status: controlledLevel(text),
    }),
    ...jis(p),
    ...(type === 'batch_quality' && { lot: lotOf(text), ...lotSize(p) }),
    ...quantities(p),
    // That our part is missing is no statement of fault.
    cause_side:
      isShort && !/原因|责任|问题|漏发|没发|未发|忘|fault|forgot|responsib/i.test(text) ? undefined : side,
    first_off_ok: firstOff.test(text) ? true : undefined,
    help_requested: help.filter(([, pattern]) => pattern.test(text)).map(([code]) => code),
    ...(type === 'complaint' && { contact: contactOf(text) }),
    ...(type === 'safety' && { location: locationOf(p) }),
    severity:
      part && (safetyPartZh.test(part.value) || safetyPartEn.test(part.value))
        ? 'S1'
        : severityOf(type, clock, side, isShort, Math.max(0, ...p.quantities.map((q) => q.value))),
  });
}

const locationOf = (p: Passage): string | undefined =>
  /((?:焊装|总装|涂装|冲压|底盘|内饰|注塑|机加|包装)车间|仓库|卸货口|装卸区|道口|warehouse|paint shop|body shop|loading dock|dock \d+)/i.exec(
    p.text,
  )?.[1];

const tellsEnd =
  /恢复|开线|跑起来|复线|复产|running again|restarted|resumed|recovered|restored|back up|back in|back on|up again|back to normal|back running/i;

/** What a message that names an escalation adds to it: when help comes, what it was, how many are hit. */
export function addition(p: Passage): Extraction {
  const stop = assertedMatch(p.text, words.stop);
  const clock = clockOf(p, stop ?? atStart(p.text));
  const due = p.times.findLast(
    (t) => t.time && etaWord.test(p.text.slice(Math.max(0, t.start - 24), t.start)),
  );
  return entry('escalation', {
    ...(stop && { started_at: clock.started_at, min_stopped: clock.min_stopped, ongoing: clock.ongoing }),
    ...(stop && { ended_at: clock.ended_at }),
    eta: (due && asFuture(due, p.at)) ?? clock.eta,
    cause: causeOf(p, stop ?? atStart(p.text)),
    cause_side: sideOf(p.text),
    part_name: partOf(p)?.value,
    part_no: p.partNumbers[0]?.value,
    ...quantities(p),
    help_requested: help.filter(([, pattern]) => pattern.test(p.text)).map(([code]) => code),
    first_off_ok: firstOff.test(p.text) ? true : undefined,
  });
}
const etaWord =
  /(?:ETA|预计|预估|改(?:到|为|成)|推迟(?:到|至)|延(?:到|至)|push(?:ed)?|now|new|delayed? (?:to|until))[^,。;\n]{0,20}$/i;
const atStart = (text: string): RegExpExecArray => /^/.exec(text)!;

/** A later word on a stop that is already on record: it runs again, or help comes at another time. */
export function escalationUpdate(p: Passage, named = false): Extraction | undefined {
  const back = planned.test(p.text) ? undefined : assertedMatch(p.text, words.restored);
  if (!back || !tellsEnd.test(back[0]) || /订单|软件|账号|供货计划|邮件|库存/.test(p.text)) return undefined;
  const stop = assertedMatch(p.text, words.stop);
  if (!named && !p.places.line && !stop && !/线|line|生产|production/i.test(p.text)) return undefined;
  const clock = clockOf(p, stop ?? back);
  // A restart alone has one time, its own.
  const time = p.times.find((t) => t.time);
  const ended = clock.ended_at ?? (time && asPast(time, p.at));
  return entry('escalation', {
    op: 'update',
    ...common(p, stop ? partOf(p) : undefined),
    ended_at: ended,
    min_stopped: clock.started_at && clock.ended_at ? clock.min_stopped : p.durations[0]?.minutes,
    ongoing: false,
    cause_side: sideOf(p.text),
    first_off_ok: firstOff.test(p.text) ? true : undefined,
  });
}
