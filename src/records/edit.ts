import type { Severity } from '../kinds/define.ts';
import { severities } from '../kinds/define.ts';
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import { isAway } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { assertMayEdit, assertMaySetSeverity } from './access.ts';
import type { ChangeResult } from './change.ts';
import { change, changesOf, newsOf, record } from './change.ts';
import { severityOf } from './create.ts';
import type { Actor, Deps } from './deps.ts';
import { offerTo } from './handover.ts';
import { readInputs } from './inputs.ts';
import type { Facts } from './needs.ts';
import { crossFaults, filled, missingAtCapture, needsOf, unmet } from './needs.ts';
import { owe } from './owed.ts';
import type { Change, RecordDoc } from './record.ts';
import { setStopwatch } from './stopwatch.ts';

export interface Edit {
  id: string;
  rev: number | undefined;
  /** As typed; an empty input clears its field. */
  inputs: Readonly<Record<string, unknown>>;
  severity?: string | undefined;
  reason?: string | undefined;
}

/**
 * Corrects facts. A field that capture requires cannot be cleared; severity follows the facts upwards by itself.
 * @throws AppError not_found, stale, not_allowed, invalid
 */
export async function edit(deps: Deps, site: Site, actor: Actor, what: Edit): Promise<ChangeResult> {
  return change(deps, site, what.id, what.rev, (doc, kind, now) => {
    assertMayEdit('edit', doc, actor);
    const { values, faults } = readInputs(kind, what.inputs, { site, now });
    // A time that comes back to the minute keeps its seconds, or the minutes would change with it.
    const next = { ...doc.fields, ...newsOf(doc, values) };
    const cleared = [
      ...missingAtCapture(kind, next).filter((fault) => filled(doc.fields[fault.field])),
      ...newlyUnmet(kind, doc.status, doc.fields, next),
    ];
    for (const fault of cleared) if (!faults.some((known) => known.field === fault.field)) faults.push(fault);
    faults.push(...crossFaults(kind, next, faults));
    if (!what.reason?.trim()) faults.push(...unexplained(kind, changesOf(doc, values)));
    if (faults.length > 0) throw new AppError('invalid', {}, { faults });
    setStopwatch(kind, next, now, doc.fields);
    const changes = changesOf(doc, next);
    assertUnsealed(kind, doc, changes);
    const severity = severityAfter(doc, what, actor, severityOf(kind, next, now));
    if (severity !== doc.severity) {
      changes.push({ field: '@severity', from: doc.severity, to: severity });
      doc.severity = severity;
    }
    if (changes.length === 0) return;
    record(doc, kind, site, actor, now, { verb: 'edit', note: what.reason?.trim() }, changes);
  });
}

/** Corrections that need a reason, as one fault beside its input. A fact that was not known before needs none. */
function unexplained(kind: AnyKind, changes: readonly Change[]): Fault[] {
  const labels = changes
    .filter(({ field, from }) => from !== undefined && kind.fields[field]?.reasoned)
    .map(({ field }) => kind.fields[field]?.label ?? text(field, field));
  if (labels.length === 0) return [];
  const names = text(labels.map((l) => l.zh).join('、'), labels.map((l) => l.en).join(', '));
  const what = text(`更正“${names.zh}”时必填`, `is required to correct ${names.en}`);
  return [{ field: 'reason', label: text('原因', 'Reason'), what }];
}

/** @throws AppError sealed where a fact is corrected that others rely on by now (capability `sealed`) */
function assertUnsealed(kind: AnyKind, doc: RecordDoc, changes: readonly Change[]): void {
  const sealed = kind.can.sealed;
  if (!sealed?.in.includes(doc.status)) return;
  const labels = changes.flatMap(({ field }) =>
    sealed.fields.includes(field) ? (kind.fields[field]?.label ?? []) : [],
  );
  if (labels.length === 0) return;
  throw new AppError('sealed', {
    id: doc.id,
    status: kind.statuses[doc.status] ?? doc.status,
    fields: text(labels.map(({ zh }) => zh).join('、'), labels.map(({ en }) => en).join(', ')),
  });
}

