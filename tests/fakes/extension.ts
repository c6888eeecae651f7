/** What a Teams client does with the message extension: "Record as…" on a message, its dialog, and the search. */
import type { Card } from './cards.ts';
import { button, pressed } from './cards.ts';
import type { Person } from './person.ts';
import type { FakeTeams, Place } from './teams-connector.ts';

/** A message in a conversation, as the client hands it to the extension. */
export interface Pointed {
  id?: string;
  replyToId?: string;
  html?: string;
  text?: string;
  by?: { name: string; aadObjectId?: string; type?: string };
  at?: string;
  link?: string;
  more?: Record<string, unknown>;
}

export interface Dialog {
  /** Undefined once it is closed. */
  card: Card | undefined;
  title: string | undefined;
  /** The word with which it closed. */
  message: string | undefined;
  place: Place | undefined;
}

export interface Found {
  results: { title: string; text: string; card: Card }[];
  message: string | undefined;
}

export const payloadOf = (message: Pointed): Record<string, unknown> => ({
  id: message.id ?? '1795572000000',
  replyToId: message.replyToId ?? null,
  createdDateTime: message.at ?? '2026-11-23T01:40:00.000Z',
  linkToMessage: message.link ?? 'https://teams.microsoft.com/l/message/19:main@thread.tacv2/1795572000000',
  from: {
    application: null,
    device: null,
    user: {
      id: message.by?.aadObjectId ?? null,
      displayName: message.by?.name ?? '王工',
      userIdentityType: message.by?.type ?? 'aadUser',
    },
  },
  body:
    message.html === undefined
      ? { contentType: 'text', content: message.text ?? '' }
      : { contentType: 'html', content: message.html },
  attachments: [],
  mentions: [],
  reactions: [],
  importance: 'normal',
  ...message.more,
});

/** Sends an invoke. @throws if it is not answered with 200 */
async function invoke(
  teams: FakeTeams,
  person: Person,
  name: string,
  value: object,
  place?: Place,
): Promise<Record<string, unknown>> {
  const { status, body } = await teams.deliver(person.activity('invoke', place, { name, value }));
  if (status !== 200) throw new Error(`${name} was answered ${status} ${JSON.stringify(body)}`);
  return body as Record<string, unknown>;
}

function dialogOf(body: Record<string, unknown>, place: Place | undefined): Dialog {
  const task = body['task'] as { type: string; value: unknown };
  if (task.type === 'message')
    return { card: undefined, title: undefined, message: String(task.value), place };
  const { title, card } = task.value as { title: string; card: { contentType: string; content: Card } };
  if (card.contentType !== 'application/vnd.microsoft.card.adaptive') throw new Error(card.contentType);
  return { card: card.content, title, message: undefined, place };
}

/** Opens "Record as…" on a message; on nothing, from the box where one writes. */
export async function recordsAs(
  teams: FakeTeams,
  person: Person,
  message: Pointed | undefined,
  place?: Place,
): Promise<Dialog> {
  const value = {
    commandId: 'recordAs',
    commandContext: message ? 'message' : 'compose',
    context: { theme: 'default' },
    ...(message ? { messagePayload: payloadOf(message) } : {}),
  };
  return dialogOf(await invoke(teams, person, 'composeExtension/fetchTask', value, place), place);
}

/** Presses a button of the dialog. */
export async function sendsDialog(
  teams: FakeTeams,
  person: Person,
  dialog: Dialog,
  verb: 'create' | 'kind',
  inputs: Record<string, unknown> = {},
  where: Record<string, unknown> = {},
): Promise<Dialog> {
  if (!dialog.card) throw new Error(`the dialog is closed: ${dialog.message}`);
  const target = button(dialog.card, verb, where);
  if (target.action['type'] !== 'Action.Submit') throw new Error('a dialog knows Action.Submit only');
  const value = {
    commandId: 'recordAs',
    commandContext: 'message',
    context: { theme: 'default' },
    data: pressed(target, inputs),
  };
  return dialogOf(
    await invoke(teams, person, 'composeExtension/submitAction', value, dialog.place),
    dialog.place,
  );
}

/** Searches; without words as the client does when the search is opened. */
export async function searches(
  teams: FakeTeams,
  person: Person,
  words?: string,
  place?: Place,
): Promise<Found> {
  const parameters =
    words === undefined ? [{ name: 'initialRun', value: 'true' }] : [{ name: 'text', value: words }];
  const value = { commandId: 'findRecord', parameters, queryOptions: { skip: 0, count: 25 } };
  const body = await invoke(teams, person, 'composeExtension/query', value, place);
  const answer = body['composeExtension'] as {
    type: string;
    text?: string;
    attachments?: { content: Card; preview: { content: { title: string; text: string } } }[];
  };
  return {
    message: answer.text,
    results: (answer.attachments ?? []).map(({ content, preview }) => ({
      ...preview.content,
      card: content,
    })),
  };
}
