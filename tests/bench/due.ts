/** How late a due job is with many timers waiting, against none. */
import { startOurs } from './bot-process.ts';
import { startConnector } from './connector.ts';
import type { Connector } from './connector.ts';
import type { Measure } from './figures.ts';
import { median, pause, quantile } from './figures.ts';
import type { DraftDoc } from '../../src/records/record.ts';
import type { Store } from '../../src/store/store.ts';
import { defectRecord, fill, importSite, openStock, withFolder } from './stock.ts';
import { placeOf, site } from './traffic.ts';

const timers = 100_000;
const samples = 40;
/** Each is due so long after it was saved: further than the runner looks ahead, so that its poll finds it. */
const aheadMs = 2_500;
const apartMs = 130;

/** A draft whose form is due at a moment, saved by another process than the bot's. */
async function owe(store: Store, n: number, dueAt: number, serviceUrl: string): Promise<void> {
  const at = new Date(dueAt).toISOString();
  const person = site.people[0]!;
  const draft: DraftDoc = {
    site: site.id,
    id: `draft-bench-${n}`,
    type: 'draft',
    kind: 'defect',
    fields: { part_name: '仪表板横梁', mode: 'appearance.scratch', qty_ng: 3 },
    by: { id: person.aadObjectId, name: person.name },
    language: 'zh',
    origin: { ...placeOf(n), serviceUrl, botId: '28:lineside' },
    jobs: [{ id: `form-${n}`, type: 'form', at, tries: 0, payload: {} }],
    wakeAt: at,
    createdAt: at,
    expiresAt: new Date(dueAt + 3_600_000).toISOString(),
  };
  await store.create(draft);
}

async function delays(
  stores: readonly Store[],
  connector: Connector,
  say: (line: string) => void,
): Promise<number[][]> {
  const found: Promise<number>[][] = stores.map(() => []);
  for (let n = 0; n < samples; n += 1) {
    for (const [index, store] of stores.entries()) {
      // performance.now() and Date.now() run on one clock only as long as nobody sets the time; so it is read anew.
      const offset = Date.now() - performance.now();
      const dueAt = Date.now() + aheadMs;
      const place = n * stores.length + index;
      const sent = connector.next(placeOf(place).conversationId);
      await owe(store, place, dueAt, connector.serviceUrl);
      const late = pause(aheadMs + 15_000).then(() => {
        throw new Error('a due job was never done');
      });
      found[index]!.push(Promise.race([sent, late]).then(({ at }) => at + offset - dueAt));
      late.catch(() => undefined);
      await pause(apartMs);
    }
  }
  say(`  ${samples} due jobs each`);
  return Promise.all(found.map((each) => Promise.all(each)));
}

export const due: Measure = ({ say }) =>
  withFolder((empty) =>
    withFolder(async (full) => {
      const connector = await startConnector();
      const stores = [openStock(full), openStock(empty)];
      const now = Date.now();
      for (const store of stores) await importSite(store);
      // Freshly captured, so that the first of their clocks runs for hours.
      await fill(stores[0]!, timers, (n) => defectRecord(n, now, connector.serviceUrl));
      say(`  ${timers} timers wait`);
      const bots = [await startOurs(full), await startOurs(empty)];
      try {
        const [waiting, none] = (await delays(stores, connector, say)) as [number[], number[]];
        return [
          {
            measure: 'delay of a due job',
            ours: median(waiting),
            opponent: 'no timers waiting',
            theirs: median(none),
            unit: 'ms',
            ratio: median(waiting) / median(none),
            target: { most: 1.2 },
            detail: { timers, ours_p95_ms: quantile(waiting, 0.95), theirs_p95_ms: quantile(none, 0.95) },
          },
        ];
      } finally {
        await Promise.all(bots.map((bot) => bot.stop()));
        await Promise.all(stores.map((store) => store.close()));
        await connector.close();
      }
    }),
  );
