import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../src/store/sqlite-schema.ts';
import * as sql from '../../src/store/sqlite-query.ts';
import type { Filter } from '../../src/store/store.ts';

const db = new DatabaseSync(':memory:');
migrate(db);
afterAll(() => db.close());

const now = '2026-11-23T08:00:00.000Z';
const plan = ({ text, values }: sql.Sql): string[] =>
  (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[]).map(
    ({ detail }) => detail,
  );

/** Every combination of filters. */
const parts: Partial<Filter>[] = [
  { kind: 'defect' },
  { status: 'new' },
  { severity: 'S1' },
  { owner: 'ana' },
  { createdFrom: now },
  { createdTo: now },
  { updatedFrom: now },
  { dueTo: now },
];
const shapes: Filter[] = [undefined, true, false].flatMap((open) =>
  Array.from({ length: 2 ** parts.length }, (_, bits) =>
    Object.assign(
      { type: 'record' as const, ...(open !== undefined && { open }) },
      ...parts.filter((_part, bit) => bits & (1 << bit)),
    ),
  ),
);

/** The step that looks rows up: which index, with which conditions. */
const step = (steps: string[], index: string) =>
  steps.find((each) => each.startsWith('SEARCH docs USING') && each.includes(` ${index} `));

test('no query, count or search reads a table or an index from end to end', () => {
  const after = { createdAt: now, key: 'A' };
  for (const filter of shapes) {
    for (const each of [
      sql.selectPage('demo', filter, now, 50),
      sql.selectPage('demo', filter, now, 50, after),
      sql.selectCount('demo', filter, now),
      sql.selectWalking('demo', filter, now, 50, ['线束']),
      sql.selectAmong('demo', filter, now, 50, ['线束'], [1, 2]),
    ]) {
      const scans = plan(each).filter((detail) => /^SCAN (?!json_each|word|value)/.test(detail));
      expect([each.text, scans]).toEqual([each.text, []]);
    }
  }
});

test.each<[Partial<Filter>, string, string]>([
  [{}, 'docs_created', 'site=? AND type=?'],
  [{ kind: 'defect' }, 'docs_kind', 'site=? AND type=? AND kind=?'],
  [
    { kind: 'defect', createdFrom: now, createdTo: now },
    'docs_kind',
    'site=? AND type=? AND kind=? AND createdAt>? AND createdAt<?',
  ],
  [{ createdFrom: now, createdTo: now }, 'docs_created', 'site=? AND type=? AND createdAt>? AND createdAt<?'],
  [{ open: true }, 'docs_open', 'site=? AND type=?'],
  [{ open: true, kind: 'defect' }, 'docs_open', 'site=? AND type=?'],
  [{ open: true, owner: 'ana' }, 'docs_open_owner', 'site=? AND type=? AND owner=?'],
  [{ open: false, owner: 'ana' }, 'docs_owner', 'site=? AND type=? AND owner=?'],
  [{ status: 'new', kind: 'defect' }, 'docs_status', 'site=? AND type=? AND status=?'],
  [{ severity: 'S1' }, 'docs_severity', 'site=? AND type=? AND severity=?'],
  [{ updatedFrom: now }, 'docs_updated', 'site=? AND type=? AND updatedAt>?'],
  [{ dueTo: now, kind: 'defect' }, 'docs_due', 'site=? AND type=? AND dueAt<?'],
])('%j is answered from %s', (part, index, conditions) => {
  const filter: Filter = { type: 'record', ...part };
  const page = plan(sql.selectPage('demo', filter, now, 50));
  expect(step(page, index)).toContain(`(${conditions})`);
  expect(step(plan(sql.selectCount('demo', filter, now)), index)).toContain(`(${conditions})`);
  // Only a range of another time than createdAt needs sorting, and then of what matches. The outer sort is the page's.
  const sorts = page.filter((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'));
  expect(sorts).toHaveLength(part.updatedFrom || part.dueTo ? 2 : 1);
});

test('the next page is sought, not skipped to', () => {
  const filter: Filter = { type: 'record', kind: 'defect', createdTo: '2026-12-01T00:00:00.000Z' };
  const page = sql.selectPage('demo', filter, now, 50, { createdAt: now, key: 'A' });
  expect(step(plan(page), 'docs_kind')).toContain(
    '(site=? AND type=? AND kind=? AND createdAt>? AND (createdAt,id)<(?,?))',
  );
  expect(page.values).not.toContain(filter.createdTo);
});

test('a month is counted without reading a row', () => {
  const month: Filter = { type: 'record', kind: 'defect', createdFrom: now, createdTo: now };
  expect(plan(sql.selectCount('demo', month, now)).join()).toContain('COVERING INDEX docs_kind');
});

test('due and nextWake read from the earliest of the wake index', () => {
  for (const text of [sql.selectDue, sql.selectNextWake]) {
    const details = (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(
      (d) => d.detail,
    );
    expect(details.join()).toMatch(/USING (COVERING )?INDEX docs_wake/);
    expect(details.join()).not.toContain('TEMP B-TREE');
  }
});

test('candidates of a search come from the trigram index, short words too', () => {
  const [long, short, ...more] = sql.selectCandidates(['harness', '线束'], 10).map((way) => plan(way).join());
  expect(long).toMatch(/docs_search VIRTUAL TABLE INDEX \d+:M/);
  // Not index 0, which would be all terms.
  expect(short).toMatch(/docs_terms VIRTUAL TABLE INDEX [1-9]/);
  expect(more).toEqual([]);
});
