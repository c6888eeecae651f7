/** Merging and splitting records of one case by hand. */
import type { AnyKind } from '../../kinds/index.ts';
import { kindOf } from '../../kinds/index.ts';
import { assertMayMerge, standingOf } from '../../records/access.ts';
import { list, show } from '../../records/find.ts';
import { merge, unmerge } from '../../records/merge.ts';
import type { RecordDoc } from '../../records/record.ts';
import { caseKey } from '../../records/same-case.ts';
import { split } from '../../records/split.ts';
import { renderMerge, renderSplit } from '../../render/cases.ts';
import type { Press, PressHandler } from '../press.ts';
import { changed, optional, recordCard, recordId, revision, word } from '../press.ts';

/** Open records looked through for the choice; a site with more of a kind has the number to type. */
const looked = 100;

const mergePress: PressHandler = async (p) => {
  const { context, site, doer, view, press } = p;
  if (press.data['form'] !== true) {
    const { record } = await merge(context.deps, site, doer, {
      id: recordId(p),
      rev: revision(press),
      into: word(press.data['into_id']).trim() || word(press.data['into']),
      reason: optional(press.data['reason']),
    });
    return recordCard(record, view);
  }
  const [record, kind] = await offered(p, 'merge');
  const { records } = await list(context.deps, site, doer, { kind: kind.id, open: true }, looked);
  const key = caseKey(kind, record.fields);
  const alike = (other: RecordDoc): number => (caseKey(kind, other.fields) === key ? 0 : 1);
  const others = records.filter(({ id }) => id !== record.id).sort((a, b) => alike(a) - alike(b));
  return { card: renderMerge(record, others, view) };
};

/** The record whose form is opened, by somebody who may send it. */
async function offered(p: Press, verb: 'merge' | 'split'): Promise<[RecordDoc, AnyKind]> {
  const { context, site, doer } = p;
  const record = await show(context.deps, site, doer, recordId(p));
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no such kind: ${record.kind}`);
  assertMayMerge(verb, kind, standingOf(doer));
  return [record, kind];
}

const splitPress: PressHandler = async (p) => {
  const { context, site, doer, view, press } = p;
  if (press.data['form'] === true) {
    const [record] = await offered(p, 'split');
    return { card: renderSplit(record, view) };
  }
  const record = await split(context.deps, site, doer, {
    id: recordId(p),
    rev: revision(press),
    report: word(press.data['report']),
    inputs: p.inputs,
  });
  return recordCard(record, view);
};

const unmergePress: PressHandler = (p) =>
  changed(p.view, unmerge(p.context.deps, p.site, p.doer, { id: recordId(p) }));

export const casePresses = { merge: mergePress, split: splitPress, unmerge: unmergePress } as const;
