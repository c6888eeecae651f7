/** A case that is still climbing when the shift changes: whoever comes on duty is called as well. */
import type { AnyKind } from '../kinds/index.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { change, load, record as write } from './change.ts';
import type { Deps } from './deps.ts';
import { bot } from './deps.ts';
import { job } from './job.ts';
import { firstRoles, isClimbing, levelsOf } from './ladder.ts';
import type { TellPayload } from './owed.ts';
import type { RecordDoc } from './record.ts';

/** People of the levels reached so far who are on duty now and were not called yet. */
export function uncalled(record: RecordDoc, kind: AnyKind, site: Site, now: number): string[] {
  if (!isClimbing(kind, record)) return [];
  const first =
    firstRoles(site, record.severity) ??
    kind.tells.flatMap((tell) => (tell.channel ? (tell.roles ?? []) : []));
  const levels = levelsOf(site, record.severity, now).filter(({ level }) => level <= (record.level ?? 0));
  const known = new Set(record.notified);
  return onCall(site, [...first, ...levels.flatMap(({ roles }) => roles)], now)
    .map((person) => person.aadObjectId)
    .filter((id) => !known.has(id));
}

/** Calls them: each gets the record's card. Done twice it does nothing more. @throws AppError not_found, conflict */
export async function relieve(deps: Deps, site: Site, id: string): Promise<void> {
  const { doc, kind: sort } = await load(deps, site, id);
  if (uncalled(doc, sort, site, deps.clock.now()).length === 0) return;
  await change(deps, site, id, undefined, (record, kind, now) => {
    const called = uncalled(record, kind, site, now);
    if (called.length === 0) return;
    record.notified = [...record.notified, ...called];
    for (const person of called)
      record.jobs.push(job('tell', now, { person, reason: 'relieve' } satisfies TellPayload));
    write(record, kind, site, bot, now, { verb: 'relieve' }, [{ field: '@called', to: called }]);
  });
}
