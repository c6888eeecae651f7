/** The duty card at moments that a day in the office does not show. */
import { renderDuty } from '../../src/render/duty.ts';
import { dutySite } from '../fixtures/duty.ts';
import { local, sampleView } from '../fixtures/sample-site.ts';
import { textsIn } from './card-walk.ts';

const saidAt = (time: string, date: string, more: Partial<typeof dutySite> = {}): string => {
  const view = sampleView('zh', { site: { ...dutySite, ...more }, now: Date.parse(local(time, date)) });
  return textsIn(renderDuty(view)).join('\n');
};

test('in the night the shift is named by the date on which it began', () => {
  expect(saidAt('02:15', '2026-11-28')).toContain('现在 · 11-27(周五) 夜班 20:00–08:00');
});

test('where no rota covers the present shift it says whom a call reaches, and looks to the next that has duty', () => {
  const duty = dutySite.duty?.filter(({ days }) => days === 'workdays');
  const said = saidAt('12:00', '2026-11-28', { duty });
  expect(said).toContain('现在 · 白班 08:00–20:00\n这段时间没有排班，呼叫会通知该角色的所有人。');
  expect(said).toContain('下一班 · 11-30(周一) 白班 08:00–20:00\n质量工程师\n孙悦');
});

test('between shifts it says so', () => {
  const shifts = [{ code: 'day' as const, start: '08:00', end: '17:00' }];
  expect(saidAt('18:00', '2026-11-24', { shifts })).toContain('现在 · 班次之外');
});

test('a role that nobody can be called for is said', () => {
  const away = (person: string) => ({
    id: `away ${person}`,
    sort: 'away' as const,
    by: { id: person, name: person },
    at: local('08:00'),
    person,
    from: local('08:00'),
    to: local('20:00'),
  });
  const said = saidAt('10:00', '2026-11-23', { dutyChanges: ['p-chen', 'p-sun'].map(away) });
  expect(said).toContain('质量工程师\n无人可呼叫\n陈伟不在');
});
