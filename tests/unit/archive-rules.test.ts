/** The archive's arithmetic: which revision is later, until when something is valid, and how long it is kept. */
import fc from 'fast-check';
import { kindOf } from '../../src/kinds/index.ts';
import { retentionOf } from '../../src/records/retention.ts';
import { compareRevisions, isLater } from '../../src/records/revisions.ts';
import { validityOf } from '../../src/records/validity.ts';
import { documentActive } from '../fixtures/records.ts';
import { sampleSite } from '../fixtures/sample-site.ts';

const kind = kindOf('document')!;
const having = (fields: Record<string, unknown>) => ({
  ...documentActive,
  fields: { ...documentActive.fields, ...fields },
});

test.each([
  ['B', 'A', 1],
  ['a', 'B', -1],
  ['AA', 'Z', 1],
  ['02', '1', 1],
  ['1.10', '1.9', 1],
  ['Rev. B', 'rev A', 1],
  ['V2', 'v10', -1],
  ['B版', 'A版', 1],
  ['B', 'B', 0],
  ['A', '3', 0],
  ['2026-03', 'x', 0],
])('revision %s against %s: %i', (one, other, sign) => {
  expect(Math.sign(compareRevisions(one, other))).toBe(sign);
});

test('of two different records exactly one is the later', () => {
  const rev = fc.constantFrom('A', 'B', 'AA', '1', '2', '1.10', 'V2', '', 'draft');
  const time = fc.constantFrom('2026-11-23T02:30:00.000Z', '2026-11-23T02:31:00.000Z');
  fc.assert(
    fc.property(rev, rev, time, time, (a, b, at, then) => {
      const one = { ...having({ doc_rev: a }), id: 'DOC-1', createdAt: at };
      const other = { ...having({ doc_rev: b }), id: 'DOC-2', createdAt: then };
      expect(isLater(kind, one, other)).not.toBe(isLater(kind, other, one));
    }),
  );
});

test('the last day of validity is a whole day of the site, and the warning comes with a morning', () => {
  const validity = validityOf(kind, having({ valid_to: '2027-01-31' }), sampleSite)!;
  expect(new Date(validity.endsAt).toISOString()).toBe('2027-01-31T16:00:00.000Z');
  expect(new Date(validity.warnAt).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  expect(validityOf(kind, having({ valid_to: undefined }), sampleSite)).toBeUndefined();
  expect(validityOf(kind, { ...documentActive, status: 'superseded' }, sampleSite)).toBeUndefined();
});

test.each([
  [{ retention_class: '3y' }, { until: '2029-11-23' }],
  [{ retention_class: 'part_life_plus_1y' }, { until: '2032-12-31' }],
  [{ retention_class: 'part_life_plus_1y', end_of_life: undefined }, { missing: 'end_of_life' }],
  [{ retention_class: 'customer', retain_until: '2040-01-01' }, { until: '2040-01-01' }],
  [{ retention_class: 'customer' }, { missing: 'retain_until' }],
  [{ retention_class: undefined }, { missing: 'retention_class' }],
])('%j is kept: %j', (fields, kept) => {
  expect(retentionOf(kind, having(fields), sampleSite)).toEqual(kept);
});

test('three years from a 29 February end on the 28th', () => {
  const record = { ...having({ retention_class: '3y' }), createdAt: '2028-02-29T02:00:00.000Z' };
  expect(retentionOf(kind, record, sampleSite)).toEqual({ until: '2031-02-28' });
  expect(retentionOf(kindOf('defect')!, record, sampleSite)).toBeUndefined();
});
