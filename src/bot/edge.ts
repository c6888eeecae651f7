/** The way of an activity: authenticate, admit, drop a repeat, one at a time per conversation, route, answer. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Message, Messenger } from '../jobs/messenger.ts';
import type { Language } from '../language.ts';
import { languageOf } from '../language.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { TeamsAdapter } from './adapter.ts';
import type { Admitted, RefusalReason } from './admission.ts';
import { admit, refusalReasons } from './admission.ts';
import type { Outcome } from './application.ts';
import { createApplication, pressError } from './application.ts';
import type { BotRegistration, IdentityProvider } from './auth.ts';
import { createDelivery } from './delivery.ts';
import { extensionRefusal } from './extension-answer.ts';
import type { Handlers, Inbound } from './inbound.ts';
import type { PacingLimits } from './pacing.ts';
import { createPacer } from './pacing.ts';
import type { RateLimit } from './rate.ts';
import { createRate } from './rate.ts';
import { replyTo } from './reply.ts';
import { answer, jsonObject, readBody } from './request.ts';
import { serviceUrlCheck } from './service-url.ts';
import type { TurnResult } from './turns.ts';
import { BusyError, Turns, turnLimits } from './turns.ts';

export interface EdgeOptions {
  /** Absent: local mode. No token is asked for, and only loopback service URLs are admitted. */
  registration: BotRegistration | undefined;
  allowedTenants: ReadonlySet<string> | 'any';
  /** Hosts of service URLs, subdomains included; `defaultServiceHosts` (service-url.ts) unless there is a reason. */
  allowedServiceHosts: readonly string[];
  /** Of a request. */
  maxBodyBytes: number;
  /** Of a message's text. */
  maxTextLength: number;
  /** Of one person. */
  rate: RateLimit;
  /** For people whose client speaks neither Chinese nor English. */
  language: Language;
  /** Teams' limits unless given. */
  pacing?: PacingLimits;
  /** For tests: another identity provider, and loopback service URLs beside the listed hosts. */
  provider?: IdentityProvider;
  loopbackServiceUrls?: boolean;
}

export interface EdgeParts {
  options: EdgeOptions;
  /** Built once the messenger is there, which most handlers need. */
  handlers: Handlers | ((messenger: Messenger) => Handlers);
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** In [0, 1); Math.random unless given. */
  random?: () => number;
}

export interface Edge {
  /** Serves POST /api/messages. Never throws. */
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  messenger: Messenger;
  /** Turns away what comes from now on and waits for what runs; false if some still runs after `ms`. */
  drain(ms: number): Promise<boolean>;
  /** Closes the connections to Teams. */
  close(): void;
  /** Turns that run or wait. */
  readonly inFlight: number;
}

/** Sane values for everything that a deployment need not decide. */
export const edgeDefaults = {
  maxBodyBytes: 256 * 1024,
  maxTextLength: 8_000,
  rate: { burst: 30, perSecond: 2 },
} as const satisfies Partial<EdgeOptions>;

/** A client asks for its person's view of a card by itself. It reads only, and nobody is in a hurry who did nothing. */
const isLook = ({ press }: Admitted): boolean => press?.verb === 'refresh' && press.trigger === 'automatic';

/** It reads only, too. */
const isSearch = ({ extension }: Admitted): boolean => extension?.ask === 'find';

/** A refusal is logged at most this often per reason: whoever floods us must not flood the log. */
const logEveryMs = 10_000;
const retryAfterS = 5;

