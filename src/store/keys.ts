import { AppError } from '../errors.ts';
import type { Due } from './store.ts';

const unsafe = /[^A-Za-z0-9_:@=.-]/g;
const escape = (unit: string) => `~${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A site or id as a database can hold it. Cosmos DB forbids / \ ? # in ids, URLs eat "." and "..", and UTF-8 has no
 * lone surrogates, so every UTF-16 unit outside a plain set becomes ~hhhh. Both stores use it, and order ids by it,
 * so that pages come in the same order on either.
 */
export function encodeKey(key: string): string {
  if (key === '') return '~';
  return /^\.+$/.test(key) ? key.replace(/\./g, escape) : key.replace(unsafe, escape);
}

export function decodeKey(encoded: string): string {
  if (encoded === '~') return '';
  return encoded.replace(/~([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** A row of the wake index as the port has it. */
export const dueOf = (row: { site: string; id: string; wakeAt: string; kind?: string | null }): Due => ({
  site: decodeKey(row.site),
  id: decodeKey(row.id),
  wakeAt: row.wakeAt,
  ...(typeof row.kind === 'string' ? { kind: row.kind } : {}),
});

/** Where a page ended: the last item's createdAt ('' if it has none) and encoded id. */
export interface Mark {
  createdAt: string;
  key: string;
}

export const writeMark = (mark: Mark): string =>
  Buffer.from(JSON.stringify([mark.createdAt, mark.key])).toString('base64url');

/** @throws AppError unknown_action for a mark that no store wrote: marks come back through clients. */
export function readMark(text: string): Mark {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [createdAt, key] = parsed as unknown[];
      if (typeof createdAt === 'string' && typeof key === 'string') return { createdAt, key };
    }
  } catch {
    // Fall through: whatever is wrong with it, it is not ours.
  }
  throw new AppError('unknown_action', { mark: text.slice(0, 100) });
}

/** A page size as the port allows it. */
export const pageSize = (limit: number): number => Math.max(1, Math.min(500, Math.trunc(limit) || 1));
