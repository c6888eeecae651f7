/** What can be done about the duty, each as a form under its button. Ids are unique on the whole card. */
import type { Role } from '../kinds/define.ts';
import { roleLabels } from '../kinds/roles.ts';
import type { Actor } from '../records/deps.ts';
import { isOpen, mayUndo } from '../records/duty-changes.ts';
import { dutyLabels, runKey, shiftKey } from '../records/duty-input.ts';
import type { DutyChange } from '../site/duty-change.ts';
import { dutyRoles, runAt } from '../site/duty.ts';
import type { OwnShift } from '../site/shifts.ts';
import { shiftsAfter, shiftsOf } from '../site/shifts.ts';
import type { Person } from '../site/site.ts';
import { hasRole } from '../site/site.ts';
import { localDate, localTime } from '../site/zone.ts';
import type { Element, View } from './card.ts';
import { changeLine, shiftName } from './duty-rows.ts';
import { column, columns, opening, press } from './elements.ts';
import { cut } from './escape.ts';
import { t } from './i18n.ts';

/** How far a card lets choose, in days: a list on a phone. */
const daysShown = 14;
const maxChoices = 30;

interface Choice {
  title: string;
  value: string;
}

function choice(
  id: string,
  label: string,
  choices: readonly Choice[],
  view: View,
  more: { required?: boolean; placeholder?: string } = {},
): Element {
  const { language } = view;
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    placeholder: more.placeholder ?? t(language, 'action.choose'),
    choices,
    ...(more.required ? requiredAs(label, view) : {}),
  };
}

const requiredAs = (label: string, { language }: View): Element => ({
  isRequired: true,
  errorMessage: t(language, 'input.required', { label }),
});

const note = (id: string, label: string): Element => ({ type: 'Input.Text', id, label, maxLength: 200 });

const personChoices = (people: readonly Person[], view: View): Choice[] =>
  people
    .slice(0, maxChoices)
    .map(({ aadObjectId }) => ({ title: cut(view.names(aadObjectId), 60), value: aadObjectId }));

const staffOf = ({ site }: View): Person[] =>
  site.people.filter(({ roles }) => roles.some((role) => role !== 'CUST'));

/** From when until when somebody is away; a lead says who. */
export function awayForm(view: View): Element {
  const { language, site, now } = view;
  const today = localDate(site.timeZone, now);
  const moment = (end: 'from' | 'to', value: string): Element => {
    const label = dutyLabels[end][language];
    const timeLabel = t(language, end === 'from' ? 'duty.fromTime' : 'duty.toTime');
    return columns([
      column('stretch', [
        { type: 'Input.Date', id: `${end}_date`, label, value: today, ...requiredAs(label, view) },
      ]),
      column('stretch', [
        {
          type: 'Input.Time',
          id: `${end}_time`,
          label: timeLabel,
          ...(value === '' ? {} : { value }),
          ...requiredAs(timeLabel, view),
        },
      ]),
    ]);
  };
  const others = view.viewer?.roles.includes('LEAD') ? personChoices(staffOf(view), view) : [];
  return opening(
    t(language, 'duty.awayButton'),
    [
      ...(others.length > 0
        ? [choice('person', t(language, 'duty.who'), others, view, { placeholder: t(language, 'duty.me') })]
        : []),
      moment('from', localTime(site.timeZone, now)),
      moment('to', ''),
      note('reason', t(language, 'duty.reason')),
    ],
    [press({ title: t(language, 'duty.awayDo'), verb: 'duty_away', data: {}, style: 'positive' })],
  );
}

const ownChoice = (shift: OwnShift, view: View, whose = ''): Choice => ({
  title: cut(`${whose}${shiftName(shift.run, view)} ${roleLabels[shift.role][view.language]}`, 80),
  value: shiftKey(shift),
});

