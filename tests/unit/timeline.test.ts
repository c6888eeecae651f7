/** What happened to a record, moment by moment, out of its history. */
import Papa from 'papaparse';
import type { HistoryEntry } from '../../src/records/record.ts';
import { renderTimeline, timelineCsv, timelineMarkdown, timelineRows } from '../../src/render/timeline.ts';
import { reads } from '../fakes/app.ts';
import { buttons } from '../fakes/cards.ts';
import { changeInReview, stopPromoted, stopRestored } from '../fixtures/records.ts';
import { minutesDisputed } from '../fixtures/signed.ts';
import { local, person, sampleView } from '../fixtures/sample-site.ts';

const zh = sampleView('zh');
const en = sampleView('en');
const guest = sampleView('zh', { viewer: { id: 'p-feng', roles: ['CUST'], customer: true } });
const steps = (rows: ReturnType<typeof timelineRows>) => rows.map(({ minutes, verb }) => [minutes, verb]);

test('from the stop itself to its restart, with what everybody did in between', () => {
  expect(steps(timelineRows(stopRestored, zh))).toEqual([
    [0, 'start'],
    [2, 'create'],
    [5, 'acknowledge'],
    [18, 'arrive'],
    [65, 'restore'],
    [65, 'end'],
  ]);
  const [start, create] = timelineRows(stopRestored, en);
  expect(start).toMatchObject({ who: '', words: 'Started at' });
  expect(create).toMatchObject({ who: '林晓', words: 'reported' });
});

test('levels, joins and lapses stand in it as the history tells them', () => {
  const rows = timelineRows(stopPromoted, zh);
  expect(steps(rows)).toEqual([
    [0, 'start'],
    [2, 'create'],
    [5, 'escalate'],
    [6, 'join'],
    [11, 'acknowledge'],
    [15, 'escalate'],
  ]);
  expect(rows[2]).toMatchObject({ who: '驻线', words: expect.stringContaining('L1') });
});

test('a start that was corrected to after the report gives minutes below 0, in the order of time', () => {
  const later = { ...stopRestored, fields: { ...stopRestored.fields, started_at: local('09:20') } };
  expect(steps(timelineRows(later, zh)).slice(0, 3)).toEqual([
    [-5, 'create'],
    [-2, 'acknowledge'],
    [0, 'start'],
  ]);
  expect(reads(renderTimeline(later, zh))).toContain('−5分钟');
});

test('a kind without a running time counts from its report', () => {
  expect(steps(timelineRows(changeInReview, zh))[0]).toEqual([0, 'create']);
});

test("a customer's guest sees the course of the case and what they signed, no name, no level, no remark", () => {
  const remark = {
    at: local('10:20'),
    by: person('p-lin'),
    verb: 'comment',
    note: '内部',
    source: 'card',
  } as HistoryEntry;
  const record = { ...minutesDisputed, history: [...minutesDisputed.history, remark] };
  const rows = timelineRows(record, guest);
  expect(rows.map(({ verb }) => verb)).toEqual([
    'start',
    'create',
    'acknowledge',
    'arrive',
    'restore',
    'end',
    'send_minutes',
    'dispute_minutes',
  ]);
  const shown = [JSON.stringify(renderTimeline(record, guest)), timelineCsv(record, guest)].join();
  for (const word of ['林晓', '陈伟', '内部', 'L1', '升级到']) expect(shown).not.toContain(word);
});

test('a long one is paged, each moment on one page, and every page has the way back', () => {
  const many = Array.from({ length: 33 }, (_, index) => ({
    at: new Date(Date.parse(local('10:00')) + index * 1000).toISOString(),
    by: person('p-lin'),
    verb: 'comment',
    note: `备注${index}。`,
    source: 'card',
  })) as HistoryEntry[];
  const record = { ...stopRestored, history: [...stopRestored.history.slice(0, 1), ...many] };
  const pages = [1, 2, 3, 4].map((page) => renderTimeline(record, zh, page));
  const said = pages.map(reads).join('\n');
  for (const { note } of many) expect(said.split(`备注：${note}`)).toHaveLength(2);
  for (const page of pages) expect(buttons(page).map(({ action }) => action['verb'])).toContain('show');
  expect(reads(renderTimeline(record, zh, 99))).toContain('第 4/4 页');
  expect(reads(renderTimeline(record, zh, -1))).toContain('第 1/4 页');
});

test('as files: nothing that people wrote becomes a formula or another cell', () => {
  const nasty = ['=1+1', '+cmd', '@x', '-2\n=3', 'a|b', '"q",x', '| --- |'];
  const entries = nasty.map((name) => ({
    at: local('10:00'),
    by: { id: 'p', name },
    verb: 'comment',
    note: 'x',
    source: 'card',
  })) as HistoryEntry[];
  const record = { ...stopRestored, history: entries };
  const parsed = Papa.parse<string[]>(timelineCsv(record, zh).replace('\ufeff', '')).data;
  expect(parsed.every((row) => row.length === 4)).toBe(true);
  for (const row of parsed) expect(row[2]).not.toMatch(/^[=+\-@]/);
  expect(parsed.map((row) => row[2])).toContain("'-2\n=3");
  for (const line of timelineMarkdown(record, zh).split('\n').slice(2))
    expect(line.replaceAll('\\|', '').split('|')).toHaveLength(6);
});
