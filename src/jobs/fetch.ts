/** Files that people send: fetched, looked at, kept, and then asked about by a form. */
import type { ErrorCode } from '../errors.ts';
import { AppError } from '../errors.ts';
import { TooLargeError } from '../files/files.ts';
import type { Kept } from '../files/files.ts';
import { faultOf, headBytes } from '../files/sniff.ts';
import { TransferError } from '../files/transfers.ts';
import type { Clock } from '../clock.ts';
import type { Text } from '../language.ts';
import { kindOf } from '../kinds/index.ts';
import type { Owing } from '../records/deps.ts';
import { keptFiles } from '../records/retention.ts';
import { job } from '../records/job.ts';
import type { DraftDoc, RecordDoc } from '../records/record.ts';
import { letGo } from '../records/uploads.ts';
import { plainLine } from '../render/escape.ts';
import { renderNotice } from '../render/notice.ts';
import type { JobContext, JobType, Done } from './define.ts';
import { viewFor } from './view.ts';

export interface FetchPayload extends Record<string, unknown> {
  /** Pre-authorised, for some minutes. */
  downloadUrl: string;
  name: string;
}

/** Why a file was not saved, for its person. */
interface UnsavedPayload extends Record<string, unknown> {
  code: ErrorCode;
  args: Readonly<Record<string, string | number | Text>>;
  /** The record that has the same file. */
  record?: string;
}

/** Attempts at an address that does not answer, over about a minute; the address itself does not hold much longer. */
const maxFetches = 5;

class FileFault extends Error {
  readonly fault: NonNullable<ReturnType<typeof faultOf>>;
  constructor(fault: FileFault['fault']) {
    super(fault);
    this.fault = fault;
  }
}

/** The file of a draft is fetched under its key; then the form goes out, or the word why not. */
export const fetchJob: JobType = {
  type: 'fetch',
  async run(doc, owed, context) {
    const { clock } = context;
    const draft = doc as DraftDoc;
    const { downloadUrl, name } = owed.payload as FetchPayload;
    const key = draft.holds;
    if (key === undefined || draft.gone) return undefined;
    let kept: Kept;
    try {
      kept = await save(context, key, downloadUrl, name);
    } catch (error) {
      const refusal = refusalOf(error, name, context, owed.tries);
      if (!refusal) throw error;
      return unsaved(refusal, clock);
    }
    const twin = await recordWith(context, kept.sha256);
    if (twin)
      return unsaved(
        { code: 'file_twice', args: { name: plainLine(name), id: twin.id }, record: twin.id },
        clock,
      );
    return (fresh) => {
      const present = fresh as DraftDoc;
      const fields = kindOf(present.kind)?.can.files;
      present.file = { key, name, ...kept };
      if (fields)
        Object.assign(present.fields, {
          [fields.name]: name,
          [fields.size]: kept.size,
          [fields.hash]: kept.sha256,
        });
      present.jobs.push(job('form', clock.now()));
    };
  },
  givenUp(doc, owed, { clock }) {
    const { name } = owed.payload as FetchPayload;
    unsaved({ code: 'file_expired', args: { name: plainLine(name) } }, clock)?.(doc);
  },
};

async function save(
  { files, transfers, maxFileBytes }: JobContext,
  key: string,
  address: string,
  name: string,
): Promise<Kept> {
  const body = await transfers.download(address, maxFileBytes);
  return files.put(key, looked(body, name), maxFileBytes);
}

/** Passes bytes on once their beginning agrees with the name. @throws FileFault before anything is passed on */
async function* looked(from: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const look = (): Buffer => {
    const start = Buffer.concat(waiting);
    waiting = [];
    const fault = faultOf(name, start.subarray(0, headBytes));
    if (fault) throw new FileFault(fault);
    return start;
  };
  for await (const chunk of from) {
    if (head) {
      yield chunk;
      continue;
    }
    waiting.push(chunk);
    size += chunk.length;
    if (size < headBytes) continue;
    head = look();
    yield head;
  }
  if (!head) yield look();
}

function refusalOf(
  error: unknown,
  fileName: string,
  context: JobContext,
  tries: number,
): UnsavedPayload | undefined {
  const name = plainLine(fileName);
  if (error instanceof FileFault) {
    const codes = { empty: 'file_empty', program: 'file_program', other: 'file_disguised' } as const;
    return { code: codes[error.fault], args: { name } };
  }
  if (error instanceof TooLargeError) return tooLarge(fileName, context.maxFileBytes);
  if (!(error instanceof TransferError)) return undefined;
  if (error.outcome === 'later' && tries + 1 < maxFetches) return undefined;
  return { code: 'file_expired', args: { name } };
}

const tooLarge = (name: string, maxFileBytes: number): UnsavedPayload => ({
  code: 'file_too_large',
  args: { name: plainLine(name), limit: Math.floor(maxFileBytes / 1_000_000) },
});

/** The draft comes to nothing, and its person is told why. */
function unsaved(why: UnsavedPayload, clock: Clock): Done {
  return (fresh: Owing) => {
    const draft = fresh as DraftDoc;
    letGo(draft, clock.now());
    draft.jobs.push(job('unsaved', clock.now(), why));
  };
}

export const unsavedJob: JobType = {
  type: 'unsaved',
  async run(doc, owed, { site, clock, messenger, deps }) {
    const draft = doc as DraftDoc;
    const { code, args, record: id } = owed.payload as UnsavedPayload;
    const said = new AppError(code, args).user(draft.language);
    const record = id === undefined ? undefined : (await deps.store.read<RecordDoc>(site.id, id))?.doc;
    if (!record) {
      await messenger.send(draft.origin, { text: said });
      return undefined;
    }
    const view = viewFor(site, draft.language, clock.now(), draft.by.id);
    const card = renderNotice(view, { title: said, tone: 'default', record });
    await messenger.send(draft.origin, { card, summary: said });
    return undefined;
  },
};

/** A record that has the very file. */
async function recordWith({ deps, site }: JobContext, sha256: string): Promise<RecordDoc | undefined> {
  const found = await deps.store.search<RecordDoc>(site.id, { type: 'record' }, sha256, 5);
  return found.map(({ doc }) => doc).find((doc) => keptFiles(doc).some((file) => file.sha256 === sha256));
}
