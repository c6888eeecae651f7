/** Where a case goes on whose record was merged into another, or which was split (capability `single`). Reads only. */
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import type { Deps } from './deps.ts';
import type { RecordDoc } from './record.ts';
import { isRunning } from './stopwatch.ts';
import { upgrade } from './upgrade.ts';

/** The records from this one on, each merged into the next; the last one is the case's. */
export interface Chain {
  records: [RecordDoc, ...RecordDoc[]];
  last: RecordDoc;
  /** Each is merged into the next and the last into one before: two people merged them crosswise at one moment. */
  circular: boolean;
}

export async function chainOf(deps: Deps, site: Site, record: RecordDoc): Promise<Chain> {
  const records: Chain['records'] = [record];
  let last = record;
  while (last.into !== undefined) {
    const { into } = last;
    if (records.some(({ id }) => id === into)) return { records, last, circular: true };
    const stored = await deps.store.read<RecordDoc>(site.id, into);
    if (!stored) break;
    last = upgrade(stored.doc);
    records.push(last);
  }
  return { records, last, circular: false };
}

/** The record that tells of the case of `record` now: itself, unless it was merged. */
export const survivorOf = async (deps: Deps, site: Site, record: RecordDoc): Promise<RecordDoc> =>
  record.into === undefined ? record : (await chainOf(deps, site, record)).last;

const isOver = (kind: AnyKind, record: RecordDoc): boolean =>
  !record.open || kind.can.single?.ends.includes(record.status) === true || !isRunning(kind, record.fields);

/** Which record takes further reports of the case: the survivor, or once that is over, what was split off it and runs. */
export async function goesOnAs(deps: Deps, site: Site, kind: AnyKind, record: RecordDoc): Promise<RecordDoc> {
  const { records, last } = await chainOf(deps, site, record);
  if (!isOver(kind, last)) return last;
  for (const id of records.flatMap(({ split }) => Object.values(split ?? {}))) {
    const stored = await deps.store.read<RecordDoc>(site.id, id);
    const other = stored && (await survivorOf(deps, site, upgrade(stored.doc)));
    if (other && !isOver(kind, other)) return other;
  }
  return last;
}
