import type { RecordDoc } from './record.ts';
import { recordSchema } from './record.ts';

/** Steps from each older schema to the next; append only, each tested from a stored fixture. */
const steps: Readonly<Record<number, (doc: RecordDoc) => void>> = {};

/** Brings a stored record to the present schema, in place. @throws Error if it is from a newer version */
export function upgrade(doc: RecordDoc): RecordDoc {
  if (doc.schema > recordSchema)
    throw new Error(`${doc.id} was written by a newer version (schema ${doc.schema})`);
  while (doc.schema < recordSchema) {
    steps[doc.schema]?.(doc);
    doc.schema += 1;
  }
  return doc;
}
