/** What a customer's guest sees of a merged record, and whom the buttons are offered to. */
import { mergedBanner } from '../../src/render/cases.ts';
import { renderRecord } from '../../src/render/record.ts';
import { reads } from '../fakes/app.ts';
import { buttons } from '../fakes/cards.ts';
import { stopMerged, stopMergedInto } from '../fixtures/cases.ts';
import { stopOpen } from '../fixtures/records.ts';
import { sampleView } from '../fixtures/sample-site.ts';

const verbsFor = (record: typeof stopOpen, roles: string[] | undefined): unknown[] =>
  buttons(renderRecord(record, sampleView('zh', roles ? { viewer: { id: 'p', roles } } : {}))).map(
    ({ action }) => action['verb'],
  );

test('a guest reads where the record went, without our people and without a button', () => {
  const view = sampleView('en', { viewer: { id: 'p-feng', roles: ['CUST'], customer: true } });
  const card = mergedBanner(renderRecord(stopMergedInto, view), stopMerged, stopMergedInto, view);
  expect(reads(card)).toContain('ESC-20261123-002 was merged into ESC-20261123-001 (10:24).');
  expect(reads(card)).not.toContain('林晓');
  expect(buttons(card)).toEqual([]);
});

test.each([
  [['RE'], true],
  [['BK'], true],
  [['QE'], true],
  [['LEAD'], true],
  [['PP'], false],
  [undefined, true],
])('merging is offered to %s: %s', (roles, offered) => {
  expect(verbsFor(stopOpen, roles).includes('merge')).toBe(offered);
  expect(verbsFor(stopMergedInto, roles).includes('unmerge')).toBe(offered);
  expect(verbsFor(stopMergedInto, roles).includes('split')).toBe(offered);
  // Nobody else has told of this one.
  expect(verbsFor(stopOpen, roles)).not.toContain('split');
});
