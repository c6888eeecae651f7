/** Everything that is no record: commands, lists, small talk, strangers, languages, newcomers. */
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant();
});
afterEach(() => plant.stop());

const answer = async (said: string, person = plant.people.re) => {
  await person.says(said);
  await plant.settle();
  const last = plant.teams.messages(person).at(-1)!;
  const text = last.activity['text'];
  return typeof text === 'string' ? text : reads(plant.teams.card(person));
};

test('help and 帮助 answer in their own language', async () => {
  expect(await answer('help')).toContain('my work');
  expect(await answer('帮助')).toContain('我的待办');
  expect(await answer('/HELP!')).toContain('my work');
});

test('small talk gets a friendly, useful answer and never a draft', async () => {
  for (const said of ['收到,谢谢!', '今天食堂排队真长', '没有停线,一切正常']) {
    expect(await answer(said)).toContain('帮助');
  }
  expect(await answer('Can someone send me the guest wifi password pls')).toContain('"help"');
  expect(plant.teams.cards(plant.people.re)).toEqual([]);
  expect(await plant.records()).toEqual([]);
});

test('an empty list says what to do; a full one is paged, and each entry opens', async () => {
  const { re } = plant.people;
  expect(await answer('列表')).toMatch(/没有|暂无/);
  for (let index = 0; index < 12; index += 1) {
    await plant.pump(re.says(`涂装${index + 1}线停线了,缺螺栓`));
  }
  await plant.settle();
  await re.says('列表 停线');
  const page = plant.teams.card(re);
  expect(JSON.stringify(page)).toContain('ESC-20261123-012');
  expect(JSON.stringify(page)).not.toContain('ESC-20261123-002');
  const second = await re.presses(page, 'list');
  expect(JSON.stringify(second)).toContain('ESC-20261123-001');
  expect(reads(await re.presses(second, 'show', {}, { where: { record: 'ESC-20261123-001' } }))).toContain(
    'ESC-20261123-001',
  );
});

test('my work holds what I own, an id alone shows the record, search finds by any word', async () => {
  const { re, qe } = plant.people;
  await re.says('总装二线停了,右前门线束断料');
  await plant.settle();
  await qe.presses(plant.teams.cards(plant.main)[0]!, 'acknowledge');
  await plant.settle();
  expect(await answer('我的待办', qe)).toContain('ESC-20261123-001');
  expect(await answer('my work', plant.people.planner)).not.toContain('ESC-');
  expect(await answer('esc-20261123-001')).toContain('总装二线');
  expect(await answer('搜索 线束')).toContain('ESC-20261123-001');
  expect(await answer('search nothing-like-it')).not.toContain('ESC-');
  expect(await answer('DEF-20261123-999')).toContain('没有找到');
});

test('a chosen language holds whatever is written', async () => {
  expect(await answer('language English')).toContain('English');
  expect(await answer('列表')).toContain('Open records');
  expect(await answer('语言 中文')).toContain('中文');
  expect(await answer('list')).toContain('未关闭');
});

test("a kind's word alone gives its empty form", async () => {
  const { re } = plant.people;
  await re.says('质量问题');
  await plant.settle();
  expect(reads(plant.teams.card(re))).toContain('质量问题草稿');
  await re.says('change request');
  await plant.settle();
  expect(reads(plant.teams.card(re))).toContain('Change request');
});

test('a stranger is told why and what to do, and changes nothing', async () => {
  await plant.stranger.says('总装二线停线了', { in: plant.main });
  await plant.settle();
  expect(plant.teams.texts(plant.main).join()).toContain('名单');
  expect(await plant.records()).toEqual([]);
});

test('fifty thousand characters are refused in words and nothing is saved', async () => {
  await plant.people.re.says('停线'.repeat(25_000));
  await plant.settle();
  expect(plant.teams.texts(plant.people.re).join()).toContain('太长');
  expect(await plant.records()).toEqual([]);
});