/** One of my shifts ahead, to whom, and for which of theirs; nothing for who has none. */
export function swapForm(view: View): Element[] {
  const { language, site, now, viewer } = view;
  if (!viewer) return [];
  const duties = dutyRoles(site);
  const mine = shiftsOf(site, viewer.id, duties, now, daysShown).slice(0, maxChoices);
  const able = staffOf(view).filter(
    (person) => person.aadObjectId !== viewer.id && mine.some(({ role }) => hasRole(person, role)),
  );
  if (mine.length === 0 || able.length === 0) return [];
  const me = site.people.find(({ aadObjectId }) => aadObjectId === viewer.id);
  const theirRoles: Role[] = me ? duties.filter((role) => hasRole(me, role)) : [];
  const theirs = able
    .flatMap(({ aadObjectId }) =>
      shiftsOf(site, aadObjectId, theirRoles, now, daysShown).map((shift) => ({ aadObjectId, shift })),
    )
    .sort((a, b) => a.shift.run.start - b.shift.run.start)
    .slice(0, maxChoices)
    .map(({ aadObjectId, shift }) => ownChoice(shift, view, `${view.names(aadObjectId)} · `));
  const mineLabel = dutyLabels.mine[language];
  const withLabel = dutyLabels.with[language];
  return [
    opening(
      t(language, 'duty.swapButton'),
      [
        choice(
          'mine',
          mineLabel,
          mine.map((shift) => ownChoice(shift, view)),
          view,
          { required: true },
        ),
        choice('with', withLabel, personChoices(able, view), view, { required: true }),
        ...(theirs.length > 0
          ? [
              choice('theirs', t(language, 'duty.theirs'), theirs, view, {
                placeholder: t(language, 'duty.forNothing'),
              }),
            ]
          : []),
      ],
      [press({ title: t(language, 'duty.swapDo'), verb: 'duty_swap', data: {}, style: 'positive' })],
    ),
  ];
}

/** A lead puts somebody on duty for a shift, or for several on end. */
export function overrideForm(view: View): Element[] {
  const { language, site, now, viewer } = view;
  if (!viewer?.roles.includes('LEAD')) return [];
  const present = runAt(site, now);
  const runs = [...(present ? [present] : []), ...shiftsAfter(site, now, daysShown)].slice(0, maxChoices);
  const shifts = runs.map((run) => ({ title: shiftName(run, view), value: runKey(run.date, run.code) }));
  const held = new Set(staffOf(view).flatMap((person) => person.roles));
  const roles = [...new Set([...dutyRoles(site), ...held])].filter((role) => role !== 'CUST');
  const label = (name: 'role' | 'first' | 'person'): string => dutyLabels[name][language];
  return [
    opening(
      t(language, 'duty.overrideButton'),
      [
        choice(
          'role',
          label('role'),
          roles.map((role) => ({ title: roleLabels[role][language], value: role })),
          view,
          { required: true },
        ),
        choice('who', label('person'), personChoices(staffOf(view), view), view, { required: true }),
        choice('first', label('first'), shifts, view, { required: true }),
        choice('last', dutyLabels.last[language], shifts, view, {
          placeholder: t(language, 'duty.onlyOne'),
        }),
        note('note', t(language, 'duty.note')),
      ],
      [press({ title: t(language, 'duty.overrideDo'), verb: 'duty_override', data: {}, style: 'positive' })],
    ),
  ];
}

/** What the viewer may take back. */
export function undoForm(view: View): Element[] {
  const { language, site, now, viewer } = view;
  const person = site.people.find(({ aadObjectId }) => aadObjectId === viewer?.id);
  if (!viewer || !person) return [];
  const actor: Actor = { id: viewer.id, name: person.name, person, source: 'card' };
  const open = (site.dutyChanges ?? [])
    .filter((change: DutyChange) => isOpen(change, now) && mayUndo(change, actor))
    .slice(-maxChoices)
    .map((change) => ({ title: cut(changeLine(change, view), 90), value: change.id }));
  if (open.length === 0) return [];
  const label = t(language, 'duty.undoWhat');
  return [
    opening(
      t(language, 'duty.undoButton'),
      [choice('change', label, open, view, { required: true })],
      [press({ title: t(language, 'duty.undoDo'), verb: 'duty_undo', data: {} })],
    ),
  ];
}
