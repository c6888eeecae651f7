/** Two records that turn out to be of one stop are merged by hand; old ids keep working, and it can be undone. */
import { verifyHistory } from '../../src/records/history.ts';
import { dailyDigest } from '../../src/numbers/daily.ts';
import { reads, startPlant } from '../fakes/app.ts';
import type { Plant } from '../fakes/app.ts';
import type { Card } from '../fakes/cards.ts';
import { buttons } from '../fakes/cards.ts';
import type { Person } from '../fakes/person.ts';

const minute = 60_000;
const first = 'ESC-20261123-001';
const second = 'ESC-20261123-002';
const said = '总装二线停线,右前门线束断料';
let plant: Plant;
beforeEach(async () => {
  plant = await startPlant({ pollMs: 10_000 });
});
afterEach(() => plant.stop());

const cardsOf = (id: string): Card[] =>
  plant.teams.cards(plant.main).filter((card) => reads(card).includes(`· ${id}`));
const live = (id: string): Card => cardsOf(id)[0]!;
const verbs = (card: Card): unknown[] => buttons(card).map(({ action }) => action['verb']);

/** The second report names no line, so that nobody can know that it is of the same stop; it began earlier. */
async function twoRecords(): Promise<void> {
  const { re, otherQe } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.passes(2 * minute);
  await otherQe.says('9:50开始停线了,缺保险杠,快来人', { in: plant.main });
  await plant.settle();
  expect((await plant.records()).map(({ id }) => id)).toEqual([first, second]);
}

async function merges(who: Person, from: string, into: string, reason = ''): Promise<Card> {
  const form = await who.presses(live(from), 'merge', {}, { where: { form: true } });
  const inputs = reads(form).includes('没有其他') ? { into_id: into } : { into };
  return who.presses(form, 'merge', { ...inputs, ...(reason ? { reason } : {}) });
}

const honest = async (): Promise<void> => {
  for (const record of await plant.records())
    expect([record.id, verifyHistory(record)]).toEqual([record.id, []]);
};

test('the form offers the open records; the chosen one takes over start, words, people and cards', async () => {
  await twoRecords();
  const { qe } = plant.people;
  const before = await plant.record(second);
  const form = await qe.presses(live(second), 'merge', {}, { where: { form: true } });
  expect(JSON.stringify(form)).toContain(first);
  const card = await qe.presses(form, 'merge', { into: first, reason: '同一条线' });
  expect(reads(card)).toContain(`${second} 已并入 ${first}（${qe.name} 11-23 10:02）`.replace('11-23 ', ''));
  expect(reads(card)).toContain(`· ${first}`);
  await plant.settle();
  const [one, two] = await plant.records();
  expect(two).toMatchObject({ status: 'merged', open: false, into: first });
  expect(one).toMatchObject({
    status: 'open',
    fields: { started_at: '2026-11-23T01:50:00.000Z', minutes_stopped: 12 },
    absorbed: [{ id: second }],
  });
  expect(one!.history.at(-1)).toMatchObject({ verb: 'absorb', by: { name: qe.name } });
  expect(new Set(one!.notified)).toEqual(new Set([...one!.notified, ...before.notified]));
  // Every place shows the one live truth.
  expect(cardsOf(second)).toEqual([]);
  expect(cardsOf(first)).toHaveLength(2);
  for (const place of cardsOf(first)) expect(reads(place)).toContain(`${second} 已并入：“9:50开始停线了`);
  await honest();
});

test('an ended ladder, promise and clock: nothing of the merged record is heard of again', async () => {
  await twoRecords();
  await merges(plant.people.re, second, first);
  await plant.passes(2 * minute);
  const two = await plant.record(second);
  expect(two.jobs).toEqual([]);
  expect(two.wakeAt).toBeUndefined();
  expect(two.dueAt).toBeUndefined();
  const before = plant.teams.requests.length;
  await plant.passes(60 * minute);
  expect(JSON.stringify(plant.teams.requests.slice(before))).not.toContain(
    `"record":"${second}","rev":${two.rev + 1}`,
  );
  expect((await plant.record(second)).history).toHaveLength(two.history.length);
  expect((await plant.record(first)).level).toBeGreaterThan(2);
});

test('the old id and its cards lead to the survivor, and say so; no verb acts on it in silence', async () => {
  await twoRecords();
  const { re, qe } = plant.people;
  await qe.says('我的待办');
  await plant.settle();
  const old = live(second);
  await merges(re, second, first);
  const { rev } = await plant.record(first);
  const card = await qe.presses(old, 'acknowledge');
  expect(reads(card)).toContain(`${second} 已并入 ${first}`);
  expect(reads(card)).toContain('已触发');
  expect(await plant.record(first)).toMatchObject({ rev, status: 'open' });
  const remarked = await qe.presses(old, 'comment', { comment: '在路上' });
  expect(reads(remarked)).toContain(`${second} 已并入 ${first}`);
  expect((await plant.record(second)).status).toBe('merged');
  await qe.says(second);
  const shown = plant.teams.card(qe);
  expect(reads(shown)).toContain(`${second} 已并入 ${first}`);
  expect(reads(shown)).toContain(`· ${first}`);
  // The survivor's own buttons, which act on the survivor.
  await qe.presses(shown, 'acknowledge');
  expect((await plant.record(first)).status).toBe('acknowledged');
});

