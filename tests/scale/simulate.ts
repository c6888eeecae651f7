/** The real application, several instances on one store, through hours of simulated time. */
import { request as httpRequest } from 'node:http';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app.ts';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { openSites } from '../../src/records/sites.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import type { Store } from '../../src/store/store.ts';
import { Person } from '../fakes/person.ts';
import type { FakeTeams } from '../fakes/teams-connector.ts';
import type { Clock } from '../../src/clock.ts';
import { chanceOf } from './chance.ts';
import { SimClock } from './clock.ts';
import type { Deed } from './oracle.ts';
import { makeSites } from './sites.ts';
import type { SimSite } from './sites.ts';
import type { Stop } from './stories.ts';
import { tellStories } from './stories.ts';
import type { Asked } from './teams.ts';
import { startTeams } from './teams.ts';
import { fill } from './timers.ts';
import { Work } from './work.ts';

export interface Size {
  seed: number;
  hours: number;
  sites: number;
  tenants: number;
  stops: number;
  /** Documents with a timer, and how many of those are due within the time, or overdue when it begins. */
  timers: number;
  near: number;
  overdue: number;
  instances: number;
  /** How many the instances believe to be, if not as many as there are. */
  share?: number;
  /** Opens the store once more; the folder is the run's own. */
  open: (clock: Clock, folder: string) => Promise<Store>;
  /** Simulated milliseconds that an operation of the store takes at most. */
  storeMs: number;
  /** See AppParts. */
  pollMs?: number;
  say?: (line: string) => void;
}

export interface Ran {
  from: number;
  until: number;
  stops: readonly { stop: Stop; thread: string; record: RecordDoc | undefined }[];
  asked: readonly Asked[];
  beyond: Record<'conversation' | 'tenant', number>;
  /** Presses and messages that the bot did not take. */
  refused: string[];
  /** See SimTeams. */
  cut: number;
  /** Operations of the stores, by name. */
  operations: Record<string, number>;
  /** Live heap in bytes: after the first tenth, and in the end. Without --expose-gc: 0. */
  heap: { early: number; late: number };
  realMs: number;
}

/** Monday 2026-11-23, 07:00 in Shanghai, so that the sites' digests fall into it. */
const from = Date.parse('2026-11-22T23:00:00.000Z');
const hour = 3_600_000;
/** Where there is one: a disk's flushes would take most of the run, and no power fails here. */
const inMemory = '/dev/shm';

