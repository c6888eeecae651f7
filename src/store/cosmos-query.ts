import type { SqlQuerySpec } from '@azure/cosmos';
import { plain } from './cosmos-item.ts';
import { encodeKey, type Mark } from './keys.ts';
import type { Filter } from './store.ts';

export const alive = '(NOT IS_DEFINED(c.expiresAt) OR c.expiresAt >= @now)';

const columns = 'c.id, c._etag, c.sort, c.expiresAt, c.doc, c.raw';

interface Where {
  text: string;
  parameters: { name: string; value: string | boolean }[];
}

/** `site` is the partition already; naming it again serves servers that forget. */
function where(site: string, filter: Filter, now: string): Where {
  const parts = ['c.site = @site', 'c.type = @type', alive];
  const parameters: Where['parameters'] = [
    { name: '@site', value: encodeKey(site) },
    { name: '@type', value: filter.type },
    { name: '@now', value: now },
  ];
  const add = (name: string, part: string, value: string | boolean | undefined) => {
    if (value === undefined) return;
    parts.push(part);
    parameters.push({ name, value: typeof value === 'string' ? plain(value) : value });
  };
  add('@kind', 'c.kind = @kind', filter.kind);
  add('@status', 'c.status = @status', filter.status);
  add('@open', 'c.open = @open', filter.open);
  add('@severity', 'c.severity = @severity', filter.severity);
  add('@owner', 'c.owner = @owner', filter.owner);
  // `sort` begins with createdAt, or with a space where there is none: "!" is the first character behind it.
  const ranged = filter.createdFrom !== undefined || filter.createdTo !== undefined;
  add('@createdFrom', 'c.sort >= @createdFrom', ranged ? (filter.createdFrom ?? '!') : undefined);
  add('@createdTo', 'c.sort < @createdTo', filter.createdTo);
  add('@updatedFrom', 'c.updatedAt >= @updatedFrom', filter.updatedFrom);
  add('@dueTo', 'c.dueAt < @dueTo', filter.dueTo);
  return { text: parts.join(' AND '), parameters };
}

/** Newest first from behind the mark: a keyset, because a continuation token belongs to one plan and one moment. */
export function pageQuery(
  site: string,
  filter: Filter,
  now: string,
  limit: number,
  options: { after?: Mark; words?: readonly string[] } = {},
): SqlQuerySpec {
  const { text, parameters } = where(site, filter, now);
  const parts = [text];
  if (options.after) {
    parts.push('c.sort < @after');
    parameters.push({ name: '@after', value: `${options.after.createdAt} ${options.after.key}` });
  }
  for (const [index, word] of (options.words ?? []).entries()) {
    parts.push(`CONTAINS(c.search, @word${index})`);
    parameters.push({ name: `@word${index}`, value: word });
  }
  return {
    query: `SELECT TOP ${limit} ${columns} FROM c WHERE ${parts.join(' AND ')} ORDER BY c.sort DESC`,
    parameters,
  };
}

export function countQuery(site: string, filter: Filter, now: string): SqlQuerySpec {
  const { text, parameters } = where(site, filter, now);
  return { query: `SELECT VALUE COUNT(1) FROM c WHERE ${text}`, parameters };
}

/** The one query across partitions. */
export const dueQuery = (until: string, now: string, limit: number, from = ''): SqlQuerySpec => ({
  query: `SELECT TOP ${limit} c.site, c.id, c.wakeAt, c.kind FROM c WHERE c.wakeAt >= @from AND c.wakeAt <= @until AND ${alive} ORDER BY c.wakeAt`,
  parameters: [
    { name: '@from', value: from },
    { name: '@until', value: until },
    { name: '@now', value: now },
  ],
});
