import { createHash } from 'node:crypto';
import type { Card } from './cards.ts';
import { button, pressed } from './cards.ts';
import type { FakeTeams, Place } from './teams-connector.ts';

export interface PersonOptions {
  aadObjectId?: string;
  userId?: string;
  locale?: string;
  tenantId?: string;
}

export interface SayOptions {
  /** The personal conversation unless given. */
  in?: Place;
  /** In a thread of the channel; a new post unless given. */
  thread?: string;
  /** Teams delivers only what mentions the bot, so that is the default outside personal conversations. */
  mention?: boolean;
  id?: string;
  /** Anything else of the activity. */
  more?: Record<string, unknown>;
}

export interface PressOptions {
  /** Of several buttons with the verb, the one whose data holds this. */
  where?: Record<string, unknown>;
  in?: Place;
  id?: string;
  trigger?: 'automatic' | 'manual';
}

export interface PressResult {
  status: number;
  statusCode: number;
  type: string;
  card: Card | undefined;
  message: string | undefined;
  error: { code: string; message: string } | undefined;
}

/** A stable uuid for a name, so that a failing test reads the same every time. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Somebody with a Teams client. */
export class Person {
  readonly name: string;
  readonly aadObjectId: string;
  readonly userId: string;
  readonly tenantId: string;
  locale: string;
  readonly #teams: FakeTeams;

  constructor(teams: FakeTeams, name: string, options: PersonOptions) {
    this.#teams = teams;
    this.name = name;
    this.aadObjectId = options.aadObjectId ?? uuidOf(name);
    this.userId = options.userId ?? `29:${this.aadObjectId}`;
    this.tenantId = options.tenantId ?? teams.tenantId;
    this.locale = options.locale ?? 'zh-CN';
  }

  /** Of the personal conversation with the bot. */
  get conversationId(): string {
    return `a:${this.aadObjectId}`;
  }

