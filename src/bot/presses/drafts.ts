/** Drafts: submitted, discarded, opened empty. */
import { AppError } from '../../errors.ts';
import { kindOf } from '../../kinds/index.ts';
import { text } from '../../language.ts';
import { discardDraft, openDraft, submitDraft } from '../../records/draft.ts';
import { show } from '../../records/find.ts';
import { renderDraft } from '../../render/draft.ts';
import { renderNotice } from '../../render/notice.ts';
import type { PressHandler } from '../press.ts';
import { optional, recordCard, word } from '../press.ts';

const create: PressHandler = async ({ context, site, doer, view, press, inputs }) => {
  const submitted = await submitDraft(context.deps, site, doer, {
    draft: word(press.data['draft']),
    inputs,
    severity: optional(press.data['severity']),
  });
  return recordCard(submitted.record, view);
};

const discard: PressHandler = async ({ context, site, view, press, doer }) => {
  const draft = await discardDraft(context.deps, site, word(press.data['draft']));
  const made = draft.recordId ?? draft.joined;
  if (made) return recordCard(await show(context.deps, site, doer, made), view);
  return {
    card: renderNotice(view, {
      title: text('草稿已放弃', 'Draft discarded'),
      text: text(
        '没有保存任何记录。需要时再发一次即可。',
        'Nothing was recorded. Send the message again if you need it.',
      ),
      tone: 'default',
    }),
  };
};

/** An empty form of a kind, in place of the help card. */
const empty: PressHandler = async ({ context, site, doer, view, press }) => {
  const kind = kindOf(word(press.data['kind']));
  if (!kind) throw new AppError('unknown_action');
  const { draft } = await openDraft(context.deps, site, doer, {
    key: `${press.address.conversationId}|${press.activityId}|new`,
    kind,
    fields: { source: 'card' },
    language: view.language,
    shared: press.scope !== 'personal',
    origin: press.address,
    jobs: [],
  });
  return { card: renderDraft(draft, view) };
};

export const draftPresses = { create, discard, new: empty } as const;
