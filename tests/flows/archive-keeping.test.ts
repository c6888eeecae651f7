/** What becomes of documents: superseded, warned of, expired, deleted; and what the command line does with files. */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { keptFiles } from '../../src/records/retention.ts';
import type { Site } from '../../src/site/site.ts';
import { reads } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Archive } from '../fakes/archive.ts';
import { agreement, answers, id, pdf, startArchive } from '../fakes/archive.ts';
import type { HostedFile } from '../fakes/file-host.ts';
import type { Person } from '../fakes/person.ts';

const sha256 = createHash('sha256').update(agreement.bytes).digest('hex');

let archive: Archive;
let plant: Plant;
const sends: Archive['sends'] = (...what) => archive.sends(...what);
const archived: Archive['archived'] = (...what) => archive.archived(...what);
const stored: Archive['stored'] = () => archive.stored();
const jumps: Archive['jumps'] = (moment) => archive.jumps(moment);
beforeEach(async () => {
  archive = await startArchive();
  plant = archive.plant;
});
afterEach(() => archive.stop());

const change = async (alter: (site: Site) => Site): Promise<void> =>
  plant.app.context.sites.put(alter(plant.app.context.sites.get('demo')!));

describe('revisions', () => {
  const revision = (rev: string, number = 'QA-2026-03'): HostedFile => ({
    name: `质量协议_${number}_Rev${rev}.pdf`,
    bytes: pdf(`agreement ${number} ${rev}`),
  });

  test('a new revision takes the place of the old one, and both say so', async () => {
    await archived(revision('A'));
    await archived(revision('B'));
    const [old, present] = await plant.records();
    expect(old).toMatchObject({
      status: 'superseded',
      links: [{ to: present!.id, why: 'superseded_by' }],
    });
    expect(present).toMatchObject({
      status: 'active',
      fields: { supersedes: old!.id },
      links: [{ to: old!.id, why: 'supersedes' }],
    });
    for (const record of [old!, present!]) expect(verifyHistory(record)).toEqual([]);
    const card = plant.teams.cards(plant.people.re).at(-1);
    expect(reads(card)).toContain(`替代\n${old!.id}`);
    expect(await stored()).toHaveLength(2);
  });

  test('an old revision that comes later is superseded itself; another number is left alone', async () => {
    await archived(revision('C'));
    await archived(revision('B'));
    await archived(revision('D', 'QA-2026-04'));
    expect((await plant.records()).map(({ status }) => status)).toEqual(['active', 'superseded', 'active']);
  });

  test('what was superseded by mistake is made valid again, and stays so', async () => {
    const { re } = plant.people;
    await archived(revision('A'));
    await archived(revision('B'));
    await re.says('DOC-20261123-001');
    await re.presses(plant.teams.card(re), 'reopen', { reason: '两个版本都在用' });
    await plant.settle();
    expect((await plant.records()).map(({ status }) => status)).toEqual(['active', 'active']);
    expect(verifyHistory(await plant.record(id))).toEqual([]);
  });

  test('a number that is corrected is compared anew', async () => {
    const { re } = plant.people;
    await archived(revision('A'));
    await archived(revision('B', 'QA-2026-30'));
    await re.says('DOC-20261123-002');
    const form = await re.presses(plant.teams.card(re), 'edit', {}, { where: { form: true } });
    await re.presses(form, 'edit', { doc_no: 'QA-2026-03' });
    await plant.settle();
    expect((await plant.records()).map(({ status }) => status)).toEqual(['superseded', 'active']);
  });

  test('a crash between the two sides is made good', async () => {
    await archived(revision('A'));
    await sends(plant.people.re, '', revision('B'));
    // The write of the new one's own side fails once: the store's process went away.
    const { store } = plant.app.deps;
    const replace = store.replace.bind(store);
    let failed = 0;
    store.replace = async (doc, etag) => {
      const record = doc as { id: string; fields?: Record<string, unknown> };
      if (record.id === 'DOC-20261123-002' && record.fields?.['supersedes'] && failed === 0) {
        failed += 1;
        throw new Error('power cut');
      }
      return replace(doc, etag);
    };
    await plant.people.re.presses(plant.teams.card(plant.people.re), 'create', answers);
    await plant.settle();
    expect(failed).toBe(1);
    await plant.restart();
    await plant.clock.advance(31_000);
    await plant.settle();
    const [old, present] = await plant.records();
    expect([old!.status, present!.fields['supersedes']]).toEqual(['superseded', old!.id]);
    expect(old!.history.filter(({ verb }) => verb === 'supersede')).toHaveLength(1);
  });
});

