/** Severity from the facts (domain.md §5). Pure; a person may raise it, a LEAD may lower it with a reason. */
import type { Severity, SeverityContext } from './define.ts';

type Facts = Readonly<Record<string, unknown>>;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const hoursUntil = (value: unknown, now: string): number =>
  typeof value === 'string' ? (Date.parse(value) - Date.parse(now)) / 3_600_000 : Infinity;

export function defectSeverity(fields: Facts, context: SeverityContext): Severity {
  if (fields['safety_related'] === true || fields['line_impact'] === 'stop') return 'S1';
  if (number(fields['qty_suspect']) >= 100) return 'S1';
  if (fields['line_impact'] === 'slow' || number(fields['qty_ng']) >= 10) return 'S2';
  if (fields['repeat_of'] || hoursUntil(fields['customer_due_at'], context.now) <= 24) return 'S2';
  if (Array.isArray(fields['claim']) && fields['claim'].length > 0) return 'S2';
  return 'S3';
}

export function changeSeverity(fields: Facts, context: SeverityContext): Severity {
  const due =
    fields['customer_due_at'] ??
    (typeof fields['requested_due'] === 'string' ? `${fields['requested_due']}T17:30:00Z` : undefined);
  return hoursUntil(due, context.now) <= 24 ? 'S2' : 'S3';
}

export function escalationSeverity(fields: Facts): Severity {
  if (fields['safety_related'] === true) return 'S1';
  switch (fields['type']) {
    case 'line_stop':
    case 'shortage':
      if (fields['ongoing'] !== false) return 'S1';
      return number(fields['minutes_stopped']) >= 10 || fields['cause_side'] === 'ours' ? 'S1' : 'S2';
    case 'safety':
    case 'batch_quality':
      return 'S1';
    default:
      return 'S2';
  }
}
