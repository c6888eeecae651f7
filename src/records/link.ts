/**
 * Two records that belong together each hold the link. There is no write across documents: the side on which it was
 * made owes the other one, which is made to follow as often as need be.
 */
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import { text } from '../language.ts';
import type { Text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { assertMayEdit } from './access.ts';
import type { ChangeResult } from './change.ts';
import { change, load, record as write } from './change.ts';
import type { Actor, Deps } from './deps.ts';
import type { Face, Link, Why } from './linked.ts';
import { faceOf, inverse, isWhy, oweLink } from './linked.ts';
import type { By, Change, RecordDoc } from './record.ts';

/** More would not be looked at, and a card must stay small. */
const maxLinks = 20;

export interface LinkInput {
  id: string;
  to: string;
  why: unknown;
}

/** @throws AppError not_found, not_allowed, invalid for an unknown record, itself, or one that is linked already */
export async function link(deps: Deps, site: Site, actor: Actor, what: LinkInput): Promise<ChangeResult> {
  const to = what.to.normalize('NFKC').trim().toUpperCase();
  const { why } = what;
  // First, so that nobody finds out by it which numbers there are.
  assertMayEdit('link', (await load(deps, site, what.id)).doc, actor);
  if (to === '') throw refused(text('请填写编号', 'give the number of the other record'));
  if (!isWhy(why)) throw refused(text('请选择关系', 'choose how they belong together'));
  if (to === what.id) throw refused(text('不能关联自己', 'a record cannot be linked to itself'));
  const other = await otherSide(deps, site, to);
  return change(deps, site, what.id, undefined, (doc, kind, now) => {
    if (doc.links.some((one) => one.to === to))
      throw refused(text(`已经关联了 ${to}`, `${to} is linked already`));
    if (doc.links.length >= maxLinks)
      throw refused(text(`最多关联${maxLinks}条`, `at most ${maxLinks} links`));
    const changes = setLinks(doc, [...doc.links, { to, why }]);
    doc.linked = { ...doc.linked, [to]: other };
    oweLink(doc, now, to, true);
    write(doc, kind, site, actor, now, { verb: 'link' }, changes);
  });
}

/** Takes a link back, on both sides. @throws AppError not_found, not_allowed, invalid where there is none */
export async function unlink(
  deps: Deps,
  site: Site,
  actor: Actor,
  what: { id: string; to: string },
): Promise<ChangeResult> {
  const to = what.to.normalize('NFKC').trim().toUpperCase();
  return change(deps, site, what.id, undefined, (doc, kind, now) => {
    assertMayEdit('link', doc, actor);
    if (!doc.links.some((one) => one.to === to))
      throw refused(text(`没有关联“${to}”`, `"${to}" is not linked`));
    const changes = setLinks(
      doc,
      doc.links.filter((one) => one.to !== to),
    );
    forget(doc, to);
    oweLink(doc, now, to, true);
    write(doc, kind, site, actor, now, { verb: 'unlink' }, changes);
  });
}

/**
 * Makes the other side follow this one as it is now: the link where it was made or undone here (`made`), and what has
 * become of this record. Done twice it changes nothing, and a later state overtakes an earlier one. What only tells how
 * this record looks must not bring back a link that the other side has undone meanwhile.
 */
export async function mirror(
  deps: Deps,
  site: Site,
  id: string,
  { to, made }: { to: string; made: boolean },
): Promise<void> {
  // Read anew: of two that run at once, whichever is last must not bring back what was before.
  const { doc: own, kind: ownKind } = await load(deps, site, id);
  const mine = own.links.find((one) => one.to === to);
  const why: Why | undefined = mine && isWhy(mine.why) ? inverse[mine.why] : undefined;
  const by = linkedBy(own, to);
  const face = faceOf(ownKind, own);
  await change(deps, site, to, undefined, (doc, kind, now) => {
    const theirs = doc.links.find((one) => one.to === own.id);
    const actor: Actor = { ...by, source: 'rule' };
    if (made && why && !theirs) {
      const changes = setLinks(doc, [...doc.links, { to: own.id, why }]);
      write(doc, kind, site, actor, now, { verb: 'link' }, changes);
    } else if (made && !why && theirs) {
      const changes = setLinks(
        doc,
        doc.links.filter((one) => one.to !== own.id),
      );
      write(doc, kind, site, actor, now, { verb: 'unlink' }, changes);
    }
    if (doc.links.some((one) => one.to === own.id)) doc.linked = { ...doc.linked, [own.id]: face };
    else forget(doc, own.id);
  });
}

/** Who last made or undid the link to that record. */
function linkedBy(record: RecordDoc, to: string): By {
  const names = (value: unknown): boolean => JSON.stringify(value ?? '').includes(`"${to}"`);
  const entry = record.history.findLast((one) =>
    one.changes?.some(({ field, from, to: now }) => field === '@links' && names(from) !== names(now)),
  );
  return entry?.by ?? record.reporter;
}

/** Replaces a record's links; everybody who is linked is told anew what it looks like. */
export function setLinks(doc: RecordDoc, links: Link[]): Change[] {
  const from = doc.links;
  doc.links = links;
  delete doc.face;
  return [
    {
      field: '@links',
      ...(from.length > 0 ? { from } : {}),
      ...(links.length > 0 ? { to: links } : {}),
    },
  ];
}

function forget(doc: RecordDoc, id: string): void {
  if (!doc.linked) return;
  doc.linked = Object.fromEntries(Object.entries(doc.linked).filter(([name]) => name !== id));
}

async function otherSide(deps: Deps, site: Site, id: string): Promise<Face> {
  try {
    const { doc, kind } = await load(deps, site, id);
    return faceOf(kind, doc);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found')
      throw refused(text(`没有 ${id}，请核对编号`, `there is no ${id}: check the number`));
    throw error;
  }
}

const refused = (what: Text): AppError => {
  const fault: Fault = { field: 'link_to', label: text('关联', 'Link'), what };
  return new AppError('invalid', {}, { faults: [fault] });
};
