/** Speaks to Teams: one paced HTTP request per act. Trying again is the caller's (jobs, reply.ts), so it happens once. */
import { ConnectorError } from './connector.ts';
import { mentionEntities } from './mentions.ts';
import type { Activity, ConversationParameters } from 'botbuilder';
import type { ConnectorFactory } from 'botframework-connector';
import type { Clock } from '../clock.ts';
import type { Address, Message, Messenger } from '../jobs/messenger.ts';
import { DeliveryError } from '../jobs/messenger.ts';
import type { Metrics } from '../metrics.ts';
import type { Pacer } from './pacing.ts';

export interface DeliveryOptions {
  connectors: Pick<ConnectorFactory, 'create'>;
  pacer: Pacer;
  clock: Clock;
  metrics: Metrics;
}

type Act = 'send' | 'update' | 'personal';

/** While credentials or clocks are wrong, every send fails; this keeps the retries from filling the log. */
const unauthorizedPauseMs = 60_000;

/** The messenger over the connector's REST interface. */
export function createDelivery(options: DeliveryOptions): Messenger {
  const { connectors, pacer, clock, metrics } = options;

  const paced = async <T>(
    act: Act,
    to: { tenantId: string; place: string; urgent?: boolean | undefined },
    send: () => Promise<T>,
  ) => {
    try {
      const result = await pacer.run(to.tenantId, to.place, send, to.urgent);
      metrics.sends.inc({ act, outcome: 'ok' });
      return result;
    } catch (cause) {
      const error = deliveryError(act, cause, clock.now());
      metrics.sends.inc({ act, outcome: error.outcome });
      throw error;
    }
  };

  return {
    async send(to, message) {
      const activity = activityOf(to, message);
      const place = { tenantId: to.tenantId, place: to.conversationId, urgent: message.urgent };
      return paced('send', place, async () => {
        const connector = await connectors.create(to.serviceUrl);
        const answer = await connector.conversations.sendToConversation(to.conversationId, activity);
        // Teams gives no id for what it splits up; such a message cannot be updated.
        return { id: answer.id ?? '' };
      });
    },

    async update(to, activityId, message) {
      const activity = { ...activityOf(to, message), id: activityId };
      await paced('update', { tenantId: to.tenantId, place: to.conversationId }, async () => {
        const connector = await connectors.create(to.serviceUrl);
        await connector.conversations.updateActivity(to.conversationId, activityId, activity);
      });
    },

    async personal(person) {
      const { id, tenantId, serviceUrl, botId } = person;
      const parameters = {
        isGroup: false,
        bot: { id: botId },
        members: [{ id }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      } as unknown as ConversationParameters;
      const conversationId = await paced('personal', { tenantId, place: `person ${id}` }, async () => {
        const connector = await connectors.create(serviceUrl);
        return (await connector.conversations.createConversation(parameters)).id;
      });
      if (!conversationId) throw new DeliveryError('later', 'the connector opened no conversation');
      return { serviceUrl, conversationId, tenantId, botId };
    },
  };
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/** A message as the connector takes it. */
function activityOf(to: Address, message: Message): Partial<Activity> & Activity {
  const activity: Record<string, unknown> = {
    type: 'message',
    from: { id: to.botId },
    conversation: { id: to.conversationId, tenantId: to.tenantId },
  };
  if (message.card) {
    activity['attachments'] = [{ contentType: cardType, content: message.card }];
  } else if (message.attachment) {
    activity['attachments'] = [message.attachment];
  } else {
    activity['text'] = message.text ?? '';
    activity['textFormat'] = 'markdown';
    const entities = mentionEntities(message.text ?? '', message.mentions ?? []);
    if (entities.length > 0) activity['entities'] = entities;
  }
  if (message.summary !== undefined) activity['summary'] = message.summary;
  if (message.alert === true) activity['channelData'] = { notification: { alert: true } };
  return activity as unknown as Activity;
}

const nobodyThere = new Set(['UserNotFound', 'ConversationNotFound']);

/**
 * What a failure means. Unsure cases are `later`: a job that is given up stays visible, a message that is dropped
 * does not.
 */
export function deliveryError(act: Act, cause: unknown, now: number): DeliveryError {
  if (cause instanceof DeliveryError) return cause;
  const error = cause instanceof ConnectorError ? cause : undefined;
  const status = error?.status;
  const message = `${act}: ${cause instanceof Error ? cause.message : String(cause)}`;
  const afterMs = retryAfterMs(error?.retryAfter, now);
  const options = {
    cause,
    ...(status === undefined ? {} : { status }),
    ...(afterMs === undefined ? {} : { afterMs }),
  };
  // Some services say so with a 500 (the Agents Playground does).
  if (act !== 'update' && error?.code !== undefined && nobodyThere.has(error.code))
    return new DeliveryError('gone', message, options);
  switch (status) {
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      return new DeliveryError('refused', message, options);
    // Our own credentials or clock: nothing is wrong with the message, and an operator can mend it.
    case 401:
      return new DeliveryError('later', message, { ...options, afterMs: afterMs ?? unauthorizedPauseMs });
    // Blocked or uninstalled; Teams does not always say MessageWritesBlocked, so every 403 counts.
    case 403:
    case 410:
      return new DeliveryError('gone', message, options);
    // In an update it is the message that is gone (someone deleted it), not the conversation.
    case 404:
      return new DeliveryError(act === 'update' ? 'refused' : 'gone', message, options);
    default:
      // 408, 409, 412, 429, 5xx, no connection, no token.
      return new DeliveryError('later', message, options);
  }
}

/** Retry-After in milliseconds: seconds or an HTTP date. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (header.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1_000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
