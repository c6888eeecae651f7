import { hash } from 'node:crypto';
import type { HistoryEntry, RecordDoc } from './record.ts';

/** JSON with sorted keys, so that a store that reorders keys does not change a hash. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export function hashOf(id: string, entry: Omit<HistoryEntry, 'hash'>): string {
  return hash('sha256', `${id}\n${canonical(entry)}`);
}

/** Appends an entry that is chained to the one before (the record's id for the first). */
export function append(
  record: Pick<RecordDoc, 'id' | 'history'>,
  entry: Omit<HistoryEntry, 'prev' | 'hash'>,
): void {
  const prev = record.history.at(-1)?.hash ?? '';
  const chained = { ...entry, prev };
  record.history.push({ ...chained, hash: hashOf(record.id, chained) });
}

/**
 * Checks a record against its history: every hash, the chain, and that replaying the entries gives the status and
 * the fields that the record has. Answers what is wrong, in words for an operator; empty: nothing.
 */
export function verifyHistory(record: RecordDoc): string[] {
  const faults: string[] = [];
  let prev = '';
  let status: string | undefined;
  const fields: Record<string, unknown> = {};
  const envelope: Record<string, unknown> = {};
  record.history.forEach((entry, index) => {
    const { hash, ...rest } = entry;
    if (entry.prev !== prev) faults.push(`entry ${index + 1}: does not follow the one before`);
    if (hashOf(record.id, rest) !== hash) faults.push(`entry ${index + 1}: its content was changed`);
    prev = hash;
    if (entry.to !== undefined) status = entry.to;
    for (const change of entry.changes ?? []) {
      const target = change.field.startsWith('@') ? envelope : fields;
      if (change.to === undefined) delete target[change.field];
      else target[change.field] = change.to;
    }
  });
  if (record.history.length === 0) faults.push('has no history');
  else if (status !== record.status) faults.push(`status is ${record.status}, its history says ${status}`);
  if (canonical(fields) !== canonical(record.fields))
    faults.push('fields differ from what the history gives');
  for (const [name, value] of Object.entries({
    '@severity': record.severity,
    '@owner': record.owner,
    '@title': record.title,
    '@level': record.level || undefined,
    '@into': record.into,
    '@absorbed': record.absorbed,
    '@split': record.split,
    ...tasksAsNamed(envelope, record),
    '@signing': record.signing,
    '@links': record.links.length > 0 ? record.links : undefined,
    '@offer': record.offer,
  }))
    if (canonical(envelope[name] ?? null) !== canonical(value ?? null))
      faults.push(`${name.slice(1)} differs from what the history gives`);
  if (record.history.at(-1)?.rev !== undefined && record.history.at(-1)?.rev !== record.rev)
    faults.push(`revision is ${record.rev}, its history ends at ${record.history.at(-1)?.rev}`);
  return faults;
}

/** Tasks as the record has them; those that only its history knows are missing there. */
const tasksAsNamed = (
  known: Readonly<Record<string, unknown>>,
  record: RecordDoc,
): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.keys(known)
      .filter((name) => name.startsWith('@task.'))
      .map((name) => [name, undefined]),
  ),
  ...Object.fromEntries(record.actions.map((task) => [`@task.${task.id}`, task])),
});
