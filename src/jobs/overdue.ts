/** Clocks of a record that have run out, and whoever must act on them. */
import type { ClockRule } from '../kinds/define.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { runningClocks } from '../records/clocks.ts';
import type { RunningClock } from '../records/clocks.ts';
import type { RecordDoc } from '../records/record.ts';
import type { View } from '../render/card.ts';
import { renderNotice } from '../render/notice.ts';
import { isAway, onCall } from '../site/duty.ts';
import type { Site } from '../site/site.ts';
import type { JobContext } from './define.ts';
import { chatWith } from './person.ts';

/** Clocks that ran out by `by` and still run. */
export const lateClocks = (kind: AnyKind, record: RecordDoc, site: Site, by: number): RunningClock[] =>
  runningClocks(kind, record, site).filter((one) => one.due <= by);

/** Whoever must act, each with the clocks that concern them. */
export function whomToTell(
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

/** The owner unless away, else those whose verb would stop the clock. */
function whoActs(
  record: RecordDoc,
  verbs: AnyKind['verbs'],
  rule: ClockRule,
  site: Site,
  now: number,
): string[] {
  if (record.owner && !isAway(site, record.owner, now)) return [record.owner];
  const roles = Object.values(verbs)
    .filter((verb) => verb.from.includes(record.status) && (rule.until ?? []).includes(verb.to))
    .flatMap((verb) => verb.by)
    // Our clocks are our own affair.
    .filter((by) => by !== 'CUST');
  const called = roles.includes('notified') ? record.notified : [];
  const people = [...new Set([...called, ...onCall(site, roles, now).map((person) => person.aadObjectId)])];
  return people.length > 0 ? people : [record.reporter.id];
}

/** Tells a person which clocks ran out, and what else they are to hear about the record at this moment. */
export async function remind(
  record: RecordDoc,
  person: string,
  rules: readonly ClockRule[],
  context: JobContext,
  besides?: (view: View) => string,
): Promise<void> {
  const { messenger } = context;
  const { address, view } = await chatWith(context, person);
  const title: Text = text(`${record.id} 逾期`, `${record.id} is overdue`);
  const clocks = rules.map((rule) => overdue(rule)[view.language]);
  const words = [...clocks, ...(besides ? [besides(view)] : [])].join('\n');
  await messenger.send(address, {
    card: renderNotice(view, { title, text: words, tone: 'attention', record }),
    summary: `${title[view.language]}: ${words}`,
    alert: true,
  });
}

const overdue = (rule: ClockRule): Text =>
  text(
    `“${rule.label.zh}”已到期限，还没有完成。请现在处理，或在卡片上说明。`,
    `"${rule.label.en}" is due and not done. Please act now, or say on the card why not.`,
  );
