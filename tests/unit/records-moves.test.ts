import { verifyHistory } from '../../src/records/history.ts';
import { assign, comment, edit } from '../../src/records/edit.ts';
import { mine } from '../../src/records/find.ts';
import { move } from '../../src/records/move.ts';
import type { Actor } from '../../src/records/deps.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { captured, openDesk, people, site } from '../fakes/desk.ts';

type Desk = ReturnType<typeof openDesk>;
const does = async (
  desk: Desk,
  actor: Actor,
  record: RecordDoc,
  verb: string,
  inputs: Record<string, unknown> = {},
  reason?: string,
) => (await move(desk.deps, site, actor, { id: record.id, rev: record.rev, verb, inputs, reason })).record;

const contained = {
  qty_inspected: '120',
  qty_suspect: '40',
  lot: 'L-77',
  containment: '客户线边 120 118 2\n在途 40 40 0',
  photos: 'a.jpg',
};

test('a defect goes all the way to closed, by the right people, and its history holds', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'defect');
  record = await does(desk, people.qe, record, 'acknowledge');
  expect(record.fields['ack_at']).toBe('2026-11-23T02:30:00.000Z');
  record = await does(desk, people.re, record, 'contain', contained);
  expect(record.fields['containment']).toEqual([
    { place: 'customer_line', qty: 120, ok: 118, ng: 2 },
    { place: 'transit', qty: 40, ok: 40, ng: 0 },
  ]);
  record = await does(desk, people.qe, record, 'analyse');
  record = await does(desk, people.dm, record, 'plan', {
    cause_occurrence: '夹具磨损',
    cause_escape: '未全检',
  });
  record = await does(desk, people.qe, record, 'implement');
  await expect(does(desk, people.qe, record, 'verify')).rejects.toMatchObject({ code: 'own_work' });
  record = await does(desk, people.otherQe, record, 'verify');
  await expect(does(desk, people.re, record, 'accept')).rejects.toMatchObject({
    code: 'invalid',
    faults: [{ field: 'customer_evidence' }],
  });
  record = await does(desk, people.backup, record, 'accept', { customer_evidence: '邮件 11-25' });
  record = await does(desk, people.lead, record, 'close');
  expect(record).toMatchObject({ status: 'closed', open: false });
  expect(record.dueAt).toBeUndefined();
  expect(verifyHistory(record)).toEqual([]);
});

test('containing asks for one of lot, date code and serials, and a concession where it is used as is', async () => {
  const desk = openDesk();
  const record = await does(desk, people.qe, await captured(desk, 'defect'), 'acknowledge');
  const rest = Object.fromEntries(Object.entries(contained).filter(([name]) => name !== 'lot'));
  const refused = await does(desk, people.qe, record, 'contain', { ...rest, disposition: 'use_as_is' }).catch(
    (error: unknown) => error,
  );
  expect((refused as { faults: { field: string }[] }).faults.map(({ field }) => field)).toEqual([
    'lot',
    'concession_no',
    'expiry_or_qty',
  ]);
  expect(
    (await does(desk, people.qe, record, 'contain', { ...rest, serials: 'A1\nA2' })).fields['serials'],
  ).toEqual(['A1', 'A2']);
});

