/** A later revision takes the place of those before it: both sides say so (capability `archive`). */
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Site } from '../site/site.ts';
import { change, record as write } from './change.ts';
import type { Deps } from './deps.ts';
import { bot } from './deps.ts';
import { setLinks } from './link.ts';
import { settle } from './owed.ts';
import type { Change, RecordDoc } from './record.ts';
import { isLater, plainNumber, revisionMark } from './revisions.ts';
import { upgrade } from './upgrade.ts';

/** Why two records are linked. */
export const supersedesLink = 'supersedes';
export const supersededByLink = 'superseded_by';

/** Revisions of one number that are looked through; far more than one has. */
const maxRevisions = 200;

const linksTo = (record: RecordDoc, to: string, why: string): boolean =>
  record.links.some((link) => link.to === to && link.why === why);

/** Adds links that are not there yet, as the one change that they are together. */
function link(record: RecordDoc, why: string, targets: readonly string[]): Change[] {
  const added = targets.filter((to) => !linksTo(record, to, why)).map((to) => ({ to, why }));
  if (added.length === 0) return [];
  return setLinks(record, [...record.links, ...added]);
}

/** The record's status moves to superseded, by the one that took its place. */
function giveWay(record: RecordDoc, kind: AnyKind, site: Site, now: number, to: string): void {
  const rule = kind.can.archive;
  const target = rule && kind.verbs[rule.supersede]?.to;
  if (!rule || target === undefined || target === 'stay' || record.status !== rule.active) return;
  const from = record.status;
  record.status = target;
  record.entered[target] = iso(now);
  write(
    record,
    kind,
    site,
    bot,
    now,
    { verb: rule.supersede, from, to: target, note: to },
    link(record, supersededByLink, [to]),
  );
}

/**
 * Compares a record with the others of its number. Earlier ones give way at once; answers what the record itself is
 * to become, for the job's outcome. Done twice it does no more than once.
 */
export async function revise(
  deps: Deps,
  site: Site,
  kind: AnyKind,
  record: RecordDoc,
): Promise<(fresh: RecordDoc, now: number) => void> {
  const rule = kind.can.archive;
  const mark = revisionMark(kind, record);
  if (!rule || mark === undefined) return () => {};
  const number = plainNumber(record.fields[rule.number]);
  const found = await deps.store.search<RecordDoc>(
    site.id,
    { type: 'record', kind: kind.id },
    String(record.fields[rule.number]),
    maxRevisions,
  );
  const others = found
    .map(({ doc }) => upgrade(doc))
    .filter((other) => other.id !== record.id && plainNumber(other.fields[rule.number]) === number);
  const later = others.find((other) => other.status === rule.active && isLater(kind, other, record));
  if (later)
    return (fresh, now) => {
      // Whoever makes it valid again afterwards means that, so it is not compared again.
      fresh.revised = mark;
      if (revisionMark(kind, fresh) === mark) giveWay(fresh, kind, site, now, later.id);
      settle(fresh, kind, site, now);
    };
  const earlier = others.filter(
    (other) => other.status === rule.active || linksTo(other, record.id, supersededByLink),
  );
  for (const other of earlier)
    if (other.status === rule.active)
      await change(deps, site, other.id, undefined, (doc, _kind, now) => {
        if (plainNumber(doc.fields[rule.number]) === number) giveWay(doc, kind, site, now, record.id);
      });
  return (fresh, now) => {
    fresh.revised = mark;
    const last = earlier.sort((a, b) => (isLater(kind, a, b) ? -1 : 1))[0];
    const changes = link(
      fresh,
      supersedesLink,
      earlier.map(({ id }) => id),
    );
    const before = fresh.fields[rule.supersedes];
    if (last && before !== last.id)
      changes.push({
        field: rule.supersedes,
        ...(before === undefined ? {} : { from: before }),
        to: last.id,
      });
    if (changes.length > 0) write(fresh, kind, site, bot, now, { verb: 'revise' }, changes);
    settle(fresh, kind, site, now);
  };
}
