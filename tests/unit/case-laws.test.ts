/** What holds of the records of one line, however its reports are joined, merged, taken apart and split. */
import fc from 'fast-check';
import { AppError } from '../../src/errors.ts';
import { kindOf } from '../../src/kinds/index.ts';
import { holderOf } from '../../src/records/claim.ts';
import { openDraft, submitDraft } from '../../src/records/draft.ts';
import { edit } from '../../src/records/edit.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { letGo, merge, takeOver, unmerge } from '../../src/records/merge.ts';
import { survivorOf } from '../../src/records/merged.ts';
import { move } from '../../src/records/move.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { finishSplit, reportsOf, split } from '../../src/records/split.ts';
import { renderRecord } from '../../src/render/record.ts';
import { sampleView } from '../fixtures/sample-site.ts';
import { reads } from '../fakes/app.ts';
import type { Desk } from '../fakes/desk.ts';
import { captured, openDesk, origin, people, site } from '../fakes/desk.ts';

const minute = 60_000;
const kind = kindOf('escalation')!;
const line = { line: '总装二线' };

async function allOf(desk: Desk): Promise<RecordDoc[]> {
  const { items } = await desk.deps.store.query<RecordDoc>(site.id, { type: 'record' }, 500);
  return items.map(({ doc }) => doc).reverse();
}

/** What the runner would do a while later; also what a process that died had left. */
async function finish(desk: Desk): Promise<void> {
  for (const record of await allOf(desk))
    for (const { type, payload } of record.jobs) {
      if (type === 'absorb') await takeOver(desk.deps, site, record.id);
      if (type === 'release') await letGo(desk.deps, site, people.re, record.id, String(payload['from']));
      if (type === 'split') await finishSplit(desk.deps, site, record.id, String(payload['report']));
    }
}

let said = 0;
async function report(desk: Desk, where: Record<string, unknown>): Promise<string> {
  said += 1;
  const words = `报告 ${said}`;
  const { draft } = await openDraft(desk.deps, site, people.qe, {
    key: `report ${said}`,
    kind,
    fields: { type: 'line_stop', ongoing: true, raw_text: words, ...where },
    language: 'zh',
    origin,
    jobs: [],
  });
  await submitDraft(desk.deps, site, people.qe, { draft: draft.id, inputs: {} });
  return words;
}

type Step =
  | { act: 'report'; named: boolean }
  | { act: 'merge'; from: number; into: number; dies: boolean }
  | { act: 'unmerge' | 'split'; of: number; dies: boolean }
  | { act: 'restore'; of: number };
const index = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('report' as const), named: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('merge' as const),
      from: index,
      into: index,
      dies: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constantFrom('unmerge' as const, 'split' as const),
      of: index,
      dies: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restore' as const), of: index }) },
);

/** The process dies after the first write of an act that has two. */
async function dying<T>(desk: Desk, dies: boolean, act: () => Promise<T>): Promise<void> {
  const { store } = desk.deps;
  const { replace, create } = store;
  let written = 0;
  const dead = () => Promise.reject(new Error('this process is dead'));
  if (dies) {
    store.replace = (doc, etag) => (written++ > 0 ? dead() : replace.call(store, doc, etag));
    store.create = (doc) => (written++ > 0 ? dead() : create.call(store, doc));
  }
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError) && (error as Error).message !== 'this process is dead') throw error;
  } finally {
    store.replace = replace;
    store.create = create;
  }
}

async function take(desk: Desk, one: Step, words: string[]): Promise<void> {
  const records = await allOf(desk);
  const at = (place: number) => records[place % records.length];
  if (one.act === 'report') {
    words.push(await report(desk, one.named ? line : {}));
    return;
  }
  if (one.act === 'merge') {
    const [from, into] = [at(one.from), at(one.into)];
    if (!from || !into) return;
    return dying(desk, one.dies, () =>
      merge(desk.deps, site, people.re, { id: from.id, rev: from.rev, into: into.id }),
    );
  }
  const record = at(one.of);
  if (!record) return;
  const { id, rev } = record;
  if (one.act === 'unmerge') {
    const merged = records.filter(({ into }) => into !== undefined);
    const gone = merged[one.of % Math.max(1, merged.length)] ?? record;
    return dying(desk, one.dies, () => unmerge(desk.deps, site, people.re, { id: gone.id }));
  }
  if (one.act === 'split') {
    const joined = records.find((each) => reportsOf(each).length > 0 && each.into === undefined);
    const [first] = joined ? reportsOf(joined) : [];
    if (!joined || !first) return;
    return dying(desk, one.dies, () =>
      split(desk.deps, site, people.re, { id: joined.id, rev: joined.rev, report: first.draft, inputs: {} }),
    );
  }
  await move(desk.deps, site, people.re, {
    id,
    rev,
    verb: 'restore',
    inputs: { first_off_ok: 'true' },
  }).catch(() => undefined);
}

/** Every report stands in exactly one record: it was captured as that one, reopened it, or joined it and was not split off. */
function reportsIn(records: readonly RecordDoc[]): string[] {
  return records
    .flatMap((record) => [
      String(record.fields['raw_text']),
      ...record.history.flatMap(({ verb, note }) => (verb === 'reopen' ? [note ?? ''] : [])),
      ...reportsOf(record).map(({ words }) => words),
    ])
    .sort();
}

