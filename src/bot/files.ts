/** Files that a person sends to the bot, and their answers to files that the bot offers. */
import { AppError } from '../errors.ts';
import { hostOf } from '../files/hosts.ts';
import { isTaken, takenWords } from '../files/sniff.ts';
import { readFileName } from '../intake/file-name.ts';
import type { FetchPayload } from '../jobs/fetch.ts';
import { answerOffer } from '../jobs/file-offer.ts';
import type { AnyKind } from '../kinds/index.ts';
import { allKinds } from '../kinds/index.ts';
import { text } from '../language.ts';
import { assertMayCapture } from '../records/access.ts';
import { openDraft } from '../records/draft.ts';
import { job } from '../records/job.ts';
import { plainLine } from '../render/escape.ts';
import type { Site } from '../site/site.ts';
import { localDate, localTime } from '../site/zone.ts';
import type { ConsentIn, FileIn, Inbound } from './inbound.ts';
import { capture } from './report.ts';
import type { BotContext, Turn } from './turn.ts';
import { doerOf } from './whose.ts';

/** Of one message; more is a folder that somebody dropped. */
const maxFiles = 5;

const sentKind = allKinds.find((kind) => kind.can.files?.sent);

/**
 * Each file becomes a draft that fetches it: Teams waits some seconds for a turn, a file may take longer. What can be
 * refused by its name or its address is refused at once. Words that tell of something else are taken as ever.
 * @throws AppError not_allowed
 */
export async function takeFiles(turn: Turn): Promise<void> {
  const { message, language, reply, doer, context } = turn;
  const kind = sentKind;
  if (!kind) throw new AppError('unknown_action');
  assertMayCapture(kind, doer);
  const files = message.files.slice(0, maxFiles);
  const refusals = files.map((file) => refusalOf(context, file));
  const lines = refusals.flatMap((refusal) => (refusal ? [refusal.user(language)] : []));
  const taken = files.filter((_, index) => !refusals[index]);
  const names = taken.map(({ name }) => plainLine(name, 100)).join(language === 'zh' ? '、' : ', ');
  if (taken.length > 0) lines.unshift(saving(names)[language]);
  if (message.files.length > maxFiles) lines.push(tooMany[language]);
  await reply({ text: lines.join('\n\n') });
  for (const [index, file] of files.entries())
    if (!refusals[index]) await fetchLater(turn, kind, file, index);
  if (message.text.trim() !== '') await capture(turn, kind);
}

function refusalOf({ transfers }: BotContext, { name, downloadUrl }: FileIn): AppError | undefined {
  const shown = plainLine(name, 100);
  if (!isTaken(name)) return new AppError('file_type', { name: shown, types: takenWords });
  if (!transfers.admits(downloadUrl))
    return new AppError('file_foreign', { name: shown, host: plainLine(hostOf(downloadUrl) || '?', 80) });
  return undefined;
}

async function fetchLater(turn: Turn, kind: AnyKind, file: FileIn, index: number): Promise<void> {
  const { context, site, doer, language, message } = turn;
  const now = context.clock.now();
  const sent = message.sentAt ? Date.parse(message.sentAt) : now;
  const at = `${localDate(site.timeZone, sent)}T${localTime(site.timeZone, sent)}`;
  const words = message.text.trim();
  const payload: FetchPayload = { downloadUrl: file.downloadUrl, name: file.name };
  const { kicked } = await openDraft(context.deps, site, doer, {
    key: `${message.address.conversationId}|${message.activityId}|file ${index}`,
    kind,
    fields: {
      ...known(kind, readFileName(file.name, words, at)),
      source: 'chat',
      ...(words === '' ? {} : { raw_text: words.slice(0, 8000) }),
    },
    language,
    origin: message.address,
    jobs: [job('fetch', now, payload)],
    holds: true,
  });
  // The form follows when the file is there.
  void kicked;
}

const known = (kind: AnyKind, facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).filter(([name, value]) => value !== undefined && name in kind.fields),
  );

const saving = (names: string) => text(`收到 ${names}，正在保存…`, `Got ${names}; saving…`);
const tooMany = text(
  `一次最多收 ${maxFiles} 个文件，其余没有保存，请再发一次。`,
  `I take ${maxFiles} files at a time; the others were not saved, please send them again.`,
);

/** @throws AppError file_offer_gone, not_found, no_file */
export async function takeConsent(context: BotContext, consent: Inbound & ConsentIn): Promise<void> {
  const { offer, upload } = consent;
  const site = await siteOfOffer(context, consent);
  const doer = doerOf(site, consent, 'card');
  if (upload && !context.transfers.admits(upload.uploadUrl)) throw new AppError('file_offer_gone');
  await answerOffer(context, site, doer, offer, upload);
}

/** It was asked for at one of the person's sites; their own chat, where they answer, belongs to none. */
async function siteOfOffer(context: BotContext, consent: Inbound & ConsentIn): Promise<Site> {
  for (const site of context.sites.ofPerson(consent.actor.aadObjectId))
    if (await context.deps.store.read(site.id, consent.offer)) return site;
  throw new AppError('file_offer_gone');
}
