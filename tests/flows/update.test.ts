/** Whoever has a stopped line in hand is asked how it goes before the customer asks; silence goes up the ladder. */
import { actorOf } from '../../src/records/deps.ts';
import { edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import type { Site } from '../../src/site/site.ts';
import { buttons } from '../fakes/cards.ts';
import type { Card } from '../fakes/cards.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Place } from '../fakes/teams-connector.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  // Long enough to be out of the way; how the two meet has tests of its own below.
  await withSite({ ackExpiry: 600 });
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.people.qe.says('帮助');
  await plant.settle();
});
afterEach(() => plant.stop());

const withSite = (change: Partial<Site>): Promise<void> =>
  plant.app.context.sites.put({ ...plant.app.context.sites.get('demo')!, ...change });
const live = () => plant.teams.cards(plant.main)[0]!;
const sent = (words: string, who = plant.people.qe) =>
  plant.teams
    .messages(who)
    .map(({ versions }) => versions[0])
    .filter((first) => reads(first).includes(words));
const asked = (who = plant.people.qe) => sent('请报进展', who);
const missed = () => sent('进展已超时');
/** The question as it stands now. */
const question = (who = plant.people.qe) =>
  plant.teams
    .cards(who)
    .findLast((card) => /请报进展|进展已超时|请更新进展|status, please/.test(reads(card)))!;
const titles = (card: Record<string, unknown>) => buttons(card).map(({ action }) => String(action['title']));
const tap = (title: string) => ({ where: titled(title) });
/** The data of the button with this title, so that one of several with the verb is pressed. */
const titled = (title: string) => buttons(question()).find(({ action }) => action['title'] === title)!.data;
/** Fills in the form of a question; its one-tap buttons bear the same verb. */
async function writes(card: Card, inputs: Record<string, string>): Promise<void> {
  const actions = (card['actions'] as Card[]).filter(({ type }) => type === 'Action.ShowCard');
  const form = { ...card, actions };
  plant.teams.answered(form, plant.teams.origin(card));
  await plant.people.qe.presses(form, 'status', inputs);
}
const levels = () =>
  plant.teams.texts(plant.main).flatMap((text) => /L(\d) 升级[^]*没有进展更新/.exec(text)?.[1] ?? []);
const posts = (where: Place = plant.main) =>
  plant.teams.texts(where).filter((text) => text.includes('**报进展**') || text.includes('**记录决定**'));

/** Quality takes it at 10:01, so that a word is due at 10:31. */
async function taken(): Promise<void> {
  await plant.passes(minute - 1_000);
  await plant.people.qe.presses(live(), 'acknowledge');
  await plant.settle();
}

test('the owner is asked five minutes before it is due, in person, once', async () => {
  await taken();
  expect(reads(live())).toContain('还没有报过进展');
  expect(reads(live())).toContain('下次进展：10:31 前');
  await plant.passes(24 * minute);
  expect(asked()).toHaveLength(0);
  await plant.passes(minute);
  expect(asked()).toHaveLength(1);
  expect(reads(asked()[0])).toContain('已停 26分钟');
  expect(reads(asked()[0])).toContain('请在 10:31 前回复，否则自动升一级');
  await plant.passes(4 * minute);
  expect(asked()).toHaveLength(1);
  expect(asked(plant.people.re)).toHaveLength(0);
});

test('one tap is the answer: saved, posted, on the card, and the time runs anew', async () => {
  const { qe } = plant.people;
  await taken();
  await plant.passes(25 * minute);
  expect(titles(question())).toEqual(
    expect.arrayContaining(['预计 10:41 恢复', '预计 10:56 恢复', '报进展', '升级']),
  );
  await qe.presses(question(), 'status', {}, tap('预计 10:41 恢复'));
  await plant.settle();
  const record = await plant.record(id);
  expect(record.fields).toMatchObject({ status_now: '正在处理', eta: '2026-11-23T02:41:00.000Z' });
  expect(record.history.at(-1)).toMatchObject({
    verb: 'status',
    by: { id: qe.aadObjectId },
    note: '正在处理',
  });
  expect(verifyHistory(record)).toEqual([]);
  expect(posts()).toHaveLength(1);
  expect(posts()[0]).toContain('陈伟：正在处理 · 预计恢复 10:41');
  expect(posts()[0]).toContain(id);
  expect(reads(live())).toContain('最近进展 10:26 陈伟：正在处理 · 预计恢复 10:41');
  expect(reads(live())).toContain('下次进展：10:56 前');
  // The question says that it is answered, and asks nothing any more.
  expect(reads(plant.teams.card(qe))).toContain('进展已收到');
  expect(titles(plant.teams.card(qe))).toEqual(['打开']);
  await plant.passes(10 * minute);
  expect(missed()).toHaveLength(0);
  expect(levels()).toEqual([]);
});

