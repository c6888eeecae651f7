import type { AnyKind } from '../kinds/index.ts';
import { localDate } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import { ExistsError } from '../store/store.ts';
import type { Deps } from './deps.ts';

/** Highest number seen, by store, site, prefix and day: a hint only, the store's refusal of a taken id decides. */
const hints = new WeakMap<object, Map<string, number>>();

/**
 * The next free id of the day, such as DEF-20261123-007 (the site's local date). Two instances may be handed the same
 * one; whoever creates first has it, the other calls again with `taken`.
 */
export async function nextId(deps: Deps, kind: AnyKind, site: Site, taken?: string): Promise<string> {
  const day = localDate(site.timeZone, deps.clock.now()).replaceAll('-', '');
  const stem = `${kind.prefix}-${day}-`;
  const known = hints.get(deps.store) ?? new Map<string, number>();
  hints.set(deps.store, known);
  const key = `${site.id}|${stem}`;
  if (!known.has(key)) {
    if (known.size > 10_000) known.clear();
    const found = await highest(deps, kind, site, stem);
    if (!known.has(key)) known.set(key, found);
  }
  const beyond = taken?.startsWith(stem) ? Number(taken.slice(stem.length)) : 0;
  const next = Math.max(known.get(key) ?? 0, beyond) + 1;
  known.set(key, next);
  return `${stem}${String(next).padStart(3, '0')}`;
}

/** Records are read newest first; those of the day stand at the front. */
async function highest(deps: Deps, kind: AnyKind, site: Site, stem: string): Promise<number> {
  const page = await deps.store.query(site.id, { type: 'record', kind: kind.id }, 100);
  return page.items.reduce(
    (max, { doc }) => (doc.id.startsWith(stem) ? Math.max(max, Number(doc.id.slice(stem.length)) || 0) : max),
    0,
  );
}

export const isTaken = (error: unknown): boolean => error instanceof ExistsError;
