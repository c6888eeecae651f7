/** What was said about a case, as a post. Markdown. */
import { kindOf } from '../kinds/index.ts';
import type { AnnouncePayload } from '../records/announce.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning, stopwatchMinutes } from '../records/stopwatch.ts';
import { titleIn } from '../records/title.ts';
import type { View } from './card.ts';
import { plainLine } from './escape.ts';
import { formatMinutes } from './format.ts';
import { t } from './i18n.ts';
import { factOf } from './update.ts';

export function announcement(record: RecordDoc, { verb, by, says }: AnnouncePayload, view: View): string {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no such kind: ${record.kind}`);
  const { language } = view;
  const said = says.map(({ field, value }, index) => factOf(kind, field, value, index > 0, view));
  const minutes = stopwatchMinutes(kind, record.fields, view.now);
  const running = record.open && isRunning(kind, record.fields);
  const facts = [
    plainLine(titleIn(kind, record.fields, language), 120),
    ...(minutes === undefined
      ? []
      : [t(language, running ? 'text.running' : 'text.stopped', { span: formatMinutes(minutes, language) })]),
    record.id,
  ];
  const head = `**${kind.verbs[verb]?.label[language] ?? verb}** ${plainLine(view.names(by))}`;
  return `${head}${t(language, 'word.colon')}${plainLine(said.join(' · '), 700)}\n\n${facts.join(' · ')}`;
}
