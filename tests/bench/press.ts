/** A press on a card against the bare echo: authorise, move, save, the new card back; the live cards follow. */
import { startBot, startOurs } from './bot-process.ts';
import { startConnector } from './connector.ts';
import type { Measure } from './figures.ts';
import { median, medianRatio } from './figures.ts';
import type { Slice } from './load.ts';
import { Lost, post, turnOf } from './load.ts';
import { defectRecord, fill, importSite, openStock, withFolder } from './stock.ts';
import { pressOf } from './traffic.ts';
import { counter, detailOf, profiling, rally, rates, rounds } from './turn.ts';

/** Enough for the rounds on a fast machine: no record is pressed twice, so none is stale. */
const recordsPerSecond = 1_500;
/** The warm-up is one more. */
const slices = rounds + 1;

export const press: Measure = ({ seconds, profile, say }) =>
  withFolder(async (folder) => {
    const connector = await startConnector();
    const count = Math.ceil(recordsPerSecond * slices * (seconds + 0.5));
    const store = openStock(folder);
    const at = Date.now();
    const records: { id: string; rev: number }[] = [];
    await importSite(store);
    await fill(store, count, (n) => {
      const record = defectRecord(n, at, connector.serviceUrl);
      records.push({ id: record.id, rev: record.rev });
      return record;
    });
    await store.close();
    say(`  ${count} records wait to be acknowledged`);

    const ours = await startOurs(folder, profiling(profile));
    const bare = await startBot('botbuilder', { script: 'tests/bench/opponents/bare.ts' });
    try {
      const acknowledge = async (n: number) => {
        const { status, body } = await post(
          ours.url,
          pressOf(n, connector.serviceUrl, 'acknowledge', records[n]!),
        );
        const moved =
          body.includes('vnd.microsoft.card.adaptive') && body.includes(`"rev":${records[n]!.rev + 1}`);
        if (status !== 200 || !moved) throw new Lost(`${ours.name} answered ${status} ${body.slice(0, 300)}`);
      };
      const take = counter();
      const limited = () => {
        const n = take();
        return n < count ? n : undefined;
      };
      const [pressed, echoed] = (await rally(
        [
          { bot: ours, act: acknowledge, next: limited },
          { bot: bare, act: turnOf(bare, connector, false), next: counter() },
        ],
        seconds,
        say,
      )) as [Slice[], Slice[]];
      return [
        {
          measure: 'press on a card',
          ours: median(rates(pressed)),
          opponent: 'botbuilder echo',
          theirs: median(rates(echoed)),
          unit: '/s',
          ratio: medianRatio(rates(pressed), rates(echoed)),
          target: { least: 1 },
          detail: {
            ...detailOf('ours', pressed),
            ...detailOf('theirs', echoed),
            live_updates_per_press: connector.updates / Math.max(1, Math.min(count, take())),
          },
        },
      ];
    } finally {
      await Promise.all([ours.stop(), bare.stop()]);
      await connector.close();
    }
  });
