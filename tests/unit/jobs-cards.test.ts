import { move } from '../../src/records/move.ts';
import { settle } from '../fakes/clock.ts';
import { captured, people, site } from '../fakes/desk.ts';
import { openPostOffice } from '../fakes/post-office.ts';
import type { PostOffice } from '../fakes/post-office.ts';

let office: PostOffice;
beforeEach(() => {
  office = openPostOffice();
});
afterEach(() => office.close());

/** The status that the card in a conversation shows last. */
const shown = (to: string): string => {
  const last = office.letters.filter((letter) => letter.to === to && letter.message.card).at(-1);
  return JSON.stringify(last?.message.card);
};

test('cards in every place follow a change within a second, several changes by one update', async () => {
  const record = await captured(office.desk, 'defect');
  const before = office.letters.length;
  const { deps } = office.desk;
  await move(deps, site, people.qe, { id: record.id, rev: 1, verb: 'acknowledge' });
  await move(deps, site, people.re, { id: record.id, rev: 2, verb: 'reply' });
  await office.shop.advance(1_000);
  const updates = office.letters.slice(before).filter(({ of }) => of);
  expect(updates.map(({ to }) => to)).toEqual(['channel quality']);
  expect(shown('channel quality')).toContain('已受理');
});

test('a record that moves while its card is under way is shown as it is in the end', async () => {
  let opens = (): void => {};
  const passed = new Promise<void>((resolve) => (opens = resolve));
  office.before = (to) => (to === 'channel quality' ? passed : undefined);
  const record = await captured(office.desk, 'defect');
  await settle();
  await move(office.desk.deps, site, people.qe, { id: record.id, rev: 1, verb: 'acknowledge' });
  opens();
  await office.shop.advance(1_000);
  expect(shown('channel quality')).toContain('已受理');
  expect((await office.record(record.id)).cards).toHaveLength(1);
});

test('an update that is overtaken by a later one is followed by the state as it is', async () => {
  const record = await captured(office.desk, 'defect');
  await office.shop.advance(1_000);
  const { deps } = office.desk;
  let opens = (): void => {};
  const passed = new Promise<void>((resolve) => (opens = resolve));
  let held = 0;
  office.before = (_to, of) => (of && (held += 1) === 1 ? passed : undefined);
  await move(deps, site, people.qe, { id: record.id, rev: 1, verb: 'acknowledge' });
  await office.desk.clock.advance(400); // the first update is under way, and held up
  await move(deps, site, people.re, {
    id: record.id,
    rev: 2,
    verb: 'contain',
    inputs: { qty_inspected: 9, qty_suspect: 3, lot: 'L', containment: '在途 1 1 0', photos: 'a' },
  });
  await office.desk.clock.advance(400); // the second goes out
  opens();
  await office.shop.advance(2_000);
  expect(shown('channel quality')).toContain('已围堵');
});
