/** A stopped line: tag the bot, and everybody who must know does. */
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant();
});
afterEach(() => plant.stop());

const said = '总装二线停了!!右前门线束 P/N 8A0-971-12C 断料,9:40停到现在,急🔥';

async function tagged() {
  await plant.people.re.says(said, { in: plant.main });
  await plant.settle();
  return plant.teams.cards(plant.main)[0]!;
}

test('tagging the bot saves at once, and the live card in that thread calls the duty people', async () => {
  const card = await tagged();
  const record = await plant.record('ESC-20261123-001');
  expect(record).toMatchObject({
    severity: 'S1',
    status: 'open',
    fields: {
      line: '总装二线',
      part_no: '8A0-971-12C',
      started_at: '2026-11-23T01:40:00.000Z',
      ongoing: true,
      minutes_stopped: 20,
    },
  });
  expect(reads(card)).toContain('20');
  expect(reads(card)).toContain('还没有人响应');
  expect(reads(card)).toContain('断料');
  expect(reads(card)).not.toContain('shortage');
  const { entities } = card['msteams'] as { entities: { mentioned: { id: string; name: string } }[] };
  expect(entities.map(({ mentioned }) => mentioned.name).sort()).toEqual(
    [plant.people.qe.name, plant.people.otherQe.name].sort(),
  );
  const [first] = plant.teams.messages(plant.main);
  expect(first?.conversationId).toContain(';messageid=');
});

test('answer, arrive, restore with first-off OK only; minutes stand still then', async () => {
  const { re, qe, lead } = plant.people;
  const live = await tagged();
  const answered = await qe.presses(live, 'acknowledge');
  expect(reads(answered)).toContain('陈伟');
  await plant.settle();
  await re.presses(plant.teams.cards(plant.main)[0]!, 'arrive');
  await plant.clock.advance(15 * 60_000);
  await plant.settle();
  const now = plant.teams.cards(plant.main)[0]!;
  expect((await re.isRefused(now, 'restore', { first_off_ok: 'false' })).message).toContain('首件合格');
  expect((await lead.isRefused(now, 'restore', { first_off_ok: 'true' })).message).toContain(
    'resident engineer',
  );
  await re.presses(now, 'restore', { first_off_ok: 'true', cause_side: 'ours' });
  await plant.settle();
  const record = await plant.record('ESC-20261123-001');
  expect(record.status).toBe('restored');
  expect(record.fields['minutes_stopped']).toBe(35);
  await plant.clock.advance(60 * 60_000);
  expect(reads(plant.teams.cards(plant.main)[0])).toContain('35');
});

test('missing facts are asked one at a time, and answered by a press, by a word, or passed over', async () => {
  const { re } = plant.people;
  await re.says(said);
  await plant.settle();
  const asked = () => plant.teams.cards(re).at(-1)!;
  expect(reads(asked())).toContain('责任方');
  await re.presses(asked(), 'edit', { cause_side: 'ours' });
  await plant.settle();
  expect(reads(asked())).toContain('影响车辆');
  await re.says('12台');
  await plant.settle();
  expect((await plant.record('ESC-20261123-001')).fields).toMatchObject({
    cause_side: 'ours',
    vehicles_affected: 12,
  });
  expect(reads(asked())).toContain('预计恢复');
  await re.presses(asked(), 'skip');
  await plant.settle();
  await re.presses(asked(), 'skip');
  await plant.settle();
  expect(reads(asked())).toContain('信息已齐');
});

test('chat that goes on while a question stands open is no answer; what can be checked is, and is confirmed', async () => {
  const { re } = plant.people;
  await re.says('停线了!快来人');
  await plant.settle();
  const [before] = await plant.records();
  for (const chat of ['谢谢大家,我去吃饭了', 'Line 2 is back up', '好的']) await re.says(chat);
  await plant.settle();
  expect((await plant.record(before!.id)).fields['line']).toBeUndefined();
  await re.says('Line 2');
  await plant.settle();
  expect((await plant.record(before!.id)).fields['line']).toBe('总装二线');
  expect(plant.teams.texts(re).at(-1)).toContain('总装二线');
  await re.says('8A0-971-12C');
  await plant.settle();
  expect((await plant.record(before!.id)).fields['part_no']).toBe('8A0-971-12C');
});

