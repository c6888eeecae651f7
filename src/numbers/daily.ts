import { iso } from '../clock.ts';
import { severities } from '../kinds/define.ts';
import type { Text } from '../language.ts';
import { text } from '../language.ts';
import type { AnyKind } from '../kinds/index.ts';
import { allKinds } from '../kinds/index.ts';
import { runningClocks } from '../records/clocks.ts';
import type { RunningClock } from '../records/clocks.ts';
import type { Deps } from '../records/deps.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning } from '../records/stopwatch.ts';
import { titleIn } from '../records/title.ts';
import { isVerbalOnly } from '../records/verbal.ts';
import { upgrade } from '../records/upgrade.ts';
import { addDays, localDate, startOfProductionDay } from '../site/calendar.ts';
import type { Site } from '../site/site.ts';
import type { Filter, Store } from '../store/store.ts';
import type { CaseSection, DailyDigest, DueItem, StopItem, StopSection } from './digest.ts';
import type { Interval } from './stops.ts';
import { factOf, sideOf, stopFigures, stopSides } from './stops-figures.ts';
import { promiseFigures } from './promises.ts';
import { cut, minutesOf, unionLength } from './stops.ts';

/** What is kept in the archive is no case. */
const worked = allKinds.filter((kind) => !kind.can.archive);

/** Items that a section names; the rest is in the list. */
const shownItems = 10;

/**
 * A site's digest of one production day, from the records as they are at `now`: what was created in the day, and what
 * is open now. Reads the day's records and the open ones only, so that its cost does not grow with the history.
 */
export async function dailyDigest(
  deps: Pick<Deps, 'store'>,
  site: Site,
  date: string,
  now: number,
): Promise<DailyDigest> {
  const day: Interval = {
    from: startOfProductionDay(site, date),
    to: startOfProductionDay(site, addDays(date, 1)),
  };
  const created = { createdFrom: iso(day.from), createdTo: iso(day.to) };
  const [open, fresh, touched] = await Promise.all([
    all(deps.store, site.id, { open: true }),
    all(deps.store, site.id, created),
    all(deps.store, site.id, { open: false, updatedFrom: iso(day.from) }),
  ]);
  const known = new Map([...open, ...fresh, ...touched].map((record) => [record.id, record]));
  const clocks = open.flatMap((record) => clocksOf(record, site)).sort((a, b) => a.clock.due - b.clock.due);
  const today = localDate(site.timeZone, now);
  return {
    site: site.id,
    date,
    generatedAt: iso(now),
    sections: {
      stops: stopsOf([...known.values()], day, now),
      cases: worked.map((kind) => section(kind, { open, fresh, touched }, site, day, now)),
    },
    dueToday: clocks
      .filter(({ clock }) => clock.due > now && localDate(site.timeZone, clock.due) === today)
      .map(dueLine),
    overdue: clocks.filter(({ clock }) => clock.due <= now).map(dueLine),
  };
}

async function all(store: Store, site: string, filter: Omit<Filter, 'type'>): Promise<RecordDoc[]> {
  const records: RecordDoc[] = [];
  let after: string | undefined;
  do {
    const page = await store.query<RecordDoc>(site, { ...filter, type: 'record' }, 500, after);
    // What was merged is counted as the record that it was merged into.
    for (const { doc } of page.items) if (doc.into === undefined) records.push(upgrade(doc));
    after = page.next;
  } while (after !== undefined);
  return records;
}

interface Ticking {
  record: RecordDoc;
  clock: RunningClock;
}

function clocksOf(record: RecordDoc, site: Site): Ticking[] {
  const kind = allKinds.find((one) => one.id === record.kind);
  return kind ? runningClocks(kind, record, site).map((clock) => ({ record, clock })) : [];
}

const dueLine = ({ record, clock }: Ticking): DueItem => ({
  id: record.id,
  title: titleOf(record),
  severity: record.severity,
  clock: clock.rule.label,
  dueAt: iso(clock.due),
});

function titleOf(record: RecordDoc): Text {
  const kind = allKinds.find((one) => one.id === record.kind);
  return kind
    ? text(titleIn(kind, record.fields, 'zh'), titleIn(kind, record.fields, 'en'))
    : text(record.title, record.title);
}

interface Records {
  open: RecordDoc[];
  fresh: RecordDoc[];
  touched: RecordDoc[];
}

