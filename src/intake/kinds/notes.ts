/** Kinds that inform and ask for no haste, all S4: improvements (IMP), documents (DOC), market intelligence (MKT). */
import { common, entry, partOf, trimPhrase, type Extraction } from '../facts.ts';
import * as calendar from '../calendar.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';
import { revisionOf } from './breakpoint.ts';

const suggestion =
  /(?:建议|提议|提个(?:想法|点子)|改善(?:提案|点)|合理化建议)\s?(?:是|为|:|,)?\s?(?:我们|大家|可以)?\s?([^,,。;!\n]{2,60})|(?:可以考虑|考虑|要不(?:要|我们)?|能不能|最好)\s?([^,,。;!?\n]{2,60})|\b(?:suggest(?:s|ed|ion)?|propos(?:e|es|ed|al)|recommend(?:s|ed|ation)?|improvement idea|kaizen|idea)\b\s?(?:that|to|is|:|we|they|should)*\s?([^.;!?\n]{3,80})|([^,,。;!?\n]{4,60}?)(?:怎么样|好不好|行不行|可行吗)|\bI think (?:that )?([^.;!?\n]{4,80}?) (?=would\b)|\b(?:why not|how about|we (?:should|could)|could we|maybe we(?: could)?)\s([^.;!?\n]{3,80})/i;
const purpose =
  /[,,?]\s?(?:以?能?(?:避免|免得|防止|减少|降低|提高)[^,,。;!\n]{2,40})|\b(?:to (?:avoid|prevent|reduce|save)|so (?:that )?(?:nobody|no one|we|they|it)|in order to)\s[^.;\n]{3,60}/i;

function improvement(p: Passage): Extraction {
  const m = suggestion.exec(p.text);
  const said = m && m.slice(1).find(Boolean);
  const why = purpose.exec(p.text)?.[0].replace(/^[,,?]\s?能?/, '');
  return entry('improvement', {
    ...common(p, undefined),
    part_no: undefined,
    suggestion: said ? trimPhrase(why && said.includes(why) ? said.replace(why, '') : said) : undefined,
    benefit: why,
    proposer:
      /客户(?:方|那边)?(?:[\u4e00-\u9fff]{0,4})?(?:建议|提议|提出)|\bcustomer (?:suggest|propos|recommend)/i.test(
        p.text,
      )
        ? 'customer'
        : undefined,
    severity: 'S4',
  });
}

export const documentTypes: readonly (readonly [string, RegExp])[] = [
  ['quality_agreement', /质量(?:保证)?协议|\bquality agreement\b|\bQAA\b/i],
  ['minutes', /会议纪要|纪要|\bminutes\b/i],
  ['order_confirmation', /订单确认|\border confirmation\b/i],
  ['inspection_data', /检(?:验|测)(?:数据|报告|记录)|\binspection (?:data|report|records?)\b/i],
  ['production_record', /生产记录|\bproduction records?\b/i],
  [
    'tech_file',
    /图纸|技术(?:文件|协议|规范)|控制计划|作业指导书|FMEA|PPAP|\bdrawing\b|\bcontrol plan\b|\bwork instruction\b|\bPPAP\b|\bspecification\b/i,
  ],
  ['report', /报告|\breport\b/i],
];

export function validTo(p: Passage): string | undefined {
  const cue =
    /(?:有效期?(?:到|至|为)?|到期|失效|截止|valid (?:until|till|to|through)|expires?(?: on)?)/i.exec(p.text);
  if (!cue) return undefined;
  const month = /(20\d\d)[-年/.](\d{1,2})(?:月|(?![-/.\d]))(?!\s?\d)/.exec(p.text.slice(cue.index));
  const t = p.times.find((one) => one.date && one.start >= cue.index - 16);
  if (t) return t.date;
  if (!month) return undefined;
  const first = calendar.makeDate(Number(month[1]), Number(month[2]), 1);
  return first && calendar.monthEnd(first, 0);
}

function document(p: Passage): Extraction {
  return entry('document', {
    doc_type: documentTypes.find(([, pattern]) => pattern.test(p.text))?.[0],
    ...common(p, partOf(p)),
    rev: revisionOf(p.text),
    valid_to: validTo(p),
    severity: 'S4',
  });
}

const marketTopics: readonly (readonly [string, RegExp])[] = [
  ['competitor', /竞品|竞争对手|友商|对手|\bcompetitors?\b|\brival\b/i],
  ['price', /降价|涨价|年降|价格|\bprices?\b|\bpricing\b/i],
  [
    'new_program',
    /新车型|新项目|定点|招标|SOP|\bnew (?:program|model|platform)\b|\bsourcing\b|\bRFQ\b|\btender\b/i,
  ],
  ['volume', /销量|产量|扩产|停产|第三班|\bvolumes?\b|\bthird shift\b|\bsales\b/i],
  ['policy', /政策|补贴|法规|\bpolicy\b|\bsubsid\w+|\btariff/i],
  ['technology', /技术|一体化|压铸|固态|\btechnolog\w+|\bgigacasting\b/i],
];
const sources: readonly (readonly [string, RegExp])[] = [
  ['exhibition', /展会|车展|博览会|\b(?:trade fair|auto show|motor show|exhibition)\b/i],
  [
    'customer_said',
    /客户(?:采购|质量|那边|的人)?[^,。]{0,8}(?:说|讲|透露|提到|聊)|私下|\b(?:customer|buyer|purchas\w+|planner)\b[^.\n]{0,16}\b(?:said|told|mentioned|says)\b/i,
  ],
  ['public', /新闻|公告|报道|公众号|发布|\b(?:press|news|announced|reportedly)\b/i],
];

function market(p: Passage): Extraction {
  const { customer, plant, model } = common(p, undefined);
  return entry('market_intelligence', {
    topic: marketTopics.find(([, pattern]) => pattern.test(p.text))?.[0],
    customer,
    plant,
    model,
    source: sources.find(([, pattern]) => pattern.test(p.text))?.[0],
    severity: 'S4',
  });
}

/** A reader that needs its topic's cues and one field that only this kind has. */
const plain = (
  kind: string,
  topic: 'improvement' | 'document' | 'market',
  key: string,
  make: (p: Passage) => Extraction,
  threshold = 4,
): Reader => ({
  kind,
  threshold,
  sight: (p, scores) => {
    const told = scores[topic] ?? 0;
    if (told === 0) return undefined;
    const found = make(p);
    return found[key] === undefined ? undefined : { evidence: told, entry: () => found };
  },
  complete: (found) => found[key] !== undefined,
  besides: () => false,
});

export const improvementReader = plain('improvement', 'improvement', 'suggestion', improvement, 3);
export const documentReader = plain('document', 'document', 'doc_type', document);
export const marketReader = plain('market_intelligence', 'market', 'topic', market);
