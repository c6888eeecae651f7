/** The whole application from a configuration. Tests build it the same way, with their own clock and store. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { EdgeOptions } from './bot/edge.ts';
import { createEdge, edgeDefaults } from './bot/edge.ts';
import { shareOf, teamsLimits } from './bot/pacing.ts';
import { createHandlers } from './bot/routes.ts';
import type { BotContext } from './bot/turn.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { firstSites } from './first-sites.ts';
import { read } from './intake/read.ts';
import { kindOf } from './kinds/index.ts';
import { serveMetrics } from './http/metrics.ts';
import { createServer } from './http/server.ts';
import { openAddresses } from './jobs/addresses.ts';
import { scheduleDigests } from './jobs/digest.ts';
import { jobTypes } from './jobs/index.ts';
import { Runner } from './jobs/runner.ts';
import { scheduleDuty } from './jobs/shift.ts';
import type { Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openFiles } from './open-files.ts';
import { openStore } from './open-store.ts';
import { openTransfers } from './files/transfers.ts';
import { warmUp } from './render/template.ts';
import type { Deps } from './records/deps.ts';
import { openSites } from './records/sites.ts';
import type { Store } from './store/store.ts';

export interface AppParts {
  clock: Clock;
  log: Logger;
  /** Instead of the configured one. Closed with the application. */
  store?: Store;
  /** Beside what the configuration gives. */
  edge?: Partial<EdgeOptions>;
  /** How often the store is asked what is due, in milliseconds. */
  pollMs?: number;
}

export interface App {
  deps: Deps;
  runner: Runner;
  context: BotContext;
  /** Listens and starts the jobs. @returns the port */
  listen(): Promise<number>;
  /** In order: no new turns, running turns end, then their jobs, then the store closes. */
  stop(): Promise<void>;
}

/** A turn that still runs after this is left behind; what it had saved stands, what it owes is in the store. */
const drainMs = 12_000;
const reloadSitesMs = 30_000;

export async function buildApp(config: Config, parts: AppParts): Promise<App> {
  const { clock, log } = parts;
  const store = parts.store ?? (await openStore(config, clock));
  const metrics = createMetrics({ process: config.mode === 'deployed' });
  const files = await openFiles(config);
  const transfers = openTransfers(config.files);
  const maxFileBytes = config.files.maxBytes;
  const sites = await openSites(store, clock);
  await firstSites(config, sites);
  for (const site of sites.all()) {
    await scheduleDigests(store, clock, site);
    await scheduleDuty(store, clock, site);
  }

  const instance = `${hostname()}-${randomUUID().slice(0, 8)}`;
  const deps: Deps = { store, clock, instance, kick: (doc, etag) => runner.kick(doc, etag) };
  let context: BotContext | undefined;
  const edge = createEdge({
    options: { ...edgeOptions(config), ...parts.edge },
    handlers: (messenger) => {
      const addresses = openAddresses(store, clock, messenger);
      context = { deps, sites, clock, messenger, addresses, files, transfers, maxFileBytes };
      return createHandlers(context);
    },
    clock,
    log,
    metrics,
  });
  if (!context) throw new Error('the edge did not ask for its handlers');
  const runner: Runner = new Runner({
    context: context as BotContext,
    types: jobTypes,
    // A line stands still: its ladder waits behind nothing.
    urgent: (kind) => kindOf(kind)?.can.ladder !== undefined,
    log,
    count: (sort, outcome) => {
      metrics.jobs.inc({ sort, outcome });
      if (outcome === 'failed') metrics.jobsFailed.inc();
    },
    ...(parts.pollMs === undefined ? {} : { pollMs: parts.pollMs }),
  });
  const server = createServer({
    messages: (request, response) => edge.handleRequest(request, response),
    checks: { store: () => store.ping() },
    log,
    ...(config.metrics.at === 'main' ? { metrics: metrics.registry } : {}),
  });
  let metricsServer: Awaited<ReturnType<typeof serveMetrics>> | undefined;
  let cancelReload = (): void => {};
  const reloadLater = (): void => {
    cancelReload = clock.after(reloadSitesMs, () => {
      sites.reload().catch((error: unknown) => log.warn({ err: error }, 'cannot read the sites again'));
      reloadLater();
    });
  };

  return {
    deps,
    runner,
    context: context as BotContext,
    async listen() {
      runner.start();
      reloadLater();
      if (config.metrics.at === 'own')
        metricsServer = await serveMetrics(metrics.registry, config.metrics.port, config.metrics.host);
      const port = await server.listen(config.port, config.host);
      clock.after(0, warm);
      return port;
    },
    async stop() {
      cancelReload();
      await server.close(() => edge.drain(drainMs));
      transfers.close();
      await runner.stop();
      await metricsServer?.close();
      edge.close();
      await store.close();
    },
  };
}

/** The first message must not pay for compiling the cards' layouts and the intake's tables. */
function warm(): void {
  warmUp();
  read('line 1 stopped 停线', { at: '2026-01-01T08:00' });
}

function edgeOptions(config: Config): EdgeOptions {
  const { bot } = config;
  return {
    registration: bot && {
      botId: bot.id,
      botPassword: bot.password,
      managedIdentity: bot.type === 'UserAssignedMSI',
      botTenantId: bot.tenantId,
    },
    allowedTenants: config.allowedTenants.length === 0 ? 'any' : new Set(config.allowedTenants),
    allowedServiceHosts: config.serviceHosts,
    maxBodyBytes: config.maxBodyBytes,
    maxTextLength: edgeDefaults.maxTextLength,
    rate: {
      burst: Math.max(edgeDefaults.rate.burst, config.ratePerMinute / 2),
      perSecond: config.ratePerMinute / 60,
    },
    language: 'zh',
    pacing: shareOf(teamsLimits, config.instances),
  };
}
