/** Shifts, and who is on duty in them, in words. */
import type { Role } from '../kinds/define.ts';
import { roleLabels } from '../kinds/roles.ts';
import type { ShiftRun } from '../site/calendar.ts';
import type { DutyChange, DutyShift } from '../site/duty-change.ts';
import { absenceAt, calledFor, dutyRoles, isAway, serving } from '../site/duty.ts';
import { localDate, localTime } from '../site/zone.ts';
import type { Element, View } from './card.ts';
import { column, columns, words } from './elements.ts';
import { plainLine } from './escape.ts';
import { formatClock, formatDate, nameList } from './format.ts';
import type { TextKey } from './i18n.ts';
import { t } from './i18n.ts';

const shiftNames = { day: 'duty.day', mid: 'duty.mid', night: 'duty.night' } as const satisfies Record<
  ShiftRun['code'],
  TextKey
>;

/** Names on one line before the rest is counted. */
const maxNames = 4;

/** `11-24(周二) 夜班`, `Tue 24 Nov night shift`. */
export const shiftName = ({ date, code }: Pick<ShiftRun, 'date' | 'code'>, view: View): string =>
  `${formatDate(date, view)} ${t(view.language, shiftNames[code])}`;

/** `夜班 20:00–08:00`, with its date where that is not today's. */
export function shiftWords(run: ShiftRun, view: View): string {
  const zone = view.site.timeZone;
  const times = `${localTime(zone, run.start)}–${localTime(zone, run.end)}`;
  const today = run.date === localDate(zone, view.now);
  const name = today ? t(view.language, shiftNames[run.code]) : shiftName(run, view);
  return `${capital(name)} ${times}`;
}

/** `11-24(周二) 夜班 · 驻厂工程师`. */
export const dutyShiftWords = (shift: DutyShift, view: View): string =>
  `${shiftName({ date: shift.date, code: shift.shift }, view)} · ${roleLabels[shift.role][view.language]}`;

const capital = (said: string): string => `${said.charAt(0).toUpperCase()}${said.slice(1)}`;

/** A person's name, and until when they are away if they are. */
export function nameOrAway(id: string, view: View): string {
  const absence = absenceAt(view.site, id, view.now);
  const name = view.names(id);
  return absence ? t(view.language, 'duty.awayMark', { name, to: formatClock(absence.to, view) }) : name;
}

/** A row for each role that has duty in the shift; none where no rota covers it. */
export const dutyRows = (run: ShiftRun, at: number, view: View): Element[] =>
  dutyRoles(view.site)
    .filter((role) => serving(view.site, role, run))
    .map((role) => dutyRow(role, run, at, view));

function dutyRow(role: Role, run: ShiftRun, at: number, view: View): Element {
  const { language, site } = view;
  const called = calledFor(site, role, run, at);
  const names = nameList(
    called.map((id) => view.names(id)),
    language,
    maxNames,
  );
  const note = noteOf(role, run, at, view);
  return columns(
    [
      column(2, [words(capital(roleLabels[role][language]), { subtle: true })]),
      column(3, [
        called.length > 0
          ? words(plainLine(names), { weight: 'Bolder' })
          : words(t(language, 'duty.nobody'), { weight: 'Bolder', color: 'attention' }),
        ...(note === '' ? [] : [words(plainLine(note), { size: 'Small', subtle: true, spacing: 'None' })]),
      ]),
    ],
    { spacing: 'Small' },
  );
}

/** Why it is not whose turn it was. */
function noteOf(role: Role, run: ShiftRun, at: number, { site, names, language }: View): string {
  const one = serving(site, role, run);
  if (!one) return '';
  if (isAway(site, one.person, at)) return t(language, 'duty.replacesAway', { name: names(one.person) });
  if (one.by === 'rota') return '';
  const key = one.by === 'swap' ? 'duty.swapped' : 'duty.overridden';
  return one.planned === undefined ? t(language, 'duty.put') : t(language, key, { name: names(one.planned) });
}

/** One change of the duty on a line: who is away until when, who serves instead, what is offered. Plain text. */
export function changeLine(change: DutyChange, view: View): string {
  const { language, names, now } = view;
  switch (change.sort) {
    case 'away': {
      const name = names(change.person);
      const to = formatClock(change.to, view);
      return Date.parse(change.from) <= now
        ? t(language, 'duty.awayUntil', { name, to })
        : t(language, 'duty.awayFrom', { name, from: formatClock(change.from, view), to });
    }
    case 'override':
      return t(language, 'duty.overrideLine', {
        name: names(change.person),
        role: roleLabels[change.role][language],
        from: formatClock(change.from, view),
        to: formatClock(change.to, view),
      });
    case 'swap':
      return t(language, 'duty.swapLine', {
        name: names(change.by.id),
        other: names(change.with),
        shift: [change.gives, ...(change.takes ? [change.takes] : [])]
          .map((shift) => shiftName({ date: shift.date, code: shift.shift }, view))
          .join(' ⇄ '),
      });
  }
}
