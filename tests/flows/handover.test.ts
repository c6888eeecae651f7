/** A stopped line is handed over: until the other has accepted, it stays with whoever has it. */
import { verifyHistory } from '../../src/records/history.ts';
import type { Person } from '../fakes/person.ts';
import { buttons } from '../fakes/cards.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  for (const person of [plant.people.qe, plant.people.otherQe]) await person.says('帮助');
  await plant.settle();
});
afterEach(() => plant.stop());

const live = () => plant.teams.cards(plant.main)[0]!;
const hands = async (from: Person, to: Person): Promise<void> => {
  await plant.settle();
  await from.presses(live(), 'assign', { assignee: to.aadObjectId });
  await plant.settle();
};
const offers = (to: Person) =>
  plant.teams
    .messages(to)
    .map(({ versions }) => versions[0])
    .filter((sent) => reads(sent).includes('请您接手'));
const told = (who: Person, words: string) =>
  plant.teams.cards(who).filter((card) => reads(card).includes(words));
const titles = (card: Record<string, unknown>) => buttons(card).map(({ action }) => action['title']);

test('offered, accepted: until then it is the first one’s, who is paged and counts as the answer', async () => {
  const { qe, otherQe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await plant.passes(minute);
  await hands(qe, otherQe);
  expect(await plant.record(id)).toMatchObject({ owner: qe.aadObjectId, status: 'acknowledged' });
  expect(reads(live())).toContain('已移交 周敏，10:01 起等待接手');
  expect(reads(live())).toContain('负责人 陈伟');
  expect(offers(otherQe)).toHaveLength(1);
  expect(reads(offers(otherQe)[0])).toContain('接手之前仍由陈伟负责');
  // Handing over is no word on how it goes.
  await plant.passes(2 * minute);
  expect(reads(live())).toContain('响应 10:15 失效');
  await otherQe.presses(plant.teams.card(otherQe), 'accept_offer');
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ owner: otherQe.aadObjectId, status: 'acknowledged' });
  expect(record.offer).toBeUndefined();
  expect(record.history.at(-1)).toMatchObject({ verb: 'accept_offer', by: { id: otherQe.aadObjectId } });
  expect(verifyHistory(record)).toEqual([]);
  expect(reads(live())).toContain('负责人 周敏');
  expect(reads(live())).not.toContain('起等待接手');
  expect(reads(live())).toContain('响应 10:18 失效');
  expect(told(qe, '周敏已接手')).toHaveLength(1);
  expect(reads(plant.teams.cards(otherQe).find((card) => reads(card).includes('已接手 ESC'))!)).toBeTruthy();
  await plant.passes(12 * minute + 5_000);
  expect(told(otherQe, '请更新进展')).toHaveLength(1);
  expect(told(qe, '请更新进展')).toHaveLength(0);
});

test('nobody has it: an offer is no answer, accepting is', async () => {
  const { re, lead, otherQe } = plant.people;
  await plant.passes(minute);
  await hands(re, otherQe);
  expect(await plant.record(id)).toMatchObject({ status: 'open' });
  expect((await plant.record(id)).owner).toBeUndefined();
  expect(reads(live())).toContain('还没有人响应');
  expect(reads(offers(otherQe)[0])).toContain('接手之前没有人负责');
  await plant.passes(4 * minute);
  expect(
    plant.teams.texts(plant.main).some((text) => text.includes('L1 升级') && text.includes(lead.name)),
  ).toBe(true);
  await otherQe.presses(told(otherQe, '请您接手')[0]!, 'accept_offer');
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'acknowledged', owner: otherQe.aadObjectId });
  expect(record.fields['ack_at']).toBeDefined();
  expect(reads(live())).toContain('周敏 接手');
  expect(reads(live())).not.toContain('还没有人响应');
  expect(told(re, '周敏已接手')).toHaveLength(1);
  expect(verifyHistory(record)).toEqual([]);
});

test('accepted twice: the second press shows the same, and nothing is written into the history', async () => {
  const { qe, otherQe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  const card = structuredClone(plant.teams.card(otherQe));
  plant.teams.answered(card, plant.teams.origin(plant.teams.card(otherQe)));
  const both = await Promise.all([otherQe.tries(card, 'accept_offer'), otherQe.tries(card, 'accept_offer')]);
  for (const answer of both) expect(reads(answer.card)).toContain('负责人 周敏');
  await plant.settle();
  const { history } = await plant.record(id);
  expect(history.filter(({ verb }) => verb === 'accept_offer')).toHaveLength(1);
  expect(told(qe, '周敏已接手')).toHaveLength(1);
});

test('only who it was offered to accepts or declines it; others hear whose it is to be', async () => {
  const { qe, otherQe, planner } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  const card = plant.teams.card(otherQe);
  expect((await planner.isRefused(card, 'accept_offer')).message).toContain('这次移交是给周敏的');
  expect((await planner.isRefused(card, 'decline_offer', { reason: 'x' })).message).toContain(
    '这次移交是给周敏的',
  );
  expect((await plant.stranger.isRefused(card, 'accept_offer')).message).toBeTruthy();
  expect((await otherQe.isRefused(card, 'decline_offer', { reason: ' ' })).message).toContain('原因');
  expect(await plant.record(id)).toMatchObject({ owner: qe.aadObjectId });
});

test('declined with a reason, which whoever offered it is told; it stays with the first', async () => {
  const { qe, otherQe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  const after = await otherQe.presses(plant.teams.card(otherQe), 'decline_offer', { reason: '在另一条线上' });
  expect(reads(after)).toContain('这次移交已结束');
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ owner: qe.aadObjectId, status: 'acknowledged' });
  expect(verifyHistory(record)).toEqual([]);
  const [notice] = told(qe, '周敏不接手');
  expect(reads(notice)).toContain('在另一条线上');
  expect(reads(notice)).toContain('仍由陈伟负责');
  expect(reads(live())).toContain('不接手（在另一条线上）');
  expect(reads(live())).not.toContain('起等待接手');
});

