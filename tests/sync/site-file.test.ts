/** A bad site file is refused whole, with every fault named by its path. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultLines, parseSite, parseSiteText } from '../../src/site/load.ts';

const demo = readFileSync(join(import.meta.dirname, '../../env/site.demo.json'), 'utf8');
type Draft = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
const changed = (change: (site: Draft) => void): unknown => {
  const site = JSON.parse(demo) as Draft;
  change(site);
  return site;
};
const pathsOf = (json: unknown): string[] => {
  const result = parseSite(json);
  if ('site' in result) throw new Error('was accepted');
  return result.faults.map(({ path }) => path);
};

test('the demo file is taken, with what it leaves out filled in', () => {
  const result = parseSite(changed((site) => delete site['dayStart']));
  expect(result).toMatchObject({ site: { id: 'demo', dayStart: '08:00' } });
});

test.each<[string, (site: Draft) => void, string[]]>([
  ['a missing zone', (site) => delete site['timeZone'], ['timeZone']],
  ['an unknown zone', (site) => (site['timeZone'] = 'Asia/Hefei'), ['timeZone']],
  ['an unknown role', (site) => (site['people'][2].roles[1] = 'BOSS'), ['people[2].roles[1]']],
  ['an unknown key', (site) => (site['people'][1].role = 'QE'), ['people[1].role']],
  ['two unknown keys', (site) => Object.assign(site, { dayStarts: 1, zone: 2 }), ['dayStarts', 'zone']],
  ['no main channel', (site) => delete site['channels'].main, ['channels.main']],
  ['a bad time', (site) => (site['shifts'][0].end = '24:00'), ['shifts[0].end']],
  ['a bad id', (site) => (site['id'] = 'Demo Site'), ['id']],
  [
    'a person twice',
    (site) => (site['people'][3].aadObjectId = site['people'][0].aadObjectId),
    ['people[3].aadObjectId'],
  ],
  ['a shift twice', (site) => (site['shifts'][1].code = 'day'), ['shifts[1].code', 'duty[0].shifts[1]']],
  ['a line name twice', (site) => site['lines'][1].aliases.push('line 1'), ['lines[1].aliases[4]']],
  ['a ladder that goes back', (site) => (site['ladder'].S1[3].minutes = 15), ['ladder.S1[3].minutes']],
  [
    'a call that the report itself would repeat',
    (site) => (site['ladder'].S1[0].every = 60),
    ['ladder.S1[0].every'],
  ],
  ['a call every no minutes', (site) => (site['ladder'].S1[5].every = 0), ['ladder.S1[5].every']],
  ['updates every no minutes', (site) => (site['updates'] = { S1: 0 }), ['updates.S1']],
  ['updates of no severity', (site) => (site['updates'] = { S9: 30 }), ['updates.S9']],
  ['departments of no type', (site) => (site['departments'] = { paint: ['QE'] }), ['departments.paint']],
  [
    'a customer as a department',
    (site) => (site['departments'] = { packaging: ['LOG', 'CUST'] }),
    ['departments.packaging[1]'],
  ],
  ['no department at all', (site) => (site['departments'] = { packaging: [] }), ['departments.packaging']],
  ['work that ends before it starts', (site) => (site['calendar'].end = '07:00'), ['calendar.end']],
  [
    'a day both off and worked',
    (site) => Object.assign(site['calendar'], { off: ['2026-11-23'], worked: ['2026-11-22', '2026-11-23'] }),
    ['calendar.worked[1]'],
  ],
  ['a rota of an unknown role', (site) => (site['duty'][0].role = 'BOSS'), ['duty[0].role']],
  ['a rota with an unknown key', (site) => (site['duty'][0].until = '2027-01-01'), ['duty[0].until']],
  ['a rota without a turn', (site) => delete site['duty'][0].turn, ['duty[0].turn']],
  ['a rota from no date', (site) => (site['duty'][0].from = '2026-02-30'), ['duty[0].from']],
  ['a rota of nobody', (site) => (site['duty'][0].people = []), ['duty[0].people']],
  ['a rota of a stranger', (site) => (site['duty'][0].people[1] = 'nobody'), ['duty[0].people[1]']],
  [
    'a rota with somebody who lacks the role',
    (site) => (site['duty'][0].people[0] = site['people'][1].aadObjectId),
    ['duty[0].people[0]'],
  ],
  [
    'a rota with somebody twice',
    (site) => (site['duty'][0].people[1] = site['duty'][0].people[0]),
    ['duty[0].people[1]'],
  ],
  [
    'a rota of a shift that the site does not have',
    (site) => (site['duty'][0].shifts[1] = 'mid'),
    ['duty[0].shifts[1]'],
  ],
  ['a rota with a shift twice', (site) => (site['duty'][0].shifts[1] = 'day'), ['duty[0].shifts[1]']],
  [
    'two rotas of one role and shift',
    (site) => site['duty'].push({ ...site['duty'][0], shifts: ['night'] }),
    ['duty[1].shifts[0]'],
  ],
  ['changes of the duty, which belong to the store', (site) => (site['dutyChanges'] = []), ['dutyChanges']],
])('%s is named', (_, change, paths) => {
  expect(pathsOf(changed(change))).toEqual(paths);
});

test('faults of shape and faults across fields are told together', () => {
  const json = changed((site) => {
    site['timeZone'] = 'Nowhere';
    site['people'][0].roles = [];
    site['people'][3].aadObjectId = site['people'][0].aadObjectId;
    site['ladder'].S2[1].minutes = 0;
  });
  expect(pathsOf(json)).toEqual([
    'timeZone',
    'people[0].roles',
    'people[3].aadObjectId',
    'ladder.S2[1].minutes',
  ]);
});

test('text that is no JSON is one fault of the file', () => {
  const result = parseSiteText('{ "id": ');
  expect(result).toMatchObject({
    faults: [{ path: '', message: expect.stringMatching(/^is not JSON/) as string }],
  });
  expect(faultLines('faults' in result ? result.faults : [])).toMatch(/^\(file\): is not JSON/);
});

test('anything at all is answered with a site or with faults', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const result = parseSite(json);
      expect('site' in result || result.faults.length > 0).toBe(true);
    }),
  );
  expect(pathsOf(null)).toEqual(['']);
});
