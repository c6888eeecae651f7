/** A digest as lines of text, for the command line and for clients without cards; the same figures as the card. */
import { kindOf } from '../kinds/index.ts';
import type { DailyDigest, DueItem } from '../numbers/digest.ts';
import type { View } from './card.ts';
import { formatClock, formatDate, formatMinutes, statusWord } from './format.ts';
import { t } from './i18n.ts';
import { promiseWords } from './promised.ts';
import { disputeWords, figureLines } from './pace.ts';

export function digestText(digest: DailyDigest, view: View): string {
  const { language, site } = view;
  const { stops, cases } = digest.sections;
  const none = t(language, 'word.none');
  const due = (items: readonly DueItem[]): string[] =>
    items.length === 0
      ? [`  ${none}`]
      : items.map(
          (item) =>
            `  ${formatClock(item.dueAt, view)}  ${item.clock[language]}  ${item.id}  ${item.title[language]}`,
        );
  return [
    `【${t(language, 'digest.daily')}】${site.customer}${site.plant} ${formatDate(digest.date, view)}`,
    `${t(language, 'digest.overdue')}: ${digest.overdue.length}`,
    ...due(digest.overdue),
    `${t(language, 'digest.stops')}: ${t(language, 'digest.stopsLine', {
      count: stops.count,
      minutes: formatMinutes(stops.minutes, language),
      ours: formatMinutes(stops.oursMinutes, language),
    })}`,
    ...(stops.count > 0 ? figureLines(stops.figures, view).map((line) => `  ${line}`) : []),
    ...stops.items.map(
      (item) =>
        `  ${item.line}  ${formatMinutes(item.minutes, language)}  ${t(language, `digest.side.${item.side}`)}  ${[item.id, ...disputeWords(item, view)].join('  ')}`,
    ),
    ...cases.flatMap((one) => {
      const kind = kindOf(one.kind);
      if (!kind) return [];
      const line = t(language, 'digest.caseLine', {
        created: one.created,
        closed: one.closed,
        open: one.open,
      });
      const late = one.overdue > 0 ? ` · ${t(language, 'digest.caseOverdue', { count: one.overdue })}` : '';
      return [
        `${kind.label[language]}: ${[`${line}${late}`, ...promiseWords(one.promises, view)].join(' · ')}`,
        ...one.items.map(
          (item) =>
            `  ${item.severity}  ${item.id}  ${statusWord(kind, item.status, language)}  ${item.title[language]}${item.note ? `  ${item.note[language]}` : ''}`,
        ),
      ];
    }),
    `${t(language, 'digest.dueToday')}:`,
    ...due(digest.dueToday),
  ].join('\n');
}
