/** "Record as…" on a message: a dialog with the form that the message gives, and what comes of sending it. */
import { AppError } from '../errors.ts';
import type { Fault } from '../errors.ts';
import { DeliveryError } from '../jobs/messenger.ts';
import type { Address } from '../jobs/messenger.ts';
import type { AnyKind } from '../kinds/index.ts';
import { allKinds, kindOf } from '../kinds/index.ts';
import { text } from '../language.ts';
import { assertMayCapture, mayCapture } from '../records/access.ts';
import type { Actor } from '../records/deps.ts';
import { draftId, loadDraft, openDraft, submitDraft } from '../records/draft.ts';
import { show } from '../records/find.ts';
import { readInputs } from '../records/inputs.ts';
import type { DraftDoc, RecordDoc } from '../records/record.ts';
import type { View } from '../render/card.ts';
import { dialogTitle, renderAlready, renderDialogForm, renderKindChoice } from '../render/dialog.ts';
import type { Site } from '../site/site.ts';
import type { ExtensionAnswer, ExtensionRequest, Inbound } from './inbound.ts';
import { inputsOf, optional, word } from './press.ts';
import type { Origin } from './said.ts';
import { factsOfSaid, originIn, originOf, tellings } from './said.ts';
import type { BotContext } from './turn.ts';

export interface Asked {
  context: BotContext;
  site: Site;
  doer: Actor;
  view: View;
  where: Inbound;
}

type Of<A extends ExtensionRequest['ask']> = Extract<ExtensionRequest, { ask: A }>;

/** @throws AppError not_allowed */
export async function recordAs(asked: Asked, { said }: Of<'record'>): Promise<ExtensionAnswer> {
  const { site, doer, view, where } = asked;
  const kinds = mine(doer);
  const message = `${base(where)}|${said ? `message|${said.messageId}` : `dialog|${where.activityId}`}`;
  const origin = said ? originOf(said, site, view.now) : {};
  const told = tellings(origin, site, view.now, kinds).flatMap((telling) => kindOf(telling.kind) ?? []);
  const likeliest = [...new Set([...told, ...kinds])];
  const made = await madeOf(asked, message);
  const left = likeliest.filter((kind) => !made.some((record) => record.kind === kind.id));
  // The words are kept in a draft from the start: the dialog does not bring them back.
  const draft = await open(
    asked,
    left[0] ?? likeliest[0]!,
    origin,
    message,
    await placeOf(asked, said?.threadId),
  );
  if (made.length > 0) return dialog(renderAlready(made, draft, left, view), view);
  if (told.length === 0) return dialog(renderKindChoice(draft, likeliest, view), view);
  return dialog(renderDialogForm({ draft, others: likeliest.slice(1), faults: [] }, view), view);
}

/** @throws AppError draft_gone, not_allowed, conflict */
export async function submitted(asked: Asked, { verb, data }: Of<'submit'>): Promise<ExtensionAnswer> {
  const { context, site, view } = asked;
  const { doc: draft } = await loadDraft(context.deps, site, word(data['draft']));
  return verb === 'kind' ? otherKind(asked, draft, word(data['kind'])) : create(asked, draft, data, view);
}

async function otherKind(asked: Asked, draft: DraftDoc, id: string): Promise<ExtensionAnswer> {
  const { doer, view } = asked;
  const kind = kindOf(id);
  if (!kind || draft.message === undefined) throw new AppError('unknown_action');
  const other = await open(asked, kind, originIn(draft.fields), draft.message, draft.origin);
  const others = mine(doer).filter((one) => one.id !== kind.id);
  return dialog(renderDialogForm({ draft: other, others, faults: [] }, view), view);
}