test('pressed twice, also at the same moment: merged once', async () => {
  await twoRecords();
  const { re } = plant.people;
  const form = await re.presses(live(second), 'merge', {}, { where: { form: true } });
  await Promise.all([1, 2].map(() => re.presses(form, 'merge', { into: first })));
  const again = await re.presses(form, 'merge', { into: first });
  expect(reads(again)).toContain(`${second} 已并入 ${first}`);
  await plant.passes(minute);
  const one = await plant.record(first);
  expect(one.history.filter(({ verb }) => verb === 'absorb')).toHaveLength(1);
  expect(cardsOf(first)).toHaveLength(2);
  await honest();
});

test('the process dies between the two writes: the other is made good, and nothing is shown twice', async () => {
  await twoRecords();
  const { store } = plant.app.deps;
  const { replace } = store;
  store.replace = async (doc, etag) => {
    if (doc.id === first) throw new Error('this process is dead');
    return replace.call(store, doc, etag);
  };
  await merges(plant.people.re, second, first).catch(() => undefined);
  store.replace = replace;
  expect(await plant.record(second)).toMatchObject({ status: 'merged', into: first });
  expect((await plant.record(first)).absorbed).toBeUndefined();
  const sent = plant.teams.cards(plant.main).length;
  await plant.restart();
  await plant.passes(20_000);
  await plant.passes(20_000);
  expect(await plant.record(first)).toMatchObject({ absorbed: [{ id: second }] });
  expect(cardsOf(first)).toHaveLength(2);
  expect(plant.teams.cards(plant.main)).toHaveLength(sent);
  expect((await plant.record(second)).jobs).toEqual([]);
  await honest();
});

test('two people merge them crosswise at one moment: one record goes on', async () => {
  await twoRecords();
  const { re, qe } = plant.people;
  const [a, b] = [
    await re.presses(live(second), 'merge', {}, { where: { form: true } }),
    await qe.presses(live(first), 'merge', {}, { where: { form: true } }),
  ];
  const { store } = plant.app.deps;
  const { read } = store;
  // Both have looked at the records before either writes.
  let looked = 0;
  let go = (): void => {};
  const both = new Promise<void>((resolve) => (go = resolve));
  store.read = async (site, id) => {
    const found = await read.call(store, site, id);
    if (id.startsWith('ESC-') && looked < 4) {
      looked += 1;
      if (looked === 4) go();
      if (looked % 2 === 0) await both;
    }
    return found as never;
  };
  const presses = Promise.all([
    re.tries(a, 'merge', { into: first }),
    qe.tries(b, 'merge', { into: second }, { in: { scope: 'personal', conversationId: qe.conversationId } }),
  ]);
  await plant.pump(presses);
  store.read = read;
  await plant.passes(20_000);
  await plant.passes(20_000);
  const records = await plant.records();
  expect(records.filter(({ open }) => open)).toHaveLength(1);
  // Each was merged into the other for a moment; the earlier one came back.
  expect(records[0]!.history).toContainEqual(
    expect.objectContaining({ verb: 'unmerge', by: expect.objectContaining({ id: 'bot' }) }),
  );
  const [goesOn] = records.filter(({ open }) => open);
  const [ended] = records.filter(({ open }) => !open);
  expect(ended).toMatchObject({ into: goesOn!.id });
  expect(goesOn!.absorbed).toMatchObject([{ id: ended!.id }]);
  await honest();
});

test('undone: the record is what it was, its card is its own again, and the survivor has its own start', async () => {
  await twoRecords();
  const { qe, re } = plant.people;
  await qe.presses(live(second), 'acknowledge');
  const card = await merges(re, second, first);
  await plant.settle();
  expect(verbs(card)).toContain('unmerge');
  const back = await re.presses(live(first), 'unmerge');
  expect(reads(back)).toContain(`· ${second}`);
  await plant.settle();
  const [one, two] = await plant.records();
  expect(two).toMatchObject({ status: 'acknowledged', open: true, owner: qe.aadObjectId });
  expect(two!.into).toBeUndefined();
  expect(two!.jobs.map(({ type }) => type)).toEqual(expect.arrayContaining(['ladder', 'lapse']));
  expect(one!.absorbed).toBeUndefined();
  expect(one!.fields['started_at']).toBe('2026-11-23T02:00:00.000Z');
  expect(cardsOf(first)).toHaveLength(1);
  expect(cardsOf(second)).toHaveLength(1);
  expect(reads(live(first))).not.toContain('已并入');
  await plant.passes(20_000);
  await honest();
});

test('the process dies while it is undone: the survivor lets go all the same', async () => {
  await twoRecords();
  const { re } = plant.people;
  await merges(re, second, first);
  await plant.passes(20_000);
  const { store } = plant.app.deps;
  const { replace } = store;
  store.replace = async (doc, etag) => {
    if (doc.id === first) throw new Error('this process is dead');
    return replace.call(store, doc, etag);
  };
  await re.tries(live(first), 'unmerge');
  store.replace = replace;
  expect((await plant.record(second)).open).toBe(true);
  await plant.restart();
  await plant.passes(20_000);
  expect((await plant.record(first)).absorbed).toBeUndefined();
  expect(cardsOf(second)).toHaveLength(1);
  await honest();
});

