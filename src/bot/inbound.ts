/** What Teams brings in, in our own words. Everything else in bot/ translates between these and the SDK. */
import type { AppError } from '../errors.ts';
import type { Address, Message } from '../jobs/messenger.ts';
import type { RecordDoc } from '../records/record.ts';

/** Who did it, as the authenticated activity says. */
export interface Actor {
  aadObjectId: string;
  /** The id for mentions and for opening a conversation; per bot. */
  userId: string;
  name: string;
  tenantId: string;
}

export type Scope = 'personal' | 'groupChat' | 'channel';

export interface Inbound {
  actor: Actor;
  address: Address;
  scope: Scope;
  activityId: string;
  /** The client's locale, such as zh-CN. */
  locale: string | undefined;
  teamId: string | undefined;
  channelId: string | undefined;
}

export interface MessageIn extends Inbound {
  /** Without the bot's own mention; full text otherwise. */
  text: string;
  /** When the message was sent, ISO UTC, as Teams says; undefined where it does not. */
  sentAt: string | undefined;
  files: readonly FileIn[];
}

/** A file that came with a message, by where it can be fetched for some minutes. */
export interface FileIn {
  name: string;
  downloadUrl: string;
}

/** The answer to a file that was offered; without `upload` it is not wanted. */
export interface ConsentIn {
  offer: string;
  upload:
    { uploadUrl: string; contentUrl: string; name: string; uniqueId: string; fileType: string } | undefined;
}

/** A press on a card (adaptiveCard/action). */
export interface PressIn extends Inbound {
  verb: string;
  /** The action's data and the inputs, as they came: believed in nothing but `record`, `rev`, `draft`, `kind` and the inputs. */
  data: Readonly<Record<string, unknown>>;
  /** `automatic` or `manual`, for refreshes. */
  trigger: string | undefined;
  /** Whether the answer is seen by this person's client alone. */
  alone: boolean;
  /** The message on which the card stands. */
  cardActivityId: string | undefined;
}

/** What a press gets back: a card for this client, a word, or a refusal that Teams shows. */
export type PressAnswer =
  /** `record`: it is the live card of that one. */
  | { card: Record<string, unknown>; record?: RecordDoc }
  | { message: string }
  | { refused: AppError; language: 'zh' | 'en' };

/** A message of anybody's that a person points at: what it says is its author's word, not the person's. */
export interface Said {
  messageId: string;
  /** The message that began its thread: itself, where it is no answer. */
  threadId: string;
  /** Plain text with its lines; quotations in it begin with `> `. */
  text: string;
  author: string | undefined;
  /** aadObjectId. */
  authorId: string | undefined;
  /** The author is of another company, as Teams knows. */
  outside: boolean;
  /** ISO UTC. */
  at: string | undefined;
  /** https. */
  link: string | undefined;
}

/** What the message extension is asked. */
export type ExtensionRequest =
  /** A dialog that makes a record of a message, or of nothing yet. */
  | { ask: 'record'; said: Said | undefined }
  /** The dialog was sent: make the record, or show the form of another kind. */
  | { ask: 'submit'; verb: 'create' | 'kind'; data: Readonly<Record<string, unknown>> }
  /** Records for a conversation; none named: those that are likeliest. */
  | { ask: 'find'; words: string };

export type ExtensionIn = Inbound & { request: ExtensionRequest };

export interface FoundRecord {
  /** Shown to the person who searches, one line each. */
  title: string;
  text: string;
  /** Dropped into the conversation, for whoever reads it there. */
  card: Record<string, unknown>;
}

export type ExtensionAnswer =
  | { dialog: { title: string; card: Record<string, unknown> } }
  /** The dialog closes with a word; a search has nothing but this to say. */
  | { message: string }
  | { found: FoundRecord[] }
  | { refused: AppError; language: 'zh' | 'en' };

export interface Handlers {
  /** `reply` sends into the same conversation (the thread of a channel), with the turn's short retries. */
  message(message: MessageIn, reply: (message: Message) => Promise<void>): Promise<void>;
  press(press: PressIn): Promise<PressAnswer>;
  /** A person says whether they want a file that was offered. */
  consent(consent: Inbound & ConsentIn): Promise<void>;
  /** The message extension was used. Refusals are among its answers. */
  extension(asked: ExtensionIn): Promise<ExtensionAnswer>;
  /** The bot was added, or people joined where it is. */
  joined(where: Inbound, reply: (message: Message) => Promise<void>): Promise<void>;
  /** Any admitted activity, before the rest: remembers addresses. */
  met(where: Inbound): Promise<void>;
}