test('a change request needs its answers before review, a promised date to be feasible, a letter to be done', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'change_request');
  await expect(does(desk, people.re, record, 'clarify')).rejects.toMatchObject({
    faults: [{ field: 'requested_due' }, { field: 'quality_requirement' }],
  });
  record = await does(desk, people.re, record, 'clarify', {
    requested_due: '2026-11-27',
    quality_requirement: '不变',
  });
  record = await does(desk, people.pp, record, 'review');
  expect(
    record.jobs
      .filter(({ type }) => type === 'tell')
      .map(({ payload }) => payload['person'])
      .sort(),
  ).toEqual(['p-qian']);
  expect(record.actions.map(({ what, owner }) => [what, owner])).toEqual([
    ['PP', 'p-zhao'],
    ['LOG', 'p-wu'],
    ['QE', 'p-chen'],
  ]);
  await expect(
    does(desk, people.pp, record, 'feasible', { promised_due: '2026-11-27' }),
  ).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(does(desk, people.dm, record, 'feasible')).rejects.toMatchObject({
    faults: [{ field: 'promised_due' }],
  });
  await expect(
    does(desk, people.dm, record, 'feasible', { promised_due: '2026-11-20' }),
  ).rejects.toMatchObject({ faults: [{ field: 'promised_due' }] });
  record = await does(desk, people.dm, record, 'feasible', { promised_due: '2026-11-27' });
  await expect(does(desk, people.dm, record, 'reject')).rejects.toMatchObject({
    code: 'invalid',
    faults: [{ field: 'reason' }],
  });
  const answers = { ppap_needed: 'false', feasibility: 'feasible' };
  await expect(does(desk, people.re, record, 'confirm', answers)).rejects.toMatchObject({
    faults: [{ field: 'cfm_signed_at' }],
  });
  await expect(
    does(desk, people.re, record, 'confirm', { ...answers, cfm_signed_at: '2026-11-23 09:00' }),
  ).rejects.toMatchObject({ code: 'invalid' });
});

test('a stopped line counts its minutes to the restart, and restores with first-off OK only', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'escalation');
  record = await does(desk, people.qe, record, 'acknowledge');
  expect(record.owner).toBe('p-chen');
  record = await does(desk, people.re, record, 'arrive');
  await desk.clock.advance(10 * 60_000);
  await expect(does(desk, people.re, record, 'restore', { first_off_ok: 'false' })).rejects.toMatchObject({
    faults: [{ field: 'first_off_ok' }],
  });
  await expect(
    does(desk, people.re, record, 'restore', { first_off_ok: 'true', restored_at: '09:30' }),
  ).rejects.toMatchObject({
    faults: [{ field: 'restored_at' }],
  });
  record = await does(desk, people.re, record, 'restore', { first_off_ok: 'true' });
  expect(record.fields).toMatchObject({
    minutes_stopped: 60,
    ongoing: false,
    restored_at: '2026-11-23T02:40:00.000Z',
  });
});

test('a stale press changes nothing and brings the present record; fifty presses at once give one move', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      does(desk, index % 2 ? people.qe : people.otherQe, record, 'acknowledge'),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'stale', record: { status: 'acknowledged' } });
});

test('strangers to a verb, wrong statuses and unknown verbs are refused in words', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  const refused = await does(desk, people.pp, record, 'acknowledge').catch((error: unknown) => error);
  expect((refused as { user: (language: 'zh' | 'en') => string }).user('zh')).toContain('质量工程师');
  await expect(does(desk, people.customer, record, 'acknowledge')).rejects.toMatchObject({
    code: 'not_allowed',
  });
  await expect(does(desk, people.lead, record, 'close')).rejects.toMatchObject({ code: 'wrong_status' });
  await expect(does(desk, people.lead, record, 'constructor')).rejects.toMatchObject({
    code: 'unknown_action',
  });
});

test('a reporter takes a report back within half an hour; later only the lead does', async () => {
  const desk = openDesk();
  const one = await captured(desk, 'defect');
  const two = await captured(desk, 'defect');
  expect((await does(desk, people.re, one, 'cancel', {}, '重复')).status).toBe('cancelled');
  await desk.clock.advance(31 * 60_000);
  await expect(does(desk, people.re, two, 'cancel', {}, '重复')).rejects.toMatchObject({
    code: 'not_allowed',
  });
  expect((await does(desk, people.lead, two, 'cancel', {}, '重复')).status).toBe('cancelled');
});

