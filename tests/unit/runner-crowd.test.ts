/** The runner where much is owed at once, or what is owed takes long: nothing that is in a hurry waits for it. */
import type { JobType } from '../../src/jobs/define.ts';
import type { Address, Message, Messenger } from '../../src/jobs/messenger.ts';
import { leaseMs } from '../../src/records/job.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Sites } from '../../src/records/sites.ts';
import { sampleSite } from '../fixtures/sample-site.ts';
import { FakeClock, settle } from '../fakes/clock.ts';
import type { Workshop, WorkshopParts } from '../fakes/workshop.ts';
import { openWorkshop, owed } from '../fakes/workshop.ts';

const open: Workshop[] = [];
const gates: (() => void)[] = [];
afterEach(async () => {
  for (const opens of gates.splice(0)) opens();
  for (const { runner } of open) await runner.stop();
  for (const { store } of open.splice(0)) await store.close();
});
const workshop = (parts: WorkshopParts): Workshop => {
  const shop = openWorkshop(parts);
  open.push(shop);
  return shop;
};

/** Jobs that are done at once, and jobs that hang until the test ends; with the documents that each began. */
function sorts(): { send: JobType; hang: JobType; sent: string[]; hung: string[]; passed: Promise<void> } {
  const sent: string[] = [];
  const hung: string[] = [];
  const passed = new Promise<void>((resolve) => gates.push(resolve));
  return {
    sent,
    hung,
    passed,
    send: {
      type: 'send',
      run: (doc) => {
        sent.push(doc.id);
        return Promise.resolve((fresh) => Object.assign(fresh, { sent: true }));
      },
    },
    hang: {
      type: 'hang',
      run: async (doc) => {
        hung.push(doc.id);
        await passed;
        return undefined;
      },
    },
  };
}
/** Every site is known. */
const anywhere = { sites: { fresh: (id: string) => Promise.resolve({ ...sampleSite, id }) } as Sites };
const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `old ${n}`);

test('a job that is done leaves its document at once, though another one of it takes its time', async () => {
  const { send, hang } = sorts();
  const shop = workshop({ types: [send, hang] });
  shop.runner.start();
  void shop.hands('a', [owed('hang', shop.clock), owed('send', shop.clock)]);
  await settle(4);
  expect(await shop.doc('a')).toMatchObject({ sent: true, jobs: [{ type: 'hang' }] });
});

test('what falls due in a document while an earlier job of it takes its time is done in time', async () => {
  const { send, hang, sent } = sorts();
  const shop = workshop({ types: [send, hang] });
  shop.runner.start();
  await shop.owes('a', [owed('hang', shop.clock), owed('send', shop.clock, 3_000)]);
  await shop.clock.advance(2_999);
  expect(sent).toEqual([]);
  await shop.clock.advance(1);
  expect(sent).toEqual(['a']);
});

test('a job that takes longer than its lease is not begun by another instance while its own lives', async () => {
  const clock = new FakeClock();
  const store = openSqliteStore({ file: ':memory:', clock });
  const mine = sorts();
  const theirs = sorts();
  const one = workshop({ types: [mine.hang], store, clock, instance: 'one' });
  const other = workshop({ types: [theirs.hang], store, clock, instance: 'other' });
  one.runner.start();
  void one.hands('a', [owed('hang', clock)]);
  other.runner.start();
  await clock.advance(leaseMs * 5);
  expect([mine.hung, theirs.hung]).toEqual([['a'], []]);
  gates[0]?.();
  await settle(4);
  expect((await one.doc('a')).jobs).toEqual([]);
});

test('what is in a hurry waits for none of hundreds of others that hang', async () => {
  const { send, hang, sent, hung } = sorts();
  const shop = workshop({ types: [send, hang], urgent: (kind) => kind === 'stop', context: anywhere });
  for (const id of names(300)) await shop.owes(id, [owed('hang', shop.clock)], { site: id });
  shop.runner.start();
  await shop.clock.advance(2_000);
  await shop.owes('stop', [owed('send', shop.clock)], { kind: 'stop' });
  await shop.clock.advance(1_000);
  expect(sent).toEqual(['stop']);
  // The others take turns; not all three hundred are in memory at once.
  expect(hung).toHaveLength(64);
});

