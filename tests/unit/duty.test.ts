/** Whom a call reaches: override before swap before rota, nobody who is away, and never nobody without need. */
import type { DutyChange, Swap } from '../../src/site/duty-change.ts';
import { swapState } from '../../src/site/duty-change.ts';
import { calledFor, onCall, runAt, serving } from '../../src/site/duty.ts';
import { shiftsOf } from '../../src/site/shifts.ts';
import type { Site } from '../../src/site/site.ts';
import { levelsOf } from '../../src/records/ladder.ts';
import { demoLadder } from '../fixtures/demo-ladder.ts';
import { local, person, sampleSite } from '../fixtures/sample-site.ts';

/** The engineers serve day by day (林晓 first), the two of quality each a shift; the rest has no rota. */
const site: Site = {
  ...sampleSite,
  duty: [
    {
      role: 'RE',
      shifts: ['day', 'night'],
      people: ['p-lin', 'p-zhou'],
      turn: 'day',
      from: '2026-11-23',
      days: 'all',
    },
    {
      role: 'QE',
      shifts: ['day', 'night'],
      people: ['p-chen', 'p-sun'],
      turn: 'shift',
      from: '2026-11-23',
      days: 'all',
    },
  ],
};
const moment = (time: string, date?: string) => Date.parse(local(time, date));
const called = (of: Site, roles: string[], time: string, date?: string) =>
  onCall(of, roles, moment(time, date)).map(({ aadObjectId }) => aadObjectId);
const changed = (...dutyChanges: DutyChange[]): Site => ({ ...site, dutyChanges });
const made = (id: string, by = 'p-lin') => ({ id, by: person(by), at: local('08:30') });
const away = (who: string, from: string, to: string, more: Partial<DutyChange> = {}): DutyChange =>
  ({ ...made(`away ${who}`), sort: 'away', person: who, from, to, ...more }) as DutyChange;
const put = (who: string, from: string, to: string, more: Partial<DutyChange> = {}): DutyChange =>
  ({
    ...made(`put ${who}`, 'p-zheng'),
    sort: 'override',
    role: 'RE',
    person: who,
    from,
    to,
    ...more,
  }) as DutyChange;
/** 林晓 gives the day of Wednesday, for the night of Tuesday. */
const swap = (more: Partial<Swap> = {}): Swap => ({
  ...made('swap'),
  sort: 'swap',
  gives: { role: 'RE', date: '2026-11-25', shift: 'day' },
  with: 'p-zhou',
  takes: { role: 'RE', date: '2026-11-24', shift: 'night' },
  until: local('20:00', '2026-11-24'),
  to: local('20:00', '2026-11-25'),
  ...more,
});
const yes = { yes: true, at: local('09:00') };

test('without rotas and without changes everybody with the role is called', () => {
  expect(called(sampleSite, ['QE', 'RE'], '10:00')).toEqual(['p-lin', 'p-chen', 'p-sun']);
});

test('with a rota whoever is on duty is called; roles without one as before, in the order of the roster', () => {
  expect(called(site, ['QE', 'BK', 'RE', 'PE'], '10:00')).toEqual(['p-lin', 'p-zhou', 'p-chen', 'p-he']);
  expect(called(site, ['QE', 'RE'], '20:00')).toEqual(['p-lin', 'p-sun']);
  expect(called(site, ['QE', 'RE'], '10:00', '2026-11-24')).toEqual(['p-zhou', 'p-chen']);
});

test('whoever is away is not called from the first moment to before the last; the others of the rota are', () => {
  const of = changed(away('p-lin', local('09:00'), local('11:00')));
  expect(called(of, ['RE'], '08:59')).toEqual(['p-lin']);
  expect(called(of, ['RE'], '09:00')).toEqual(['p-zhou']);
  expect(called(of, ['RE'], '10:59')).toEqual(['p-zhou']);
  expect(called(of, ['RE'], '11:00')).toEqual(['p-lin']);
});

test('somebody away is not called for a role without a rota either, and the stand-in is where nobody is left', () => {
  const absent = away('p-lin', local('09:00'), local('11:00'));
  const noRota: Site = { ...sampleSite, dutyChanges: [absent, away('p-he', local('09:00'), local('11:00'))] };
  expect(called(noRota, ['PE', 'QE'], '10:00')).toEqual(['p-chen', 'p-sun']);
  expect(called(noRota, ['RE'], '10:00')).toEqual(['p-zhou']);
  expect(called(noRota, ['PE'], '10:00')).toEqual([]);
});

test('a level whose people are all away is covered by nobody', () => {
  const of: Site = {
    ...site,
    ladder: demoLadder,
    dutyChanges: [away('p-zheng', local('09:00'), local('11:00'))],
  };
  const covered = (time: string) => levelsOf(of, 'S1', moment(time)).map((level) => level.covered);
  // L1 is LEAD and BK.
  expect(covered('10:00')[0]).toBe(true);
  const both = { ...of, dutyChanges: [...of.dutyChanges!, away('p-zhou', local('09:00'), local('11:00'))] };
  expect(levelsOf(both, 'S1', moment('10:00'))[0]?.covered).toBe(false);
  expect(levelsOf(both, 'S1', moment('11:00'))[0]?.covered).toBe(true);
});

