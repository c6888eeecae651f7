/**
 * Teams on loopback: the Bot Connector's REST interface, which keeps what the bot sends and fails on demand, and the
 * people who write to the bot and press its buttons (person.ts).
 */
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/clock.ts';
import type { Card } from './cards.ts';
import type { FakeIdentity } from './identity.ts';
import { Person } from './person.ts';
import type { PersonOptions } from './person.ts';

export type ActivityOut = Record<string, unknown>;

/** A message of the bot's as it stands now, and as it stood before. */
export interface Sent {
  id: string;
  conversationId: string;
  activity: ActivityOut;
  versions: ActivityOut[];
  deleted: boolean;
}

export interface Recorded {
  method: string;
  path: string;
  authorization: string | undefined;
  body: ActivityOut;
  /** On the test's clock. */
  at: number;
  /** What it was answered; 0 if the connection was cut. */
  status: number;
}

/** A failure to come. `cut`: the connection breaks, `done` says whether the message got through before. */
export interface Failure {
  status?: number;
  headers?: Record<string, string>;
  body?: object | string;
  cut?: boolean;
  done?: boolean;
  /** Real milliseconds before the answer. */
  delayMs?: number;
}

export interface Place {
  scope: 'personal' | 'groupChat' | 'channel';
  conversationId: string;
  teamId?: string;
}

export interface FakeTeamsOptions {
  clock?: Clock;
  /** Then people's activities carry tokens, and only tokens that were issued to the bot are taken. */
  identity?: FakeIdentity;
  tenantId?: string;
}

/** Published: about 100 KB, counted as UTF-16. */
const largestBytes = 100 * 1024;
const patienceMs = 5_000;

const at = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(what);
  return value;
};

export class FakeTeams {
  readonly requests: Recorded[] = [];
  readonly clock: Clock;
  readonly tenantId: string;
  readonly identity: FakeIdentity | undefined;
  readonly people: Person[] = [];
  readonly #sent = new Map<string, Sent>();
  readonly #origins = new WeakMap<Card, { conversationId: string; messageId: string }>();
  readonly #failures: Failure[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #botUrl = '';
  #running = 0;
  #ids = 1_800_000_000_000;

