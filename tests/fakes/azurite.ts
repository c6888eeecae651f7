/** Blob Storage on loopback, in memory: Microsoft's emulator as a process of its own. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const main = join(
  dirname(createRequire(import.meta.filename).resolve('azurite/package.json')),
  'dist/src/blob/main.js',
);
/** The emulator's own account, published with it. */
const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const startMs = 20_000;

export interface Azurite {
  connectionString: string;
  stop(): Promise<void>;
}

/** @throws with its output, if it does not get ready */
export async function startAzurite(): Promise<Azurite> {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      main,
      ...['--inMemoryPersistence', '--disableTelemetry', '--skipApiVersionCheck'],
      ...['--blobHost', '127.0.0.1', '--blobPort', '0'],
    ],
    { env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  let output = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`azurite was not ready within ${startMs} ms:\n${output}`));
    }, startMs);
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /successfully listens on (http:\S+)/.exec(output);
      if (!found?.[1]) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`azurite ended before it was ready:\n${output}`));
    });
  });
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=${origin}/${account};`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
