/** What every place for files must do, whatever it is made of. */
import { createHash, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Files } from '../../src/files/files.ts';
import { hashOfFile, TooLargeError } from '../../src/files/files.ts';

const limit = 20_000_000;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function* pieces(bytes: Buffer, size = 65_536): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* breaking(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes;
  throw new Error('the source broke off');
}

async function read(stream: Readable | undefined): Promise<Buffer | undefined> {
  if (!stream) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function keysOf(files: Files): Promise<string[]> {
  const found: string[] = [];
  for await (const key of files.keys()) found.push(key);
  return found.sort();
}

export function filesContract(name: string, open: () => Promise<Files>): void {
  describe(name, () => {
    let files: Files;
    beforeEach(async () => {
      files = await open();
    });

    test('what is put comes back, with its size and hash', async () => {
      const bytes = randomBytes(300_000);
      const kept = await files.put('demo/one', pieces(bytes), limit);
      expect(kept).toEqual({ sha256: sha256(bytes), size: bytes.length });
      expect(await files.stat('demo/one')).toBe(bytes.length);
      expect((await read(await files.get('demo/one')))?.equals(bytes)).toBe(true);
      expect(await hashOfFile(files, 'demo/one')).toBe(kept.sha256);
    });

    test('ten megabytes go through, and nothing at all too', async () => {
      const large = randomBytes(10_000_000);
      expect((await files.put('demo/large', pieces(large), limit)).sha256).toBe(sha256(large));
      expect((await read(await files.get('demo/large')))?.equals(large)).toBe(true);
      expect(await files.put('demo/empty', pieces(Buffer.alloc(0)), limit)).toEqual({
        size: 0,
        sha256: sha256(Buffer.alloc(0)),
      });
      expect((await read(await files.get('demo/empty')))?.length).toBe(0);
    });

    test('what is not there is not there', async () => {
      expect(await files.get('demo/none')).toBeUndefined();
      expect(await files.stat('demo/none')).toBeUndefined();
      expect(await hashOfFile(files, 'demo/none')).toBeUndefined();
      await files.remove('demo/none');
      expect(await keysOf(files)).toEqual([]);
    });

    test('a second one takes the place of the first; sites do not meet', async () => {
      await files.put('demo/one', pieces(Buffer.from('first')), limit);
      await files.put('other/one', pieces(Buffer.from('elsewhere')), limit);
      await files.put('demo/one', pieces(Buffer.from('second')), limit);
      expect((await read(await files.get('demo/one')))?.toString()).toBe('second');
      expect(await keysOf(files)).toEqual(['demo/one', 'other/one']);
      await files.remove('demo/one');
      expect(await keysOf(files)).toEqual(['other/one']);
      expect(await files.stat('demo/one')).toBeUndefined();
    });

    test('above the limit nothing is kept, and what was there stays', async () => {
      await files.put('demo/one', pieces(Buffer.from('before')), limit);
      const put = files.put('demo/one', pieces(randomBytes(200_001), 50_000), 200_000);
      await expect(put).rejects.toThrow(TooLargeError);
      await expect(files.put('demo/two', pieces(Buffer.alloc(11)), 10)).rejects.toThrow(TooLargeError);
      expect(await files.put('demo/three', pieces(Buffer.alloc(10)), 10)).toMatchObject({ size: 10 });
      expect((await read(await files.get('demo/one')))?.toString()).toBe('before');
      expect(await keysOf(files)).toEqual(['demo/one', 'demo/three']);
    });

    test('a source that breaks off leaves nothing', async () => {
      await expect(files.put('demo/one', breaking(randomBytes(6_000_000)), limit)).rejects.toThrow(
        'the source broke off',
      );
      expect(await keysOf(files)).toEqual([]);
    });

    test.each([
      '../etc',
      'demo/../x',
      'demo',
      '/demo/x',
      'demo/a/b',
      'demo/a.b',
      'Demo/x',
      'demo/',
      'demo/文',
    ])('%j is no key', async (key) => {
      await expect(async () => files.put(key, pieces(Buffer.from('x')), limit)).rejects.toThrow('not a key');
      await expect(async () => files.get(key)).rejects.toThrow('not a key');
      await expect(async () => files.stat(key)).rejects.toThrow('not a key');
      await expect(async () => files.remove(key)).rejects.toThrow('not a key');
    });

    test('two writers of one key: one of them is kept, whole', async () => {
      const [one, two] = [randomBytes(5_000_000), randomBytes(9_000_000)];
      const puts = [one, two].map((bytes) => files.put('demo/one', pieces(bytes), limit));
      // The other may be told that it was overtaken.
      const done = await Promise.allSettled(puts);
      expect(done.map(({ status }) => status)).toContain('fulfilled');
      expect([sha256(one), sha256(two)]).toContain(await hashOfFile(files, 'demo/one'));
      expect(await keysOf(files)).toEqual(['demo/one']);
    });
  });
}
