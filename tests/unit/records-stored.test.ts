/**
 * Records as older versions stored them (`<kind>.<schema>.json`): they are read, brought to the present schema, verified,
 * shown and worked on. The files are never written again; a new schema adds files of its own.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { allKinds, kindOf } from '../../src/kinds/index.ts';
import { load } from '../../src/records/change.ts';
import { comment } from '../../src/records/edit.ts';
import { list, show } from '../../src/records/find.ts';
import { verifyHistory } from '../../src/records/history.ts';
import { recordSchema } from '../../src/records/record.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { renderRecord } from '../../src/render/record.ts';
import { openDesk, people, site } from '../fakes/desk.ts';
import { sampleView } from '../fixtures/sample-site.ts';

const folder = join(import.meta.dirname, '../fixtures/stored');
const files = readdirSync(folder).filter((name) => /\.\d+\.json$/.test(name));
const stored = (file: string): RecordDoc => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordDoc;

test('there is one of each kind, of every schema so far', () => {
  const names = allKinds.flatMap(({ id }) =>
    Array.from({ length: recordSchema }, (_, index) => `${id.replace('_', '-')}.${index + 1}.json`),
  );
  expect(files).toEqual(expect.arrayContaining(names));
  for (const file of files) expect(`.${stored(file).schema}.json`).toBe(/\.\d+\.json$/.exec(file)?.[0]);
});

test.each(files)('%s is read, verified, shown in both languages, found and worked on', async (file) => {
  const desk = openDesk();
  const doc = stored(file);
  await desk.deps.store.create(structuredClone(doc));
  const read = await show(desk.deps, site, people.re, doc.id);
  expect(read.schema).toBe(recordSchema);
  expect(verifyHistory(read)).toEqual([]);
  const kind = kindOf(read.kind)!;
  expect(Object.keys(kind.statuses)).toContain(read.status);
  for (const language of ['zh', 'en'] as const) {
    const card = JSON.stringify(renderRecord(read, sampleView(language)));
    expect(card).toContain(doc.id);
    expect(card).toContain(kind.statuses[read.status]![language]);
    expect(card).not.toMatch(/undefined|\[object|\$\{/);
  }
  expect((await list(desk.deps, site, people.re, { kind: doc.kind }, 10)).records).toHaveLength(1);
  const { record } = await comment(desk.deps, site, people.re, { id: doc.id, text: '看过' });
  expect(record.rev).toBe(doc.rev + 1);
  expect(verifyHistory(record)).toEqual([]);
  expect(record.history.slice(0, -1)).toEqual(doc.history);
});

test('a record of a newer version is refused, not misread', async () => {
  const desk = openDesk();
  const doc = stored(files[0]!);
  await desk.deps.store.create({ ...doc, schema: recordSchema + 1 } as RecordDoc);
  await expect(load(desk.deps, site, doc.id)).rejects.toThrow('was written by a newer version');
  await expect(comment(desk.deps, site, people.re, { id: doc.id, text: 'x' })).rejects.toThrow(
    'newer version',
  );
});
