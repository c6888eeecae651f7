/** A defect, from a sentence in a chat to closed, as the people of the demo site would do it. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

const said = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant();
});
afterEach(() => plant.stop());

/** Drafted and submitted by the engineer in a personal chat. */
async function report() {
  const { re } = plant.people;
  await re.says(said);
  const form = plant.teams.card(re);
  return re.presses(form, 'create', { safety_related: 'false', line_impact: 'none' });
}

test('a sentence gives a prefilled form in which what is missing stands first, and saves no record', async () => {
  const { re } = plant.people;
  await re.says(said);
  const form = plant.teams.card(re);
  const text = reads(form);
  expect(text).toContain('质量问题草稿');
  expect(text).toContain('还差 2 项必填');
  expect(text).not.toMatch(/\$\{|undefined|null|\[object/);
  expect(JSON.stringify(form)).toContain('"value":"HC-3305021"');
  expect(text.indexOf('涉及安全')).toBeLessThan(text.indexOf('零件号'));
  expect(await plant.records()).toEqual([]);
});

test('submitting it saves the record, turns the card into the live one, and tells the quality channel and its people', async () => {
  const { re, qe } = plant.people;
  const card = await report();
  expect(reads(card)).toContain('DEF-20261123-001');
  expect(reads(card)).toContain('已上报');
  await plant.settle();
  const record = await plant.record('DEF-20261123-001');
  expect(record.fields).toMatchObject({
    mode: 'dimension.out_of_tolerance',
    stage: 'incoming',
    qty_ng: 3,
    qty_inspected: 12,
    measured: 8.2,
  });
  const posted = plant.teams.card(plant.quality);
  expect(reads(posted)).toContain('HC-3305021');
  const entities = (posted['msteams'] as { entities: { mentioned: { name: string } }[] }).entities;
  expect(entities.map(({ mentioned }) => mentioned.name)).toContain(qe.name);
  // the form in the chat is the live card now
  expect(reads(plant.teams.cards(re)[0])).toContain('DEF-20261123-001');
});

test('the same form pressed twice, or by two people, gives the one record', async () => {
  const { re, qe } = plant.people;
  await re.says(said);
  const form = plant.teams.card(re);
  const inputs = { safety_related: 'false', line_impact: 'none' };
  const cards = await Promise.all([
    re.presses(form, 'create', inputs),
    re.presses(form, 'create', inputs),
    qe.presses(form, 'create', inputs),
  ]);
  for (const card of cards) expect(reads(card)).toContain('DEF-20261123-001');
  expect(await plant.records()).toHaveLength(1);
});

test('the same message delivered twice gives one form', async () => {
  const { re } = plant.people;
  const activity = re.saying(said);
  await plant.teams.deliver(activity);
  await plant.restart();
  await plant.teams.deliver(activity);
  await plant.settle();
  expect(plant.teams.cards(re)).toHaveLength(1);
});

test('every place of the card follows a press within a second', async () => {
  const { qe } = plant.people;
  await report();
  await plant.settle();
  const posted = plant.teams.card(plant.quality);
  await qe.presses(posted, 'acknowledge');
  await plant.settle();
  for (const card of [plant.teams.card(plant.quality), plant.teams.cards(plant.people.re)[0]])
    expect(reads(card)).toContain('已受理');
});

test('a stale card changes nothing and brings the present one with what happened since', async () => {
  const { qe, otherQe } = plant.people;
  await report();
  await plant.settle();
  const old = structuredClone(plant.teams.card(plant.quality));
  const live = plant.teams.card(plant.quality);
  await qe.presses(live, 'acknowledge');
  plant.teams.answered(old, plant.teams.origin(live));
  const answer = await otherQe.presses(old, 'acknowledge');
  expect(reads(answer)).toContain('这张卡片已过时');
  expect(reads(answer)).toContain('陈伟');
  expect((await plant.record('DEF-20261123-001')).owner).toBe(qe.aadObjectId);
});

test('it goes to closed by the right people, in both languages, and the history holds', async () => {
  const { re, qe, otherQe, lead, manager } = plant.people;
  await report();
  await plant.settle();
  const press = async (who: typeof re, verb: string, inputs: Record<string, unknown> = {}) => {
    await who.presses(plant.teams.card(plant.quality), verb, inputs);
    await plant.settle();
  };
  await press(qe, 'acknowledge');
  await press(re, 'contain', {
    qty_suspect: '9',
    lot: 'L-7',
    containment: '客户线边 9 6 3',
    photos: 'p1.jpg',
  });
  await press(qe, 'analyse');
  await press(manager, 'plan', {
    cause_occurrence: 'worn locating pin',
    cause_escape: 'no check of the hole',
  });
  await press(qe, 'implement');
  expect((await qe.isRefused(plant.teams.card(plant.quality), 'verify')).message).toContain(
    '不能验证自己的措施',
  );
  await press(otherQe, 'verify');
  await press(re, 'accept', { customer_evidence: 'e-mail 2026-11-25' });
  await press(lead, 'close');
  const record = await plant.record('DEF-20261123-001');
  expect(record.status).toBe('closed');
  expect(record.history.map(({ verb }) => verb)).toEqual([
    'create',
    'acknowledge',
    'contain',
    'analyse',
    'plan',
    'implement',
    'verify',
    'accept',
    'close',
  ]);
  expect(verifyHistory(record)).toEqual([]);
});

test('a letter in a number field, a missing fact, a stranger: refused in words, nothing saved, the form stays', async () => {
  const { re } = plant.people;
  await re.says(said);
  const form = plant.teams.card(re);
  const letter = await re.isRefused(form, 'create', {
    safety_related: 'false',
    line_impact: 'none',
    qty_ng: '三x',
  });
  expect(letter.message).toContain('不良数');
  expect(letter.message).toContain('数字');
  expect((await re.isRefused(form, 'create')).message).toContain('涉及安全：必填');
  expect(
    (await plant.stranger.isRefused(form, 'create', { safety_related: 'false', line_impact: 'none' }))
      .message,
  ).toContain('名单');
  expect(await plant.records()).toEqual([]);
  await re.presses(form, 'create', { safety_related: 'false', line_impact: 'none' });
  expect(await plant.records()).toHaveLength(1);
});

test('an English sentence gets an English form, and the record reads Chinese in the Chinese channel', async () => {
  const { re } = plant.people;
  await re.says('Found 4 of 50 door trims scratched at final inspection, P/N 8A0-971-12C, lower left corner');
  const form = plant.teams.card(re);
  expect(reads(form)).toContain('Defect draft');
  await re.presses(form, 'create', { safety_related: 'false', line_impact: 'none' });
  await plant.settle();
  expect(reads(plant.teams.card(plant.quality))).toContain('划伤');
});

test('a discarded form leaves nothing, and says so', async () => {
  const { re } = plant.people;
  await re.says(said);
  const form = plant.teams.card(re);
  expect(reads(await re.presses(form, 'discard'))).toContain('草稿已放弃');
  expect(
    (await re.isRefused(form, 'create', { safety_related: 'false', line_impact: 'none' })).message,
  ).toContain('草稿已失效');
  expect(await plant.records()).toEqual([]);
});
