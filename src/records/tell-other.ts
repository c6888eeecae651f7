/** The other side of a feed: the record that is told, in a write of its own. */
import { AppError } from '../errors.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { change, changesOf, load, record as write } from './change.ts';
import type { Deps } from './deps.ts';
import { bot } from './deps.ts';
import { feedOf, keyOf } from './feeds.ts';
import type { RecordDoc } from './record.ts';

/**
 * Tells the other record, as this one stands. Done twice it changes nothing. Where there is no such record, nothing is
 * owed. Answers what was told, for `fed`.
 */
export async function tellOther(deps: Deps, site: Site, kind: AnyKind, record: RecordDoc): Promise<string> {
  const one = feedOf(kind, record);
  if (!one) return '';
  try {
    await change(deps, site, one.to, undefined, (other, otherKind, now) => {
      const known = Object.entries(one.values).filter(([field]) => otherKind.fields[field]);
      const changes = changesOf(other, Object.fromEntries(known));
      if (changes.length > 0)
        write(other, otherKind, site, bot, now, { verb: 'feed', note: record.id }, changes);
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
  }
  return keyOf(one);
}

/** The record that a new one is about must be there. @throws AppError not_found */
export async function assertFed(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const to = kind.can.feeds && fields[kind.can.feeds.record];
  if (typeof to === 'string') await load(deps, site, to.trim().toUpperCase());
}
