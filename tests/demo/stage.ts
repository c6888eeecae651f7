/** The bot and the Playground to play on: the ones that run already (`npm start`), or a pair of the demo's own. */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { environment, readConfig } from '../../src/config.ts';
import { startPlayground } from '../../src/playground.ts';
import { Board, shownOf } from './board.ts';
import { openRelay } from './relay.ts';

export interface Stage {
  /** The Playground's address; the page to open. */
  url: string;
  board: Board;
  /** Whether the demo started the pair itself. */
  own: boolean;
  /** Ends what the demo started, and nothing else. */
  close(): void;
}

const root = join(import.meta.dirname, '../..');

/** @param alone never use a pair that runs already */
export async function openStage(alone: boolean): Promise<Stage> {
  const config = readConfig(environment());
  const url = `http://127.0.0.1:${config.playgroundPort}`;
  return !alone && (await isOurs(url)) ? attach(url) : start(config.playgroundPort, join(config.dataDir, 'demo'));
}

/** Whether a Playground with Lineside's people answers there. */
async function isOurs(url: string): Promise<boolean> {
  try {
    const ping = await fetch(`${url}/_debug/ping`);
    const { config } = (await (await fetch(`${url}/_internal/v1/testConfig`)).json()) as {
      config: { bot: { id: string } };
    };
    return ping.ok && config.bot.id === '28:lineside';
  } catch {
    return false;
  }
}

/** Other pages may be open there, so the stream may be listened to: they have it all already. */
async function attach(url: string): Promise<Stage> {
  const board = new Board();
  const stream = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  stream.addEventListener('message', ({ data }) => {
    const { actionConversationId, message } = JSON.parse(String(data)) as {
      actionConversationId: string;
      message?: { messageId: string; postConversationId?: string };
    };
    if (!message) return;
    board.show(shownOf(message.postConversationId ?? actionConversationId, message.messageId, message));
  });
  await new Promise((resolve, reject) => {
    stream.addEventListener('open', resolve);
    stream.addEventListener('error', () => reject(new Error(`${url} does not stream its messages`)));
  });
  return { url, board, own: false, close: () => stream.close() };
}

async function start(playgroundPort: number, dataDir: string): Promise<Stage> {
  // The same day on every run: yesterday's open stop would take today's report as its own.
  await rm(dataDir, { recursive: true, force: true });
  const board = new Board();
  const bot = await startBot(dataDir);
  const relay = await openRelay(bot.url, board);
  const playground = await startPlayground({ playgroundPort }, relay.port).catch((error: unknown) => {
    relay.close();
    bot.stop();
    throw error;
  });
  relay.to(playground.url);
  const close = (): void => {
    bot.stop();
    playground.stop();
    relay.close();
  };
  return { url: playground.url, board, own: true, close };
}

const startMs = 30_000;

function startBot(dataDir: string): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...environment(), PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`the bot did not start:\n${said}`));
    }, startMs);
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /listening on (http:\S+)/.exec(said)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url, stop });
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the bot ended with ${code}:\n${said}`));
    });
  });
}
