/** Reading a request and answering it, without a framework: bodies are bounded before they are parsed. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * How many times the limit is read (and thrown away) of a body that is too large: a sender that is cut off in the
 * middle never sees our answer. Whoever sends more is cut off.
 */
const patience = 16;

/** The body as text; undefined if it is larger than `max` bytes. @throws if the sender breaks off */
export function readBody(request: IncomingMessage, max: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > max * patience) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= max) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        if (size > max * patience) {
          request.pause();
          resolve(undefined);
        }
      }
    });
    request.on('end', () => {
      if (size > max) return resolve(undefined);
      resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8'));
    });
    request.on('error', reject);
    request.on('close', () => reject(new Error('the sender broke off')));
  });
}

/** The object in a JSON text; undefined for anything else. */
export function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Answers with JSON, or with nothing. `close`: the rest of the request is not read. */
export function answer(
  response: ServerResponse,
  status: number,
  body?: string,
  more: { close?: boolean; retryAfterS?: number } = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const headers: Record<string, string | number> = { 'content-length': Buffer.byteLength(body ?? '') };
  if (body !== undefined) headers['content-type'] = 'application/json; charset=utf-8';
  if (more.close === true) headers['connection'] = 'close';
  if (more.retryAfterS !== undefined) headers['retry-after'] = more.retryAfterS;
  response.writeHead(status, headers);
  response.end(body);
}
