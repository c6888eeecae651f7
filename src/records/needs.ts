/** What must be answered before a status is entered, and whether it is. */
import type { Condition, Need } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Fault } from '../errors.ts';
import { text } from '../language.ts';

export type Facts = Readonly<Record<string, unknown>>;

export const filled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

export function holds(condition: Condition, fields: Facts): boolean {
  const value = fields[condition.field];
  if (condition.in) return condition.in.includes(String(value));
  if (condition.starts) return typeof value === 'string' && value.startsWith(condition.starts);
  return filled(value);
}

/** Fields that a need is about, where it applies to these facts; empty where it does not. */
export function asksOf(need: Need, fields: Facts): readonly string[] {
  if (typeof need === 'string') return [need];
  if ('anyOf' in need) return need.anyOf;
  if ('when' in need) return holds(need.when, fields) ? [need.field] : [];
  if ('unless' in need) return filled(fields[need.unless]) ? [] : [need.field];
  return [need.field];
}

/** Every field that a need names, whether it applies or not. */
export const namesOf = (need: Need): readonly string[] =>
  typeof need === 'string' ? [need] : 'anyOf' in need ? need.anyOf : [need.field];

const met = (need: Need, fields: Facts): boolean => {
  const asked = asksOf(need, fields);
  if (asked.length === 0) return true;
  if (typeof need === 'object' && 'is' in need) return fields[need.field] === true;
  return asked.some((name) => filled(fields[name]));
};

/** The needs of a status, beside those of the verb that leads there. */
export function needsOf(kind: AnyKind, status: string, verbName?: string): readonly Need[] {
  const own = verbName ? (kind.verbs[verbName]?.needs ?? []) : [];
  return [...(kind.needs[status] ?? []), ...own];
}

/** What is missing, as faults beside the inputs. */
export function unmet(kind: AnyKind, needs: readonly Need[], fields: Facts): Fault[] {
  return needs
    .filter((need) => !met(need, fields))
    .map((need) => {
      const asked = asksOf(need, fields);
      const labels = asked.map((name) => kind.fields[name]?.label ?? text(name, name));
      const label = text(labels.map((l) => l.zh).join('/'), labels.map((l) => l.en).join(' / '));
      const field = kind.fields[asked[0] ?? ''];
      const what =
        field?.computed && field.hint
          ? field.hint
          : typeof need === 'object' && 'is' in need
            ? text('必须为“是”', 'must be yes')
            : asked.length > 1
              ? text('至少填一项', 'at least one is required')
              : text('必填', 'is required');
      return { field: asked[0] ?? '', label, what };
    });
}

/** Required fields at capture: the fields' own mark and the first status's needs. */
export function missingAtCapture(kind: AnyKind, fields: Facts): Fault[] {
  const own = Object.entries(kind.fields)
    .filter(([name, field]) => field.required && !filled(fields[name]))
    .map(([name, field]) => ({ field: name, label: field.label, what: text('必填', 'is required') }));
  const first = Object.keys(kind.statuses)[0] ?? '';
  const seen = new Set(own.map((fault) => fault.field));
  return [...own, ...unmet(kind, needsOf(kind, first), fields).filter((fault) => !seen.has(fault.field))];
}

/** The kind's own checks across fields, for fields that have no fault yet. */
export function crossFaults(kind: AnyKind, fields: Facts, known: readonly Fault[]): Fault[] {
  const bad = new Set(known.map((fault) => fault.field));
  return (kind.validate?.(fields) ?? [])
    .filter((fault) => !bad.has(fault.field))
    .map(({ field, what }) => ({ field, label: kind.fields[field]?.label ?? text(field, field), what }));
}
