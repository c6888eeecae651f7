/** The search of the message extension: records to drop into a conversation. */
import { viewFor } from '../jobs/view.ts';
import { kindOf, kindOfRecordId } from '../kinds/index.ts';
import { text } from '../language.ts';
import { AppError } from '../errors.ts';
import { list, mine, search, show } from '../records/find.ts';
import { survivorOf } from '../records/merged.ts';
import type { RecordDoc } from '../records/record.ts';
import { titleIn } from '../records/title.ts';
import type { View } from '../render/card.ts';
import { renderDropped } from '../render/dropped.ts';
import { plainLine } from '../render/escape.ts';
import { severityWord, statusWord } from '../render/format.ts';
import { dueWords } from '../render/text.ts';
import type { ExtensionAnswer, FoundRecord } from './inbound.ts';
import type { Asked } from './record-as.ts';

const maxFound = 10;

export async function findRecord(asked: Asked, words: string): Promise<ExtensionAnswer> {
  const { view } = asked;
  const records = await recordsFor(asked, words);
  if (records.length === 0) return { message: (words === '' ? nothingOpen : nothingFound)[view.language] };
  const reader = readerOf(asked);
  return { found: records.slice(0, maxFound).map((record) => foundIn(record, view, reader)) };
}

async function recordsFor({ context, site, doer }: Asked, words: string): Promise<RecordDoc[]> {
  const { deps } = context;
  if (words === '') {
    const own = await mine(deps, site, doer, maxFound);
    const { records } = await list(deps, site, doer, { open: true }, maxFound);
    return [...own, ...records.filter(({ id }) => !own.some((one) => one.id === id))];
  }
  const id = words.toUpperCase();
  if (kindOfRecordId(id)) {
    const record = await show(deps, site, doer, id).catch(ifMissing);
    if (record) return [await survivorOf(deps, site, record)];
  }
  return search(deps, site, doer, words, maxFound);
}

function ifMissing(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
}

/**
 * For whom the dropped card is drawn. Nobody knows who reads along in a conversation that is not one of the site's
 * channels: there it shows no more than a customer may see.
 */
function readerOf({ context, site, view, where }: Asked): View {
  if (view.viewer?.customer) return view;
  const shared = viewFor(site, view.language, view.now);
  if (context.sites.ofChannel(where.teamId, where.channelId)?.id === site.id) return shared;
  return { ...shared, viewer: { id: '', roles: ['CUST'], customer: true } };
}

function foundIn(record: RecordDoc, view: View, reader: View): FoundRecord {
  const { language } = view;
  const kind = kindOf(record.kind)!;
  const due = dueWords(record, view);
  return {
    title: plainLine(`${record.id} · ${titleIn(kind, record.fields, language)}`, 120),
    text: [
      `${kind.icon} ${severityWord(record.severity, language)}`,
      statusWord(kind, record.status, language),
      ...(due === '' ? [] : [due]),
    ].join(' · '),
    card: renderDropped(record, reader),
  };
}

const nothingFound = text(
  '没有找到。可以用编号、零件号、车型或任意词，如“线束”。',
  'Nothing found. Try an id, a part number, a model or any word, such as "harness".',
);
const nothingOpen = text(
  '没有未关闭的记录。输入编号或任意词可查找已关闭的。',
  'No record is open. Type an id or any word to find closed ones.',
);
