/**
 * Two records that turn out to be of one case (capability `single`) are merged: one ends, and the other takes over what
 * it knew, whom it called and where its cards stand. Two documents change, so the first write, which ends the one, holds
 * a job that finishes the other; both the caller and the job may do that, and done twice it is done once.
 */
import { iso } from '../clock.ts';
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { assertMayMerge, standingOf } from './access.ts';
import type { ChangeResult } from './change.ts';
import { change, load, MergedRecord, record as write } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { bot } from './deps.ts';
import { job } from './job.ts';
import { chainOf } from './merged.ts';
import { owe } from './owed.ts';
import type { Change, RecordDoc } from './record.ts';
import { isRunning } from './stopwatch.ts';
import { giveBack, isOf, samePlace, takeIn } from './take-in.ts';

/** After so long the runner finishes what a process that died had begun. */
export const finishAfterMs = 15_000;
/** A merge can be undone for so long, and longer while the survivor is open. */
export const undoHours = 24;

export interface Merge {
  id: string;
  rev: number | undefined;
  /** The record that goes on, as chosen or typed. */
  into: string;
  reason?: string | undefined;
}

/**
 * Ends the record as part of another. Answers the ended one.
 * @throws AppError not_found, not_allowed, unknown_action, wrong_status, invalid; StaleRecord; MergedRecord
 */
export async function merge(deps: Deps, site: Site, actor: Actor, what: Merge): Promise<ChangeResult> {
  const { doc: own, kind: ownKind } = await load(deps, site, what.id);
  assertMayMerge('merge', ownKind, standingOf(actor));
  if (own.into !== undefined) throw new MergedRecord(own);
  const into = what.into.normalize('NFKC').trim().toUpperCase();
  if (into === '') throw refused(text('请选择或填写编号', 'choose one, or type its number'));
  const { doc: target } = await load(deps, site, into);
  const result = await change(deps, site, what.id, what.rev, (doc, kind, now) => {
    const rule = kind.can.single;
    if (!rule) throw new AppError('unknown_action');
    if (isVoid(kind, doc))
      throw new AppError('wrong_status', {
        id: doc.id,
        verb: text('合并', 'Merge'),
        status: kind.statuses[doc.status] ?? doc.status,
      });
    const fault = faultOf(doc, kind, target);
    if (fault) throw refused(fault);
    const from = doc.status;
    doc.status = rule.merge.status;
    doc.entered[doc.status] = iso(now);
    doc.into = target.id;
    const changes = [{ field: '@into', to: target.id }, ...dropOwed(doc)];
    doc.jobs.push(job('absorb', now + finishAfterMs));
    write(
      doc,
      kind,
      site,
      actor,
      now,
      { verb: 'merge', from, to: doc.status, note: what.reason?.trim() },
      changes,
    );
  });
  await takeOver(deps, site, what.id);
  return result;
}

/** What must be finished although the record has ended: other records wait for it. */
const kept = new Set(['split', 'release', 'joined']);

/**
 * What the record still owed (posts, questions, levels) is the survivor's business now, unless it is being done. A
 * promotion that nobody has heard of did not happen.
 */
function dropOwed(doc: RecordDoc): Change[] {
  const dropped = doc.jobs.filter(({ type, lease }) => !lease && !kept.has(type));
  doc.jobs = doc.jobs.filter((owed) => !dropped.includes(owed));
  const reached = doc.level ?? 0;
  const heard = dropped.reduce(
    (level, { type, payload }) => (type === 'promotion' ? Math.min(level, Number(payload['from'])) : level),
    reached,
  );
  if (heard === reached) return [];
  doc.level = heard;
  return [{ field: '@level', from: reached, ...(heard > 0 ? { to: heard } : {}) }];
}

/** A false alarm, or anything else that left no case to merge. */
const isVoid = (kind: AnyKind, record: RecordDoc): boolean =>
  !record.open && !kind.can.single?.ends.includes(record.status);

function faultOf(doc: RecordDoc, kind: AnyKind, target: RecordDoc): Text | undefined {
  const { id } = target;
  if (id === doc.id) return text('不能并入自己', 'a record cannot be merged into itself');
  if (target.kind !== kind.id)
    return text(
      `${id} 不是${kind.label.zh}，只能并入同类记录`,
      `${id} is no ${kind.label.en.toLowerCase()}; only records of one kind are merged`,
    );
  if (target.into !== undefined)
    return text(
      `${id} 已并入 ${target.into}，请改选 ${target.into}`,
      `${id} was merged into ${target.into}; choose ${target.into}`,
    );
  if (isVoid(kind, target)) return text(`${id} 已取消，请另选一条`, `${id} was cancelled; choose another`);
  if (isRunning(kind, doc.fields) && kind.can.single?.ends.includes(target.status) && doc.open)
    return text(
      `${id} 已恢复，而 ${doc.id} 仍在停：请反过来把 ${id} 并入 ${doc.id}`,
      `${id} is over and ${doc.id} still runs: merge ${id} into ${doc.id} instead`,
    );
  return undefined;
}

