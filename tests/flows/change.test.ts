/** A change request, from the customer's wish to a promised date. */
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

let plant: Plant;
beforeEach(async () => {
  plant = await startPlant();
});
afterEach(() => plant.stop());

async function captured(said = '客户说E70车型后保险杠追加500套,周五之前要到,质量要求不变') {
  const { re } = plant.people;
  await re.says(said);
  return re.presses(plant.teams.card(re), 'create');
}

test('it is captured with what the customer wants, and posted to the channel', async () => {
  const card = await captured();
  expect(reads(card)).toContain('CR-20261123-001');
  await plant.settle();
  expect((await plant.record('CR-20261123-001')).fields).toMatchObject({
    change_type: 'urgent_order',
    qty_delta: 500,
    unit: 'set',
    requested_due: '2026-11-27',
    quality_requirement: '不变',
  });
  expect(reads(plant.teams.card(plant.main))).toContain('+500');
});

test('review sends it to the departments in person; the manager approves from the card with a promised date', async () => {
  const { re, planner, manager, qe } = plant.people;
  await captured();
  await plant.settle();
  await re.presses(plant.teams.card(plant.main), 'clarify');
  await plant.settle();
  await planner.presses(plant.teams.card(plant.main), 'review');
  await plant.settle();
  for (const person of [qe, manager]) expect(reads(plant.teams.card(person))).toContain('CR-20261123-001');
  const card = plant.teams.card(manager);
  expect(
    (await planner.isRefused(plant.teams.card(plant.main), 'feasible', { promised_due: '2026-11-27' }))
      .message,
  ).toContain('部门经理');
  expect((await manager.isRefused(card, 'feasible', { promised_due: '2026-11-20' })).message).toContain(
    'is in the past',
  );
  expect((await manager.isRefused(card, 'feasible')).message).toContain('Promised date');
  expect(reads(await manager.presses(card, 'feasible', { promised_due: '2026-11-27' }))).toContain(
    'Promised date\nFri 27 Nov',
  );
  await plant.settle();
  expect(await plant.record('CR-20261123-001')).toMatchObject({
    status: 'feasible',
    fields: { promised_due: '2026-11-27' },
  });
  expect(reads(plant.teams.card(plant.main))).toContain('可行');
});

test('said in the channel itself, the form there becomes the card, and the people are called by a line beside it', async () => {
  const { re, planner } = plant.people;
  await re.says('客户说E70车型后保险杠追加500套,周五之前要到,质量要求不变', { in: plant.main });
  await re.presses(plant.teams.card(plant.main), 'create');
  await plant.settle();
  expect(plant.teams.cards(plant.main)).toHaveLength(1);
  expect(reads(plant.teams.card(plant.main))).toContain('CR-20261123-001');
  const called = plant.teams
    .messages(plant.main)
    .find(({ activity }) => String(activity['text']).includes('请处理'));
  expect(JSON.stringify(called?.activity['entities'])).toContain(planner.aadObjectId);
});

test('before and after stand side by side', async () => {
  const { re } = plant.people;
  await re.says('Torque spec for seat bolt goes 45±3 Nm -> 50±3 Nm effective next Monday, drawing rev D');
  await re.presses(plant.teams.card(re), 'create');
  const record = await plant.record('CR-20261123-001');
  expect(record.fields).toMatchObject({
    from_value: '45±3 Nm',
    to_value: '50±3 Nm',
    drawing_rev: 'D',
    effectivity: '2026-11-30',
  });
  await plant.settle();
  const text = reads(plant.teams.cards(re)[0]);
  expect(text).toContain('45±3 Nm');
  expect(text).toContain('50±3 Nm');
});

test('a rejection needs a reason, and carries nothing else of the shared form', async () => {
  const { re, planner, manager } = plant.people;
  await captured();
  await plant.settle();
  await re.presses(plant.teams.card(plant.main), 'clarify');
  await plant.settle();
  await planner.presses(plant.teams.card(plant.main), 'review');
  await plant.settle();
  const card = plant.teams.card(plant.main);
  expect((await manager.isRefused(card, 'reject')).message).toContain('Reason');
  await manager.presses(card, 'reject', { reason: '产能不足', promised_due: '2026-12-01' });
  const record = await plant.record('CR-20261123-001');
  expect(record).toMatchObject({ status: 'rejected', open: false });
  expect(record.fields['promised_due']).toBeUndefined();
  expect(record.history.at(-1)?.note).toBe('产能不足');
});
