/** Records that belong together know of each other, and a stop gives rise to the defect behind it. */
import { verifyHistory } from '../../src/records/history.ts';
import { buttons } from '../fakes/cards.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';

let plant: Plant;
const stop = 'ESC-20261123-001';
const defect = 'DEF-20261123-001';

beforeEach(async () => {
  plant = await startPlant();
  const { re } = plant.people;
  await re.says('总装二线停了,9:40开始,右前门线束断料,料号8A0-971-12C', { in: plant.main });
  await plant.settle();
});
afterEach(() => plant.stop());

const live = () => plant.teams.cards(plant.main)[0]!;
/** The form of linking, as the engineer opens it from the live card. */
const linking = () => plant.people.re.presses(live(), 'link', {}, { where: { form: true } });
const links = async (id: string) => (await plant.record(id)).links;

async function reported(): Promise<void> {
  const { re } = plant.people;
  await re.says('左前门内饰板划伤 12 件,扶手下方');
  await plant.settle();
  const answers = { stage: 'in_process', location: '扶手下方', safety_related: 'false', line_impact: 'none' };
  const form = plant.teams.cards(re).at(-1)!;
  const known = new Set(buttons(form).flatMap(({ inputs }) => inputs.map((input) => input['id'])));
  const asked = Object.entries(answers).filter(([name]) => known.has(name));
  await re.presses(form, 'create', Object.fromEntries(asked));
  await plant.settle();
}

test('linked on one side, it stands on both, each with what has become of the other', async () => {
  await reported();
  const { re, qe } = plant.people;
  await re.presses(await linking(), 'link', { link_to: 'def-20261123-001 ', link_why: 'caused_by' });
  await plant.settle();
  expect(await links(stop)).toEqual([{ to: defect, why: 'caused_by' }]);
  expect(await links(defect)).toEqual([{ to: stop, why: 'gave_rise_to' }]);
  for (const id of [stop, defect]) expect(verifyHistory(await plant.record(id))).toEqual([]);
  expect((await plant.record(defect)).history.at(-1)).toMatchObject({
    verb: 'link',
    by: { id: re.aadObjectId },
    source: 'rule',
  });
  expect(reads(live())).toContain(`起因 **${defect}**`);
  expect(reads(live())).toContain('已上报');
  const shown = await re.presses(live(), 'show', {}, { where: { record: defect } });
  expect(reads(shown)).toContain(`引出 **${stop}**`);
  // What becomes of the one is seen on the other.
  await qe.says(defect);
  await plant.settle();
  await qe.presses(plant.teams.cards(qe).at(-1)!, 'acknowledge');
  await plant.settle();
  expect(reads(live())).toContain('已受理');
  expect((await plant.record(defect)).jobs.filter(({ type }) => type === 'link')).toEqual([]);
  expect(reads(live())).toContain('关联：起因 DEF-20261123-001');
});

test('an unknown record, the record itself and a second link to the same one are refused', async () => {
  await reported();
  const { re } = plant.people;
  const tries = async (link_to: string, link_why = 'related') =>
    (await re.isRefused(await linking(), 'link', { link_to, link_why })).message;
  expect(await tries('DEF-20261123-999')).toContain('没有 DEF-20261123-999');
  expect(await tries(stop)).toContain('不能关联自己');
  expect(await tries('')).toContain('请填写编号');
  expect(await tries(defect, 'whatever')).toContain('请选择关系');
  expect(await links(stop)).toEqual([]);
  await re.presses(await linking(), 'link', { link_to: defect });
  await plant.settle();
  expect(await tries(defect)).toContain('已经关联');
  expect(await re.isRefused(await linking(), 'unlink', { link_to: 'CR-20261123-001' })).toMatchObject({
    message: expect.stringContaining('没有关联'),
  });
  expect(await links(defect)).toHaveLength(1);
});

