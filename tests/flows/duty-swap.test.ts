/** A swap of shifts: offered in the other's own chat, accepted or not, withdrawn, expired; nothing counts before. */
import type { DutyShift } from '../../src/site/duty-change.ts';
import { serving } from '../../src/site/duty.ts';
import { runNamed } from '../../src/site/shifts.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';
import { buttons } from '../fakes/cards.ts';
import type { Person } from '../fakes/person.ts';

const hour = 3_600_000;
let plant: Plant;
let re: Person;
let backup: Person;
/** 林晓 serves by day, 周敏 by night; 赵磊 has no part in it. */
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  ({ re, otherQe: backup } = plant.people);
});
afterEach(() => plant.stop());

const site = () => plant.app.context.sites.get('demo')!;
const who = (date: string, shift: DutyShift['shift']) =>
  serving(site(), 'RE', runNamed(site(), { date, shift })!)?.person;
async function duty(person: Person, said = '值班'): Promise<Card> {
  await person.says(said);
  await plant.settle();
  return plant.teams.card(person);
}
const mine = 'RE|2026-11-24|day';
const theirs = 'RE|2026-11-24|night';
/** @returns the card that the other person got */
async function offered(inputs: Record<string, string> = { theirs }): Promise<Card> {
  const card = await re.presses(await duty(re), 'duty_swap', { mine, with: backup.aadObjectId, ...inputs });
  expect(reads(card)).toContain('✓ 已请对方答复，同意后生效。');
  expect(reads(card)).toContain('林晓 请 周敏 换班：11-24(周二) 白班');
  await plant.settle();
  return plant.teams.card(backup);
}
const told = (person: Person, words: string) =>
  plant.teams.cards(person).filter((card) => reads(card).includes(words));

test('it offers the shifts ahead that are mine, and those of others that I may take', async () => {
  const card = await duty(re);
  const choices = (id: string): { title: string; value: string }[] => {
    const input = buttons(card)
      .flatMap(({ inputs }) => inputs)
      .find((one) => one['id'] === id);
    return (input?.['choices'] ?? []) as { title: string; value: string }[];
  };
  expect(choices('mine')[0]).toEqual({ title: '11-24(周二) 白班 驻厂工程师', value: mine });
  expect(choices('with')).toEqual([{ title: '周敏', value: backup.aadObjectId }]);
  expect(choices('theirs')[0]?.title).toBe('周敏 · 11-23(周一) 夜班 驻厂工程师');
  // Whoever has no shift ahead has nothing to swap.
  expect(buttons(await duty(plant.people.planner)).map(({ action }) => action['verb'])).toEqual([
    'duty_away',
  ]);
});

test('accepted, both shifts change hands, the asker is told, and the channel hears nothing', async () => {
  const offer = await offered();
  expect(reads(offer)).toContain('林晓 请您换班');
  expect(reads(offer)).toContain('请您接：11-24(周二) 白班 · 驻厂工程师');
  expect(reads(offer)).toContain('换您的：11-24(周二) 夜班 · 驻厂工程师');
  expect(who('2026-11-24', 'day')).toBe(re.aadObjectId);
  const answer = await backup.presses(offer, 'duty_accept');
  expect(reads(answer)).toContain('您已同意换班');
  expect([who('2026-11-24', 'day'), who('2026-11-24', 'night')]).toEqual([
    backup.aadObjectId,
    re.aadObjectId,
  ]);
  await plant.settle();
  expect(told(re, '周敏 同意了换班')).toHaveLength(1);
  expect(plant.teams.messages(plant.main)).toEqual([]);
  // Pressed again, it is as it is; to decline is too late.
  await backup.presses(offer, 'duty_accept');
  await plant.settle();
  expect(told(re, '周敏 同意了换班')).toHaveLength(1);
  expect(await backup.isRefused(offer, 'duty_decline')).toMatchObject({ code: 'duty_over' });
  await plant.restart();
  expect(who('2026-11-24', 'day')).toBe(backup.aadObjectId);
});

test('a swap for nothing moves one shift', async () => {
  const offer = await offered({});
  expect(reads(offer)).toContain('不用您还班');
  await backup.presses(offer, 'duty_accept');
  expect([who('2026-11-24', 'day'), who('2026-11-24', 'night')]).toEqual([
    backup.aadObjectId,
    backup.aadObjectId,
  ]);
});

test('declined, nothing changes and the asker is told', async () => {
  const offer = await offered();
  expect(reads(await backup.presses(offer, 'duty_decline'))).toContain('您没有同意换班');
  await plant.settle();
  expect(told(re, '周敏 没有同意换班')).toHaveLength(1);
  expect(who('2026-11-24', 'day')).toBe(re.aadObjectId);
  // It can be offered anew.
  await offered();
});