/** What the present status needs, was there, and would not be any more. */
function newlyUnmet(kind: AnyKind, status: string, before: Facts, next: Facts): Fault[] {
  const needs = needsOf(kind, status);
  const missing = new Set(unmet(kind, needs, before).map(({ field }) => field));
  return unmet(kind, needs, next).filter(({ field }) => !missing.has(field));
}

function severityAfter(doc: RecordDoc, what: Edit, actor: Actor, computed: Severity): Severity {
  if (what.severity !== undefined && what.severity !== '' && what.severity !== doc.severity) {
    const given = severities.find((one) => one === what.severity);
    if (!given)
      throw new AppError(
        'invalid',
        {},
        {
          faults: [
            {
              field: 'severity',
              label: text('严重度', 'Severity'),
              what: text('没有这个选项', 'has no such choice'),
            },
          ],
        },
      );
    assertMaySetSeverity(doc, given, actor, what.reason?.trim());
    return given;
  }
  return severities.indexOf(computed) < severities.indexOf(doc.severity) ? computed : doc.severity;
}

/** A remark for the history; order does not matter, so it is taken at any revision. @throws AppError not_found, not_allowed, invalid */
export async function comment(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string; text: string },
): Promise<ChangeResult> {
  const note = what.text.trim();
  const label = text('备注', 'Comment');
  if (note === '')
    throw new AppError(
      'invalid',
      {},
      { faults: [{ field: 'comment', label, what: text('必填', 'is required') }] },
    );
  if (note.length > 2000)
    throw new AppError(
      'invalid',
      {},
      { faults: [{ field: 'comment', label, what: text('最多2000字', 'at most 2000 characters') }] },
    );
  return change(deps, site, what.id, undefined, (doc, kind, now) => {
    assertMayEdit('comment', doc, actor);
    record(doc, kind, site, actor, now, { verb: 'comment', note }, []);
  });
}

/** Gives the record an owner from the roster, who is told; or offers it to them (capability `handover`). @throws AppError not_found, stale, not_allowed, invalid */
export async function assign(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string; rev: number | undefined; assignee: string },
): Promise<ChangeResult> {
  return change(deps, site, what.id, what.rev, (doc, kind, now) => {
    assertMayEdit('assign', doc, actor);
    const person = personOf(site, what.assignee);
    const offers = kind.can.handover?.during.includes(doc.status) === true;
    if (person && offers && isAway(site, person.aadObjectId, now))
      throw new AppError(
        'invalid',
        {},
        {
          faults: [
            {
              field: 'assignee',
              label: text('负责人', 'Owner'),
              what: text(
                `${person.name}现在不在，接不了手，请选别人`,
                `${person.name} is away and cannot accept; choose somebody else`,
              ),
            },
          ],
        },
      );
    if (!person || person.roles.every((role) => role === 'CUST'))
      throw new AppError(
        'invalid',
        {},
        {
          faults: [
            {
              field: 'assignee',
              label: text('负责人', 'Owner'),
              what: text('请从名单中选择我方人员', "must be one of the site's own people"),
            },
          ],
        },
      );
    if (kind.can.handover?.during.includes(doc.status)) {
      offerTo(doc, kind, site, actor, person, now);
      return;
    }
    if (doc.owner === person.aadObjectId) return;
    const moved: Change = {
      field: '@owner',
      ...(doc.owner ? { from: doc.owner } : {}),
      to: person.aadObjectId,
    };
    doc.owner = person.aadObjectId;
    record(doc, kind, site, actor, now, { verb: 'assign' }, [moved]);
    owe(doc, site, [{ people: ['owner'] }], 'assign', actor.id, now);
  });
}
