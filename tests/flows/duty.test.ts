/** The duty card: who is on duty, absences, overrides, and what takes them back. */
import type { Site } from '../../src/site/site.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';
import { buttons } from '../fakes/cards.ts';
import type { Person } from '../fakes/person.ts';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
});
afterEach(() => plant.stop());

const site = (): Site => plant.app.context.sites.get('demo')!;
/** RE: 林晓 by day, 周敏 (a backup) by night; QE: 陈伟 and 周敏 by weeks, workdays only. */
async function withRotas(change: Partial<Site> = {}): Promise<void> {
  const { re, qe, otherQe } = plant.people;
  await plant.app.context.sites.put({
    ...site(),
    duty: [
      {
        role: 'RE',
        shifts: ['day', 'night'],
        people: [re.aadObjectId, otherQe.aadObjectId],
        turn: 'shift',
        from: '2026-11-23',
        days: 'all',
      },
      {
        role: 'QE',
        shifts: ['day', 'night'],
        people: [qe.aadObjectId, otherQe.aadObjectId],
        turn: 'week',
        from: '2026-11-23',
        days: 'workdays',
      },
    ],
    ...change,
  });
}
async function duty(person: Person, said = '值班'): Promise<Card> {
  await person.says(said);
  await plant.settle();
  return plant.teams.card(person);
}
const day = { from_date: '2026-11-23', to_date: '2026-11-23' };
const away = (to: string, more: Record<string, string> = {}) => ({
  ...day,
  from_time: '10:00',
  to_time: to,
  ...more,
});
const verbs = (card: Card): unknown[] => buttons(card).map(({ action }) => action['verb']);
const live = (): Card => plant.teams.cards(plant.main).find((card) => verbs(card).includes('acknowledge'))!;
/** Whom the card of a stopped line names. */
async function stopCalls(): Promise<string[]> {
  await plant.people.planner.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  const { entities = [] } = live()['msteams'] as { entities?: { mentioned: { name: string } }[] };
  return entities.map(({ mentioned }) => mentioned.name);
}

test('it shows now and next, in both languages; a swap and an override need the own chat', async () => {
  await withRotas();
  const { re, qe, lead } = plant.people;
  const own = await duty(re);
  expect(reads(own)).toContain('现在 · 白班 08:00–20:00\n驻厂工程师\n林晓\n质量工程师\n陈伟');
  expect(reads(own)).toContain('下一班 · 夜班 20:00–08:00\n驻厂工程师\n周敏\n质量工程师\n陈伟');
  expect(verbs(own)).toEqual(['duty_away', 'duty_swap']);
  expect(verbs(await duty(lead, 'who is on duty?'))).toEqual(['duty_away', 'duty_override']);
  expect(reads(plant.teams.card(lead))).toContain('Now · Day shift 08:00–20:00\nResident engineer\n林晓');
  await qe.says('值班', { in: plant.main });
  await plant.settle();
  const shared = plant.teams.card(plant.main);
  expect(verbs(shared)).toEqual(['duty_away']);
  expect(reads(shared)).toContain('在与我的私聊里发送“值班”');
});

test('a site without rotas says how to get one', async () => {
  await plant.app.context.sites.put({ ...site(), duty: undefined });
  const card = await duty(plant.people.re);
  expect(reads(card)).toContain('这个驻点还没有排班');
  expect(reads(card)).toContain('在驻点文件里加上');
  expect(reads(await duty(plant.people.lead, 'duty'))).toContain('add "duty" to the site file');
});

test('who is away is not called, and the others of the role are; after the end they are again', async () => {
  await withRotas();
  const { re } = plant.people;
  const card = await re.presses(await duty(re), 'duty_away', away('12:00', { reason: '看牙' }));
  expect(reads(card)).toContain('✓ 已登记。不在期间不会呼叫林晓。');
  expect(reads(card)).toContain('周敏\n林晓不在');
  expect(reads(card)).toContain('林晓：到 12:00（看牙）');
  expect(await stopCalls()).toEqual(['陈伟', '周敏']);
  const [record] = await plant.records();
  expect(record?.notified).not.toContain(re.aadObjectId);
  expect(plant.teams.cards(re).map(reads).join()).not.toContain('ESC-');
});

