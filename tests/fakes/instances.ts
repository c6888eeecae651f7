/** Instances of the application on one store, beside one fake Teams, with one clock for all. */
import type { App, AppParts } from '../../src/app.ts';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import type { Site } from '../../src/site/site.ts';
import type { Doc, Store } from '../../src/store/store.ts';
import demo from '../../env/site.demo.json' with { type: 'json' };
import type { FakeClock } from './clock.ts';
import { settle } from './clock.ts';
import type { Person } from './person.ts';
import type { FakeTeams, Place } from './teams-connector.ts';

export const demoSite = demo as unknown as Site;

export interface Instance {
  app: App;
  /** What is delivered from now on comes here. */
  listens(): void;
}

export async function startInstance(
  teams: FakeTeams,
  clock: FakeClock,
  dataDir: string,
  parts: Partial<AppParts> = {},
): Promise<Instance> {
  const config = readConfig({ DATA_DIR: dataDir, RATE_PER_MINUTE: '10000' });
  const app = await buildApp({ ...config, port: 0 }, { clock, log: silentLogger, ...parts });
  const origin = `http://127.0.0.1:${await app.listen()}`;
  const listens = () => teams.connect(origin);
  listens();
  return { app, listens };
}

/** Moves on in steps, letting every instance do what falls due. Real stores answer in their own time. */
export async function passes(
  clock: FakeClock,
  instances: readonly Instance[],
  ms: number,
  stepMs = ms,
): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(Math.min(stepMs, ms - passed));
    await quiet(instances);
  }
}

/** Waits until no instance is at anything. */
export async function quiet(instances: readonly Instance[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const { app } of instances) await app.runner.idle();
    await settle(8);
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

/** The demo site's people: 0 the engineer, 1 and 2 quality, 3 planning, 4 the lead, 5 the manager. */
export const demoPeople = (teams: FakeTeams): Person[] =>
  demoSite.people.map(({ name, aadObjectId }) => teams.person(name, { aadObjectId }));

export const demoChannel = (name: 'main' | 'quality'): Place => {
  const { channelId, teamId } = demoSite.channels[name]!;
  return { scope: 'channel', conversationId: channelId, teamId };
};

export async function docsOf<T extends Doc = RecordDoc>(
  store: Store,
  type: Doc['type'] = 'record',
): Promise<T[]> {
  const { items } = await store.query<T>(demoSite.id, { type }, 500);
  return items.map(({ doc }) => doc);
}
