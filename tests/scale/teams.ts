/** Teams for simulations: counts every request against the published limits, and turns some away. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { teamsLimits } from '../../src/bot/pacing.ts';
import type { Window } from '../../src/bot/pacing.ts';
import type { SimClock } from './clock.ts';
import { lotOf } from './chance.ts';
import type { Work } from './work.ts';

/** What the bot asked of Teams. */
export interface Asked {
  /** Simulated. */
  at: number;
  tenant: string;
  /** With its thread, if it has one. */
  conversation: string;
  act: 'send' | 'update' | 'open';
  text: string;
  alert: boolean;
  /** 0: the bot did not wait for the answer, and will ask again. */
  status: number;
}

export interface SimTeams {
  serviceUrl: string;
  /** Everything in the order of its arrival. */
  asked: readonly Asked[];
  /** Requests beyond a published limit, by its name. */
  beyond: Record<'conversation' | 'tenant', number>;
  /** Requests that the bot gave up after ten seconds of real time, which a busy machine may bring about. */
  readonly cut: number;
  close(): Promise<void>;
}

/** A share of requests that Teams does not take though no limit is reached, and what it says then. */
const refusals: readonly { share: number; status: number; headers?: Record<string, string> }[] = [
  { share: 0.004, status: 429, headers: { 'retry-after': '2' } },
  { share: 0.003, status: 502 },
  { share: 0.002, status: 412 },
  { share: 0.001, status: 504 },
];

/** Moments of requests, of which only as many are kept as the widest window counts. */
class Arrivals {
  readonly #windows: readonly Window[];
  readonly #times: number[] = [];

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
  }

  /** Notes a request; whether it is one too many. */
  add(at: number): boolean {
    const times = this.#times;
    const full = this.#windows.some(({ count, ms }) => times.length >= count && times.at(-count)! > at - ms);
    times.push(at);
    if (times.length > 4_000) times.splice(0, 2_000);
    return full;
  }
}

export async function startTeams(parts: { clock: SimClock; work: Work; seed: number }): Promise<SimTeams> {
  const { clock, work, seed } = parts;
  const asked: Asked[] = [];
  const beyond = { conversation: 0, tenant: 0 };
  const places = new Map<string, { arrivals: Arrivals; count: number }>();
  const placeOf = (key: string, windows: readonly Window[]) => {
    let place = places.get(key);
    if (!place) places.set(key, (place = { arrivals: new Arrivals(windows), count: 0 }));
    return place;
  };
  let ids = 0;
  let cut = 0;

  /** What it is answered, if not that it is done. */
  const refusal = (one: Asked): { status: number; headers?: Record<string, string> } | undefined => {
    const place = placeOf(one.conversation.split(';')[0]!, teamsLimits.conversation);
    const tenant = placeOf(`tenant ${one.tenant}`, teamsLimits.tenant);
    place.count += 1;
    const crowded = place.arrivals.add(one.at);
    const full = tenant.arrivals.add(one.at);
    if (crowded) beyond.conversation += 1;
    if (full) beyond.tenant += 1;
    if (crowded || full) return { status: 429, headers: { 'retry-after': '1' } };
    let lot = lotOf(seed, one.conversation, place.count);
    return refusals.find(({ share }) => (lot -= share) < 0);
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const [, , , place = ''] = (request.url ?? '').split('/');
      const message = JSON.parse(body) as {
        text?: string;
        tenantId?: string;
        members?: { id: string }[];
        conversation?: { tenantId?: string };
        channelData?: { notification?: { alert?: boolean } };
      };
      const opened = message.members?.[0]?.id;
      const one: Asked = {
        at: clock.now(),
        tenant: message.tenantId ?? message.conversation?.tenantId ?? '',
        conversation: opened === undefined ? decodeURIComponent(place) : `person ${opened}`,
        act: opened !== undefined ? 'open' : request.method === 'PUT' ? 'update' : 'send',
        text: message.text ?? '',
        alert: message.channelData?.notification?.alert === true,
        status: 200,
      };
      const refused = refusal(one);
      one.status = refused?.status ?? 200;
      asked.push(one);
      response.once('close', () => {
        if (response.writableFinished) return;
        one.status = 0;
        cut += 1;
      });
      ids += 1;
      const id = opened === undefined ? `m${ids}` : `a:${opened.replace(/^29:/, '')}`;
      // An answer takes 40 to 200 ms.
      void work.park(40 + Math.round(160 * lotOf(seed, place, ids))).then(() => {
        response.writeHead(refused?.status ?? 200, {
          'content-type': 'application/json',
          ...refused?.headers,
        });
        response.end(refused ? '{"error":{"code":"Ordered"}}' : JSON.stringify({ id }));
      });
    });
  });
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    beyond,
    get cut() {
      return cut;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((closed) => void server.close(() => closed()));
    },
  };
}
