/** The Bot Connector's REST interface at its leanest: takes every message and tells who waits for it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Connector {
  serviceUrl: string;
  /** The next message that is sent into the conversation, as JSON. */
  next(conversationId: string): Promise<{ body: string; at: number }>;
  /** Changed messages so far. */
  readonly updates: number;
  close(): Promise<void>;
}

export async function startConnector(): Promise<Connector> {
  const waiting = new Map<string, (sent: { body: string; at: number }) => void>();
  let ids = 0;
  let updates = 0;

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const at = performance.now();
      const [, , , conversation = ''] = (request.url ?? '').split('/');
      ids += 1;
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      response.end(`{"id":"1800000${ids}"}`);
      if (request.method === 'PUT') updates += 1;
      if (request.method !== 'POST') return;
      const id = decodeURIComponent(conversation);
      const wake = waiting.get(id);
      waiting.delete(id);
      wake?.({ body, at });
    });
  });
  // A bot rests longer than node's five seconds while others are measured.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    next: (id) => new Promise((resolve) => waiting.set(id, resolve)),
    get updates() {
      return updates;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((closed) => void server.close(() => closed()));
    },
  };
}
