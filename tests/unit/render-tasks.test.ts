/** Tasks on cards and in the history: in words, in both languages, never more than fits, and never to a customer. */
import { kindOf } from '../../src/kinds/index.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import type { Task } from '../../src/records/task.ts';
import { historyWords } from '../../src/render/history.ts';
import { renderRecord } from '../../src/render/record.ts';
import { bytesOf, maxBytes } from '../../src/render/size.ts';
import { renderTask } from '../../src/render/task.ts';
import { newsWords } from '../../src/render/task-words.ts';
import { renderTasks } from '../../src/render/tasks.ts';
import { local, person, sampleView } from '../fixtures/sample-site.ts';
import { helpAsked, stopHelped, stopWithActions } from '../fixtures/tasks.ts';
import { inputsIn, pressOf, textsIn } from './card-walk.ts';

const kind = kindOf('escalation')!;
const customer = { id: 'p-feng', roles: ['CUST'], customer: true };
const says = (card: unknown): string => textsIn(card).join('\n');

test('the card tells what needs somebody first, and not more than four', () => {
  const lines = textsIn(renderRecord(stopHelped, sampleView('zh'))).filter((one) => one.endsWith(' ›'));
  expect(lines).toEqual([
    '物料 · 吴涛 做不到：库里没有，最早明天到货 ›',
    '空运 · 吴涛 · 8分钟没有受理 ›',
    '专家 · 何强 · 预计 11:20 ›',
    '挑选人员 · 陈伟 · 预计 10:25，已过 5分钟 ›',
    '共 5 项，查看全部 ›',
  ]);
});

test('a customer’s guest sees nothing of it', () => {
  const seen = says(renderRecord(stopHelped, sampleView('zh', { viewer: customer })));
  expect(seen).not.toMatch(/吴涛|做不到|受理|查看全部/);
  expect(seen).not.toContain('物料、空运');
});

test('nobody is offered to verify what they did themselves', () => {
  const card = (id: string, roles: string[]) =>
    renderTask(stopWithActions, 'T3', sampleView('zh', { viewer: { id, roles } }));
  expect(pressOf(card('p-zheng', ['LEAD']), 'task-verify')).toBeDefined();
  expect(pressOf(card('p-he', ['QE']), 'task-verify')).toBeUndefined();
  expect(pressOf(card('p-wu', ['LOG']), 'task-verify')).toBeUndefined();
});

test('a sort of many and long tasks fits, on the record’s card, in the list and alone', () => {
  const long = '很长的说明'.repeat(60);
  const many: Task[] = Array.from({ length: 60 }, (_, index) => ({
    ...stopWithActions.actions[index % 3]!,
    id: `T${index + 1}`,
    what: long,
    note: long,
    evidence: long.repeat(2).slice(0, 500),
    reason: long,
  }));
  const record: RecordDoc = { ...stopWithActions, actions: many };
  for (const language of ['zh', 'en'] as const) {
    const view = sampleView(language);
    for (const card of [
      renderRecord(record, view),
      renderTasks(record, view),
      ...[1, 2, 3].map((n) => renderTask(record, `T${n}`, view)),
    ]) {
      expect(bytesOf(card)).toBeLessThan(maxBytes);
      const ids = inputsIn(card).map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
    }
  }
});

test('what people wrote is no markup of ours', () => {
  const nasty = '[x](javascript:alert(1)) <at>陈伟</at> **!**';
  const record: RecordDoc = {
    ...helpAsked,
    actions: [{ ...helpAsked.actions[0]!, note: nasty, state: 'declined', reason: nasty }],
  };
  for (const card of [
    renderTask(record, 'T1', sampleView('zh')),
    renderTasks(record, sampleView('zh')),
    renderRecord(record, sampleView('zh')),
  ])
    for (const said of textsIn(card)) expect(said).not.toMatch(/\]\(|<at>|\*\*!/);
});

const task: Task = {
  ...helpAsked.actions[0]!,
  owner: 'p-wu',
  eta: local('11:20'),
  endedBy: person('p-wu'),
  verifiedBy: person('p-zheng'),
  reason: '没有料',
};
const entry = (verb: string, more: Partial<Task> = {}, note?: string) => ({
  rev: 2,
  at: local('10:30'),
  by: person('p-wu'),
  verb,
  changes: [{ field: '@task.T1', to: { ...task, ...more } }],
  source: 'card' as const,
  prev: '',
  hash: '',
  ...(note === undefined ? {} : { note }),
});

test.each([
  [entry('task-take'), '受理“物料”（预计 11:20）', 'Take it on: "Material" (expected 11:20)'],
  [entry('task-pass', { owner: 'p-he' }), '转给“物料”（何强）', 'Pass on: "Material" (何强)'],
  [entry('task-cannot', {}, '没有料'), '做不到“物料”（没有料）', 'Cannot: "Material" (没有料)'],
  [entry('ask_help'), '请求支援：物料 → 吴涛', 'Ask for help: Material → 吴涛'],
  [entry('edit'), '修改：物料 → 吴涛', 'edited: Material → 吴涛'],
  [entry('edit', { state: 'dropped' }), '修改：取消 物料', 'edited: dropped Material'],
])('the history says it in words', (one, zh, en) => {
  expect(historyWords(kind, helpAsked, one, sampleView('zh'))).toBe(zh);
  expect(historyWords(kind, helpAsked, one, sampleView('en'))).toBe(en);
});

test('all news has words in both languages', () => {
  const all = [
    'asked',
    'adrift',
    'declined',
    'taken',
    'done',
    'verify',
    'verified',
    'returned',
    'passed',
    'dropped',
    'unanswered',
    'late',
    'today',
    'overdue',
  ] as const;
  const words = all.flatMap((news) =>
    (['zh', 'en'] as const).map((language) =>
      newsWords(kind, news === 'overdue' ? { ...task, due: '2026-11-20' } : task, news, sampleView(language)),
    ),
  );
  expect(new Set(words).size).toBe(all.length * 2);
  for (const said of words) expect(said).not.toMatch(/\{\{|undefined|NaN/);
});
