import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { speakerOf } from '../../src/intake/contact.ts';
import { simplify } from '../../src/intake/lexicon/traditional.ts';
import { readers } from '../../src/intake/kinds/index.ts';
import { foldWidth, normalise } from '../../src/intake/normalise.ts';
import { numberSource, parseNumber } from '../../src/intake/numbers.ts';
import { findPartNames, findPartNumbers } from '../../src/intake/parts.ts';
import { findPlaces } from '../../src/intake/places.ts';
import { findDurations, findQuantities } from '../../src/intake/quantities.ts';
import { read } from '../../src/intake/read.ts';

const at = '2026-11-23T10:00';

describe('numbers', () => {
  test.each([
    ['两百', 200],
    ['一千二', 1200],
    ['两百五', 250],
    ['一千零五十', 1050],
    ['三十来', 30],
    ['十二', 12],
    ['百', 100],
    ['5万', 50_000],
    ['一万二', 12_000],
    ['1.2k', 1200],
    ['1,200', 1200],
    ['a dozen', 12],
    ['two dozen', 24],
    ['half a dozen', 6],
    ['two hundred and fifty', 250],
    ['a hundred', 100],
    ['thirty-five', 35],
  ])('%s is %d', (text, value) => expect(parseNumber(text)).toBe(value));

  test('a range of digits is no number', () => expect(parseNumber('二三十')).toBeUndefined());

  test('every whole number up to a million is read back from its digits with commas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (value) => {
        expect(parseNumber(value.toLocaleString('en-US'))).toBe(value);
        expect(new RegExp(`^${numberSource}$`, 'i').test(value.toLocaleString('en-US'))).toBe(true);
      }),
    );
  });
});

describe('quantities and durations', () => {
  test.each([
    ['追加500套', 500, 'set'],
    ['三百件', 300, 'pcs'],
    ['3车货', 3, 'truck'],
    ['4台车', 4, 'unit'],
    ['五箱', 5, 'box'],
    ['150台份', 150, 'set'],
    ['20kg', 20, 'kg'],
    ['a dozen boxes', 12, 'box'],
    ['two hundred pcs', 200, 'pcs'],
    ['12件', 12, 'pcs'],
  ])('%s', (text, value, unit) => {
    expect(findQuantities(foldWidth(text))[0]).toMatchObject({ value, unit });
  });
  test.each([
    ['停线17min', 17],
    ['半小时', 30],
    ['一个半小时', 90],
    ['1小时20分', 80],
    ['一刻钟', 15],
    ['half an hour', 30],
    ['2.5h', 150],
    ['25 minutes', 25],
  ])('%s lasts %d minutes', (text, minutes) => expect(findDurations(text)[0]?.minutes).toBe(minutes));
});

describe('parts and places', () => {
  test.each([
    ['P/N 8A0-971-12C', '8A0-971-12C'],
    ['料号:HC-3305021', 'HC-3305021'],
    ['part no. 4471', '4471'],
    ['线束8A0-971-12C断料', '8A0-971-12C'],
  ])('%s', (text, value) => expect(findPartNumbers(text)[0]?.value).toBe(value));
  test.each(['DEF-20261123-007', 'PA66-GF30', 'lot 2611-07A', 'JIS 0457-0469', 'V2.3.1'])(
    '%s is no part number',
    (text) => {
      expect(findPartNumbers(text)).toEqual([]);
    },
  );
  test.each([
    ['bumper FR', 'front bumper'],
    ['1,200 brackets', 'bracket'],
    ['LH mirrors', 'left mirror'],
    ['wiring harnesses', 'wiring harness'],
    ['仪表板横梁超差', '仪表板横梁'],
    ['左后翼子板', '左后翼子板'],
    ['右前门线束', '右前门线束'],
  ])('%s is %s', (text, value) => expect(findPartNames(text)[0]?.value).toBe(value));
  test.each([
    ['华驰合肥二厂反馈', { customer: '华驰', plant: '合肥二厂' }],
    ['要到武汉总装', { plant: '武汉总装' }],
    ['Norvik Leuven line 3 down', { customer: 'Norvik', plant: 'Leuven', line: 'Line 3' }],
    ['E70车型总装二线', { model: 'E70', line: '总装二线' }],
    ['焊装1线 G12工位', { line: '焊装1线', station: 'G12' }],
  ])('%s', (text, want) => {
    const places = findPlaces(text, {}, []);
    expect(Object.fromEntries(Object.entries(places).map(([key, named]) => [key, named.value]))).toEqual(
      want,
    );
  });
  test("a site's own line names are known by their aliases", () => {
    expect(findPlaces('西区停了', { lines: [{ name: '西区总成', aliases: ['西区'] }] }, []).line?.value).toBe(
      '西区总成',
    );
  });
});

