/** The minutes of a stop get two names: the customer confirms or disputes them, or the engineer records the evidence. */
import { verifyHistory } from '../../src/records/history.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Person } from '../fakes/person.ts';
import { addCustomers, correct } from '../fakes/two-sides.ts';

const minute = 60_000;
const id = 'ESC-20261123-001';
let plant: Plant;
let customer: Person;
let planner: Person;

beforeEach(async () => {
  plant = await startPlant({ pollMs: 60 * minute });
  customer = plant.teams.person('冯宇');
  planner = plant.teams.person('冯工');
});
afterEach(() => plant.stop());

const withCustomers = (...guests: Person[]): Promise<void> => addCustomers(plant, guests);
/** While the process is down; what fell due is done when it is back. */
const sleeps = async (ms: number): Promise<void> => {
  await plant.app.stop();
  await plant.clock.advance(ms);
  await plant.reopen();
  await plant.settle();
};
const corrects = (inputs: Record<string, string>): Promise<void> => correct(plant, id, inputs);
const live = () => plant.teams.cards(plant.main)[0]!;
const mine = (who: Person) => plant.teams.cards(who).filter((card) => reads(card).includes(id));
const last = (who: Person) => mine(who).at(-1)!;
const buttonsOf = (card: unknown): string => JSON.stringify(card);

/** Stopped at 9:40, restored at 10:26 and asked about. Everybody has met the bot. */
async function restored(): Promise<void> {
  const { re, lead } = plant.people;
  for (const who of [lead, customer, planner]) await who.says('帮助');
  await re.says('总装二线停了,9:40开始,右前门线束断料', { in: plant.main });
  await plant.settle();
  await plant.passes(26 * minute);
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.settle();
}

async function asked(): Promise<void> {
  await restored();
  await plant.people.re.presses(live(), 'send_minutes');
  await plant.settle();
}

/** "More" is a card of its own where the record's has no room for it. */
const opened = async (card: ReturnType<typeof live>): Promise<ReturnType<typeof live>> =>
  buttonsOf(card).includes('"verb":"more"') ? plant.people.re.presses(card, 'more') : card;

test('the customer confirms with one press; both sides see it, and the sender is told', async () => {
  await withCustomers(customer);
  await asked();
  const card = last(customer);
  expect(reads(card)).toContain('请核对以下停线数据');
  for (const figure of ['11-23 09:40', '11-23 10:26', '46分钟', '责任方\n客户'])
    expect(reads(card)).toContain(figure);
  expect(reads(live())).toContain('等待答复');
  const after = await customer.presses(card, 'confirm_minutes');
  expect(reads(after)).toContain('贵方已于');
  expect(buttonsOf(after)).not.toContain('confirm_minutes');
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({
    signing: 'confirmed',
    fields: { customer_agrees: true, customer_minutes: 46, customer_cause_side: 'customer' },
  });
  expect(record.history.at(-1)).toMatchObject({
    verb: 'confirm_minutes',
    by: { id: customer.aadObjectId },
    source: 'card',
  });
  expect(verifyHistory(record)).toEqual([]);
  expect(reads(live())).toContain('客户已确认 · 冯宇');
  expect(plant.teams.cards(plant.people.re).some((one) => reads(one).includes(`${id}：客户已确认`))).toBe(
    true,
  );
});

