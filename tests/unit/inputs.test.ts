import fc from 'fast-check';
import { kindOf } from '../../src/kinds/index.ts';
import type { Field } from '../../src/kinds/fields.ts';
import { allKinds } from '../../src/kinds/index.ts';
import { text } from '../../src/language.ts';
import { readInput, readInputs } from '../../src/records/inputs.ts';
import { sampleNow, sampleSite } from '../fixtures/sample-site.ts';

const label = text('项', 'Item');
const here = { site: sampleSite, now: sampleNow };
const brussels = { site: { ...sampleSite, timeZone: 'Europe/Brussels' }, now: sampleNow };
const read = (field: Field, raw: unknown, context = here): unknown => {
  const parsed = readInput(field, raw, context);
  return 'what' in parsed ? parsed.what : parsed.value;
};
const refused = expect.objectContaining({ zh: expect.any(String), en: expect.any(String) });
const whole: Field = { type: 'int', label, min: 0, max: 1_000_000 };
const real: Field = { type: 'num', label };

test.each<[unknown, unknown]>([
  ['12', 12],
  [' 12 ', 12],
  [12, 12],
  ['120', 120],
  ['1,234', 1234],
  ['1,234,567', refused], // more than may be
  ['12,34', refused], // no thousands: who knows what was meant
  ['+7', 7],
  ['-7', refused],
  ['1.5', refused],
  [1.5, refused],
  ['1e3', refused],
  ['0x10', refused],
  ['十二', refused],
  ['12件', refused],
  ['NaN', refused],
  ['Infinity', refused],
  [Infinity, refused],
  ['9007199254740993', refused],
  [true, refused],
  [['12'], refused],
  ['', undefined],
  ['  ', undefined],
  [null, undefined],
])('a whole number from %j', (raw, value) => {
  expect(read(whole, raw)).toEqual(value);
});

test.each<[unknown, unknown]>([
  ['8.2', 8.2],
  ['.5', 0.5],
  ['8.', 8],
  ['-0.15', -0.15],
  ['8.2', 8.2],
  ['1,200.75', 1200.75],
  ['8,2', refused],
  ['8.2.1', refused],
  ['±0.1', refused],
])('a measure from %j', (raw, value) => {
  expect(read(real, raw)).toEqual(value);
});

test.each<[unknown, unknown]>([
  ['true', true],
  [true, true],
  ['是', true],
  ['合格', true],
  ['OK', true],
  ['ok', true],
  ['false', false],
  ['NG', false],
  ['不合格', false],
  ['未知', undefined],
  ['unknown', undefined],
  ['maybe', refused],
  [{}, refused],
])('a yes or no from %j', (raw, value) => {
  expect(read({ type: 'bool', label }, raw)).toEqual(value);
});

// It is Monday 2026-11-23, 10:30 in Shanghai.
test.each<[unknown, 'future' | 'past' | undefined, unknown]>([
  ['2026-11-27', undefined, '2026-11-27'],
  ['2026/11/7', undefined, '2026-11-07'],
  ['2026.11.27', undefined, '2026-11-27'],
  ['2026年11月27日', undefined, '2026-11-27'],
  ['2026-11-27', undefined, '2026-11-27'],
  ['2026-11-27T00:00:00Z', undefined, '2026-11-27'],
  ['2026-11-271', undefined, refused],
  ['2026-02-29', undefined, refused],
  ['2028-02-29', undefined, '2028-02-29'],
  ['2026-13-01', undefined, refused],
  ['0206-11-23', undefined, refused],
  ['27.11.2026', undefined, refused],
  ['明天', undefined, refused],
  [20261127, undefined, refused],
  ['2026-11-23', 'future', '2026-11-23'],
  ['2026-11-22', 'future', refused],
  ['2026-11-23', 'past', '2026-11-23'],
  ['2026-11-24', 'past', refused],
])('a date from %j (%s)', (raw, when, value) => {
  expect(read(when ? { type: 'date', label, when } : { type: 'date', label }, raw)).toEqual(value);
});

