/** What the channel is told when a shift begins: who is on duty, and what is handed to them. */
import type { RecordDoc } from '../records/record.ts';
import type { ShiftRun } from '../site/calendar.ts';
import type { Card, View } from './card.ts';
import { dutyRows, shiftWords } from './duty-rows.ts';
import { mentionText, teams, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { t } from './i18n.ts';
import { rowOf } from './list.ts';
import { fitted } from './size.ts';
import { expand } from './template.ts';

/** Cases that are shown before the rest is counted. */
const maxRows = 6;

export function renderShiftStart(run: ShiftRun, handed: readonly RecordDoc[], view: View): Card {
  const { language, site } = view;
  const names = mentionText(view);
  return fitted((limits) => {
    const shown = handed.slice(0, Math.min(maxRows, limits.rows));
    const rest = handed.length - shown.length;
    return expand('duty', {
      summary: shiftStartSummary(run, handed, view),
      msteams: teams(view),
      mention: names === '' ? [] : [words(t(language, 'duty.mention', { names }))],
      title: t(language, 'duty.starts', { shift: shiftWords(run, view) }),
      intro: plainLine(`${site.customer}${site.plant}`),
      rows: [
        ...dutyRows(run, view.now, view),
        words(t(language, 'duty.handed'), { weight: 'Bolder', spacing: 'Medium' }),
        ...(handed.length === 0
          ? [words(t(language, 'duty.nothingHanded'), { subtle: true, spacing: 'Small' })]
          : shown.map((record) => rowOf(record, view, limits))),
        ...(rest > 0
          ? [words(t(language, 'digest.more', { count: rest }), { size: 'Small', subtle: true })]
          : []),
      ],
      actions: [],
    });
  });
}

export const shiftStartSummary = (run: ShiftRun, handed: readonly RecordDoc[], view: View): string =>
  [
    t(view.language, 'duty.starts', { shift: shiftWords(run, view) }),
    t(view.language, 'duty.handedCount', { count: handed.length }),
  ].join(' · ');
