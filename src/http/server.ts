/** The public endpoint: Teams' activities and the two health questions. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import restify from 'restify';
import type { Logger } from '../log.ts';
import type { Check } from './health.ts';
import { readiness } from './health.ts';

export interface ServerOptions {
  /** Serves POST /api/messages; reads the body itself, under its own limit. */
  messages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** What must hold before traffic is welcome, by name. */
  checks: Readonly<Record<string, Check>>;
  log: Logger;
  /** Served here too where this endpoint is not public (local mode). */
  metrics?: Registry;
}

export interface PublicServer {
  /** @returns the port, which differs from `port` if that is 0 */
  listen(port: number, host: string): Promise<number>;
  /** Not ready from now on, so that the balancer sends traffic elsewhere; still serves what comes. */
  retire(): void;
  /** Accepts nothing more, lets `drain` finish what runs, then closes every connection. */
  close(drain: () => Promise<unknown>): Promise<void>;
}

/** Whoever dribbles a request must not hold a connection: Teams sends its few kilobytes at once. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 20_000;
/** Longer than the balancers in front of it keep theirs, so that they never reuse what we just closed. */
const keepAliveTimeoutMs = 75_000;
/** For the last answers to leave; whoever does not read by then is cut off. */
const flushMs = 2_000;

export function createServer(options: ServerOptions): PublicServer {
  const { messages, checks, log } = options;
  let retired = false;
  const server = restify.createServer({ name: 'lineside' });
  // restify logs through its own logger; everything worth a line is logged by us.
  (server.log as unknown as { level: string }).level = 'silent';
  server.server.headersTimeout = headersTimeoutMs;
  server.server.requestTimeout = requestTimeoutMs;
  server.server.keepAliveTimeout = keepAliveTimeoutMs;

  server.pre((_request, response, next) => {
    response.setHeader('x-request-id', randomUUID());
    return next();
  });
  server.post('/api/messages', (request, response, next) => {
    messages(request, response).then(
      () => next(false),
      (error: unknown) => {
        log.error({ err: error }, 'request failed');
        response.destroy();
        next(false);
      },
    );
  });
  server.get('/healthz', (_request, response, next) => {
    response.json(200, { ok: true });
    next();
  });
  server.get('/readyz', (_request, response, next) => {
    readiness(checks).then(
      (state) => {
        const ready = state.ready && !retired;
        response.json(ready ? 200 : 503, { ready, checks: state.checks });
        next();
      },
      (error: unknown) => next(error),
    );
  });

  const { metrics } = options;
  if (metrics) {
    server.get('/metrics', (_request, response, next) => {
      metrics.metrics().then(
        (text) => {
          response.sendRaw(200, text, { 'content-type': metrics.contentType });
          next();
        },
        (error: unknown) => next(error),
      );
    });
  }

  return {
    async listen(port, host) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve());
      });
      return (server.server.address() as AddressInfo).port;
    },
    retire() {
      retired = true;
    },
    async close(drain) {
      retired = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await drain();
      // The last answers are still on their way out; a kept connection closes once it has nothing to do.
      const sweep = setInterval(() => server.server.closeIdleConnections(), 20);
      const limit = setTimeout(() => server.server.closeAllConnections(), flushMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(limit);
    },
  };
}
