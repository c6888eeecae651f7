/** What can be done with any record, whatever its kind: look, correct, remark, assign, answer a question. */
import { AppError } from '../../errors.ts';
import { drawQuestion } from '../../jobs/question.ts';
import { kindOf } from '../../kinds/index.ts';
import { skip } from '../../records/asking.ts';
import { assign, comment, edit } from '../../records/edit.ts';
import { list, show } from '../../records/find.ts';
import { renderMore } from '../../render/actions.ts';
import { renderEdit } from '../../render/edit.ts';
import { renderList } from '../../render/list.ts';
import { renderTimeline } from '../../render/timeline.ts';
import { listTitle, moreOf, pageSize } from '../commands.ts';
import type { Press, PressHandler } from '../press.ts';
import { changed, optional, recordCard, recordId, revision, word } from '../press.ts';

const editPress: PressHandler = async (p) => (p.press.data['form'] === true ? form(p) : edited(p));

const edited: PressHandler = async (p) => {
  const { context, site, doer, view, press, inputs } = p;
  const { record } = await edit(context.deps, site, doer, {
    id: recordId(p),
    rev: (await answersStill(p)) ? undefined : revision(press),
    inputs,
    severity: optional(press.data['severity']),
    reason: optional(press.data['reason']),
  });
  return press.data['ask'] === undefined ? recordCard(record, view) : { card: drawQuestion(record, view) };
};

/**
 * Whether the press answers a question that nobody else has answered meanwhile. A stopped line changes by the minute;
 * an answer is not out of date because somebody took the case while it was being typed.
 */
async function answersStill(p: Press): Promise<boolean> {
  const { context, site, doer, press, inputs } = p;
  const { ask } = press.data;
  if (typeof ask !== 'string' || Object.keys(inputs).some((name) => name !== ask)) return false;
  const rev = revision(press);
  const record = await show(context.deps, site, doer, recordId(p));
  return !record.history.some(
    (entry) => entry.rev > rev && entry.changes?.some(({ field }) => field === ask),
  );
}

/** The whole form of a record, to be corrected. */
const form: PressHandler = async (p) => {
  const { context, site, doer, view, press } = p;
  const page = Number(press.data['page'] ?? 1);
  const record = await show(context.deps, site, doer, recordId(p));
  return { card: renderEdit(record, view, {}, Number.isSafeInteger(page) ? page : 1) };
};

const skipPress: PressHandler = async (p) => {
  const { context, site, doer, view, press } = p;
  const what = { id: recordId(p), field: word(press.data['ask']) };
  const { record } = await skip(context.deps, site, doer, what);
  return { card: drawQuestion(record, view) };
};

const commentPress: PressHandler = (p) =>
  changed(
    p.view,
    comment(p.context.deps, p.site, p.doer, { id: recordId(p), text: word(p.press.data['comment']) }),
  );

const assignPress: PressHandler = (p) =>
  changed(
    p.view,
    assign(p.context.deps, p.site, p.doer, {
      id: recordId(p),
      rev: revision(p.press),
      assignee: word(p.press.data['assignee']),
    }),
  );

const showPress: PressHandler = async (p) =>
  recordCard(await show(p.context.deps, p.site, p.doer, recordId(p)), p.view);

/** The whole course of a record, a page at a time. */
const timelinePress: PressHandler = async (p) => {
  const page = Number(p.press.data['page'] ?? 1);
  const record = await show(p.context.deps, p.site, p.doer, recordId(p));
  return { card: renderTimeline(record, p.view, Number.isSafeInteger(page) ? page : 1) };
};

const listPress: PressHandler = async ({ context, site, doer, view, press }) => {
  const kind = word(press.data['kind']);
  const filter = { open: true, ...(kind ? { kind } : {}) };
  const page = await list(context.deps, site, doer, filter, pageSize, optional(press.data['after']));
  return { card: renderList(listTitle(kind), page.records, view, moreOf(page.next, kind)) };
};

/** What the record's own card had no room for. */
const morePress: PressHandler = async (p) => {
  const record = await show(p.context.deps, p.site, p.doer, recordId(p));
  const kind = kindOf(record.kind);
  if (!kind) throw new AppError('unknown_action');
  return { card: renderMore(kind, record, p.view) };
};

export const recordPresses = {
  more: morePress,
  edit: editPress,
  skip: skipPress,
  comment: commentPress,
  assign: assignPress,
  show: showPress,
  /** Asked for by people's clients, of a card that many see. */
  refresh: showPress,
  timeline: timelinePress,
  list: listPress,
} as const;