describe('validity', () => {
  test('its owner is warned thirty days before, once, and it expires after its last day', async () => {
    const { re } = plant.people;
    await archived(agreement, { valid_to: '2027-01-31' });
    const before = plant.teams.messages(re).length;
    // 1 January, 08:00 in Shanghai.
    await jumps('2026-12-31T23:59:00.000Z');
    expect(plant.teams.messages(re)).toHaveLength(before);
    await jumps('2027-01-01T00:01:00.000Z');
    expect(plant.teams.messages(re)).toHaveLength(before + 1);
    expect(reads(plant.teams.card(re))).toContain(`${id} 有效期到 01-31`);
    await plant.restart();
    await jumps('2027-01-31T15:59:00.000Z');
    expect((await plant.record(id)).status).toBe('active');
    expect(plant.teams.messages(re)).toHaveLength(before + 1);
    await jumps('2027-01-31T16:01:00.000Z');
    const record = await plant.record(id);
    expect(record.status).toBe('expired');
    expect(record.history.at(-1)).toMatchObject({ verb: 'expire', by: { id: 'bot' } });
    expect(verifyHistory(record)).toEqual([]);
  });

  test('a later date is a new warning; the end that was wound before does nothing', async () => {
    const { re } = plant.people;
    await archived(agreement, { valid_to: '2026-12-10' });
    expect(reads(plant.teams.card(re))).toContain(`${id} 有效期到 12-10`);
    await re.says(id);
    const form = await re.presses(plant.teams.card(re), 'edit', {}, { where: { form: true } });
    await re.presses(form, 'edit', { valid_to: '2027-06-30' });
    await plant.settle();
    await jumps('2026-12-12T00:00:00.000Z');
    expect((await plant.record(id)).status).toBe('active');
    await jumps('2027-05-31T00:01:00.000Z');
    expect(reads(plant.teams.card(re))).toContain(`${id} 有效期到 06-30`);
  });

  test('the archive lists what expires soon first, and no more what has expired', async () => {
    const { re } = plant.people;
    const file = (n: number): HostedFile => ({
      name: `minutes-${n}.txt`,
      bytes: Buffer.from(`meeting ${n}`),
    });
    const facts = { doc_type: 'minutes', doc_rev: '1' };
    await archived(file(1), { ...facts, valid_to: '2026-12-20' });
    await archived(file(2), facts);
    await archived(file(3), { ...facts, valid_to: '2026-11-24' });
    await re.says('档案');
    const listed = reads(plant.teams.card(re));
    const order = ['003', '001', '002'].map((n) => listed.indexOf(`DOC-20261123-${n}`));
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(listed).toContain('共 3 条');
    expect(listed).toContain('还有 1 天');
    await jumps('2026-11-26T02:00:00.000Z');
    await re.says('列表 档案文件');
    expect(reads(plant.teams.card(re))).not.toContain('DOC-20261123-003');
  });
});

