/**
 * The bot is killed as by a power cut while it takes messages. Eight times here; `KILLS=200 npm run jest -- tests/flows/kill`
 * for the whole (about six minutes).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { verifyHistory } from '../../src/records/history.ts';
import type { DraftDoc, RecordDoc } from '../../src/records/record.ts';
import type { Site } from '../../src/site/site.ts';
import type { Doc, Store } from '../../src/store/store.ts';
import { FakeClock } from '../fakes/clock.ts';
import { startBot } from '../fakes/process.ts';
import { Shift } from '../fakes/shift.ts';
import { FakeTeams } from '../fakes/teams-connector.ts';
import demo from '../../env/site.demo.json' with { type: 'json' };

const kills = Number(process.env['KILLS'] ?? 8);
const site = demo as unknown as Site;

async function all<T extends Doc>(store: Store, type: Doc['type']): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await store.query<T>(site.id, { type }, 500, after);
    found.push(...page.items.map(({ doc }) => doc));
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** Jobs that wait for a moment of the record's own, which may be hours on. */
const timers = new Set(['clock', 'ladder', 'lapse', 'remind']);

test(
  `killed ${kills} times at random moments, the bot loses nothing that it answered for, and repeats no record`,
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lineside-kill-'));
    const teams = await FakeTeams.start();
    const shift = new Shift(teams);
    const person = (index: number) => {
      const { name, aadObjectId } = site.people[index]!;
      return teams.person(name, { aadObjectId });
    };
    const [re, qe, otherQe, , lead, manager] = [0, 1, 2, 3, 4, 5].map(person);
    const main = {
      scope: 'channel' as const,
      conversationId: site.channels.main.channelId,
      teamId: site.channels.main.teamId,
    };

    // The shift works while the process is killed and started again.
    let up = shift.down();
    let bot = await startBot(dataDir);
    up(bot.origin);
    const working = [
      shift.work({ person: re!, does: 'defects', then: 'reply' }),
      shift.work({ person: re!, does: 'stops', in: main }),
      shift.work({ person: qe!, does: 'defects', then: 'acknowledge' }),
      shift.work({ person: otherQe!, does: 'stops' }),
      shift.work({ person: lead!, does: 'defects', then: 'reply' }),
      shift.work({ person: manager!, does: 'stops' }),
    ];
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise((resume) => setTimeout(resume, 50 + Math.random() * 750));
      up = shift.down();
      await bot.kill();
      bot = await startBot(dataDir);
      up(bot.origin);
    }
    shift.end();
    await Promise.all(working);
    await bot.kill();

    // A day that never comes: one more process, a minute on, does what the dead ones still owed.
    const clock = new FakeClock(systemClock.now() + 60_000);
    const app = await buildApp(
      { ...readConfig({ DATA_DIR: dataDir }), port: 0 },
      { clock, log: silentLogger, edge: { pacing: { conversation: [], tenant: [] } } },
    );
    teams.connect(`http://127.0.0.1:${await app.listen()}`);
    const { store } = app.deps;
    for (let second = 0; second < 600; second += 1) {
      await clock.advance(1_000);
      await app.runner.idle();
      const [next] = await store.due(new Date(clock.now()).toISOString(), 1);
      if (!next) break;
    }
    await clock.advance(40_000);
    await app.runner.idle();

    const records = await all<RecordDoc>(store, 'record');
    const drafts = await all<DraftDoc>(store, 'draft');
    await app.stop();
    await teams.close();
    await rm(dataDir, { recursive: true, force: true });

    const { ledger } = shift;
    const byDraft = Map.groupBy(
      records.flatMap((record) => [record.draft ?? '', ...(record.joined ?? [])]),
      (draft) => draft,
    );
    const lost = ledger.records.filter((draft) => !byDraft.has(draft));
    const known = new Set(drafts.map(({ id }) => id));
    const text = (body: unknown) => JSON.stringify(body);
    const posts = teams.requests.filter(({ method, status }) => method === 'POST' && status === 201);
    const inChannels = posts
      .filter(({ path }) => decodeURIComponent(path).includes('/19:hefei-'))
      .map(({ body }) => text(body));
    const personal = posts
      .filter(({ path }) => decodeURIComponent(path).includes('/a:'))
      .map(({ body }) => text(body));
    const forms = new Set(
      personal.flatMap((said) => [...said.matchAll(/"draft":"(draft-[\w-]+)"/g)].map(([, id]) => id!)),
    );
    const silent = records.filter(({ id }) => !inChannels.some((said) => said.includes(id)));
    const undone = records.filter(({ jobs }) =>
      jobs.some(({ type, failed, waited }) => (!timers.has(type) && !waited) || failed),
    );
    const twice = ledger.verbs.filter(({ record, verb }) => {
      const entries = records.find(({ id }) => id === record)?.history.filter((entry) => entry.verb === verb);
      return entries?.length !== 1;
    });
    const formless = drafts.filter(({ id, kind }) => kind === 'defect' && !forms.has(id));

    if (process.env['KILLS'])
      process.stdout.write(
        `${JSON.stringify({ kills, messages: ledger.drafts.length, records: records.length, answered: ledger.records.length, verbs: ledger.verbs.length, repeats: ledger.repeats, posts: posts.length })}\n`,
      );
    expect(ledger.odd).toEqual([]);
    expect(lost).toEqual([]);
    expect(ledger.drafts.filter((draft) => !known.has(draft))).toEqual([]);
    expect([...byDraft.values()].filter((same) => same.length > 1)).toEqual([]);
    expect([...byDraft.keys()].filter((draft) => !ledger.possible.has(draft))).toEqual([]);
    expect(twice).toEqual([]);
    expect(records.flatMap((record) => verifyHistory(record))).toEqual([]);
    expect(silent.map(({ id }) => id)).toEqual([]);
    expect(formless.map(({ id }) => id)).toEqual([]);
    expect(undone.map(({ id, jobs }) => [id, jobs])).toEqual([]);
    // The test has tested something.
    expect(ledger.repeats).toBeGreaterThanOrEqual(kills);
    expect(ledger.records.length).toBeGreaterThan(kills);
    expect(ledger.verbs.length).toBeGreaterThan(0);
  },
  60_000 + kills * 4_000,
);
