/** Files in a folder: one for each key, written beside its place and then moved into it. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Files } from './files.ts';
import { assertKey, Measure } from './files.ts';

/** What a write that was cut off leaves behind; never a key. */
const unfinished = '.part';

export function openFolder(folder: string): Files {
  const pathOf = (key: string): string => {
    assertKey(key);
    return join(folder, key);
  };
  return {
    async put(key, from, maxBytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      const part = `${path}.${randomUUID()}${unfinished}`;
      const measure = new Measure(maxBytes);
      try {
        // `flush`: on the disk before it counts as kept.
        await pipeline(measure.through(from), createWriteStream(part, { flags: 'wx', flush: true }));
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
      return measure.result();
    },
    async get(key) {
      const path = pathOf(key);
      return (await sizeOf(path)) === undefined ? undefined : createReadStream(path);
    },
    stat: (key) => sizeOf(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
    async *keys() {
      for (const site of await namesIn(folder))
        for (const name of await namesIn(join(folder, site)))
          if (!name.endsWith(unfinished)) yield `${site}/${name}`;
    },
  };
}

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** A rename is durable once its folder is; Windows opens no folders and needs none of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
