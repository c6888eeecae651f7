/** When a stop began is not when it was reported: it can be corrected, with a reason, and everything follows. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
});
afterEach(() => plant.stop());

const live = (): Card => plant.teams.cards(plant.main)[0]!;
const form = (): Promise<Card> => plant.people.re.presses(live(), 'edit', {}, { where: { form: true } });

test('a correction without a reason is refused; with one, start, minutes and the card follow', async () => {
  const { re } = plant.people;
  expect(reads(live())).not.toContain('上报，开始后');
  const sheet = await form();
  expect(reads(sheet)).toContain('更正“开始时间”时必填');
  const { message } = await re.isRefused(sheet, 'edit', { started_at: '9:40' });
  expect(message).toContain('原因：更正“开始时间”时必填');
  expect((await plant.record(id)).fields['started_at']).toBe('2026-11-23T02:00:00.000Z');
  const card = await re.presses(sheet, 'edit', { started_at: '9:40', reason: '看监控录像' });
  expect(reads(card)).toContain('09:40 起，仍在停');
  expect(reads(card)).toContain('10:00 上报，开始后 20分钟');
  const record = await plant.record(id);
  expect(record.fields).toMatchObject({ started_at: '2026-11-23T01:40:00.000Z', minutes_stopped: 20 });
  expect(record.history.findLast(({ verb }) => verb === 'edit')).toMatchObject({ note: '看监控录像' });
  expect(reads(card)).toContain('（看监控录像）');
  expect(verifyHistory(record)).toEqual([]);
});

test('in English too', async () => {
  const { lead } = plant.people;
  await lead.says('language English');
  await lead.says(id);
  const sheet = await lead.presses(plant.teams.card(lead), 'edit', {}, { where: { form: true } });
  expect(reads(sheet)).toContain('required to correct Started at');
  const { message } = await lead.isRefused(sheet, 'edit', { started_at: '9:40' });
  expect(message).toContain('Reason: is required to correct Started at');
  const card = await lead.presses(sheet, 'edit', { started_at: '9:40', reason: 'seen on video' });
  expect(reads(card)).toContain('reported 10:00, 20 min after the start');
});

test('the restart is corrected with a reason as well; telling it the first time needs none', async () => {
  const { re } = plant.people;
  await plant.passes(20 * minute);
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer', restored_at: '10:18' });
  await plant.settle();
  const sheet = await form();
  await re.isRefused(sheet, 'edit', { restored_at: '10:15' });
  await re.presses(sheet, 'edit', { restored_at: '10:15', reason: '节拍记录' });
  expect((await plant.record(id)).fields['minutes_stopped']).toBe(15);
});

test('other facts, and a form saved with the start as it was, need no reason', async () => {
  const { re } = plant.people;
  await re.presses(await form(), 'edit', { cause: '供应商断料' });
  expect((await plant.record(id)).fields['cause']).toBe('供应商断料');
});
