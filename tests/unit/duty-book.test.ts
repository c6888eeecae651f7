/** The duty as it lies in the site's document: kept with who and when, let go in time, whoever else writes. */
import type { Actor } from '../../src/records/deps.ts';
import { markAway, undo } from '../../src/records/duty-changes.ts';
import type { SiteDoc, Sites } from '../../src/records/sites.ts';
import { openSites, siteDocId } from '../../src/records/sites.ts';
import { openDesk, people, site } from '../fakes/desk.ts';
import type { Desk } from '../fakes/desk.ts';

const day = 86_400_000;
let desk: Desk;
let sites: Sites;
beforeEach(async () => {
  desk = openDesk();
  sites = await openSites(desk.deps.store, desk.clock);
  await sites.put(site);
});
afterEach(() => desk.deps.store.close());

const away = (actor: Actor, to: string, through = sites) =>
  markAway(desk.deps, through, site, actor, { from: '', to });
const stored = async () => (await desk.deps.store.read<SiteDoc>(site.id, siteDocId))!.doc;

test('a change is kept with who made it and when, beside the site file and not in it', async () => {
  await away(people.re, '2026-11-23 18:00');
  const { duty, body } = await stored();
  expect(duty).toMatchObject([
    {
      sort: 'away',
      person: 'p-lin',
      by: { id: 'p-lin', name: '\u6797\u6653' },
      at: '2026-11-23T02:30:00.000Z',
    },
  ]);
  expect(body).not.toHaveProperty('dutyChanges');
  await sites.put(sites.get(site.id)!);
  expect(await stored()).toMatchObject({ duty, body: site });
  expect((await stored()).body).not.toHaveProperty('dutyChanges');
});

test('what ended more than sixty days ago goes with the next change', async () => {
  await away(people.re, '2026-11-23 18:00');
  await desk.clock.advance(59 * day);
  await away(people.qe, '2027-02-01 18:00');
  expect((await stored()).duty).toHaveLength(2);
  await desk.clock.advance(2 * day);
  await away(people.pp, '2027-02-02 18:00');
  expect((await stored()).duty?.map(({ by }) => by.id)).toEqual(['p-chen', 'p-zhao']);
});

test('changes that meet are all kept', async () => {
  const others = [people.re, people.qe, people.pp, people.lead, people.backup];
  await Promise.all(others.map((actor) => away(actor, '2026-11-23 18:00')));
  expect((await stored()).duty).toHaveLength(5);
  expect(sites.get(site.id)?.dutyChanges).toHaveLength(5);
});

test('another instance knows within half a second, without asking the store at every turn', async () => {
  const other = await openSites(desk.deps.store, desk.clock);
  const before = await other.fresh(site.id);
  await away(people.re, '2026-11-23 18:00');
  await desk.clock.advance(499);
  expect(await other.fresh(site.id)).toBe(before);
  await desk.clock.advance(1);
  const now = await other.fresh(site.id);
  expect(now?.dutyChanges).toHaveLength(1);
  // The same object while nothing changes: what is worked out from a site is kept by it.
  await desk.clock.advance(10_000);
  expect(await other.fresh(site.id)).toBe(now);
  expect(await other.fresh('unknown')).toBeUndefined();
});

test('an absence is taken back by whose it is, or by a lead', async () => {
  const { site: after } = await away(people.re, '2026-11-23 18:00');
  const id = after.dutyChanges![0]!.id;
  await expect(undo(desk.deps, sites, site, people.qe, id)).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(undo(desk.deps, sites, site, people.customer, id)).rejects.toMatchObject({
    code: 'not_allowed',
  });
  await expect(undo(desk.deps, sites, site, people.lead, 'nothing')).rejects.toMatchObject({
    code: 'duty_over',
  });
  await undo(desk.deps, sites, site, people.lead, id);
  expect((await stored()).duty).toMatchObject([{ undone: { by: { id: 'p-zheng' } } }]);
});