test('where the time is known, one tap keeps it and others put it off; nobody answers with a time that is past', async () => {
  const { qe } = plant.people;
  await taken();
  await qe.presses(live(), 'status', { status_now: '在换料', next_step: '做首件', eta: '10:40' });
  await plant.passes(25 * minute);
  expect(titles(question())).toEqual(
    expect.arrayContaining(['按计划，10:40 恢复', '推迟到 10:55', '推迟到 11:10']),
  );
  const old = structuredClone(question());
  plant.teams.answered(old, plant.teams.origin(question()));
  const later = tap('推迟到 10:55');
  await qe.presses(question(), 'status', {}, tap('按计划，10:40 恢复'));
  await plant.settle();
  expect(posts().at(-1)).toContain('陈伟：按计划推进 · 后续动作 做首件 · 预计恢复 10:40');
  await plant.passes(40 * minute);
  // Pressed long after, on a card that somebody else still has open.
  expect((await qe.isRefused(old, 'status', {}, later)).message).toContain('已经过去');
  expect(reads(question())).toContain('预计恢复 10:40（已过）');
  expect(titles(question()).some((title) => title.startsWith('按计划'))).toBe(false);
});

test('a few words from the live card, by whoever of ours is there; the next step and the time stay until they change', async () => {
  const { re, qe } = plant.people;
  await taken();
  const empty = await re.isRefused(live(), 'status', { next_step: '做首件' });
  expect(empty.message).toContain('现状');
  await re.presses(live(), 'status', { status_now: '在换料', next_step: '做首件', eta: '10:50' });
  await plant.settle();
  expect(posts().at(-1)).toContain('林晓：在换料 · 后续动作 做首件 · 预计恢复 10:50');
  await qe.presses(live(), 'status', { status_now: '首件在测' });
  await plant.settle();
  expect((await plant.record(id)).fields).toMatchObject({ status_now: '首件在测', next_step: '做首件' });
  expect(reads(live())).toContain('最近进展 10:01 陈伟：首件在测 · 后续动作 做首件 · 预计恢复 10:50');
  expect(reads(live())).toContain('报进展：首件在测');
  const past = await qe.isRefused(live(), 'status', { status_now: '再等', eta: '09:59' });
  expect(past.message).toContain('已经过去');
  const planner = await plant.people.planner.isRefused(live(), 'status', { status_now: '在找料' });
  expect(planner.message).toContain('报进展');
  expect((await plant.stranger.isRefused(live(), 'status', { status_now: '在找料' })).message).toBeTruthy();
});

test('a card that was drawn before somebody else acted still takes the word', async () => {
  const { re } = plant.people;
  await taken();
  await plant.passes(25 * minute);
  const old = structuredClone(question());
  plant.teams.answered(old, plant.teams.origin(question()));
  await re.presses(live(), 'arrive');
  await plant.settle();
  await writes(old, { status_now: '料到了' });
  expect((await plant.record(id)).fields['status_now']).toBe('料到了');
});

