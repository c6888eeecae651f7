import { renderDigest } from '../../src/render/digest.ts';
import { renderDraft } from '../../src/render/draft.ts';
import { renderEdit } from '../../src/render/edit.ts';
import { renderHelp, renderLanguage } from '../../src/render/help.ts';
import { renderList } from '../../src/render/list.ts';
import { renderNotice } from '../../src/render/notice.ts';
import { renderQuestion } from '../../src/render/question.ts';
import { digestLine } from '../../src/render/text.ts';
import { emptyDigest, sampleCommands, sampleDigest } from '../fixtures/digests.ts';
import {
  changeDraft,
  defectAcknowledged,
  defectDraft,
  defectReported,
  sampleDraft,
  stopOpen,
} from '../fixtures/records.ts';
import { sampleView } from '../fixtures/sample-site.ts';
import { elementsIn, inputsIn, pressOf, pressesIn, textsIn } from './card-walk.ts';

const zh = sampleView('zh');
const en = sampleView('en');
const ids = (card: unknown) => inputsIn(card).map((input) => input['id']);

describe('draft', () => {
  const card = renderDraft(defectDraft, en);

  test('what is missing comes first, is counted, and is not guessed', () => {
    expect(textsIn(card)).toContain('★ 3 required answers are missing');
    const missing = inputsIn(card).slice(0, 3);
    expect(missing.map((input) => input['id'])).toEqual(['stage', 'safety_related', 'line_impact']);
    for (const input of missing) {
      expect(input).toMatchObject({ isRequired: true });
      expect(input).not.toHaveProperty('value');
    }
  });

  test('then what was read, filled in; then the rest on demand, with the severity to raise', () => {
    const mode = inputsIn(card).find((input) => input['id'] === 'mode');
    expect(mode).toMatchObject({ value: 'appearance.scratch', style: 'compact' });
    expect(ids(card).indexOf('mode')).toBe(3);
    const more = elementsIn(card).find((element) => element['id'] === 'more');
    expect(more).toMatchObject({ isVisible: false });
    expect(ids(more)).toEqual(expect.arrayContaining(['severity', 'qty_inspected', 'customer', 'plant']));
    expect(ids(more)).not.toContain('cause_occurrence');
    expect(inputsIn(more).find((input) => input['id'] === 'severity')).toMatchObject({
      value: 'S2',
      choices: [{ value: 'S1' }, { value: 'S2' }],
    });
    // Nothing hidden may hold up the submission.
    expect(inputsIn(more).filter((input) => input['isRequired'])).toEqual([]);
  });

  test('is submitted or thrown away', () => {
    const data = { draft: defectDraft.id, kind: 'defect' };
    expect(pressesIn(card).map(({ verb, data: sent }) => [verb, sent])).toEqual([
      ['create', data],
      ['discard', data],
    ]);
    expect(pressOf(card, 'discard')).toMatchObject({ associatedInputs: 'none' });
  });

  test('a dimension needs its measures', () => {
    const fields = { ...defectDraft.fields, mode: 'dimension.deform' };
    expect(ids(renderDraft(sampleDraft('defect', fields), en)).slice(0, 6)).toEqual(
      expect.arrayContaining(['nominal', 'tol', 'measured']),
    );
  });

  test('complete, it says so; before and after stand beside each other', () => {
    const change = renderDraft(changeDraft, zh);
    expect(textsIn(change)).toContain('内容已齐，请核对后提交。');
    const pair = elementsIn(change).find(
      (element) => element['type'] === 'ColumnSet' && ids(element).includes('from_value'),
    );
    expect(ids(pair)).toEqual(['from_value', 'to_value']);
  });
});

test('an edit shows what a message proposes beside what was', () => {
  const card = renderEdit(defectAcknowledged, zh, { qty_ng: 14 });
  expect(inputsIn(card)[0]).toMatchObject({ id: 'qty_ng', value: 14, label: '不良数（件）（原为 12 件）' });
  expect(pressOf(card, 'edit')).toMatchObject({
    data: { record: defectAcknowledged.id, rev: defectAcknowledged.rev },
  });
  expect(pressesIn(card)[1]).toMatchObject({
    verb: 'edit',
    data: { form: true, page: 2 },
    associatedInputs: 'none',
  });
});

