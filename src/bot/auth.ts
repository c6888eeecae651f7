/** Who speaks to the bot, and as whom the bot speaks: the SDK's token checks, without what they let through. */
import {
  AuthenticationConstants,
  BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  ClaimsIdentity,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
} from 'botframework-connector';
import type {
  AuthenticateRequestResult,
  ConnectorFactory,
  ServiceClientCredentialsFactory,
  UserTokenClient,
} from 'botframework-connector';
import type { Activity } from 'botbuilder';

/** The bot's registration. A managed identity has no password. */
export interface BotRegistration {
  botId: string;
  botPassword: string | undefined;
  managedIdentity: boolean;
  /** Tenant of the registration (single tenant, managed identity); the Bot Framework's own unless given. */
  botTenantId: string | undefined;
}

/** Another identity provider than Microsoft's, for tests. All of it, so that no half of the real one remains. */
export interface IdentityProvider {
  openIdMetadataUrl: string;
  issuer: string;
  /** Makes the credentials of outgoing calls. */
  credentials: ServiceClientCredentialsFactory;
}

function credentialsOf(registration: BotRegistration): ServiceClientCredentialsFactory {
  const { botId, botPassword, botTenantId, managedIdentity } = registration;
  if (managedIdentity) {
    return new ManagedIdentityServiceClientCredentialsFactory(botId, new JwtTokenProviderFactory());
  }
  if (!botPassword) throw new Error('The bot has neither a password nor a managed identity.');
  return new PasswordServiceClientCredentialFactory(botId, botPassword, botTenantId ?? '');
}

/**
 * Checks tokens by the SDK and hands out the one connector factory. Beyond the SDK: only the channel service's own
 * tokens pass. The SDK also takes tokens that were issued to the bot itself (its emulator path), and checks no
 * service URL on them: whoever once received a call of the bot's could replay that call's token.
 */
export class EdgeAuthentication extends BotFrameworkAuthentication {
  readonly credentials: ServiceClientCredentialsFactory;
  readonly oAuthScope = AuthenticationConstants.ToChannelFromBotOAuthScope;
  readonly loginUrl = AuthenticationConstants.ToChannelFromBotLoginUrl;
  readonly #checks: BotFrameworkAuthentication;
  readonly #issuer: string;
  #connectors: ConnectorFactory | undefined;
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(registration: BotRegistration, provider?: IdentityProvider) {
    super();
    this.credentials = provider?.credentials ?? credentialsOf(registration);
    this.#issuer = provider?.issuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer;
    // Every parameter is given: with only one override the SDK leaves all the others undefined.
    this.#checks = BotFrameworkAuthenticationFactory.create(
      '',
      true,
      this.loginUrl,
      this.oAuthScope,
      this.#issuer,
      AuthenticationConstants.OAuthUrl,
      provider?.openIdMetadataUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
      provider?.openIdMetadataUrl ?? AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
      'urn:botframework:azure',
      this.credentials,
      { requiredEndorsements: [], validateClaims: undefined },
    );
  }

  /** The factory whose clients every turn uses. Set once, by the adapter. */
  useConnectors(connectors: ConnectorFactory): void {
    this.#connectors = connectors;
  }

  /** @throws an error for everything that is not a valid token of the channel service for this bot */
  override async authenticateRequest(
    activity: Activity,
    authHeader: string,
  ): Promise<AuthenticateRequestResult> {
    const result = await this.#checks.authenticateRequest(activity, authHeader);
    if (result.claimsIdentity.getClaimValue(AuthenticationConstants.IssuerClaim) !== this.#issuer) {
      throw new Error('the token was not issued by the channel service');
    }
    return { ...result, connectorFactory: this.createConnectorFactory() };
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new Error('streaming connections are not offered');
  }

  override createConnectorFactory(): ConnectorFactory {
    if (!this.#connectors) throw new Error('no connectors yet');
    return this.#connectors;
  }

  // The SDK makes one of these, with a request pipeline of its own, for every turn; nothing here signs people in.
  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= this.#checks.createUserTokenClient(claims);
    return this.#userTokens;
  }
}

/** The identity of local turns: the Playground sends no token. */
export const anonymous = (): ClaimsIdentity =>
  new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType);

/** Local mode: no registration, no tokens in either direction. Admission keeps it on loopback. */
export const localAuthentication = (): EdgeAuthentication =>
  new EdgeAuthentication(
    { botId: '', botPassword: undefined, managedIdentity: false, botTenantId: undefined },
    {
      openIdMetadataUrl: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
      issuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
      credentials: new PasswordServiceClientCredentialFactory('', '', ''),
    },
  );
