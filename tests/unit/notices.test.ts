import { AppError } from '../../src/errors.ts';
import type { Notices } from '../../src/records/notices.ts';
import { reachOf, readNotices, usualNotices } from '../../src/records/notices.ts';
import type { Severity } from '../../src/kinds/define.ts';
import { local, sampleSite } from '../fixtures/sample-site.ts';

const day = Date.parse(local('10:00'));
const night = Date.parse(local('22:00'));
const morning = { at: Date.parse(local('08:00', '2026-11-24')) };
const reached = (severity: Severity, notices: Partial<Notices>, asked: boolean, now: number, fields = {}) =>
  reachOf({ severity, fields }, { ...usualNotices, ...notices }, asked, sampleSite, now);

test.each([
  ['S1', {}, false, night, 'now'],
  ['S2', {}, false, night, 'now'],
  ['S3', {}, false, day, 'now'],
  ['S3', {}, false, night, morning],
  ['S4', {}, true, night, morning],
  ['S3', { quiet: 'none' }, false, night, 'now'],
  ['S3', { reach: 'grave' }, true, day, 'never'],
  ['S2', { reach: 'grave' }, false, night, 'now'],
  ['S3', { reach: 'mine' }, true, night, morning],
  ['S3', { reach: 'mine' }, false, night, 'never'],
  ['S2', { reach: 'mine' }, false, day, 'never'],
  ['S1', { reach: 'mine' }, false, night, 'now'],
  [
    'S3',
    { quiet: 'own', own: { from: '21:00', to: '23:00', offDays: false } },
    true,
    night,
    { at: Date.parse(local('23:00')) },
  ],
  ['S3', { quiet: 'own', own: { from: '23:00', to: '06:00', offDays: false } }, true, night, 'now'],
] as const)('%s with %j (asked: %s) at %s: %j', (severity, notices, asked, now, expected) => {
  expect(reached(severity, notices, asked, now)).toEqual(expected);
});

test('safety reaches everybody at any time, whatever the severity was lowered to and whatever they chose', () => {
  for (const reach of ['all', 'mine', 'grave'] as const)
    expect(reached('S4', { reach }, false, night, { safety_related: true })).toBe('now');
});

const typed = { reach: 'mine', quiet: 'own', quiet_from: '22:00', quiet_to: '6:30', quiet_off_days: 'true' };

test('times are read as people type them', () => {
  const own = { from: '22:00', to: '06:30', offDays: true };
  expect(readNotices(typed)).toEqual({ reach: 'mine', quiet: 'own', own });
  expect(readNotices({ ...typed, quiet_from: ' 2200 ', quiet_to: '6：30' })).toMatchObject({ own });
});

test('own hours are kept while another choice holds, and bad ones do not hold that up', () => {
  expect(readNotices({ ...typed, quiet: 'site' }).own).toEqual({ from: '22:00', to: '06:30', offDays: true });
  expect(readNotices({ ...typed, quiet: 'none', quiet_from: 'x' })).toEqual({ reach: 'mine', quiet: 'none' });
});

test.each([
  [{ quiet_from: '24:00' }, '开始：请填写时间，例如 22:00', 'From: must be a time such as 22:00'],
  [{ quiet_to: '' }, '结束：请填写时间，例如 22:00', 'To: must be a time such as 22:00'],
  [{ quiet_to: '22:00' }, '不能与开始相同', 'must differ from the start'],
])('%j is refused with an example', (wrong, zh, en) => {
  let refused: unknown;
  try {
    readNotices({ ...typed, ...wrong });
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(AppError);
  expect((refused as AppError).user('zh')).toContain(zh);
  expect((refused as AppError).user('en')).toContain(en);
});

test('a choice that is on no card is refused', () => {
  expect(() => readNotices({ ...typed, reach: 'nothing' })).toThrow('unknown_action');
  expect(() => readNotices({ ...typed, quiet: undefined })).toThrow('unknown_action');
});
