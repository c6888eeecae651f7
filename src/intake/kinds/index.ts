import type { Extraction } from '../facts.ts';
import type { Passage } from '../passage.ts';
import * as change from './change-request.ts';
import { claim } from './claim.ts';
import * as defects from './defect.ts';
import * as escalations from './escalation.ts';

export interface Sighting {
  /** How much of the text speaks for the kind; see `classify.ts` for what is taken off. */
  evidence: number;
  entry: () => Extraction | undefined;
}

/** How one kind is read. A new kind is a file with these and a line in the list. */
export interface Reader {
  kind: 'escalation' | 'defect' | 'change_request';
  /** Evidence that must be left after what speaks against it. */
  threshold: number;
  sight: (p: Passage) => Sighting | undefined;
  /** An entry that can stand as a record of its own among several of one message. */
  complete: (entry: Extraction) => boolean;
  /** Whether it stands beside a stronger entry of another kind from the same words. */
  besides: (entry: Extraction, stronger: Extraction, p: Passage) => boolean;
}

const idOf = (p: Passage, prefix: string): string | undefined =>
  p.ids.find((id) => id.value.startsWith(prefix))?.value;

/** A message that names a record adds to it; what the kind reads in it are the new values. */
function update(entry: Extraction, id: string | undefined): Extraction {
  const kept = Object.entries(entry).filter(
    ([key]) => !['kind', 'severity', 'type', 'repeat_of'].includes(key),
  );
  return { kind: entry.kind, op: 'update', ...(id && { id }), ...Object.fromEntries(kept) };
}

const escalationReader: Reader = {
  kind: 'escalation',
  threshold: 4,
  sight: (p) => {
    const sighting = escalations.sight(p);
    const id = idOf(p, 'ESC');
    const back = escalations.escalationUpdate(p);
    if (id) {
      const more = { ...escalations.addition(p), ...back };
      return Object.keys(more).length > 1 ? { evidence: 9, entry: () => update(more, id) } : undefined;
    }
    // A restart that tells neither when nor why it stopped belongs to a stop that is on record.
    const told = sighting && escalations.escalation(p, sighting);
    if (
      back &&
      (!told ||
        (told.ongoing === false &&
          told.started_at === undefined &&
          told.min_stopped === undefined &&
          told.cause === undefined))
    ) {
      return { evidence: 6, entry: () => back };
    }
    return told && { evidence: sighting.evidence, entry: () => told };
  },
  complete: (entry) => entry.line !== undefined || entry.op === 'update' || entry.part_name !== undefined,
  besides: (entry) => entry.type === 'line_stop' || entry.type === 'line_slow',
};

const defectReader: Reader = {
  kind: 'defect',
  threshold: 3,
  sight: (p) => {
    const money = claim(p);
    if (money) return { evidence: 20, entry: () => money };
    const id = idOf(p, 'DEF');
    const evidence = defects.evidence(p);
    if (id && !/重复|同样|repeat|same as/i.test(p.text)) {
      const entry = update(defects.defect(p), id);
      return Object.keys(entry).length > 3 ? { evidence: evidence + 6, entry: () => entry } : undefined;
    }
    return evidence > 0 ? { evidence, entry: () => defects.defect(p) } : undefined;
  },
  complete: (entry) =>
    entry.op !== undefined ||
    ((entry.mode ?? entry.qty_ng) !== undefined &&
      (entry.part_name ?? entry.part_no ?? entry.qty_ng) !== undefined),
  besides: (entry, stronger) =>
    stronger.kind === 'escalation'
      ? entry.mode !== undefined && entry.qty_ng !== undefined && stronger.cause !== 'shortage'
      : entry.mode !== undefined && entry.qty_ng !== undefined && stronger.type !== 'tech_param',
};

const changeReader: Reader = {
  kind: 'change_request',
  threshold: 4,
  sight: (p) => {
    const sighting = change.sight(p);
    const id = idOf(p, 'CR');
    if (!sighting) {
      const more = id ? change.addition(p) : undefined;
      return more && { evidence: 8, entry: () => update(more, id) };
    }
    const entry = (): Extraction => {
      const read = change.changeRequest(p, sighting);
      return id || change.refersBack(p) ? update(read, id) : read;
    };
    return { evidence: sighting.evidence + (id ? 4 : 0), entry };
  },
  complete: (entry) =>
    entry.op !== undefined ||
    [entry.qty_delta, entry.from, entry.to, entry.due, entry.effectivity, entry.part_name].some(
      (value) => value !== undefined,
    ),
  besides: (entry, stronger) =>
    stronger.kind === 'escalation'
      ? entry.qty_delta !== undefined && entry.due !== undefined
      : entry.qty_delta !== undefined || (entry.to !== undefined && entry.from !== undefined),
};

/** The kinds that chat is read for. */
export const readers: readonly Reader[] = [escalationReader, defectReader, changeReader];
