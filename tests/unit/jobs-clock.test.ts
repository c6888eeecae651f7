import { DeliveryError } from '../../src/jobs/messenger.ts';
import { comment, edit } from '../../src/records/edit.ts';
import { move } from '../../src/records/move.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { captured, people, site } from '../fakes/desk.ts';
import { openPostOffice } from '../fakes/post-office.ts';
import type { Letter, PostOffice } from '../fakes/post-office.ts';

const minute = 60_000;
const hour = 60 * minute;
let office: PostOffice;
beforeEach(() => {
  office = openPostOffice();
});
afterEach(() => office.close());

const isReminder = ({ message }: Letter): boolean => message.summary?.includes('逾期:') ?? false;
/** Reminders that went out so far: to whom, and which clocks they named. */
const reminders = (): { to: string; clocks: string[] }[] =>
  office.letters.filter(isReminder).map(({ to, message }) => ({
    to,
    clocks: [...(message.summary ?? '').matchAll(/“(.*?)”/g)].map(([, name]) => name!),
  }));
const clockJobs = (record: RecordDoc) => record.jobs.filter(({ type }) => type === 'clock');

test('whoever owns a record is told when a clock of it runs out, once, and then of the next', async () => {
  const record = await captured(office.desk, 'defect', { line_impact: 'slow' }); // S2: 30 min, 2 h
  await office.shop.advance(30 * minute - 1);
  expect(reminders()).toEqual([]);
  await office.shop.advance(1 + 2_000);
  expect(reminders()).toEqual([{ to: 'a:p-chen', clocks: ['受理'] }]);
  await office.shop.advance(90 * minute);
  expect(reminders().slice(1)).toEqual([{ to: 'a:p-chen', clocks: ['首次回复客户'] }]);
  expect(clockJobs(await office.record(record.id))).toHaveLength(1);
});

test('nobody is told of a clock that was stopped in time, or of a record that is over', async () => {
  const one = await captured(office.desk, 'defect', { line_impact: 'slow' });
  const two = await captured(office.desk, 'defect', { line_impact: 'slow' });
  const { deps } = office.desk;
  await move(deps, site, people.qe, { id: one.id, rev: 1, verb: 'acknowledge' });
  await move(deps, site, people.re, { id: two.id, rev: 1, verb: 'cancel', reason: '重复' });
  await office.shop.advance(hour);
  expect(reminders()).toEqual([]);
  expect(clockJobs(await office.record(two.id))).toEqual([]);
});

test('what ran out while no process was there is told after the start, all of it, once', async () => {
  const record = await captured(office.desk, 'escalation'); // S1: 5 min, 30 min, 60 min
  await office.shop.runner.stop();
  await office.desk.clock.advance(3 * hour);
  await office.restart();
  await office.shop.advance(10 * minute);
  expect(reminders()).toHaveLength(new Set(reminders().map(({ to }) => to)).size);
  expect(reminders().flatMap(({ clocks }) => clocks)).toEqual(
    expect.arrayContaining(['响应', '首次回复客户', '到达现场']),
  );
  await office.restart();
  await office.shop.advance(hour);
  const each = reminders().map(({ to, clocks }) => `${to} ${clocks.join()}`);
  expect(each).toEqual([...new Set(each)]);
  expect(clockJobs(await office.record(record.id))).toEqual([]);
});

test('a change between the due time and the first process after it loses no reminder', async () => {
  const record = await captured(office.desk, 'defect', { line_impact: 'slow' });
  await office.shop.runner.stop();
  await office.desk.clock.advance(hour);
  // Somebody writes before the runner has looked around.
  await comment(office.desk.deps, site, people.pp, { id: record.id, text: '已通知仓库' });
  await office.restart();
  await office.shop.advance(10 * minute); // the write's lease has to end first
  expect(reminders()).toEqual([{ to: 'a:p-chen', clocks: ['受理'] }]);
});

test('a severity that is raised past a due time tells of it at once', async () => {
  const record = await captured(office.desk, 'defect');
  await office.shop.advance(10 * minute);
  await edit(office.desk.deps, site, people.re, { id: record.id, rev: 1, inputs: {}, severity: 'S1' });
  await office.shop.advance(1_000);
  expect(reminders()).toEqual([{ to: 'a:p-chen', clocks: ['受理'] }]);
});

test('one who cannot be reached any more does not keep the others from being told', async () => {
  office.before = (to) => {
    if (to === 'a:p-chen') throw new DeliveryError('gone', 'blocked');
  };
  const record = await captured(office.desk, 'escalation'); // without owner: whoever may restore it or answer
  await office.shop.advance(5 * minute + 1_000);
  expect(reminders().length).toBeGreaterThan(0);
  expect(clockJobs(await office.record(record.id)).filter(({ failed }) => failed)).toEqual([]);
});

test('while Teams is out the reminder waits, and comes when Teams is back', async () => {
  await captured(office.desk, 'defect', { line_impact: 'slow' });
  let out = true;
  office.before = (to) => {
    if (out && to.startsWith('a:')) throw new DeliveryError('later', '503');
  };
  await office.shop.advance(35 * minute);
  expect(reminders()).toEqual([]);
  out = false;
  await office.shop.advance(10 * minute);
  expect(reminders()).toEqual([{ to: 'a:p-chen', clocks: ['受理'] }]);
});

test('a reminder that had to be given up stays visible, and the next clock runs all the same', async () => {
  const record = await captured(office.desk, 'defect', { line_impact: 'slow' });
  let out = true;
  office.before = (to) => {
    if (out && to.startsWith('a:')) throw new DeliveryError('later', '503');
  };
  await office.shop.advance(2 * hour);
  const given = await office.record(record.id);
  expect(clockJobs(given).filter(({ failed }) => failed)).toHaveLength(1);
  expect(clockJobs(given).filter(({ failed }) => !failed)).toHaveLength(1);
  out = false;
  await office.shop.advance(30 * hour);
  expect(reminders().flatMap(({ clocks }) => clocks)).toContain('D3 围堵');
});

test('who is about to be called by name in a channel is not told of the same record in person as well', async () => {
  await captured(office.desk, 'defect', { line_impact: 'slow' });
  let out = true;
  office.before = () => {
    if (out) throw new DeliveryError('later', '503');
  };
  await office.shop.advance(35 * minute);
  out = false;
  await office.shop.advance(10 * minute);
  const called = office.letters.filter(({ message }) =>
    JSON.stringify(message.card).includes('"id":"p-chen"'),
  );
  expect(called.map(({ to, of }) => [to, of])).toContainEqual(['channel quality', undefined]);
  expect(office.letters.filter(({ to }) => to === 'a:p-chen')).toEqual([]);
});