test('silence: one level up with the reason, the owner told, and then the next time runs', async () => {
  await withSite({ ladder: { S1: ladder(500) } });
  await taken();
  await plant.passes(30 * minute);
  expect(levels()).toEqual(['1']);
  expect(plant.teams.texts(plant.main).at(-1)).toContain('30分钟没有进展更新，自动升级');
  expect(missed()).toHaveLength(1);
  expect(reads(missed()[0])).toContain('30分钟没有进展更新，已升级到 L1');
  expect(reads(live())).toContain('进展已超时：30分钟没有更新');
  expect(reads(live())).toContain('30分钟没有进展更新，自动升级');
  await plant.passes(29 * minute);
  expect(asked()).toHaveLength(2);
  await plant.passes(minute);
  expect(levels()).toEqual(['1', '2']);
  expect(plant.teams.texts(plant.main).at(-1)).toContain('1小时没有进展更新');
  // The top: nobody is left to call, so that only the owner hears of it.
  await plant.passes(30 * minute);
  expect(levels()).toEqual(['1', '2']);
  expect(missed()).toHaveLength(3);
  expect(reads(missed()[2])).not.toContain('已升级');
  await writes(question(), { status_now: '在换料' });
  await plant.passes(5_000);
  expect(reads(live())).not.toContain('超时');
  const record = await plant.record(id);
  expect(record.history.filter(({ verb }) => verb === 'escalate')).toHaveLength(2);
  expect(record.missed).toBeUndefined();
  expect(verifyHistory(record)).toEqual([]);
});

test('nobody is asked while nobody has it, once it is restored, or any more once it is another’s', async () => {
  const { qe, re } = plant.people;
  await withSite({ ladder: {} });
  await plant.passes(40 * minute);
  expect(asked().length + asked(re).length).toBe(0);
  await qe.presses(live(), 'acknowledge');
  await plant.passes(26 * minute);
  expect(asked()).toHaveLength(1);
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.settle();
  expect(reads(plant.teams.cards(qe).find((card) => reads(card).includes('不用再回复'))!)).toBeTruthy();
  await plant.passes(120 * minute);
  expect(asked()).toHaveLength(1);
  expect(missed()).toHaveLength(0);
});

test('a graver case gives its owner the shorter time from then, not one that has passed already', async () => {
  const { qe, re } = plant.people;
  await re.says('总装一线降速,节拍慢了20%', { in: plant.main });
  await plant.settle();
  const slow = 'ESC-20261123-002';
  const card = () => plant.teams.cards(plant.main).find((one) => reads(one).includes(slow))!;
  await withSite({ ladder: {} });
  await qe.presses(card(), 'acknowledge');
  await plant.passes(120 * minute);
  expect(await plant.record(slow)).toMatchObject({ severity: 'S2', status: 'acknowledged' });
  const site = plant.app.context.sites.get('demo')!;
  const actor = actorOf(site, re.aadObjectId, 'card');
  await edit(plant.app.deps, site, actor, { id: slow, rev: undefined, inputs: {}, severity: 'S1' });
  await plant.passes(24 * minute);
  expect(asked()).toHaveLength(0);
  await plant.passes(2 * minute);
  expect(asked()).toHaveLength(1);
  expect(missed()).toHaveLength(0);
});

test('stopped and started again: one question, one level, whatever came between', async () => {
  await withSite({ ladder: { S1: ladder(500) } });
  await taken();
  await plant.app.stop();
  await plant.clock.advance(26 * minute);
  await plant.reopen();
  await plant.passes(15_000);
  expect(asked()).toHaveLength(1);
  await plant.restart();
  await plant.passes(minute);
  expect(asked()).toHaveLength(1);
  await plant.app.stop();
  await plant.clock.advance(100 * minute);
  await plant.reopen();
  await plant.passes(15_000);
  expect(levels()).toEqual(['1']);
  expect(missed()).toHaveLength(1);
});

test('English: the question, its answer and the post', async () => {
  const { lead } = plant.people;
  await withSite({ language: 'en' });
  await lead.says('help');
  await plant.passes(minute - 1_000);
  await lead.presses(live(), 'acknowledge');
  await plant.settle();
  await plant.passes(25 * minute);
  expect(reads(question(lead))).toContain('status, please');
  expect(reads(question(lead))).toContain('without an answer it goes up a level');
  const about = buttons(question(lead)).find(({ action }) => action['title'] === 'Back about 10:41')!;
  await lead.presses(question(lead), 'status', {}, { where: about.data });
  await plant.settle();
  const [post] = plant.teams.texts(plant.main).filter((text) => text.includes('**Status update**'));
  expect(post).toContain('Being worked on · Expected back 10:41');
  expect(reads(plant.teams.card(lead))).toContain('update received');
});