test.each<[unknown, 'future' | 'past' | undefined, unknown]>([
  ['2026-11-23 09:40', undefined, '2026-11-23T01:40:00.000Z'],
  ['2026-11-23T09:40', undefined, '2026-11-23T01:40:00.000Z'],
  ['9:40', undefined, '2026-11-23T01:40:00.000Z'],
  ['09:40', undefined, '2026-11-23T01:40:00.000Z'],
  ['2026-11-23T09:40:00Z', undefined, '2026-11-23T09:40:00.000Z'],
  ['2026-11-23T09:40:00+01:00', undefined, '2026-11-23T08:40:00.000Z'],
  ['24:00', undefined, refused],
  ['2026-02-30 09:40', undefined, refused],
  ['2026-02-30T09:40:00Z', undefined, refused],
  ['0026-11-23 09:40', undefined, refused],
  ['刚才', undefined, refused],
  [0, undefined, refused],
  ['10:34', 'past', '2026-11-23T02:34:00.000Z'], // clients' clocks differ by some minutes
  ['10:36', 'past', refused],
  ['10:24', 'future', refused],
])('a time from %j (%s)', (raw, when, value) => {
  expect(read(when ? { type: 'datetime', label, when } : { type: 'datetime', label }, raw)).toEqual(value);
});

test('a time that the change of clocks leaves out comes after the gap; of one that comes twice the first is meant', () => {
  const time: Field = { type: 'datetime', label };
  expect(read(time, '2027-03-28 02:30', brussels)).toBe('2027-03-28T01:30:00.000Z'); // 03:30 CEST
  expect(read(time, '2026-10-25 02:30', brussels)).toBe('2026-10-25T00:30:00.000Z'); // CEST, before the change
  expect(read(time, '2026-07-01 08:00', brussels)).toBe('2026-07-01T06:00:00.000Z');
});

const side: Field = {
  type: 'choice',
  label,
  choices: { ours: text('我方', 'Ours'), customer: text('客户', 'Customer') },
};
test.each<[unknown, unknown]>([
  ['ours', 'ours'],
  ['我方', 'ours'],
  ['OURS', 'ours'],
  ['Customer', 'customer'],
  ['supplier', refused],
  ['constructor', refused],
  ['__proto__', refused],
  [{ toString: 1 }, refused],
])('a choice from %j', (raw, value) => {
  expect(read(side, raw)).toEqual(value);
  const several = read({ ...side, multiple: true } as Field, raw);
  expect(several).toEqual(typeof value === 'string' ? [value] : value);
});

test('several choices come as Teams joins them, or as people do', () => {
  const several = { ...side, multiple: true } as Field;
  expect(read(several, 'ours,customer')).toEqual(['ours', 'customer']);
  expect(read(several, '我方、客户、我方')).toEqual(['ours', 'customer']);
  expect(read(several, ['ours'])).toEqual(['ours']);
});

test('a list is one a line or parted, without empty ones, and not endless', () => {
  const list: Field = { type: 'list', label };
  expect(read(list, 'A1\nA2\n\n A3,A4;A5')).toEqual(['A1', 'A2', 'A3', 'A4', 'A5']);
  expect(
    read(
      list,
      Array.from({ length: 201 }, (_, n) => `x${n}`),
    ),
  ).toEqual(refused);
  expect(read(list, 'x'.repeat(301))).toEqual(refused);
});

