import { kindOf } from '../../src/kinds/index.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { discardDraft, openDraft, submitDraft } from '../../src/records/draft.ts';
import { search } from '../../src/records/find.ts';
import { captured, openDesk, origin, people, site, wholeFacts } from '../fakes/desk.ts';

const defect = kindOf('defect')!;
const draftOf = (desk: ReturnType<typeof openDesk>, fields: Record<string, unknown>, key = 'one') =>
  openDraft(desk.deps, site, people.re, { key, kind: defect, fields, language: 'zh', origin, jobs: [] });

test('a captured record has an id of the local day, the first status, its facts and an owner', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  expect(record).toMatchObject({
    id: 'DEF-20261123-001',
    rev: 1,
    status: 'reported',
    severity: 'S3',
    owner: 'p-chen',
    reporter: { id: 'p-lin', name: '林晓' },
    title: '门内饰板 8A0-971-12C 划伤 3件',
  });
  expect(record.fields).toMatchObject({
    customer: '华驰',
    plant: '合肥二厂',
    received_at: '2026-11-23T02:30:00.000Z',
  });
  expect(verifyHistory(record)).toEqual([]);
});

test('ids count up within the local day and begin again on the next', async () => {
  const desk = openDesk();
  await captured(desk, 'defect');
  expect((await captured(desk, 'defect')).id).toBe('DEF-20261123-002');
  expect((await captured(desk, 'escalation')).id).toBe('ESC-20261123-001');
  await desk.clock.advanceTo('2026-11-23T16:00:00.000Z'); // midnight in Shanghai
  expect((await captured(desk, 'defect')).id).toBe('DEF-20261124-001');
});

test('a second instance goes on where the store is, not where its own memory is', async () => {
  const desk = openDesk();
  await captured(desk, 'defect');
  const other = { ...desk, deps: { ...desk.deps, store: { ...desk.deps.store }, instance: 'other' } };
  expect((await captured(other, 'defect')).id).toBe('DEF-20261123-002');
  // the first instance does not know of 002, and must not be stopped by it
  expect((await captured(desk, 'defect')).id).toBe('DEF-20261123-003');
});

test('the same message gives the same draft, and a draft submitted twice, at once or later, gives one record', async () => {
  const desk = openDesk();
  const first = await draftOf(desk, wholeFacts.defect);
  const again = await draftOf(desk, wholeFacts.defect);
  expect([first.fresh, again.fresh]).toEqual([true, false]);
  expect(again.draft.id).toBe(first.draft.id);
  const press = () => submitDraft(desk.deps, site, people.re, { draft: first.draft.id, inputs: {} });
  const results = await Promise.all(Array.from({ length: 20 }, press));
  results.push(await press());
  expect(new Set(results.map(({ record }) => record.id)).size).toBe(1);
  expect(results.filter(({ fresh }) => fresh)).toHaveLength(1);
  expect(await desk.deps.store.count(site.id, { type: 'record' })).toBe(1);
});

test('fifty drafts submitted at once by two instances give fifty records with fifty ids', async () => {
  const desk = openDesk();
  const other = { ...desk.deps, store: { ...desk.deps.store }, instance: 'other' };
  const drafts = await Promise.all(
    Array.from({ length: 50 }, (_, index) => draftOf(desk, wholeFacts.defect, `many ${index}`)),
  );
  const done = await Promise.all(
    drafts.map(({ draft }, index) =>
      submitDraft(index % 2 ? other : desk.deps, site, people.re, { draft: draft.id, inputs: {} }),
    ),
  );
  expect(new Set(done.map(({ record }) => record.id)).size).toBe(50);
});

test('a draft whose process died after claiming its number becomes the same record', async () => {
  const desk = openDesk();
  const { draft } = await draftOf(desk, wholeFacts.defect);
  const { create } = desk.deps.store;
  const dying = {
    ...desk.deps,
    store: { ...desk.deps.store, create: () => Promise.reject(new Error('killed')) },
  };
  await expect(
    submitDraft(dying, site, people.re, { draft: draft.id, inputs: { qty_ng: '7' } }),
  ).rejects.toThrow('killed');
  desk.deps.store.create = create;
  const { record } = await submitDraft(desk.deps, site, people.qe, { draft: draft.id, inputs: {} });
  expect(record).toMatchObject({ id: 'DEF-20261123-001', reporter: { id: 'p-lin' }, fields: { qty_ng: 7 } });
});

