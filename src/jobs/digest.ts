import { Cron } from 'croner';
import type { Clock } from '../clock.ts';
import { iso } from '../clock.ts';
import { text } from '../language.ts';
import { dailyDigest } from '../numbers/daily.ts';
import type { Owing } from '../records/deps.ts';
import type { Job } from '../records/job.ts';
import { setWake } from '../records/job.ts';
import { job } from '../records/job.ts';
import type { SiteDoc } from '../records/sites.ts';
import { siteDocId } from '../records/sites.ts';
import { renderDigest } from '../render/digest.ts';
import { addDays, productionDate } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import type { Store } from '../store/store.ts';
import { StaleError } from '../store/store.ts';
import type { JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import { viewFor } from './view.ts';

/** The next local time of day after `now`, in the site's zone; a time that the clocks skip comes right after the gap. */
function nextDaily(site: Site, time: string, now: number): number {
  const [hour, minute] = time.split(':').map(Number);
  const next = new Cron(`${minute} ${hour} * * *`, { timezone: site.timeZone }).nextRun(new Date(now));
  if (!next) throw new Error(`no next ${time} in ${site.timeZone}`);
  return next.getTime();
}

const digestJobAt = (site: Site, now: number): Job | undefined =>
  site.digests.daily === undefined
    ? undefined
    : job('digest', nextDaily(site, site.digests.daily, now), { period: 'day', at: site.digests.daily });

/** Winds a site's digest clock, if it is not wound for the time that the site file says. */
export async function scheduleDigests(store: Store, clock: Clock, site: Site): Promise<void> {
  for (;;) {
    const stored = await store.read<SiteDoc>(site.id, siteDocId);
    if (!stored) return;
    const { doc, etag } = stored;
    const wound = doc.jobs.find((one) => one.type === 'digest' && !one.failed);
    if (
      wound?.payload['at'] === site.digests.daily &&
      (wound === undefined) === (site.digests.daily === undefined)
    )
      return;
    const next = digestJobAt(site, clock.now());
    doc.jobs = doc.jobs.filter((one) => one.type !== 'digest');
    if (next) doc.jobs.push(next);
    setWake(doc);
    try {
      await store.replace(doc, etag);
      return;
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
    }
  }
}

/** The digest of the production day before goes to the site's main channel; then the next one is wound. */
export const digestJob: JobType = {
  type: 'digest',
  async run(_doc, owed, { deps, site, addresses, messenger, clock }) {
    const now = clock.now();
    const target = await addresses.channel(site, 'main');
    if (!target)
      throw new DeliveryError('later', `nobody of ${site.id} was met yet, so its channel has no address`);
    const date = addDays(productionDate(site, Date.parse(owed.at)), -1);
    const digest = await dailyDigest(deps, site, date, now);
    const view = viewFor(site, site.language, now);
    await messenger.send(target, { card: renderDigest(digest, view), summary: summary[site.language] });
    return (doc) => windNext(doc, site, now);
  },
  givenUp: (doc, _job, { site, clock }) => windNext(doc, site, clock.now()),
};

function windNext(doc: Owing, site: Site, now: number): void {
  const next = digestJobAt(site, now);
  if (next && !doc.jobs.some((one) => one.type === 'digest' && !one.failed))
    doc.jobs.push({ ...next, at: iso(Math.max(Date.parse(next.at), now + 1)) });
}

const summary = text('驻厂日报', 'Daily digest');
