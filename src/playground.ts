/** The Agents Playground beside the bot, for local work: Teams' side of the conversation in a browser. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { environment } from './config.ts';

export interface Playground {
  url: string;
  stop(): void;
}

/** It takes another port without a word when its own is busy, so the one that it prints is the true one. */
const printed = /Listening on (\d+)/;
const startMs = 30_000;

/** @throws Error if it does not start; it is a development dependency (`npm ci` without `--omit=dev`) */
export async function startPlayground(
  config: Pick<Config, 'playgroundPort'>,
  botPort: number,
): Promise<Playground> {
  const child = spawn(
    process.execPath,
    [binary(), '--dt', '-p', String(config.playgroundPort), '-e', `http://127.0.0.1:${botPort}/api/messages`],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { ...environment(), TEAMSAPPTESTER_BROWSER: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`the Agents Playground did not start:\n${said}`)),
      startMs,
    );
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = printed.exec(said)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the Agents Playground ended with ${code}:\n${said}`));
    });
  });
  const url = `http://127.0.0.1:${port}`;
  return { url, stop: () => child.kill('SIGTERM') };
}

function binary(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@microsoft/m365agentsplayground/package.json');
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  return join(dirname(manifest), typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''));
}
