/** One stop, one record: whoever reports it again joins it, and a stop again soon after is the same one. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
const said = '总装二线停线,右前门线束断料';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
});
afterEach(() => plant.stop());

const live = () => plant.teams.cards(plant.main)[0]!;
const restores = async (): Promise<void> => {
  await plant.people.re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.settle();
};
const ids = async (): Promise<string[]> => (await plant.records()).map((record) => record.id);

test('a second report of a line that stands joins the first, in the words of whoever made it, and says so', async () => {
  const { re, otherQe } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.passes(3 * minute);
  await otherQe.says('Line 2 停线了,快来人', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([id]);
  const record = await plant.record(id);
  expect(record.history.at(-1)).toMatchObject({
    verb: 'join',
    by: { name: otherQe.name },
    note: 'Line 2 停线了,快来人',
  });
  expect(verifyHistory(record)).toEqual([]);
  const [first, second] = plant.teams
    .cards(plant.main)
    .filter((card) => reads(card).includes('已停') || reads(card).includes('仍在停'));
  for (const card of [first, second]) {
    expect(reads(card)).toContain('另有 1 人次报告同一次停线,已并入'.replace(',', '，'));
    expect(reads(card)).toContain('Line 2 停线了,快来人');
  }
  await plant.people.qe.presses(second!, 'acknowledge');
  await plant.settle();
  expect(reads(live())).toContain('已响应');
});

test('in a personal chat the answer is the live card that stands in the channel', async () => {
  const { re, otherQe } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.settle();
  await otherQe.says('二线停了,缺线束');
  await plant.settle();
  expect(await ids()).toEqual([id]);
  expect(reads(plant.teams.card(otherQe))).toContain(id);
  expect(reads(plant.teams.card(otherQe))).toContain('已并入');
});

test('the same person in the same thread gets a word, not a second card', async () => {
  const { re } = plant.people;
  await re.says(said);
  await plant.settle();
  const before = plant.teams.cards(re).filter((card) => reads(card).includes(id)).length;
  await re.says('总装二线停线');
  await plant.settle();
  expect(await ids()).toEqual([id]);
  expect(plant.teams.texts(re).at(-1)).toContain(`这次停线已有 ${id}`);
  expect(plant.teams.cards(re).filter((card) => reads(card).includes(id))).toHaveLength(before);
});

test('another line is another record, and so is what nobody named a line for', async () => {
  const { re } = plant.people;
  await re.says(said, { in: plant.main });
  await re.says('总装一线停线', { in: plant.main });
  await re.says('停线了!快来人', { in: plant.main });
  await re.says('停线了!快来人', { in: plant.main });
  await plant.settle();
  expect(await ids()).toHaveLength(4);
});

test('what only slowed and now stands is graver: the record follows', async () => {
  const { re, qe } = plant.people;
  await re.says('总装二线降速,节拍从60秒降到90秒,线束来料慢', { in: plant.main });
  await plant.settle();
  expect(await plant.record(id)).toMatchObject({ severity: 'S2', fields: { type: 'line_slow' } });
  await qe.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([id]);
  expect(await plant.record(id)).toMatchObject({ severity: 'S1', fields: { type: 'line_stop' } });
  expect(verifyHistory(await plant.record(id))).toEqual([]);
});

test('again within an hour of the restart: the record is reopened, and the time it ran does not count', async () => {
  const { re, qe } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.passes(20 * minute);
  await restores();
  await plant.passes(40 * minute);
  await qe.says('总装二线又停线了', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([id]);
  const record = await plant.record(id);
  expect(record).toMatchObject({ status: 'open', fields: { ongoing: true } });
  expect(record.history.at(-1)).toMatchObject({ verb: 'reopen', note: '总装二线又停线了' });
  await plant.passes(10 * minute);
  await restores();
  const again = await plant.record(id);
  expect(again.fields['minutes_stopped']).toBe(30);
  expect(verifyHistory(again)).toEqual([]);
});

test('later than that it is another stop', async () => {
  const { re } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.passes(20 * minute);
  await restores();
  await plant.passes(61 * minute);
  await re.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([id, 'ESC-20261123-002']);
  await plant.passes(minute);
  await re.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await ids()).toHaveLength(2);
  expect((await plant.record('ESC-20261123-002')).joined).toHaveLength(1);
});

test('a stop that was over before this one began is its own record', async () => {
  const { re } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.settle();
  await re.says('总装二线停线共20分钟(8:05-8:25),已恢复', { in: plant.main });
  await plant.settle();
  expect(await ids()).toHaveLength(2);
  expect((await plant.record(id)).joined).toBeUndefined();
});

test('a false alarm that was cancelled holds nobody', async () => {
  const { re, lead } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.settle();
  await lead.presses(live(), 'cancel', { reason: '误报' });
  await re.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await ids()).toEqual([id, 'ESC-20261123-002']);
});

test('many reports at the same moment give one record', async () => {
  const people = Object.values(plant.people);
  const says = people.map((person, index) => person.says(said, index % 2 ? { in: plant.main } : {}));
  await plant.pump(Promise.all(says));
  await plant.passes(20_000);
  const records = await plant.records();
  expect(records).toHaveLength(1);
  expect(records[0]?.joined).toHaveLength(people.length - 1);
  expect(records[0]?.history.filter(({ verb }) => verb === 'join')).toHaveLength(people.length - 1);
  expect(verifyHistory(records[0]!)).toEqual([]);
});

test('who claimed the line died before the record was made: the next report makes it, and joins it', async () => {
  const { re, qe } = plant.people;
  const { store } = plant.app.deps;
  const { create } = store;
  store.create = async (doc) => {
    if (doc.type === 'record') throw new Error('this process is dead');
    return create.call(store, doc);
  };
  await re.says(said, { in: plant.main }).catch(() => undefined);
  store.create = create;
  expect(await plant.records()).toEqual([]);
  await qe.says('总装二线停线', { in: plant.main });
  await plant.settle();
  const records = await plant.records();
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ reporter: { name: re.name }, fields: { part_name: '右前门线束' } });
  expect(records[0]?.joined).toHaveLength(1);
});

test('and without another report it is made all the same', async () => {
  const { store } = plant.app.deps;
  const { create } = store;
  store.create = async (doc) => {
    if (doc.type === 'record') throw new Error('this process is dead');
    return create.call(store, doc);
  };
  await plant.people.re.says(said, { in: plant.main }).catch(() => undefined);
  store.create = create;
  await plant.passes(30_000);
  expect(await plant.records()).toHaveLength(1);
});

test('a form for a line that stands becomes its live card', async () => {
  const { re, qe } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.settle();
  await qe.says('停线升级');
  await plant.settle();
  const form = plant.teams.card(qe);
  const card = await qe.presses(form, 'create', {
    type: 'line_stop',
    line: '总装二线',
    started_at: '10:00',
    ongoing: 'true',
    cause_side: 'unknown',
  });
  expect(reads(card)).toContain('已并入');
  await plant.settle();
  expect(await ids()).toEqual([id]);
});