describe('normalise', () => {
  test.each([
    ['停先了', '停线了'],
    ['段料', '断料'],
    ['表面划商', '表面划伤'],
    ['尺寸超茬', '尺寸超差'],
    ['lien 3 dwon', 'line 3 down'],
    ['12件NG', '12件NG'],
    ['8A0-971', '8A0-971'],
  ])('%s → %s', (typed, meant) => expect(normalise(typed)).toBe(meant));
  test.each(['暂停现场参观', '先停下来', '停进车库', '停制动'])('%s is left alone', (text) =>
    expect(normalise(text)).toBe(text),
  );
});

describe('traditional characters', () => {
  test.each([
    ['總裝二線停線了', '总装二线停线了'],
    ['來料檢驗刮傷3件', '来料检验刮伤3件'],
    ['異音', '异响'],
    ['週三之前', '周三之前'],
    ['總裝', '总装'],
    ['总装', '总装'],
  ])('%s → %s', (typed, read) => expect(simplify(typed)).toBe(read));
});

describe('people', () => {
  test.each([
    ['客户王工电话说本周五的300台改到下周二', '王工'],
    ['客户采购陈经理来电', '陈经理'],
    ['计划科刘工通知', '刘工'],
    ['Mr Jansen phoned: need two hundred mirrors', 'Mr Jansen'],
    ['their purchasing manager asked for 40 more', 'purchasing manager'],
  ])('%s', (text, name) => expect(speakerOf(text)).toBe(name));
  test.each(['王工位停线', '张总装线', '施工要求', '客户要求追加'])('%s names nobody', (text) =>
    expect(speakerOf(text)).toBeUndefined(),
  );
});

const fixtures = [
  'intake-examples',
  'intake-more',
  'intake-heldout',
  'intake-second',
  'intake-third',
  'intake-fourth',
  'intake-fifth',
].flatMap((name) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { t: string }).t),
);
const message = fc.constantFrom(...fixtures);
const kindsOf = (text: string): string[] =>
  read(text, { at }).map((entry) => `${entry.kind} ${entry.op ?? ''}`);

