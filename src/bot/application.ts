/** The teams-ai application: routes an admitted activity to our handlers and puts their answer into Teams' words. */
import { Application } from '@microsoft/teams-ai/lib/Application.js';
import { TurnState, TurnStateEntry } from '@microsoft/teams-ai/lib/TurnState.js';
import type { TurnContext } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Language } from '../language.ts';
import { languageOf } from '../language.ts';
import type { Logger } from '../log.ts';
import type { Message, Messenger } from '../jobs/messenger.ts';
import { DeliveryError } from '../jobs/messenger.ts';
import type { Admitted, Press } from './admission.ts';
import { extensionBody, extensionRefusal } from './extension-answer.ts';
import type { Handlers, Inbound, PressAnswer } from './inbound.ts';
import { withoutMentionOf } from './mentions.ts';

/**
 * A turn's state without storage: what is worth keeping is in the store, and teams-ai's own state loses writes when
 * two turns meet. Its scopes must exist, or `run` throws.
 */
class NoState extends TurnState {
  readonly #scopes = new Map<string, TurnStateEntry>();

  override getScope(scope: string): TurnStateEntry {
    let entry = this.#scopes.get(scope);
    if (!entry) {
      entry = new TurnStateEntry({});
      this.#scopes.set(scope, entry);
    }
    return entry;
  }

  override load(): Promise<boolean> {
    return Promise.resolve(true);
  }

  override save(): Promise<void> {
    return Promise.resolve();
  }
}

const admittedKey = Symbol('admitted');
const outcomeKey = Symbol('outcome');

/** How a turn ended; `unheard`: it failed, and the person could not be told either. */
export type Outcome = 'ok' | 'refused' | 'failed' | 'unheard';

/** An installation arrives as two activities, in either order and sometimes as one: it is greeted once. */
const greetedForMs = 60_000;
const maxGreeted = 1_000;

export interface ApplicationOptions {
  handlers: Handlers;
  messenger: Messenger;
  log: Logger;
  /** A `reply` for one turn. */
  replyTo: (where: Inbound) => (message: Message) => Promise<void>;
  /** The language of people whose client says neither Chinese nor English. */
  language: Language;
  newRef: () => string;
  clock: Clock;
}

export interface TurnApplication {
  /** Runs one admitted activity; `outcome` says how it ended. */
  run(context: TurnContext, admitted: Admitted): Promise<Outcome>;
}

const errorType = 'application/vnd.microsoft.error';

/** The body of a refused press. Clients show `message`. */
export const pressError = (error: AppError, language: Language): object => ({
  // Teams' card protocol knows 400 and 500 for errors; what HTTP would call it (403, 409, 429) is in the code.
  statusCode: error.code === 'internal' ? 500 : 400,
  type: errorType,
  value: { code: error.code, message: error.user(language) },
});

function pressBody(answer: PressAnswer): object {
  if ('card' in answer) {
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card };
  }
  if ('message' in answer) {
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.message };
  }
  return pressError(answer.refused, answer.language);
}

const isPress = (activity: TurnContext['activity']): boolean =>
  activity.type === 'invoke' && activity.name === 'adaptiveCard/action';

