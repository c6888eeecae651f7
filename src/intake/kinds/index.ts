import type { Extraction } from '../facts.ts';
import type { Passage } from '../passage.ts';
import * as change from './change-request.ts';
import { claim } from './claim.ts';
import * as defects from './defect.ts';
import { confirmationLetterReader } from './confirmation-letter.ts';
import * as escalations from './escalation.ts';
import { materialReader } from './material.ts';
import { documentReader, improvementReader, marketReader } from './notes.ts';
import { productionReportReader } from './production-report.ts';
import type { Reader } from './reader.ts';
import { riskReader } from './risk.ts';
import { satisfactionReader } from './satisfaction.ts';
import { technicalQuestionReader } from './technical-question.ts';
import { visitReader } from './visit.ts';

export type { Reader } from './reader.ts';

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
    const back = escalations.escalationUpdate(p, id !== undefined);
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
      const steps = [...new Set(p.text.match(/(?<![A-Za-z0-9-])D[0-8](?![A-Za-z0-9-])/g) ?? [])];
      const entry = { ...update(defects.defect(p), id), ...(steps.length > 0 && { steps }) };
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

/** The kinds that become records: what they find comes before all else in a message. */
export const recordReaders: readonly Reader[] = [escalationReader, defectReader, changeReader];

/** What else a message may be, where it holds none of those; the strongest of them only. */
export const otherReaders: readonly Reader[] = [
  productionReportReader,
  riskReader,
  materialReader,
  technicalQuestionReader,
  satisfactionReader,
  improvementReader,
  visitReader,
  documentReader,
  marketReader,
];

/** Asked for in the words of a change, beside it or alone. */
export const companionReaders: readonly Reader[] = [confirmationLetterReader];

/** All kinds that chat is read for. */
export const readers: readonly Reader[] = [...recordReaders, ...otherReaders, ...companionReaders];
