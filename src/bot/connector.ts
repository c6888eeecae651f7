/**
 * Connector clients: one per service URL, kept. A call is one HTTP request: nothing here retries or follows a
 * redirect, because the SDK's pipeline repeats ambiguous sends four times and would carry the bot's token along.
 */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { LRUCache } from 'lru-cache';
import { ConnectorClient, ConnectorFactory } from 'botframework-connector';
import type { AppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';

/** Teams drops a turn after 15 s, so an answer that takes longer than this comes too late anyway. */
const timeoutMs = 10_000;

/** Teams takes about 100 KB of UTF-16; 80 KB leaves room for what it adds. */
export const maxMessageBytes = 80 * 1024;

/** Far more than Teams ever answers; a wrong host must not fill the memory. */
const maxAnswerBytes = 1024 * 1024;

/** Regions and clouds that one bot meets. */
const maxClients = 32;

/** What the connector answered instead of doing it, or why it could not be asked (`status` undefined). */
export class ConnectorError extends Error {
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  /** The service's own code, such as MessageSizeTooBig. */
  readonly code: string | undefined;

  constructor(
    message: string,
    options: {
      status?: number;
      retryAfter?: string | undefined;
      code?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ConnectorError';
    this.status = options.status;
    this.retryAfter = options.retryAfter;
    this.code = options.code;
  }
}

type Operation = Parameters<ConnectorClient['sendOperationRequest']>;
interface Token {
  (): Promise<string | undefined>;
}

const pathOf = (template: string, args: Record<string, unknown>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(args[name])));

/** The named operations of ConnectorClient.conversations, sent by node's own HTTP client on kept connections. */
class PooledConnectorClient extends ConnectorClient {
  readonly #base: URL;
  readonly #agent: HttpAgent;
  readonly #token: Token;

  constructor(serviceUrl: string, credentials: AppCredentials, agent: HttpAgent, token: Token) {
    super(credentials, { baseUri: serviceUrl });
    this.#base = new URL(serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`);
    this.#agent = agent;
    this.#token = token;
  }

  override async sendOperationRequest(
    ...[args, spec]: Operation
  ): ReturnType<ConnectorClient['sendOperationRequest']> {
    const named = args as Record<string, unknown>;
    if (spec.queryParameters !== undefined || spec.path === undefined) {
      throw new ConnectorError(`operation is not offered: ${spec.httpMethod} ${spec.path ?? ''}`);
    }
    const from = spec.requestBody?.parameterPath;
    const body = typeof from === 'string' ? JSON.stringify(named[from]) : undefined;
    // Counted as the service counts: two bytes per UTF-16 unit.
    if (body !== undefined && body.length * 2 > maxMessageBytes) {
      throw new ConnectorError('message too large', { status: 413, code: 'MessageSizeTooBig' });
    }
    const path = pathOf(spec.path, named);
    return (await this.#send(spec.httpMethod, path, body)) as Awaited<
      ReturnType<ConnectorClient['sendOperationRequest']>
    >;
  }

  async #send(method: string, path: string, body: string | undefined): Promise<object> {
    let token: string | undefined;
    try {
      token = await this.#token();
    } catch (cause) {
      throw new ConnectorError('no token for the connector', { cause });
    }
    const headers: Record<string, string | number> = { accept: 'application/json' };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (body !== undefined) {
      headers['content-type'] = 'application/json; charset=utf-8';
      headers['content-length'] = Buffer.byteLength(body);
    }
    const ask = this.#base.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const failed = (cause: unknown) => reject(new ConnectorError('connector not reached', { cause }));
      const request = ask(
        {
          protocol: this.#base.protocol,
          hostname: this.#base.hostname.replace(/^\[|\]$/g, ''),
          port: this.#base.port,
          path: this.#base.pathname + path,
          method,
          headers,
          agent: this.#agent,
          timeout: timeoutMs,
        },
        (response) =>
          void read(response).then(resolve, (cause: unknown) => {
            if (cause instanceof ConnectorError) reject(cause);
            else failed(cause);
          }),
      );
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      request.on('error', failed);
      request.end(body);
    });
  }
}

/** All of the answer up to a limit. By events: iterating over the stream costs several times as much. */
function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
      if (text.length <= maxAnswerBytes) return;
      resolve(text);
      response.destroy();
    });
    response.on('end', () => resolve(text));
    response.on('error', reject);
    response.on('close', () => reject(new Error('the connector broke off')));
  });
}

/** The answer's JSON. A success that cannot be read is still a success: it has been sent, and has no id. */
async function read(response: IncomingMessage): Promise<object> {
  const text = await textOf(response);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return typeof answer === 'object' && answer !== null ? answer : {};
  const error = (answer as { error?: { code?: unknown } } | undefined)?.error;
  const code = typeof error?.code === 'string' ? error.code : undefined;
  throw new ConnectorError(`connector answered ${status}${code === undefined ? '' : ` ${code}`}`, {
    status,
    code,
    retryAfter: response.headers['retry-after'],
  });
}

export interface ConnectorPoolOptions {
  botId: string;
  credentials: ServiceClientCredentialsFactory;
  oAuthScope: string;
  loginUrl: string;
  /** Whether a service URL may be called at all. */
  admitted: (serviceUrl: string) => boolean;
}

/** The clients, by service URL; the least recently used is forgotten first. */
export class ConnectorPool extends ConnectorFactory {
  readonly #options: ConnectorPoolOptions;
  readonly #clients = new LRUCache<string, Promise<ConnectorClient>>({ max: maxClients });
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 128 });
  readonly #https = new HttpsAgent({ keepAlive: true, maxSockets: 128 });
  #credentials: Promise<AppCredentials> | undefined;
  #renewal: Promise<string> | undefined;

  constructor(options: ConnectorPoolOptions) {
    super();
    this.#options = options;
  }

  /** How many clients are kept; for tests. */
  get size(): number {
    return this.#clients.size;
  }

  /** @throws ConnectorError for a service URL that is not on the list, whoever stored it */
  override create(serviceUrl: string): Promise<ConnectorClient> {
    if (!this.#options.admitted(serviceUrl)) {
      return Promise.reject(new ConnectorError('service URL is not on the list', { status: 400 }));
    }
    let client = this.#clients.get(serviceUrl);
    if (client === undefined) {
      client = this.#open(serviceUrl);
      this.#clients.set(serviceUrl, client);
      client.catch(() => this.#clients.delete(serviceUrl));
    }
    return client;
  }

  async #open(serviceUrl: string): Promise<ConnectorClient> {
    const { botId, credentials, oAuthScope, loginUrl } = this.#options;
    this.#credentials ??= credentials.createCredentials(
      botId,
      oAuthScope,
      loginUrl,
      true,
    ) as Promise<AppCredentials>;
    const app = await this.#credentials;
    const agent = serviceUrl.startsWith('https:') ? this.#https : this.#http;
    const token: Token = botId === '' ? () => Promise.resolve(undefined) : () => this.#tokenOf(app);
    return new PooledConnectorClient(serviceUrl, app, agent, token);
  }

  /** The SDK keeps a token until it expires, and would fetch a new one once per waiting call. */
  #tokenOf(app: AppCredentials): Promise<string> {
    this.#renewal ??= app.getToken().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** Closes the kept connections. */
  close(): void {
    this.#clients.clear();
    this.#http.destroy();
    this.#https.destroy();
  }
}
