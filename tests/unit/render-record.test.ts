import { renderRecord } from '../../src/render/record.ts';
import { historyWords } from '../../src/render/history.ts';
import { summaryLine } from '../../src/render/text.ts';
import { defect } from '../../src/kinds/defect.ts';
import type { AnyKind } from '../../src/kinds/index.ts';
import {
  changeCaptured,
  changeInReview,
  defectAcknowledged,
  defectClosed,
  defectContained,
  defectReported,
  stopAnswered,
  stopOpen,
  stopRestored,
} from '../fixtures/records.ts';
import { changeAnswered } from '../fixtures/feasibility.ts';
import { local, person, sampleView } from '../fixtures/sample-site.ts';
import { elementsIn, inputsIn, pressOf, pressesIn, textsIn } from './card-walk.ts';

const zh = sampleView('zh');
const en = sampleView('en');
const as = (id: string, ...roles: string[]) => sampleView('en', { viewer: { id, roles } });
const customer = sampleView('en', { viewer: { id: 'p-feng', roles: ['CUST'], customer: true } });

const titles = (card: Record<string, unknown>) =>
  (card['actions'] as { title: string }[]).map((action) => action.title);
const colorOf = (card: unknown, text: string) =>
  elementsIn(card).find((element) => String(element['text']).includes(text))?.['color'];

test('says severity by colour and word, the status, the owner, what is next, by whom and by when', () => {
  const card = renderRecord(defectReported, zh);
  const texts = textsIn(card).join('\n');
  expect(colorOf(card, 'S2 严重')).toBe('warning');
  expect(texts).toContain('**已上报** · 负责人 陈伟');
  expect(texts).toMatch(/下一步.\*\*受理\*\* · 陈伟/);
  expect(colorOf(card, '已逾期 1小时28分')).toBe('attention');
  expect(texts).toContain('首次回复客户 截止 10:32');
});

test('the next step names the people of its role where the owner may not take it', () => {
  expect(textsIn(renderRecord(changeInReview, en)).join('\n')).toContain(
    'Next: **Approve as feasible** · department manager (钱伟)',
  );
});

test('an ended record has nothing next', () => {
  const texts = textsIn(renderRecord(defectClosed, en));
  expect(texts.some((text) => text.startsWith('Next'))).toBe(false);
  expect(texts.some((text) => text.includes('due'))).toBe(false);
});

test('forward comes first, destructive last, the rest under More', () => {
  expect(titles(renderRecord(defectReported, en))).toEqual([
    'Acknowledge',
    'Replied to customer',
    'Dispute / Cancel…',
    'More…',
  ]);
  const card = renderRecord(defectReported, en);
  for (const verb of ['comment', 'assign', 'edit']) expect(pressOf(card, verb)).toBeDefined();
  expect(pressOf(card, 'edit')).toMatchObject({ data: { form: true }, associatedInputs: 'none' });
});

test('taking it on is one tap, although the verb offers an input', () => {
  const card = renderRecord(stopOpen, en);
  expect((card['actions'] as unknown[])[0]).toMatchObject({
    type: 'Action.Execute',
    verb: 'acknowledge',
    data: { record: stopOpen.id, rev: stopOpen.rev },
    fallback: {
      type: 'Action.Submit',
      data: { verb: 'acknowledge', record: stopOpen.id, rev: stopOpen.rev },
    },
  });
});

test('a form asks for what the next status needs, obligatory first, filled where known', () => {
  const open = renderRecord(defectAcknowledged, en);
  const form = elementsIn(open).find((element) => element['title'] === 'Contain…');
  const inputs = inputsIn(form);
  expect(inputs.map((input) => input['id'])).toEqual([
    'qty_inspected',
    'qty_suspect',
    'containment',
    'photos',
    'lot',
    'date_code',
    'serials',
    'method',
    'clean_point',
    'disposition',
    'sample_no',
    'concession_no',
    'expiry_or_qty',
  ]);
  expect(inputs.filter((input) => input['isRequired']).map((input) => input['id'])).toEqual([
    'qty_inspected',
    'qty_suspect',
    'containment',
    'photos',
  ]);
  expect(inputs[0]).toMatchObject({ type: 'Input.Number', value: 120, label: 'Quantity inspected (pcs)' });
  expect(pressesIn(form).map((press) => press['verb'])).toEqual(['contain']);
});

test('verbs that ask for the same share one form, with a button for each', () => {
  const card = renderRecord(changeInReview, en);
  const form = elementsIn(card).find((element) => element['title'] === 'Approve as feasible / Negotiate…');
  expect(pressesIn(form).map((press) => press['verb'])).toEqual([
    'feasible',
    'negotiate',
    'reject',
    'cancel',
  ]);
  const promised = inputsIn(form).find((input) => input['id'] === 'promised_due');
  expect(promised).toMatchObject({ label: 'Promised date (required for: Approve as feasible)' });
  expect(promised).not.toHaveProperty('isRequired');
});

test('a viewer gets the buttons of their roles only', () => {
  const verbs = (view: typeof zh) =>
    pressesIn(renderRecord(defectAcknowledged, view)).map((press) => press['verb']);
  expect(verbs(as('p-zhao', 'PP'))).toEqual(['comment', 'link', 'timeline', 'edit']);
  expect(verbs(as('p-chen', 'QE'))).toEqual([
    'contain',
    'dispute',
    'comment',
    'assign',
    'link',
    'timeline',
    'edit',
  ]);
});

