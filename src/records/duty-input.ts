/** What a person chose on a duty card, checked: nothing that a card carries is believed. */
import type { Role } from '../kinds/define.ts';
import { roles } from '../kinds/define.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { isAwayWithin } from '../site/duty.ts';
import type { DutyShift } from '../site/duty-change.ts';
import type { OwnShift } from '../site/shifts.ts';
import { runNamed } from '../site/shifts.ts';
import type { Person, Site } from '../site/site.ts';
import { hasRole, personOf } from '../site/site.ts';
import { AppError } from '../errors.ts';
import { roleLabels } from '../kinds/roles.ts';
import { invalid } from './duty-book.ts';
import type { Actor } from './deps.ts';

/** Shifts that can be chosen begin within so many days. */
export const daysAhead = 60;

export const dutyLabels = {
  duty: text('值班', 'Duty'),
  from: text('开始', 'From'),
  to: text('结束', 'Until'),
  person: text('人员', 'Person'),
  role: text('角色', 'Role'),
  first: text('从哪一班', 'First shift'),
  last: text('到哪一班', 'Last shift'),
  mine: text('我的班次', 'My shift'),
  theirs: text('对方的班次', 'Their shift'),
  with: text('和谁换', 'With'),
  reason: text('原因', 'Reason'),
} as const satisfies Record<string, Text>;

/** A shift as a card names it: `RE|2026-11-24|night`. */
export const shiftKey = ({ role, date, shift }: DutyShift): string => `${role}|${date}|${shift}`;
/** A shift of whatever role: `2026-11-24|night`. */
export const runKey = (date: string, code: string): string => `${date}|${code}`;

const noShift = text(
  '没有这一班，或已经开始；请重新发送“值班”，从列表中选择',
  'is no shift ahead; send "duty" again and choose from the list',
);

type Coming = Omit<OwnShift, 'role'>;

/** @throws AppError invalid unless it is a shift of the site that has not begun */
export function comingRun(site: Site, raw: unknown, field: string, label: Text, now: number): Coming {
  const [, date = '', code = ''] = /^(\d{4}-\d{2}-\d{2})\|(day|mid|night)$/.exec(String(raw ?? '')) ?? [];
  const shift = site.shifts.find((one) => one.code === code)?.code;
  const run = shift && !Number.isNaN(Date.parse(date)) ? runNamed(site, { date, shift }) : undefined;
  if (!shift || !run || run.start <= now || run.start > now + daysAhead * 86_400_000)
    throw invalid(field, label, noShift);
  return { date, shift, run };
}

/** @throws AppError invalid */
export function comingShift(site: Site, raw: unknown, field: string, label: Text, now: number): OwnShift {
  const [role = '', ...rest] = String(raw ?? '').split('|');
  return { role: roleNamed(role, field, label), ...comingRun(site, rest.join('|'), field, label, now) };
}

/** @throws AppError invalid */
export function roleNamed(raw: unknown, field: string, label: Text): Role {
  const role = roles.find((one) => one === raw && one !== 'CUST');
  if (!role) throw invalid(field, label, text('请从列表中选择', 'must be chosen from the list'));
  return role;
}

/** One of the site's own people, who has the role and is there. @throws AppError invalid */
export function ableTo(
  site: Site,
  id: unknown,
  role: Role,
  time: { from: number; to: number },
  field: string,
  label: Text,
): Person {
  const person = staffNamed(site, id, field, label);
  if (!hasRole(person, role))
    throw invalid(
      field,
      label,
      text(
        `${person.name}没有“${roleLabels[role].zh}”角色，请选别人`,
        `${person.name} is no ${roleLabels[role].en}; choose somebody else`,
      ),
    );
  if (isAwayWithin(site, person.aadObjectId, time.from, time.to))
    throw invalid(
      field,
      label,
      text(`${person.name}那时不在，请选别人`, `${person.name} is away then; choose somebody else`),
    );
  return person;
}

/** @throws AppError invalid */
export function staffNamed(site: Site, id: unknown, field: string, label: Text): Person {
  const person = typeof id === 'string' ? personOf(site, id) : undefined;
  if (!person || person.roles.every((role) => role === 'CUST'))
    throw invalid(field, label, text('请从名单中选择我方人员', "must be one of the site's own people"));
  return person;
}

/** A customer's guest has no part in it. @throws AppError not_allowed */
export function assertStaff(actor: Actor): void {
  if (actor.person?.roles.some((role) => role !== 'CUST')) return;
  throw new AppError('not_allowed', { verb: dutyLabels.duty, roles: roleList(['RE', 'BK', 'QE', 'LEAD']) });
}

export const isLead = (actor: Actor): boolean => actor.person?.roles.includes('LEAD') === true;

/** @throws AppError not_allowed */
export function assertLead(actor: Actor, verb: Text): void {
  if (!isLead(actor)) throw new AppError('not_allowed', { verb, roles: roleList(['LEAD']) });
}

const roleList = (among: readonly Role[]): Text =>
  text(
    among.map((role) => roleLabels[role].zh).join('、'),
    among.map((role) => roleLabels[role].en).join(', '),
  );
