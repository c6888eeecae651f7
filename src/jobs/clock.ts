import type { ClockRule } from '../kinds/define.ts';
import { kindOf } from '../kinds/index.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import { runningClocks } from '../records/clocks.ts';
import type { RecordDoc } from '../records/record.ts';
import { job } from '../records/owed.ts';
import { renderNotice } from '../render/notice.ts';
import type { Site } from '../site/site.ts';
import { peopleWith } from '../site/site.ts';
import type { JobType } from './define.ts';
import { languageFor, viewFor } from './view.ts';

/** A clock has run out: whoever must act next is told, and the clock after it is wound. */
export const clockJob: JobType = {
  type: 'clock',
  async run(doc, owed, context) {
    const { site, addresses, messenger, clock } = context;
    const record = doc as RecordDoc;
    const kind = kindOf(record.kind);
    const rule = kind?.clocks[Number(owed.payload['clock'])];
    if (!kind || !rule) return undefined;
    const now = clock.now();
    const running = runningClocks(kind, record, site);
    const late = running.find((one) => one.rule === rule && one.due <= now);
    const next = running.find((one) => one.due > now);
    if (late) {
      for (const person of whoActs(record, kind.verbs, rule, site)) {
        const address = await addresses.personal(site, person).catch(() => undefined);
        if (!address) continue;
        const view = viewFor(site, await languageFor(context, person), now, person);
        const title: Text = text(`${record.id} 逾期`, `${record.id} is overdue`);
        await messenger.send(address, {
          card: renderNotice(view, { title, text: overdue(rule), tone: 'attention', record }),
          summary: `${title[view.language]}: ${overdue(rule)[view.language]}`,
          alert: true,
        });
      }
    }
    return (fresh) => {
      if (next && !fresh.jobs.some((one) => one.type === 'clock'))
        fresh.jobs.push(job('clock', next.due, { clock: next.index }));
    };
  },
};

const overdue = (rule: ClockRule): Text =>
  text(
    `“${rule.label.zh}”已到期限,还没有完成。请现在处理,或在卡片上说明。`,
    `"${rule.label.en}" is due and not done. Please act now, or say on the card why not.`,
  );

/** The owner, else those whose verb would stop the clock. */
function whoActs(
  record: RecordDoc,
  verbs: NonNullable<ReturnType<typeof kindOf>>['verbs'],
  rule: ClockRule,
  site: Site,
): string[] {
  if (record.owner) return [record.owner];
  const roles = Object.values(verbs)
    .filter((verb) => verb.from.includes(record.status) && (rule.until ?? []).includes(verb.to))
    .flatMap((verb) => verb.by);
  const people = peopleWith(site, roles).map((person) => person.aadObjectId);
  return people.length > 0 ? people : [record.reporter.id];
}
