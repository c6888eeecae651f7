/** The customer's people put their name to a record's figures, or say what theirs are (capability `countersign`). */
import type { Fault } from '../errors.ts';
import { AppError } from '../errors.ts';
import type { Verb } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import { text } from '../language.ts';
import type { Text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { personOf } from '../site/site.ts';
import { changesOf, record as write } from './change.ts';
import type { Actor } from './deps.ts';
import type { Facts } from './needs.ts';
import { crossFaults, filled } from './needs.ts';
import type { Change, RecordDoc } from './record.ts';
import type { Signing } from './signing.ts';
import { askAll, canSign, counterparts, sending, tellOf, whoHears } from './signing.ts';
import { stopwatchMinutes } from './stopwatch.ts';

/** Where the signing stands, for a refusal. */
export const signingWords: Readonly<Record<Signing | 'unsent', Text>> = {
  unsent: text('尚未请客户确认', 'not sent to the customer'),
  sent: text('等待客户确认', 'waiting for the customer'),
  confirmed: text('客户已确认', 'confirmed by the customer'),
  disputed: text('客户有异议', 'disputed by the customer'),
  void: text('确认已失效，待重新发出', 'no longer confirmed, to be sent again'),
};

/**
 * Refuses a verb that has nothing to sign, or nobody to ask. @throws AppError wrong_status, no_customer
 */
export function assertCanSign(verb: Verb, record: RecordDoc, site: Site): void {
  if (!canSign(verb, record))
    throw new AppError('wrong_status', {
      id: record.id,
      verb: verb.label,
      status: signingWords[record.signing ?? 'unsent'],
    });
  if (verb.signs === 'send' && counterparts(site).length === 0) throw new AppError('no_customer');
}

/** Does what a verb that signs does, with the inputs as read. @throws AppError invalid */
export function countersign(
  doc: RecordDoc,
  kind: AnyKind,
  site: Site,
  actor: Actor,
  now: number,
  what: { verb: string; signs: NonNullable<Verb['signs']>; values: Facts },
): void {
  const { verb, signs, values } = what;
  const rule = kind.can.countersign;
  if (!rule) throw new AppError('unknown_action');
  if (signs === 'send') {
    write(doc, kind, site, actor, now, { verb }, signingTo(doc, 'sent'));
    askAll(doc, site, now, false);
    return;
  }
  const ours = ownFigures(kind, doc.fields);
  const theirs = signs === 'confirm' ? ours : claimed(kind, doc.fields, values, now);
  const differs = JSON.stringify(theirs) !== JSON.stringify(ours);
  const agrees = signs === 'confirm' || (signs === 'record' && values[rule.agrees] === true);
  const faults = faultsOf(kind, doc.fields, theirs, { agrees, differs, said: filled(values[rule.word]) });
  if (faults.length > 0) throw new AppError('invalid', {}, { faults });
  const signing: Signing = agrees ? 'confirmed' : 'disputed';
  const next: Record<string, unknown> = { ...theirs, [rule.agrees]: agrees, [rule.word]: values[rule.word] };
  for (const name of rule.evidence) next[name] = values[name];
  const sender = sending(kind, doc)?.by.id;
  write(doc, kind, site, actor, now, { verb }, [...changesOf(doc, next), ...signingTo(doc, signing)]);
  const hear = agrees ? [sender ?? ''] : whoHears(doc, kind, site, now);
  tellOf(
    doc,
    now,
    hear.filter((id) => id !== actor.id && personOf(site, id)),
    signing === 'confirmed' ? 'confirmed' : 'disputed',
  );
}

function signingTo(doc: RecordDoc, to: Signing): Change[] {
  const from = doc.signing;
  doc.signing = to;
  return [{ field: '@signing', ...(from ? { from } : {}), to }];
}

/** Our figures under the names of the customer's. */
function ownFigures(kind: AnyKind, fields: Facts): Record<string, unknown> {
  const figures = Object.entries(kind.can.countersign?.figures ?? {});
  return Object.fromEntries(figures.map(([own, theirs]) => [theirs, fields[own]]));
}

/**
 * The customer's figures: what they did not state is as we say, a time that is ours to the minute is ours, and minutes
 * follow from the times as ours do.
 */
function claimed(kind: AnyKind, fields: Facts, values: Facts, now: number): Record<string, unknown> {
  const figures = Object.entries(kind.can.countersign?.figures ?? {});
  const stated: Record<string, unknown> = { ...fields };
  for (const [own, theirs] of figures)
    if (theirs && filled(values[theirs])) stated[own] = nearest(fields[own], values[theirs]);
  const watch = kind.can.stopwatch;
  if (watch) stated[watch.into] = stopwatchMinutes(kind, stated, now);
  return Object.fromEntries(figures.map(([own, theirs]) => [theirs, stated[own]]));
}

/** The same to the minute is the same: a form shows no seconds. */
function nearest(ours: unknown, theirs: unknown): unknown {
  const same =
    typeof ours === 'string' && typeof theirs === 'string' && ours.slice(0, 16) === theirs.slice(0, 16);
  return same && ours.includes('T') ? ours : theirs;
}

function faultsOf(
  kind: AnyKind,
  fields: Facts,
  theirs: Facts,
  { agrees, differs, said }: { agrees: boolean; differs: boolean; said: boolean },
): Fault[] {
  const rule = kind.can.countersign;
  if (!rule) return [];
  const fault = (field: string, what: Text): Fault => ({
    field,
    label: kind.fields[field]?.label ?? text(field, field),
    what,
  });
  if (agrees && differs)
    return [
      fault(
        rule.agrees,
        text('客户方的数据与我方不同，请选“否”', 'the customer states other figures: choose No'),
      ),
    ];
  if (!agrees && !differs && !said)
    return [
      fault(rule.word, text('请写明异议，或填写不同的数据', 'say what is disputed, or state other figures')),
    ];
  const stated = { ...fields };
  for (const [own, name] of Object.entries(rule.figures)) if (name) stated[own] = theirs[name];
  return crossFaults(kind, stated, []).flatMap(({ field, what }) => {
    const name = rule.figures[field];
    return name ? [fault(name, what)] : [];
  });
}
