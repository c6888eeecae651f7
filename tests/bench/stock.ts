/** Stores that are full before a bot opens them: records, made by the product's own functions and written in bulk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/clock.ts';
import { kindOf } from '../../src/kinds/index.ts';
import { build } from '../../src/records/create.ts';
import { actorOf } from '../../src/records/deps.ts';
import type { Deps } from '../../src/records/deps.ts';
import { setWake } from '../../src/records/job.ts';
import type { RecordDoc } from '../../src/records/record.ts';
import { openSites } from '../../src/records/sites.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { defectText, placeOf, site } from './traffic.ts';

const reporter = actorOf(site, site.people[0]!.aadObjectId, 'card');
const defect = kindOf('defect')!;

/** Runs `work` with a folder of its own, which is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lineside-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The store that a bot with this DATA_DIR opens. */
export const openStock = (folder: string, clock: Clock = systemClock): Store =>
  openSqliteStore({ file: join(folder, 'lineside.db'), clock });

/** The site, as a first start would import it. */
export async function importSite(store: Store): Promise<void> {
  await (await openSites(store, systemClock)).put(site);
}

/** The nth defect, captured at `at`; its card stands in the nth conversation. What its capture owed has been done. */
export function defectRecord(n: number, at: number, serviceUrl: string): RecordDoc {
  const clock: Clock = { ...systemClock, now: () => at };
  const deps = { clock, instance: 'bench' } as Deps;
  const address = { ...placeOf(n), serviceUrl, botId: '28:lineside' };
  const record = build(deps, site, defect, reporter, {
    id: `DEF-${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}-${String(n).padStart(3, '0')}`,
    fields: {
      mode: 'dimension.out_of_tolerance',
      stage: 'incoming',
      part_name: '仪表板横梁',
      part_no: `HC-${3_300_000 + (n % 90_000)}`,
      qty_inspected: 12,
      qty_ng: 1 + (n % 9),
      unit: 'pcs',
      location: '安装孔',
      safety_related: false,
      line_impact: 'none',
      nominal: 8,
      tol: '±0.1',
      measured: 8.2,
      source: 'chat',
      raw_text: defectText(n),
    },
    origin: address,
    cards: [{ address, activityId: `card-${n}`, language: 'zh', view: 'record' }],
  });
  record.jobs = record.jobs.filter(({ type }) => type === 'clock');
  setWake(record);
  return record;
}

/** A record that ended, with nothing owed. */
export function closed(record: RecordDoc, at: number): RecordDoc {
  const updatedAt = new Date(at).toISOString();
  const ended: RecordDoc = { ...record, status: 'closed', open: false, jobs: [], updatedAt };
  ended.entered = { ...record.entered, closed: updatedAt };
  delete ended.wakeAt;
  delete ended.dueAt;
  return ended;
}

/** As many writes wait at once as one transaction takes. */
const together = 256;

export async function fill(store: Store, count: number, make: (n: number) => RecordDoc): Promise<void> {
  for (let n = 0; n < count; n += together) {
    const size = Math.min(together, count - n);
    await Promise.all(Array.from({ length: size }, (_, i) => store.create(make(n + i))));
  }
}
