/** Records that are saved at once ask for what is missing, one fact at a time. */
import { kindOf } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { change } from './change.ts';
import type { ChangeResult } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import { assertMayEdit } from './access.ts';
import { filled } from './needs.ts';
import type { RecordDoc } from './record.ts';
import { isRunning } from './stopwatch.ts';

/** The fact to ask for next; undefined once all are answered or passed over, or nothing is open any more. */
export function nextQuestion(record: RecordDoc): string | undefined {
  const kind = kindOf(record.kind);
  if (!kind?.can.instant || !record.open) return undefined;
  const passed = [
    ...(record.skipped ?? []),
    ...(isRunning(kind, record.fields) ? [] : (kind.can.instant.running ?? [])),
  ];
  const defaults: Readonly<Record<string, unknown>> = kind.can.instant.defaults;
  return kind.can.instant.asks.find((name) => {
    const value = record.fields[name];
    return !passed.includes(name) && (!filled(value) || (name in defaults && value === defaults[name]));
  });
}

/** Passes over a question; it is not asked again. @throws AppError not_found, not_allowed */
export async function skip(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string; field: string },
): Promise<ChangeResult> {
  return change(deps, site, what.id, undefined, (doc) => {
    assertMayEdit('edit', doc, actor);
    doc.skipped = [...new Set([...(doc.skipped ?? []), what.field])];
  });
}
