/** A login provider on loopback: OpenID metadata and keys for tokens that Teams sends, tokens for what the bot sends. */
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppCredentials } from 'botframework-connector';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import type { IdentityProvider } from '../../src/bot/auth.ts';

export interface TokenWish {
  serviceUrl: string | undefined;
  audience?: string;
  issuer?: string;
  /** Seconds from now; negative: expired. */
  expiresIn?: number;
  /** `trusted` is endorsed for msteams; `webchat` for another channel; `foreign` is signed by a key nobody knows. */
  key?: 'trusted' | 'webchat' | 'foreign';
  claims?: Record<string, unknown>;
}

export interface FakeIdentity {
  provider: IdentityProvider;
  botId: string;
  /** An Authorization header, as Teams would send it. */
  bearer(wish: TokenWish): string;
  /** Whether an Authorization header carries a token that the bot was given here. */
  issued(header: string | undefined): boolean;
  close(): Promise<void>;
}

interface Key {
  kid: string;
  privateKey: KeyObject;
  jwk: object;
}

function newKey(endorsements: readonly string[]): Key {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', endorsements };
  return { kid, privateKey, jwk };
}

let made: { trusted: Key; webchat: Key; foreign: Key } | undefined;

/** Made once per test file: an RSA key takes a tenth of a second. */
const keysOnce = () =>
  (made ??= { trusted: newKey(['msteams']), webchat: newKey(['webchat']), foreign: newKey(['msteams']) });

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function sign(key: Key, claims: object): string {
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key.privateKey, 'base64url')}`;
}

class FakeCredentials extends AppCredentials {
  readonly #ask: () => Promise<string>;

  constructor(botId: string, ask: () => Promise<string>) {
    super(botId);
    this.#ask = ask;
  }

  protected override async refreshToken() {
    return { accessToken: await this.#ask(), expiresOn: new Date(Date.now() + 3_600_000) } as never;
  }
}

export async function startIdentity(botId = randomUUID()): Promise<FakeIdentity> {
  const keys = keysOnce();
  const issuer = 'https://api.botframework.com';
  const tokens = new Set<string>();
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answers: Record<string, () => object> = {
      '/openid': () => ({
        issuer,
        jwks_uri: `${base}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
      // The foreign key is known to nobody; its id is taken over by a trusted key, so that only the signature is wrong.
      '/keys': () => ({
        keys: [keys.trusted.jwk, keys.webchat.jwk, { ...keys.trusted.jwk, kid: keys.foreign.kid }],
      }),
      '/token': () => {
        const token = sign(keys.trusted, { appid: botId, jti: randomUUID() });
        tokens.add(token);
        return { token };
      },
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const credentials: ServiceClientCredentialsFactory = {
    isValidAppId: async (appId: string) => appId === botId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () =>
      new FakeCredentials(botId, async () => {
        const response = await fetch(`${base}/token`);
        return ((await response.json()) as { token: string }).token;
      }),
  };

  return {
    botId,
    provider: { openIdMetadataUrl: `${base}/openid`, issuer, credentials },
    bearer(wish) {
      const now = Math.floor(Date.now() / 1_000);
      const claims = {
        iss: wish.issuer ?? issuer,
        aud: wish.audience ?? botId,
        nbf: now - 3_600,
        iat: now - 3_600,
        exp: now + (wish.expiresIn ?? 3_600),
        ...(wish.serviceUrl === undefined ? {} : { serviceurl: wish.serviceUrl }),
        ...wish.claims,
      };
      return `Bearer ${sign(keys[wish.key ?? 'trusted'], claims)}`;
    },
    issued: (header) => header?.startsWith('Bearer ') === true && tokens.has(header.slice(7)),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