test('one message with two matters gives two forms', async () => {
  const { re } = plant.people;
  await re.says('后保险杠划伤5件,总装一线发现,另外客户要求仪表板追加300套,下周三前到');
  await plant.settle();
  const titles = plant.teams.cards(re).map(reads).join();
  expect(titles).toContain('质量问题草稿');
  expect(titles).toContain('变更请求草稿');
});

test('a press with unknown data, an unknown verb, somebody else’s id, or no revision changes nothing', async () => {
  const { re, qe } = plant.people;
  await re.says('总装二线停了');
  await plant.settle();
  const card = plant.teams.cards(plant.main)[0]!;
  const before = JSON.stringify(await plant.record('ESC-20261123-001'));
  const press = async (change: (data: Record<string, unknown>) => void, verb = 'acknowledge') => {
    const activity = qe.pressing(card, 'acknowledge') as {
      value: { action: { verb: string; data: Record<string, unknown> } };
    };
    activity.value.action.verb = verb;
    change(activity.value.action.data);
    return (await qe.invokes(activity as never)).error;
  };
  expect(await press((data) => (data['status'] = 'closed'))).toBeDefined();
  expect(await press((data) => delete data['rev'])).toBeDefined();
  expect(await press((data) => (data['record'] = 'ESC-20261123-777'))).toMatchObject({
    message: expect.stringContaining('没有找到'),
  });
  expect(await press(() => undefined, 'explode')).toBeDefined();
  expect(JSON.stringify(await plant.record('ESC-20261123-001'))).toBe(before);
});

test('a newcomer is greeted', async () => {
  const { re } = plant.people;
  await re.installs();
  await plant.settle();
  expect(reads(plant.teams.card(re))).toContain('驻线');
});

test('the digest on demand counts the day', async () => {
  const { re } = plant.people;
  await re.says('总装二线停了,9:40开始,右前门线束断料');
  await plant.settle();
  const text = await answer('日报');
  expect(text).toContain('驻厂日报');
  expect(text).toContain('20');
});

test('the daily digest leaves at the site’s time, once, and again the next day', async () => {
  await plant.stop();
  plant = await startPlant({ pollMs: 60_000 });
  const { re } = plant.people;
  await re.says('总装二线停了,9:40开始,右前门线束断料', { in: plant.main });
  await plant.settle();
  const digests = () => plant.teams.cards(plant.main).filter((card) => reads(card).includes('驻厂日报'));
  await plant.clock.advanceTo('2026-11-24T00:59:00.000Z');
  await plant.settle();
  expect(digests()).toHaveLength(0);
  await plant.clock.advanceTo('2026-11-24T01:00:05.000Z');
  await plant.settle();
  expect(digests()).toHaveLength(1);
  expect(reads(digests()[0])).toContain('11-23');
  await plant.restart();
  await plant.clock.advanceTo('2026-11-25T01:00:05.000Z');
  await plant.settle();
  expect(digests()).toHaveLength(2);
});

test("a customer's guest gets the customer's view in a channel too, and changes nothing", async () => {
  const guest = plant.teams.person('客户 王工');
  const customer = { name: '客户 王工', aadObjectId: guest.aadObjectId, roles: ['CUST' as const] };
  await plant.app.context.sites.put({ ...plant.site, people: [...plant.site.people, customer] });
  await plant.people.re.says('总装二线停了,9:40开始,右前门线束断料', { in: plant.main });
  await plant.settle();
  const { rev } = await plant.record('ESC-20261123-001');
  const live = plant.teams.cards(plant.main)[0]!;
  expect((await guest.isRefused(live, 'acknowledge')).message).not.toBe('');
  await guest.says('ESC-20261123-001', { in: plant.main });
  await plant.settle();
  const shown = plant.teams.cards(plant.main).at(-1)!;
  expect(reads(shown)).toContain('ESC-20261123-001');
  expect(JSON.stringify(shown)).not.toContain('acknowledge');
  expect(reads(shown)).not.toContain(plant.people.re.name);
  expect((await plant.record('ESC-20261123-001')).rev).toBe(rev);
});
