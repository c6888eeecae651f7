import type { Filter } from '../../src/store/store.ts';
import {
  ids,
  minute,
  numbered,
  record,
  records,
  type Subject,
  type TestDoc,
  withStore,
} from './store-subject.ts';

/** Search in the scripts people write, and content that strains an encoding. */
export function contentContract(subject: Subject): void {
  searching(subject);
  keeping(subject);
}

const texts: Record<string, string> = {
  harness: 'DEF-20261123-001 右前门线束断料 Right front door harness 8A0-971-12C',
  seat: 'DEF-20261123-002 座椅骨架异响 Seat frame NOISE at 8A0-881-105',
  paint: 'CR-20261123-003 油漆\n色差 Straße ΟΔΟΣ １２Ｖ',
  syntax: 'odd " quote* (paren) NEAR/2 a-b c_d 100% text:x ^start {set} AND',
  ends: '末尾是束',
};

const searches: [string, string[]][] = [
  ['线束', ['harness']],
  ['束', ['harness', 'ends']],
  ['尾', ['ends']],
  ['断料', ['harness']],
  ['右前门线束', ['harness']],
  ['右前门 harness', ['harness']],
  ['座椅，异响', ['seat']],
  ['线束 seat', []],
  ['HARNESS', ['harness']],
  ['noise FRAME', ['seat']],
  ['8A0-971-12C', ['harness']],
  ['8a0-971-12c', ['harness']],
  ['８Ａ０-971', ['harness']],
  ['8A0', ['harness', 'seat']],
  ['8A', ['harness', 'seat']],
  ['8A0-971-12D', []],
  ['20261123', ['harness', 'seat', 'paint']],
  ['12v', ['paint']],
  ['漆 色', ['paint']],
  ['straße', ['paint']],
  ['οδος', ['paint']],
  ['"', ['syntax']],
  ['"quote', []],
  ['quote*', ['syntax']],
  ['harn*', []],
  ['(paren)', ['syntax']],
  ['(', ['syntax']],
  ['NEAR/2', ['syntax']],
  ['NEAR(seat frame)', []],
  ['harness OR seat', []],
  ['NOT harness', []],
  ['AND', ['syntax']],
  ['-', ['harness', 'seat', 'paint', 'syntax']],
  ['a-b', ['syntax']],
  ['%', ['syntax']],
  ['_', ['syntax']],
  ['text:x', ['syntax']],
  ['^start', ['syntax']],
  ['{set}', ['syntax']],
  ["'; DROP TABLE docs; --", []],
  ['\\', []],
  ['a\0b', ['syntax']],
  ['\ud800', []],
  ['😀', []],
  ['', ['harness', 'seat', 'paint', 'syntax', 'ends']],
  ['  ', ['harness', 'seat', 'paint', 'syntax', 'ends']],
  [Array.from({ length: 300 }, (_, i) => `word${i}`).join(' '), []],
];

function searching(subject: Subject): void {
  test('search finds every word, in any script and case, and takes no word for syntax', () =>
    withStore(subject, async (store) => {
      const names = Object.keys(texts);
      await Promise.all(
        names.map((id, i) => store.create(record(id, { searchText: texts[id], createdAt: minute(-i) }))),
      );
      const found: [string, string[]][] = [];
      for (const [text] of searches) found.push([text, ids(await store.search('demo', records, text, 10))]);
      expect(found).toEqual(searches);
    }));

  test('search stays in its site and filter, is newest first, and stops at the limit', () =>
    withStore(subject, async (store) => {
      for (let i = 0; i < 6; i++) {
        await store.create(
          record(`R${i}`, { createdAt: minute(i), searchText: '线束 harness', open: i > 1 }),
        );
      }
      await store.create(record('R9', { site: 'other', createdAt: minute(9), searchText: '线束 harness' }));
      await store.create(record('D9', { type: 'draft', createdAt: minute(9), searchText: '线束 harness' }));
      const open: Filter = { type: 'record', open: true };
      for (const word of ['线束', '束', 'harness']) {
        expect(ids(await store.search('demo', records, word, 3))).toEqual(['R5', 'R4', 'R3']);
        expect(ids(await store.search('demo', open, word, 10))).toEqual(['R5', 'R4', 'R3', 'R2']);
        expect(ids(await store.search('other', records, word, 10))).toEqual(['R9']);
        expect(await store.search('nowhere', records, word, 10)).toEqual([]);
      }
    }));

  test('search follows replacements and removals', () =>
    withStore(subject, async (store) => {
      const find = async (word: string) => ids(await store.search('demo', records, word, 10));
      const first = await store.create(record('A', { searchText: '线束 harness' }));
      const second = await store.replace(record('A', { searchText: '座椅 harness' }), first);
      expect([await find('线束'), await find('座椅'), await find('harness')]).toEqual([[], ['A'], ['A']]);
      const third = await store.replace(record('A'), second);
      expect([await find('座椅'), await find('harness')]).toEqual([[], []]);
      const fourth = await store.replace(record('A', { searchText: 'seat' }), third);
      expect(await find('seat')).toEqual(['A']);
      await store.remove('demo', 'A', fourth);
      expect(await find('seat')).toEqual([]);
    }));
}

