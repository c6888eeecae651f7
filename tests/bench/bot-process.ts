/** A bot in a process of its own: ours, or one of the opponents. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const here = import.meta.dirname;
export const root = join(here, '../..');

/** The same for all bots, whatever options or caches the caller has set for his own node. */
const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const all: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', ...more };
  delete all['NODE_OPTIONS'];
  if (more['NODE_COMPILE_CACHE'] === undefined) delete all['NODE_COMPILE_CACHE'];
  return all;
};

export interface Bot {
  name: string;
  /** Of POST /api/messages. */
  url: URL;
  memory(): Promise<{ rss: number; heap: number }>;
  /** Seconds of processor time since the start. */
  processor(): Promise<number>;
  stop(): Promise<void>;
}

export interface BotOptions {
  script: string;
  env?: Record<string, string>;
  /** Of node, such as --cpu-prof. */
  flags?: readonly string[];
}

const startTimeoutMs = 60_000;

export async function startBot(name: string, options: BotOptions): Promise<Bot> {
  const flags = [
    '--expose-gc',
    '--no-warnings',
    '--import',
    join(here, 'probe.ts'),
    ...(options.flags ?? []),
  ];
  const child = spawn(process.execPath, [...flags, join(root, options.script)], {
    cwd: root,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await portOf(child, name);
  const ask = async <T>(question: string): Promise<T> => {
    const answer = once(child, 'message');
    child.send(question);
    return (await answer)[0] as T;
  };
  return {
    name,
    url: new URL(`http://127.0.0.1:${port}/api/messages`),
    memory: () => ask('memory'),
    processor: async () => (await ask<{ seconds: number }>('processor')).seconds,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function portOf(child: ChildProcess, name: string): Promise<number> {
  const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
  try {
    for await (const line of createInterface({ input: child.stdout! })) {
      const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port === undefined) continue;
      child.stdout!.resume();
      return Number(port);
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`${name} did not start`);
}

/** Our bot as it runs in local mode; nothing but the limit per person differs, since a few people speak for many. */
export const startOurs = (dataDir: string, flags: readonly string[] = []): Promise<Bot> =>
  startBot('lineside', {
    script: 'src/main.ts',
    env: { PORT: '0', DATA_DIR: dataDir, RATE_PER_MINUTE: '10000', LOG_LEVEL: 'warn' },
    flags,
  });

/** Milliseconds from a process's start until it prints `line`, or to its end. It is ended then. */
export async function timeOf(
  args: readonly string[],
  until: string | undefined,
  env: Record<string, string> = {},
): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(([code]) => ({ at: performance.now(), code: code as number | null }));
  if (until === undefined) {
    child.stdout.resume();
    const { at, code } = await gone;
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
    return at - began;
  }
  const ready = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(until)) resolve(performance.now());
    });
    child.on('exit', () => reject(new Error(`node ${args.join(' ')} ended before it was ready`)));
  });
  child.kill('SIGTERM');
  await gone;
  return ready - began;
}
