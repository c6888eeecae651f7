/**
 * The files' port: bytes by a key, beside the documents that tell what they are. Nothing of a file is known by a name
 * that a person gave it. Implementations: folder.ts, blob.ts; both pass tests/contract.
 */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** What was kept. */
export interface Kept {
  sha256: string;
  /** Bytes. */
  size: number;
}

export interface Files {
  /**
   * Keeps what comes under `key`, in place of what was there. Whole or not at all; resolves once it is durable.
   * @throws TooLargeError above `maxBytes`; whatever the source throws
   */
  put(key: string, from: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Kept>;
  /** Its bytes; undefined where there are none. Whoever takes them reads or destroys the stream. */
  get(key: string): Promise<Readable | undefined>;
  /** Its size in bytes; undefined where there is none. */
  stat(key: string): Promise<number | undefined>;
  /** Does nothing where there is none. */
  remove(key: string): Promise<void>;
  /** Every key, in no order. */
  keys(): AsyncIterable<string>;
}

export class TooLargeError extends Error {
  constructor(limit: number) {
    super(`more than ${limit} bytes`);
    this.name = 'TooLargeError';
  }
}

/** Site and name, both of our own making: nothing in them means anything to a file system or in a URL. */
const keyPattern = /^[a-z0-9][a-z0-9-]{0,38}\/[A-Za-z0-9_-]{1,100}$/;

/** @throws Error for what is no key */
export function assertKey(key: string): void {
  if (!keyPattern.test(key)) throw new Error(`not a key of a file: ${JSON.stringify(key.slice(0, 80))}`);
}

/** Counts and hashes bytes on their way. */
export class Measure {
  readonly #hash = createHash('sha256');
  readonly #maxBytes: number;
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws TooLargeError above the limit */
  async *through(from: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of from) {
      this.#size += chunk.length;
      if (this.#size > this.#maxBytes) throw new TooLargeError(this.#maxBytes);
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** Once all has passed. */
  result(): Kept {
    return { sha256: this.#hash.digest('hex'), size: this.#size };
  }
}

/** The hash of what is kept under a key now; undefined where there is nothing. */
export async function hashOfFile(files: Pick<Files, 'get'>, key: string): Promise<string | undefined> {
  const stream = await files.get(key);
  if (!stream) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
