import { changeRequest } from '../../src/kinds/change-request.ts';
import { defect } from '../../src/kinds/defect.ts';
import { escalation } from '../../src/kinds/escalation.ts';
import { readInput } from '../../src/records/inputs.ts';
import { formatClock, formatMinutes, formatValue, nameList, typedValue } from '../../src/render/format.ts';
import { local, sampleNow, sampleSite, sampleView } from '../fixtures/sample-site.ts';

const zh = sampleView('zh');
const en = sampleView('en');
const f = { ...changeRequest.fields, ...escalation.fields, ...defect.fields };

test.each([
  [f.mode, 'appearance.scratch', {}, '外观 · 划伤', 'Appearance · Scratch'],
  [f.mode, 'not_a_mode', {}, 'not_a_mode', 'not_a_mode'],
  [f.qty_ng, 1200, { unit: 'pcs' }, '1,200 件', '1,200 pcs'],
  [f.qty_ng, 0, {}, '0', '0'],
  [f.measured, 42.05, { measure_unit: 'mm' }, '42.05 mm', '42.05 mm'],
  [f.cost, 18600, {}, '18,600 元', '18,600 CNY'],
  [f.minutes_stopped, 65, {}, '1小时5分', '1 h 5 min'],
  [f.safety_related, false, {}, '否', 'No'],
  [f.requested_due, '2026-11-27', {}, '11-27(周五)', 'Fri 27 Nov'],
  [f.requested_due, '2027-01-04', {}, '2027-01-04(周一)', 'Mon 4 Jan 2027'],
  [f.started_at, local('02:15'), {}, '11-23 02:15', '23 Nov 02:15'],
  [f.help_requested, ['expert', 'sorters'], {}, '专家、挑选人员', 'Expert, Sorters'],
  [f.serials, ['A1', 'A2'], {}, 'A1、A2', 'A1, A2'],
  [
    f.containment,
    [{ place: 'customer_line', qty: 120, ok: 118, ng: 2 }],
    {},
    '客户线边 · 数量 120 · 合格 118 · 不良 2',
    'Customer line · Qty 120 · OK 118 · NG 2',
  ],
  [f.lot, undefined, {}, '', ''],
])('%# shows a value', (field, value, facts, inChinese, inEnglish) => {
  expect(formatValue(field, value, zh, facts)).toBe(inChinese);
  expect(formatValue(field, value, en, facts)).toBe(inEnglish);
});

test('a time is the clock alone on the same local day', () => {
  expect(formatClock(local('23:59'), zh)).toBe('23:59');
  expect(formatClock(local('00:10', '2026-11-24'), zh)).toBe('11-24 00:10');
});

test.each([
  [0, '0分钟', '0 min'],
  [59, '59分钟', '59 min'],
  [60, '1小时', '1 h'],
  [1440, '1天', '1 d'],
  [1565, '1天2小时', '1 d 2 h'],
])('%d minutes', (minutes, inChinese, inEnglish) => {
  expect(formatMinutes(minutes, 'zh')).toBe(inChinese);
  expect(formatMinutes(minutes, 'en')).toBe(inEnglish);
});

test('many names are counted', () => {
  expect(nameList(['甲', '乙', '丙'], 'zh', 2)).toBe('甲、乙等3人');
  expect(nameList(['A', 'B', 'C'], 'en', 2)).toBe('A, B and 1 more');
  expect(nameList(['A', 'B'], 'en', 2)).toBe('A, B');
});

test.each(['zh', 'en'] as const)(
  'what an input is filled with reads back as the same value (%s)',
  (language) => {
    const view = sampleView(language);
    const values = [
      [f.mode, 'dimension.misfit'],
      [f.qty_ng, 12],
      [f.safety_related, true],
      [f.requested_due, '2026-11-27'],
      [f.started_at, local('02:15')],
      [f.help_requested, ['expert', 'air_freight']],
      [f.serials, ['A1', 'A2']],
      [
        f.containment,
        [
          { place: 'customer_wh', qty: 0, ok: 0, ng: 0 },
          { place: 'transit', ng: 1 },
        ],
      ],
      [f.claim, [{ item: 'line_stop', claimed: 38500.5, evidence: '邮件' }]],
      [f.cause_occurrence, '第一行\n第二行'],
    ] as const;
    for (const [field, value] of values)
      expect(readInput(field, typedValue(field, value, view), { site: sampleSite, now: sampleNow })).toEqual({
        value,
      });
  },
);
