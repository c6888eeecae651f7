/** Two instances on one store, both stores: whatever both could do is done once, and either finishes for the other. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { leaseMs } from '../../src/records/job.ts';
import type { DraftDoc, RecordDoc } from '../../src/records/record.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { openCosmosStore } from '../../src/store/cosmos.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Card } from '../fakes/cards.ts';
import { FakeClock } from '../fakes/clock.ts';
import { demoChannel, demoPeople, docsOf, passes, quiet, startInstance } from '../fakes/instances.ts';
import type { Instance } from '../fakes/instances.ts';
import type { Person } from '../fakes/person.ts';
import { FakeTeams } from '../fakes/teams-connector.ts';

const defectSaid = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';
const stopSaid = '总装二线停线, 右前门线束断料';
const minute = 60_000;
/** A poll each second would cost the half hours below thousands of requests. */
const pollMs = 10_000;

let server: Server;
let containers = 0;
beforeAll(async () => {
  server = createHttpServer({ keepAlive: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const cosmos = (clock: FakeClock, _dataDir: string, name: string): Promise<Store> =>
  openCosmosStore({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: Buffer.from('any').toString('base64'),
    database: 'two',
    container: name,
    clock,
  });
const sqlite = (clock: FakeClock, dataDir: string): Promise<Store> =>
  Promise.resolve(openSqliteStore({ file: join(dataDir, 'lineside.db'), clock }));

describe.each([
  ['SQLite', sqlite],
  ['Cosmos DB', cosmos],
])('two instances on %s', (_name, openStore) => {
  let clock: FakeClock;
  let teams: FakeTeams;
  let dataDir: string;
  let both: Instance[];
  let one: Instance;
  let other: Instance;
  let re: Person;
  let qe: Person;
  let store: Store;
  /** Set: the first instance's store answers nothing any more, as if its process were gone. */
  let dead: boolean;

  beforeEach(async () => {
    clock = new FakeClock('2026-11-23T02:00:00.000Z'); // Monday 10:00 in Shanghai
    teams = await FakeTeams.start({ clock });
    dataDir = await mkdtemp(join(tmpdir(), 'lineside-two-'));
    dead = false;
    const container = `c${++containers}`;
    const first = mortal(await openStore(clock, dataDir, container), () => dead);
    one = await startInstance(teams, clock, dataDir, { store: first, pollMs });
    store = await openStore(clock, dataDir, container);
    other = await startInstance(teams, clock, dataDir, { store, pollMs });
    both = [one, other];
    [re, qe] = demoPeople(teams) as [Person, Person];
  });
  afterEach(async () => {
    dead = false;
    for (const { app } of both) await app.stop();
    await teams.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** The engineer reports a defect, here or there, and submits its form. */
  const reports = async (at: Instance, inputs: Record<string, unknown> = {}): Promise<Card> => {
    at.listens();
    const before = teams.cards(re).length;
    await re.says(defectSaid);
    const form = teams.cards(re).slice(before).at(-1)!;
    return re.presses(form, 'create', { safety_related: 'false', line_impact: 'slow', ...inputs });
  };
  const said = (conversation: string, words: string): number =>
    teams.messages(conversation).filter(({ versions }) => JSON.stringify(versions[0]).includes(words)).length;

  test('a post, a notice and a reminder each go out once, though both look for what is due', async () => {
    for (let index = 0; index < 6; index += 1) await reports(index % 2 ? one : other);
    await passes(clock, both, 10_000, 500);
    const records = await docsOf(store);
    expect(records).toHaveLength(6);
    // S2: the owner is reminded after 30 minutes without acknowledgement.
    await passes(clock, both, 31 * minute, minute);
    const owner = `a:${records[0]!.owner}`;
    for (const { id } of records) {
      expect([id, said(demoChannel('quality').conversationId, id)]).toEqual([id, 1]);
      expect([id, said(owner, `${id} 逾期`)]).toEqual([id, 1]);
      expect([id, said(`a:${demoPeople(teams)[4]!.aadObjectId}`, id)]).toEqual([id, 1]);
    }
    for (const record of await docsOf(store)) {
      expect(record.jobs.filter(({ type }) => type !== 'clock')).toEqual([]);
      expect(verifyHistory(record)).toEqual([]);
    }
  });

  test('one form submitted on both at once gives the one record, and both show it', async () => {
    one.listens();
    await re.says(defectSaid);
    const form = teams.card(re);
    const inputs = { safety_related: 'false', line_impact: 'none' };
    const presses = [one, other, one, other].map((instance) => {
      instance.listens();
      return re.presses(form, 'create', inputs);
    });
    const shown = (await Promise.all(presses)).map((card) => /DEF-\d+-\d+/.exec(JSON.stringify(card))?.[0]);
    expect(new Set(shown)).toEqual(new Set(['DEF-20261123-001']));
    await passes(clock, both, 20_000, 1_000);
    expect(await docsOf(store)).toHaveLength(1);
    expect(said(demoChannel('quality').conversationId, 'DEF-20261123-001')).toBe(1);
  });

  test('one message delivered to both gives one form, and a stopped line one record and one post', async () => {
    const messages = [re.saying(defectSaid), qe.saying(stopSaid, { in: demoChannel('main') })];
    const answers = messages.flatMap((message) =>
      both.map((instance) => {
        instance.listens();
        return teams.deliver(message);
      }),
    );
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    await quiet(both);
    await passes(clock, both, 20_000, 1_000);
    expect(await docsOf<DraftDoc>(store, 'draft')).toHaveLength(2);
    const [stop, ...more] = await docsOf(store);
    expect(more).toEqual([]);
    const posts = teams
      .messages(demoChannel('main'))
      .map(({ versions }) => JSON.stringify(versions[0]))
      // A question to the reporter stands in the same thread; it raises no notification.
      .filter((post) => post.includes(stop!.id) && post.includes('"alert":true'));
    expect(posts).toHaveLength(1);
    expect(teams.cards(re).filter((card) => JSON.stringify(card).includes('draft-'))).toHaveLength(1);
  });

  test('a stopped line goes up its ladder once, though both instances run, and one of them stops', async () => {
    one.listens();
    await re.says(stopSaid, { in: demoChannel('main') });
    await passes(clock, both, 2_000, 500);
    const levels = () =>
      teams
        .texts(demoChannel('main'))
        .flatMap((text) => /L(\d) 升级/.exec(text)?.[1] ?? [])
        .map(Number);
    await passes(clock, both, 20 * minute, minute);
    expect(levels()).toEqual([1, 2]);
    dead = true;
    await passes(clock, [other], 11 * minute, minute);
    expect(levels()).toEqual([1, 2, 3]);
    dead = false;
    await passes(clock, both, 30 * minute, minute);
    expect(levels()).toEqual([1, 2, 3, 4]);
    const [record] = await docsOf(store);
    expect(record?.history.filter(({ verb }) => verb === 'escalate')).toHaveLength(4);
    expect(verifyHistory(record!)).toEqual([]);
  });

  test('a word is asked for once, its silence goes one level up once, and a hand-over is accepted once', async () => {
    one.listens();
    await re.says(stopSaid, { in: demoChannel('main') });
    await passes(clock, both, 2_000, 500);
    const live = () => teams.cards(demoChannel('main'))[0]!;
    await re.presses(live(), 'arrive');
    await passes(clock, both, 31 * minute, minute);
    const mine = re.conversationId;
    expect(said(mine, '请报进展')).toBe(1);
    expect(said(mine, '没有进展更新，已升级到')).toBe(1);
    expect(said(demoChannel('main').conversationId, '没有进展更新，自动升级')).toBe(1);
    other.listens();
    await re.presses(live(), 'assign', { assignee: qe.aadObjectId });
    await passes(clock, both, 2_000, 500);
    expect(said(qe.conversationId, '请您接手')).toBe(1);
    const offer = teams.cards(qe).find((card) => JSON.stringify(card).includes('请您接手'))!;
    const presses = both.map((instance) => {
      instance.listens();
      return qe.tries(offer, 'accept_offer');
    });
    for (const { card } of await Promise.all(presses)) expect(JSON.stringify(card)).toContain('负责人 陈伟');
    await passes(clock, both, 2_000, 500);
    const [record] = await docsOf(store);
    expect(record).toMatchObject({ owner: qe.aadObjectId, status: 'on_site' });
    expect(record?.history.filter(({ verb }) => verb === 'accept_offer')).toHaveLength(1);
    expect(said(mine, '陈伟已接手')).toBe(1);
    // The top calls each hour, whoever comes by.
    await passes(clock, both, 150 * minute, minute);
    const [late] = await docsOf(store);
    expect(late?.level).toBe(5);
    const top = late?.history.findLast(({ verb }) => verb === 'escalate');
    const hours = Math.floor((clock.now() - Date.parse(top!.at)) / (60 * minute));
    expect(hours).toBeGreaterThan(0);
    expect(said(demoChannel('main').conversationId, '会议，每1小时一次')).toBe(hours);
    expect(verifyHistory(late!)).toEqual([]);
  });

  test('one stop reported on both at once is one record, which both reporters get', async () => {
    const said = both.flatMap((instance, index) => {
      instance.listens();
      return [re, qe].map((person) =>
        teams.deliver(person.saying(stopSaid, index ? { in: demoChannel('main') } : {})),
      );
    });
    for (const { status } of await Promise.all(said)) expect(status).toBe(200);
    await passes(clock, both, 20_000, 1_000);
    const [stop, ...more] = await docsOf(store);
    expect(more).toEqual([]);
    expect(stop?.joined).toHaveLength(3);
    expect(verifyHistory(stop!)).toEqual([]);
    for (const person of [re, qe])
      expect(teams.cards(person).some((card) => JSON.stringify(card).includes(stop!.id))).toBe(true);
  });

  test('forms submitted on both at once give as many records, each with an id of its own', async () => {
    one.listens();
    for (let index = 0; index < 6; index += 1) await re.says(defectSaid);
    await passes(clock, both, 10_000, 500);
    const forms = teams.cards(re);
    const presses = forms.map((form, index) => {
      both[index % 2]!.listens();
      return qe.tries(form, 'create', { safety_related: 'false', line_impact: 'none' });
    });
    for (const { status, card } of await Promise.all(presses)) {
      expect(status).toBe(200);
      expect(card).toBeDefined();
    }
    const records = await docsOf(store);
    expect(records.map(({ id }) => id).sort()).toEqual(
      forms.map((_, index) => `DEF-20261123-00${index + 1}`),
    );
    expect(new Set(records.map(({ draft }) => draft)).size).toBe(forms.length);
  });

  test('both press the same verb: one does it, the other sees that it is done', async () => {
    const card = await reports(one, {});
    const record = (await docsOf(store))[0]!;
    await passes(clock, both, 2_000, 500);
    const posted = teams.card(demoChannel('quality'));
    const presses = both.map((instance) => {
      instance.listens();
      return qe.tries(posted, 'acknowledge');
    });
    const answers = await Promise.all(presses);
    for (const answer of answers) expect(JSON.stringify(answer.card)).toContain('已受理');
    const { doc } = (await store.read<RecordDoc>(record.site, record.id))!;
    expect(doc.history.filter(({ verb }) => verb === 'acknowledge')).toHaveLength(1);
    expect(card).toBeDefined();
  });

  test('what a dead instance had taken is done by the other once its lease is over, and not before', async () => {
    one.listens();
    await re.says(defectSaid);
    await passes(clock, both, 1_000, 500);
    const form = teams.card(re);
    // The process dies right after it has saved the record with its posts leased to itself.
    const { create } = one.app.deps.store;
    one.app.deps.store.create = async (doc) => {
      const etag = await create.call(one.app.deps.store, doc);
      if (doc.type === 'record') dead = true;
      return etag;
    };
    teams.fail({ cut: true }, 3); // nothing of it gets out
    await re.tries(form, 'create', { safety_related: 'false', line_impact: 'slow' });
    const [record] = await docsOf(store);
    expect(record?.jobs.filter(({ type }) => type === 'post')).toMatchObject([
      { lease: { by: one.app.deps.instance } },
    ]);
    await passes(clock, [other], leaseMs - 1_000, 1_000);
    const main = demoChannel('quality').conversationId;
    expect(said(main, record!.id)).toBe(0);
    await passes(clock, [other], 2 * pollMs, 1_000);
    expect(said(main, record!.id)).toBe(1);
    const { doc } = (await store.read<RecordDoc>(record!.site, record!.id))!;
    expect(doc.jobs.filter(({ type }) => type === 'post' || type === 'tell')).toEqual([]);
  });
});

/** A store that fails in every way once its process is taken for dead; reads and writes under way before go through. */
function mortal(store: Store, isDead: () => boolean): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (isDead()) return Promise.reject(new Error('this process is dead'));
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