export function createEdge(parts: EdgeParts): Edge {
  const { options, clock, log, metrics } = parts;
  const random = parts.random ?? Math.random;
  const local = options.registration === undefined;
  const loopback = local ? 'only' : options.loopbackServiceUrls === true ? 'also' : 'never';
  const serviceUrlAdmitted = serviceUrlCheck({ hosts: options.allowedServiceHosts, loopback });
  const adapter = new TeamsAdapter({
    registration: options.registration,
    provider: options.provider,
    serviceUrlAdmitted,
  });
  const pacer = createPacer(clock, options.pacing);
  const messenger = createDelivery({ connectors: adapter.connectors, pacer, clock, metrics });
  const handlers = typeof parts.handlers === 'function' ? parts.handlers(messenger) : parts.handlers;
  const replies = (where: Inbound) => replyTo(messenger, where.address, clock, random);
  const application = createApplication({
    handlers,
    messenger,
    log,
    clock,
    replyTo: replies,
    language: options.language,
    newRef: () => randomUUID().slice(0, 8),
  });
  const takeToken = createRate(clock, options.rate);
  const takeLook = createRate(clock, options.rate);
  const turns = new Turns(clock, turnLimits);
  const rule = { serviceUrlAdmitted, tenants: options.allowedTenants };
  const loggedAt = new Map<RefusalReason, number>();
  let draining = false;

  const count = (reason: RefusalReason, error?: unknown) => {
    metrics.refusals.inc({ reason });
    const now = clock.now();
    if (now - (loggedAt.get(reason) ?? -Infinity) < logEveryMs) return;
    loggedAt.set(reason, now);
    log.warn({ reason, ...(error === undefined ? {} : { err: error }) }, 'request refused');
  };

  const refuse = (response: ServerResponse, reason: RefusalReason, error?: unknown) => {
    count(reason, error);
    const status = refusalReasons[reason];
    const close = reason === 'too_large' || reason === 'draining';
    // The sender learns what was wrong in one word, and nothing about us.
    answer(response, status, `{"error":"${reason}"}`, { close, ...(status === 503 ? { retryAfterS } : {}) });
  };

  /** An activity that is fine but too much: the person gets a clear answer, and nothing else happens. */
  const tooMuch = async (
    admitted: Admitted,
    reason: 'too_fast' | 'too_long',
    error: AppError,
    tell: boolean,
  ) => {
    count(reason);
    const { activity, where } = admitted;
    const language = languageOf(where.locale) ?? options.language;
    if (activity.type === 'invoke') {
      const { extension } = admitted;
      const refusal = extension ? extensionRefusal(extension, error, language) : pressError(error, language);
      return { status: 200, body: JSON.stringify(refusal) };
    }
    if (!tell) return { status: refusalReasons[reason], body: `{"error":"${reason}"}` };
    const message: Message = { text: error.user(language) };
    await replies(where)(message).catch((failure: unknown) => {
      log.warn({ err: failure, activity: where.activityId }, 'could not tell the person');
    });
    return { status: 200 };
  };

  const turn = async (
    identity: Awaited<ReturnType<TeamsAdapter['authenticate']>>,
    body: object,
    admitted: Admitted,
  ): Promise<TurnResult> => {
    const { activity, where } = admitted;
    const kind = admitted.press ? 'press' : activity.type === 'message' ? 'message' : 'other';
    // People's own acts only: an administrator who adds the bot to fifty teams is not in a hurry.
    if (activity.type === 'message' || activity.type === 'invoke') {
      const take = isLook(admitted) ? takeLook : takeToken;
      const pace = take(`${where.actor.tenantId} ${where.actor.aadObjectId}`);
      if (!pace.ok) {
        const error = new AppError('too_fast', { seconds: pace.seconds });
        return tooMuch(admitted, 'too_fast', error, pace.tell);
      }
    }
    const length = activity.text?.length ?? 0;
    if (length > options.maxTextLength) {
      const error = new AppError('too_long', { length, limit: options.maxTextLength });
      return tooMuch(admitted, 'too_long', error, true);
    }
    const began = clock.now();
    // What stands here if the application throws: nothing was answered.
    const ended: { outcome: Outcome } = { outcome: 'unheard' };
    try {
      const invoke = await adapter.turn(identity, body, async (context) => {
        ended.outcome = await application.run(context, admitted);
      });
      const { outcome } = ended;
      return {
        status: invoke?.status ?? (outcome === 'unheard' ? 502 : 200),
        ...(invoke?.body === undefined ? {} : { body: JSON.stringify(invoke.body) }),
        failed: outcome === 'failed' || outcome === 'unheard',
      };
    } finally {
      metrics.turns.inc({ activity: kind, outcome: ended.outcome });
      metrics.turnSeconds.observe({ activity: kind }, (clock.now() - began) / 1_000);
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (draining) return refuse(response, 'draining');
    if (request.method !== 'POST') return refuse(response, 'method');
    // No token is asked for locally, so a page in the developer's browser could speak to the bot. Teams sends no Origin.
    if (local && request.headers.origin !== undefined) return refuse(response, 'browser');
    const text = await readBody(request, options.maxBodyBytes);
    if (text === undefined) return refuse(response, 'too_large');
    const body = jsonObject(text);
    if (body === undefined) return refuse(response, 'not_json');

    let identity;
    try {
      identity = await adapter.authenticate(body, request.headers.authorization ?? '');
    } catch (error) {
      return refuse(response, 'token', error);
    }
    const admitted = admit(body, rule);
    if (typeof admitted === 'string') return refuse(response, admitted);

    const { where, activity } = admitted;
    const { tenantId, userId } = where.actor;
    const conversation = `${tenantId} ${where.address.conversationId}`;
    // An id counts within what its sender can see: nobody gets another person's answer by guessing an id.
    const key = JSON.stringify([conversation, userId, activity.type, where.activityId || randomUUID()]);
    // Sixty clients that look at a card after each change must not hold up whoever acts.
    const line = isLook(admitted) || isSearch(admitted) ? `${conversation} ${userId}` : conversation;
    try {
      const result = await turns.run(key, line, () => turn(identity, body, admitted));
      answer(response, result.status, result.body);
    } catch (error) {
      if (error instanceof BusyError) return refuse(response, 'busy');
      throw error;
    }
  };

  return {
    async handleRequest(request, response) {
      try {
        await serve(request, response);
      } catch (error) {
        const ref = randomUUID().slice(0, 8);
        log.error({ err: error, ref }, 'request failed');
        answer(response, 500, `{"error":"internal","ref":"${ref}"}`);
      }
    },
    messenger,
    async drain(ms) {
      draining = true;
      return turns.drain(ms);
    },
    close: () => adapter.connectors.close(),
    get inFlight() {
      return turns.inFlight;
    },
  };
}
