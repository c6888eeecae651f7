import fc from 'fast-check';
import { allKinds, kindOf } from '../../src/kinds/index.ts';
import { fields as everyField } from './every-field.ts';
import type { Card } from '../../src/render/card.ts';
import { renderDraft } from '../../src/render/draft.ts';
import { renderEdit } from '../../src/render/edit.ts';
import { renderList } from '../../src/render/list.ts';
import { renderNotice } from '../../src/render/notice.ts';
import { renderOffer } from '../../src/render/offer-card.ts';
import { renderQuestion } from '../../src/render/question.ts';
import { renderRecord } from '../../src/render/record.ts';
import { taskFields } from '../../src/records/task-inputs.ts';
import { isTaskVerb, taskVerbs } from '../../src/records/task.ts';
import { bytesOf, maxBytes } from '../../src/render/size.ts';
import { summaryLine } from '../../src/render/text.ts';
import { renderUpdate } from '../../src/render/update-card.ts';
import { cards } from '../fixtures/cards.ts';
import { sampleDraft, stopAnswered } from '../fixtures/records.ts';
import { stopOffered } from '../fixtures/told-stops.ts';
import { sampleRecord, sampleView } from '../fixtures/sample-site.ts';
import { elementsIn, inputsIn, pressesIn, textsIn } from './card-walk.ts';

const known = new Set([
  'AdaptiveCard',
  'TextBlock',
  'Container',
  'ColumnSet',
  'Column',
  'FactSet',
  'ActionSet',
  'Input.Text',
  'Input.Number',
  'Input.Date',
  'Input.Time',
  'Input.ChoiceSet',
  'Action.Execute',
  'Action.ShowCard',
  'Action.ToggleVisibility',
  'Action.Submit',
]);
/** Not every client draws these. */
const extensions = new Set(['Chart.HorizontalBar']);
const general = new Set([
  'create',
  'discard',
  'edit',
  'comment',
  'assign',
  'show',
  'skip',
  'timeline',
  'link',
  'unlink',
  'give',
  'list',
  'new',
  'language',
  'duty_away',
  'duty_swap',
  'duty_override',
  'duty_undo',
  'duty_accept',
  'duty_decline',
  'more',
  'merge',
  'split',
  'unmerge',
  'accept_offer',
  'decline_offer',
  'withdraw_offer',
  'task-show',
  'task-list',
  ...Object.keys(taskVerbs),
]);
const generalInputs = new Set([
  ...['reason', 'comment', 'assignee', 'severity', 'level', 'into', 'into_id', 'report'],
  ...['link_to', 'link_why'],
  ...['from_date', 'from_time', 'to_date', 'to_time', 'person', 'mine', 'with', 'theirs'],
  ...['role', 'who', 'first', 'last', 'note', 'change'],
  ...Object.keys(taskFields),
]);
const verbs = new Set(allKinds.flatMap((kind) => Object.keys(kind.verbs)));
const fields = new Set(allKinds.flatMap((kind) => Object.keys(kind.fields)));

/** What holds of every card that we send. */
function checkStructure(card: Card): void {
  expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5', msteams: { width: 'Full' } });
  expect(bytesOf(card)).toBeLessThan(maxBytes);
  for (const element of elementsIn(card, true)) {
    const type = String(element['type']);
    if (extensions.has(type)) expect(element['fallback']).toBeDefined();
    else expect(known).toContain(type);
    for (const key of ['items', 'columns', 'facts', 'choices'])
      if (key in element) expect(element[key]).not.toHaveLength(0);
    if (type === 'TextBlock') expect(String(element['text'])).not.toBe('');
  }
  const ids = elementsIn(card).flatMap((element) => (element['id'] === undefined ? [] : [element['id']]));
  expect(ids).toEqual([...new Set(ids)]);
  for (const input of inputsIn(card)) {
    const id = String(input['id']);
    expect(fields.has(id) || generalInputs.has(id)).toBe(true);
    expect(input['label']).toBeTruthy();
  }
  for (const press of pressesIn(card)) checkPress(press);
}

function checkPress(press: Record<string, unknown>): void {
  const { verb, title, fallback } = press;
  const data = press['data'] as Record<string, unknown>;
  expect(general.has(String(verb)) || verbs.has(String(verb))).toBe(true);
  expect(fallback).toMatchObject({ type: 'Action.Submit', title, data: { verb, ...data } });
  if (
    verbs.has(String(verb)) ||
    ['edit', 'comment', 'assign', 'skip', 'merge', 'split', 'unmerge'].includes(String(verb))
  )
    expect(data).toMatchObject({ record: expect.any(String), rev: expect.any(Number) });
  if (isTaskVerb(String(verb)))
    expect(data).toMatchObject({ record: expect.any(String), task: expect.any(String) });
  if (verb === 'create' || verb === 'discard')
    expect(data).toMatchObject({ draft: expect.any(String), kind: expect.any(String) });
}

const both = Object.entries(cards).flatMap(([name, draw]) =>
  (['zh', 'en'] as const).map((language) => [name, language, draw] as const),
);

