/** What is kept and valid (capability `archive`): what expires soon first, then the newest. */
import { iso } from '../clock.ts';
import { allKinds } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import type { Actor, Deps } from './deps.ts';
import { list } from './find.ts';
import type { RecordDoc } from './record.ts';

const dayMs = 86_400_000;
/** Looked through for those that expire soon. */
const soonLimit = 200;

export async function kept(
  deps: Deps,
  site: Site,
  actor: Actor,
  limit: number,
  now: number,
): Promise<{ records: RecordDoc[]; total: number }> {
  const found = await Promise.all(
    allKinds.flatMap(({ id, can: { archive } }) => {
      if (!archive) return [];
      const valid = { kind: id, status: archive.active };
      const dueTo = iso(now + archive.warnDays * dayMs);
      return [
        Promise.all([
          list(deps, site, actor, { ...valid, dueTo }, soonLimit),
          list(deps, site, actor, valid, limit),
          deps.store.count(site.id, { type: 'record', ...valid }),
        ]),
      ];
    }),
  );
  const soon = found
    .flatMap(([{ records }]) => records)
    .sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
  const newest = found
    .flatMap(([, { records }]) => records)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const records = [...new Map([...soon, ...newest].map((record) => [record.id, record])).values()];
  // A guest is not told how much there is that they may not see.
  const staff = actor.person?.roles.some((role) => role !== 'CUST');
  const total = staff ? found.reduce((sum, [, , count]) => sum + count, 0) : records.length;
  return { records: records.slice(0, limit), total };
}
