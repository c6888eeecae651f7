/** Due times as domain.md §2 and §3 have them, on the sample site's calendar: Mon to Fri 08:00 to 17:30, Chinese holidays. */
import type { Severity } from '../../src/kinds/define.ts';
import { kindOf } from '../../src/kinds/index.ts';
import type { KindId } from '../../src/kinds/index.ts';
import { runningClocks } from '../../src/records/clocks.ts';
import { edit } from '../../src/records/edit.ts';
import { move } from '../../src/records/move.ts';
import type { Actor } from '../../src/records/deps.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { formatLocal } from '../../src/site/calendar.ts';
import { captured, openDesk, people, site } from '../fakes/desk.ts';
import type { Desk } from '../fakes/desk.ts';
import { local, sampleRecord } from '../fixtures/sample-site.ts';

const day = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

/** Clocks of a new record that was received at a local time, by label: when each is due, local. */
function dueOf(kindId: KindId, severity: Severity, date: string, time: string): Record<string, string> {
  const first = Object.keys(kindOf(kindId)!.statuses)[0]!;
  const at = local(time, date);
  const record = sampleRecord({
    id: 'X-1',
    kind: kindId,
    severity,
    status: first,
    at,
    fields: { received_at: at },
  });
  return Object.fromEntries(
    runningClocks(kindOf(kindId)!, record, site).map(({ rule, due }) => [rule.label.en, day(due)]),
  );
}

/** Of a record as it is now: the labels of the clocks that run. */
const running = (record: RecordDoc): string[] =>
  runningClocks(kindOf(record.kind)!, record, site).map(({ rule }) => rule.label.en);
const dueNow = (record: RecordDoc, label: string): string | undefined => {
  const found = runningClocks(kindOf(record.kind)!, record, site).find(({ rule }) => rule.label.en === label);
  return found && day(found.due);
};

const does = async (
  desk: Desk,
  actor: Actor,
  record: RecordDoc,
  verb: string,
  inputs: Record<string, unknown> = {},
  reason?: string,
): Promise<RecordDoc> => {
  await desk.clock.advance(60_000);
  return (await move(desk.deps, site, actor, { id: record.id, rev: record.rev, verb, inputs, reason }))
    .record;
};

describe('a defect received on Monday 23 November 2026 at 10:30', () => {
  const steps = {
    'D3 containment': '11-24 10:30', // 24 h
    'D4 root cause': '11-30 10:30', // 5 working days: Tue to Mon
    'D5 actions': '12-07 10:30', // 10 working days
    'D6 implementation': '12-07 10:30', // 14 calendar days
    'D7 prevention': '12-23 10:30', // 30 days
    'D8 closing': '01-22 10:30', // 60 days
  };
  test.each<[Severity, string, string]>([
    ['S1', '11-23 10:35', '11-23 11:00'], // 5 min, 30 min
    ['S2', '11-23 11:00', '11-23 12:30'], // 30 min, 2 h
    ['S3', '11-23 14:30', '11-24 10:30'], // 4 h of working time, 1 wd
    ['S4', '11-24 10:30', '11-26 10:30'], // 1 wd, 3 wd
  ])('%s', (severity, acknowledge, reply) => {
    expect(dueOf('defect', severity, '2026-11-23', '10:30')).toEqual({
      Acknowledge: acknowledge,
      'First customer reply': reply,
      ...steps,
    });
  });
});

test.each<[Severity, string, string]>([
  ['S1', '11-23 11:00', '11-23 14:30'],
  ['S2', '11-23 12:30', '11-23 14:30'],
  ['S3', '11-24 10:30', '11-24 10:30'],
  ['S4', '11-26 10:30', '11-24 10:30'],
])(
  'a change request of %s: first reply, feasibility in 4 h or a working day, review in ten',
  (severity, reply, feasibility) => {
    expect(dueOf('change_request', severity, '2026-11-23', '10:30')).toEqual({
      'First customer reply': reply,
      Feasibility: feasibility,
      'Specification review': '12-07 10:30',
    });
  },
);

test.each<[Severity, Record<string, string>]>([
  ['S1', { Answer: '11-23 10:35', 'First customer reply': '11-23 11:00', 'On site': '11-23 11:30' }],
  ['S2', { Answer: '11-23 11:00', 'First customer reply': '11-23 12:30', 'On site': '11-23 11:30' }],
  ['S3', { Answer: '11-23 14:30', 'First customer reply': '11-24 10:30' }],
  ['S4', { Answer: '11-24 10:30', 'First customer reply': '11-26 10:30' }],
])('an escalation of %s', (severity, due) => {
  expect(dueOf('escalation', severity, '2026-11-23', '10:30')).toEqual(due);
});

