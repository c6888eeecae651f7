/** Sites for simulations: the demo site over and over, each with people, channels and a roster of its own. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../src/kinds/define.ts';
import type { Site } from '../../src/site/site.ts';
import { parseSiteText } from '../../src/site/load.ts';

const parsed = parseSiteText(readFileSync(join(import.meta.dirname, '../../env/site.demo.json'), 'utf8'));
if ('faults' in parsed) throw new Error('the demo site has faults');
const pattern = parsed.site;

export const lineNames = [
  '总装一线',
  '总装二线',
  '焊装一线',
  '焊装二线',
  '涂装一线',
  '冲压一线',
  'B线',
  'C线',
];

export interface SimSite {
  site: Site;
  tenantId: string;
  /** Levels that somebody on the roster covers. */
  covered: readonly number[];
}

/** Rosters on which somebody is missing, and the levels that are covered nevertheless. */
const rosters: readonly { missing: readonly Role[]; covered: readonly number[] }[] = [
  { missing: [], covered: [1, 2, 3, 4, 5] },
  { missing: [], covered: [1, 2, 3, 4, 5] },
  { missing: ['LEAD', 'BK'], covered: [2, 3, 4, 5] },
  { missing: [], covered: [1, 2, 3, 4, 5] },
  { missing: ['DM', 'SALES'], covered: [1, 2, 4, 5] },
  { missing: ['GM'], covered: [1, 2, 3, 5] },
  { missing: ['GM', 'DM', 'SALES', 'LEAD'], covered: [1, 2] },
];

function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Three in ten sites are of one tenant, as a large supplier's would be; the others share the rest. */
export function makeSites(count: number, tenants: number): SimSite[] {
  return Array.from({ length: count }, (_, n) => {
    const tenant = n % 10 < 3 ? 0 : 1 + (n % Math.max(1, tenants - 1));
    const { missing, covered } = rosters[n % rosters.length]!;
    const channel = (name: string) => ({
      teamId: `19:site-${n}@thread.tacv2`,
      channelId: `19:site-${n}-${name}@thread.tacv2`,
    });
    const people = pattern.people
      .map((one, index) => ({
        ...one,
        aadObjectId: uuid(`person ${index} of site ${n}`),
        roles: one.roles.filter((role) => !missing.includes(role)),
      }))
      .filter(({ roles }) => roles.length > 0);
    const site: Site = {
      ...pattern,
      id: `site-${n}`,
      plant: `${n}厂`,
      people,
      lines: lineNames.map((name) => ({ name, aliases: [] })),
      channels: { main: channel('main'), quality: channel('quality') },
    };
    return { site, tenantId: uuid(`tenant ${tenant}`), covered };
  });
}