test('a dispute stands beside our figures, with the difference, and is told at once', async () => {
  await withCustomers(customer);
  await asked();
  const { re, lead } = plant.people;
  const refusal = await customer.isRefused(last(customer), 'dispute_minutes', { customer_word: '' });
  expect(refusal.message).toContain('客户意见');
  const early = {
    customer_started_at: '2026-11-23 09:50',
    customer_restored_at: '09:45',
    customer_word: 'x',
  };
  expect((await customer.isRefused(last(customer), 'dispute_minutes', early)).message).toContain('不能早于');
  const answer = await customer.presses(last(customer), 'dispute_minutes', {
    customer_started_at: '09:30',
    customer_cause_side: 'ours',
    customer_word: '线体9:30就停了',
  });
  expect(reads(answer)).toContain('双方数据如下');
  await plant.settle();
  const record = await plant.record(id);
  expect(record.fields).toMatchObject({
    minutes_stopped: 46,
    customer_minutes: 56,
    customer_started_at: '2026-11-23T01:30:00.000Z',
    customer_restored_at: record.fields['restored_at'],
    cause_side: 'customer',
    customer_cause_side: 'ours',
    customer_agrees: false,
  });
  expect(verifyHistory(record)).toEqual([]);
  const shown = reads(live());
  for (const part of ['客户有异议 · 冯宇', '46分钟', '56分钟', '+10分钟', '−10分钟', '线体9:30就停了'])
    expect(shown).toContain(part);
  for (const who of [re, lead])
    expect(
      plant.teams.cards(who).filter((card) => reads(card).includes('客户对停线数据有异议')),
    ).toHaveLength(1);

  // Ours are corrected and sent again: the customer's stay visible until they answer, then both are one.
  await re.presses(await re.presses(await opened(live()), 'edit'), 'edit', {
    started_at: '2026-11-23 09:30',
    reason: '看错表',
  });
  await plant.settle();
  await re.presses(await opened(live()), 'send_minutes');
  await plant.settle();
  await customer.presses(last(customer), 'confirm_minutes');
  await plant.settle();
  const settled = await plant.record(id);
  expect(settled).toMatchObject({
    signing: 'confirmed',
    fields: { minutes_stopped: 56, customer_minutes: 56 },
  });
  expect(settled.fields['customer_word']).toBeUndefined();
  expect(reads(live())).not.toContain('差异');
  const told = settled.history.flatMap((entry) => entry.changes ?? []);
  expect(told).toContainEqual({ field: 'customer_word', to: '线体9:30就停了' });
});

test('minutes in between count neither for us nor for the customer', async () => {
  await withCustomers(customer);
  await restored();
  const { re } = plant.people;
  await plant.passes(10 * minute);
  await re.presses(live(), 'reopen', { reason: '又停了' });
  await plant.passes(4 * minute);
  await re.presses(live(), 'restore', { first_off_ok: 'true' });
  await plant.settle();
  await re.presses(await opened(live()), 'send_minutes');
  await plant.settle();
  const before = await plant.record(id);
  const between = Number(before.fields['minutes_between']);
  expect(between).toBeGreaterThanOrEqual(10);
  await customer.presses(last(customer), 'dispute_minutes', {
    customer_started_at: '09:35',
    customer_word: '早5分钟',
  });
  expect((await plant.record(id)).fields['customer_minutes']).toBe(
    Number(before.fields['minutes_stopped']) + 5,
  );
});

test('a correction after the confirmation makes it void, loudly; another fact does not', async () => {
  await withCustomers(customer);
  await asked();
  const { re, lead } = plant.people;
  await customer.presses(last(customer), 'confirm_minutes');
  await plant.settle();
  await corrects({ vehicles_affected: '12', started_at: '2026-11-23 09:40' });
  expect(await plant.record(id)).toMatchObject({ signing: 'confirmed', fields: { minutes_stopped: 46 } });
  await re.presses(await re.presses(await opened(live()), 'edit'), 'edit', {
    started_at: '2026-11-23 09:30',
    reason: '看错表',
  });
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ signing: 'void', fields: { minutes_stopped: 56, customer_minutes: 46 } });
  expect(record.history.at(-1)?.changes).toContainEqual({ field: '@signing', from: 'confirmed', to: 'void' });
  expect(verifyHistory(record)).toEqual([]);
  expect(reads(live())).toContain('确认已失效');
  expect(reads(live())).toContain('原确认失效');
  for (const who of [re, lead])
    expect(plant.teams.cards(who).some((card) => reads(card).includes('客户确认已失效'))).toBe(true);
  expect(reads(last(customer))).toContain('稍后会再请贵方确认');
  expect(buttonsOf(last(customer))).not.toContain('confirm_minutes');
});

