/** A message that says what happened: into drafts, or at once into records for kinds that cannot wait. */
import { read } from '../intake/read.ts';
import type { Extraction } from '../intake/read.ts';
import type { AskingDoc } from '../jobs/ask.ts';
import { askingId } from '../jobs/ask.ts';
import { viewFor } from '../jobs/view.ts';
import { units } from '../kinds/common.ts';
import type { Field } from '../kinds/fields.ts';
import type { AnyKind } from '../kinds/index.ts';
import { kindOf } from '../kinds/index.ts';
import { nextQuestion } from '../records/asking.ts';
import { openDraft, submitDraft } from '../records/draft.ts';
import { edit } from '../records/edit.ts';
import { list } from '../records/find.ts';
import { readInput } from '../records/inputs.ts';
import { job } from '../records/job.ts';
import { survivorOf } from '../records/merged.ts';
import type { RecordDoc } from '../records/record.ts';
import { isRunning } from '../records/stopwatch.ts';
import { renderEdit } from '../render/edit.ts';
import { renderRecord } from '../render/record.ts';
import { text } from '../language.ts';
import type { Site } from '../site/site.ts';
import { localDate, localTime } from '../site/zone.ts';
import { fieldsOf, lineNamed } from './extraction.ts';
import type { Turn } from './turn.ts';
import { viewOf } from './whose.ts';

/** At most so many records of one message; more is a list that somebody pasted. */
const maxRecords = 5;

/** True if the message gave at least one record, draft or proposed update. */
export async function capture(turn: Turn): Promise<boolean> {
  const { site, message, context } = turn;
  const sent = message.sentAt ? Date.parse(message.sentAt) : context.clock.now();
  const at = `${localDate(site.timeZone, sent)}T${localTime(site.timeZone, sent)}`;
  const where = { at, customers: [site.customer], plants: [site.plant], lines: site.lines };
  const found = read(message.text, where).flatMap((extraction) => {
    const kind = kindOf(extraction.kind);
    return kind ? [{ kind, extraction }] : [];
  });
  for (const [index, { kind, extraction }] of found.slice(0, maxRecords).entries()) {
    if (extraction.op === 'update' && (await proposeUpdate(turn, kind, extraction))) continue;
    await open(turn, kind, fieldsOf(kind, extraction, site, turn.language), index);
  }
  return found.length > 0;
}

/** An empty form, or the form that the fields fill. Kinds that cannot wait are saved as they are. */
export async function open(
  turn: Turn,
  kind: AnyKind,
  fields: Readonly<Record<string, unknown>>,
  index: number,
  form = false,
): Promise<void> {
  const { context, site, doer, language, message } = turn;
  const instant = kind.can.instant !== undefined && !form;
  const { draft, kicked } = await openDraft(context.deps, site, doer, {
    key: `${message.address.conversationId}|${message.activityId}|${index}`,
    kind,
    fields: { ...fields, source: 'chat', ...(form ? {} : { raw_text: message.text.trim().slice(0, 8000) }) },
    language,
    shared: message.scope !== 'personal',
    origin: message.address,
    jobs: instant ? [] : [job('form', context.clock.now())],
  });
  if (!instant) return kicked;
  const submitted = await submitDraft(context.deps, site, doer, { draft: draft.id, inputs: {} });
  await submitted.kicked;
}

/** The form of the record that an update is about, with the new values in it. False: no such record is open. */
async function proposeUpdate(turn: Turn, kind: AnyKind, extraction: Extraction): Promise<boolean> {
  const { context, site, doer, language, message } = turn;
  const fields = fieldsOf(kind, extraction, site, language);
  const { records } = await list(context.deps, site, doer, { kind: kind.id, open: true }, 100);
  const named = records.find((record) => record.id === extraction['id']);
  const alike = named ? [named] : records.filter((record) => sameThing(record, fields));
  const record = alike[0];
  if (!record) return false;
  // "It runs again" is no correction of facts: the verb that says so asks for what goes with it.
  const watch = kind.can.stopwatch;
  if (watch && fields[watch.ongoing] === false && isRunning(kind, record.fields)) {
    const view = viewOf(context, site, language, message);
    await turn.reply({ card: renderRecord(record, view) });
    await turn.reply({ text: confirmEnd[language] });
    return true;
  }
  const proposed = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'received_at'));
  await turn.reply({
    card: renderEdit(record, viewFor(site, language, context.clock.now(), doer.id), proposed),
  });
  return true;
}

const confirmEnd = text(
  '已经恢复的话，请在卡片上按“产线恢复”并确认首件合格；在此之前计时不停。',
  'If the line runs again, press "Line restored" on the card and confirm the first-off part; the clock runs until then.',
);

const sameThing = (record: RecordDoc, fields: Readonly<Record<string, unknown>>): boolean =>
  ['part_no', 'line', 'part_name'].some(
    (name) => fields[name] !== undefined && fields[name] === record.fields[name],
  );

/** A plain message may answer the question that this person was asked here. */
export async function answerQuestion(turn: Turn): Promise<boolean> {
  const { context, site, doer, message, language } = turn;
  const asked = await context.deps.store.read<AskingDoc>(
    site.id,
    askingId(message.address.conversationId, doer.id),
  );
  const stored = asked && (await context.deps.store.read<RecordDoc>(site.id, asked.doc.record));
  const present = stored && (await survivorOf(context.deps, site, stored.doc));
  const name = present && nextQuestion(present);
  const field = name === undefined ? undefined : kindOf(present?.kind ?? '')?.fields[name];
  if (!present || !field || name === undefined) return false;
  const said = answerTo(field, name, message.text.trim(), site);
  const parsed = said === undefined ? undefined : readInput(field, said, { site, now: context.clock.now() });
  if (said === undefined || !parsed || 'what' in parsed || parsed.value === undefined) return false;
  const { record, kicked } = await edit(context.deps, site, doer, {
    id: present.id,
    rev: undefined,
    inputs: { [name]: said },
  });
  await kicked;
  const noted = text(
    `已记录 ${record.id}：${field.label.zh} ${said}`,
    `Noted for ${record.id}: ${field.label.en} ${said}`,
  );
  await turn.reply({ text: noted[language] });
  return true;
}

/**
 * What of a plain message answers a question, if it does. People chat on while a question stands open, so a text is
 * taken only where it can be checked: a line of the site, something written like a number of a part. The rest is
 * answered on the question's card.
 */
function answerTo(field: Field, name: string, said: string, site: Site): string | undefined {
  if (field.type === 'int' || field.type === 'num') return withoutUnit(said);
  if (field.type !== 'text') return said;
  if (name === 'line')
    return site.lines.map((line) => line.name).find((line) => line === lineNamed(site, said));
  return field.code && /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{3,39}$/.test(said) ? said : undefined;
}

/** People answer "12台" or "12 units" to "how many". */
function withoutUnit(said: string): string {
  const names = Object.values(units).flatMap((unit) => [unit.zh, unit.en]);
  return names.reduce(
    (rest, name) =>
      rest.toLowerCase().endsWith(name.toLowerCase()) ? rest.slice(0, -name.length).trim() : rest,
    said,
  );
}
