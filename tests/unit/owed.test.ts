import { owe } from '../../src/records/owed.ts';
import type { PostPayload, TellPayload } from '../../src/records/owed.ts';
import type { Tell } from '../../src/kinds/define.ts';
import { defectReported } from '../fixtures/records.ts';
import { sampleNow, sampleSite } from '../fixtures/sample-site.ts';

/** Whom a step calls in channels and tells in person, in order. */
function owes(tells: readonly Tell[], actor = 'p-lin'): string[] {
  const record = structuredClone({ ...defectReported, owner: 'p-lin', jobs: [] });
  owe(record, sampleSite, tells, 'test', actor, sampleNow);
  return record.jobs.map(({ type, payload }) =>
    type === 'post'
      ? `${(payload as PostPayload).channel}: ${(payload as PostPayload).mention.join()}`
      : (payload as TellPayload).person,
  );
}

test('a step that goes to two channels calls each person in one of them', () => {
  expect(
    owes([
      { channel: 'main', roles: ['QE'] },
      { channel: 'quality', roles: ['QE', 'PE'] },
    ]),
  ).toEqual(['main: p-chen,p-sun', 'quality: p-he']);
});

test('who is called in a channel is not told in person, and owner and reporter in one are told once', () => {
  expect(owes([{ channel: 'main', roles: ['QE'] }, { roles: ['QE', 'LEAD'] }])).toEqual([
    'main: p-chen,p-sun',
    'p-zheng',
  ]);
  expect(owes([{ people: ['owner', 'reporter'] }, { roles: ['RE'] }], 'p-chen')).toEqual(['p-lin']);
});

test('whoever does it is neither called nor told', () => {
  expect(owes([{ channel: 'main', roles: ['RE'] }, { people: ['owner'] }])).toEqual(['main: ']);
});
