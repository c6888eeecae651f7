/** What people type about a task: times as a clock's or as minutes, people, choices. */
import { kindOf } from '../../src/kinds/index.ts';
import { readAsks, TaskReader, taskFields } from '../../src/records/task-inputs.ts';
import { stopHelped } from '../fixtures/tasks.ts';
import { local, sampleNow, sampleSite as site } from '../fixtures/sample-site.ts';

const kind = kindOf('escalation')!;
const reads = (raw: unknown, now = sampleNow): string | undefined => {
  const reader = new TaskReader({ task_eta: raw }, { site, now });
  const value = reader.text('task_eta', taskFields.task_eta, true);
  return reader.faults[0]?.what.en ?? value;
};

test.each([
  ['11:20', local('11:20')],
  ['11：20', local('11:20')],
  ['2026-11-24 07:05', local('07:05', '2026-11-24')],
  ['20', local('10:50')],
  [' 20分钟 ', local('10:50')],
  ['20 min', local('10:50')],
  ['1.5 h', local('12:00')],
  ['2小时', local('12:30')],
  ['0', local('10:30')],
])('%s at half past ten is %s', (typed, at) => {
  expect(reads(typed)).toBe(at);
});

test('shortly before midnight a time of the small hours is tomorrow’s', () => {
  expect(reads('00:10', Date.parse(local('23:50')))).toBe(local('00:10', '2026-11-24'));
});

test.each([
  ['10:00', 'cannot be earlier than now'],
  ['soon', 'must be a time'],
  ['', 'is required'],
  ['-5', 'must be a time'],
  ['25:00', 'must be a time'],
])('"%s" is refused: %s', (typed, what) => {
  expect(reads(typed)).toContain(what);
});

const asks = (sort: string, typed: Record<string, unknown>, obligatory = true) =>
  readAsks(kind, sort, typed, stopHelped, { site, now: sampleNow }, obligatory);

test('what is asked already is left out, and nothing but that is refused', () => {
  // Management was done, so it may be asked for again; the others still run.
  expect(asks('help', { task_what: 'expert,management', task_note: '快' })).toEqual({
    asks: [{ what: 'management', note: '快' }],
    faults: [],
  });
  const { faults } = asks('help', { task_what: ['expert', 'sorters'] });
  expect(faults).toMatchObject([
    { field: 'task_what', what: { en: expect.stringContaining('Expert, Sorters') } },
  ]);
});

test('a form beside another verb asks for nothing where nothing was typed, and for all of it where something was', () => {
  expect(asks('action', { task_type: 'short_term' }, false)).toEqual({ asks: [], faults: [] });
  const { faults } = asks('action', { task_what: '培训' }, false);
  expect(faults.map(({ field }) => field).sort()).toEqual(['task_due', 'task_owner']);
});

test('an owner is one of our own people', () => {
  const typed = { task_what: '培训', task_due: '2026-11-30' };
  for (const task_owner of ['p-feng', 'nobody'])
    expect(asks('action', { ...typed, task_owner }).faults).toMatchObject([{ field: 'task_owner' }]);
  expect(asks('action', { ...typed, task_owner: 'p-wu' }).asks).toEqual([
    { what: '培训', due: '2026-11-30', owner: 'p-wu' },
  ]);
});
