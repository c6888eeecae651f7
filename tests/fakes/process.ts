/** The bot as a process of its own, in local mode, to be killed. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.ts');
/** A start takes well under a second; a machine that is busy otherwise gets this. */
const startMs = 20_000;

export interface BotProcess {
  /** Where it listens, such as http://127.0.0.1:40001. */
  origin: string;
  /** Resolves with the signal or the code that it ended with. */
  ended: Promise<NodeJS.Signals | number | null>;
  /** Everything that it wrote. */
  output(): string;
  /** Ends it as a power cut would. Resolves once it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop in order. Resolves with its exit code. */
  stop(): Promise<NodeJS.Signals | number | null>;
}

/** Starts it on a data folder and waits until it is ready. @throws with its output, if it does not get ready */
export async function startBot(dataDir: string, env: Record<string, string> = {}): Promise<BotProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      RATE_PER_MINUTE: '10000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
  const origin = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the bot was not ready within ${startMs} ms:\n${output}`));
    }, startMs);
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /^listening on (http:\S+)/m.exec(output);
      if (!found?.[1]) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void ended.then((how) => {
      clearTimeout(timer);
      reject(new Error(`the bot ended with ${how} before it was ready:\n${output}`));
    });
  });
  return {
    origin,
    ended,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
