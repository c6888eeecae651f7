/** Who may do what. Asked at every call, whoever calls; cards only guess with it which buttons to draw. */
import { AppError } from '../errors.ts';
import type { Role, Severity, Verb } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { roleLabels } from '../kinds/roles.ts';
import type { Actor } from './deps.ts';
import type { RecordDoc } from './record.ts';

export interface Standing {
  id: string;
  roles: readonly string[];
}

export const isStaff = (standing: Standing): boolean => standing.roles.some((role) => role !== 'CUST');

/** BK acts for RE. A verb's `by` may also name a relation to the record. */
function matches(by: Verb['by'][number], record: RecordDoc, standing: Standing): boolean {
  switch (by) {
    case 'owner':
      return record.owner === standing.id;
    case 'reporter':
      return record.reporter.id === standing.id;
    case 'notified':
      return record.notified.includes(standing.id) || isStaff(standing);
    default:
      return standing.roles.includes(by) || (by === 'RE' && standing.roles.includes('BK'));
  }
}

/** A customer's guest may do what names customers, and nothing by a relation to the record. */
const isNamed = (verb: Verb, record: RecordDoc, standing: Standing): boolean =>
  isStaff(standing)
    ? verb.by.some((by) => matches(by, record, standing))
    : verb.by.includes('CUST') && standing.roles.includes('CUST');

/** Whether this person's roles and relations allow the verb, the status aside. */
export function canDo(
  kind: AnyKind,
  verbName: string,
  record: RecordDoc,
  standing: Standing,
  now?: number,
): boolean {
  const verb = kind.verbs[verbName];
  if (!verb) return false;
  if (isNamed(verb, record, standing)) return !didBefore(verb, record, standing.id);
  return isStaff(standing) && withinMinutes(verb, record, standing.id, now);
}

function withinMinutes(verb: Verb, record: RecordDoc, id: string, now: number | undefined): boolean {
  if (verb.reporterWithin === undefined || record.reporter.id !== id || now === undefined) return false;
  return now - Date.parse(record.createdAt) <= verb.reporterWithin * 60_000;
}

/** Nobody verifies their own action: whoever last did one of `notBy` is out. */
function didBefore(verb: Verb, record: RecordDoc, id: string): boolean {
  const last = record.history.findLast((entry) => verb.notBy?.includes(entry.verb));
  return last?.by.id === id;
}

export function standingOf(actor: Actor): Standing {
  return { id: actor.id, roles: actor.person?.roles ?? [] };
}

/** @throws AppError not_allowed, own_work */
export function assertMay(
  kind: AnyKind,
  verbName: string,
  verb: Verb,
  record: RecordDoc,
  actor: Actor,
  now: number,
): void {
  const standing = standingOf(actor);
  if (isNamed(verb, record, standing)) {
    if (didBefore(verb, record, standing.id)) throw new AppError('own_work', { roles: rolesText(verb.by) });
    return;
  }
  if (!canDo(kind, verbName, record, standing, now))
    throw new AppError('not_allowed', { verb: verb.label, roles: rolesText(verb.by) });
}

export const mayCapture = (kind: AnyKind, actor: Actor): boolean =>
  kind.capture.some((role) => standingOf(actor).roles.includes(role));

/** @throws AppError not_allowed */
export function assertMayCapture(kind: AnyKind, actor: Actor): void {
  if (!mayCapture(kind, actor))
    throw new AppError('not_allowed', { verb: kind.label, roles: rolesText(kind.capture) });
}

/** Editing, commenting and assigning are for the site's own people; assigning for those who lead or hold it. */
export function assertMayEdit(
  verb: 'edit' | 'comment' | 'assign' | 'link',
  record: RecordDoc,
  actor: Actor,
): void {
  const standing = standingOf(actor);
  if (!isStaff(standing))
    throw new AppError('not_allowed', { verb: generalVerbs[verb], roles: rolesText(['RE', 'QE', 'LEAD']) });
  if (verb !== 'assign' || record.owner === standing.id || record.reporter.id === standing.id) return;
  const leads: readonly Role[] = ['RE', 'BK', 'LEAD', 'QE', 'DM', 'GM'];
  if (!leads.some((role) => standing.roles.includes(role)))
    throw new AppError('not_allowed', { verb: generalVerbs.assign, roles: rolesText(leads) });
}

/** Merging and splitting are for those whom the kind names (capability `single`). @throws AppError not_allowed, unknown_action */
export function assertMayMerge(verb: 'merge' | 'unmerge' | 'split', kind: AnyKind, actor: Standing): void {
  const rule = kind.can.single?.merge;
  if (!rule) throw new AppError('unknown_action');
  const may = rule.by.some((by) => actor.roles.includes(by) || (by === 'RE' && actor.roles.includes('BK')));
  if (!may) throw new AppError('not_allowed', { verb: generalVerbs[verb], roles: rolesText(rule.by) });
}

/** Anyone raises a severity; only LEAD lowers it, and says why. @throws AppError not_allowed, invalid */
export function assertMaySetSeverity(
  record: RecordDoc,
  to: Severity,
  actor: Actor,
  note: string | undefined,
): void {
  if (severities.indexOf(to) <= severities.indexOf(record.severity)) return;
  const verb = text('降低严重度', 'Lower the severity');
  if (!standingOf(actor).roles.includes('LEAD'))
    throw new AppError('not_allowed', { verb, roles: rolesText(['LEAD']) });
  if (!note)
    throw new AppError(
      'invalid',
      {},
      { faults: [{ field: 'reason', label: text('原因', 'Reason'), what: text('必填', 'is required') }] },
    );
}

/** A customer's guest sees the customer's view of a record only, and never an internal kind's. */
export const mayRead = (record: RecordDoc, actor: Actor): 'all' | 'customer' | undefined => {
  if (!actor.person && actor.id !== 'bot') return undefined;
  if (actor.id === 'bot' || isStaff(standingOf(actor))) return 'all';
  const kind = kindOf(record.kind);
  const shared = kind?.can.shared;
  if (!kind || (shared && record.fields[shared.by] !== shared.as)) return undefined;
  return 'customer';
};

export const generalVerbs = {
  create: text('登记', 'Create'),
  edit: text('修改', 'Edit'),
  comment: text('备注', 'Comment'),
  assign: text('指派', 'Assign'),
  escalate: text('升级', 'Escalate'),
  lapse: text('响应失效', 'Answer lapsed'),
  join: text('并入', 'Join'),
  relieve: text('接班', 'Shift change'),
  merge: text('合并', 'Merge'),
  absorb: text('并入一条记录', 'Take in a record'),
  unmerge: text('撤销合并', 'Undo the merge'),
  release: text('退出合并', 'Let a record go'),
  split: text('拆分', 'Split'),
  link: text('关联', 'Link'),
  unlink: text('取消关联', 'Unlink'),
  offer: text('移交', 'Hand over'),
  accept_offer: text('接手', 'Accept'),
  decline_offer: text('不接手', 'Decline'),
  withdraw_offer: text('撤回移交', 'Withdraw the hand-over'),
  revise: text('替代旧版本', 'Supersede'),
  remove_file: text('删除文件', 'Delete the file'),
  feed: text('关联更新', 'Linked update'),
} as const satisfies Record<string, Text>;

function rolesText(by: readonly string[]): Text {
  const names = by.map((name) => roleLabels[name as keyof typeof roleLabels]);
  return text(names.map((n) => n.zh).join('、'), names.map((n) => n.en).join(', '));
}
