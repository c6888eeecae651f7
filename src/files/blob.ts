/** Files in Azure Blob Storage: a block blob for each key. A blob is whole once its blocks are committed, not before. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { TokenCredential } from '@azure/identity';
import type { ContainerClient, StoragePipelineOptions } from '@azure/storage-blob';
import { BlobServiceClient, RestError } from '@azure/storage-blob';
import type { Files } from './files.ts';
import { assertKey, Measure } from './files.ts';

export interface BlobOptions {
  container: string;
  /** Either the account's address with a credential, or a connection string. */
  at: { endpoint: string; credential: TokenCredential } | { connectionString: string };
  /** For tests. */
  pipeline?: StoragePipelineOptions;
}

/** A file takes one or two of these in memory. */
const blockBytes = 4 * 1024 * 1024;

export async function openBlobs(options: BlobOptions): Promise<Files> {
  const { at, pipeline: more = {} } = options;
  const service =
    'connectionString' in at
      ? BlobServiceClient.fromConnectionString(at.connectionString, more)
      : new BlobServiceClient(at.endpoint, at.credential, more);
  const container = service.getContainerClient(options.container);
  await container.createIfNotExists();
  return filesIn(container);
}

function filesIn(container: ContainerClient): Files {
  const blob = (key: string) => {
    assertKey(key);
    return container.getBlockBlobClient(key);
  };
  return {
    async put(key, from, maxBytes) {
      const target = blob(key);
      const measure = new Measure(maxBytes);
      const ids: string[] = [];
      let last: Buffer = Buffer.alloc(0);
      for await (const block of blocksOf(measure.through(from))) {
        if (block.length === blockBytes) {
          const id = Buffer.from(randomUUID()).toString('base64');
          await target.stageBlock(id, block, block.length);
          ids.push(id);
        } else last = block;
      }
      // A small file is one request, which no other writer of the key can come between.
      if (ids.length === 0) await target.upload(last, last.length);
      else {
        if (last.length > 0) {
          ids.push(Buffer.from(randomUUID()).toString('base64'));
          await target.stageBlock(ids.at(-1) ?? '', last, last.length);
        }
        await target.commitBlockList(ids);
      }
      return measure.result();
    },
    async get(key) {
      try {
        const { readableStreamBody } = await blob(key).download();
        // In Node it is one; the declaration says less because the package also serves browsers.
        return readableStreamBody as Readable | undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async stat(key) {
      try {
        return (await blob(key).getProperties()).contentLength ?? 0;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async remove(key) {
      await blob(key).deleteIfExists();
    },
    async *keys() {
      for await (const { name } of container.listBlobsFlat()) yield name;
    },
  };
}

const isMissing = (error: unknown): boolean => error instanceof RestError && error.statusCode === 404;

/** Whole blocks, and at the end what is left. */
async function* blocksOf(from: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of from) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < blockBytes) continue;
    const all = Buffer.concat(waiting);
    let at = 0;
    for (; at + blockBytes <= size; at += blockBytes) yield all.subarray(at, at + blockBytes);
    waiting = [all.subarray(at)];
    size -= at;
  }
  if (size > 0) yield Buffer.concat(waiting);
}
