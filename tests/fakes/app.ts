/** The real application over HTTP, beside a fake Teams, with the demo site, its people, and a clock of the test's own. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app.ts';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import type { Site } from '../../src/site/site.ts';
import { FakeClock } from './clock.ts';
import type { Person } from './person.ts';
import type { Place } from './teams-connector.ts';
import { FakeTeams } from './teams-connector.ts';

const site = JSON.parse(readFileSync(join(import.meta.dirname, '../../env/site.demo.json'), 'utf8')) as Site;

export interface Plant {
  app: App;
  teams: FakeTeams;
  clock: FakeClock;
  site: Site;
  dataDir: string;
  people: Record<'re' | 'qe' | 'otherQe' | 'planner' | 'lead' | 'manager', Person>;
  stranger: Person;
  main: Place;
  quality: Place;
  /** The record as it is stored. */
  record(id: string): Promise<RecordDoc>;
  records(): Promise<RecordDoc[]>;
  /** Lets what is owed now happen, card updates included. */
  settle(): Promise<void>;
  /** Lets so many milliseconds pass, and what is owed by then happen. */
  passes(ms: number): Promise<void>;
  /** Lets time pass until something that is paced is through. */
  pump<T>(what: Promise<T>): Promise<T>;
  /** Starts the application again after a test has stopped it. */
  reopen(): Promise<void>;
  /** Stops the application and starts it again on the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Monday 2026-11-23, 10:00 in Shanghai. */
const start = '2026-11-23T02:00:00.000Z';

/** @param options.pollMs how often the store is asked what is due; long for tests that move days on */
export async function startPlant(options: { pollMs?: number; ratePerMinute?: number } = {}): Promise<Plant> {
  const clock = new FakeClock(start);
  const teams = await FakeTeams.start({ clock });
  const dataDir = await mkdtemp(join(tmpdir(), 'lineside-'));
  const config = readConfig({
    PORT: '1',
    DATA_DIR: dataDir,
    RATE_PER_MINUTE: String(options.ratePerMinute ?? 10_000),
  });
  const open = async (): Promise<App> => {
    const app = await buildApp({ ...config, port: 0 }, { clock, log: silentLogger, ...options });
    teams.connect(`http://127.0.0.1:${await app.listen()}`);
    return app;
  };
  let app = await open();
  const person = (index: number): Person => {
    const one = site.people[index]!;
    return teams.person(one.name, { aadObjectId: one.aadObjectId });
  };
  const store = () => app.deps.store;
  const plant: Plant = {
    get app() {
      return app;
    },
    teams,
    clock,
    site,
    dataDir,
    people: {
      re: person(0),
      qe: person(1),
      otherQe: person(2),
      planner: person(3),
      lead: person(4),
      manager: person(5),
    },
    stranger: teams.person('Nobody'),
    main: {
      scope: 'channel',
      conversationId: site.channels.main.channelId,
      teamId: site.channels.main.teamId,
    },
    quality: {
      scope: 'channel',
      conversationId: site.channels['quality']!.channelId,
      teamId: site.channels['quality']!.teamId,
    },
    async record(id) {
      const stored = await store().read<RecordDoc>(site.id, id);
      if (!stored) throw new Error(`there is no ${id}`);
      return stored.doc;
    },
    async records() {
      const page = await store().query<RecordDoc>(site.id, { type: 'record' }, 500);
      return page.items.map(({ doc }) => doc).reverse();
    },
    async settle() {
      await plant.pump(app.runner.idle());
      await clock.advance(1000);
      await plant.pump(app.runner.idle());
      await teams.settled(5);
    },
    async passes(ms) {
      await clock.advance(ms);
      await plant.settle();
    },
    async pump(what) {
      let through = false;
      const done = what.finally(() => (through = true));
      while (!through) await clock.advance(100);
      return done;
    },
    async reopen() {
      app = await open();
    },
    async restart() {
      await app.stop();
      app = await open();
    },
    async stop() {
      await app.stop();
      await teams.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return plant;
}

/** All text that a card shows, for assertions about what a person reads. */
export function reads(card: unknown): string {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && ['text', 'title', 'value', 'label', 'placeholder'].includes(key))
        found.push(inner);
      else if (!['data', 'fallback', 'msteams', 'choices'].includes(key)) walk(inner);
    }
  };
  walk(card);
  return found.join('\n');
}
