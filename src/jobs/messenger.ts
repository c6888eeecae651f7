/** How jobs and turns speak to Teams: the port. The real one is bot/delivery.ts; tests drive that over HTTP. */

import type { Address } from '../records/address.ts';

export type { Address };

export interface Mention {
  /** Teams user id (29:...) or Entra object id. */
  id: string;
  name: string;
}

/** A card of Teams' own that is no Adaptive Card. */
export interface Attachment {
  contentType: string;
  name: string;
  contentUrl?: string;
  content: Record<string, unknown>;
}

/** One message: a text, a card or an attachment, never two of them (Teams splits those and returns no id). */
export interface Message {
  text?: string;
  card?: Record<string, unknown>;
  attachment?: Attachment;
  /** For the notification and the activity feed. */
  summary?: string;
  /** People named in `text` as `<at>Name</at>`; a card carries its own in msteams.entities. */
  mentions?: readonly Mention[];
  /** Also raise a notification in the activity feed. */
  alert?: boolean;
  /** Goes before whatever else waits for the limits. */
  urgent?: boolean;
}

export interface Messenger {
  /** Sends once, paced under Teams' limits. @throws DeliveryError */
  send(to: Address, message: Message): Promise<{ id: string }>;
  /** Replaces a message of the bot's own. @throws DeliveryError */
  update(to: Address, activityId: string, message: Message): Promise<void>;
  /** Opens (or finds) the personal conversation with a person. @throws DeliveryError */
  personal(person: { id: string; tenantId: string; serviceUrl: string; botId: string }): Promise<Address>;
}

/**
 * Why a delivery failed. `later`: try again, not before `afterMs` if given (412, 429, 502, 504, no connection);
 * `gone`: the conversation cannot be reached any more (403, 404); `refused`: this message will never be taken (400, 413).
 */
export class DeliveryError extends Error {
  readonly outcome: 'later' | 'gone' | 'refused';
  readonly status: number | undefined;
  readonly afterMs: number | undefined;

  constructor(
    outcome: 'later' | 'gone' | 'refused',
    message: string,
    options: { status?: number; afterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'DeliveryError';
    this.outcome = outcome;
    this.status = options.status;
    this.afterMs = options.afterMs;
  }
}
