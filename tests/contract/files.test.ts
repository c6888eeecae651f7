import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '../../src/files/blob.ts';
import { openFolder } from '../../src/files/folder.ts';
import type { Azurite } from '../fakes/azurite.ts';
import { startAzurite } from '../fakes/azurite.ts';
import { filesContract } from './files.contract.ts';

const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lineside-files-'));
  folders.push(folder);
  return folder;
};
let azurite: Azurite;
let containers = 0;

beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(async () => {
  await azurite.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

filesContract('a folder', async () => openFolder(join(await newFolder(), 'files')));
filesContract('Blob Storage', async () => {
  containers += 1;
  return openBlobs({
    container: `files-${containers}`,
    at: { connectionString: azurite.connectionString },
  });
});

test('what a killed process left of a file is no file, and is not in the way', async () => {
  const folder = await newFolder();
  const files = openFolder(folder);
  await files.put('demo/one', [Buffer.from('whole')] as unknown as AsyncIterable<Uint8Array>, 100);
  await writeFile(join(folder, 'demo', 'two.1234.part'), 'half');
  const keys = [];
  for await (const key of files.keys()) keys.push(key);
  expect(keys).toEqual(['demo/one']);
  expect(await readdir(join(folder, 'demo'))).toHaveLength(2);
});