test('further reports of the line join the survivor', async () => {
  const { re, qe, otherQe } = plant.people;
  await otherQe.says('停线了!快来人', { in: plant.main });
  await plant.settle();
  await re.says(said, { in: plant.main });
  await plant.settle();
  await merges(re, second, first);
  expect(await plant.record(first)).toMatchObject({ fields: { line: '总装二线' } });
  await qe.says('总装二线停线', { in: plant.main });
  await plant.settle();
  expect(await plant.records()).toHaveLength(2);
  expect((await plant.record(first)).history.at(-1)).toMatchObject({ verb: 'join' });
});

test('an answer to the question of a merged record is one to the survivor', async () => {
  const { re, qe } = plant.people;
  await re.says(said, { in: plant.main });
  await plant.settle();
  await qe.says('停线了!快来人');
  await plant.settle();
  await merges(re, second, first);
  await qe.says('8E0-971-101');
  await plant.settle();
  expect(plant.teams.texts(qe).at(-1)).toContain(`已记录 ${first}`);
  expect((await plant.record(first)).fields['part_no']).toBe('8E0-971-101');
});

test('the daily report counts it once', async () => {
  await twoRecords();
  await merges(plant.people.re, second, first);
  await plant.settle();
  const digest = await dailyDigest(plant.app.deps, plant.site, '2026-11-23', plant.clock.now());
  expect(digest.sections.stops).toMatchObject({ count: 1, minutes: 12 });
  expect(digest.sections.cases.find(({ kind }) => kind === 'escalation')).toMatchObject({
    created: 1,
    closed: 0,
    open: 1,
  });
});

describe('what is refused, with nothing changed', () => {
  beforeEach(twoRecords);
  const refusal = async (into: string, who = plant.people.re, from = second) => {
    const form = await plant.people.re.presses(live(from), 'merge', {}, { where: { form: true } });
    const before = await plant.record(from);
    const { message } = await who.isRefused(form, 'merge', { into_id: into });
    expect(await plant.record(from)).toEqual(before);
    return message;
  };

  test('into itself', async () => expect(await refusal(second)).toContain('不能并入自己'));
  test('without a choice, where there are several', async () => {
    await plant.people.otherQe.says('停线了!快来人', { in: plant.main });
    await plant.settle();
    expect(await refusal(' ')).toContain('请选择或填写编号');
  });
  test('an id that nobody knows, or of another site', async () =>
    expect(await refusal('esc-20261123-077')).toContain('没有找到 ESC-20261123-077'));

  test('into another kind', async () => {
    const { re } = plant.people;
    await re.says('仪表板横梁 P/N HC-3305021 来料抽检12件里3件NG,安装孔Φ8.2超差,图纸Φ8.0±0.1');
    await plant.settle();
    await re.presses(plant.teams.card(re), 'create', { safety_related: 'false', line_impact: 'none' });
    expect(await refusal('DEF-20261123-001')).toContain('只能并入同类记录');
  });

  test('into one that was merged itself, or cancelled', async () => {
    const { otherQe, lead, re } = plant.people;
    await otherQe.says('停线了!快来人', { in: plant.main });
    await plant.settle();
    const third = 'ESC-20261123-003';
    await merges(re, third, first);
    expect(await refusal(third)).toContain(`${third} 已并入 ${first}，请改选 ${first}`);
    await plant.settle();
    await lead.presses(live(first), 'cancel', { reason: '误报' });
    expect(await refusal(first)).toContain('已取消');
  });

  test('one that still runs into one that is over', async () => {
    const { re } = plant.people;
    await re.presses(live(first), 'restore', { first_off_ok: 'true', cause_side: 'customer' });
    await plant.settle();
    expect(await refusal(first)).toContain(`把 ${first} 并入 ${second}`);
  });

  test('by somebody without the role, by a stranger', async () => {
    expect(await refusal(first, plant.people.planner)).toContain('需要角色');
    expect(await refusal(first, plant.stranger)).toContain('不在驻点');
    const form = await plant.people.planner.tries(live(second), 'merge', {}, { where: { form: true } });
    expect(form.error?.message).toContain('需要角色');
  });

  test('undoing what was never merged; what was undone already is answered as it is', async () => {
    const { re } = plant.people;
    const card = await merges(re, second, first);
    const activity = re.pressing(card, 'unmerge');
    const { action } = activity['value'] as { action: { data: Record<string, unknown> } };
    action.data['record'] = first;
    expect((await re.invokes(activity)).error?.message).toContain('不能“撤销合并”');
    await re.presses(card, 'unmerge');
    expect(reads(await re.presses(card, 'unmerge'))).toContain(`· ${second}`);
    const { history } = await plant.record(second);
    expect(history.filter(({ verb }) => verb === 'unmerge')).toHaveLength(1);
  });
});