describe('the calendar', () => {
  test('S1 and S2 run through the night, S3 waits for the morning', () => {
    expect(dueOf('escalation', 'S1', '2026-11-23', '23:58')['Answer']).toBe('11-24 00:03');
    // 16:30 leaves one hour of working time; three more from 08:00
    expect(dueOf('defect', 'S3', '2026-11-23', '16:30')['Acknowledge']).toBe('11-24 11:00');
    expect(dueOf('defect', 'S3', '2026-11-23', '23:00')['Acknowledge']).toBe('11-24 12:00');
  });

  test('a weekend is passed over by working days, not by hours of the wall', () => {
    // Friday 27 November 16:00
    const due = dueOf('defect', 'S3', '2026-11-27', '16:00');
    expect(due['First customer reply']).toBe('11-30 16:00');
    expect(due['D3 containment']).toBe('11-28 16:00');
    expect(due['D4 root cause']).toBe('12-04 16:00');
  });

  test('a make-up Saturday is worked, and National Day is off', () => {
    // 2026: off from 1 to 7 October; Sunday 20 September and Saturday 10 October are worked instead.
    const before = dueOf('change_request', 'S3', '2026-09-30', '10:00'); // Wednesday
    expect(before['First customer reply']).toBe('10-08 10:00'); // Thursday
    expect(before['Specification review']).toBe('10-20 10:00'); // 8 9 10 12 13 14 15 16 19 20
    const onFriday = dueOf('change_request', 'S3', '2026-10-09', '10:00');
    expect(onFriday['First customer reply']).toBe('10-10 10:00'); // the Saturday
  });

  test('what arrives in the holiday counts from the first morning of work', () => {
    expect(dueOf('defect', 'S3', '2026-10-03', '15:00')['Acknowledge']).toBe('10-08 12:00');
    expect(dueOf('defect', 'S4', '2026-10-03', '15:00')['Acknowledge']).toBe('10-09 08:00');
    expect(dueOf('defect', 'S1', '2026-10-03', '15:00')['Acknowledge']).toBe('10-03 15:05');
  });

  test('a clock runs from when the customer told us, not from when we wrote it down', async () => {
    const desk = openDesk(); // 10:30
    const record = await captured(desk, 'defect', { received_at: local('07:00') });
    expect(dueNow(record, 'D3 containment')).toBe('11-24 07:00');
  });
});

const contained = { qty_inspected: '9', qty_suspect: '3', lot: 'L1', containment: '在途 1 1 0', photos: 'a' };
const causes = { cause_occurrence: '夹具磨损', cause_escape: '未全检' };

async function accepted(desk: Desk): Promise<RecordDoc> {
  let record = await captured(desk, 'defect');
  record = await does(desk, people.qe, record, 'acknowledge');
  record = await does(desk, people.re, record, 'contain', contained);
  record = await does(desk, people.qe, record, 'analyse');
  record = await does(desk, people.dm, record, 'plan', causes);
  record = await does(desk, people.qe, record, 'implement');
  record = await does(desk, people.otherQe, record, 'verify');
  return does(desk, people.re, record, 'accept', { customer_evidence: '邮件' });
}

test('a clock stops with its status or its field, each by itself', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'defect');
  const all = ['Acknowledge', 'First customer reply', 'D3 containment', 'D4 root cause'];
  const later = ['D5 actions', 'D6 implementation', 'D7 prevention', 'D8 closing'];
  expect(running(record)).toEqual([...all, ...later]);
  record = await does(desk, people.qe, record, 'acknowledge');
  expect(running(record)).toEqual([...all.slice(1), ...later]);
  record = await does(desk, people.re, record, 'contain', contained);
  expect(running(record)).toEqual(['First customer reply', 'D4 root cause', ...later]);
  record = await does(desk, people.re, record, 'reply');
  record = (await edit(desk.deps, site, people.qe, { id: record.id, rev: record.rev, inputs: causes }))
    .record;
  expect(running(record)).toEqual(later);
  record = await does(desk, people.qe, record, 'analyse');
  record = await does(desk, people.dm, record, 'plan');
  expect(running(record)).toEqual(later.slice(1));
});