describe('beside a promise that lapses', () => {
  test('the reminder takes the word, and is the question where both are near', async () => {
    await withSite({ ackExpiry: 30 });
    await taken();
    await plant.passes(29 * minute);
    // Both end at 10:31: asked at 10:26, the reminder would have come at 10:28.
    expect(asked().length + sent('请更新进展').length).toBe(1);
    await writes(question(), { status_now: '在换料' });
    await plant.passes(2 * minute);
    expect((await plant.record(id)).status).toBe('acknowledged');
    expect(levels()).toEqual([]);
  });

  test('a promise of a quarter of an hour is asked for by itself, with the same one-tap answers', async () => {
    const { qe } = plant.people;
    await withSite({ ackExpiry: 15 });
    await taken();
    await plant.passes(12 * minute + 5_000);
    expect(sent('请更新进展')).toHaveLength(1);
    await qe.presses(question(), 'status', {}, tap('预计 10:28 恢复'));
    await plant.passes(13 * minute);
    expect((await plant.record(id)).status).toBe('acknowledged');
    expect(sent('请更新进展')).toHaveLength(2);
    expect(asked()).toHaveLength(0);
  });
});

describe('the management’s channel', () => {
  const management: Place = {
    scope: 'channel',
    conversationId: '19:hefei-management@thread.tacv2',
    teamId: '19:hefei-general@thread.tacv2',
  };
  const add = () => {
    const { channels } = plant.app.context.sites.get('demo')!;
    const channelId = management.conversationId;
    return withSite({ channels: { ...channels, management: { teamId: management.teamId!, channelId } } });
  };

  test('gets the card once, and every word and decision in its thread', async () => {
    const { qe, manager, planner } = plant.people;
    await add();
    await taken();
    expect(plant.teams.messages(management)).toHaveLength(0);
    await qe.presses(live(), 'status', { status_now: '在换料' });
    await manager.presses(live(), 'decide', { decision: '空运, 今晚到' });
    await plant.passes(5_000);
    await qe.presses(live(), 'status', { status_now: '做首件' });
    await plant.passes(5_000);
    expect(plant.teams.cards(management)).toHaveLength(1);
    const [card] = plant.teams.messages(management);
    const replies = plant.teams
      .messages(`${management.conversationId};messageid=${card!.id}`)
      .filter(({ id: one }) => one !== card!.id);
    expect(replies.map(({ activity }) => String(activity['text']).split('\n')[0])).toEqual([
      expect.stringContaining('在换料'),
      expect.stringContaining('空运, 今晚到'),
      expect.stringContaining('做首件'),
    ]);
    expect(posts()).toHaveLength(3);
    expect(reads(plant.teams.cards(management)[0])).toContain('做首件');
    const record = await plant.record(id);
    expect(record.fields['decisions']).toEqual(['空运, 今晚到']);
    expect(record.fields['decision']).toBeUndefined();
    expect(record.history.find(({ verb }) => verb === 'decide')).toMatchObject({
      by: { id: manager.aadObjectId },
      note: '空运, 今晚到',
    });
    expect(verifyHistory(record)).toEqual([]);
    expect((await planner.isRefused(live(), 'decide', { decision: 'x' })).message).toContain('记录决定');
    expect((await manager.isRefused(live(), 'decide', { decision: ' ' })).message).toContain('Decision');
  });

  test('that is the main channel hears it once', async () => {
    const { channels } = plant.app.context.sites.get('demo')!;
    await withSite({ channels: { ...channels, management: channels.main } });
    await taken();
    await plant.people.qe.presses(live(), 'status', { status_now: '在换料' });
    await plant.passes(5_000);
    expect(posts()).toHaveLength(1);
  });
});

/** A ladder whose own minutes are out of the way. */
const ladder = (first: number): Site['ladder']['S1'] => [
  { minutes: 0, roles: ['RE', 'BK', 'QE'] },
  { minutes: first, roles: ['LEAD'] },
  { minutes: first + 1, roles: ['DM'] },
];
