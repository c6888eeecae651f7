/** Records that a record is linked to: on its card, and on the form that links another. */
import { kindOf } from '../kinds/index.ts';
import { generalVerbs } from '../records/access.ts';
import { inverse, isWhy } from '../records/linked.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, View } from './card.ts';
import { press, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formCard } from './form.ts';
import { statusWord } from './format.ts';
import { t } from './i18n.ts';
import type { TextKey } from './i18n.ts';

/** Links on the card; the others are among the details. */
const maxShown = 3;

const whyKeys = {
  caused_by: 'link.caused_by',
  gave_rise_to: 'link.gave_rise_to',
  related: 'link.related',
} as const satisfies Record<keyof typeof inverse, TextKey>;

export const whyWord = (why: string, { language }: View): string =>
  isWhy(why) ? t(language, whyKeys[why]) : why;

/** What it came from, gave rise to or belongs to: title and status, each a tap away. Ours alone. */
export function linksBlock(record: RecordDoc, view: View): Element[] {
  if (view.viewer?.customer) return [];
  return record.links.slice(0, maxShown).map(({ to, why }) => {
    const face = record.linked?.[to];
    const kind = face && kindOf(face.kind);
    const said = [
      face?.title[view.language] ?? '',
      kind ? statusWord(kind, face.status, view.language) : '',
    ].filter((part) => part !== '');
    return {
      type: 'Container',
      spacing: 'Small',
      selectAction: press({ title: to, verb: 'show', data: { record: to }, bare: true }),
      items: [
        words(`${kind?.icon ?? '🔗'} ${whyWord(why, view)} **${plainLine(to)}** ›`, { color: 'accent' }),
        ...(said.length === 0
          ? []
          : [words(plainLine(said.join(' · '), 160), { size: 'Small', subtle: true, spacing: 'None' })]),
      ],
    };
  });
}

/** The form that links another record, takes a link back, or makes a record that comes out of this one. */
export function renderLinking(record: RecordDoc, view: View): Card {
  const kind = kindOf(record.kind);
  const { language } = view;
  const data = { record: record.id, rev: record.rev };
  const title = t(language, 'link.title', { id: record.id });
  return formCard(
    {
      icon: kind?.icon ?? '',
      title,
      intro: kind ? plainLine(titleIn(kind, record.fields, language), 160) : '',
      summary: title,
      sections: [
        ...linksBlock(record, view),
        {
          type: 'Input.Text',
          id: 'link_to',
          label: t(language, 'link.to'),
          placeholder: t(language, 'link.hint'),
          maxLength: 40,
        },
        {
          type: 'Input.ChoiceSet',
          id: 'link_why',
          label: t(language, 'link.why'),
          style: 'compact',
          value: 'related',
          choices: (Object.keys(inverse) as (keyof typeof inverse)[]).map((why) => ({
            title: t(language, whyKeys[why]),
            value: why,
          })),
        },
      ],
      actions: [
        press({ title: generalVerbs.link[language], verb: 'link', data, style: 'positive' }),
        ...(record.links.length > 0
          ? [press({ title: generalVerbs.unlink[language], verb: 'unlink', data })]
          : []),
        ...(kind?.can.gives ?? []).map(({ kind: other, label }) =>
          press({
            title: label[language],
            verb: 'give',
            data: { record: record.id, kind: other },
            bare: true,
          }),
        ),
        press({ title: t(language, 'timeline.back'), verb: 'show', data: { record: record.id }, bare: true }),
      ],
    },
    view,
  );
}

/** Opens that form. */
export const linkingAction = (record: RecordDoc, { language }: View): Element =>
  press({
    title: t(language, 'link.open'),
    verb: 'link',
    data: { record: record.id, rev: record.rev, form: true },
    bare: true,
  });