test('without a rota nobody who is away is called either', async () => {
  await plant.app.context.sites.put({ ...site(), duty: undefined });
  const { qe } = plant.people;
  await qe.presses(await duty(qe), 'duty_away', away('12:00'));
  expect(await stopCalls()).toEqual(['林晓', '周敏']);
});

test('a level whose people are all away is skipped at once, and the post says so', async () => {
  await withRotas();
  const { lead, otherQe, planner } = plant.people;
  await lead.presses(await duty(lead), 'duty_away', away('12:00'));
  await otherQe.presses(await duty(otherQe), 'duty_away', away('12:00'));
  await stopCalls();
  await plant.clock.advance(5 * 60_000);
  await plant.settle();
  const posts = plant.teams.texts(plant.main).filter((text) => text.includes('升级'));
  expect(posts).toHaveLength(1);
  expect(posts[0]).toContain('L2 升级');
  expect(posts[0]).toMatch(/L1 .*没有可以通知的人/);
  const [record] = await plant.records();
  expect(record?.notified).not.toContain(lead.aadObjectId);
  // Planning has logistics, and has reported it.
  expect(record?.reporter.id).toBe(planner.aadObjectId);
});

test('coming back early takes the absence back; it is kept with who did it and when', async () => {
  await withRotas();
  const { re, qe } = plant.people;
  const card = await re.presses(await duty(re), 'duty_away', away('12:00'));
  const [change] = site().dutyChanges ?? [];
  expect(verbs(await duty(qe))).not.toContain('duty_undo');
  const back = await re.presses(card, 'duty_undo', { change: change?.id });
  expect(reads(back)).toContain('✓ 已撤销。');
  expect(reads(back)).not.toContain('林晓不在');
  expect(await stopCalls()).toContain('林晓');
  expect(site().dutyChanges).toMatchObject([
    { undone: { by: { name: '林晓' }, at: expect.any(String) as string } },
  ]);
  expect(await re.isRefused(card, 'duty_undo', { change: change?.id })).toMatchObject({ code: 'duty_over' });
});

test('a press made twice is one absence', async () => {
  await withRotas();
  const { re } = plant.people;
  const card = await duty(re);
  await re.presses(card, 'duty_away', away('12:00'));
  await re.presses(card, 'duty_away', away('12:00'));
  expect(site().dutyChanges).toHaveLength(1);
});

test.each([
  ['an end before the start', away('09:00'), '要晚于开始'],
  ['no end', away(''), '结束'],
  ['no time at all', away('later'), '请填时间'],
  ['more than a year', away('10:00', { to_date: '2028-11-23' }), '最多一年'],
])('%s is refused, and nothing is kept', async (_, inputs, said) => {
  const { re } = plant.people;
  const { code, message } = await re.isRefused(await duty(re), 'duty_away', inputs);
  expect(code).toBe('invalid');
  expect(message).toContain(said);
  expect(site().dutyChanges).toBeUndefined();
});

test('only a lead marks somebody else away, whatever the card says', async () => {
  await withRotas();
  const { re, qe, lead } = plant.people;
  const card = await duty(lead, 'duty');
  const inputs = away('12:00', { person: qe.aadObjectId });
  expect(await re.isRefused(card, 'duty_away', inputs)).toMatchObject({ code: 'not_allowed' });
  expect((await re.isRefused(card, 'duty_away', inputs)).message).toContain('驻厂主管');
  await lead.isRefused(card, 'duty_away', away('12:00', { person: 'nobody' }));
  expect(reads(await lead.presses(card, 'duty_away', inputs))).toContain('陈伟 is not called while away');
});

