import type { ClockRule } from '../kinds/define.ts';
import { iso } from '../clock.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { lastTelling, runningClocks, tellAt } from '../records/clocks.ts';
import type { RunningClock } from '../records/clocks.ts';
import { moveByRule } from '../records/move.ts';
import { bot } from '../records/deps.ts';
import { settle, windClock } from '../records/owed.ts';
import type { RecordDoc } from '../records/record.ts';
import { renderNotice } from '../render/notice.ts';
import { onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import { worthRetrying } from './backoff.ts';
import type { JobContext, JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { languageFor, viewFor } from './view.ts';

/**
 * Clocks have run out: whoever must act next is told, each clock once (or every `repeat`), what the bot does by itself
 * is done, and the clock after them is wound.
 */
export const clockJob: JobType = {
  type: 'clock',
  async run(doc, _job, context) {
    const { site, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (!kind) return undefined;
    const late = lateClocks(kind, record, site, clock.now());
    const failures: unknown[] = [];
    for (const [person, rules] of whomToTell(record, kind, late, site, clock.now())) {
      try {
        await remind(record, person, rules, context);
      } catch (error) {
        // Who cannot be reached any more must not keep the others from being told.
        if (worthRetrying(error)) failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return (fresh) => settleTold(fresh as RecordDoc, kind, late, site, clock.now());
  },
  givenUp(doc, _job, { site, clock }) {
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    if (kind) settleTold(record, kind, lateClocks(kind, record, site, clock.now()), site, clock.now());
  },
};

/** All that ran out and was not told: after a standstill of the process that may be several. */
const lateClocks = (kind: AnyKind, record: RecordDoc, site: Site, now: number): RunningClock[] =>
  runningClocks(kind, record, site).filter((one) => (tellAt(record, site, one) ?? Infinity) <= now);

function settleTold(
  record: RecordDoc,
  kind: AnyKind,
  late: readonly RunningClock[],
  site: Site,
  now: number,
): void {
  if (late.length > 0)
    record.told = {
      ...record.told,
      ...Object.fromEntries(late.map((one) => [String(one.index), iso(lastTelling(record, site, one, now))])),
    };
  const moved = late.some(({ rule }) => actsByItself(record, kind, rule, site, now));
  if (moved) settle(record, kind, site, now);
  else windClock(record, kind, site, now);
}

/** Does what a clock's running out entails, if the record still stands where that applies. */
function actsByItself(
  record: RecordDoc,
  kind: AnyKind,
  { then, label }: ClockRule,
  site: Site,
  now: number,
): boolean {
  if (then === undefined || kind.verbs[then]?.from.includes(record.status) !== true) return false;
  moveByRule(record, kind, site, bot, now, { verb: then, reason: label[site.language] });
  return true;
}

async function remind(
  record: RecordDoc,
  person: string,
  rules: readonly ClockRule[],
  context: JobContext,
): Promise<void> {
  const { site, addresses, messenger, clock } = context;
  const address = await addresses.personal(site, person);
  if (!address) throw new DeliveryError('later', `no way to reach ${person} of ${site.id} yet`);
  const view = viewFor(site, await languageFor(context, person), clock.now(), person);
  const title: Text = text(`${record.id} 逾期`, `${record.id} is overdue`);
  const words = rules.map((rule) => overdue(rule)[view.language]).join('\n');
  await messenger.send(address, {
    card: renderNotice(view, { title, text: words, tone: 'attention', record }),
    summary: `${title[view.language]}: ${words}`,
    alert: true,
  });
}

function whomToTell(
  record: RecordDoc,
  kind: AnyKind,
  late: readonly RunningClock[],
  site: Site,
  now: number,
): Map<string, ClockRule[]> {
  const told = new Map<string, ClockRule[]>();
  for (const { rule } of late.filter((one) => one.rule.then === undefined))
    for (const person of whoActs(record, kind.verbs, rule, site, now))
      told.set(person, [...(told.get(person) ?? []), rule]);
  return told;
}

const overdue = (rule: ClockRule): Text =>
  text(
    `“${rule.label.zh}”已到期限，还没有完成。请现在处理，或在卡片上说明。`,
    `"${rule.label.en}" is due and not done. Please act now, or say on the card why not.`,
  );

/** The owner, else those whose verb would stop the clock. */
function whoActs(
  record: RecordDoc,
  verbs: AnyKind['verbs'],
  rule: ClockRule,
  site: Site,
  now: number,
): string[] {
  if (record.owner) return [record.owner];
  const roles = Object.values(verbs)
    .filter((verb) => verb.from.includes(record.status) && (rule.until ?? []).includes(verb.to))
    .flatMap((verb) => verb.by)
    // Our clocks are our own affair.
    .filter((by) => by !== 'CUST');
  const called = roles.includes('notified') ? record.notified : [];
  const people = [...new Set([...called, ...onCall(site, roles, now).map((person) => person.aadObjectId)])];
  return people.length > 0 ? people : [record.reporter.id];
}
