/** The extension's search: records found by id, words or part, dropped into a conversation for others to read. */
import type { RecordDoc } from '../../src/records/record.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import { buttons } from '../fakes/cards.ts';
import { searches } from '../fakes/extension.ts';
import type { Person } from '../fakes/person.ts';
import type { Place } from '../fakes/teams-connector.ts';

let plant: Plant;
let record: RecordDoc;
const defect = '仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1';

beforeEach(async () => {
  plant = await startPlant();
  const { re } = plant.people;
  await re.says(defect);
  await re.presses(plant.teams.card(re), 'create', { safety_related: 'false', line_impact: 'none' });
  await plant.settle();
  record = await plant.record('DEF-20261123-001');
});
afterEach(() => plant.stop());

const elsewhere: Place = { scope: 'groupChat', conversationId: '19:others@thread.v2' };
const finds = (person: Person, words?: string, place: Place = plant.main) =>
  searches(plant.teams, person, words, place);

async function guest(): Promise<Person> {
  const person = plant.teams.person('客户 王工');
  const customer = { name: person.name, aadObjectId: person.aadObjectId, roles: ['CUST' as const] };
  const { sites } = plant.app.context;
  const site = sites.all()[0]!;
  await sites.put({ ...site, people: [...site.people, customer] });
  return person;
}

test.each(['DEF-20261123-001', 'def-20261123-001 ', 'HC-3305021', '横梁', '横梁 HC-3305021', '3305021'])(
  '"%s" finds it, in one line and with its card',
  async (words) => {
    const { results } = await finds(plant.people.re, words);
    expect(results).toHaveLength(1);
    expect(results[0]!.title).toContain('DEF-20261123-001 · 仪表板横梁');
    expect(results[0]!.text).toMatch(/S\d .+ · 已上报 · .+到期/);
    expect(reads(results[0]!.card)).toContain('HC-3305021');
    expect(reads(results[0]!.card)).toContain('11-23 10:00 的状态');
  },
);

test('nothing found, in words that help, in the language of the person', async () => {
  expect((await finds(plant.people.re, '不存在的东西')).message).toContain('没有找到');
  expect((await finds(plant.people.re, 'DEF-20261123-999')).message).toContain('没有找到');
  await plant.people.re.says('language English');
  expect((await finds(plant.people.re, 'zebra')).message).toContain('Nothing found');
});

test('without words: what waits for the person first, then what is open, each once', async () => {
  await plant.people.re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  const { results } = await finds(plant.people.qe);
  expect(results.map(({ title }) => title.split(' ')[0])).toEqual(['ESC-20261123-001', 'DEF-20261123-001']);
});

test('the dropped card has one button, which gives whoever presses it their own view', async () => {
  const { results } = await finds(plant.people.re, record.id);
  const { card } = results[0]!;
  expect(buttons(card).map(({ action }) => action['verb'])).toEqual(['show']);
  plant.teams.answered(card, { conversationId: plant.main.conversationId, messageId: 'dropped' });
  const own = await plant.people.qe.presses(card, 'show');
  expect(buttons(own).map(({ action }) => action['verb'])).toContain('acknowledge');
  expect((await plant.stranger.isRefused(card, 'show')).message).toContain('名单');
});

test('outside the channels of the site the card shows what a customer may see, and no more', async () => {
  const inside = (await finds(plant.people.re, record.id)).results[0]!.card;
  const outside = (await finds(plant.people.re, record.id, elsewhere)).results[0]!.card;
  const { qe } = plant.people;
  expect(reads(inside)).toContain(qe.name);
  for (const name of [qe.name, plant.people.re.name]) expect(reads(outside)).not.toContain(name);
  expect(reads(inside)).toContain('来料抽检12件里3件NG');
  expect(reads(outside)).not.toContain('来料抽检12件里3件NG');
  expect(reads(outside)).toContain('DEF-20261123-001');
});

test('a press on a dropped card between two people leaves the chat with the bot where it was', async () => {
  const { re, qe } = plant.people;
  const between: Place = { scope: 'personal', conversationId: '19:a_b@unq.gbl.spaces' };
  const { card } = (await finds(re, record.id, between)).results[0]!;
  plant.teams.answered(card, { conversationId: between.conversationId, messageId: 'dropped' });
  await qe.presses(card, 'show', {}, { in: between });
  await qe.says('帮助');
  const personal = await plant.app.context.addresses.personal(plant.site, qe.aadObjectId);
  expect(personal?.conversationId).toBe(qe.conversationId);
});

test("a customer's guest finds their view, and nothing by words that are ours", async () => {
  const person = await guest();
  const found = await finds(person, record.id);
  expect(found.results[0]!.text).not.toContain('到期');
  expect(reads(found.results[0]!.card)).not.toContain(plant.people.re.name);
  expect((await finds(person, '横梁')).results).toHaveLength(1);
  // Only in the words that the engineer wrote.
  expect((await finds(plant.people.re, '抽检12件')).results).toHaveLength(1);
  expect((await finds(person, '抽检12件')).message).toContain('没有找到');
});

test('a stranger is told so where the results would stand', async () => {
  expect((await finds(plant.stranger, record.id)).message).toContain('名单');
});

test('what people wrote makes no markup in the line of a result', async () => {
  const { re } = plant.people;
  await re.says('质量问题');
  await re.presses(plant.teams.cards(re).at(-1)!, 'create', {
    mode: 'appearance.scratch',
    stage: 'incoming',
    qty_ng: '1',
    part_name: '<b>x</b> [a](https://evil.example)',
    location: 'door',
    safety_related: 'false',
    line_impact: 'none',
  });
  const { results } = await finds(re, 'DEF-20261123-002');
  expect(results[0]!.title).not.toMatch(/<b>|\]\(/);
});
