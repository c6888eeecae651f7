/** The demo site can play every part: each verb of every kind has somebody, the second pair of eyes included. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../src/kinds/define.ts';
import { allKinds } from '../../src/kinds/index.ts';
import { parseSiteText } from '../../src/site/load.ts';
import type { Person } from '../../src/site/site.ts';
import { hasRole, peopleWith } from '../../src/site/site.ts';

const parsed = parseSiteText(readFileSync(join(import.meta.dirname, '../../env/site.demo.json'), 'utf8'));
if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
const { site } = parsed;
const relations = ['owner', 'reporter', 'notified'];
const ableTo = (by: readonly string[]): Person[] =>
  site.people.filter((person) => by.some((role) => hasRole(person, role)));

test('the site is the one that local mode always knows', () => {
  expect(site).toMatchObject({ id: 'demo', customer: '华驰', plant: '合肥二厂', timeZone: 'Asia/Shanghai' });
});

test.each(
  allKinds.flatMap((kind) =>
    Object.entries(kind.verbs).map(([verb, rule]) => [kind.id, verb, rule] as const),
  ),
)('%s %s can be done by somebody', (_, __, rule) => {
  // The customer's people are guests, and the demo has none.
  const roles = rule.by.filter((role) => role !== 'CUST' && !relations.includes(role));
  if (roles.length > 0) expect(ableTo(roles).length).toBeGreaterThan(0);
  // Who may not verify their own action needs a colleague who may.
  if (rule.notBy && roles.length > 0) expect(ableTo(roles).length).toBeGreaterThan(1);
});

test.each(allKinds.map((kind) => [kind.id, kind] as const))(
  '%s can be captured, and has its owner',
  (_, kind) => {
    expect(ableTo(kind.capture).length).toBeGreaterThan(0);
    if (kind.owner) expect(peopleWith(site, [kind.owner]).length).toBeGreaterThan(0);
  },
);

test('who works beside the line does not decide for the house', () => {
  const house: Role[] = ['LEAD', 'DM', 'GM'];
  for (const person of peopleWith(site, ['RE']))
    expect(person.roles.filter((role) => house.includes(role))).toEqual([]);
});

test('every level of every ladder reaches somebody', () => {
  const levels = Object.values(site.ladder).flat();
  expect(levels.length).toBeGreaterThan(10);
  expect(levels.filter(({ roles }) => peopleWith(site, roles).length === 0)).toEqual([]);
  expect(site.ladder.S1?.map(({ minutes }) => minutes)).toEqual([0, 5, 15, 30, 60, 120]);
});
