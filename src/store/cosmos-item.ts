import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import { encodeKey } from './keys.ts';
import { fold } from './search-text.ts';
import type { Doc } from './store.ts';

/** Cosmos DB's limit for one item is 2 MB of JSON in UTF-8; what it adds itself (_etag, _ts, ...) needs a little. */
export const itemLimit = 2 * 1024 * 1024 - 2048;

/** What stands in the container: what queries look at, beside the document itself. */
export interface Item {
  site: string;
  id: string;
  type: Doc['type'];
  kind?: string;
  status?: string;
  open?: boolean;
  severity?: string;
  owner?: string;
  dueAt?: string;
  updatedAt?: string;
  wakeAt?: string;
  expiresAt?: string;
  /** createdAt, a space, the encoded id: one property orders the pages and marks where one ended. */
  sort: string;
  search: string;
  /** Seconds after which Cosmos DB deletes the item, some time later. */
  ttl?: number;
  doc?: Doc;
  /** Instead of `doc`: its JSON as a string, where Cosmos DB might not keep the document as it is. */
  raw?: string;
}

/** NUL, lone surrogates, and a key that JavaScript between here and there may take for a prototype. */
const fragile = /\\u0000|\\ud[89a-f]|"__proto__":/;

// NUL and lone surrogates, which Cosmos DB might refuse. Filters get the same treatment, so equal stays equal.
export const plain = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');
const maybePlain = (text: string | undefined) => (text === undefined ? undefined : plain(text));

/** ttl counts from the write by the server's clock in whole seconds; a second more keeps it from firing early. */
const ttlOf = (expiresAt: string, now: number): number =>
  Math.min(2 ** 31 - 1, Math.max(1, Math.ceil((Date.parse(expiresAt) - now) / 1000) + 1));

/** @throws AppError too_long if the item is above what Cosmos DB takes. */
export function itemOf(doc: Doc, now: number): Item {
  const json = JSON.stringify(doc);
  const id = encodeKey(doc.id);
  const item: Item = {
    site: encodeKey(doc.site),
    id,
    type: doc.type,
    kind: maybePlain(doc.kind),
    status: maybePlain(doc.status),
    open: doc.open,
    severity: maybePlain(doc.severity),
    owner: maybePlain(doc.owner),
    dueAt: doc.dueAt,
    updatedAt: doc.updatedAt,
    wakeAt: doc.wakeAt,
    expiresAt: doc.expiresAt,
    sort: `${doc.createdAt ?? ''} ${id}`,
    search: fold(doc.searchText ?? ''),
    ttl: doc.expiresAt === undefined ? undefined : ttlOf(doc.expiresAt, now),
    ...(fragile.test(json) ? { raw: json } : { doc: JSON.parse(json) as Doc }),
  };
  const size = Buffer.byteLength(JSON.stringify(item));
  if (size > itemLimit) throw new AppError('too_long', { length: size, limit: itemLimit });
  return item;
}

export const docOf = <T extends Doc>(item: Pick<Item, 'doc' | 'raw'>): T =>
  (item.raw === undefined ? item.doc : JSON.parse(item.raw)) as T;

export const isExpired = (item: Pick<Item, 'expiresAt'>, now: number): boolean =>
  item.expiresAt !== undefined && item.expiresAt < iso(now);
