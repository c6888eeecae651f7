/** A stop in order, and a start after it: nothing that was answered for is half done, and no timer is forgotten. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { DraftDoc } from '../../src/records/record.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../fakes/clock.ts';
import {
  demoChannel,
  demoPeople,
  demoSite,
  docsOf,
  passes,
  quiet,
  startInstance,
} from '../fakes/instances.ts';
import { startBot } from '../fakes/process.ts';
import { FakeTeams } from '../fakes/teams-connector.ts';

const defectSaid = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';
const minute = 60_000;
let dataDir: string;
/** What a test leaves running when it fails. */
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lineside-restart-'));
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await rm(dataDir, { recursive: true, force: true });
});

async function onDisk<T>(look: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore({ file: join(dataDir, 'lineside.db'), clock: systemClock });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

test('SIGTERM in the middle of turns: what is answered for is finished, the rest is turned away, the exit is clean', async () => {
  const teams = await FakeTeams.start();
  ends.push(() => teams.close().catch(() => {}));
  const people = demoPeople(teams).slice(0, 3);
  let bot = await startBot(dataDir);
  ends.push(() => bot.kill());
  teams.connect(bot.origin);
  await people[0]!.says('帮助'); // warm, so that the turns below are under way and not still loading
  // Each form takes its time to get out, so that the stop comes while they are under way.
  teams.fail({ delayMs: 700, done: true }, people.length);
  const said = people.map((person) => person.saying(defectSaid));
  const sentBefore = teams.requests.length;
  const turns = said.map((activity) => teams.deliver(activity));
  await teams.until(() => teams.requests.length === sentBefore + people.length, 'the forms on their way');
  const stopping = bot.stop();
  await new Promise((resume) => setTimeout(resume, 200));
  const late = await teams.deliver(people[0]!.saying(defectSaid)).then(
    ({ status }) => status,
    () => 0, // The port is closed already.
  );
  expect([0, 503]).toContain(late);
  for (const { status } of await Promise.all(turns)) expect(status).toBe(200);
  expect(await stopping).toBe(0);
  expect(bot.output()).toContain('SIGTERM: finishing what was begun');

  const drafts = await onDisk((store) => docsOf<DraftDoc>(store, 'draft'));
  expect(drafts).toHaveLength(people.length);
  // Sent, and known to be sent: nothing is owed twice after the start.
  for (const draft of drafts) {
    expect(draft.card?.activityId).toBeDefined();
    expect(draft.jobs).toEqual([]);
  }
  for (const person of people) expect(JSON.stringify(teams.card(person))).toMatch(/draft-/);

  bot = await startBot(dataDir);
  teams.connect(bot.origin);
  const card = await people[0]!.presses(teams.card(people[0]!), 'create', {
    safety_related: 'false',
    line_impact: 'none',
  });
  expect(JSON.stringify(card)).toMatch(/DEF-\d{8}-001/);
  expect(await bot.stop()).toBe(0);
}, 60_000);

test('a reminder that fell due while nothing ran is sent after the start, once; the digest, too', async () => {
  const teams = await FakeTeams.start();
  ends.push(() => teams.close().catch(() => {}));
  const clock = new FakeClock('2026-11-23T02:00:00.000Z'); // Monday 10:00 in Shanghai
  const [re] = demoPeople(teams);
  const first = await startInstance(teams, clock, dataDir, { pollMs: 5 * minute });
  ends.push(() => first.app.stop().catch(() => {}));
  await re!.says(defectSaid);
  await re!.presses(teams.card(re!), 'create', { safety_related: 'false', line_impact: 'slow' });
  await passes(clock, [first], 10_000);
  await first.app.stop();

  // S2: acknowledged within 30 minutes, the customer answered within 2 hours; the digest is at 09:00.
  await clock.advanceTo('2026-11-24T01:30:00.000Z');
  const sent = teams.requests.length;
  const second = await startInstance(teams, clock, dataDir, { pollMs: 5 * minute });
  ends.push(() => second.app.stop().catch(() => {}));
  await passes(clock, [second], 10 * minute, minute);
  const [record] = await docsOf(second.app.deps.store);
  const said = teams.requests.slice(sent).map(({ path, body }) => ({
    to: decodeURIComponent(path),
    summary: String(body['summary'] ?? ''),
  }));
  const reminders = said.filter(({ summary }) => summary.startsWith(`${record!.id} 逾期`));
  expect(reminders).toHaveLength(1);
  expect(reminders[0]!.to).toContain(`a:${record!.owner}`);
  expect(reminders[0]!.summary).toMatch(/受理[^]*首次回复客户/);
  expect(said.filter(({ summary }) => summary.includes('日报'))).toHaveLength(1);
  await second.app.stop();

  const third = await startInstance(teams, clock, dataDir, { pollMs: 5 * minute });
  ends.push(() => third.app.stop().catch(() => {}));
  await passes(clock, [third], 10 * minute, minute);
  expect(teams.requests.slice(sent)).toHaveLength(said.length);
  // The next ones are wound: containment at 10:00, 24 hours after, and tomorrow's digest.
  await clock.advanceTo('2026-11-24T02:01:00.000Z');
  await quiet([third]);
  const next = teams.requests.slice(sent + said.length).map(({ body }) => String(body['summary'] ?? ''));
  expect(next.filter((summary) => summary.includes('D3 围堵'))).toHaveLength(1);
  await clock.advanceTo('2026-11-25T01:01:00.000Z');
  await quiet([third]);
  const posts = teams
    .messages(demoChannel('main'))
    .filter(({ activity }) => String(activity['summary']).includes('日报'));
  expect(posts).toHaveLength(2);
  await third.app.stop();
  expect(demoSite.digests.daily).toBe('09:00');
});