export async function simulate(size: Size): Promise<Ran> {
  const began = performance.now();
  const until = from + size.hours * hour;
  const chance = chanceOf(size.seed);
  const clock = new SimClock(from);
  const work = new Work(clock);
  const folder = await mkdtemp(join(existsSync(inMemory) ? inMemory : tmpdir(), 'lineside-scale-'));
  const teams = await startTeams({ clock, work, seed: size.seed });
  const sites = makeSites(size.sites, size.tenants);
  const stops = tellStories({ from, until, sites, stops: size.stops }, chance);
  const operations: Record<string, number> = {};
  const apps: App[] = [];
  const plain = await size.open(clock, folder);
  try {
    const known = await openSites(plain, clock);
    for (const { site } of sites) await known.put(site);
    await fill(
      plain,
      { ...size, from, until, sites, count: size.timers, serviceUrl: teams.serviceUrl },
      chance,
    );
    size.say?.(`${size.timers} timers wait`);
    const origins: string[] = [];
    for (let n = 0; n < size.instances; n += 1) {
      const config = readConfig({
        PORT: '1',
        DATA_DIR: folder,
        RATE_PER_MINUTE: '10000',
        INSTANCES: String(size.share ?? size.instances),
      });
      const store = work.watched(await size.open(clock, folder), (name) => {
        operations[name] = (operations[name] ?? 0) + 1;
        return size.storeMs * chance.next();
      });
      const building = buildApp(
        { ...config, port: 0 },
        {
          clock,
          log: silentLogger,
          store,
          ...(size.pollMs === undefined ? {} : { pollMs: size.pollMs }),
        },
      );
      const app = await drive(clock, work, building);
      apps.push(app);
      origins.push(`http://127.0.0.1:${await app.listen()}`);
    }

    const scene = cast({ clock, serviceUrl: teams.serviceUrl, origins, store: plain, work });
    for (const at of sites) clock.at(from + chance.whole(1_000, 60_000), () => scene.greets(at));
    for (const stop of stops) {
      clock.at(stop.reportedAt, () => scene.reports(stop));
      for (const { at, deed } of stop.deeds) clock.at(at, () => scene.does(stop, deed));
    }

    const heap = { early: 0, late: 0 };
    let told = from;
    await work.quiet();
    for (let next = clock.next; next !== undefined && next <= until; next = clock.next) {
      clock.moveTo(next);
      await work.quiet();
      if (heap.early === 0 && next >= from + (until - from) / 10) heap.early = live();
      if (next >= told + hour) {
        told += hour;
        size.say?.(
          `${(told - from) / hour} h: ${teams.asked.length} requests, ${Math.round((performance.now() - began) / 1000)} s`,
        );
      }
    }
    clock.moveTo(until);
    heap.late = live();

    const found = await Promise.all(
      stops.map(async (stop) => ({ stop, thread: scene.threadOf(stop), record: await scene.recordOf(stop) })),
    );
    return {
      from,
      until,
      stops: found,
      asked: teams.asked,
      beyond: teams.beyond,
      cut: teams.cut,
      refused: scene.refused,
      operations,
      heap,
      realMs: performance.now() - began,
    };
  } finally {
    for (const app of apps) await drive(clock, work, app.stop());
    await plain.close();
    await teams.close();
    work.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lets time pass until something is through. */
async function drive<T>(clock: SimClock, work: Work, what: Promise<T>): Promise<T> {
  let through = false;
  const done = what.finally(() => (through = true));
  done.catch(() => undefined);
  for (;;) {
    await work.quiet();
    if (through) return done;
    const { next } = clock;
    // Files are read in their own time.
    if (next === undefined) await new Promise((resume) => setTimeout(resume, 1));
    else clock.moveTo(next);
  }
}

function live(): number {
  if (!globalThis.gc) return 0;
  // Twice: finalizers of the first collection free what the second one collects.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

interface Stage {
  clock: Clock;
  serviceUrl: string;
  origins: readonly string[];
  store: Store;
  work: Work;
}

/** The people of all sites, who write and press as the stories have it. */
function cast({ clock, serviceUrl, origins, store, work }: Stage) {
  const refused: string[] = [];
  const threads = new Map<Stop, string>();
  let ids = 1_800_000_000_000;
  let turns = 0;
  const nextId = () => String((ids += 1));
  const person = ({ site, tenantId }: SimSite, index: number): Person => {
    const { name, aadObjectId } = site.people[index]!;
    // A person only asks it for these when an activity is made.
    const teams = { clock, serviceUrl, nextId, botId: '28:lineside' } as unknown as FakeTeams;
    return new Person(teams, name, { aadObjectId, tenantId });
  };
  const mainOf = ({ site }: SimSite) => ({
    scope: 'channel' as const,
    conversationId: site.channels.main.channelId,
    teamId: site.channels.main.teamId,
  });

  /** Instances get the requests in turn, as a load balancer has it. */
  const asks = (activity: object, what?: string): void => {
    const body = JSON.stringify(activity);
    turns += 1;
    const failed = (why: string) => {
      if (what !== undefined) refused.push(`${new Date(clock.now()).toISOString()} ${what}: ${why}`);
    };
    const asked = httpRequest(
      `${origins[turns % origins.length]}/api/messages`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-person': 'yes',
        },
      },
      (response) => {
        let said = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (said += chunk));
        response.on('end', () => {
          const bad = (response.statusCode ?? 0) >= 300 || said.includes('application/vnd.microsoft.error');
          if (bad) failed(`${response.statusCode} ${said.slice(0, 300)}`);
        });
      },
    );
    asked.on('error', (error) => failed(String(error)));
    asked.end(body);
    // Until the server has all of it. From then on it is the application's own work that counts.
    void work.during(new Promise<void>((sent) => asked.once('finish', () => setTimeout(sent, 1))));
  };

  const recordOf = async (stop: Stop): Promise<RecordDoc | undefined> => {
    const page = await store.query<RecordDoc>(stop.at.site.id, { type: 'record', kind: 'escalation' }, 100);
    return page.items.find(({ doc }) => doc.origin?.conversationId === threads.get(stop))?.doc;
  };

  const inputs: Record<Deed, { verb: string; by: number; data: Record<string, string> }> = {
    take: { verb: 'acknowledge', by: 1, data: {} },
    word: { verb: 'comment', by: 1, data: { comment: '在换料' } },
    arrive: { verb: 'arrive', by: 0, data: {} },
    restore: { verb: 'restore', by: 0, data: { first_off_ok: 'true' } },
    reopen: { verb: 'reopen', by: 0, data: { reason: '又停了' } },
    safety: { verb: 'edit', by: 0, data: { safety_related: 'true' } },
    ours: { verb: 'edit', by: 0, data: { cause_side: 'ours' } },
  };

  return {
    refused,
    recordOf,
    threadOf: (stop: Stop) => threads.get(stop) ?? '',
    greets(at: SimSite): void {
      // So that the bot knows where its channel is. That Teams may not take the answer is of no importance.
      asks(person(at, 0).saying('帮助', { in: mainOf(at) }));
    },
    reports(stop: Stop): void {
      const since = stop.late > 0 ? `,已停${stop.late}分钟` : '';
      const said = `${stop.line}${stop.slow ? '降速' : '停线'}${since},右前门线束断料${stop.ours ? ',我司原因' : ''}`;
      const activity = person(stop.at, 0).saying(said, { in: mainOf(stop.at) });
      threads.set(stop, (activity['conversation'] as { id: string }).id);
      asks(activity, `${stop.at.site.id} ${stop.line} ${said}`);
    },
    does(stop: Stop, deed: Deed): void {
      const { verb, by, data } = inputs[deed];
      const press = async (): Promise<void> => {
        const record = await recordOf(stop);
        const what = `${stop.at.site.id} ${record?.id} ${deed}`;
        if (!record) return void refused.push(`${what}: there is no record`);
        const thread = threads.get(stop)!;
        const action = {
          type: 'Action.Execute',
          verb,
          data: { record: record.id, rev: record.rev, ...data },
        };
        asks(
          person(stop.at, by).activity(
            'invoke',
            { ...mainOf(stop.at), conversationId: thread },
            {
              name: 'adaptiveCard/action',
              replyToId: `card ${record.id}`,
              value: { action, trigger: 'manual' },
            },
          ),
          what,
        );
      };
      void work.during(press());
    },
  };
}
