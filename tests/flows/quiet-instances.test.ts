/** Two instances on one store: what waited for the morning comes once, whichever of them is there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '../fakes/clock.ts';
import { demoPeople, passes, startInstance } from '../fakes/instances.ts';
import type { Instance } from '../fakes/instances.ts';
import { FakeTeams } from '../fakes/teams-connector.ts';

const said = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';
const minute = 60_000;
/** Monday 21:55 in Shanghai. */
const clock = new FakeClock('2026-11-23T13:55:00.000Z');
let teams: FakeTeams;
let dataDir: string;
let both: Instance[];
beforeEach(async () => {
  teams = await FakeTeams.start({ clock });
  dataDir = await mkdtemp(join(tmpdir(), 'lineside-'));
  both = [];
  for (let count = 0; count < 2; count += 1)
    both.push(await startInstance(teams, clock, dataDir, { pollMs: minute }));
});
afterEach(async () => {
  for (const { app } of both) await app.stop();
  await teams.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('two defects, reported to one instance each, and a choice made at the other', async () => {
  const [re, qe, otherQe] = demoPeople(teams);
  for (const instance of both) {
    instance.listens();
    await re!.says(said);
    await passes(clock, both, 2_000, 500);
    await re!.presses(teams.cards(re!).at(-1)!, 'create', { safety_related: 'false', line_impact: 'none' });
    await passes(clock, both, 2_000, 500);
  }
  await passes(clock, both, 9 * 60 * minute, 20 * minute);
  both[0]!.listens();
  await otherQe!.says('提醒');
  await otherQe!.presses(teams.cards(otherQe!).at(-1)!, 'notices', { reach: 'grave' });
  const before = teams.messages(otherQe!).length;
  await passes(clock, both, 60 * minute, 20 * minute);
  expect(teams.messages(qe!)).toEqual([]);
  await passes(clock, both, 10 * minute, minute);
  expect(teams.messages(qe!)).toHaveLength(1);
  expect(teams.messages(otherQe!)).toHaveLength(before);
});
