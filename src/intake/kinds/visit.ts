/** Visits and meetings (VIS): when they start, who comes, what about. Always S4. */
import { entry, type Extraction } from '../facts.ts';
import { asFuture } from '../moments.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';

const types: readonly (readonly [string, RegExp])[] = [
  ['audit', /审核|迎审|\baudit\w*/i],
  ['plant_tour', /参观|考察|\bplant tour\b|\btour\b/i],
  ['tech_review', /(?:技术|方案|设计|图纸)评审|\b(?:technical|design|tech) review\b/i],
  [
    'quality_meeting',
    /质量(?:例会|会议?|分析会|沟通会)|8D(?:会|评审|复盘)|\bquality (?:meeting|review|call)\b/i,
  ],
  ['joint_meeting', /联合会议?|联席会|多方会|\bjoint meeting\b/i],
  ['customer_visit', /回访|走访|拜访|来访|来厂|\bvisit\w*/i],
];
const lists = (text: string): string[] =>
  text
    .split(/[、,,;;\/]|\s(?:and|&)\s|(?<=[\u4e00-\u9fff])[和与及]/)
    .map((item) =>
      item
        .replace(/^\s*(?:\d+[.)、]|and\s)\s?/i, '')
        .replace(/(?:等|都)?(?:参加|出席|一起|陪同|接待)?[。.!]?$/, '')
        .trim(),
    )

    .map((item) => item.replace(/^(?:客户(?:的|方)?|我方|我司|我们)(?=[\u4e00-\u9fff]{2,4}$)/, ''))
    .filter((item) => item.length > 0 && item.length <= 60);

const agendaPattern =
  /(?:议题|议程|主题|内容|讨论|agenda|topics?)\s?(?:是|为|包括|有)?\s?[::]?\s?([^。;\n]{2,160}?)(?=[。;\n]|[,,]\s?(?:参加|参会|与会|出席|attend)|$|\.\s)/i;
const attendeesPattern =
  /(?:参加人?员?|参会人?员?|与会人?员?|出席|attendees?|with|participants?)\s?[::]?\s?((?:(?![,,]\s?(?:agenda|topics?|议题|议程))(?:[^。;.\n]|(?<=\b(?:Mr|Ms|Dr|Mrs))\.)){2,100})|(?<=[,,。])([^,,。;]{2,40}?)(?:都|一起|共同)?(?:参加|出席|陪同|接待|到场)/i;

/** What stands after a colon, else the first clause: 讨论划伤问题,大家准备下数据. */
const subjects = (text: string): string =>
  /^[^::]{0,40}[::]\s?(.+)$/.exec(text)?.[1] ??
  (/[\u4e00-\u9fff]/.test(text) && !/、/.test(text) ? text.split(/[,,]/)[0]! : text);

export function visit(p: Passage): Extraction {
  const { text } = p;
  const when = p.times.find((t) => t.date && t.time) ?? p.times.find((t) => t.date ?? t.time);
  const agenda = agendaPattern.exec(text);
  const people = attendeesPattern.exec(text);
  const type = types.find(([, pattern]) => pattern.test(text))?.[0];
  return entry('visit', {
    type,
    start: when && asFuture(when, p.at),
    agenda: agenda
      ? lists(subjects(agenda[1]!.replace(/[,,][^,,]{2,40}(?:参加|出席|到场|attend(?:s|ing)?)$/i, '')))
      : undefined,
    attendees: people ? lists((people[1] ?? people[2])!) : undefined,
    severity: 'S4',
  });
}

export const visitReader: Reader = {
  kind: 'visit',
  threshold: 4,
  sight: (p, scores) => {
    const told = scores.visit ?? 0;
    if (told === 0) return undefined;
    const found = visit(p);
    return found.start !== undefined || found.agenda !== undefined
      ? { evidence: told + (found.start ? 1 : 0), entry: () => found }
      : undefined;
  },
  complete: (found) => found.start !== undefined,
  besides: () => false,
};