function section(
  kind: AnyKind,
  { open, fresh, touched }: Records,
  site: Site,
  day: Interval,
  now: number,
): CaseSection {
  const mine = open.filter((record) => record.kind === kind.id).sort(gravestFirst);
  const late = new Set(
    mine.filter((record) => runningClocks(kind, record, site).some((clock) => clock.due <= now)),
  );
  const promises = promiseFigures(
    kind,
    [...new Map([...open, ...fresh, ...touched].map((record) => [record.id, record])).values()],
    site,
    day,
    now,
  );
  const endedAt = (record: RecordDoc) => Date.parse(record.entered[record.status] ?? record.updatedAt);
  return {
    kind: kind.id,
    created: fresh.filter((record) => record.kind === kind.id).length,
    closed: touched.filter(
      (record) => record.kind === kind.id && endedAt(record) >= day.from && endedAt(record) < day.to,
    ).length,
    open: mine.length,
    overdue: late.size,
    ...(promises ? { promises } : {}),
    items: mine.slice(0, shownItems).map((record) => ({
      id: record.id,
      title: titleOf(record),
      severity: record.severity,
      status: record.status,
      overdue: late.has(record),
      ...(isVerbalOnly(kind, record) ? { note: verbalOnly } : {}),
    })),
  };
}

/** Nothing in writing: it says so in every report until there is. */
const verbalOnly = text('仅口头', 'verbal only');

const gravestFirst = (a: RecordDoc, b: RecordDoc): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9');

/** Stops of every kind that has a stopwatch; a cancelled one did not happen. */
function stopsOf(records: readonly RecordDoc[], day: Interval, now: number): StopSection {
  const found = records.flatMap((record) => {
    const kind = allKinds.find((one) => one.id === record.kind);
    const interval = kind && record.status !== 'cancelled' ? intervalOf(record, kind, now) : undefined;
    const inside = interval && cut(interval, day);
    if (!kind || !inside) return [];
    return [
      {
        record,
        kind,
        inside,
        line: String(record.fields['line'] ?? '–'),
        side: sideOf(kind, record),
        fact: factOf(kind, record, inside.to - inside.from, interval.from >= day.from),
      },
    ];
  });
  const minutes = (wanted: typeof found): number => {
    const lines = new Map<string, Interval[]>();
    for (const { line, inside } of wanted) lines.set(line, [...(lines.get(line) ?? []), inside]);
    return [...lines.values()].reduce((total, intervals) => total + minutesOf(unionLength(intervals)), 0);
  };
  const items = found.map(({ record, kind, inside, line, side }): StopItem => ({
    id: record.id,
    line,
    side,
    minutes: minutesOf(inside.to - inside.from),
    ongoing: isRunning(kind, record.fields),
    ...disputed(kind, record),
  }));
  // Minutes of a line that stands in two reports count once, here as in the total.
  const sides = Object.fromEntries(
    stopSides.map((one) => [one, minutes(found.filter(({ side }) => side === one)) * 60_000]),
  ) as StopSection['figures']['sides'];
  return {
    count: found.length,
    minutes: minutes(found),
    oursMinutes: sides.ours / 60_000,
    figures: { ...stopFigures(found.map(({ fact }) => fact)), sides },
    items: items.sort((a, b) => b.minutes - a.minutes),
  };
}

/** Both figures of a stop whose minutes the customer sees otherwise. */
function disputed(kind: AnyKind, record: RecordDoc): Pick<StopItem, 'disputed'> {
  const into = kind.can.stopwatch?.into;
  const theirs = into === undefined ? undefined : kind.can.countersign?.figures[into];
  if (into === undefined || theirs === undefined) return {};
  const [ours, customer] = [record.fields[into], record.fields[theirs]];
  const differ = typeof ours === 'number' && typeof customer === 'number' && ours !== customer;
  return differ ? { disputed: { ours, customer } } : {};
}

function intervalOf(record: RecordDoc, kind: AnyKind, now: number): Interval | undefined {
  const watch = kind.can.stopwatch;
  const start = watch ? record.fields[watch.from] : undefined;
  if (!watch || typeof start !== 'string') return undefined;
  const end = watch.to.map((name) => record.fields[name]).find((value) => typeof value === 'string');
  const minutes = record.fields[watch.into];
  const from = Date.parse(start);
  if (typeof end === 'string') return { from, to: Date.parse(end) };
  if (record.fields[watch.ongoing] === false)
    return { from, to: from + (typeof minutes === 'number' ? minutes * 60_000 : 0) };
  return { from, to: now };
}