test('"it runs again" brings the card with its restore button, and stops no clock by itself', async () => {
  const { re } = plant.people;
  await re.says('总装二线停了,9:40开始,右前门线束断料');
  await plant.settle();
  await re.says('总装二线恢复了');
  await plant.settle();
  expect(plant.teams.texts(re).at(-1)).toContain('首件');
  await re.presses(plant.teams.card(re), 'restore', { first_off_ok: 'true' });
  expect(await plant.record('ESC-20261123-001')).toMatchObject({
    status: 'restored',
    fields: { ongoing: false },
  });
});

test('a false alarm that was cancelled says so, and calls nobody any more', async () => {
  const { re } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.settle();
  await re.presses(plant.teams.cards(plant.main)[0]!, 'cancel', { reason: '误报' });
  await plant.settle();
  const text = reads(plant.teams.cards(plant.main)[0]);
  expect(text).toContain('已取消');
  expect(text).not.toContain('请处理');
  expect(text).not.toContain('已恢复');
});

test('a time of return before the stop is refused', async () => {
  const { re } = plant.people;
  await re.says('总装二线停了,9:40开始,右前门线束断料');
  await plant.settle();
  const card = plant.teams.cards(re)[0]!;
  const form = await re.presses(card, 'edit');
  const page = JSON.stringify(form).includes('"id":"eta"')
    ? form
    : await re.presses(form, 'edit', {}, { where: { page: 2 } });
  expect((await re.isRefused(page, 'edit', { eta: '2026-11-20 10:00' })).message).toContain('停线开始');
});

test('an answer counts although the case moved on meanwhile, unless somebody else gave it', async () => {
  const { re, qe } = plant.people;
  await re.says(said);
  await plant.settle();
  const question = plant.teams.cards(re).at(-1)!;
  const old = structuredClone(question);
  plant.teams.answered(old, plant.teams.origin(question));
  await qe.presses(plant.teams.cards(plant.main)[0]!, 'acknowledge');
  await re.presses(old, 'edit', { cause_side: 'ours' });
  expect((await plant.record('ESC-20261123-001')).fields['cause_side']).toBe('ours');
  expect(reads(await re.presses(old, 'edit', { cause_side: 'customer' }))).toContain('这张卡片已过时');
  expect((await plant.record('ESC-20261123-001')).fields['cause_side']).toBe('ours');
});

test('said in a personal chat it stands there and in the channel, and both follow', async () => {
  const { re, qe } = plant.people;
  await re.says(said);
  await plant.settle();
  await qe.presses(plant.teams.cards(plant.main)[0]!, 'acknowledge');
  await plant.settle();
  expect(reads(plant.teams.cards(re)[0])).toContain('已响应');
  expect(reads(plant.teams.cards(plant.main)[0])).toContain('已响应');
});

test('a word alone is enough; the line is then the first question', async () => {
  const { re } = plant.people;
  await re.says('停线了!快来人', { in: plant.main });
  await plant.settle();
  const [record] = await plant.records();
  expect(record).toMatchObject({
    kind: 'escalation',
    severity: 'S1',
    fields: { ongoing: true, started_at: '2026-11-23T02:00:00.000Z' },
  });
  expect(reads(plant.teams.cards(plant.main).at(-1))).toContain('产线');
});

test('in English: the card for the engineer is English, the channel keeps its language', async () => {
  const { re } = plant.people;
  await re.says('Line 2 down since 09:50, missing front bumper, pls call');
  await plant.settle();
  expect(reads(plant.teams.cards(re)[0])).toContain('Still stopped'.slice(0, 5));
  expect(reads(plant.teams.cards(re)[0])).not.toMatch(/还没有人响应/);
  expect(reads(plant.teams.cards(plant.main)[0])).toContain('还没有人响应');
});

test('a stop that is over is recorded with its minutes', async () => {
  const { re } = plant.people;
  await re.says('B线换模后首件尺寸OK,停线共47分钟(9:05-9:52),已恢复,原因我司卡具定位销断');
  await plant.settle();
  const [record] = await plant.records();
  expect(record?.fields).toMatchObject({
    line: 'B线',
    minutes_stopped: 47,
    ongoing: false,
    cause_side: 'ours',
  });
});

test('the clock of the answer runs out: those who must answer are told', async () => {
  await tagged();
  const { qe } = plant.people;
  await qe.says('帮助');
  await plant.clock.advance(5 * 60_000);
  await plant.settle();
  expect(plant.teams.cards(qe).some((card) => reads(card).includes('ESC-20261123-001 逾期'))).toBe(true);
});
