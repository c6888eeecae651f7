/** What waits beside the stops: defects, each with the clocks of its kind. */
import type { Clock } from '../../src/clock.ts';
import { kindOf } from '../../src/kinds/index.ts';
import { build } from '../../src/records/create.ts';
import type { Deps } from '../../src/records/deps.ts';
import { actorOf } from '../../src/records/deps.ts';
import { setWake } from '../../src/records/job.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import type { Store } from '../../src/store/store.ts';
import type { Chance } from './chance.ts';
import type { SimSite } from './sites.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A defect that slows the line is to be acknowledged within so long; then its people are reminded. */
const ackAfter = 30 * minute;
const together = 256;

export interface Timers {
  from: number;
  until: number;
  sites: readonly SimSite[];
  /** All of them. */
  count: number;
  /** Those of them that are due within the time. */
  near: number;
  /** Those of the near ones that are overdue already when it begins. */
  overdue: number;
  serviceUrl: string;
}

/** Saves them as captured, with nothing left to do but to wait for the first clock. */
export async function fill(store: Store, timers: Timers, chance: Chance): Promise<void> {
  const { from, until, count } = timers;
  const due = (n: number): number => {
    if (n < timers.overdue) return from - chance.whole(0, hour);
    if (n >= timers.near) return until + 24 * hour + chance.whole(0, 1_000 * hour);
    // A fifth at one and the same moment: what people promise for nine o'clock.
    return n % 5 === 0
      ? Math.round((from + (until - from) / 4) / minute) * minute
      : chance.whole(from, until);
  };
  for (let n = 0; n < count; n += together) {
    const size = Math.min(together, count - n);
    await Promise.all(
      Array.from({ length: size }, (_, i) => store.create(defectOf(timers, n + i, due(n + i) - ackAfter))),
    );
  }
}

function defectOf({ sites, serviceUrl }: Timers, n: number, at: number): RecordDoc {
  const { site, tenantId } = sites[n % sites.length]!;
  const clock: Clock = { now: () => at, after: () => () => undefined };
  const origin = {
    serviceUrl,
    tenantId,
    botId: '28:lineside',
    conversationId: `a:${site.people[0]!.aadObjectId}`,
  };
  const record = build(
    { clock, instance: 'stock' } as Deps,
    site,
    kindOf('defect')!,
    actorOf(site, site.people[0]!.aadObjectId, 'card'),
    {
      id: `DEF-${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}-${String(n).padStart(6, '0')}`,
      fields: {
        mode: 'appearance.scratch',
        stage: 'in_process',
        part_name: '门内饰板',
        qty_ng: 3,
        unit: 'pcs',
        location: '左上角',
        safety_related: false,
        line_impact: 'slow',
        source: 'chat',
      },
      origin,
    },
  );
  record.jobs = record.jobs.filter(({ type }) => type === 'clock');
  setWake(record);
  return record;
}
