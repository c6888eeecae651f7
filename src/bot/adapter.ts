/** The one adapter: the SDK's turn pipeline, entered with an identity that is already checked. */
import { CloudAdapter } from 'botbuilder';
import type { Activity, TurnContext } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { EdgeAuthentication, anonymous, localAuthentication } from './auth.ts';
import type { BotRegistration, IdentityProvider } from './auth.ts';
import { ConnectorPool } from './connector.ts';

/** What the SDK hands back for an invoke. */
export interface InvokeAnswer {
  status: number;
  body?: unknown;
}

export interface AdapterOptions {
  /** Absent: local mode, which asks for no token and sends none. */
  registration: BotRegistration | undefined;
  provider?: IdentityProvider | undefined;
  serviceUrlAdmitted: (serviceUrl: string) => boolean;
}

export class TeamsAdapter extends CloudAdapter {
  readonly connectors: ConnectorPool;
  readonly #authentication: EdgeAuthentication;
  readonly #anonymous: AuthenticateRequestResult | undefined;

  constructor(options: AdapterOptions) {
    const { registration, provider, serviceUrlAdmitted } = options;
    if (registration && registration.botId === '') throw new Error('A bot id is needed outside local mode.');
    const authentication = registration
      ? new EdgeAuthentication(registration, provider)
      : localAuthentication();
    super(authentication);
    this.#authentication = authentication;
    this.connectors = new ConnectorPool({
      botId: registration?.botId ?? '',
      credentials: authentication.credentials,
      oAuthScope: authentication.oAuthScope,
      loginUrl: authentication.loginUrl,
      admitted: serviceUrlAdmitted,
    });
    authentication.useConnectors(this.connectors);
    this.#anonymous = registration
      ? undefined
      : {
          audience: authentication.oAuthScope,
          claimsIdentity: anonymous(),
          connectorFactory: this.connectors,
        };
  }

  /**
   * Who sends this. Of the body only `channelId` and `serviceUrl` are looked at, which the token must agree with.
   * @throws an error of any class if the token is not valid
   */
  async authenticate(body: object, authorization: string): Promise<AuthenticateRequestResult> {
    if (this.#anonymous) return { ...this.#anonymous };
    return this.#authentication.authenticateRequest(body as Activity, authorization);
  }

  /** Runs one admitted activity. @throws what `logic` throws */
  turn(
    identity: AuthenticateRequestResult,
    body: object,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeAnswer | undefined> {
    return this.processActivity(identity, dated(body as Activity), logic);
  }
}

/** The SDK works with dates where JSON has texts. An admitted body has texts here, or nothing. */
function dated(activity: Activity): Activity {
  if (activity.timestamp) activity.timestamp = new Date(activity.timestamp);
  if (activity.localTimestamp) activity.localTimestamp = new Date(activity.localTimestamp);
  if (activity.expiration) activity.expiration = new Date(activity.expiration);
  // Replies go out by delivery.ts; collecting them for the HTTP answer is not offered.
  delete (activity as Partial<Activity>).deliveryMode;
  return activity;
}