test('a lead puts somebody on duty, for the present shift too, and takes it back', async () => {
  await withRotas();
  const { re, otherQe, lead } = plant.people;
  const card = await duty(lead, 'duty');
  const inputs = { role: 'RE', who: otherQe.aadObjectId, first: '2026-11-23|day', note: 'training' };
  expect(await re.isRefused(card, 'duty_override', inputs)).toMatchObject({ code: 'not_allowed' });
  const after = await lead.presses(card, 'duty_override', inputs);
  expect(reads(after)).toContain('周敏\nput in for 林晓');
  expect(await stopCalls()).toEqual(['陈伟', '周敏']);
  const change = site().dutyChanges?.[0]?.id;
  expect(await re.isRefused(after, 'duty_undo', { change })).toMatchObject({ code: 'not_allowed' });
  expect(reads(await lead.presses(after, 'duty_undo', { change }))).not.toContain('put in for');
});

test.each([
  ['a person without the role', { role: 'RE', who: 3, first: '2026-11-24|day' }, 'is no resident engineer'],
  ['a shift that is over', { role: 'RE', who: 2, first: '2026-11-22|night' }, 'is no shift ahead'],
  [
    'a shift that the site does not have',
    { role: 'RE', who: 2, first: '2026-11-24|mid' },
    'is no shift ahead',
  ],
  ['no date', { role: 'RE', who: 2, first: '2026-13-24|day' }, 'is no shift ahead'],
  ['an unknown role', { role: 'CUST', who: 2, first: '2026-11-24|day' }, 'must be chosen from the list'],
  [
    'a last shift before the first',
    { role: 'RE', who: 2, first: '2026-11-25|day', last: '2026-11-24|day' },
    'cannot be before the first one',
  ],
])('an override with %s is refused', async (_, { who, ...rest }, said) => {
  await withRotas();
  const { lead } = plant.people;
  const inputs = { ...rest, who: site().people[who]?.aadObjectId };
  const { message } = await lead.isRefused(await duty(lead, 'duty'), 'duty_override', inputs);
  expect(message).toContain(said);
});

test('nobody is put in who is away then', async () => {
  await withRotas();
  const { otherQe, lead } = plant.people;
  await otherQe.presses(await duty(otherQe), 'duty_away', away('21:00'));
  const inputs = { role: 'RE', who: otherQe.aadObjectId, first: '2026-11-23|night' };
  const { message } = await lead.isRefused(await duty(lead, 'duty'), 'duty_override', inputs);
  expect(message).toContain('周敏 is away then');
});

test("a customer's guest sees nothing and does nothing", async () => {
  const guest = plant.teams.person('客户 王工');
  const customer = { name: guest.name, aadObjectId: guest.aadObjectId, roles: ['CUST' as const] };
  await withRotas({ people: [...site().people, customer] });
  await guest.says('值班');
  await plant.settle();
  expect(plant.teams.texts(guest).at(-1)).toContain('“值班”需要角色');
  expect(plant.teams.cards(guest)).toEqual([]);
  const card = await duty(plant.people.lead);
  for (const [verb, inputs] of [
    ['duty_away', away('12:00')],
    ['duty_override', { role: 'RE', who: guest.aadObjectId, first: '2026-11-24|day' }],
  ] as const)
    expect(await guest.isRefused(card, verb, inputs)).toMatchObject({ code: 'not_allowed' });
});

test('a record may be given to somebody away: the card says so, and they are not called', async () => {
  await withRotas();
  const { qe, lead } = plant.people;
  await qe.presses(await duty(qe), 'duty_away', away('12:00'));
  await stopCalls();
  const before = plant.teams.messages(qe).length;
  const card = await lead.presses(live(), 'assign', { assignee: qe.aadObjectId });
  expect(JSON.stringify(card)).toMatch(/陈伟(（不在，到 12:00）| \(away until 12:00\))/);
  await plant.settle();
  expect(plant.teams.messages(qe)).toHaveLength(before);
});

test('a restart keeps what was changed, and so does an import of the site file', async () => {
  await withRotas();
  const { re } = plant.people;
  await re.presses(await duty(re), 'duty_away', away('12:00'));
  await plant.restart();
  expect(reads(await duty(re))).toContain('林晓不在');
  await withRotas();
  expect(reads(await duty(re))).toContain('林晓不在');
});