test('severity rises by anyone and with the facts, and falls by the lead with a reason', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'defect');
  const to = async (actor: Actor, severity: string, reason?: string) =>
    (await edit(desk.deps, site, actor, { id: record.id, rev: record.rev, inputs: {}, severity, reason }))
      .record;
  record = await to(people.pp, 'S2');
  await expect(to(people.re, 'S3', '看错')).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(to(people.lead, 'S3')).rejects.toMatchObject({ code: 'invalid' });
  record = await to(people.lead, 'S3', '看错');
  record = (
    await edit(desk.deps, site, people.re, {
      id: record.id,
      rev: record.rev,
      inputs: { line_impact: 'stop' },
    })
  ).record;
  expect(record.severity).toBe('S1');
  expect(verifyHistory(record)).toEqual([]);
});

test('a required fact can be corrected and not cleared; an unknown or computed field is refused', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  const change = (inputs: Record<string, unknown>) =>
    edit(desk.deps, site, people.re, { id: record.id, rev: record.rev, inputs });
  await expect(change({ location: '' })).rejects.toMatchObject({ faults: [{ field: 'location' }] });
  await expect(change({ status: 'closed' })).rejects.toMatchObject({ faults: [{ field: 'status' }] });
  await expect(change({ __proto__x: '1' })).rejects.toMatchObject({ code: 'invalid' });
  const stop = await captured(desk, 'escalation');
  await expect(
    edit(desk.deps, site, people.re, { id: stop.id, rev: 1, inputs: { minutes_stopped: '1' } }),
  ).rejects.toMatchObject({ code: 'invalid' });
  await expect(change({ qty_ng: '5', qty_inspected: '2' })).rejects.toMatchObject({
    faults: [{ field: 'qty_ng' }],
  });
});

test('comments and assignments go into the history, and an assignee is told', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'defect');
  record = (await comment(desk.deps, site, people.pp, { id: record.id, text: ' 已通知仓库 ' })).record;
  expect(record.history.at(-1)).toMatchObject({ verb: 'comment', note: '已通知仓库', by: { name: '赵磊' } });
  await expect(
    assign(desk.deps, site, people.re, { id: record.id, rev: record.rev, assignee: 'p-feng' }),
  ).rejects.toMatchObject({ code: 'invalid' });
  record = (await assign(desk.deps, site, people.re, { id: record.id, rev: record.rev, assignee: 'p-sun' }))
    .record;
  expect(record.owner).toBe('p-sun');
  expect(record.jobs.some(({ type, payload }) => type === 'tell' && payload['person'] === 'p-sun')).toBe(
    true,
  );
});

test('a changed byte in the store shows', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  const tampered = structuredClone(record);
  tampered.fields['qty_ng'] = 1;
  expect(verifyHistory(tampered)).toEqual(['fields differ from what the history gives']);
  const rewritten = structuredClone(record);
  rewritten.history[0]!.at = '2026-11-22T00:00:00.000Z';
  expect(verifyHistory(rewritten)[0]).toContain('its content was changed');
});

test('my work holds what I own and what waits for my role, and not what its owner can do', async () => {
  const desk = openDesk();
  const work = async (actor: Actor) => (await mine(desk.deps, site, actor, 10)).map(({ id }) => id);
  const defect = await captured(desk, 'defect');
  expect(await work(people.qe)).toEqual([defect.id]);
  expect(await work(people.otherQe)).toEqual([]);
  let change = await captured(desk, 'change_request', {
    requested_due: '2026-11-27',
    quality_requirement: '不变',
  });
  expect(await work(people.dm)).toEqual([]);
  change = await does(desk, people.re, change, 'clarify');
  change = await does(desk, people.pp, change, 'review');
  expect(await work(people.dm)).toEqual([change.id]);
  await does(desk, people.dm, change, 'reject', {}, '产能不足');
  expect(await work(people.dm)).toEqual([]);
});

test('who takes a stopped line keeps it when somebody else arrives', async () => {
  const desk = openDesk();
  let record = await does(desk, people.qe, await captured(desk, 'escalation'), 'acknowledge');
  record = await does(desk, people.re, record, 'arrive');
  expect(record.owner).toBe('p-chen');
});