test('a customer sees no internal fact, no person, no history and no button', () => {
  const record = {
    ...defectContained,
    fields: { ...defectContained.fields, liability: 'ours', cause_escape: 'secret' },
  };
  const card = renderRecord(record, customer);
  const all = JSON.stringify(card);
  for (const hidden of ['secret', 'Liability', '陈伟', '林晓', 'History', 'Action.Execute', 'due 27 Nov'])
    expect(all).not.toContain(hidden);
  expect(textsIn(card).join()).toContain('42.05 mm');
  expect(JSON.stringify(renderRecord(record, en))).toContain('Liability');
});

test('before and after stand side by side, the difference large', () => {
  const card = renderRecord(changeInReview, zh);
  const texts = textsIn(card);
  expect(texts).toEqual(
    expect.arrayContaining(['变更前', '11-30 交 500 套', '➜', '变更后', '11-27 交 500 套', '+500 套']),
  );
  expect(elementsIn(card).find((element) => element['text'] === '+500 套')).toMatchObject({
    size: 'ExtraLarge',
  });
  const decrease = { ...changeCaptured, fields: { ...changeCaptured.fields, qty_delta: -20 } };
  expect(textsIn(renderRecord(decrease, zh))).toContain('\u221220 套');
});

test('a running stop counts, in red; who was called, who answered, what is missing', () => {
  const open = renderRecord(stopOpen, zh);
  expect(elementsIn(open).find((element) => element['text'] === '17')).toMatchObject({ color: 'attention' });
  expect(elementsIn(open).some((element) => element['style'] === 'attention')).toBe(true);
  expect(colorOf(open, '还没有人响应')).toBe('attention');
  const texts = textsIn(open).join('\n');
  expect(texts).toContain('林晓、周敏、陈伟、孙悦、郑凯');
  expect(texts).toContain('零件号、责任方、影响车辆、预计恢复、需要支援');
  expect(textsIn(renderRecord(stopAnswered, zh)).join('\n')).toContain('10:18 陈伟 我来处理');
});

test('a restored stop is green, with its time', () => {
  const card = renderRecord(stopRestored, zh);
  expect(elementsIn(card).find((element) => element['text'] === '65')).toMatchObject({ color: 'good' });
  expect(textsIn(card).join('\n')).toContain('09:13 至 10:18');
  expect(textsIn(card).join('\n')).not.toContain('还缺');
});

test('mentions stand in the text exactly as in the entities, as XML text', () => {
  const card = renderRecord(stopOpen, { ...en, mention: [{ id: 'p-x', name: 'A & <B>' }] });
  const [entity] = (card['msteams'] as { entities: { text: string }[] }).entities;
  expect(entity).toEqual({
    type: 'mention',
    text: '<at>A &amp; &lt;B&gt;</at>',
    mentioned: { id: 'p-x', name: 'A & <B>' },
  });
  expect(textsIn(card).some((text) => text.includes(entity?.text ?? '-'))).toBe(true);
});

test('history is told in words, the newest first', () => {
  const texts = textsIn(renderRecord(defectAcknowledged, en));
  const at = texts.indexOf('History');
  expect(texts.slice(at + 1, at + 5)).toEqual([
    '09:40 陈伟 comment: 挑选人员 10 点到线边,先挑在线的 120 件。',
    '09:15 林晓 edited: NG quantity 9 pcs → 12 pcs',
    '08:41 陈伟 Acknowledge: Reported → Acknowledged',
    '08:32 林晓 reported',
  ]);
});

test.each([
  [{ verb: 'assign', changes: [{ field: '@owner', from: 'p-chen', to: 'p-sun' }] }, '指派给 孙悦'],
  [
    { verb: 'edit', changes: [{ field: '@severity', from: 'S3', to: 'S1' }] },
    '修改：严重度 S3 一般 → S1 危急',
  ],
  [{ verb: 'edit', changes: [{ field: 'lot', from: 'A' }] }, '修改：批次 已清空'],
  [{ verb: 'cancel', from: 'reported', to: 'cancelled', note: '误报' }, '取消：已上报 → 已取消（误报）'],
  [{ verb: 'reply' }, '已回复客户'],
  [{ verb: 'not_a_verb' }, 'not_a_verb'],
])('%# an entry in words', (entry, expected) => {
  const whole = {
    ...entry,
    at: local('09:00'),
    by: person('p-lin'),
    rev: 2,
    source: 'card' as const,
    prev: '',
    hash: '',
  };
  expect(historyWords(defect as unknown as AnyKind, defectReported, whole, zh)).toBe(expected);
});

test('one line for a notification', () => {
  expect(summaryLine(defectReported, zh)).toBe(
    'DEF-20261123-007 [S2 严重] 左前门内饰板 6RF-867-211-A 划伤 12件 · 已上报 · 逾期 1小时28分',
  );
  expect(summaryLine(stopRestored, en)).toBe(
    'ESC-20261123-001 [S1 Critical] 总装二线 Line stopped · Restored · stopped 1 h 5 min in all · due 25 Nov 10:50',
  );
});

test('what is noted already moves into More; departments are shown once they are asked', () => {
  expect(titles(renderRecord(changeCaptured, en))).toContain('Replied to customer');
  expect(titles(renderRecord(changeInReview, en))).not.toContain('Replied to customer');
  expect(pressOf(renderRecord(changeInReview, en), 'reply')).toBeDefined();
  expect(textsIn(renderRecord(changeCaptured, en)).join()).not.toContain('departments answered');
  expect(textsIn(renderRecord(changeAnswered, en))).toContain('Feasibility: 2 of 3 departments answered');
});