test.each(both)('%s (%s) is well made', (_name, language, draw) => {
  const card = draw(sampleView(language));
  checkStructure(card);
  expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|\[object|NaN|\{\{/);
});

test('what people type never becomes an expression, a mention or a link of ours', () => {
  const nasty = '${id} [x](javascript:alert(1)) <at>陈伟</at> $t(record.owner) {{name}} \\${x} **!**';
  const record = {
    ...stopAnswered,
    fields: { ...stopAnswered.fields, cause: nasty, line: nasty, raw_text: nasty },
  };
  const told = {
    ...stopOffered,
    asked: '2026-11-23T02:56:00.000Z',
    fields: { ...record.fields, status_now: nasty, next_step: nasty },
  };
  const view = sampleView('zh');
  for (const card of [
    renderRecord(record, view),
    renderList({ zh: '列表', en: 'List' }, [record], view),
    renderNotice(view, { title: nasty, text: nasty, tone: 'warning', record }),
    renderQuestion(record, 'eta', view),
    renderUpdate(told, { ...view, viewer: { id: 'p-chen', roles: ['QE'] } }),
    renderOffer(told, { ...view, viewer: { id: 'p-he', roles: ['PE'] } }),
  ]) {
    checkStructure(card);
    for (const text of textsIn(card)) expect(text).not.toMatch(/\]\(|<at>|\*\*!/);
    expect(textsIn(card).some((text) => text.includes('${id}'))).toBe(true);
  }
  // Inputs get back what was typed, exactly.
  const filled = inputsIn(renderEdit(record, view)).map((input) => input['value']);
  expect(filled).toContain(nasty);
});

describe.each(allKinds.map((kind) => [kind.id, kind] as const))('%s', (_id, kind) => {
  const statuses = Object.keys(kind.statuses);

  test('has a card in every status, for everybody and for each role', () => {
    for (const status of statuses)
      for (const viewer of [
        undefined,
        ...['RE', 'QE', 'DM', 'LEAD', 'PP'].map((role) => ({ id: 'p', roles: [role] })),
      ]) {
        const record = sampleRecord({
          id: `${kind.prefix}-20261123-001`,
          kind: kind.id as never,
          status,
          severity: 'S2',
          at: '2026-11-23T01:00:00.000Z',
          fields: everyField(kind, 20),
        });
        const view = sampleView('en', viewer ? { viewer } : {});
        checkStructure(renderRecord(record, view));
        expect(summaryLine(record, view)).toContain(record.id);
      }
  });

  test('stays under the limit however much is in it, and never cuts what an input would save', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9000 }),
        fc.constantFrom(...statuses),
        fc.constantFrom('zh' as const, 'en' as const),
        (length, status, language) => {
          const view = sampleView(language);
          const facts = everyField(kind, length);
          const record = sampleRecord({
            id: `${kind.prefix}-20261123-001`,
            kind: kind.id as never,
            status,
            severity: 'S1',
            at: '2026-11-23T01:00:00.000Z',
            notified: view.site.people.map((one) => one.aadObjectId),
            past: Array.from({ length: 30 }, () => ({
              at: '2026-11-23T01:10:00.000Z',
              by: { id: 'p-lin', name: '林'.repeat(80) },
              verb: 'comment',
              note: '备'.repeat(Math.min(length, 2000)),
            })),
            fields: facts,
          });
          const all = [
            renderRecord(record, view),
            renderDraft(sampleDraft(kind.id as never, facts), view),
            renderList({ zh: '列', en: 'L' }, Array(30).fill(record), view),
            renderNotice(view, { title: 'x'.repeat(length), text: 'y'.repeat(length), tone: 'good', record }),
            ...[1, 2, 3, 4, 5, 6, 7, 8].map((page) => renderEdit(record, view, {}, page)),
          ];
          for (const card of all) {
            expect(bytesOf(card)).toBeLessThan(maxBytes);
            for (const input of inputsIn(card))
              if (typeof input['value'] === 'string') expect(input['value']).not.toContain('…');
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('its edit form has every field that a person may set, once', () => {
    const record = sampleRecord({
      id: `${kind.prefix}-20261123-001`,
      kind: kind.id as never,
      status: statuses[0] ?? '',
      severity: 'S3',
      at: '2026-11-23T01:00:00.000Z',
      fields: {},
    });
    const shown = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((page) =>
      inputsIn(renderEdit(record, sampleView('zh'), {}, page)).map((input) => String(input['id'])),
    );
    const declared = kindOf(kind.id);
    const saidByVerb = new Set<string | undefined>([
      declared?.can.updates?.says,
      declared?.can.updates?.next,
      ...Object.values(declared?.verbs ?? {}).map((verb) => verb.appends?.input),
    ]);
    const settable = Object.entries(kindOf(kind.id)?.fields ?? {})
      .filter(
        ([name, field]) => name !== 'raw_text' && !field.byVerb && !('computed' in field && field.computed),
      )
      .map(([name]) => name)
      // Said anew by a verb of its own each time, and never corrected.
      .filter((name) => !saidByVerb.has(name));
    expect([...new Set(shown)].filter((id) => !generalInputs.has(id)).sort()).toEqual(settable.sort());
  });
});

test('who may not assign, and a customer’s guest, have no button that withdraws an offer', () => {
  const has = (viewer?: { id: string; roles: string[]; customer?: boolean }) =>
    JSON.stringify(renderRecord(stopOffered, sampleView('zh', viewer ? { viewer } : {}))).includes(
      'withdraw_offer',
    );
  expect(has()).toBe(true);
  expect(has({ id: 'p-chen', roles: ['QE'] })).toBe(true);
  expect(has({ id: 'p-zhao', roles: ['PP'] })).toBe(false);
  expect(has({ id: 'p-feng', roles: ['CUST'], customer: true })).toBe(false);
});
