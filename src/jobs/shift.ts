import type { Clock } from '../clock.ts';
import { iso } from '../clock.ts';
import { kindOf } from '../kinds/index.ts';
import type { Deps, Owing } from '../records/deps.ts';
import { bot } from '../records/deps.ts';
import { list } from '../records/find.ts';
import type { Job } from '../records/job.ts';
import { job, setWake } from '../records/job.ts';
import { isClimbing } from '../records/ladder.ts';
import type { RecordDoc } from '../records/record.ts';
import { relieve } from '../records/relief.ts';
import type { SiteDoc } from '../records/sites.ts';
import { siteDocId } from '../records/sites.ts';
import { renderShiftStart, shiftStartSummary } from '../render/shift-start.ts';
import type { ShiftRun } from '../site/calendar.ts';
import { onDuty, runAt } from '../site/duty.ts';
import { shiftsAfter } from '../site/shifts.ts';
import type { Site } from '../site/site.ts';
import type { Store } from '../store/store.ts';
import { StaleError } from '../store/store.ts';
import type { JobContext, JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { viewFor } from './view.ts';

/** A shift that began longer ago is not announced any more, in milliseconds: the process was down. */
const lateMs = 30 * 60_000;
/** Open cases of a severity that are looked through for those that a shift takes over. */
const maxHanded = 100;

/** For the next shift that begins, where the site has rotas; whether one covers it is seen then. */
function nextShiftJob(site: Site, now: number): Job | undefined {
  const next = site.duty?.length ? shiftsAfter(site, now, 2)[0] : undefined;
  return next && job('shift', next.start, { start: iso(next.start) });
}

/** Leaves the one job that the site needs. True: the document has changed. */
function windShift(doc: Pick<Owing, 'jobs' | 'wakeAt'>, site: Site, now: number): boolean {
  const next = nextShiftJob(site, now);
  const wound = doc.jobs.find((one) => one.type === 'shift' && !one.failed);
  const start = String(wound?.payload['start']);
  // One that is due winds the next when it is done.
  const stands = wound && next && (start <= iso(now) || start === next.payload['start']);
  if (stands || (!wound && !next)) return false;
  doc.jobs = doc.jobs.filter((one) => one.type !== 'shift');
  if (next) doc.jobs.push(next);
  setWake(doc);
  return true;
}

/** Winds a site's clock for the start of shifts, if it is not wound for what the site file says. */
export async function scheduleDuty(store: Store, clock: Clock, site: Site): Promise<void> {
  for (;;) {
    const stored = await store.read<SiteDoc>(site.id, siteDocId);
    if (!stored || !windShift(stored.doc, site, clock.now())) return;
    try {
      await store.replace(stored.doc, stored.etag);
      return;
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
    }
  }
}

/** Who is on duty from now on, and what is handed to them, goes to the main channel; then the next one is wound. */
export const shiftJob: JobType = {
  type: 'shift',
  async run(_doc, owed, context) {
    const { site, clock } = context;
    const start = Date.parse(String(owed.payload['start']));
    const run = runAt(site, start);
    if (run?.start === start && clock.now() - start <= lateMs) await announce(run, context);
    return (doc) => void windShift(doc, site, clock.now());
  },
  givenUp: (doc, _owed, { site, clock }) => void windShift(doc, site, clock.now()),
};

async function announce(run: ShiftRun, context: JobContext): Promise<void> {
  const { deps, site, addresses, messenger, clock } = context;
  const people = onDuty(site, run, clock.now());
  if (people.length === 0) return;
  const target = await addresses.channel(site, 'main');
  if (!target)
    throw new DeliveryError('later', `nobody of ${site.id} was met yet, so its channel has no address`);
  const handed = await handedOver(deps, site);
  for (const record of handed) await relieve(deps, site, record.id);
  const mention = await Promise.all(people.map((id) => addresses.mention(site, id)));
  const view = { ...viewFor(site, site.language, clock.now()), mention };
  await messenger.send(target, {
    card: renderShiftStart(run, handed, view),
    summary: shiftStartSummary(run, handed, view),
    alert: true,
  });
}

/** Lines that stand still, and whatever else is open and grave. */
async function handedOver(deps: Deps, site: Site): Promise<RecordDoc[]> {
  const [first, second] = await Promise.all(
    (['S1', 'S2'] as const).map((severity) => list(deps, site, bot, { open: true, severity }, maxHanded)),
  );
  return [...(first?.records ?? []), ...(second?.records ?? [])].filter((record) => {
    const kind = kindOf(record.kind);
    return kind !== undefined && (!kind.can.ladder || isClimbing(kind, record));
  });
}
