/** Every kind, registered once. Adding one is a file and a line here. */
import { changeRequest } from './change-request.ts';
import { confirmationLetter } from './confirmation-letter.ts';
import { defect } from './defect.ts';
import { document } from './document.ts';
import type { FieldsOf, Kind, StatusOf, VerbOf } from './define.ts';
import { escalation } from './escalation.ts';

export const kinds = {
  defect,
  change_request: changeRequest,
  escalation,
  document,
  confirmation_letter: confirmationLetter,
} as const;

export type KindId = keyof typeof kinds;
export type RecordFields<K extends KindId> = FieldsOf<(typeof kinds)[K]>;
export type RecordStatus<K extends KindId> = StatusOf<(typeof kinds)[K]>;
export type RecordVerb<K extends KindId> = VerbOf<(typeof kinds)[K]>;

/** A kind as generic code sees it. */
export type AnyKind = Kind;

export const allKinds: readonly AnyKind[] = Object.values(kinds) as unknown as readonly AnyKind[];
const byId = new Map(allKinds.map((kind) => [kind.id, kind]));
const byPrefix = new Map(allKinds.map((kind) => [kind.prefix, kind]));
if (byId.size !== allKinds.length || byPrefix.size !== allKinds.length)
  throw new Error('two kinds share an id or a prefix');

export const kindOf = (id: string): AnyKind | undefined => byId.get(id);

/** The kind of a record id such as DEF-20261123-007. */
export const kindOfRecordId = (id: string): AnyKind | undefined => byPrefix.get(id.split('-')[0] ?? '');
