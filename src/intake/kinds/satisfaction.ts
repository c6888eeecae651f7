/** Satisfaction (SAT): marks of 1 to 5 and how they came. A mark of 2 or less asks for action and is S3, the rest S4. */
import { contactOf, speakerOf } from '../contact.ts';
import { common, entry, type Extraction } from '../facts.ts';
import { parseNumber } from '../numbers.ts';
import type { Passage } from '../passage.ts';
import type { Reader } from './reader.ts';

const topics: readonly (readonly [string, string])[] = [
  ['product', '产品|product'],
  ['service', '服务|驻厂服务|service'],
  ['delivery', '交付|交货|送货|准时率?|deliver(?:y|ies)'],
  ['quality', '质量|品质|quality'],
  ['response', '响应(?:速度)?|反应速度|response(?: time)?|responsiveness'],
];
const mark = '([1-5]|[一二三四五])(?![\\d:]|\\s?(?:月|号|点|天|件|个|分钟|min|h\\b))';
const patterns = topics.map(
  ([key, words]) =>
    [
      key,
      [
        new RegExp(
          `(?:${words})(?:水平|方面|满意度)?\\s?(?:打了?|给了?|评了?|得了?|只有?|是|为|:|rated?|scored?|gets?|got|was|is|=)*\\s?${mark}\\s?(?:分(?!钟)|\\/\\s?5|stars?|out of 5|points?)?`,
          'i',
        ),
        new RegExp(
          `${mark}\\s?(?:分|\\/\\s?5|stars?|out of 5|points?)?\\s?(?:for|on|in)\\s(?:the |our )?(?:${words})`,
          'i',
        ),
      ],
    ] as const,
);
const channels: readonly (readonly [string, RegExp])[] = [
  ['survey', /问卷|调查|回访表|\bsurvey\b|\bquestionnaire\b/i],
  ['scorecard', /记分卡|评分卡|绩效(?:打分|评分)|\bscore ?card\b/i],
  [
    'praise',
    /夸|表扬|点赞|感谢信|锦旗|称赞|竖大拇指|\bprais\w+|\bcompliment\w*|\bhappy with\b|\bpleased with\b|\bimpressed\b|\bgreat job\b|\bgood job\b|\bkudos\b/i,
  ],
  ['complaint', /抱怨|吐槽|不满(?!足)|有意见|\bcomplain\w*|\bunhappy\b|\bnot happy\b|\bdisappointed\b/i],
  ['verbal', /口头|当面|电话里|\bverbal\w*|\btold (?:me|us)\b|\bsaid\b/i],
];

export function satisfaction(p: Passage): Extraction {
  const { text } = p;
  const marks: Record<string, number> = {};
  for (const [key, forms] of patterns) {
    for (const form of forms) {
      const value = parseNumber(form.exec(text)?.[1] ?? '');
      if (value !== undefined && marks[key] === undefined) marks[key] = value;
    }
  }
  const channel = channels.find(([, pattern]) => pattern.test(text))?.[0];
  const { customer, plant } = common(p, undefined);
  const low = Object.values(marks).some((value) => value <= 2) || channel === 'complaint';
  return entry('satisfaction', {
    channel,
    customer,
    plant,
    contact: speakerOf(text) ?? contactOf(text),
    ...marks,
    severity: low ? 'S3' : 'S4',
  });
}

export const satisfactionReader: Reader = {
  kind: 'satisfaction',
  threshold: 4,
  sight: (p, scores) => {
    const told = scores.satisfaction ?? 0;
    if (told === 0) return undefined;
    const found = satisfaction(p);
    const isMarked = topics.some(([key]) => found[key] !== undefined);
    // Praise among ourselves is no word of the customer's.
    const theirs =
      /客户|主机厂|厂长|经理|总监|\b(?:customer|buyer|they|their|manager|director|Mr|Ms|Mrs)\b/i.test(p.text);
    return isMarked || (found.channel && theirs)
      ? { evidence: told + (isMarked ? 2 : 0), entry: () => found }
      : undefined;
  },
  complete: () => true,
  besides: () => false,
};
