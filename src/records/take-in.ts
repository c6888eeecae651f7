/** What a record takes from one that was merged into it, and gives back when that is undone. Pure. */
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { changesOf, record as write } from './change.ts';
import { rank } from './claim.ts';
import type { Actor } from './deps.ts';
import { filled } from './needs.ts';
import type { CardPlace, Change, HistoryEntry, RecordDoc } from './record.ts';
import { setStopwatch } from './stopwatch.ts';

type Facts = Readonly<Record<string, unknown>>;

/** @param known it was taken in before; only places of its cards may be new */
export function takeIn(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  gone: RecordDoc,
  known: boolean,
  now: number,
): void {
  doc.cards = [
    ...doc.cards,
    ...placesOf(gone).filter((place) => !doc.cards.some((one) => samePlace(one, place))),
  ];
  const entry = gone.history.findLast(({ verb }) => verb === 'merge');
  if (known || !entry || doc.absorbed?.some(({ id }) => id === gone.id)) return;
  const next = { ...doc.fields, ...better(kind, doc.fields, gone.fields) };
  const changes: Change[] = [];
  if (rank(gone.severity) < rank(doc.severity)) {
    changes.push({ field: '@severity', from: doc.severity, to: gone.severity });
    next[kind.typeField] = gone.fields[kind.typeField];
    doc.severity = gone.severity;
  }
  // The level that it had reached was posted, with its people: they are not called once more.
  if ((gone.level ?? 0) > (doc.level ?? 0)) {
    const called = gone.notified.filter((id) => !doc.notified.includes(id));
    changes.push(
      { field: '@level', ...(doc.level ? { from: doc.level } : {}), to: gone.level },
      { field: '@called', to: called },
    );
    doc.level = gone.level ?? 0;
  }
  setStopwatch(kind, next, now);
  const before = doc.absorbed;
  doc.absorbed = [...(before ?? []), { id: gone.id, rev: gone.rev }];
  doc.notified = [...new Set([...doc.notified, ...gone.notified])];
  doc.joined = [...new Set([...(doc.joined ?? []), ...(gone.joined ?? [])])];
  const said = String(gone.fields['raw_text'] ?? gone.title);
  write(
    doc,
    kind,
    site,
    { ...entry.by, source: entry.source },
    now,
    { verb: 'absorb', note: said.slice(0, 500) },
    [
      { field: '@absorbed', ...(before ? { from: before } : {}), to: doc.absorbed },
      ...changes,
      ...changesOf(doc, next),
    ],
  );
}

/** The earlier start, the later end, and what the record does not know. */
function better(kind: AnyKind, own: Facts, other: Facts): Record<string, unknown> {
  const { single, stopwatch } = kind.can;
  if (!single) return {};
  const taken: Record<string, unknown> = {};
  const times = (name: string) =>
    [own[name], other[name]].map((value) => (typeof value === 'string' ? value : ''));
  const [start = '', otherStart = ''] = times(single.from);
  if (otherStart !== '' && (start === '' || otherStart < start)) taken[single.from] = otherStart;
  for (const name of single.to) {
    const [end = '', otherEnd = ''] = times(name);
    if (end !== '' && otherEnd > end) taken[name] = otherEnd;
  }
  if (stopwatch) {
    // Most likely the same pause, told twice.
    const between = Math.max(Number(own[stopwatch.between] ?? 0), Number(other[stopwatch.between] ?? 0));
    if (between > 0) taken[stopwatch.between] = between;
  }
  for (const name of new Set([...kind.title, ...kind.facts]))
    if ((!filled(own[name]) || own[name] === 'unknown') && filled(other[name])) taken[name] = other[name];
  return taken;
}

const placesOf = (gone: RecordDoc): CardPlace[] =>
  gone.cards.map((place) => ({ ...place, of: place.of ?? gone.id }));

/** Whether it was a card of the record's before that was merged, or of one that had been merged into that. */
export const isOf = (place: CardPlace, record: RecordDoc): boolean =>
  place.of === record.id || record.absorbed?.some(({ id }) => id === place.of) === true;

export const samePlace = (a: CardPlace, b: CardPlace): boolean =>
  a.activityId === b.activityId && a.address.conversationId === b.address.conversationId;

/** Facts go back where nobody has changed them since; what was called and posted stays so. */
export function giveBack(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  back: RecordDoc,
  now: number,
): void {
  doc.cards = doc.cards.filter((place) => !isOf(place, back));
  if (!doc.absorbed?.some(({ id }) => id === back.id)) return;
  const before = doc.absorbed;
  const left = before.filter(({ id }) => id !== back.id);
  if (left.length > 0) doc.absorbed = left;
  else delete doc.absorbed;
  const own = new Set(back.joined ?? []);
  doc.joined = (doc.joined ?? []).filter((draft) => !own.has(draft));
  const taken =
    doc.history.findLast((entry) => entry.verb === 'absorb' && absorbedBy(entry) === back.id)?.changes ?? [];
  const next: Record<string, unknown> = { ...doc.fields };
  const changes: Change[] = [{ field: '@absorbed', from: before, ...(left.length > 0 ? { to: left } : {}) }];
  for (const { field, from, to } of taken) {
    if (field === '@severity' && doc.severity === to && typeof from === 'string') {
      changes.push({ field, from: doc.severity, to: from });
      doc.severity = from as RecordDoc['severity'];
    }
    if (!field.startsWith('@') && JSON.stringify(doc.fields[field]) === JSON.stringify(to))
      next[field] = from;
  }
  setStopwatch(kind, next, now);
  write(doc, kind, site, actor, now, { verb: 'release', note: back.id }, [
    ...changes,
    ...changesOf(doc, next),
  ]);
}

/** The record that an entry took in: the last of the list that it left. */
export const absorbedBy = (entry: HistoryEntry): string => {
  const list = entry.changes?.find(({ field }) => field === '@absorbed')?.to as RecordDoc['absorbed'];
  return list?.at(-1)?.id ?? '';
};