test('an absence that was ended counts no more', () => {
  const over = { by: person('p-lin'), at: local('09:30') };
  const of = changed(away('p-lin', local('09:00'), local('11:00'), { undone: over }));
  expect(called(of, ['RE'], '10:00')).toEqual(['p-lin']);
});

test('an override serves the shifts that begin in its time, the last made first', () => {
  const from = local('08:00', '2026-11-24');
  const to = local('08:00', '2026-11-26');
  const of = changed(put('p-lin', from, to));
  expect(called(of, ['RE'], '07:59', '2026-11-24')).toEqual(['p-lin']); // the night of the 23rd, by rota
  expect(called(of, ['RE'], '10:00', '2026-11-24')).toEqual(['p-lin']);
  expect(serving(of, 'RE', runAt(of, moment('10:00', '2026-11-24'))!)).toEqual({
    person: 'p-lin',
    by: 'override',
    planned: 'p-zhou',
  });
  const twice = changed(put('p-lin', from, to), put('p-zhou', from, local('20:00', '2026-11-24')));
  expect(called(twice, ['RE'], '10:00', '2026-11-24')).toEqual(['p-zhou']);
  expect(called(twice, ['RE'], '21:00', '2026-11-24')).toEqual(['p-lin']);
});

test('an override names somebody for a role without a rota too', () => {
  const of = changed(put('p-zheng', local('20:00'), local('08:00', '2026-11-24'), { role: 'LEAD' }));
  expect(called(of, ['LEAD'], '21:00')).toEqual(['p-zheng']);
});

test('a swap counts once accepted, both ways', () => {
  const wednesday = ['10:00', '2026-11-25'] as const;
  const tuesday = ['21:00', '2026-11-24'] as const;
  const who = (of: Site) => [called(of, ['RE'], ...wednesday), called(of, ['RE'], ...tuesday)].flat();
  expect(who(site)).toEqual(['p-lin', 'p-zhou']);
  expect(who(changed(swap()))).toEqual(['p-lin', 'p-zhou']);
  expect(who(changed(swap({ answer: { ...yes, yes: false } })))).toEqual(['p-lin', 'p-zhou']);
  expect(who(changed(swap({ answer: yes })))).toEqual(['p-zhou', 'p-lin']);
  // The day of Tuesday is not swapped.
  expect(called(changed(swap({ answer: yes })), ['RE'], '10:00', '2026-11-24')).toEqual(['p-zhou']);
});

test('a shift that was taken over may be given on, and an override beats it all', () => {
  const on = swap({
    id: 'on',
    by: person('p-zhou'),
    with: 'p-lin',
    takes: undefined,
    answer: { yes: true, at: local('09:30') },
  });
  const of = changed(on, swap({ answer: yes }));
  expect(called(of, ['RE'], '10:00', '2026-11-25')).toEqual(['p-lin']);
  const over = put('p-zhou', local('08:00', '2026-11-25'), local('20:00', '2026-11-25'));
  expect(called(changed(on, swap({ answer: yes }), over), ['RE'], '10:00', '2026-11-25')).toEqual(['p-zhou']);
});

test('who left the roster, or lost the role, is put in no more', () => {
  const of = changed(
    put('p-gone', local('08:00'), local('20:00')),
    put('p-chen', local('08:00'), local('20:00')),
  );
  expect(called(of, ['RE'], '10:00')).toEqual(['p-lin']);
});

test('an offer is open until the first of its shifts begins', () => {
  expect(swapState(swap(), moment('19:59', '2026-11-24'))).toBe('offered');
  expect(swapState(swap(), moment('20:00', '2026-11-24'))).toBe('expired');
  expect(swapState(swap({ answer: yes }), moment('20:00', '2026-11-24'))).toBe('accepted');
  const undone = { by: person('p-lin'), at: local('09:00') };
  expect(swapState(swap({ undone }), moment('10:00'))).toBe('withdrawn');
});

test('between shifts no rota holds, and everybody there is called', () => {
  const short: Site = { ...site, shifts: [{ code: 'day', start: '08:00', end: '17:00' }] };
  expect(runAt(short, moment('18:00'))).toBeUndefined();
  expect(called(short, ['QE'], '18:00')).toEqual(['p-chen', 'p-sun']);
  expect(calledFor(short, 'RE', undefined, moment('18:00'))).toEqual(['p-lin']);
});

test("a person's shifts ahead are those that they serve", () => {
  const of = changed(swap({ answer: yes }));
  const keys = shiftsOf(of, 'p-lin', ['RE', 'QE'], moment('10:00'), 2).map(({ role, date, shift }) => [
    role,
    date,
    shift,
  ]);
  expect(keys).toEqual([
    ['RE', '2026-11-23', 'night'],
    ['RE', '2026-11-24', 'night'],
    ['RE', '2026-11-25', 'night'],
  ]);
});