test('nobody of ours confirms for the customer, and the customer changes nothing but their own figures', async () => {
  await withCustomers(customer);
  await asked();
  const { re, lead } = plant.people;
  const card = last(customer);
  const forged = (verb: string, data: Record<string, unknown>) => {
    const press = customer.pressing(card, 'confirm_minutes') as {
      value: { action: { verb: string; data: object } };
    };
    press.value.action.verb = verb;
    Object.assign(press.value.action.data, data);
    return press as unknown as Record<string, unknown>;
  };
  const by = async (who: Person, press: Record<string, unknown>) =>
    who.invokes({ ...press, from: who.activity('invoke')['from'], id: plant.teams.nextId() });
  const before = await plant.record(id);
  for (const who of [re, lead, plant.people.manager])
    expect((await by(who, forged('confirm_minutes', {}))).error?.message).toMatch(
      /角色：客户|roles: customer/,
    );
  expect((await by(plant.stranger, forged('confirm_minutes', {}))).error?.message).toContain('名单');
  for (const inputs of [{ started_at: '09:50' }, { customer_minutes: '1' }])
    expect((await by(customer, forged('confirm_minutes', inputs))).error?.message).toContain('不能填写');
  for (const verb of ['send_minutes', 'record_minutes', 'restore', 'edit', 'comment'])
    expect((await by(customer, forged(verb, { comment: 'x' }))).error).toBeDefined();
  expect((await by(re, forged('edit', { customer_started_at: '09:50' }))).error?.message).toContain(
    '不能填写',
  );
  expect((await plant.record(id)).rev).toBe(before.rev);
  expect(buttonsOf(live())).not.toContain('dispute_minutes');
  // What only our own verbs ask for is left out.
  const said = { customer_word: 'x', cause_side: 'ours', loss: '1' };
  await by(customer, forged('dispute_minutes', said));
  const { fields } = await plant.record(id);
  expect(fields).toMatchObject({ customer_word: 'x', cause_side: 'customer' });
  expect(fields['loss']).toBeUndefined();
});

test("a customer of another site cannot sign; a colleague's answer counts once", async () => {
  await withCustomers(customer, planner);
  const outsider = plant.teams.person('外厂客户');
  const other = { name: '外厂客户', aadObjectId: outsider.aadObjectId, roles: ['CUST' as const] };
  await plant.app.context.sites.put({
    ...plant.app.context.sites.get('demo')!,
    id: 'other',
    people: [other],
    channels: { main: { teamId: '19:other@thread.tacv2', channelId: '19:other@thread.tacv2' } },
  });
  await asked();
  const card = last(customer);
  const old = structuredClone(card);
  plant.teams.answered(old, plant.teams.origin(card));
  const press = outsider.pressing(card, 'confirm_minutes');
  expect((await outsider.invokes({ ...press, id: 'x1' })).error).toBeDefined();
  expect(await plant.record(id)).toMatchObject({ signing: 'sent' });
  const [first, second] = await Promise.all([
    customer.tries(old, 'confirm_minutes'),
    planner.tries(last(planner), 'confirm_minutes'),
  ]);
  expect([first.error ?? first.card, second.error ?? second.card]).not.toContain(undefined);
  const signed = (await plant.record(id)).history.filter(({ verb }) => verb === 'confirm_minutes');
  expect(signed).toHaveLength(1);
});

test('without a customer on the roster the evidence is recorded instead', async () => {
  await restored();
  const { re } = plant.people;
  expect(reads(live())).toContain('名单里没有客户人员');
  expect(buttonsOf(live())).not.toContain('send_minutes');
  const forced = re.pressing(live(), 'reply') as { value: { action: { verb: string } } };
  forced.value.action.verb = 'send_minutes';
  expect((await re.invokes(forced as never)).error?.message).toContain('登记客户意见');
  const evidence = { signed_by: '王工', signed_how: 'email', signed_ref: 'RE: 11-23停线' };
  const without = await re.isRefused(live(), 'record_minutes', {
    ...evidence,
    customer_agrees: 'true',
    signed_ref: '',
  });
  expect(without.message).toContain('依据编号');
  const mixed = { ...evidence, customer_agrees: 'true', customer_restored_at: '10:20' };
  expect((await re.isRefused(live(), 'record_minutes', mixed)).message).toContain('请选“否”');
  const mute = await re.isRefused(live(), 'record_minutes', { ...evidence, customer_agrees: 'false' });
  expect(mute.message).toContain('请写明异议');
  await re.presses(live(), 'record_minutes', {
    ...evidence,
    customer_agrees: 'false',
    customer_restored_at: '10:25',
  });
  await plant.settle();
  expect(await plant.record(id)).toMatchObject({ signing: 'disputed', fields: { customer_minutes: 45 } });
  expect(reads(live())).toContain('客户有异议 · 王工 · 邮件 · RE: 11-23停线');
  await re.presses(live(), 'record_minutes', {
    ...evidence,
    customer_agrees: 'true',
    customer_restored_at: '10:26',
  });
  await plant.settle();
  const record = await plant.record(id);
  expect(record).toMatchObject({ signing: 'confirmed', fields: { customer_minutes: 46 } });
  expect(record.history.at(-1)).toMatchObject({ by: { id: re.aadObjectId } });
  expect(verifyHistory(record)).toEqual([]);
});

