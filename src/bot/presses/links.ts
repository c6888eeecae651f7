/** Links between records, and records that come out of one. */
import { AppError } from '../../errors.ts';
import { kindOf } from '../../kinds/index.ts';
import { assertMayEdit } from '../../records/access.ts';
import { openDraft } from '../../records/draft.ts';
import { show } from '../../records/find.ts';
import { link, unlink } from '../../records/link.ts';
import { filled } from '../../records/needs.ts';
import { renderDraft } from '../../render/draft.ts';
import { renderLinking } from '../../render/links.ts';
import type { PressHandler } from '../press.ts';
import { changed, recordId, word } from '../press.ts';

const linkPress: PressHandler = (p) => (p.press.data['form'] === true ? form(p) : linked(p));

/** The form of linking, in place of the record's card. */
const form: PressHandler = async (p) => {
  const record = await show(p.context.deps, p.site, p.doer, recordId(p));
  assertMayEdit('link', record, p.doer);
  return { card: renderLinking(record, p.view) };
};

const linked: PressHandler = (p) =>
  changed(
    p.view,
    link(p.context.deps, p.site, p.doer, {
      id: recordId(p),
      to: word(p.press.data['link_to']),
      why: p.press.data['link_why'],
    }),
  );

const unlinkPress: PressHandler = (p) =>
  changed(
    p.view,
    unlink(p.context.deps, p.site, p.doer, { id: recordId(p), to: word(p.press.data['link_to']) }),
  );

/** A form of the other kind with what this record knows; submitted, it is linked to this one. */
const give: PressHandler = async (p) => {
  const { context, site, doer, view, press } = p;
  const record = await show(context.deps, site, doer, recordId(p));
  assertMayEdit('link', record, doer);
  const rule = kindOf(record.kind)?.can.gives?.find((one) => one.kind === press.data['kind']);
  const kind = rule && kindOf(rule.kind);
  if (!rule || !kind) throw new AppError('unknown_action');
  const carried = Object.entries(rule.carries).flatMap(([to, from]) =>
    from !== undefined && filled(record.fields[from]) ? [[to, record.fields[from]] as const] : [],
  );
  const row = Object.entries(rule.row?.columns ?? {}).filter(([, from]) => filled(record.fields[from]));
  const { draft } = await openDraft(context.deps, site, doer, {
    key: `${press.address.conversationId}|${press.activityId}|give ${record.id} ${record.rev}`,
    kind,
    fields: {
      source: 'card',
      ...rule.sets,
      ...Object.fromEntries(carried),
      ...(rule.names ? { [rule.names]: record.id } : {}),
      ...(rule.row && row.length > 0
        ? { [rule.row.into]: [Object.fromEntries(row.map(([to, from]) => [to, record.fields[from]]))] }
        : {}),
    },
    links: [{ to: record.id, why: 'caused_by' }],
    language: view.language,
    shared: press.scope !== 'personal',
    origin: press.address,
    jobs: [],
  });
  return { card: renderDraft(draft, view) };
};

export const linkPresses = { link: linkPress, unlink: unlinkPress, give } as const;
