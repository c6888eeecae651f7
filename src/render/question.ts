/** One missing fact, asked for by itself. */
import { kindOf } from '../kinds/index.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { Card, View } from './card.ts';
import { press, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formCard } from './form.ts';
import { t } from './i18n.ts';
import { inputOf } from './inputs.ts';

/** Asks for one field of a record; answering or skipping says which was asked. */
export function renderQuestion(record: RecordDoc, field: string, view: View): Card {
  const kind = kindOf(record.kind);
  const asked = kind?.fields[field];
  if (!kind || !asked) throw new Error(`no field ${field} in ${record.kind}`);
  const { language } = view;
  const data = { record: record.id, rev: record.rev, ask: field };
  const value = record.fields[field] === 'unknown' ? undefined : record.fields[field];
  return formCard(
    {
      icon: '💬',
      title: t(language, 'question.ask'),
      intro: plainLine(`${record.id} · ${titleIn(kind, record.fields, language)}`, 160),
      summary: `${t(language, 'question.ask')}: ${asked.label[language]} (${record.id})`,
      sections: [
        inputOf(field, asked, value, view, record.fields, { open: true }),
        words(t(language, 'question.why'), { subtle: true, size: 'Small' }),
      ],
      actions: [
        press({ title: t(language, 'question.answer'), verb: 'edit', data, style: 'positive' }),
        press({ title: t(language, 'question.skip'), verb: 'skip', data, bare: true }),
      ],
    },
    view,
  );
}