test('withdrawn by whoever offered it, or by who may assign; the card of the other says so', async () => {
  const { qe, otherQe, planner } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  expect((await planner.isRefused(live(), 'withdraw_offer')).message).toContain('指派');
  const old = structuredClone(plant.teams.card(otherQe));
  plant.teams.answered(old, plant.teams.origin(plant.teams.card(otherQe)));
  await qe.presses(live(), 'withdraw_offer');
  await plant.settle();
  expect(reads(plant.teams.card(otherQe))).toContain('这次移交已结束');
  expect(titles(plant.teams.card(otherQe))).toEqual(['打开']);
  const gone = await otherQe.isRefused(old, 'accept_offer');
  expect(gone.message).toContain('没有等待接手的移交');
  expect(await plant.record(id)).toMatchObject({ owner: qe.aadObjectId });
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('offered to another instead: the first one’s card is settled, and no answer to it counts', async () => {
  const { qe, otherQe, re } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  await hands(qe, re);
  expect(reads(plant.teams.card(otherQe))).toContain('这次移交已结束');
  expect(reads(live())).toContain('已移交 林晓');
  await re.presses(told(re, '请您接手')[0]!, 'accept_offer');
  expect(await plant.record(id)).toMatchObject({ owner: re.aadObjectId });
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('handed to oneself it is taken', async () => {
  const { otherQe, qe } = plant.people;
  await hands(otherQe, otherQe);
  expect(await plant.record(id)).toMatchObject({ status: 'acknowledged', owner: otherQe.aadObjectId });
  await hands(qe, qe);
  expect(await plant.record(id)).toMatchObject({ status: 'acknowledged', owner: qe.aadObjectId });
  expect(offers(qe).length + offers(otherQe).length).toBe(0);
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('somebody else takes it meanwhile, or it is over: the offer is settled', async () => {
  const { re, qe, otherQe } = plant.people;
  await hands(re, otherQe);
  await qe.presses(live(), 'acknowledge');
  await plant.settle();
  expect(reads(plant.teams.card(otherQe))).toContain('这次移交已结束');
  await hands(qe, otherQe);
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.settle();
  // Both cards: that of the first offer, and this one's.
  expect(told(otherQe, '这次移交已结束')).toHaveLength(2);
  await plant.passes(10 * minute);
  expect(told(qe, '还没有接手')).toHaveLength(0);
});

test('no answer for five minutes: the other is reminded once, whoever offered it is told once', async () => {
  const { qe, otherQe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  await plant.passes(4.9 * minute);
  expect(offers(otherQe)).toHaveLength(1);
  await plant.restart();
  await plant.passes(0.2 * minute);
  expect(offers(otherQe)).toHaveLength(2);
  expect(told(qe, '周敏还没有接手')).toHaveLength(1);
  expect(reads(told(qe, '周敏还没有接手')[0])).toContain('接手之前仍由陈伟负责');
  await plant.restart();
  await plant.passes(6 * minute);
  expect(offers(otherQe)).toHaveLength(2);
  expect(told(qe, '周敏还没有接手')).toHaveLength(1);
  await otherQe.presses(plant.teams.card(otherQe), 'accept_offer');
  expect(await plant.record(id)).toMatchObject({ owner: otherQe.aadObjectId });
});

test('stopped right after it was offered: the other gets it all the same', async () => {
  const { qe, otherQe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await plant.settle();
  plant.teams.fail({ status: 502 });
  await qe.presses(live(), 'assign', { assignee: otherQe.aadObjectId });
  await plant.app.stop();
  await plant.clock.advance(minute);
  await plant.reopen();
  await plant.passes(minute);
  expect(offers(otherQe)).toHaveLength(1);
});

test('English: the offer, its answer', async () => {
  const { qe, lead } = plant.people;
  await lead.says('help');
  await qe.presses(live(), 'acknowledge');
  await hands(qe, lead);
  const card = plant.teams.card(lead);
  expect(reads(card)).toContain('陈伟 asks you to take over');
  expect(reads(card)).toContain('it stays with 陈伟');
  await lead.presses(card, 'decline_offer', { reason: 'in the air' });
  await plant.settle();
  expect(reads(plant.teams.card(lead))).toContain('this hand-over is settled');
  expect((await lead.isRefused(card, 'accept_offer')).message).toContain('No hand-over of');
});

test('a customer’s person or somebody unknown is offered nothing', async () => {
  const site = plant.app.context.sites.get('demo')!;
  await plant.app.context.sites.put({
    ...site,
    people: [...site.people, { name: '冯宇', aadObjectId: 'p-cust', roles: ['CUST'] }],
  });
  for (const assignee of ['p-cust', 'nobody', ''])
    expect((await plant.people.re.isRefused(live(), 'assign', { assignee })).message).toContain(
      '请从名单中选择',
    );
  expect((await plant.record(id)).offer).toBeUndefined();
});

test('an offer that somebody changed in the store is found', async () => {
  const { qe, otherQe } = plant.people;
  await qe.presses(live(), 'acknowledge');
  await hands(qe, otherQe);
  const record = await plant.record(id);
  expect(verifyHistory(record)).toEqual([]);
  const changed = { ...record, offer: { ...record.offer!, to: plant.people.planner.aadObjectId } };
  expect(verifyHistory(changed)).toEqual(['offer differs from what the history gives']);
});
