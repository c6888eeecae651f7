/** The operator's commands, on a store that the running application has filled. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { run } from '../../src/cli/run.ts';
import { startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant();
});
afterEach(() => plant.stop());

async function lineside(args: string, input: readonly string[] = []) {
  const out: string[] = [];
  const err: string[] = [];
  async function* lines() {
    yield* input;
  }
  const io = {
    env: { DATA_DIR: plant.dataDir },
    clock: plant.clock,
    out: (line: string) => void out.push(line),
    lines,
  };
  const code = await run(
    args.split(' ').filter((word) => word !== ''),
    io,
    (line) => void err.push(line),
  );
  return { code, out, err: err.join('\n') };
}

async function stopped() {
  await plant.people.re.says('总装二线停了,9:40开始,右前门线束断料', { in: plant.main });
  await plant.settle();
}

test('intake reads lines of messages and prints what each gives, by the time of each', async () => {
  const { code, out } = await lineside('intake --site demo --at 2026-11-23T10:00', [
    '{"n":1,"t":"总装二线停了,9:40停到现在"}',
    '',
    '{"n":26,"at":"13:30","t":"Line 2 down since 13:12"}',
    '{"n":40,"t":"Can someone send me the guest wifi password pls"}',
  ]);
  expect(code).toBe(0);
  const read = out.map((line) => JSON.parse(line) as { n: number; x: Record<string, unknown>[] });
  expect(read.map(({ n }) => n)).toEqual([1, 26, 40]);
  expect(read[0]?.x[0]).toMatchObject({ kind: 'escalation', min_stopped: 20 });
  expect(read[1]?.x[0]).toMatchObject({ started_at: '2026-11-23T13:12', min_stopped: 18 });
  expect(read[2]?.x).toEqual([]);
  expect(await lineside('intake --site demo', ['no json'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('line 1 is not JSON'),
  });
});

test('records are listed, shown and exported; formulas in a cell stay text', async () => {
  await stopped();
  expect((await lineside('records list')).out[0]).toContain('ESC-20261123-001');
  expect((await lineside('records list --kind defect')).out).toEqual(['no records']);
  const shown = JSON.parse((await lineside('records show esc-20261123-001 --json')).out[0]!) as Record<
    string,
    unknown
  >;
  expect(shown).toMatchObject({ id: 'ESC-20261123-001', severity: 'S1' });
  expect(shown['jobs']).toBeUndefined();
  await plant.people.re.says('language 中文');
  const csv = (await lineside('records export --site demo --format csv')).out;
  expect(csv[0]).toContain('minutes_stopped');
  expect(csv[1]).toContain('总装二线');
  expect(await lineside('records list --kind nothing')).toMatchObject({
    code: 2,
    err: expect.stringContaining('change_request'),
  });
  expect((await lineside('records show ESC-1')).code).toBe(2);
});

test('the timeline of a record, as a table, for a spreadsheet, and for machines', async () => {
  await stopped();
  const card = plant.teams.cards(plant.main)[0]!;
  await plant.people.re.presses(card, 'comment', { comment: '=HYPERLINK("http://x","|y")\n第二行' });
  const table = (await lineside('records timeline esc-20261123-001 --language en')).out.join('\n');
  expect(table).toContain('| 2026-11-23 09:40 | 0 |  | Started at |');
  expect(table).toContain('\n| --- | --- | --- | --- |\n');
  expect(table).toContain('"\\|y") 第二行 |');
  const csv = (await lineside('records timeline ESC-20261123-001 --format csv')).out.join('\n');
  expect(csv.startsWith('\ufeff时间,分钟,人员,内容')).toBe(true);
  expect(csv).toContain('2026-11-23 09:40,0,,开始时间');
  const json = JSON.parse(
    (await lineside('records timeline ESC-20261123-001 --format json')).out.join(''),
  ) as { moments: { verb: string; minutes: number }[] };
  expect(json.moments.map(({ verb }) => verb)).toEqual(
    expect.arrayContaining(['start', 'create', 'comment']),
  );
  expect(json.moments.find(({ verb }) => verb === 'create')?.minutes).toBe(20);
  for (const wrong of [
    'records timeline',
    'records timeline ESC-1',
    'records timeline ESC-20261123-001 --format pdf',
  ])
    expect((await lineside(wrong)).code).toBe(2);
});

test('verify passes, and names the record whose stored byte was changed', async () => {
  await stopped();
  expect(await lineside('verify')).toMatchObject({ code: 0, out: ['1 records checked, 0 with faults'] });
  const db = new DatabaseSync(join(plant.dataDir, 'lineside.db'));
  db.exec(`UPDATE docs SET body = replace(body, '总装二线', '总装一线') WHERE id = 'ESC-20261123-001'`);
  db.close();
  const { code, out } = await lineside('verify');
  expect(code).toBe(1);
  expect(out[0]).toContain('ESC-20261123-001');
});

test('the digest of the command line holds the figures of the card', async () => {
  await stopped();
  const text = (await lineside('digest --site demo --period day --date 2026-11-23')).out.join('\n');
  expect(text).toContain('20分钟');
  const figures = JSON.parse((await lineside('digest --site demo --date 2026-11-23 --json')).out[0]!) as {
    sections: { stops: object };
  };
  expect(figures.sections.stops).toMatchObject({ count: 1, minutes: 20 });
  expect((await lineside('digest --site demo --date 23.11.')).code).toBe(2);
});

test('a site file comes in whole, or not at all with every fault named', async () => {
  const file = join(plant.dataDir, 'site.json');
  const site = JSON.parse((await lineside('site export --site demo')).out.join('\n')) as Record<
    string,
    unknown
  >;
  await writeFile(
    file,
    JSON.stringify({
      ...site,
      id: 'second',
      timeZone: 'Mars/Base',
      people: [{ name: 'X', aadObjectId: 'x', roles: ['KING'] }],
    }),
  );
  const bad = await lineside(`site import ${file}`);
  expect(bad.code).toBe(2);
  for (const path of ['timeZone', 'people[0].roles[0]']) expect(bad.err).toContain(path);
  expect((await lineside('site list')).out).toHaveLength(1);
  await writeFile(file, JSON.stringify({ ...site, id: 'second' }));
  expect((await lineside(`site import ${file}`)).code).toBe(0);
  expect((await lineside('site list')).out).toHaveLength(2);
  expect((await lineside('records list --site third')).err).toContain('demo, second');
});

test('jobs shows what is owed, and a backup can be put back', async () => {
  await stopped();
  expect((await lineside('jobs')).out.join('\n')).toContain('clock');
  expect((await lineside('jobs --failed')).out).toEqual(['no failed jobs']);
  const file = join(plant.dataDir, 'backup', 'one.db');
  expect((await lineside(`backup ${file}`)).code).toBe(0);
  expect((await readFile(file)).length).toBeGreaterThan(10_000);
  expect((await lineside(`backup ${file}`)).err).toContain('already');
  const junk = join(plant.dataDir, 'junk');
  await writeFile(junk, 'not a database at all, but long enough to be looked at as one'.repeat(40));
  expect(await lineside(`restore ${junk}`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('nothing was changed'),
  });
});

test('a backup is put back once the bot is stopped, and not before; what was there is kept whole', async () => {
  await stopped();
  const file = join(plant.dataDir, 'backup.db');
  await lineside(`backup ${file}`);
  await plant.people.re.says('B线停了,9:50开始,缺螺栓', { in: plant.main });
  await plant.settle();
  expect(await lineside(`restore ${file}`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('stop the bot first'),
  });
  expect(await plant.records()).toHaveLength(2);
  await plant.app.stop();
  expect((await lineside(`restore ${file}`)).code).toBe(0);
  expect((await lineside('records list')).out).toHaveLength(1);
  const kept = new DatabaseSync(join(plant.dataDir, 'lineside.db.before-restore'));
  expect(kept.prepare("SELECT count(*) AS n FROM docs WHERE type = 'record'").get()).toEqual({ n: 2 });
  kept.close();
  await plant.reopen();
});

test('an unknown command and an unknown option are told from the usage', async () => {
  expect(await lineside('explode')).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no command "explode"'),
  });
  expect((await lineside('jobs --colour red')).code).toBe(2);
});

test('what was changed about the duty in chat is no part of an exported site file, and an import leaves it alone', async () => {
  const { re } = plant.people;
  await re.says('值班');
  await plant.settle();
  const day = { from_date: '2026-11-23', to_date: '2026-11-23' };
  await re.presses(plant.teams.card(re), 'duty_away', { ...day, from_time: '10:00', to_time: '12:00' });
  const { out } = await lineside('site export --site demo');
  expect(out.join('\n')).not.toContain('dutyChanges');
  const file = join(plant.dataDir, 'exported.json');
  await writeFile(file, out.join('\n'));
  expect(await lineside(`site import ${file}`)).toMatchObject({ code: 0 });
  await plant.restart();
  expect(plant.app.context.sites.get('demo')?.dutyChanges).toMatchObject([{ person: re.aadObjectId }]);
  const { out: jobs } = await lineside('jobs --json');
  const shifts = jobs
    .map((line) => JSON.parse(line) as { type: string })
    .filter(({ type }) => type === 'shift');
  expect(shifts).toHaveLength(1);
});