test("a site's backlog leaves room for what another site is owed, though that came later", async () => {
  const { send, sent, passed } = sorts();
  const slow: JobType = {
    type: 'slow',
    run: (_doc, _job, { clock }) =>
      Promise.race([passed, new Promise<void>((done) => void clock.after(1_000, done))]).then(
        () => undefined,
      ),
  };
  const shop = workshop({ types: [send, slow], context: anywhere });
  for (const id of names(600)) await shop.owes(id, [owed('slow', shop.clock, -5_000)]);
  await shop.owes('elsewhere', [owed('send', shop.clock, -1_000)], { site: 'other' });
  shop.runner.start();
  // Six hundred at 64 a second would take nine seconds.
  await shop.clock.advance(4_000);
  expect(sent).toEqual(['elsewhere']);
});

test('behind a backlog, what falls due now is seen at once, and what is in a hurry within it', async () => {
  const { send, hang, sent } = sorts();
  const shop = workshop({ types: [send, hang], urgent: (kind) => kind === 'stop' });
  for (const id of names(900)) await shop.owes(id, [owed('hang', shop.clock, -60_000)]);
  await shop.owes('old stop', [owed('send', shop.clock, -1_000)], { kind: 'stop' });
  shop.runner.start();
  await shop.clock.advance(3_000);
  expect(sent).toEqual(['old stop']);
  await shop.owes('stop', [owed('send', shop.clock, 30_000)], { kind: 'stop' });
  await shop.clock.advance(29_999);
  expect(sent).toEqual(['old stop']);
  await shop.clock.advance(1);
  expect(sent).toEqual(['old stop', 'stop']);
});

test('a thousand that are due at one and the same moment are all done, each once', async () => {
  const { send, sent } = sorts();
  const shop = workshop({ types: [send] });
  for (const id of names(1_200)) await shop.owes(id, [owed('send', shop.clock, 5_000)]);
  shop.runner.start();
  await shop.clock.advance(5_000);
  for (let polls = 0; polls < 100 && sent.length < 1_200; polls += 1) await shop.advance(1_000);
  expect(sent).toHaveLength(1_200);
  expect(new Set(sent).size).toBe(1_200);
}, 60_000);

test('alerts of what is in a hurry are sent as urgent; its questions, and alerts of others, are not', async () => {
  const seen: [string, boolean | undefined][] = [];
  const messenger: Messenger = {
    send: (_to, message: Message) => {
      seen.push([message.text ?? '', message.urgent]);
      return Promise.resolve({ id: '1' });
    },
    update: () => Promise.resolve(),
    personal: () => Promise.resolve({} as Address),
  };
  const speak: JobType = {
    type: 'speak',
    async run(doc, _job, context) {
      await context.messenger.send({} as Address, { text: `${doc.id} alert`, alert: true });
      await context.messenger.send({} as Address, { text: `${doc.id} question` });
      return undefined;
    },
  };
  const shop = workshop({ types: [speak], urgent: (kind) => kind === 'stop', context: { messenger } });
  shop.runner.start();
  await shop.owes('stop', [owed('speak', shop.clock)], { kind: 'stop' });
  await shop.owes('defect', [owed('speak', shop.clock)], { kind: 'defect' });
  await shop.advance(2_000);
  expect(seen.sort()).toEqual([
    ['defect alert', undefined],
    ['defect question', undefined],
    ['stop alert', true],
    ['stop question', undefined],
  ]);
});

test('a card update that takes its time is neither begun again nor asked for over and over', async () => {
  const { send, hang, sent, hung } = sorts();
  const shop = workshop({ types: [send, { ...hang, repeatable: true }] });
  await shop.owes('a', [owed('hang', shop.clock), owed('send', shop.clock, 2_300)]);
  shop.runner.start();
  const read = jest.spyOn(shop.store, 'read');
  await shop.clock.advance(2_299);
  expect(sent).toEqual([]);
  await shop.clock.advance(1);
  // Between two polls, to the moment.
  expect(sent).toEqual(['a']);
  expect(hung).toEqual(['a']);
  expect(read.mock.calls.length).toBeLessThan(10);
});