describe('deleting', () => {
  const late = '2029-11-24T02:00:00.000Z';
  const administer = () =>
    change((site) => ({ ...site, administrators: [plant.people.manager.aadObjectId] }));
  const shownTo = async (person: Person) => {
    await person.says('语言 中文');
    await person.says(id);
    return plant.teams.card(person);
  };
  const removing = async (person: Person, data: Record<string, unknown>) => {
    const { rev } = await plant.record(id);
    const action = { type: 'Action.Execute', verb: 'remove_file', data: { record: id, rev, ...data } };
    return person.invokes(
      person.activity('invoke', undefined, { name: 'adaptiveCard/action', value: { action } }),
    );
  };

  test('nobody but an administrator, whatever their role', async () => {
    await archived();
    await plant.people.re.presses(await shownTo(plant.people.re), 'expire', { reason: '作废' });
    await jumps(late);
    for (const person of [plant.people.lead, plant.people.manager, plant.people.re]) {
      expect(JSON.stringify(await shownTo(person))).not.toContain('remove_file');
      expect((await removing(person, { reason: '到期' })).error?.code).toBe('admin_only');
      expect((await removing(person, { form: true })).error?.code).toBe('admin_only');
    }
    expect(await stored()).toHaveLength(1);
  });

  test('not while it is valid, not before its time, not without a date or a reason', async () => {
    await administer();
    await archived(agreement, { retention_class: 'part_life_plus_1y' });
    const { manager, re } = plant.people;
    const code = async (data = { reason: '到期' }) => (await removing(manager, data)).error?.code;
    expect(await code()).toBe('still_valid');
    await re.presses(await shownTo(re), 'expire', { reason: '停产' });
    const unknown = await removing(manager, { reason: '到期' });
    expect(unknown.error).toMatchObject({
      code: 'keep_unknown',
      message: expect.stringContaining('End of the part'),
    });
    const form = await re.presses(await shownTo(re), 'edit', {}, { where: { form: true } });
    await re.presses(form, 'edit', { end_of_life: '2027-05-01' });
    await jumps('2028-12-31T15:00:00.000Z');
    expect(await code()).toBe('must_be_kept');
    await jumps('2028-12-31T16:01:00.000Z');
    expect(await code({ reason: ' ' })).toBe('invalid');
    expect(await stored()).toHaveLength(1);
  });

  test('the file goes, the record stays with its hash and with who did it; a second press finds nothing', async () => {
    await administer();
    const { re, manager } = plant.people;
    await archived();
    await re.presses(await shownTo(re), 'expire', { reason: '作废' });
    await jumps(late);
    const form = await manager.presses(await shownTo(manager), 'remove_file');
    expect(reads(form)).toContain('文件删除后不能恢复');
    const card = await manager.presses(form, 'remove_file', { reason: '保存期限已过' });
    expect(reads(card)).toContain(`由 ${manager.name} 删除`);
    await plant.settle();
    expect(await stored()).toEqual([]);
    const record = await plant.record(id);
    expect(record.evidence).toMatchObject([
      { name: agreement.name, sha256, removed: { by: { name: manager.name } } },
    ]);
    expect(keptFiles(record)).toEqual([]);
    expect(verifyHistory(record)).toEqual([]);
    expect((await removing(manager, { reason: 'x' })).error?.code).toBe('no_file');
    // It may come back, as another record.
    await sends(re, '', agreement);
    expect(reads(plant.teams.card(re))).toContain('档案文件草稿');
  });
});

describe('the command line', () => {
  const lineside = async (...args: string[]) => {
    const out: string[] = [];
    const io = {
      env: { DATA_DIR: plant.dataDir },
      clock: plant.clock,
      out: (line: string) => void out.push(line),
      lines: async function* () {},
    };
    const code = await run(args, io, (line) => void out.push(line));
    return { code, out: out.join('\n') };
  };

  test('verify looks at the files too, and names the record whose file was changed or is missing', async () => {
    await archived();
    expect(await lineside('verify')).toMatchObject({ code: 0 });
    const key = keptFiles(await plant.record(id))[0]!.key;
    const path = join(plant.dataDir, 'files', key);
    await writeFile(path, pdf('agreement X'));
    const changed = await lineside('verify');
    expect(changed.code).toBe(1);
    expect(changed.out).toContain(`demo/${id}: the file "${agreement.name}" was changed`);
    await rm(path);
    expect((await lineside('verify')).out).toContain(`"${agreement.name}" is missing`);
  });

  test('a backup has the files, and a restore brings them back', async () => {
    await archived();
    const backup = join(plant.dataDir, 'backups', 'one.db');
    expect(await lineside('backup', backup)).toMatchObject({ code: 0 });
    await plant.app.stop();
    await rm(join(plant.dataDir, 'files'), { recursive: true });
    expect((await lineside('verify')).code).toBe(1);
    expect((await lineside('restore', backup)).code).toBe(0);
    expect((await lineside('verify')).code).toBe(0);
    await plant.reopen();
  });
});