test('the customer’s rejection resumes the steps that are to be done again, and no others, at their first due time', async () => {
  const desk = openDesk();
  let record = await accepted(desk);
  expect(running(record)).toEqual(['First customer reply']);
  record = await does(desk, people.re, record, 'reject', {}, '措施无效');
  const resumed = ['D5 actions', 'D6 implementation', 'D7 prevention', 'D8 closing'];
  expect(running(record)).toEqual(['First customer reply', ...resumed]);
  expect(dueNow(record, 'D5 actions')).toBe('12-07 10:30');
  record = await does(desk, people.qe, record, 'analyse');
  expect(running(record)).toEqual(['First customer reply', ...resumed]);
  record = await does(desk, people.dm, record, 'plan');
  record = await does(desk, people.qe, record, 'implement');
  expect(running(record)).toEqual(['First customer reply', 'D7 prevention', 'D8 closing']);
});

test('a dispute stops the wait for somebody to react, and not the containment', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'defect');
  record = await does(desk, people.re, record, 'dispute', {}, '客户装配造成');
  expect(running(record)).not.toContain('Acknowledge');
  expect(running(record)).toContain('D3 containment');
  record = await does(desk, people.qe, record, 'analyse');
  expect(running(record)).not.toContain('Acknowledge');
  expect(running(record)).toContain('D3 containment');
  const inputs = { contained_at: '10:31' };
  record = (await edit(desk.deps, site, people.qe, { id: record.id, rev: record.rev, inputs })).record;
  expect(running(record)).not.toContain('D3 containment');
});

test('a reopened record has its clocks anew from the reopening', async () => {
  const desk = openDesk();
  let record = await accepted(desk);
  record = await does(desk, people.lead, record, 'close');
  expect(running(record)).toEqual([]);
  expect(record.dueAt).toBeUndefined();
  await desk.clock.advanceTo('2027-03-01T02:00:00.000Z'); // a Monday, 10:00 local
  record = await does(desk, people.re, record, 'reopen', {}, '再次发生');
  expect(dueNow(record, 'D5 actions')).toBe('03-15 10:01');
  expect(dueNow(record, 'D8 closing')).toBe('04-30 10:01');
  // Contained, answered and explained it had been before.
  expect(running(record)).not.toContain('D3 containment');
  expect(running(record)).not.toContain('Acknowledge');
  expect(running(record)).not.toContain('D4 root cause');
});

test('a line that stops again waits for an answer anew, runs its stopwatch, and owes no review yet', async () => {
  const desk = openDesk();
  let record = await captured(desk, 'escalation', { started_at: local('10:30') });
  record = await does(desk, people.re, record, 'arrive');
  expect(running(record)).toEqual(['First customer reply']);
  record = await does(desk, people.re, record, 'restore', { first_off_ok: 'true' });
  expect(running(record)).toEqual(['First customer reply', 'Review']);
  expect(dueNow(record, 'Review')).toBe('11-25 10:32');
  await desk.clock.advance(10 * 60_000);
  record = await does(desk, people.re, record, 'reopen', {}, '又停了');
  expect(running(record)).toEqual(['Answer', 'First customer reply', 'On site']);
  expect(dueNow(record, 'Answer')).toBe('11-23 10:48'); // reopened at 10:43
  expect(record.fields).toMatchObject({ ongoing: true });
  for (const gone of ['restored_at', 'first_off_ok', 'ack_at', 'on_site_at'])
    expect(record.fields).not.toHaveProperty(gone);
  record = await does(desk, people.re, record, 'arrive');
  await expect(does(desk, people.re, record, 'restore')).rejects.toMatchObject({
    faults: [{ field: 'first_off_ok' }],
  });
});

test('a line that runs again needs no answer any more, even if nobody had said that they take it', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'escalation');
  const restored = await does(desk, people.re, record, 'restore', { first_off_ok: 'true' });
  expect(running(restored)).toEqual(['First customer reply', 'Review']);
});

test('severity moves the due times: raised, from the same start by the wall', async () => {
  const desk = openDesk();
  const record = await captured(desk, 'defect');
  expect(dueNow(record, 'Acknowledge')).toBe('11-23 14:30');
  const raised = await edit(desk.deps, site, people.re, {
    id: record.id,
    rev: record.rev,
    inputs: {},
    severity: 'S2',
  });
  expect(dueNow(raised.record, 'Acknowledge')).toBe('11-23 11:00');
  expect(raised.record.dueAt).toBe(local('11:00'));
  expect(formatLocal(site.timeZone, Date.parse(raised.record.dueAt!), 'en')).toContain('11:00');
});