test('taken back, it is gone on both sides', async () => {
  await reported();
  const { re } = plant.people;
  await re.presses(await linking(), 'link', { link_to: defect });
  await plant.settle();
  await re.presses(await linking(), 'unlink', { link_to: defect });
  await plant.settle();
  for (const id of [stop, defect]) {
    expect(await links(id)).toEqual([]);
    expect(verifyHistory(await plant.record(id))).toEqual([]);
  }
  expect((await plant.record(stop)).linked).toEqual({});
  expect(reads(live())).not.toContain('相关 **');
  expect(reads(live())).toContain('取消关联 DEF-20261123-001');
});

test('the other side follows although the process died in between', async () => {
  await reported();
  const { re } = plant.people;
  const { store } = plant.app.deps;
  // The other side cannot be written until the process has come back.
  const { replace } = store;
  store.replace = (doc, etag) =>
    doc.id === defect ? Promise.reject(new Error('killed')) : replace.call(store, doc, etag);
  await re.presses(await linking(), 'link', { link_to: defect });
  expect(await links(stop)).toHaveLength(1);
  expect(await links(defect)).toEqual([]);
  await plant.restart();
  await plant.clock.advance(60_000);
  await plant.settle();
  expect(await links(defect)).toEqual([{ to: stop, why: 'related' }]);
});

test('a link that one side undid does not come back with news of the other', async () => {
  await reported();
  const { re, qe } = plant.people;
  await re.presses(await linking(), 'link', { link_to: defect });
  await plant.settle();
  await qe.says(defect);
  await plant.settle();
  const { store } = plant.app.deps;
  const { replace } = store;
  // The defect cannot follow yet, and moves on meanwhile.
  let mayFollow = false;
  store.replace = (doc, etag) =>
    doc.id === defect && !mayFollow ? Promise.reject(new Error('killed')) : replace.call(store, doc, etag);
  await re.presses(await linking(), 'unlink', { link_to: defect });
  mayFollow = true;
  await qe.presses(plant.teams.cards(qe).at(-1)!, 'acknowledge');
  await plant.settle();
  expect(await links(stop)).toEqual([]);
  await plant.clock.advance(60_000);
  await plant.settle();
  expect(await links(stop)).toEqual([]);
  expect(await links(defect)).toEqual([]);
});

test('the stop gives a defect form with what it knows, and the two are linked', async () => {
  const { re, qe } = plant.people;
  const form = await re.presses(await linking(), 'give', {}, { where: { kind: 'defect' } });
  const shown = JSON.stringify(form);
  for (const known of ['总装二线', '8A0-971-12C']) expect(shown).toContain(known);
  expect(reads(form)).toContain('右前门线束断料');
  await re.presses(form, 'create', {
    mode: 'missing',
    stage: 'in_process',
    qty_ng: '3',
    location: '右前门',
    safety_related: 'false',
  });
  await plant.settle();
  expect((await plant.record(defect)).fields).toMatchObject({ line: '总装二线', line_impact: 'stop' });
  expect(await links(defect)).toEqual([{ to: stop, why: 'caused_by' }]);
  expect(await links(stop)).toEqual([{ to: defect, why: 'gave_rise_to' }]);
  for (const id of [stop, defect]) expect(verifyHistory(await plant.record(id))).toEqual([]);
  expect(reads(live())).toContain(`引出 **${defect}**`);
  await qe.says(defect);
  await plant.settle();
  expect(reads(plant.teams.cards(qe).at(-1))).toContain(`起因 **${stop}**`);
});

test("a customer's guest neither links nor sees links", async () => {
  await reported();
  const guest = plant.teams.person('冯宇');
  const { sites } = plant.app.context;
  const site = sites.get('demo')!;
  const person = { name: '冯宇', aadObjectId: guest.aadObjectId, roles: ['CUST' as const] };
  await sites.put({ ...site, people: [...site.people, person] });
  await plant.people.re.presses(await linking(), 'link', { link_to: defect });
  await plant.settle();
  await guest.says(stop);
  await plant.settle();
  expect(JSON.stringify(plant.teams.cards(guest).at(-1))).not.toContain(defect);
  expect((await guest.isRefused(await linking(), 'unlink', { link_to: defect })).message).not.toBe('');
  expect(
    (await guest.isRefused(await linking(), 'give', {}, { where: { kind: 'defect' } })).message,
  ).not.toBe('');
  expect(await links(stop)).toHaveLength(1);
});