async function check(desk: Desk, words: readonly string[]): Promise<void> {
  const records = await allOf(desk);
  const known = new Map(records.map((record) => [record.id, record]));
  expect(reportsIn(records)).toEqual([...words].sort());
  for (const record of records) {
    expect([record.id, verifyHistory(record)]).toEqual([record.id, []]);
    expect(record.open).toBe(!kind.ended.includes(record.status));
    expect(record.status === 'merged').toBe(record.into !== undefined);
    // Whoever was merged is taken in by a record of its chain, once, and by nobody else.
    const holders = records.filter(({ absorbed }) => absorbed?.some(({ id }) => id === record.id));
    expect(holders).toHaveLength(record.into === undefined ? 0 : 1);
    const last = await survivorOf(desk.deps, site, record);
    expect(last.into).toBeUndefined();
    for (const { id } of record.absorbed ?? []) expect(known.has(id)).toBe(true);
    for (const made of Object.values(record.split ?? {})) expect(known.has(made)).toBe(true);
    // The start that counts is the earliest of what it was merged from.
    if (record.into !== undefined)
      expect(String(last.fields['started_at']) <= String(record.fields['started_at'])).toBe(true);
  }
  // One record takes what is reported of the line next, and it is not one that was merged.
  const held = await holderOf(desk.deps, site, kind, line);
  if (held?.record) expect(held.record.into).toBeUndefined();
}

test('any sequence leaves one holder of the case, every report once, and histories that hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const desk = openDesk();
      try {
        const words: string[] = [];
        for (const one of steps) {
          await desk.clock.advance(minute);
          await take(desk, one, words);
          await finish(desk);
          await check(desk, words);
        }
      } finally {
        await desk.deps.store.close();
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

describe('by hand', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = openDesk();
  });
  afterEach(() => desk.deps.store.close());

  const merged = async (): Promise<[string, string]> => {
    const first = await captured(desk, 'escalation', { line: '总装一线' });
    const second = await captured(desk, 'escalation', {
      line: '总装二线',
      started_at: '2026-11-23T01:10:00.000Z',
    });
    await merge(desk.deps, site, people.re, { id: second.id, rev: second.rev, into: first.id });
    return [first.id, second.id];
  };
  const read = async (id: string) => (await desk.deps.store.read<RecordDoc>(site.id, id))!.doc;
  const closes = async (id: string): Promise<void> => {
    const act = (verb: string, actor = people.lead, inputs = {}) =>
      move(desk.deps, site, actor, { id, rev: undefined, verb, inputs });
    await act('restore', people.re, { first_off_ok: 'true' });
    await act('review', people.lead, { review: '供应商断料', lessons: '设安全库存' });
    await act('close');
  };

  test('a merge is undone within a day, or while the survivor is open; not after', async () => {
    const [first, second] = await merged();
    await desk.clock.advance(48 * 60 * minute);
    await unmerge(desk.deps, site, people.re, { id: second });
    expect(await read(second)).toMatchObject({ status: 'open', open: true });
    await merge(desk.deps, site, people.re, { id: second, rev: undefined, into: first });
    await closes(first);
    await desk.clock.advance(25 * 60 * minute);
    await expect(unmerge(desk.deps, site, people.re, { id: second })).rejects.toMatchObject({
      code: 'too_late',
      args: { id: second, into: first, hours: 24 },
    });
    expect((await read(second)).into).toBe(first);
  });

  test('a customer’s guest may neither merge, nor undo it, nor split', async () => {
    const [first, second] = await merged();
    const { customer } = people;
    const refused = { code: 'not_allowed' };
    await expect(
      merge(desk.deps, site, customer, { id: first, rev: undefined, into: second }),
    ).rejects.toMatchObject(refused);
    await expect(unmerge(desk.deps, site, customer, { id: second })).rejects.toMatchObject(refused);
    await expect(
      split(desk.deps, site, customer, { id: first, rev: undefined, report: 'x', inputs: {} }),
    ).rejects.toMatchObject(refused);
  });

  test('what a level had posted is not posted again: the survivor has reached it', async () => {
    const first = await captured(desk, 'escalation', { line: '总装一线' });
    const second = await captured(desk, 'escalation', { line: '总装二线' });
    const stored = (await desk.deps.store.read<RecordDoc>(site.id, second.id))!;
    const history = [...stored.doc.history];
    await desk.deps.store.replace({ ...stored.doc, level: 3, history, jobs: [] } as RecordDoc, stored.etag);
    await merge(desk.deps, site, people.re, { id: second.id, rev: undefined, into: first.id });
    const one = await read(first.id);
    expect(one).toMatchObject({ level: 3 });
    const ladder = { S1: [5, 15, 30, 60].map((minutes) => ({ minutes, roles: ['LEAD'] })) };
    const view = sampleView('zh', { site: { ...sampleView('zh').site, ladder } as never });
    expect(reads(renderRecord(one, view))).toContain('L3');
    expect(verifyHistory(await read(first.id))).toEqual([]);
  });

  test('a correction that somebody made meanwhile is not taken back with the merge', async () => {
    const [first, second] = await merged();
    expect((await read(first)).fields['started_at']).toBe('2026-11-23T01:10:00.000Z');
    const stored = (await desk.deps.store.read<RecordDoc>(site.id, first))!;
    expect(stored.doc.absorbed).toMatchObject([{ id: second }]);
    await desk.clock.advance(minute);
    await edit(desk.deps, site, people.re, {
      id: first,
      rev: undefined,
      inputs: { started_at: '09:20' },
      reason: '看录像',
    });
    await unmerge(desk.deps, site, people.re, { id: second });
    expect((await read(first)).fields['started_at']).toBe('2026-11-23T01:20:00.000Z');
  });
});