test('an answer that does not come is asked for on three working days, then ours are told', async () => {
  await withCustomers(customer);
  await asked();
  const { re, lead } = plant.people;
  const day = 24 * 60 * minute;
  const asks = () => mine(customer).length;
  expect(asks()).toBe(1);
  const unheard = (who: Person) =>
    plant.teams.cards(who).filter((card) => reads(card).includes('客户一直没有答复')).length;
  for (const so of [2, 3, 4]) {
    await sleeps(day);
    expect(asks()).toBe(so);
  }
  expect(unheard(re)).toBe(0);
  await sleeps(day);
  expect([unheard(re), unheard(lead)]).toEqual([1, 1]);
  await sleeps(5 * day);
  expect([asks(), unheard(re)]).toEqual([4, 1]);
  expect(reads(live())).toContain('多次提醒仍无答复');
});

test('a stop that began again takes the question back, and is asked about anew', async () => {
  await withCustomers(customer);
  await asked();
  const { re } = plant.people;
  await re.presses(live(), 'reopen', { reason: '又停了' });
  await plant.settle();
  expect(await plant.record(id)).toMatchObject({ signing: 'void' });
  expect(buttonsOf(last(customer))).not.toContain('confirm_minutes');
  await sleeps(24 * 60 * minute);
  expect(mine(customer)).toHaveLength(1);
  await re.presses(live(), 'restore', { first_off_ok: 'true' });
  await plant.settle();
  expect(reads(live())).toContain('请重新请客户确认');
  await re.presses(await opened(live()), 'send_minutes');
  await plant.settle();
  await customer.presses(last(customer), 'confirm_minutes');
  expect(await plant.record(id)).toMatchObject({ signing: 'confirmed' });
});

test("the customer's card says nothing that is ours alone", async () => {
  await withCustomers(customer);
  await restored();
  const { re, lead, qe } = plant.people;
  await corrects({ loss: '52000' });
  await re.presses(live(), 'comment', { comment: '内部备注别外传' });
  await plant.settle();
  await re.presses(await opened(live()), 'send_minutes');
  await plant.settle();
  const timeline = customer.pressing(last(customer), 'confirm_minutes') as {
    value: { action: { verb: string } };
  };
  timeline.value.action.verb = 'timeline';
  const told = await customer.invokes({ ...timeline, id: 'timeline' });
  expect(reads(told.card)).toContain('产线恢复');
  const shown = JSON.stringify([last(customer), told.card]);
  for (const word of [
    re.name,
    lead.name,
    qe.name,
    '52000',
    '52,000',
    '内部备注',
    '损失',
    '线束断料,',
    '复盘结论',
  ])
    expect(shown).not.toContain(word);
});

test('what is confirmed is what the card showed: figures that were corrected meanwhile are shown first', async () => {
  await withCustomers(customer);
  await asked();
  const old = structuredClone(last(customer));
  plant.teams.answered(old, plant.teams.origin(last(customer)));
  await corrects({ started_at: '2026-11-23 09:30' });
  const shown = await customer.presses(old, 'confirm_minutes');
  expect(reads(shown)).toContain('这张卡片已过时');
  expect(reads(shown)).toContain('56分钟');
  expect(await plant.record(id)).toMatchObject({ signing: 'sent' });
  await customer.presses(shown, 'confirm_minutes');
  expect(await plant.record(id)).toMatchObject({ signing: 'confirmed', fields: { customer_minutes: 56 } });
});

test('a process that dies after the send still asks, and a second send of the same card asks nobody twice', async () => {
  await withCustomers(customer);
  await restored();
  const { re } = plant.people;
  const card = live();
  const again = structuredClone(card);
  plant.teams.answered(again, plant.teams.origin(card));
  await re.presses(card, 'send_minutes');
  await plant.restart();
  await plant.settle();
  expect(mine(customer)).toHaveLength(1);
  const second = await re.tries(again, 'send_minutes');
  expect(reads(second.card)).toContain('这张卡片已过时');
  await plant.settle();
  expect(mine(customer)).toHaveLength(1);
});
