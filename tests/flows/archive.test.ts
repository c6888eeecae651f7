/** Files that people send to the bot: kept, asked about, found, and refused where they must be. */
import { verifyHistory } from '../../src/records/history.ts';
import { createHash } from 'node:crypto';
import { reads } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Archive } from '../fakes/archive.ts';
import { agreement, answers, id, pdf, startArchive } from '../fakes/archive.ts';
import type { FileHost, HostedFile } from '../fakes/file-host.ts';
import { attached } from '../fakes/file-host.ts';
import type { Person } from '../fakes/person.ts';

const sha256 = createHash('sha256').update(agreement.bytes).digest('hex');

let archive: Archive;
let plant: Plant;
let host: FileHost;
const sends: Archive['sends'] = (...what) => archive.sends(...what);
const archived: Archive['archived'] = (...what) => archive.archived(...what);
const said: Archive['said'] = (person) => archive.said(person);
const stored: Archive['stored'] = () => archive.stored();
const jumps: Archive['jumps'] = (moment) => archive.jumps(moment);
beforeEach(async () => {
  archive = await startArchive();
  ({ plant, host } = archive);
});
afterEach(() => archive.stop());

const unavailable: HostedFile['answer'] = (response) => {
  response.writeHead(503);
  response.end();
};

test('a file is acknowledged at once, kept, and asked about by a form that its name and words fill', async () => {
  const { re } = plant.people;
  await sends(re, '质量协议,有效期到2028-12-31', agreement);
  expect(said(re)).toContain(`收到 ${agreement.name}，正在保存…`);
  const form = plant.teams.card(re);
  const text = reads(form);
  expect(text).toContain('档案文件草稿');
  expect(text).toContain(`📎 **${agreement.name}** · ${agreement.bytes.length} B`);
  for (const value of ['quality_agreement', 'QA-2026-03', '质量协议', '"B"', '2028-12-31'])
    expect(JSON.stringify(form)).toContain(value);
  expect(text).toContain('保存期限');
  expect(await plant.records()).toEqual([]);
  expect(host.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('submitting makes the record, whose history holds the hash of the file that was kept', async () => {
  const { re } = plant.people;
  const card = await archived();
  expect(reads(card)).toContain(id);
  expect(reads(card)).toContain('有效');
  expect(reads(card)).toContain('须保存至 2029-11-23');
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'active', open: false, owner: re.aadObjectId, severity: 'S4' });
  expect(record.fields).toMatchObject({
    sha256,
    file_name: agreement.name,
    doc_no: 'QA-2026-03',
    doc_rev: 'B',
  });
  expect(record.evidence).toMatchObject([{ name: agreement.name, sha256, size: agreement.bytes.length }]);
  expect(verifyHistory(record)).toEqual([]);
  record.evidence[0]!.sha256 = '0'.repeat(64);
  expect(verifyHistory(record)).toEqual(['evidence differs from what the history gives']);
  expect(await stored()).toEqual([record.evidence[0]!.key]);
  await re.says('我的待办');
  expect(reads(plant.teams.card(re))).not.toContain(id);
});

test('it is found by number, title, file name and the beginning of its hash', async () => {
  const { re } = plant.people;
  await archived();
  for (const words of ['QA-2026-03', '质量协议', agreement.name, sha256.slice(0, 8), '订单 QA-2026']) {
    await re.says(`搜索 ${words}`);
    const found = reads(plant.teams.card(re)).includes(id);
    expect([words, found]).toEqual([words, !words.includes('订单')]);
  }
});

test('the same file again is not kept twice: its person is shown where it is', async () => {
  const { re, qe } = plant.people;
  await archived();
  await sends(qe, '', { name: 'other name.pdf', bytes: agreement.bytes });
  expect(reads(plant.teams.card(qe))).toContain(`“other name.pdf”已经在档案里：${id}`);
  const shown = await qe.presses(plant.teams.card(qe), 'show');
  expect(reads(shown)).toContain(id);
  expect(await stored()).toHaveLength(1);
  expect(await plant.records()).toHaveLength(1);
  expect(plant.teams.cards(re).filter((card) => reads(card).includes('草稿'))).toEqual([]);
});

test('a file with words that tell of something else gives both', async () => {
  const { re } = plant.people;
  const photo = { name: 'IMG_2031.jpg', bytes: Buffer.from('ffd8ffe000104a46494600', 'hex') };
  await sends(re, '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔超差', photo);
  const cards = plant.teams.cards(re).map(reads).join('\n');
  expect(cards).toContain('质量问题草稿');
  expect(cards).toContain('档案文件草稿');
});

test('several files are a draft each, at most five', async () => {
  const { re } = plant.people;
  const files = [1, 2, 3, 4, 5, 6].map((n) => ({
    name: `minutes ${n}.txt`,
    bytes: Buffer.from(`meeting ${n}`),
  }));
  await sends(re, '', ...files);
  expect(said(re)).toContain('一次最多收 5 个文件');
  expect(plant.teams.cards(re)).toHaveLength(5);
  expect(await stored()).toHaveLength(5);
});

describe('refused, with a word to the person, and nothing kept', () => {
  const refused = async (person: Person, words: RegExp): Promise<void> => {
    expect(said(person)).toMatch(words);
    expect(await stored()).toEqual([]);
    expect(await plant.records()).toEqual([]);
    expect(plant.teams.cards(person)).toEqual([]);
  };

  test('a file of 300 MB, which says so beforehand', async () => {
    const answer: HostedFile['answer'] = (response) => {
      response.writeHead(200, { 'content-length': 300_000_000 });
      response.write(pdf('large'));
    };
    await sends(plant.people.re, '', { ...agreement, answer });
    await refused(plant.people.re, /太大（上限 100 MB），没有保存/);
  });

  test('a file of more than the limit, which does not say so', async () => {
    (plant.app.context as { maxFileBytes: number }).maxFileBytes = 2_000_000;
    await plant.app.runner.idle();
    const answer: HostedFile['answer'] = (response) => {
      response.writeHead(200);
      response.write(pdf('large'));
      response.end(Buffer.alloc(3_000_000));
    };
    await sends(plant.people.re, '', { ...agreement, answer });
    await refused(plant.people.re, /太大（上限 2 MB）/);
  });

  test('a renamed program', async () => {
    await sends(plant.people.re, '', { name: '报告.pdf', bytes: Buffer.from('MZ\x90\0\x03program') });
    await refused(plant.people.re, /“报告\.pdf”其实是一个程序，没有保存/);
  });

  test('a program that does not hide, a picture that is none, and an empty file', async () => {
    await sends(
      plant.people.re,
      '',
      { name: 'setup.exe', bytes: Buffer.from('MZ') },
      { name: 'photo.png', bytes: pdf('not a picture') },
      { name: 'empty.txt', bytes: Buffer.alloc(0) },
    );
    await refused(plant.people.re, /“setup\.exe”这种文件不能存档/);
    expect(said(plant.people.re)).toContain('“photo.png”的内容与扩展名不符');
    expect(said(plant.people.re)).toContain('“empty.txt”是空的');
    expect(host.asked).toHaveLength(2);
  });

  test("a stranger's link, to which nothing is sent", async () => {
    const attachments = [attached('QA.pdf', 'https://files.evil.example/QA.pdf')];
    await plant.people.re.says('', { more: { attachments } });
    await plant.settle();
    await refused(plant.people.re, /来自 files\.evil\.example，我只从 Teams 自己的地址取文件/);
    expect(said(plant.people.re)).not.toContain('正在保存');
  });

  test('a link that leads to a stranger, and one that does not hold any more', async () => {
    const away: HostedFile['answer'] = (response) => {
      response.writeHead(302, { location: 'https://files.evil.example/QA.pdf' });
      response.end();
    };
    const late: HostedFile['answer'] = (response) => {
      response.writeHead(403);
      response.end();
    };
    await sends(
      plant.people.re,
      '',
      { name: 'away.pdf', bytes: pdf(''), answer: away },
      { name: 'late.pdf', bytes: pdf(''), answer: late },
    );
    await refused(plant.people.re, /没能取到“away\.pdf”，没有保存。请再发一次/);
    expect(said(plant.people.re)).toContain('没能取到“late.pdf”');
  });

  test('whatever a stranger sends', async () => {
    await sends(plant.stranger, '', agreement);
    expect(said(plant.stranger)).toContain('不在驻点');
    expect(host.asked).toEqual([]);
    expect(await stored()).toEqual([]);
  });
});

test('a host that answers badly for a while is asked again; the person is told once it is in vain', async () => {
  const { re } = plant.people;
  let answered = 0;
  const busy: HostedFile['answer'] = (response) => {
    answered += 1;
    response.writeHead(answered < 3 ? 503 : 200);
    response.end(answered < 3 ? undefined : agreement.bytes);
  };
  await sends(re, '', { ...agreement, answer: busy });
  await plant.clock.advance(60_000);
  await plant.settle();
  expect(reads(plant.teams.card(re))).toContain('档案文件草稿');
  await sends(re, '', { name: 'gone.pdf', bytes: pdf(''), answer: unavailable });
  await plant.clock.advance(120_000);
  await plant.settle();
  expect(said(re)).toContain('没能取到“gone.pdf”');
  expect(host.asked).toHaveLength(3 + 5);
});

test('a process that dies before the file is there fetches it when it is back', async () => {
  const { re } = plant.people;
  let answered = 0;
  const cut: HostedFile['answer'] = (response) => {
    answered += 1;
    if (answered > 1) return void response.end(agreement.bytes);
    response.writeHead(200, { 'content-length': 100 });
    response.write('%PDF');
  };
  await re.says('', { more: host.attach({ ...agreement, answer: cut }) });
  while (answered === 0) await plant.clock.advance(10);
  await plant.restart();
  await plant.clock.advance(10_000);
  await plant.settle();
  expect(reads(plant.teams.card(re))).toContain('档案文件草稿');
  expect(await stored()).toHaveLength(1);
});

test('a form that is thrown away, or forgotten for a week, leaves no file', async () => {
  const { re } = plant.people;
  await sends(re, '', agreement);
  const form = plant.teams.card(re);
  await re.presses(form, 'discard');
  await plant.settle();
  expect(await stored()).toEqual([]);
  expect(await re.isRefused(form, 'create', answers)).toMatchObject({ code: 'draft_gone' });
  await sends(re, '', { name: 'second.pdf', bytes: pdf('second') });
  expect(await stored()).toHaveLength(1);
  const second = plant.teams.card(re);
  await jumps('2026-11-30T02:05:00.000Z');
  expect(await stored()).toEqual([]);
  expect(await re.isRefused(second, 'create', { ...answers })).toMatchObject({ code: 'draft_gone' });
});

test('a file whose record is there stays when its draft goes', async () => {
  await archived();
  await jumps('2026-12-02T02:00:00.000Z');
  expect(await stored()).toHaveLength(1);
});

test('the form pressed twice gives one record with the one file', async () => {
  const { re } = plant.people;
  await sends(re, '', agreement);
  const form = plant.teams.card(re);
  const [one, two] = await Promise.all([
    re.presses(form, 'create', answers),
    re.presses(form, 'create', answers),
  ]);
  expect([reads(one), reads(two)].every((text) => text.includes(id))).toBe(true);
  expect(await plant.records()).toHaveLength(1);
});

test('nobody types a hash, and a form without a file and a link is sent back', async () => {
  const { re } = plant.people;
  await re.says('档案文件');
  await plant.settle();
  const form = plant.teams.card(re);
  expect(JSON.stringify(form)).not.toContain('"id":"sha256"');
  const error = await re.isRefused(form, 'create', { doc_type: 'minutes', doc_rev: '1', ...answers });
  expect(error.message).toContain('请把文件发给我，或填写链接');
  const facts = { doc_type: 'minutes', doc_rev: '1', ...answers };
  for (const url of ['http://contoso.sharepoint.com/x', 'https://user@evil.example/', 'javascript:alert(1)'])
    expect((await re.isRefused(form, 'create', { ...facts, url })).message).toContain('须为 https://');
  const card = await re.presses(form, 'create', {
    doc_type: 'minutes',
    doc_rev: '1',
    ...answers,
    url: 'https://contoso.sharepoint.com/minutes.docx',
  });
  expect(reads(card)).toContain('🔗 contoso.sharepoint.com');
});

test('in a channel a link is kept as it is, and nothing behind it is fetched', async () => {
  const { re } = plant.people;
  const url = `${host.origin}/secret`.replace('http:', 'https:');
  await re.says(`质量协议已经签好,请归档,有效期到2028年12月 ${url}`, { in: plant.main });
  await plant.settle();
  const form = plant.teams.card(plant.main);
  expect(reads(form)).toContain('档案文件草稿');
  const card = await re.presses(form, 'create', { ...answers, doc_rev: '1' });
  expect(reads(card)).toContain('🔗 127.0.0.1');
  expect((await plant.record(id)).fields).toMatchObject({ url, valid_to: '2028-12-31' });
  expect(host.asked).toEqual([]);
});