test('what is missing and required is named, field by field, and the draft stays', async () => {
  const desk = openDesk();
  const { draft } = await draftOf(desk, { mode: 'dimension.out_of_tolerance' });
  const refused = await submitDraft(desk.deps, site, people.re, {
    draft: draft.id,
    inputs: { qty_ng: 'x7' },
  }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'invalid', faults: [{ field: 'qty_ng' }] });
  const missing = await submitDraft(desk.deps, site, people.re, { draft: draft.id, inputs: {} }).catch(
    (error: unknown) => error,
  );
  expect((missing as { faults: { field: string }[] }).faults.map(({ field }) => field).sort()).toEqual([
    'line_impact',
    'location',
    'measured',
    'nominal',
    'qty_ng',
    'safety_related',
    'stage',
    'tol',
  ]);
  expect((missing as { user: (language: 'en') => string }).user('en')).toContain('NG quantity: is required');
  expect(await desk.deps.store.count(site.id, { type: 'record' })).toBe(0);
  const inputs = {
    stage: 'incoming',
    qty_ng: '3',
    location: '孔',
    safety_related: 'false',
    line_impact: 'none',
    nominal: '8',
    tol: '0.1',
    measured: '8.2',
  };
  const { record } = await submitDraft(desk.deps, site, people.re, { draft: draft.id, inputs });
  expect(record.fields['measured']).toBe(8.2);
  // refused submissions leave no gap in the numbers
  expect(record.id).toBe('DEF-20261123-001');
});

test('a reporter may say graver, never lighter, than the facts', async () => {
  const desk = openDesk();
  const grave = await draftOf(desk, wholeFacts.defect, 'grave');
  const light = await draftOf(desk, { ...wholeFacts.defect, line_impact: 'stop' }, 'light');
  expect(
    (await submitDraft(desk.deps, site, people.re, { draft: grave.draft.id, inputs: {}, severity: 'S1' }))
      .record.severity,
  ).toBe('S1');
  expect(
    (await submitDraft(desk.deps, site, people.re, { draft: light.draft.id, inputs: {}, severity: 'S4' }))
      .record.severity,
  ).toBe('S1');
});

test('a line stop is saved whatever is missing, with what the moment gives', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'escalation', {
    line: undefined,
    started_at: undefined,
    cause_side: undefined,
  });
  expect(record).toMatchObject({
    severity: 'S1',
    fields: {
      started_at: '2026-11-23T02:30:00.000Z',
      ongoing: true,
      cause_side: 'unknown',
      minutes_stopped: 0,
    },
  });
  expect(record.fields['line']).toBeUndefined();
});

test("a customer's guest captures nothing, and a discarded draft is gone", async () => {
  const desk = openDesk();
  await expect(captured(desk, 'defect', {}, people.customer)).rejects.toMatchObject({ code: 'not_allowed' });
  const { draft } = await draftOf(desk, wholeFacts.defect);
  await discardDraft(desk.deps, site, draft.id);
  await expect(
    submitDraft(desk.deps, site, people.re, { draft: draft.id, inputs: {} }),
  ).rejects.toMatchObject({ code: 'draft_gone' });
});

test('records are found by any of their words, in both languages', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  for (const words of ['划伤', 'scratch', '8a0-971', '内饰板 划伤', record.id.toLowerCase()])
    expect((await search(desk.deps, site, people.re, words, 10)).map(({ id }) => id)).toEqual([record.id]);
  expect(await search(desk.deps, site, people.re, '线束', 10)).toEqual([]);
});

test('what capture owes stands in the record: the quality channel, with the quality engineers called', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect', { line_impact: 'stop' });
  expect(record.jobs.filter(({ type }) => type === 'post').map(({ payload }) => payload)).toEqual([
    { channel: 'quality', mention: ['p-chen', 'p-sun'], reason: 'create' },
  ]);
  expect(record.jobs.filter(({ type }) => type === 'tell').map(({ payload }) => payload['person'])).toEqual([
    'p-zheng',
    'p-qian',
  ]);
  expect(record.jobs.filter(({ type }) => type === 'clock')[0]?.at).toBe('2026-11-23T02:35:00.000Z'); // S1: 5 minutes to acknowledge
  expect(desk.kicked.at(-1)?.id).toBe(record.id);
});