test('rows are read by their columns, whatever parts them, and a fault names its row', () => {
  const { containment } = kindOf('defect')!.fields;
  const rows = [
    { place: 'customer_line', qty: 120, ok: 118, ng: 2 },
    { place: 'transit', qty: 40, ok: 40, ng: 0 },
  ];
  for (const typed of [
    '客户线边 120 118 2\n在途 40 40 0',
    'customer line 120 118 2; In transit 40 40 0',
    'customer_line | 120 | 118 | 2\ntransit|40|40|0',
    '客户线边,120,118,2\n在途,40,40,0',
    rows,
  ])
    expect(read(containment!, typed)).toEqual(rows);
  expect(read(containment!, '客户线边 120\n月球 1')).toMatchObject({
    en: expect.stringContaining('row 2, Place: has no choice "月球"'),
  });
  for (const name of ['constructor', '__proto__', 'hasOwnProperty', 'nothing'])
    expect(read(containment!, [JSON.parse(`{"${name}": 1}`)])).toEqual(refused);
  expect(read(containment!, Array(51).fill('在途 1'))).toEqual(refused);
});

test('names that a kind does not have, and what the system sets, are faults, not fields', () => {
  const escalation = kindOf('escalation')!;
  const inputs = JSON.parse(
    '{"__proto__": "x", "constructor": "x", "status": "closed", "minutes_stopped": "5"}',
  ) as object;
  const { values, faults } = readInputs(
    escalation,
    { ...inputs, ...Object.fromEntries(Object.entries(inputs)) },
    here,
  );
  expect(values).toEqual({});
  expect(faults.map(({ field }) => field).sort()).toEqual(
    ['__proto__', 'constructor', 'minutes_stopped', 'status'].filter((name) =>
      Object.hasOwn({ ...inputs }, name),
    ),
  );
});

test('whatever JSON a client sends is a value of the field’s sort or a fault in two languages, and never an exception', () => {
  const names = allKinds.flatMap((kind) => Object.keys(kind.fields).map((name) => [kind, name] as const));
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 4 }), ([kind, name], raw) => {
      const { values, faults } = readInputs(kind, { [name]: raw }, here);
      expect(Object.keys(values).length + faults.length).toBe(1);
      for (const { what } of faults) {
        expect(what.zh).not.toBe('');
        expect(what.en).not.toBe('');
      }
      if (Object.hasOwn(values, name)) isOfSort(kind.fields[name]!, values[name]);
    }),
    { numRuns: 3_000 },
  );
});

test('what was read is read the same again: a form that is sent back unchanged changes nothing', () => {
  const typed = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.integer().map(String),
    fc.float({ noNaN: true }).map(String),
    fc.constantFrom('2026-11-20', '09:40', '2026-11-23 09:40', '是', 'no', '在途 1 1 0', 'A\nB', '我方'),
  );
  const names = allKinds.flatMap((kind) => Object.keys(kind.fields).map((name) => [kind, name] as const));
  fc.assert(
    fc.property(fc.constantFrom(...names), typed, ([kind, name], raw) => {
      const { values } = readInputs(kind, { [name]: raw }, here);
      if (values[name] === undefined) return;
      expect(readInputs(kind, { [name]: values[name] }, here)).toEqual({ values, faults: [] });
    }),
    { numRuns: 3_000 },
  );
});

function isOfSort(field: Field, value: unknown): void {
  if (value === undefined) return;
  switch (field.type) {
    case 'text':
      expect(typeof value).toBe('string');
      return;
    case 'int':
      expect(Number.isSafeInteger(value)).toBe(true);
      return;
    case 'num':
      expect(Number.isFinite(value)).toBe(true);
      return;
    case 'bool':
      expect(typeof value).toBe('boolean');
      return;
    case 'date':
      expect(value).toMatch(/^\d{4}-\d\d-\d\d$/);
      return;
    case 'datetime':
      expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      return;
    case 'choice':
      for (const one of field.multiple ? (value as string[]) : [value as string])
        expect(Object.hasOwn(field.choices, one)).toBe(true);
      return;
    case 'list':
      for (const one of value as unknown[]) expect(typeof one).toBe('string');
      return;
    case 'rows':
      for (const row of value as Record<string, unknown>[])
        for (const [name, cell] of Object.entries(row)) {
          expect(Object.hasOwn(field.columns, name)).toBe(true);
          isOfSort(field.columns[name]!, cell);
        }
  }
}
