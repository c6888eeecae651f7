/** How often a person is disturbed over a whole case: counted as messages in their own chat and mentions in channels. */
import { startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Person } from '../fakes/person.ts';

const minute = 60_000;
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 30_000 });
  for (const person of Object.values(plant.people)) await person.says('帮助');
  plant.teams.requests.splice(0);
});
afterEach(() => plant.stop());

/** Minutes since the test's start at which the person was spoken to in person or called by name. */
const disturbed = (person: Person): number[] => {
  const begun = Date.parse('2026-11-23T02:00:00.000Z');
  const calls = JSON.stringify({ id: person.userId, name: person.name });
  return plant.teams.requests
    .filter(({ method, path, status }) => method === 'POST' && path.includes('/activities') && status < 300)
    .filter(
      ({ path, body }) =>
        decodeURIComponent(path).includes(person.conversationId) || JSON.stringify(body).includes(calls),
    )
    .map(({ at }) => Math.round((at - begun) / minute));
};
const together = (minutes: readonly number[]): number[] =>
  minutes.filter((at, index) => index > 0 && at - minutes[index - 1]! < 2);

test('a stop that nobody answers: each call comes once, and nobody hears the same thing twice at one moment', async () => {
  const { re, qe, otherQe, lead, manager } = plant.people;
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  for (let at = 0; at < 125; at += 1) await plant.passes(minute);
  for (const person of [qe, otherQe, lead, manager]) expect(together(disturbed(person))).toEqual([]);
  // Called at the report; then the answer is overdue, and at 5 it is the turn of L1. First reply and arrival, overdue at
  // 30 and 60, are the engineer's, who reported it.
  expect(disturbed(qe)).toEqual([0, 5]);
  expect(disturbed(otherQe)).toEqual([0, 5]);
  expect(disturbed(re)).toEqual([5, 30, 60]);
  expect(disturbed(lead)).toEqual([5]);
  expect(disturbed(manager)).toEqual([30]);
});

test('the reminder of a promise and a clock that runs out with it are one message, whichever is first', async () => {
  const { re, qe } = plant.people;
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  // Answered at 17: the reminder is due at 29, the first reply to the customer at 30.
  await plant.passes(17 * minute);
  await qe.presses(plant.teams.cards(plant.main)[0]!, 'acknowledge');
  const before = disturbed(qe).length;
  await plant.passes(14 * minute);
  expect(disturbed(qe).slice(before)).toEqual([29]);
  const [notice] = plant.teams.messages(qe).slice(-1);
  expect(notice!.versions[0]!.summary).toContain('进展');
  expect(notice!.versions[0]!.summary).toContain('首次回复客户');
});

test('a clock that runs out just before the reminder brings it along', async () => {
  const { re, qe } = plant.people;
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  // Answered at 19: the first reply is due at 30, the reminder at 31.
  await plant.passes(19 * minute);
  await qe.presses(plant.teams.cards(plant.main)[0]!, 'acknowledge');
  const before = disturbed(qe).length;
  await plant.passes(14 * minute);
  expect(disturbed(qe).slice(before)).toEqual([30]);
  const [notice] = plant.teams.messages(qe).slice(-1);
  expect(notice!.versions[0]!.summary).toContain('逾期');
  expect(notice!.versions[0]!.summary).toContain('您的响应将失效');
  // It lapses all the same, and the channel says so.
  await plant.passes(2 * minute);
  expect(disturbed(qe).slice(before)).toEqual([30, 34]);
});

test('a stop that is answered, restored, reviewed and closed', async () => {
  const { re, qe, lead, manager } = plant.people;
  const live = () => plant.teams.cards(plant.main)[0]!;
  await re.says('总装二线停线,右前门线束断料', { in: plant.main });
  await plant.settle();
  await plant.passes(2 * minute);
  await qe.presses(live(), 'acknowledge');
  await plant.passes(3 * minute);
  await re.presses(live(), 'arrive');
  await plant.passes(3 * minute);
  await re.presses(live(), 'reply');
  await plant.settle();
  await re.presses(live(), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
  await plant.passes(60 * minute);
  await qe.presses(live(), 'review', { review: '改用新工装', lessons: '备一套工装' });
  await plant.passes(5 * minute);
  await lead.presses(live(), 'close');
  await plant.passes(60 * minute);
  expect(disturbed(qe)).toEqual([0, 8, 73]);
  expect(disturbed(lead)).toEqual([8]);
  expect(disturbed(manager)).toEqual([]);
});

test('a defect from the report to acknowledged: who is called in the channel is not told in person', async () => {
  const { re, qe, otherQe, lead } = plant.people;
  await re.says('仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1');
  const form = plant.teams.cards(re).at(-1)!;
  await re.presses(form, 'create', { safety_related: 'false', line_impact: 'slow' });
  await plant.settle();
  // Acknowledging is due at 30; that is the owner's affair alone.
  await plant.passes(31 * minute);
  expect(disturbed(qe)).toEqual([0, 30]);
  expect(disturbed(otherQe)).toEqual([0]);
  expect(disturbed(lead)).toEqual([0]);
  await qe.presses(plant.teams.cards(plant.quality)[0]!, 'acknowledge');
  await plant.passes(60 * minute);
  expect(disturbed(qe)).toEqual([0, 30]);
});
