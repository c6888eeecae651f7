import type { Field } from '../../src/kinds/fields.ts';
import type { AnyKind } from '../../src/kinds/index.ts';

/** A value for every field of a kind, texts with about so many characters (at most what the field takes). */
export function fields(kind: AnyKind, length: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(kind.fields).map(([name, field]) => [name, valueOf(field, length)]),
  );
}

function valueOf(field: Field, length: number): unknown {
  switch (field.type) {
    case 'text':
      return '文'.repeat(Math.max(1, Math.min(length, field.max ?? 500)));
    case 'int':
    case 'num':
      return field.max ?? 1_234_567;
    case 'bool':
      return true;
    case 'date':
      return '2026-11-27';
    case 'datetime':
      return '2026-11-23T01:00:00.000Z';
    case 'choice': {
      const first = Object.keys(field.choices)[0] ?? '';
      return field.multiple ? Object.keys(field.choices) : first;
    }
    case 'list':
      return Array.from({ length: Math.min(200, 1 + Math.floor(length / 50)) }, () => '项'.repeat(30));
    case 'rows':
      return Array.from({ length: Math.min(50, 1 + Math.floor(length / 100)) }, () =>
        Object.fromEntries(
          Object.entries(field.columns).map(([name, column]) => [
            name,
            valueOf(column, Math.min(length, 100)),
          ]),
        ),
      );
  }
}