test('nobody but the person asked can answer', async () => {
  const offer = await offered();
  for (const other of [re, plant.people.lead, plant.people.qe]) {
    expect(await other.isRefused(offer, 'duty_accept')).toMatchObject({ code: 'duty_not_yours' });
    expect(await other.isRefused(offer, 'duty_decline')).toMatchObject({ code: 'duty_not_yours' });
  }
  expect(who('2026-11-24', 'day')).toBe(re.aadObjectId);
});

test('withdrawn, the other is told and can accept it no more', async () => {
  const offer = await offered();
  const card = await duty(re);
  const change = site().dutyChanges?.[0]?.id;
  expect(await plant.people.lead.isRefused(card, 'duty_undo', { change })).toMatchObject({
    code: 'not_allowed',
  });
  await re.presses(card, 'duty_undo', { change });
  await plant.settle();
  expect(told(backup, '林晓 撤回了换班请求')).toHaveLength(1);
  expect(await backup.isRefused(offer, 'duty_accept')).toMatchObject({ code: 'duty_over' });
  expect(who('2026-11-24', 'day')).toBe(re.aadObjectId);
});

test('it expires when the first of its shifts begins, which the asker is told once, over a restart too', async () => {
  const offer = await offered();
  await plant.clock.advance(21 * hour);
  await plant.restart();
  await plant.settle();
  expect(told(re, '已过期')).toEqual([]);
  await plant.clock.advance(hour); // 08:00
  await plant.settle();
  expect(told(re, '周敏 没有答复，换班请求已过期')).toHaveLength(1);
  expect(await backup.isRefused(offer, 'duty_accept')).toMatchObject({ code: 'duty_over' });
  expect(who('2026-11-24', 'day')).toBe(re.aadObjectId);
});

test('an offer whose shift the lead gave away meanwhile cannot be accepted', async () => {
  const { lead } = plant.people;
  const offer = await offered({});
  const inputs = { role: 'RE', who: backup.aadObjectId, first: '2026-11-24|day' };
  await lead.presses(await duty(lead), 'duty_override', inputs);
  const { code, message } = await backup.isRefused(offer, 'duty_accept');
  expect(code).toBe('invalid');
  expect(message).toContain('安排已经变了');
  expect(reads(await backup.presses(offer, 'duty_decline'))).toContain('您没有同意换班');
});

test("an offer can be answered on the duty card too, and is nobody else's business", async () => {
  await offered();
  expect(reads(await duty(plant.people.qe))).not.toContain('换班：');
  const card = await duty(backup);
  await backup.presses(card, 'duty_accept');
  expect(who('2026-11-24', 'day')).toBe(backup.aadObjectId);
});

test('the same offer twice is one; another for the same shift waits until that is withdrawn', async () => {
  await offered();
  const card = await duty(re);
  await re.presses(card, 'duty_swap', { mine, with: backup.aadObjectId, theirs });
  await plant.settle();
  expect(told(backup, '林晓 请您换班')).toHaveLength(1);
  const { message } = await re.isRefused(card, 'duty_swap', { mine, with: backup.aadObjectId });
  expect(message).toContain('已提出换班，请先撤回');
});

test.each<[string, Record<string, string | number>, string]>([
  ["somebody else's shift", { mine: theirs, with: 2 }, '那一班不是您的'],
  ['the shift that runs', { mine: 'RE|2026-11-23|day', with: 2 }, '没有这一班'],
  ['a shift of an unknown role', { mine: 'BOSS|2026-11-24|day', with: 2 }, '请从列表中选择'],
  ['a shift that the site does not have', { mine: 'RE|2026-11-24|mid', with: 2 }, '没有这一班'],
  ['nonsense for a shift', { mine: '../../x', with: 2 }, '请从列表中选择'],
  ['a person without the role', { mine, with: 3 }, '没有“驻厂工程师”角色'],
  ['nobody', { mine }, '请从名单中选择我方人员'],
  ['oneself', { mine, with: 0 }, '请选别人'],
  ['a shift that is not theirs', { mine, with: 2, theirs: 'RE|2026-11-25|day' }, '那一班不是周敏的'],
])('a swap of or with %s is refused', async (_, inputs, said) => {
  const card = await duty(re);
  const filled = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      typeof value === 'number' ? site().people[value]!.aadObjectId : value,
    ]),
  );
  const { code, message } = await re.isRefused(card, 'duty_swap', filled);
  expect(code).toBe('invalid');
  expect(message).toContain(said);
  expect(site().dutyChanges).toBeUndefined();
});

test('nobody is asked to serve while away', async () => {
  await backup.presses(await duty(backup), 'duty_away', {
    from_date: '2026-11-24',
    from_time: '09:00',
    to_date: '2026-11-24',
    to_time: '10:00',
  });
  const { message } = await re.isRefused(await duty(re), 'duty_swap', { mine, with: backup.aadObjectId });
  expect(message).toContain('周敏那时不在');
});
