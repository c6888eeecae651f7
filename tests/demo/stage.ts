/** The bot and the Playground to play on: the pair that runs already (`npm start`), or one of the demo's own. */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { environment, readConfig } from '../../src/config.ts';
import { startPlayground } from '../../src/playground.ts';
import { Board, shownOf } from './board.ts';
import type { Viewer } from './viewer.ts';
import { openViewer } from './viewer.ts';

export interface Stage {
  /** The Playground's address. */
  url: string;
  viewer: Viewer;
  board: Board;
  /** Whether the demo started the pair itself. */
  own: boolean;
  /** Ends what the demo started, and nothing else. */
  close(): void;
}

/** @param alone start a pair even if one runs already */
export async function openStage(alone: boolean): Promise<Stage> {
  const config = readConfig(environment());
  const running = `http://127.0.0.1:${config.playgroundPort}`;
  if (!alone && (await isOurs(running))) return watch(running, undefined);

  const dataDir = join(config.dataDir, 'demo');
  // The same day on every run: an open stop of the last one would take this one's report as its own.
  await rm(dataDir, { recursive: true, force: true });
  const bot = await startBot(dataDir);
  try {
    const playground = await startPlayground(config, Number(new URL(bot.url).port));
    return await watch(playground.url, () => {
      playground.stop();
      bot.stop();
    });
  } catch (error) {
    bot.stop();
    throw error;
  }
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

async function watch(url: string, stop: (() => void) | undefined): Promise<Stage> {
  const board = new Board();
  const viewer = await openViewer(url);
  const stream = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  stream.addEventListener('message', ({ data }) => {
    const frame = String(data);
    viewer.send(frame);
    const { actionConversationId, message } = JSON.parse(frame) as {
      actionConversationId: string;
      message?: { messageId: string; postConversationId?: string };
    };
    if (!message) return;
    const { messageId, postConversationId } = message;
    // Only the creation of a post says which; its updates name the channel.
    const conversation = postConversationId ?? board.find(messageId)?.conversation ?? actionConversationId;
    board.show(shownOf(conversation, messageId, message));
  });
  await new Promise((resolve, reject) => {
    stream.addEventListener('open', resolve);
    stream.addEventListener('error', () => reject(new Error(`${url} does not stream its messages`)));
  });
  const close = (): void => {
    stream.close();
    viewer.close();
    stop?.();
  };
  return { url, viewer, board, own: stop !== undefined, close };
}

const startMs = 30_000;

function startBot(dataDir: string): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
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