test('a question asks for one fact, and may be skipped', () => {
  const card = renderQuestion(stopOpen, 'cause_side', en);
  expect(ids(card)).toEqual(['cause_side']);
  expect(inputsIn(card)[0]).not.toHaveProperty('value');
  const data = { record: stopOpen.id, rev: stopOpen.rev, ask: 'cause_side' };
  expect(pressesIn(card).map(({ verb, data: sent }) => [verb, sent])).toEqual([
    ['edit', data],
    ['skip', data],
  ]);
});

test('a list has a tappable row for each record, ten at most, and a way to the next', () => {
  const title = { zh: '未关闭', en: 'Open' };
  const card = renderList(title, Array(12).fill(defectReported), en, {
    next: { page: 2 },
    offset: 10,
    total: 34,
  });
  expect(pressesIn(card).filter((press) => press['verb'] === 'show')).toHaveLength(10);
  expect(pressOf(card, 'list')).toMatchObject({ data: { page: 2 } });
  expect(textsIn(card)).toContain('11 to 20 · 34 records');
  expect(textsIn(renderList(title, [], en)).join(' ')).toContain('No records match.');
});

test('a notice shows its record and opens it', () => {
  const card = renderNotice(en, { title: 'Overdue', tone: 'attention', record: defectReported });
  expect(pressOf(card, 'show')).toMatchObject({ data: { record: defectReported.id } });
  expect(textsIn(card).join(' ')).toContain('DEF-20261123-007 · S2 Serious · Reported · overdue 1 h 28 min');
});

test('help offers only what the person may capture', () => {
  const verbs = (roles: string[]) =>
    pressesIn(renderHelp(sampleView('en', { viewer: { id: 'p', roles } }), sampleCommands)).map(
      (press) => (press['data'] as { kind: string }).kind,
    );
  expect(verbs(['RE'])).toEqual(expect.arrayContaining(['defect', 'change_request', 'escalation']));
  expect(verbs(['GM'])).not.toContain('defect');
  expect(verbs(['CUST'])).toEqual([]);
});

test('the choice of language is in both', () => {
  const card = renderLanguage(en);
  expect(pressesIn(card).map((press) => [press['title'], press['data']])).toEqual([
    ['中文', { language: 'zh' }],
    ['English', { language: 'en' }],
  ]);
  expect(textsIn(card)).toContain('Choose your language / 请选择语言');
});

describe('digest', () => {
  test('figures, what is late first, a chart with the same as bars', () => {
    const card = renderDigest(sampleDigest, zh);
    const texts = textsIn(card);
    for (const [figure, label] of [
      ['58', '停线分钟'],
      ['5', '新增'],
      ['9', '未关闭'],
      ['2', '逾期'],
    ] as const)
      expect(texts[texts.indexOf(label) - 1]).toBe(figure);
    expect(texts.findIndex((text) => text.startsWith('🔴'))).toBeLessThan(texts.indexOf('🚨 停线'));
    const chart = elementsIn(card).find((element) => element['type'] === 'Chart.HorizontalBar');
    expect(chart?.['data']).toEqual([
      { x: '总装二线', y: 32 },
      { x: '总装一线', y: 18 },
      { x: '焊装1线', y: 8 },
    ]);
    const bars = textsIn(chart?.['fallback']).filter((text) => text.startsWith('█'));
    expect(bars.map((bar) => bar.length)).toEqual([10, 6, 3]);
  });

  test('an empty day says none, and draws no chart', () => {
    const card = renderDigest(emptyDigest, en);
    expect(textsIn(card).filter((text) => text === 'None')).toHaveLength(3);
    expect(elementsIn(card).some((element) => String(element['type']).startsWith('Chart'))).toBe(false);
  });

  test('in one line', () => {
    expect(digestLine(sampleDigest, en)).toBe(
      'Daily report Sun 22 Nov · Stop minutes: 58 · New: 5 · Open: 9 · Overdue: 2',
    );
  });
});