  static async start(options: FakeTeamsOptions = {}): Promise<FakeTeams> {
    const teams = new FakeTeams(options);
    await new Promise<void>((listening) => teams.#server.listen(0, '127.0.0.1', listening));
    return teams;
  }

  private constructor(options: FakeTeamsOptions) {
    this.clock = options.clock ?? systemClock;
    this.identity = options.identity;
    this.tenantId = options.tenantId ?? '11111111-1111-4111-8111-111111111111';
  }

  get serviceUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/amer/`;
  }

  get botId(): string {
    return `28:${this.identity?.botId ?? 'lineside'}`;
  }

  /** @param origin of the bot, such as http://127.0.0.1:3978 */
  connect(origin: string): void {
    this.#botUrl = `${origin}/api/messages`;
  }

  person(name: string, options: PersonOptions = {}): Person {
    const person = new Person(this, name, options);
    this.people.push(person);
    return person;
  }

  channel(name: string, teamId = '19:team@thread.tacv2'): Place {
    return { scope: 'channel', conversationId: `19:${name}@thread.tacv2`, teamId };
  }

  group(name: string): Place {
    return { scope: 'groupChat', conversationId: `19:${name}@thread.v2` };
  }

  nextId(): string {
    this.#ids += 1;
    return String(this.#ids);
  }

  /** The bot's messages in a conversation (of a channel: in all its threads), oldest first, as they stand now. */
  messages(where: string | Place | Person): Sent[] {
    const id = typeof where === 'string' ? where : where.conversationId;
    return [...this.#sent.values()].filter(
      (sent) => !sent.deleted && (sent.conversationId === id || sent.conversationId.startsWith(`${id};`)),
    );
  }

  texts(where: string | Place | Person): string[] {
    return this.messages(where).flatMap(({ activity }) =>
      typeof activity['text'] === 'string' ? [activity['text']] : [],
    );
  }

  /** The latest card in a conversation, as it stands now. */
  card(where: string | Place | Person): Card {
    const cards = this.cards(where);
    return at(cards.at(-1), 'no card stands in this conversation');
  }

  cards(where: string | Place | Person): Card[] {
    return this.messages(where).flatMap((sent) => this.#cardsOf(sent));
  }

  #cardsOf(sent: Sent): Card[] {
    const attachments = (sent.activity['attachments'] ?? []) as { contentType: string; content: Card }[];
    const cards = attachments.filter((each) => each.contentType.endsWith('card.adaptive'));
    for (const { content } of cards) {
      this.#origins.set(content, { conversationId: sent.conversationId, messageId: sent.id });
    }
    return cards.map((each) => each.content);
  }

  /** Where a card stands that came from here, or from a press on one that did. */
  origin(card: Card): { conversationId: string; messageId: string } {
    for (const sent of this.#sent.values()) this.#cardsOf(sent);
    return at(
      this.#origins.get(card),
      'this card does not stand anywhere: take it from teams.card() or a press',
    );
  }

  answered(card: Card, origin: { conversationId: string; messageId: string }): void {
    this.#origins.set(card, origin);
  }

  /** The next `times` requests of the bot's fail so. */
  fail(failure: Failure, times = 1): void {
    for (let i = 0; i < times; i += 1) this.#failures.push(failure);
  }

  /** Sends an activity to the bot, whatever it looks like. */
  async deliver(
    activity: unknown,
    options: { authorization?: string | null; raw?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: unknown; headers: IncomingMessage['headers'] }> {
    const text = options.raw ?? JSON.stringify(activity);
    const serviceUrl = (activity as { serviceUrl?: string } | undefined)?.serviceUrl;
    const authorization =
      options.authorization === undefined ? this.identity?.bearer({ serviceUrl }) : options.authorization;
    this.#running += 1;
    try {
      return await new Promise((resolve, reject) => {
        const request = httpRequest(
          at(this.#botUrl || undefined, 'teams.connect() was not called'),
          {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
              ...(authorization ? { authorization } : {}),
              ...options.headers,
            },
          },
          (response) =>
            void bodyOf(response).then((body) => {
              resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
            }, reject),
        );
        request.on('error', reject);
        request.end(text);
      });
    } finally {
      this.#running -= 1;
      this.#changed();
    }
  }

  /** Resolves once `condition` holds; looks again whenever something happens. @throws after five seconds */
  async until<T>(condition: () => T | undefined | false, what = 'what was waited for'): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        const seen = this.requests.map((each) => `${each.status} ${each.method} ${each.path}`).join('\n');
        reject(new Error(`${what} did not happen; the bot sent:\n${seen || 'nothing'}`));
      }, patienceMs);
      const look = () => {
        const found = condition();
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** The next message (new or changed) from now on that `wanted` accepts. */
  async next(wanted: (sent: Sent) => boolean = () => true): Promise<Sent> {
    const before = new Map([...this.#sent.values()].map((sent) => [sent.id, sent.versions.length]));
    return this.until(
      () => [...this.#sent.values()].find((s) => s.versions.length > (before.get(s.id) ?? 0) && wanted(s)),
      'the next message',
    );
  }

  /** Resolves once nobody waits for the bot, and it has sent nothing for a while (in real milliseconds). */
  async settled(quietMs = 50): Promise<void> {
    await this.until(() => this.#running === 0, 'the end of all turns');
    for (let count = -1; count !== this.requests.length || this.#running > 0;) {
      count = this.requests.length;
      await new Promise<void>((resume) => setTimeout(resume, quietMs));
    }
  }

  /** @throws if a failure that was ordered never happened */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((closed) => void this.#server.close(() => closed()));
    if (this.#failures.length > 0)
      throw new Error(`${this.#failures.length} ordered failures never happened`);
  }

  #changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await bodyOf(request)) as ActivityOut;
    const recorded: Recorded = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/^\/amer/, ''),
      authorization: request.headers.authorization,
      body: body ?? {},
      at: this.clock.now(),
      status: 0,
    };
    this.requests.push(recorded);
    const failure = this.#failures.shift();
    if (failure?.delayMs) await new Promise<void>((resume) => setTimeout(resume, failure.delayMs));
    const answer = failure && !failure.done ? undefined : this.#act(recorded);
    if (failure?.cut) {
      response.destroy();
    } else {
      const status = failure?.status ?? answer!.status;
      recorded.status = status;
      const said =
        failure?.body ??
        (failure?.status ? { error: { code: 'Ordered', message: 'as ordered' } } : answer!.body);
      response.writeHead(status, { 'content-type': 'application/json', ...failure?.headers });
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    }
    this.#changed();
  }

  #act({ method, path, body, authorization }: Recorded): { status: number; body: object } {
    const refused = (status: number, code: string) => ({ status, body: { error: { code, message: code } } });
    if (this.identity && !this.identity.issued(authorization)) return refused(401, 'Unauthorized');
    if (JSON.stringify(body).length * 2 > largestBytes) return refused(413, 'MessageSizeTooBig');
    const [, , scope, conversation, kind, activityId] = path.split('/').map(decodeURIComponent);
    if (scope !== 'conversations') return refused(404, 'NotFound');
    if (method === 'POST' && conversation === undefined) {
      const member = (body['members'] as { id: string }[])[0]?.id;
      const person = this.people.find((each) => each.userId === member || each.aadObjectId === member);
      return person
        ? { status: 201, body: { id: person.conversationId } }
        : refused(403, 'BotNotInConversationRoster');
    }
    if (conversation === undefined || kind !== 'activities') return refused(404, 'NotFound');
    if (method === 'POST') {
      const id = this.nextId();
      this.#sent.set(id, {
        id,
        conversationId: conversation,
        activity: body,
        versions: [body],
        deleted: false,
      });
      return { status: 201, body: { id } };
    }
    const sent = this.#sent.get(activityId ?? '');
    if (!sent || sent.deleted || sent.conversationId.split(';')[0] !== conversation.split(';')[0]) {
      return refused(404, 'ActivityNotFoundInConversation');
    }
    if (method === 'DELETE') {
      sent.deleted = true;
      return { status: 200, body: {} };
    }
    sent.activity = body;
    sent.versions.push(body);
    return { status: 200, body: { id: sent.id } };
  }
}

async function bodyOf(message: IncomingMessage): Promise<unknown> {
  let text = '';
  message.setEncoding('utf8');
  for await (const chunk of message) text += chunk as string;
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
