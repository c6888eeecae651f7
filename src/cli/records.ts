import Papa from 'papaparse';
import { allKinds, kindOf } from '../kinds/index.ts';
import { upgrade } from '../records/upgrade.ts';
import type { RecordDoc } from '../records/record.ts';
import type { Filter } from '../store/store.ts';
import { languageOf } from '../language.ts';
import { viewFor } from '../jobs/view.ts';
import { formula, timelineCsv, timelineMarkdown, timelineRows } from '../render/timeline.ts';
import type { Site } from '../site/site.ts';
import { allDocs } from './all-docs.ts';
import type { CliCommand, Desk, Io } from './command.ts';
import { asJson, siteNamed, UsageError } from './command.ts';

export const recordsCommand: CliCommand = {
  name: 'records',
  usage:
    'list|show ID|timeline ID|export [--site ID] [--kind KIND] [--status STATUS] [--open] [--limit N] [--format jsonl|csv|md|json] [--language zh|en] [--json]',
  does: 'lists, shows or exports records, or tells what happened to one',
  options: ['site', 'kind', 'status', 'open', 'limit', 'format', 'language', 'json'],
  async run(io, desk) {
    const [what, id] = io.words;
    if (what === 'show') return showOne(io, desk, id);
    if (what === 'timeline') return timeline(io, desk, id);
    if (what === 'list') return listThem(io, desk);
    if (what === 'export') return exportThem(io, desk);
    throw new UsageError('say what: records list, records show ID, records timeline ID or records export');
  },
};

/** Jobs and card addresses are bookkeeping: no record of anything that happened. */
const { isArray } = Array;
function publicView(record: RecordDoc): Record<string, unknown> {
  const hidden = new Set(['jobs', 'cards', 'wakeAt', 'searchText', 'origin', 'type']);
  return Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.has(name)));
}

async function showOne(io: Io, desk: Desk, id: string | undefined): Promise<number> {
  const { record } = await named(io, desk, 'show', id);
  io.out(JSON.stringify(publicView(record), null, asJson(io) ? 0 : 2));
  return 0;
}

/** @throws UsageError where there is no such record */
async function named(
  io: Io,
  desk: Desk,
  what: string,
  id: string | undefined,
): Promise<{ site: Site; record: RecordDoc }> {
  if (!id) throw new UsageError(`say which: records ${what} DEF-20261123-007`);
  const sites = io.options['site'] === undefined ? desk.sites.all() : [siteNamed(io, desk)];
  for (const site of sites) {
    const stored = await desk.store.read<RecordDoc>(site.id, id.toUpperCase());
    if (stored?.doc.type === 'record') return { site, record: upgrade(stored.doc) };
  }
  throw new UsageError(`there is no ${id}`);
}

async function timeline(io: Io, desk: Desk, id: string | undefined): Promise<number> {
  const { site, record } = await named(io, desk, 'timeline', id);
  const language = languageOf(String(io.options['language'] ?? site.language));
  if (!language) throw new UsageError('--language takes zh or en');
  const view = viewFor(site, language, io.clock.now());
  const format = io.options['format'] ?? (asJson(io) ? 'json' : 'md');
  if (format === 'md') io.out(timelineMarkdown(record, view));
  else if (format === 'csv') io.out(timelineCsv(record, view));
  else if (format === 'json')
    io.out(JSON.stringify({ record: record.id, moments: timelineRows(record, view) }));
  else throw new UsageError('--format takes csv, md or json');
  return 0;
}

function filterOf(io: Io): Filter {
  const { kind, status, open } = io.options;
  if (typeof kind === 'string' && !kindOf(kind))
    throw new UsageError(
      `there is no kind "${kind}"; there are: ${allKinds.map((one) => one.id).join(', ')}`,
    );
  return {
    type: 'record',
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(typeof status === 'string' ? { status } : {}),
    ...(open === true ? { open: true } : {}),
  };
}

async function listThem(io: Io, desk: Desk): Promise<number> {
  const limit = io.options['limit'] === undefined ? Infinity : Number(io.options['limit']);
  if (!(limit >= 1)) throw new UsageError('--limit takes a whole number from 1');
  const sites = io.options['site'] === undefined ? desk.sites.all() : [siteNamed(io, desk)];
  let count = 0;
  for (const site of sites) {
    for await (const { doc } of allDocs<RecordDoc>(desk.store, site.id, filterOf(io))) {
      if (count >= limit) return 0;
      count += 1;
      io.out(asJson(io) ? JSON.stringify(publicView(upgrade(doc))) : lineOf(doc));
    }
  }
  if (count === 0 && !asJson(io)) io.out('no records');
  return 0;
}

const lineOf = (doc: RecordDoc): string =>
  [doc.id.padEnd(18), doc.severity, doc.status.padEnd(20), doc.dueAt ?? '-'.padEnd(24), doc.title].join('  ');

async function exportThem(io: Io, desk: Desk): Promise<number> {
  const format = io.options['format'] ?? 'jsonl';
  if (format !== 'jsonl' && format !== 'csv') throw new UsageError('--format takes jsonl or csv');
  const site = siteNamed(io, desk);
  const names = [...new Set(allKinds.flatMap((kind) => Object.keys(kind.fields)))];
  const envelope = [
    'id',
    'kind',
    'status',
    'severity',
    'title',
    'owner',
    'createdAt',
    'updatedAt',
    'dueAt',
  ] as const;
  if (format === 'csv') io.out(Papa.unparse([[...envelope, ...names]]));
  for await (const { doc } of allDocs<RecordDoc>(desk.store, site.id, filterOf(io))) {
    const record = upgrade(doc);
    if (format === 'jsonl') io.out(JSON.stringify(publicView(record)));
    else
      io.out(
        Papa.unparse(
          [
            [
              ...envelope.map((name) => record[name] ?? ''),
              ...names.map((name) => cell(record.fields[name])),
            ],
          ],
          { escapeFormulae: formula },
        ),
      );
  }
  return 0;
}

const cell = (value: unknown): unknown =>
  isArray(value) || (value && typeof value === 'object') ? JSON.stringify(value) : (value ?? '');