async function create(
  asked: Asked,
  draft: DraftDoc,
  data: Of<'submit'>['data'],
  view: View,
): Promise<ExtensionAnswer> {
  const { context, site, doer } = asked;
  const inputs = inputsOf(data);
  const severity = optional(data['severity']);
  try {
    const { record, joined } = await submitDraft(context.deps, site, doer, {
      draft: draft.id,
      inputs,
      severity,
    });
    return { message: (joined ? joinedWord : savedWord)(record)[view.language] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    const others = draft.message === undefined ? [] : mine(doer).filter(({ id }) => id !== draft.kind);
    const again = { ...draft, fields: asTyped(asked, draft, inputs, error.faults, severity) };
    return dialog(renderDialogForm({ draft: again, others, faults: error.faults }, view), view);
  }
}

/** The form as it was sent: what could be read as values, the rest as it was typed. */
function asTyped(
  { site, view }: Asked,
  draft: DraftDoc,
  inputs: Readonly<Record<string, unknown>>,
  faults: readonly Fault[],
  severity: string | undefined,
): Record<string, unknown> {
  const kind = kindOf(draft.kind)!;
  const { values } = readInputs(kind, inputs, { site, now: view.now });
  const wrong = faults.flatMap(({ field: name }) => {
    const field = kind.fields[name];
    return field && inputs[name] !== undefined && values[name] === undefined && !isPicked.has(field.type)
      ? [[name, inputs[name]]]
      : [];
  });
  return {
    ...draft.fields,
    ...values,
    ...(Object.fromEntries(wrong) as Record<string, unknown>),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** Inputs that can hold nothing but values. */
const isPicked = new Set(['int', 'num', 'bool', 'choice', 'date']);

/** Kinds that this person may capture. @throws AppError not_allowed where there is none */
function mine(doer: Actor): readonly AnyKind[] {
  // What begins with a file is sent to the bot, not pointed at.
  const kinds = allKinds.filter((kind) => !kind.can.files && mayCapture(kind, doer));
  if (kinds.length === 0) assertMayCapture(allKinds[0]!, doer);
  return kinds;
}

/** The same message gives the same draft of a kind, whoever points at it. @throws AppError not_allowed */
async function open(
  { context, site, doer, view, where }: Asked,
  kind: AnyKind,
  origin: Origin,
  message: string,
  tellAt: Address,
): Promise<DraftDoc> {
  const { draft } = await openDraft(context.deps, site, doer, {
    key: keyOf(message, kind),
    kind,
    fields: factsOfSaid(kind, origin, site, view.language, view.now),
    language: view.language,
    message,
    shared: isOurs(context, where),
    origin: tellAt,
    jobs: [],
  });
  return draft;
}

const isOurs = ({ sites }: BotContext, where: Inbound): boolean =>
  where.scope === 'channel' && sites.ofChannel(where.teamId, where.channelId) !== undefined;

/**
 * Where the record's card goes: the message's thread in a channel of ours. The extension works where the bot is not;
 * then it goes to the person who records.
 */
async function placeOf(
  { context, site, doer, where }: Asked,
  threadId: string | undefined,
): Promise<Address> {
  const { address } = where;
  if (isOurs(context, where))
    return threadId === undefined
      ? address
      : { ...address, conversationId: `${base(where)};messageid=${threadId}` };
  if (where.scope === 'personal') return address;
  try {
    return (await context.addresses.personal(site, doer.id)) ?? address;
  } catch (error) {
    if (error instanceof DeliveryError) return address;
    throw error;
  }
}

const keyOf = (message: string, kind: AnyKind): string => `${message}|${kind.id}`;
const base = ({ address }: Inbound): string => address.conversationId.split(';')[0] ?? '';

/** Records that the message has given so far. */
async function madeOf({ context, site, doer }: Asked, message: string): Promise<RecordDoc[]> {
  const { deps } = context;
  const drafts = await Promise.all(
    allKinds.map((kind) => deps.store.read<DraftDoc>(site.id, draftId(keyOf(message, kind)))),
  );
  const ids = drafts.flatMap((stored) => stored?.doc.joined ?? stored?.doc.recordId ?? []);
  const found = await Promise.allSettled(ids.map((id) => show(deps, site, doer, id)));
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

const dialog = (card: Record<string, unknown>, view: View): ExtensionAnswer => ({
  dialog: { title: dialogTitle(view.language), card },
});

const savedWord = ({ id }: RecordDoc) => text(`已登记 ${id}。`, `Recorded as ${id}.`);
const joinedWord = ({ id }: RecordDoc) =>
  text(`这件事已有记录 ${id}，已并入。`, `This is being dealt with as ${id}; your report has joined it.`);
