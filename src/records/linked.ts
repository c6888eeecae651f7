/** Links between records: what they say of each side, and how each side learns what becomes of the other. */
import type { AnyKind } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { job } from './job.ts';
import type { RecordDoc } from './record.ts';
import { titleIn } from './title.ts';

/** What the other record is to this one, and what this one is to it then. */
export const inverse = {
  caused_by: 'gave_rise_to',
  gave_rise_to: 'caused_by',
  related: 'related',
} as const;
export type Why = keyof typeof inverse;

export const isWhy = (value: unknown): value is Why =>
  typeof value === 'string' && Object.hasOwn(inverse, value);

export interface Link {
  to: string;
  why: string;
}

/** What a record's card says of another: it is drawn from its own document alone. */
export interface Face {
  kind: string;
  status: string;
  title: Text;
}

export const faceOf = (kind: AnyKind, record: RecordDoc): Face => ({
  kind: kind.id,
  status: record.status,
  title: text(titleIn(kind, record.fields, 'zh'), titleIn(kind, record.fields, 'en')),
});

/** The record whose side is to follow. */
export interface LinkPayload extends Record<string, unknown> {
  to: string;
  /** The link was made or undone here; else it is only told what this record looks like, and adds or removes nothing. */
  made: boolean;
}

export function oweLink(record: RecordDoc, now: number, to: string, made: boolean): void {
  const waits = record.jobs.some(
    ({ type, payload, lease, failed }) =>
      type === 'link' && payload['to'] === to && payload['made'] === made && !lease && !failed,
  );
  if (!waits) record.jobs.push(job('link', now, { to, made } satisfies LinkPayload));
}

/** A record that looks otherwise than its partners were told owes each of them its new face. */
export function windLinks(record: RecordDoc, kind: AnyKind, now: number): void {
  if (record.links.length === 0) return;
  const face = JSON.stringify(faceOf(kind, record));
  if (record.face === face) return;
  record.face = face;
  for (const { to } of record.links) oweLink(record, now, to, false);
}
