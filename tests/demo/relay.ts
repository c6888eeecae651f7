/**
 * Stands between the bot and the Playground, and shows the board what passes. The Playground keeps what it has not
 * shown until the first page is opened; a listener on its stream would take that away, and the page would be empty.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Board } from './board.ts';
import { shownOf } from './board.ts';

export interface Relay {
  port: number;
  /** Where the bot's messages go on to; the Playground is started after the relay. */
  to(playground: string): void;
  close(): void;
}

export async function openRelay(bot: string, board: Board): Promise<Relay> {
  let playground = '';
  let own = '';
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    const body = await bodyOf(request);
    const toBot = path.startsWith('/api/');
    const answer = await fetch((toBot ? bot : playground) + path, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(body === '' ? {} : { body: toBot ? answeredTo(body, own) : body }),
    });
    const text = await answer.text();
    if (!toBot && answer.ok) note(board, request.method ?? '', path, body, text);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(text);
  };
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  own = `http://127.0.0.1:${port}/_connector`;
  return {
    port,
    to: (url) => (playground = url),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The activity with the relay as the place to answer to. */
const answeredTo = (body: string, serviceUrl: string): string =>
  JSON.stringify({ ...(JSON.parse(body) as object), serviceUrl });

const activities = /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

function note(board: Board, method: string, path: string, body: string, answer: string): void {
  const [, conversation, named] = activities.exec(path) ?? [];
  const { id, activityId } = JSON.parse(answer || '{}') as { id?: string; activityId?: string };
  if (conversation) {
    const message = method === 'PUT' ? decodeURIComponent(named ?? '') : id;
    if (message) board.show(shownOf(postOf(decodeURIComponent(conversation), message), message, JSON.parse(body)));
    return;
  }
  const { activity } = JSON.parse(body || '{}') as { activity?: unknown };
  if (path.endsWith('/v3/conversations') && activity && id && activityId)
    board.show(shownOf(id, activityId, activity));
}

/** What is sent to a channel itself begins a post there, a conversation of its own. */
const postOf = (conversation: string, message: string): string =>
  conversation.endsWith('@thread.tacv2') ? `${conversation};messageid=${message}` : conversation;
