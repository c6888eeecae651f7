/** The reply to the customer: drafted from the decision, released by a person, shown to be copied (a verb that `drafts`). */
import type { AnyKind } from '../kinds/index.ts';
import { filled, holds } from '../records/needs.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { Element, View } from './card.ts';
import { words } from './elements.ts';
import { cut, plain } from './escape.ts';
import { formatValue } from './format.ts';
import { t } from './i18n.ts';
import type { Limits } from './size.ts';

/** In the customer's language, which is the site's; undefined where nothing is decided that could be told. */
export function draftReply(kind: AnyKind, record: RecordDoc, view: View): string | undefined {
  const rule = kind.can.reply;
  const decision = rule?.decisions.find(
    ({ status, when }) => status === record.status && (!when || holds(when, record.fields)),
  );
  if (!rule || !decision) return undefined;
  const theirs = { ...view, language: view.site.language };
  const { language } = theirs;
  const colon = t(language, 'word.colon');
  const ref = record.fields[rule.ref];
  const told = decision.tells.flatMap(({ field: name, label }) => {
    const field = kind.fields[name];
    if (!field || !filled(record.fields[name])) return [];
    return [`${label[language]}${colon}${formatValue(field, record.fields[name], theirs, record.fields)}`];
  });
  return [
    t(language, 'reply.greeting', {
      what: titleIn(kind, record.fields, language),
      ref: [...(typeof ref === 'string' && ref !== '' ? [ref] : []), record.id].join(
        t(language, 'word.separator'),
      ),
    }),
    decision.says[language],
    ...told,
    decision.ends[language],
  ].join('\n');
}

/** What was released, for whoever copies it; a customer's guest sees what they were told anyway. */
export function replyBlock(kind: AnyKind, record: RecordDoc, view: View, limits: Limits): Element[] {
  const name = kind.can.reply?.into;
  const said = name === undefined ? undefined : record.fields[name];
  if (typeof said !== 'string' || said === '') return [];
  const title = view.viewer?.customer
    ? (kind.fields[name ?? '']?.label[view.language] ?? '')
    : t(view.language, 'reply.released');
  return [
    {
      type: 'Container',
      style: 'emphasis',
      spacing: 'Medium',
      items: [
        words(title, { size: 'Small', weight: 'Bolder' }),
        ...cut(said, Math.max(limits.quote * 2, 200))
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => words(plain(line), { spacing: 'None' })),
      ],
    },
  ];
}