const refused = (what: Text): AppError => {
  const fault: Fault = { field: 'into', label: text('并入', 'Merge into'), what };
  return new AppError('invalid', {}, { faults: [fault] });
};

/**
 * Lets the survivor of a merged record take it in, once, and hands it the places of its cards. Undefined: it is not
 * merged, or not any more.
 */
export async function takeOver(deps: Deps, site: Site, id: string): Promise<RecordDoc | undefined> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const { doc: gone } = await load(deps, site, id);
    if (gone.into === undefined) return undefined;
    const { records, last, circular } = await chainOf(deps, site, gone);
    if (circular) {
      const first = records.map((one) => one.id).sort()[0] ?? id;
      await comeBack(deps, site, bot, first);
      continue;
    }
    if (last.into !== undefined) return undefined;
    const known = records.some(({ absorbed }) => absorbed?.some((one) => one.id === id));
    try {
      const { record } = await change(deps, site, last.id, undefined, (doc, kind, now) =>
        takeIn(doc, kind, site, gone, known, now),
      );
      // Undone while it was being done.
      if ((await load(deps, site, id)).doc.into === undefined) await letGo(deps, site, bot, id, gone.into);
      return record;
    } catch (error) {
      if (!(error instanceof MergedRecord)) throw error;
    }
  }
  throw new AppError('conflict');
}

/**
 * Undoes a merge: the record is what it was, and its clocks and its ladder run again.
 * @throws AppError not_found, not_allowed, too_late, wrong_status
 */
export async function unmerge(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string },
): Promise<ChangeResult> {
  const { doc, kind } = await load(deps, site, what.id);
  assertMayMerge('unmerge', kind, standingOf(actor));
  // Pressed twice: it is undone.
  if (doc.into === undefined && doc.history.some(({ verb }) => verb === 'unmerge'))
    return { record: doc, kind, kicked: Promise.resolve() };
  if (doc.into === undefined)
    throw new AppError('wrong_status', {
      id: doc.id,
      verb: text('撤销合并', 'Undo the merge'),
      status: kind.statuses[doc.status] ?? doc.status,
    });
  const { last } = await chainOf(deps, site, doc);
  const mergedAt = Date.parse(doc.history.findLast(({ verb }) => verb === 'merge')?.at ?? doc.updatedAt);
  if (!last.open && deps.clock.now() - mergedAt > undoHours * 3_600_000)
    throw new AppError('too_late', { id: doc.id, into: last.id, hours: undoHours });
  return comeBack(deps, site, actor, what.id);
}

async function comeBack(deps: Deps, site: Site, actor: Actor, id: string): Promise<ChangeResult> {
  const { doc: gone } = await load(deps, site, id);
  const from = gone.into;
  const { last } = await chainOf(deps, site, gone);
  const places = last.id === id ? [] : last.cards.filter((place) => isOf(place, gone));
  const result = await change(
    deps,
    site,
    id,
    undefined,
    (doc, kind, now) => {
      if (doc.into === undefined || doc.into !== from) return;
      const was = doc.history.findLast(({ verb }) => verb === 'merge')?.from ?? '';
      const merged = doc.status;
      delete doc.into;
      doc.status = was;
      const own = places.map(({ of, ...place }) => (of === id ? place : { ...place, of }));
      doc.cards = [...doc.cards, ...own.filter((one) => !doc.cards.some((card) => samePlace(card, one)))];
      doc.jobs = doc.jobs.filter(({ type, lease }) => type !== 'absorb' || lease);
      doc.jobs.push(job('release', now + finishAfterMs, { from }));
      write(doc, kind, site, actor, now, { verb: 'unmerge', from: merged, to: was }, [
        { field: '@into', from },
      ]);
      if (doc.open && doc.cards.length === 0) owe(doc, site, [{ channel: 'main' }], 'unmerge', actor.id, now);
    },
    true,
  );
  if (from !== undefined) await letGo(deps, site, actor, id, from);
  return result;
}

/** Takes back from the survivor what it had from a record that is merged no more. Done twice, it is done once. */
export async function letGo(deps: Deps, site: Site, actor: Actor, id: string, from: string): Promise<void> {
  const { doc: back } = await load(deps, site, id);
  if (back.into !== undefined) return;
  const { doc: first } = await load(deps, site, from);
  const { records } = await chainOf(deps, site, first);
  for (const one of records) {
    const holds = one.absorbed?.some((absorbed) => absorbed.id === id);
    if (!holds && !one.cards.some((place) => isOf(place, back))) continue;
    await change(
      deps,
      site,
      one.id,
      undefined,
      (doc, kind, now) => giveBack(doc, kind, site, actor, back, now),
      true,
    );
  }
}
