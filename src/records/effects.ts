/** What a verb does to the fields by itself, whoever does it. Pure. */
import { iso } from '../clock.ts';
import type { Verb } from '../kinds/define.ts';
import type { Actor } from './deps.ts';
import { filled } from './needs.ts';

/** Changes `fields` in place. What was typed just now (`typed`) is not emptied. */
export function applyEffects(
  verb: Verb,
  fields: Record<string, unknown>,
  typed: Readonly<Record<string, unknown>>,
  actor: Actor,
  now: number,
): void {
  for (const name of verb.clears ?? []) if (typed[name] === undefined) fields[name] = undefined;
  Object.assign(fields, verb.sets);
  if (verb.names !== undefined) fields[verb.names] = actor.name;
  if (verb.counts !== undefined) fields[verb.counts] = Number(fields[verb.counts] ?? 1) + 1;
  for (const name of verb.stamps ?? []) if (!filled(fields[name])) fields[name] = iso(now);
}
