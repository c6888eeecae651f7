/** The people at the Playground: they write and press through the HTTP interface that its own page uses. */
import { randomUUID } from 'node:crypto';
import type { Card } from '../fakes/cards.ts';
import { button, offers, pressed } from '../fakes/cards.ts';
import type { Shown } from './board.ts';
import type { Stage } from './stage.ts';

export interface Person {
  id: string;
  name: string;
  aadObjectId: string;
}

/** A conversation, and how much had been shown when something was said in it. */
export interface Said {
  conversation: string;
  since: number;
}

/** What the client gets for a press: a card, or words. */
export interface Pressed {
  card: Card | undefined;
  words: string;
  refused: boolean;
}

export interface Cast {
  /** @throws Error if nobody of that name is at the Playground */
  person(name: string): Person;
  /** The personal conversation of the one at the keyboard. */
  personal: string;
  /** The group chat of everybody. */
  group: string;
  /** Everybody has a Teams client open, so that the bot knows them. */
  arrive(): Promise<void>;
  /** Writes into a conversation, with a mention where the bot would not hear it otherwise. */
  says(who: Person, conversation: string, text: string): Promise<Said>;
  /** Begins a post in a channel. */
  posts(who: Person, channel: string, text: string): Promise<Said>;
  /** Presses the button of that verb on a message as it stands now. @param where tells buttons of one verb apart */
  presses(
    who: Person,
    on: Shown,
    verb: string,
    inputs?: Record<string, unknown>,
    where?: Record<string, unknown>,
  ): Promise<Pressed>;
}

/** What GET /_internal/v1/testConfig tells. */
interface Setup {
  tenantId: string;
  bot: { id: string; name: string };
  currentUser: Person;
  users: Person[];
  personalChat: { id: string };
  groupChats: { id: string }[];
  teams: { id: string }[];
}

const adaptive = 'application/vnd.microsoft.card.adaptive';

export async function openCast(stage: Stage): Promise<Cast> {
  const { url, board } = stage;
  const { config } = (await (await fetch(`${url}/_internal/v1/testConfig`)).json()) as { config: Setup };
  const everybody = [config.currentUser, ...config.users];
  const personal = config.personalChat.id;
  const group = config.groupChats[0]?.id ?? '';
  const team = config.teams[0]?.id ?? '';
  const { bot } = config;

  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the Playground answered ${answer.status} to ${path}: ${text}`);
    return (text.startsWith('{') ? JSON.parse(text) : {}) as T;
  };

  /** An activity of anybody's. The Playground sends its own messages as the one at the keyboard, whoever `from` names. */
  const activity = (who: Person, conversation: string, more: Record<string, unknown>) => {
    const channel = conversation === group ? undefined : conversation.split(';')[0];
    return {
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl: `${url}/_connector`,
      from: who,
      recipient: bot,
      conversation: {
        id: conversation,
        isGroup: true,
        conversationType: channel ? 'channel' : 'groupChat',
        tenantId: config.tenantId,
      },
      channelData: {
        tenant: { id: config.tenantId },
        ...(channel ? { team: { id: team }, channel: { id: channel } } : {}),
      },
      locale: /\p{Script=Han}/u.test(who.name[0] ?? '') ? 'zh-CN' : 'en-GB',
      ...more,
    };
  };
  const deliver = (body: unknown) => post('/_internal/v1/customActivities', body);

  const utter = async (who: Person, conversation: string, text: string): Promise<Said> => {
    const since = board.mark;
    if (conversation === personal) {
      const body = { from: { id: who.id }, text, textFormat: 'plain' };
      await post(`/_conversation/v1/conversations/${encodeURIComponent(conversation)}/messages`, body);
    } else {
      const at = `<at>${bot.name}</at>`;
      await deliver(
        activity(who, conversation, {
          type: 'message',
          text: `${at} ${text}`,
          textFormat: 'plain',
          entities: [{ type: 'mention', text: at, mentioned: bot }],
        }),
      );
    }
    return { conversation, since };
  };

  // The page shows only what comes from the bot's side, so each line is put there before it is said.
  const line = (who: Person, text: string) => ({ type: 'message', text: `**${who.name}:** ${text}` });

  return {
    personal,
    group,
    person(name) {
      const found = everybody.find((one) => one.name === name);
      if (!found) throw new Error(`there is no ${name} at the Playground`);
      return found;
    },
    async arrive() {
      for (const who of everybody) await deliver(activity(who, team, { type: 'conversationUpdate' }));
    },
    async says(who, conversation, text) {
      const shown = conversation === personal ? text : `@${bot.name} ${text}`;
      const path = `/_connector/v3/conversations/${encodeURIComponent(conversation)}/activities`;
      await post(path, line(who, shown));
      return utter(who, conversation, text);
    },
    async posts(who, channel, text) {
      const { id } = await post<{ id: string }>('/_connector/v3/conversations', {
        isGroup: true,
        channelData: { channel: { id: channel } },
        activity: line(who, `@${bot.name} ${text}`),
      });
      return utter(who, id, text);
    },
    async presses(who, on, verb, inputs = {}, where = {}) {
      // The Playground shows everybody the view of whoever pressed last, until the card's own update is there.
      const now = await board.stands(`a card with "${verb}"`, on.id, ({ card }) => offers(card, verb));
      const data = pressed(button(now.card ?? {}, verb, where), inputs);
      const { type, value } = await post<{ type?: string; value?: unknown }>('/_conversation/v1/invoke', {
        name: 'adaptiveCard/action',
        from: { id: who.id },
        conversation: { id: now.conversation },
        replyToId: now.id,
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      });
      if (type === 'application/vnd.microsoft.error')
        return { card: undefined, words: String((value as { message?: string }).message), refused: true };
      if (type !== adaptive) return { card: undefined, words: String(value), refused: false };
      const card = value as Card;
      board.show({ conversation: now.conversation, id: now.id, text: '', card });
      return { card, words: String(card['fallbackText'] ?? ''), refused: false };
    },
  };
}