const odd: [string, unknown][] = [
  ['emoji, also joined', '😀👩🏽‍🔧🇨🇳'],
  ['lone surrogates', ['\ud800', 'x\udc00y', '\udc00\ud800']],
  ['what looks like an escaped surrogate', ['\\ud800', '\\\\ud800', '\\u0000']],
  ['NUL and control characters', '\0a\0\u0001\u001f\u007f\u2028\u2029'],
  ['composed and decomposed', ['é', 'e\u0301']],
  ['empty values', ['', [], {}, null, false, 0]],
  ['numbers at the edge', [Number.MAX_SAFE_INTEGER, 5e-324, 1.7976931348623157e308, 0.1, -1]],
  ['keys that name the prototype', JSON.parse('{"__proto__":{"a":1},"constructor":1,"toString":2}')],
  [
    'keys that the databases use',
    { _etag: 'x', _ts: 1, ttl: 1, id: 'y', raw: 'z', doc: 1, '$a.b': 2, '': 3 },
  ],
  ['keys with odd characters', { '\0': 1, '\ud800': 2, 中: 3, '"': 4 }],
  ['what looks like SQL', `'); DROP TABLE docs; --`],
  ['dates as strings', '2026-02-30T25:61:61Z'],
];

const oddIds = [
  '线束/右前门',
  'a/b\\c?d#e',
  '19:abc@thread.tacv2;messageid=1',
  '.',
  '..',
  '',
  ' ',
  'trailing ',
  'a~0041',
  'a%2Fb',
  '%',
  '\0',
  '\ud800',
  '\udc00',
  '😀',
  "'",
  '"',
  'A',
  'a',
  '__proto__',
];

function keeping(subject: Subject): void {
  test.each(odd)('gives back exactly: %s', (_, content) =>
    withStore(subject, async (store) => {
      const doc = record('A', { fields: content, title: 'x', searchText: JSON.stringify(content) });
      const etag = await store.create(doc);
      const read = (await store.read<TestDoc>('demo', 'A'))!;
      expect(JSON.stringify(read.doc)).toBe(JSON.stringify(doc));
      const paged = await store.query<TestDoc>('demo', records, 1);
      expect(JSON.stringify(paged.items[0]!.doc)).toBe(JSON.stringify(doc));
      expect(paged.items[0]!.etag).toBe(etag);
      await store.replace(doc, etag);
      expect(JSON.stringify((await store.read('demo', 'A'))!.doc)).toBe(JSON.stringify(doc));
    }),
  );

  test('odd content in what is indexed is kept, and found again', () =>
    withStore(subject, async (store) => {
      const text = 'a\ud800\0线束';
      const doc = record('A', { kind: text, status: text, owner: text, severity: text, searchText: text });
      await store.create(doc);
      const filter: Filter = { type: 'record', kind: text, status: text, owner: text, severity: text };
      expect((await store.query('demo', filter, 5)).items[0]!.doc).toEqual(doc);
      expect(ids(await store.search('demo', filter, '线束', 5))).toEqual(['A']);
    }));

  test('ids and sites of any characters are kept apart', () =>
    withStore(subject, async (store) => {
      for (const [n, id] of oddIds.entries()) {
        await store.create(record(id, { n, wakeAt: minute(n) }));
        await store.create(record('A', { site: `/${id}`, n }));
      }
      for (const [n, id] of oddIds.entries()) {
        const { doc, etag } = (await store.read<TestDoc>('demo', id))!;
        expect([doc.id, doc.n]).toEqual([id, n]);
        await store.replace(numbered(doc, -n), etag);
        expect((await store.query<TestDoc>(`/${id}`, records, 5)).items.map((i) => i.doc.n)).toEqual([n]);
      }
      expect((await store.due(minute(1000), 100)).map(({ id }) => id)).toEqual(oddIds);
      const paged: string[] = [];
      for (let next: string | undefined, more = true; more; more = next !== undefined) {
        const page = await store.query('demo', records, 3, next);
        paged.push(...ids(page.items));
        next = page.next;
      }
      expect(paged.toSorted()).toEqual(oddIds.toSorted());
      for (const id of oddIds) await store.remove('demo', id, (await store.read('demo', id))!.etag);
      expect(await store.count('demo', records)).toBe(0);
    }));

  test('a document of 1 MB is kept', () =>
    withStore(subject, async (store) => {
      const doc = record('A', { title: '线束😀x'.repeat(1024 * 1024 * (1 / 11)), searchText: '线束' });
      expect(Buffer.byteLength(JSON.stringify(doc))).toBeGreaterThan(1_000_000);
      const etag = await store.create(doc);
      await store.replace(numbered(doc, 1), etag);
      expect((await store.read<TestDoc>('demo', 'A'))!.doc).toEqual({ ...doc, n: 1 });
      expect(ids(await store.search('demo', records, '线束', 1))).toEqual(['A']);
    }));
}