describe('read', () => {
  test('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 })),
        (text) => {
          expect(Array.isArray(read(text, { at }))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('never throws on pieces of real messages put together, and keeps to known keys and codes', () => {
    const piece = message.chain((text) =>
      fc.integer({ min: 0, max: text.length }).map((cut) => text.slice(cut)),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', ',', '。', ' ', '\n'),
        (parts, glue) => {
          for (const entry of read(parts.join(glue), { at })) {
            for (const key of Object.keys(entry)) expect(knownKeys).toContain(key);
            for (const [key, codes] of Object.entries(enums)) {
              if (entry[key] !== undefined)
                expect([entry[key]].flat().every((code) => codes.includes(String(code)))).toBe(true);
            }
            if (entry.type !== undefined)
              expect(types[entry.kind as keyof typeof types]).toContain(entry.type);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('full-width and half-width typing read the same', () => {
    const widen = (text: string): string =>
      text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');
    for (const text of fixtures) expect(read(widen(text), { at })).toEqual(read(text, { at }));
  });

  test('courtesies before and after change no kind', () => {
    fc.assert(
      fc.property(
        message,
        fc.constantFrom('各位好,', '收到,', '大家辛苦了。', 'Hi all, ', 'FYI '),
        fc.constantFrom('', ',谢谢', '。辛苦了', ' thanks', '!!🙏'),
        (text, before, after) => expect(kindsOf(`${before}${text}${after}`)).toEqual(kindsOf(text)),
      ),
      { numRuns: 400 },
    );
  });

  test('only the kinds that are asked for', () => {
    const text = '1. 总装一线9:30停线,大灯断料 2. 客户要求追加大灯100套,明天到';
    expect(read(text, { at }, { kinds: ['change_request'] }).map((entry) => entry.kind)).toEqual([
      'change_request',
    ]);
  });

  test('the same text gives the same reading each time', () => {
    for (const text of fixtures.slice(0, 40)) expect(read(text, { at })).toEqual(read(text, { at }));
  });

  test.each([
    ['a'.repeat(50_000)],
    ['停线'.repeat(25_000)],
    ['1'.repeat(50_000)],
    ['1,'.repeat(25_000)],
    ['由改为'.repeat(16_667)],
    ['from to '.repeat(6_250)],
    ['左右前后'.repeat(12_500)],
    ['A-1'.repeat(16_667)],
    [' '.repeat(50_000)],
    ['没有'.repeat(25_000)],
    ['not if '.repeat(7_143)],
    ['12:30-'.repeat(8_334)],
    ['1、门板划伤3件;'.repeat(6_000)],
    ['Φ8.2±0.1 '.repeat(5_556)],
  ])('50,000 characters of %.12s are read without a hang', (text) => {
    const start = performance.now();
    read(text, { at });
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

const knownKeys =
  `kind op id type cause from to due qty unit qty_delta attribute min_stopped started_at ended_at ongoing cause_side severity
  location stage containment_place customer plant line station model part_no part_name contact status claimed accepted currency
  claim_items occurred_on quality_requirement effectivity drawing_rev stock_affected ppap_needed mode qty_ng qty_inspected
  qty_suspect nominal tol measured measure_unit lot date_code serials safety_related line_impact disposition repeat_of
  vehicles_affected need_qty eta help_requested first_off_ok jis_from jis_to category expected_at exposure_from exposure_to
  delay_days delay_min reason record_type stock_line usage_per_h coverage_h stock_out_at next_eta production_date shift
  planned actual inspected ok_first ng rework_ok scrap stop_reason consumption support_type product dtc channel service
  delivery quality response suggestion benefit proposer start agenda attendees doc_type rev valid_to topic source subject steps`.split(
    /\s+/,
  );
const enums: Record<string, string[]> = {
  kind: readers.map((reader) => reader.kind),
  op: ['update', 'claim'],
  severity: ['S1', 'S2', 'S3', 'S4'],
  unit: ['pcs', 'set', 'unit', 'box', 'truck', 'kg'],
  cause_side: ['ours', 'customer', 'other', 'unknown'],
  stage: ['incoming', 'in_process', 'final', 'road_test', 'field', 'own_plant'],
  mode: `appearance appearance.scratch appearance.dent appearance.stain appearance.color appearance.burr appearance.rust
    dimension.out_of_tolerance dimension.deform dimension.misfit function.no_function function.noise function.leak
    function.electrical function.software material missing wrong_part mixed label packaging`.split(/\s+/),
  line_impact: ['none', 'slow', 'stop'],
  containment_place: ['customer_line', 'customer_wh', 'transit', 'our_fg', 'wip', 'sub_supplier'],
  disposition: ['sort', 'rework', 'repair', 'use_as_is', 'return', 'scrap'],
  claim_items: ['sorting', 'rework', 'line_stop', 'scrap', 'freight', 'admin'],
  help_requested: ['expert', 'material', 'air_freight', 'sorters', 'management'],
  currency: ['CNY', 'EUR', 'USD'],
  category: `supply quality capacity equipment logistics weather labour it_cyber commercial regulatory`.split(
    ' ',
  ),
  support_type: ['explain', 'parameter', 'matching', 'install', 'flash', 'test'],
  channel: ['survey', 'verbal', 'scorecard', 'complaint', 'praise'],
  shift: ['day', 'mid', 'night'],
  record_type: ['delivery', 'stock'],
  doc_type:
    `tech_file quality_agreement minutes order_confirmation inspection_data production_record report`.split(
      ' ',
    ),
  topic: ['competitor', 'new_program', 'volume', 'price', 'policy', 'technology'],
  source: ['public', 'customer_said', 'exhibition'],
};
const types = {
  escalation: [
    'line_stop',
    'line_slow',
    'batch_quality',
    'shortage',
    'safety',
    'logistics',
    'special_status',
    'complaint',
  ],
  change_request: [
    'plan_adjust',
    'tech_param',
    'quality_std',
    'urgent_order',
    'delivery_pull_in',
    'delivery_push_out',
    'qty_decrease',
    'packaging',
    'logistics',
    'customer_hardship',
    'other',
  ],
  defect: [],
  visit: ['quality_meeting', 'joint_meeting', 'tech_review', 'customer_visit', 'plant_tour', 'audit'],
};
