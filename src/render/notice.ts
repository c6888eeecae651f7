/** A short message about something that happened or is due, with the record that it is about. */
import { kindOf } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { Card, Element, Tone, View } from './card.ts';
import { facts, mentionText, press, teams, words } from './elements.ts';
import { cut, plain, plainLine } from './escape.ts';
import { severityTone, severityWord, statusWord } from './format.ts';
import { t } from './i18n.ts';
import { factsOf, frontFacts } from './record.ts';
import { fitted } from './size.ts';
import { expand } from './template.ts';
import { dueWords } from './text.ts';

export interface Notice {
  /** A text in both languages, or one that is already in the view's. */
  title: Text | string;
  text?: Text | string;
  tone: Tone;
  record?: RecordDoc;
  /** Instead of the one that opens the record. */
  actions?: Element[];
}

/** Facts of the record that a notice repeats. */
const maxFacts = 4;

export function renderNotice(view: View, notice: Notice): Card {
  const { language } = view;
  const say = (text: Text | string | undefined) => (typeof text === 'object' ? text[language] : (text ?? ''));
  const title = plainLine(say(notice.title), 200);
  const mention = mentionText(view);
  return fitted((limits) => {
    const text = plain(cut(say(notice.text), limits.quote * 2));
    return expand('notice', {
      msteams: teams(view),
      mention: mention === '' ? [] : [words(t(language, 'record.mention', { names: mention }))],
      style: notice.tone === 'default' ? 'emphasis' : notice.tone,
      color: notice.tone === 'accent' ? 'default' : notice.tone,
      title,
      hasText: text !== '',
      text,
      record: notice.record ? recordRows(notice.record, view, limits.value) : [],
      actions:
        notice.actions ??
        (notice.record
          ? [
              press({
                title: t(language, 'action.open'),
                verb: 'show',
                data: { record: notice.record.id },
                bare: true,
              }),
            ]
          : []),
    });
  });
}

/** The record in a few lines. */
export function recordRows(record: RecordDoc, view: View, limit: number): Element[] {
  const kind = kindOf(record.kind);
  if (!kind) return [];
  const { language } = view;
  const due = dueWords(record, view);
  return [
    words(`${kind.icon} **${plainLine(titleIn(kind, record.fields, language), 120)}**`, {
      spacing: 'Medium',
    }),
    words(
      [
        record.id,
        severityWord(record.severity, language),
        statusWord(kind, record.status, language),
        ...(due === '' ? [] : [due]),
      ].join(' · '),
      { size: 'Small', spacing: 'None', color: severityTone(record.severity) },
    ),
    ...facts(factsOf(kind, frontFacts(kind), record, view, limit).slice(0, maxFacts)),
  ];
}
