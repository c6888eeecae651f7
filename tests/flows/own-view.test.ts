/** A card that many see shows each of those who are likely to act what they may do next (Universal Actions). */
import { renderRecord } from '../../src/render/record.ts';
import { withRefresh } from '../../src/render/refresh.ts';
import { bytesOf, maxBytes } from '../../src/render/size.ts';
import { stopAnswered } from '../fixtures/records.ts';
import { sampleView } from '../fixtures/sample-site.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';
import { buttons } from '../fakes/cards.ts';
import type { Person } from '../fakes/person.ts';

const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  const { re, qe, planner } = plant.people;
  await qe.says('帮助');
  await planner.says('帮助');
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
});
afterEach(() => plant.stop());

const live = (): Card => plant.teams.cards(plant.main)[0]!;
const verbs = (card: Card): unknown[] => buttons(card).map(({ action }) => action['verb']);
const refreshOf = (card: Card) =>
  card['refresh'] as { action: Record<string, unknown>; userIds: string[] } | undefined;

/** What a client does when it opens the conversation. */
const looks = (person: Person, card: Card = live(), trigger: 'automatic' | 'manual' = 'automatic') => {
  const origin = plant.teams.origin(card);
  return person.invokes(
    person.activity('invoke', plant.main, {
      name: 'adaptiveCard/action',
      replyToId: origin.messageId,
      value: { action: refreshOf(card)!.action, trigger },
    }),
  );
};

test('it asks those who were met, at most sixty, and no one else', async () => {
  const { re, qe, otherQe } = plant.people;
  const { userIds, action } = refreshOf(live())!;
  expect(userIds).toEqual(expect.arrayContaining([re.userId, qe.userId]));
  // Called as well, but known to nobody yet.
  expect((await plant.record(id)).notified).toContain(otherQe.aadObjectId);
  expect(userIds).not.toContain(otherQe.userId);
  expect(action).toEqual({
    type: 'Action.Execute',
    verb: 'refresh',
    data: { record: id, rev: (await plant.record(id)).rev },
  });
  await otherQe.says('帮助');
  await qe.presses(live(), 'acknowledge');
  await plant.settle();
  expect(refreshOf(live())!.userIds).toContain(otherQe.userId);
});

test('each gets their own buttons, in their own language, and goes on asking; nothing is changed', async () => {
  const { re, planner, lead } = plant.people;
  const before = await plant.record(id);
  const mine = (await looks(re)).card!;
  expect(verbs(mine)).toEqual(expect.arrayContaining(['acknowledge', 'arrive', 'restore']));
  const theirs = (await looks(planner)).card!;
  expect(verbs(theirs)).toContain('acknowledge');
  for (const verb of ['arrive', 'restore', 'cancel', 'merge']) expect(verbs(theirs)).not.toContain(verb);
  expect(refreshOf(theirs)).toEqual(refreshOf(live()));
  await lead.says('language English');
  expect(reads((await looks(lead)).card)).toContain('still stopped');
  expect(await plant.record(id)).toEqual(before);
});

test('whoever presses a button there gets their own view, and the card for all stays for all', async () => {
  const { planner } = plant.people;
  const card = await planner.presses(live(), 'acknowledge');
  expect(verbs(card)).not.toContain('restore');
  expect(refreshOf(card)!.userIds[0]).toBe(planner.userId);
  await plant.settle();
  expect(verbs(live())).toContain('restore');
});

test('a stranger is refused', async () => {
  expect((await looks(plant.stranger)).error?.code).toBe('stranger');
});

test('in a personal chat the card is personal already', async () => {
  const { qe } = plant.people;
  await qe.says(id);
  const card = plant.teams.card(qe);
  expect(refreshOf(card)).toBeUndefined();
  expect(refreshOf(await qe.presses(card, 'acknowledge'))).toBeUndefined();
});

test('a client that asks too often does not use up what its person may do', async () => {
  const { re } = plant.people;
  await plant.stop();
  plant = await startPlant({ pollMs: 10_000, ratePerMinute: 60 });
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  const answers = await Promise.all(Array.from({ length: 80 }, () => looks(plant.people.re)));
  expect(answers.some(({ error }) => error?.code === 'too_fast')).toBe(true);
  expect(re.aadObjectId).toBe(plant.people.re.aadObjectId);
  await plant.people.re.presses(live(), 'arrive');
});

test('sixty people’s ids leave the card what it shows, and under its limit', () => {
  const view = sampleView('zh');
  const long = {
    ...stopAnswered,
    fields: { ...stopAnswered.fields, action_taken: '已安排换线'.repeat(190) },
  };
  const userIds = Array.from({ length: 70 }, (_, index) => `29:1${'x'.repeat(110)}${index}`);
  for (const record of [stopAnswered, long]) {
    const plain = renderRecord(record, view);
    const card = withRefresh(plain, record, userIds);
    expect(bytesOf(card)).toBeLessThanOrEqual(maxBytes);
    expect({ ...card, refresh: undefined }).toEqual({ ...plain, refresh: undefined });
    expect(refreshOf(card)!.userIds.length).toBeGreaterThan(10);
  }
  const short = userIds.map((_, index) => `29:${index}`);
  expect(refreshOf(withRefresh(renderRecord(stopAnswered, view), stopAnswered, short))!.userIds).toHaveLength(
    60,
  );
  expect(refreshOf(withRefresh(renderRecord(stopAnswered, view), stopAnswered, []))).toBeUndefined();
});
