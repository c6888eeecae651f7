/** Whether two reports tell of one stop. */
import { kindOf } from '../../src/kinds/index.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { caseKey, relation } from '../../src/records/same-case.ts';
import { stopOpen, stopRestored } from '../fixtures/records.ts';
import { local } from '../fixtures/sample-site.ts';

const kind = kindOf('escalation')!;
const at = (time: string): number => Date.parse(local(time));
const running = (from: string) => ({
  type: 'line_stop',
  line: '总装二线',
  started_at: local(from),
  ongoing: true,
});
const ended = (from: string, to: string) => ({ ...running(from), ended_at: local(to), ongoing: false });

test('a line is one case however its name is spaced; other sorts of escalation are cases of their own', () => {
  expect(caseKey(kind, { type: 'line_stop', line: 'Line 2' })).toBe(
    caseKey(kind, { type: 'shortage', line: 'line2' }),
  );
  expect(caseKey(kind, { type: 'line_stop', line: 'Line 2' })).not.toBe(
    caseKey(kind, { type: 'line_stop', line: 'Line 3' }),
  );
  expect(caseKey(kind, { type: 'complaint', line: 'Line 2' })).toBeUndefined();
  expect(caseKey(kind, { type: 'line_stop' })).toBeUndefined();
  expect(caseKey(kindOf('defect')!, { type: 'line_stop', line: 'Line 2' })).toBeUndefined();
});

const open: RecordDoc = { ...stopOpen, level: 0 }; // since 10:13
const restored: RecordDoc = { ...stopRestored, level: 3 }; // 09:13 to 10:18

test.each<[string, RecordDoc, Record<string, unknown>, string, string]>([
  ['runs, and runs', open, running('10:20'), '10:20', 'join'],
  ['runs, and was said to run since before', open, running('09:00'), '10:20', 'join'],
  ['runs, and was over before it began', open, ended('09:00', '09:30'), '10:20', 'new'],
  ['runs, and was over after it began', open, ended('10:00', '10:15'), '10:20', 'join'],
  ['is restored, and stands again', restored, running('10:50'), '10:50', 'reopen'],
  ['is restored, and stands again an hour later', restored, running('11:18'), '11:18', 'reopen'],
  ['is restored, and stands again later than that', restored, running('11:19'), '11:19', 'new'],
  ['is restored, and is said to stand since before', restored, running('09:20'), '10:30', 'reopen'],
  ['is restored, and is told of late', restored, ended('09:20', '10:10'), '12:00', 'join'],
  ['is restored, and was over earlier', restored, ended('08:00', '08:30'), '12:00', 'new'],
  ['was a false alarm', { ...open, status: 'cancelled', open: false }, running('10:20'), '10:20', 'new'],
  [
    'is closed, and stands again',
    { ...restored, status: 'closed', open: false },
    running('10:40'),
    '10:40',
    'reopen',
  ],
])('one that %s', (_, record, report, now, expected) => {
  expect(relation(kind, record, report, at(now))).toBe(expected);
});