  get #home(): Place {
    return { scope: 'personal', conversationId: this.conversationId };
  }

  /** An activity of this person's as Teams would send it. */
  activity(
    type: string,
    place: Place = this.#home,
    more: Record<string, unknown> = {},
  ): Record<string, unknown> {
    const teams = this.#teams;
    return {
      type,
      id: teams.nextId(),
      timestamp: new Date(teams.clock.now()).toISOString(),
      channelId: 'msteams',
      serviceUrl: teams.serviceUrl,
      from: { id: this.userId, name: this.name, aadObjectId: this.aadObjectId },
      recipient: { id: teams.botId, name: 'Lineside' },
      conversation: {
        id: place.conversationId,
        conversationType: place.scope,
        tenantId: this.tenantId,
        ...(place.scope === 'personal' ? {} : { isGroup: true }),
      },
      channelData: {
        tenant: { id: this.tenantId },
        ...(place.scope === 'channel'
          ? { team: { id: place.teamId }, channel: { id: place.conversationId.split(';')[0] } }
          : {}),
      },
      entities: [{ type: 'clientInfo', locale: this.locale, country: 'CN', platform: 'Android' }],
      locale: this.locale,
      ...more,
    };
  }

  /** Writes to the bot. @throws if the bot turns the request away */
  async says(text: string, options: SayOptions = {}): Promise<void> {
    const { status, body } = await this.#teams.deliver(this.saying(text, options));
    if (status >= 300) throw new Error(`${this.name} was turned away: ${status} ${JSON.stringify(body)}`);
  }

  /** The activity of `says`, for tests that change it before it is sent. */
  saying(text: string, options: SayOptions = {}): Record<string, unknown> {
    const place = options.in ?? this.#home;
    const mention = options.mention ?? place.scope !== 'personal';
    const activity = this.activity('message', place, {
      text: mention ? `<at>Lineside</at> ${text}` : text,
      textFormat: 'plain',
    });
    if (mention) {
      const mentioned = { id: this.#teams.botId, name: 'Lineside' };
      (activity['entities'] as object[]).push({ type: 'mention', text: '<at>Lineside</at>', mentioned });
    }
    if (options.id !== undefined) activity['id'] = options.id;
    if (place.scope === 'channel') {
      const thread = options.thread ?? String(activity['id']);
      const conversation = activity['conversation'] as Record<string, unknown>;
      conversation['id'] = `${place.conversationId};messageid=${thread}`;
    }
    return { ...activity, ...options.more };
  }

  /** Presses a button and gets the new card. @throws if the press is refused or answered without a card */
  async presses(
    card: Card,
    verb: string,
    inputs: Record<string, unknown> = {},
    options: PressOptions = {},
  ): Promise<Card> {
    const result = await this.tries(card, verb, inputs, options);
    if (!result.card) throw new Error(`"${verb}" gave no card: ${JSON.stringify(result)}`);
    return result.card;
  }

  /** Presses a button that must be refused. @throws if it is not */
  async isRefused(
    card: Card,
    verb: string,
    inputs: Record<string, unknown> = {},
    options: PressOptions = {},
  ): Promise<{ code: string; message: string }> {
    const result = await this.tries(card, verb, inputs, options);
    if (!result.error) throw new Error(`"${verb}" was not refused: ${JSON.stringify(result)}`);
    return result.error;
  }

  /** Presses a button, whatever comes of it. */
  async tries(
    card: Card,
    verb: string,
    inputs: Record<string, unknown> = {},
    options: PressOptions = {},
  ): Promise<PressResult> {
    const origin = this.#teams.origin(card);
    const result = await this.invokes(this.pressing(card, verb, inputs, options));
    if (result.card) this.#teams.answered(result.card, origin);
    return result;
  }

  /** The activity of a press, for tests that change it before it is sent. */
  pressing(
    card: Card,
    verb: string,
    inputs: Record<string, unknown> = {},
    options: PressOptions = {},
  ): Record<string, unknown> {
    const target = button(card, verb, options.where);
    const origin = this.#teams.origin(card);
    const action = { type: 'Action.Execute', verb, data: pressed(target, inputs) };
    return this.activity('invoke', options.in ?? this.#placeOf(origin.conversationId), {
      name: 'adaptiveCard/action',
      replyToId: origin.messageId,
      value: { action, trigger: options.trigger ?? 'manual' },
      ...(options.id === undefined ? {} : { id: options.id }),
    });
  }

  /** Presses as a client that knows no Action.Execute does: the data comes as the value of an empty message. */
  async submits(
    card: Card,
    verb: string,
    inputs: Record<string, unknown> = {},
    options: PressOptions = {},
  ): Promise<void> {
    const target = button(card, verb, options.where);
    const origin = this.#teams.origin(card);
    const activity = this.activity('message', options.in ?? this.#placeOf(origin.conversationId), {
      replyToId: origin.messageId,
      value: { ...pressed(target, inputs), verb },
    });
    const { status, body } = await this.#teams.deliver(activity);
    if (status >= 300) throw new Error(`${this.name} was turned away: ${status} ${JSON.stringify(body)}`);
  }

  async invokes(activity: Record<string, unknown>): Promise<PressResult> {
    const { status, body } = await this.#teams.deliver(activity);
    const answer = (body ?? {}) as { statusCode?: number; type?: string; value?: unknown };
    const type = answer.type ?? '';
    const failed = type === 'application/vnd.microsoft.error';
    return {
      status,
      statusCode: answer.statusCode ?? 0,
      type,
      card: type === 'application/vnd.microsoft.card.adaptive' ? (answer.value as Card) : undefined,
      message: type === 'application/vnd.microsoft.activity.message' ? String(answer.value) : undefined,
      error: failed ? (answer.value as { code: string; message: string }) : undefined,
    };
  }

  /** Adds the bot to a place, or opens it for the first time, with both of the activities that this brings. */
  async installs(place: Place = this.#home): Promise<void> {
    const members = [{ id: this.#teams.botId }];
    for (const activity of [
      this.activity('installationUpdate', place, { action: 'add' }),
      this.activity('conversationUpdate', place, { membersAdded: members }),
    ]) {
      const { status } = await this.#teams.deliver(activity);
      if (status >= 300) throw new Error(`${this.name} could not install the bot: ${status}`);
    }
  }

  #placeOf(conversationId: string): Place {
    if (conversationId.startsWith('a:')) return { scope: 'personal', conversationId };
    if (conversationId.includes('@thread.v2')) return { scope: 'groupChat', conversationId };
    return { scope: 'channel', conversationId, teamId: '19:team@thread.tacv2' };
  }
}
