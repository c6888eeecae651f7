/** A digest over a long history against one over a short history, with the same present. */
import type { Measure } from './figures.ts';
import { median, medianRatio } from './figures.ts';
import { dailyDigest } from '../../src/numbers/daily.ts';
import { productionDate } from '../../src/site/calendar.ts';
import type { Store } from '../../src/store/store.ts';
import { closed, defectRecord, fill, importSite, openStock, withFolder } from './stock.ts';
import { site } from './traffic.ts';

const short = 10_000;
const day = 86_400_000;
/** Open now, and captured or closed within the day that is told. */
const present = 300;
const rounds = 15;

/** `count` records: the present ones, and the rest closed, back through the years before. */
async function history(store: Store, count: number, now: number): Promise<void> {
  await importSite(store);
  const past = (5 * 365 * day) / count;
  await fill(store, count, (n) => {
    if (n < present) {
      const record = defectRecord(n, now - n * 60_000, 'http://127.0.0.1:1/');
      return n % 3 === 0 ? closed(record, now - n * 30_000) : record;
    }
    const at = now - 30 * day - n * past;
    return closed(defectRecord(n, at, 'http://127.0.0.1:1/'), at + 20 * day);
  });
}

export const digest: Measure = ({ full, say }) =>
  withFolder((few) =>
    withFolder(async (many) => {
      const count = full ? 1_000_000 : 100_000;
      const now = Date.now();
      const stores = { short: openStock(few), long: openStock(many) };
      try {
        await history(stores.short, short, now);
        await history(stores.long, count, now);
        say(`  ${count} records stand against ${short}`);
        const date = productionDate(site, now);
        const tell = async (store: Store): Promise<number> => {
          const began = performance.now();
          const told = await dailyDigest({ store }, site, date, now);
          const ms = performance.now() - began;
          const open = told.sections.cases.find(({ kind }) => kind === 'defect')?.open;
          if (open !== (present * 2) / 3) throw new Error(`the digest says ${open} open defects`);
          return ms;
        };
        const times: { short: number[]; long: number[] } = { short: [], long: [] };
        for (const store of [stores.short, stores.long]) await tell(store);
        for (let round = 0; round < rounds; round += 1) {
          times.long.push(await tell(stores.long));
          times.short.push(await tell(stores.short));
        }
        return [
          {
            measure: 'digest with a history',
            ours: median(times.long),
            opponent: `${short} records`,
            theirs: median(times.short),
            unit: 'ms',
            ratio: medianRatio(times.long, times.short),
            target: { most: 1.2 },
            detail: { records: count },
          },
        ];
      } finally {
        await stores.short.close();
        await stores.long.close();
      }
    }),
  );
