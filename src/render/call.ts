/** A level of the ladder that calls again and again, in words. */
import type { AnyKind } from '../kinds/index.ts';
import type { CallDue } from '../records/calls.ts';
import { callOf } from '../records/calls.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Element, View } from './card.ts';
import { mentionText, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock, formatMinutes } from './format.ts';
import { t } from './i18n.ts';
import { caseFacts } from './ladder.ts';
import { lastWords } from './update.ts';

/** When it calls next. */
export function callBlock(kind: AnyKind, record: RecordDoc, view: View): Element[] {
  const call = callOf(kind, record, view.site, view.now);
  if (!call || view.viewer?.customer) return [];
  const said = t(view.language, 'call.next', {
    level: call.level.level,
    span: formatMinutes(call.every, view.language),
    at: formatClock(Math.max(call.due, view.now), view),
  });
  return [words(said, { size: 'Small', subtle: true, spacing: 'None' })];
}

/** The call: whom, what has stood for how long, who has answered, what was said last. Markdown. */
export function callPost(kind: AnyKind, record: RecordDoc, call: CallDue, view: View): string {
  const { language } = view;
  const head = t(language, 'call.head', {
    level: call.level.level,
    span: formatMinutes(call.every, language),
  });
  return [
    `${head} ${mentionText(view)}`.trim(),
    caseFacts(kind, record, view).join(' · '),
    ...(kind.can.updates ? [plainLine(lastWords(kind, record, view), 400)] : []),
  ].join('\n\n');
}