export function createApplication(options: ApplicationOptions): TurnApplication {
  const { handlers, messenger, log, replyTo } = options;
  const app = new Application<TurnState>({
    startTypingTimer: false,
    removeRecipientMention: false,
    turnStateFactory: () => new NoState(),
  });
  const of = (context: TurnContext): Admitted => context.turnState.get<Admitted>(admittedKey)!;
  const spoken = (where: Inbound): Language => languageOf(where.locale) ?? options.language;

  /** An error as a refusal for a person; what we did not foresee goes to the log under a number they can name. */
  const refusalOf = (error: unknown, where: Inbound): AppError => {
    if (error instanceof AppError) return error;
    const ref = options.newRef();
    log.error({ err: error, ref, activity: where.activityId, tenant: where.actor.tenantId }, 'turn failed');
    return new AppError('internal', { ref }, { cause: error });
  };
  const outcomeOf = (error: AppError): Outcome => (error.code === 'internal' ? 'failed' : 'refused');

  const answered = (context: TurnContext, outcome: Outcome) =>
    void context.turnState.set(outcomeKey, outcome);

  /** Runs a handler that answers by messages; its error becomes the answer. */
  const speak = async (
    context: TurnContext,
    act: (reply: (m: Message) => Promise<void>) => Promise<void>,
  ) => {
    const { where } = of(context);
    const reply = replyTo(where);
    try {
      await handlers.met(where);
      await act(reply);
    } catch (error) {
      const refusal = refusalOf(error, where);
      answered(context, outcomeOf(refusal));
      // Where Teams cannot be reached, saying so cannot be either.
      if (error instanceof DeliveryError) return answered(context, 'unheard');
      await reply({ text: refusal.user(spoken(where)) }).catch((failure: unknown) => {
        log.warn({ err: failure, activity: where.activityId }, 'could not tell the person');
        answered(context, 'unheard');
      });
    }
  };

  const pressIn = (admitted: Admitted, press: Press) => ({
    ...admitted.where,
    ...press,
    alone: admitted.activity.type === 'invoke',
    cardActivityId: admitted.activity.replyToId ?? undefined,
  });

  app.addRoute(
    async (context) => of(context).extension !== undefined,
    async (context) => {
      const { where, extension } = of(context);
      const request = extension!;
      let body: object;
      try {
        await handlers.met(where);
        const answer = await handlers.extension({ ...where, request });
        if ('refused' in answer) answered(context, outcomeOf(answer.refused));
        body = extensionBody(request, answer);
      } catch (error) {
        const refusal = refusalOf(error, where);
        answered(context, outcomeOf(refusal));
        body = extensionRefusal(request, refusal, spoken(where));
      }
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    },
    true,
  );

  app.addRoute(
    async (context) => isPress(context.activity),
    async (context) => {
      const admitted = of(context);
      let body: object;
      try {
        await handlers.met(admitted.where);
        const answer = await handlers.press(pressIn(admitted, admitted.press!));
        if ('refused' in answer) answered(context, outcomeOf(answer.refused));
        body = pressBody(answer);
      } catch (error) {
        const refusal = refusalOf(error, admitted.where);
        answered(context, outcomeOf(refusal));
        body = pressError(refusal, spoken(admitted.where));
      }
      // Our own invoke response: teams-ai's actionExecute would write one person's card into the shared message.
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    },
    true,
  );

  app.addRoute(
    async (context) => of(context).consent !== undefined,
    async (context) => {
      const { where, consent } = of(context);
      await speak(context, () => handlers.consent({ ...where, ...consent! }));
      // Teams shows nothing of this answer; what is wrong is said in the chat.
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200 } });
    },
    true,
  );

  app.addRoute(
    async (context) => context.activity.type === 'message' && of(context).press !== undefined,
    async (context) => {
      const admitted = of(context);
      await speak(context, async (reply) => {
        const press = pressIn(admitted, admitted.press!);
        const answer = await handlers.press(press);
        if ('message' in answer) return reply({ text: answer.message });
        if ('refused' in answer) {
          answered(context, outcomeOf(answer.refused));
          return reply({ text: answer.refused.user(answer.language) });
        }
        // Action.Submit has no answer of its own. The card may be for this person only, so it replaces the pressed
        // one only where nobody else sees that.
        if (press.scope !== 'personal' || press.cardActivityId === undefined)
          return reply({ card: answer.card });
        try {
          await messenger.update(press.address, press.cardActivityId, { card: answer.card });
        } catch (error) {
          if (!(error instanceof DeliveryError)) throw error;
          await reply({ card: answer.card });
        }
      });
    },
  );

  app.addRoute(
    async (context) => context.activity.type === 'message',
    async (context) => {
      const { activity, where, files } = of(context);
      const mentions = (activity.entities ?? []).flatMap((entity) =>
        entity.type === 'mention' && entity.text && entity.mentioned?.id
          ? [{ text: entity.text, mentionedId: entity.mentioned.id }]
          : [],
      );
      const text = withoutMentionOf(where.address.botId, activity.text ?? '', mentions);
      const at = Date.parse(activity.timestamp ?? '');
      const sentAt = Number.isNaN(at) ? undefined : new Date(at).toISOString();
      await speak(context, (reply) => handlers.message({ ...where, text, sentAt, files }, reply));
    },
  );

  const greeted = new LRUCache<string, number>({ max: maxGreeted });
  /** Whether the bot's own coming to a place is still to be greeted. */
  const firstGreeting = (where: Inbound): boolean => {
    const key = `${where.actor.tenantId} ${where.address.conversationId}`;
    const now = options.clock.now();
    if ((greeted.get(key) ?? 0) > now) return false;
    greeted.set(key, now + greetedForMs);
    return true;
  };

  app.addRoute(
    async (context) => ['conversationUpdate', 'installationUpdate'].includes(context.activity.type),
    async (context) => {
      const { activity, where } = of(context);
      // After a removal the address is of no use any more.
      if (activity.action?.startsWith('remove') || activity.membersRemoved) return;
      const added = activity.membersAdded ?? [];
      const botCame =
        activity.type === 'installationUpdate' || added.some(({ id }) => id === where.address.botId);
      const greet = botCame ? firstGreeting(where) : added.length > 0;
      await speak(context, (reply) => (greet ? handlers.joined(where, reply) : Promise.resolve()));
    },
  );

  return {
    async run(context, admitted) {
      context.turnState.set(admittedKey, admitted);
      await app.run(context);
      return context.turnState.get<Outcome>(outcomeKey) ?? 'ok';
    },
  };
}
