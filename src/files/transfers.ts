/**
 * Fetches files from Teams and hands files to it. The addresses are pre-authorised: nothing of ours is sent along, no
 * token above all. Every host is checked before the connection, redirections included.
 */
import { Readable } from 'node:stream';
import type { HostRule } from './hosts.ts';
import { admittedUrl, hostOf } from './hosts.ts';
import { TooLargeError } from './files.ts';

export interface Transfers {
  admits(address: string): boolean;
  /**
   * The body behind an address. @throws TransferError; TooLargeError where the answer says so beforehand
   */
  download(address: string, maxBytes: number): Promise<AsyncIterable<Uint8Array>>;
  /** Puts a whole file there. @throws TransferError */
  upload(address: string, body: Readable, size: number): Promise<void>;
  /** Ends what is under way; its jobs are tried again. */
  close(): void;
}

/** `gone`: the address does not hold (any longer); `foreign`: a host that is not listed; `later`: try again. */
export class TransferError extends Error {
  readonly outcome: 'gone' | 'foreign' | 'later';

  constructor(outcome: TransferError['outcome'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TransferError';
    this.outcome = outcome;
  }
}

export interface TransferOptions extends HostRule {
  /** For one file, both ways. */
  timeoutMs?: number;
}

const maxRedirects = 3;
const defaultTimeoutMs = 120_000;
/** Teams' upload sessions take pieces of a multiple of 320 KiB; the whole file is one piece. */
const rangeOf = (size: number): string => `bytes 0-${size - 1}/${size}`;

export function openTransfers(options: TransferOptions): Transfers {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const closing = new AbortController();
  const signal = () => AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
  const admitted = (address: string): URL => {
    const url = admittedUrl(address, options);
    if (!url) throw new TransferError('foreign', `not a listed host: ${hostOf(address)}`);
    return url;
  };

  return {
    admits: (address) => admittedUrl(address, options) !== undefined,

    async download(address, maxBytes) {
      let url = admitted(address);
      const until = signal();
      for (let hops = 0; ; hops += 1) {
        const response = await ask(url, { redirect: 'manual', signal: until });
        if (response.status >= 300 && response.status < 400) {
          await response.body?.cancel();
          const next = response.headers.get('location');
          if (hops >= maxRedirects || next === null)
            throw new TransferError('gone', `${url.host} redirects without end`);
          url = admitted(new URL(next, url).href);
          continue;
        }
        if (!response.ok || !response.body) {
          await response.body?.cancel();
          throw failure(url, response.status);
        }
        if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
          await response.body.cancel();
          throw new TooLargeError(maxBytes);
        }
        return bytesOf(response.body, url);
      }
    },

    async upload(address, body, size) {
      const url = admitted(address);
      const response = await ask(url, {
        method: 'PUT',
        body: Readable.toWeb(body) as ReadableStream,
        duplex: 'half',
        redirect: 'error',
        signal: signal(),
        headers: { 'content-length': String(size), 'content-range': rangeOf(size) },
      } as RequestInit);
      await response.body?.cancel();
      if (!response.ok) throw failure(url, response.status);
    },

    close: () => closing.abort(),
  };
}

/** The message names the host only: the rest of the address is a key to the file. */
async function ask(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new TransferError('later', `no connection to ${url.host}`, error);
  }
}

const failure = (url: URL, status: number): TransferError =>
  new TransferError(
    [401, 403, 404, 410].includes(status) ? 'gone' : 'later',
    `${url.host} answered ${status}`,
  );

async function* bytesOf(body: ReadableStream<Uint8Array>, url: URL): AsyncIterable<Uint8Array> {
  try {
    // A browser's types know no iteration of it; node's stream does.
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw new TransferError('later', `the connection to ${url.host} broke off`, error);
  }
}
