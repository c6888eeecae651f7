/**
 * The store's port. A document is one JSON object; a change is one conditional write of one document. No transaction
 * spans two documents, no read is cached here. Implementations: sqlite.ts, cosmos.ts; both pass tests/contract.
 */

/** What the store indexes; the rest of a document is the caller's own. All times are ISO 8601 UTC with milliseconds. */
export interface Doc {
  /** Partition: a site's id, or `-` for what belongs to no site (people, conversations, receipts). */
  site: string;
  /** Unique in its site. */
  id: string;
  type: 'record' | 'draft' | 'site' | 'person' | 'conversation' | 'receipt' | 'claim' | 'offer';
  /** Earliest moment at which the document wants attention; absent: none. */
  wakeAt?: string;
  /** The document is gone after this moment (receipts, drafts). */
  expiresAt?: string;
  kind?: string;
  status?: string;
  /** False once nothing is owed any more. */
  open?: boolean;
  severity?: string;
  owner?: string;
  dueAt?: string;
  createdAt?: string;
  updatedAt?: string;
  /** Text that search looks in: id, title and searchable fields. */
  searchText?: string;
}

/** A document with the mark of the version that was read; `replace` and `remove` need it. */
export interface Stored<T extends Doc = Doc> {
  doc: T;
  etag: string;
}

export interface Filter {
  type: Doc['type'];
  kind?: string;
  status?: string;
  open?: boolean;
  severity?: string;
  owner?: string;
  /** Half-open: from <= value < to. */
  createdFrom?: string;
  createdTo?: string;
  updatedFrom?: string;
  dueTo?: string;
}

export interface Page<T extends Doc = Doc> {
  items: Stored<T>[];
  /** Hand it back for the next page; absent on the last. Opaque; stays valid while documents change. */
  next?: string;
}

export interface Due {
  site: string;
  id: string;
  wakeAt: string;
  kind?: string;
}

export interface Store {
  read<T extends Doc>(site: string, id: string): Promise<Stored<T> | undefined>;
  /** @throws ExistsError if the id is taken in the site. Resolves once durable, with the etag. */
  create(doc: Doc): Promise<string>;
  /** @throws StaleError if the document is not (any longer) at `etag`. Resolves once durable, with the new etag. */
  replace(doc: Doc, etag: string): Promise<string>;
  /** @throws StaleError as replace. */
  remove(site: string, id: string, etag: string): Promise<void>;
  /** Newest createdAt first, then id descending; at most `limit` (1 to 500). A page never repeats a document that did not change. */
  query<T extends Doc>(site: string, filter: Filter, limit: number, after?: string): Promise<Page<T>>;
  /** How many documents match. */
  count(site: string, filter: Filter): Promise<number>;
  /** Documents whose searchText holds every word of `text` (any case, any script), newest first; at most `limit`. */
  search<T extends Doc>(site: string, filter: Filter, text: string, limit: number): Promise<Stored<T>[]>;
  /** Documents of all sites with `from` <= wakeAt <= `until`, earliest first; of equal ones, in any order. */
  due(until: string, limit: number, from?: string): Promise<Due[]>;
  /** The earliest wakeAt of all, if any. */
  nextWake(): Promise<string | undefined>;
  /** Answers when the store can be read and written; for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class ExistsError extends Error {
  constructor(site: string, id: string) {
    super(`document exists: ${site}/${id}`);
    this.name = 'ExistsError';
  }
}

export class StaleError extends Error {
  constructor(site: string, id: string) {
    super(`document changed meanwhile: ${site}/${id}`);
    this.name = 'StaleError';
  }
}
