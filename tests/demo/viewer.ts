/**
 * The Playground's page with the whole day in it, whenever it is opened. The Playground sends each message once, to
 * the pages that are open then; here the page comes from the Playground, and its stream begins with all that was sent.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Viewer {
  url: string;
  /** Keeps a frame of the Playground's stream and hands it to the open pages. */
  send(frame: string): void;
  close(): void;
}

const streamPath = '/_ws_conversation/v1/conversations/stream';
const configPath = '/_internal/v1/config';
/** The page opens its stream before it knows the conversations, and a message of an unknown one breaks it. */
const settleMs = 700;

export async function openViewer(playground: string): Promise<Viewer> {
  const frames: string[] = [];
  const open = new Set<Duplex>();
  let configsAsked = 0;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path.startsWith(configPath)) configsAsked += 1;
    try {
      const { method = 'GET' } = request;
      const body = method === 'GET' || method === 'HEAD' ? {} : { body: await bodyOf(request) };
      const type = request.headers['content-type'];
      const answer = await fetch(playground + path, {
        method,
        ...(type === undefined ? {} : { headers: { 'content-type': type } }),
        ...body,
      });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    } finally {
      if (path.startsWith(configPath)) configsAsked -= 1;
    }
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.writeHead(502).end());
  });

  const feed = (socket: Duplex): void => {
    if (socket.destroyed) return;
    if (configsAsked > 0) {
      setTimeout(feed, settleMs, socket);
      return;
    }
    for (const frame of frames) socket.write(wireFrame(frame));
    open.add(socket);
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    // What a page says on its stream is pings and farewells.
    socket.on('data', (chunk: Buffer) => isFarewell(chunk) && socket.end());
    socket.write(handshake(request.headers['sec-websocket-key'] ?? ''));
    if (request.url === streamPath) setTimeout(feed, settleMs, socket);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    send(frame) {
      frames.push(frame);
      for (const socket of open) socket.write(wireFrame(frame));
    },
    close() {
      for (const socket of open) socket.destroy();
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

/** RFC 6455, section 4.2.2. */
const handshake = (key: string): string =>
  [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')}`,
    '\r\n',
  ].join('\r\n');

const isFarewell = (chunk: Buffer): boolean => ((chunk[0] ?? 0) & 0x0f) === 0x08;

/** One text frame from a server: final, unmasked (RFC 6455, section 5.2). */
function wireFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([0x81, length])
      : length < 65_536
        ? Buffer.from([0x81, 126, length >> 8, length & 0xff])
        : Buffer.concat([Buffer.from([0x81, 127]), longLength(length)]);
  return Buffer.concat([head, payload]);
}

function longLength(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}
