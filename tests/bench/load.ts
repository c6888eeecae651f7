/** Load on one bot: so many at once, for so long, each checked for what must come of it. */
import { Agent, request as httpRequest } from 'node:http';
import type { Bot } from './bot-process.ts';
import type { Connector } from './connector.ts';
import { pause } from './figures.ts';
import { messageOf, placeOf } from './traffic.ts';

export interface Answer {
  status: number;
  body: string;
}

/** More than people do at once, fewer than the connections that the SDKs' agents allow. */
export const concurrency = 32;
/** Teams itself waits no longer. */
const patienceMs = 15_000;

/** Connections of one slice: an idle one would be closed by the bot in the moment of its next use. */
const connect = () => new Agent({ keepAlive: true, maxSockets: concurrency });
let agent = connect();

function reconnect(): void {
  agent.destroy();
  agent = connect();
}

export function post(url: URL, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request = httpRequest(url, { method: 'POST', agent, headers, timeout: patienceMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
}

/** A request that did not get what it had to. */
export class Lost extends Error {}

/** One request and everything that must come of it. @throws Lost */
export type Act = (n: number) => Promise<void>;

/** A message in; done when both its 200 and the bot's message have come. `card`: it must hold a card. */
export function turnOf(bot: Bot, connector: Connector, card: boolean): Act {
  return async (n) => {
    const sent = connector.next(placeOf(n).conversationId);
    const answer = await post(bot.url, messageOf(n, connector.serviceUrl));
    if (answer.status !== 200) throw new Lost(`${bot.name} answered ${answer.status} ${answer.body}`);
    let timer: NodeJS.Timeout | undefined;
    const never = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Lost(`${bot.name} sent nothing`)), patienceMs);
    });
    const { body } = await Promise.race([sent, never]).finally(() => clearTimeout(timer));
    if (card !== body.includes('"AdaptiveCard"')) throw new Lost(`${bot.name} sent ${body.slice(0, 200)}`);
  };
}

export interface Slice {
  perSecond: number;
  /** Milliseconds of each request. */
  times: number[];
  /** The bot's processor time for one request, in milliseconds. */
  processorMs: number;
  done: number;
}

/**
 * Keeps `concurrency` requests under way for `seconds`, after a ramp that is not counted, so that what earlier
 * requests left for later (card updates) runs within the slice. Ends early if `more` says that there is none.
 */
export async function slice(
  bot: Bot,
  act: Act,
  seconds: number,
  next: () => number | undefined,
  rampMs = 500,
): Promise<Slice> {
  reconnect();
  const times: number[] = [];
  const began = performance.now();
  const from = began + rampMs;
  const until = from + seconds * 1_000;
  const worker = async () => {
    for (let now = performance.now(); now < until;) {
      const n = next();
      if (n === undefined) return;
      await act(n);
      const end = performance.now();
      if (end >= from && end <= until) times.push(end - now);
      now = end;
    }
  };
  const workers = Promise.all(Array.from({ length: concurrency }, worker));
  const ramp = pause(rampMs).then(() => bot.processor());
  await workers;
  const end = Math.min(performance.now(), until);
  const processor = (await bot.processor()) - (await ramp);
  return {
    perSecond: times.length / ((end - from) / 1_000),
    times,
    processorMs: (processor * 1_000) / times.length,
    done: times.length,
  };
}

/** Just so many requests. */
export async function exactly(act: Act, first: number, count: number): Promise<void> {
  reconnect();
  let n = first;
  const worker = async () => {
    while (n < first + count) await act(n++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
