/** The Teams edge with stub handlers behind it, on a real HTTP server, beside a fake Teams. */
import type { EdgeOptions } from '../../src/bot/edge.ts';
import { createEdge, edgeDefaults } from '../../src/bot/edge.ts';
import type { Edge } from '../../src/bot/edge.ts';
import type { Handlers } from '../../src/bot/inbound.ts';
import { createServer } from '../../src/http/server.ts';
import type { PublicServer } from '../../src/http/server.ts';
import { createLogger } from '../../src/log.ts';
import type { Metrics } from '../../src/metrics.ts';
import { createMetrics } from '../../src/metrics.ts';
import { FakeClock } from './clock.ts';
import { startIdentity } from './identity.ts';
import type { FakeIdentity } from './identity.ts';
import { FakeTeams } from './teams-connector.ts';

export interface EdgeUnderTest {
  teams: FakeTeams;
  edge: Edge;
  server: PublicServer;
  origin: string;
  clock: FakeClock;
  metrics: Metrics;
  identity: FakeIdentity | undefined;
  /** Lines of the log. */
  logged: string[];
  /** How many requests were refused for a reason. */
  refusals(reason: string): Promise<number>;
  stop(): Promise<void>;
}

export interface EdgeWish {
  handlers?: Partial<Handlers>;
  options?: Partial<EdgeOptions>;
  /** No registration and no tokens. */
  local?: boolean;
}

export async function startEdge(wish: EdgeWish = {}): Promise<EdgeUnderTest> {
  const clock = new FakeClock();
  const identity = wish.local ? undefined : await startIdentity();
  const teams = await FakeTeams.start({ clock, ...(identity ? { identity } : {}) });
  const metrics = createMetrics();
  const logged: string[] = [];
  const log = createLogger({ level: 'info', write: (line) => void logged.push(line) });
  const handlers: Handlers = {
    message: async () => undefined,
    press: async () => ({ message: 'done' }),
    consent: async () => undefined,
    extension: async () => ({ message: 'done' }),
    joined: async () => undefined,
    met: async () => undefined,
    ...wish.handlers,
  };
  const edge = createEdge({
    options: {
      registration: identity
        ? { botId: identity.botId, botPassword: undefined, managedIdentity: false, botTenantId: undefined }
        : undefined,
      ...(identity ? { provider: identity.provider, loopbackServiceUrls: true } : {}),
      allowedTenants: new Set([teams.tenantId]),
      allowedServiceHosts: ['smba.trafficmanager.net'],
      language: 'zh',
      ...edgeDefaults,
      ...wish.options,
    },
    handlers,
    clock,
    log,
    metrics,
    random: () => 0,
  });
  const server = createServer({ messages: edge.handleRequest, checks: {}, log });
  const origin = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  teams.connect(origin);
  return {
    teams,
    edge,
    server,
    origin,
    clock,
    metrics,
    identity,
    logged,
    async refusals(reason) {
      const { values } = await metrics.refusals.get();
      return values.find((each) => each.labels.reason === reason)?.value ?? 0;
    },
    async stop() {
      await server.close(() => edge.drain(1_000));
      edge.close();
      await teams.close();
      await identity?.close();
    },
  };
}
