/** A press on a card. The card is believed in nothing but which record or draft, at which revision, and what was typed. */
import { AppError } from '../errors.ts';
import { drawQuestion } from '../jobs/question.ts';
import { kindOf } from '../kinds/index.ts';
import { languages, text } from '../language.ts';
import { skip } from '../records/asking.ts';
import { StaleRecord } from '../records/change.ts';
import type { ChangeResult } from '../records/change.ts';
import { discardDraft, openDraft, submitDraft } from '../records/draft.ts';
import { assign, comment, edit } from '../records/edit.ts';
import { list, show } from '../records/find.ts';
import { move } from '../records/move.ts';
import type { RecordDoc } from '../records/record.ts';
import type { View } from '../render/card.ts';
import { renderDraft } from '../render/draft.ts';
import { renderEdit } from '../render/edit.ts';
import { renderHelp } from '../render/help.ts';
import { renderList } from '../render/list.ts';
import { renderNotice } from '../render/notice.ts';
import { renderRecord } from '../render/record.ts';
import { sinceRevision } from '../render/since.ts';
import { helpLines, languageChosen, listTitle, moreOf, pageSize } from './commands.ts';
import type { PressAnswer, PressIn } from './inbound.ts';
import type { BotContext } from './turn.ts';
import { doerOf, siteOf, speaks, viewOf } from './whose.ts';

/** Keys of an action's data that are no inputs of fields. */
const envelope = new Set([
  'record',
  'rev',
  'draft',
  'kind',
  'ask',
  'reason',
  'comment',
  'assignee',
  'severity',
  'level',
  'language',
  'after',
  'verb',
  'msteams',
  'form',
  'page',
]);

interface Press {
  context: BotContext;
  site: ReturnType<typeof siteOf>;
  doer: ReturnType<typeof doerOf>;
  view: View;
  press: PressIn;
  /** What was typed into fields. */
  inputs: Record<string, unknown>;
}

export async function answerPress(context: BotContext, press: PressIn): Promise<PressAnswer> {
  let language = await speaks(context.addresses, press, undefined);
  try {
    const site = siteOf(context.sites, press);
    language = await speaks(context.addresses, press, site);
    const doer = doerOf(site, press, 'card');
    const view = viewOf(context, site, language, press);
    const inputs = Object.fromEntries(Object.entries(press.data).filter(([name]) => !envelope.has(name)));
    return await act({ context, site, doer, view, press, inputs });
  } catch (error) {
    if (error instanceof StaleRecord) return { card: await staleCard(context, press, error) };
    if (error instanceof AppError) return { refused: error, language };
    throw error;
  }
}

async function act(p: Press): Promise<PressAnswer> {
  const { context, site, doer, view, press, inputs } = p;
  const { deps } = context;
  const id = word(press.data['record']);
  switch (press.verb) {
    case 'create': {
      const submitted = await submitDraft(deps, site, doer, {
        draft: word(press.data['draft']),
        inputs,
        severity: optional(press.data['severity']),
      });
      return recordCard(submitted.record, view);
    }
    case 'discard':
      return discarded(p);
    case 'new':
      return empty(p);
    case 'edit':
      return press.data['form'] === true ? form(p, id) : edited(p, id);
    case 'skip': {
      const { record } = await skip(deps, site, doer, { id, field: word(press.data['ask']) });
      return { card: drawQuestion(record, view) };
    }
    case 'comment':
      return changed(view, comment(deps, site, doer, { id, text: word(press.data['comment']) }));
    case 'assign':
      return changed(
        view,
        assign(deps, site, doer, { id, rev: revision(press), assignee: word(press.data['assignee']) }),
      );
    case 'show':
      return recordCard(await show(deps, site, doer, id), view);
    case 'list': {
      const kind = word(press.data['kind']);
      const page = await list(
        deps,
        site,
        doer,
        { open: true, ...(kind ? { kind } : {}) },
        pageSize,
        optional(press.data['after']),
      );
      return { card: renderList(listTitle(kind), page.records, view, moreOf(page.next, kind)) };
    }
    case 'help':
      return { card: renderHelp(view, helpLines()) };
    case 'language': {
      const chosen = languages.find((one) => one === press.data['language']);
      if (!chosen) throw new AppError('unknown_action');
      await context.addresses.setLanguage(doer.id, doer.name, chosen);
      return { message: languageChosen[chosen] };
    }
    default:
      return changed(
        view,
        move(deps, site, doer, {
          id,
          rev: revision(press),
          verb: press.verb,
          inputs,
          reason: optional(press.data['reason']),
          level: press.data['level'],
        }),
      );
  }
}

async function changed(view: View, result: Promise<ChangeResult>): Promise<PressAnswer> {
  return recordCard((await result).record, view);
}

const recordCard = (record: RecordDoc, view: View): PressAnswer => ({ card: renderRecord(record, view) });

async function edited(p: Press, id: string): Promise<PressAnswer> {
  const { context, site, doer, view, press, inputs } = p;
  const { record } = await edit(context.deps, site, doer, {
    id,
    rev: (await answersStill(p, id)) ? undefined : revision(press),
    inputs,
    severity: optional(press.data['severity']),
    reason: optional(press.data['reason']),
  });
  return press.data['ask'] === undefined ? recordCard(record, view) : { card: drawQuestion(record, view) };
}

/**
 * Whether the press answers a question that nobody else has answered meanwhile. A stopped line changes by the minute;
 * an answer is not out of date because somebody took the case while it was being typed.
 */
async function answersStill({ context, site, doer, press, inputs }: Press, id: string): Promise<boolean> {
  const { ask } = press.data;
  if (typeof ask !== 'string' || Object.keys(inputs).some((name) => name !== ask)) return false;
  const rev = revision(press);
  const record = await show(context.deps, site, doer, id);
  return !record.history.some(
    (entry) => entry.rev > rev && entry.changes?.some(({ field }) => field === ask),
  );
}

/** The whole form of a record, to be corrected. */
async function form({ context, site, doer, view, press }: Press, id: string): Promise<PressAnswer> {
  const page = Number(press.data['page'] ?? 1);
  return {
    card: renderEdit(
      await show(context.deps, site, doer, id),
      view,
      {},
      Number.isSafeInteger(page) ? page : 1,
    ),
  };
}

async function discarded({ context, site, view, press, doer }: Press): Promise<PressAnswer> {
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
}

/** An empty form of a kind, in place of the help card. */
async function empty({ context, site, doer, view, press }: Press): Promise<PressAnswer> {
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
}

/** The present card, led by what happened since the one that was pressed. */
async function staleCard(
  context: BotContext,
  press: PressIn,
  stale: StaleRecord,
): Promise<Record<string, unknown>> {
  const site = siteOf(context.sites, press);
  const language = await speaks(context.addresses, press, site);
  const view = viewOf(context, site, language, press);
  return sinceRevision(renderRecord(stale.record, view), stale.record, Number(press.data['rev']), view);
}

/** @throws AppError unknown_action where the card carries no revision */
function revision(press: PressIn): number {
  const rev = Number(press.data['rev']);
  if (press.data['rev'] === undefined || !Number.isSafeInteger(rev)) throw new AppError('unknown_action');
  return rev;
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const optional = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
