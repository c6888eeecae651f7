/**
 * A file offered to a person, by Teams' rules: a card asks for consent, the answer names where to put the file, and it
 * lies in the person's own OneDrive then. The card carries the offer's id and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { iso } from '../clock.ts';
import { AppError } from '../errors.ts';
import { TransferError } from '../files/transfers.ts';
import type { Language } from '../language.ts';
import type { Actor, Owing } from '../records/deps.ts';
import { actorOf } from '../records/deps.ts';
import type { Job } from '../records/job.ts';
import { job, setWake, takeDue } from '../records/job.ts';
import { consentWords } from '../render/files.ts';
import type { Site } from '../site/site.ts';
import type { Doc } from '../store/store.ts';
import type { JobContext, JobType } from './define.ts';
import { DeliveryError } from './messenger.ts';
import type { Source } from './offered.ts';
import { contentOf } from './offered.ts';
import { addressOf } from './person.ts';

export interface OfferDoc extends Doc {
  type: 'offer';
  /** aadObjectId. */
  person: string;
  language: Language;
  source: Source;
  name: string;
  /** Bytes. */
  size: number;
  /** Accepted or declined; it holds once. */
  answered?: 'accepted' | 'declined';
  jobs: Job[];
}

/** Where Teams wants the file, as an accepted consent says. */
export interface UploadPayload extends Record<string, unknown> {
  uploadUrl: string;
  contentUrl: string;
  name: string;
  uniqueId: string;
  fileType: string;
}

const offerLifeMs = 7 * 24 * 3_600_000;
/** Attempts at an upload; its address holds for some minutes. */
const maxUploads = 5;

/** Offers a file to whoever asks for it, in their personal chat. @throws AppError as contentOf */
export async function openOffer(
  context: Pick<JobContext, 'deps' | 'files'>,
  site: Site,
  actor: Actor,
  language: Language,
  source: Source,
): Promise<void> {
  const { deps } = context;
  const { name, size } = await contentOf(context, site, actor, source);
  const now = deps.clock.now();
  const doc: OfferDoc = {
    site: site.id,
    id: `offer-${randomUUID()}`,
    type: 'offer',
    person: actor.id,
    language,
    source,
    name,
    size,
    jobs: [job('file-offer', now)],
    createdAt: iso(now),
    expiresAt: iso(now + offerLifeMs),
  };
  takeDue(doc, deps.instance, now);
  void deps.kick(doc, await deps.store.create(doc));
}

/** The consent card goes out. */
export const fileOfferJob: JobType = {
  type: 'file-offer',
  async run(doc, _owed, context) {
    const { id, person, name, size, language } = doc as OfferDoc;
    const address = await addressOf(context, person);
    await context.messenger.send(address, {
      summary: name,
      attachment: {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name,
        content: {
          description: consentWords(size, language),
          sizeInBytes: size,
          acceptContext: { offer: id },
          declineContext: { offer: id },
        },
      },
    });
    return undefined;
  },
};

/**
 * The person's answer. Nothing follows a refusal; an acceptance leaves the upload as a job, since Teams waits five
 * seconds only. @throws AppError file_offer_gone, or as contentOf
 */
export async function answerOffer(
  context: Pick<JobContext, 'deps' | 'files'>,
  site: Site,
  actor: Actor,
  id: string,
  upload: UploadPayload | undefined,
): Promise<void> {
  const { deps } = context;
  const stored = await deps.store.read<OfferDoc>(site.id, id);
  const offer = stored?.doc;
  // Somebody else's offer is none for this person.
  if (!offer || offer.type !== 'offer' || offer.person !== actor.id) throw new AppError('file_offer_gone');
  if (offer.answered) {
    // The same answer again is a repeat of Teams'.
    if ((offer.answered === 'accepted') === (upload !== undefined)) return;
    throw new AppError('file_offer_gone');
  }
  await contentOf(context, site, actor, offer.source);
  offer.answered = upload ? 'accepted' : 'declined';
  const now = deps.clock.now();
  if (upload) offer.jobs.push(job('upload', now, upload));
  takeDue(offer, deps.instance, now);
  setWake(offer);
  void deps.kick(offer, await deps.store.replace(offer, stored.etag));
}

/** The file goes to where Teams wants it; a card then shows it in the chat. */
export const uploadJob: JobType = {
  type: 'upload',
  async run(doc, owed, context) {
    const { site, transfers, messenger, clock } = context;
    const offer = doc as OfferDoc;
    const upload = owed.payload as UploadPayload;
    const address = await addressOf(context, offer.person);
    try {
      const actor = actorOf(site, offer.person, 'card');
      const content = await contentOf(context, site, actor, offer.source);
      const stream = await content.open();
      if (!stream) throw new AppError('file_offer_gone');
      await transfers.upload(upload.uploadUrl, stream, content.size);
    } catch (error) {
      const refusal = refusalOf(error, owed.tries);
      if (!refusal) throw error;
      return withText(refusal.user(offer.language), clock.now());
    }
    await messenger.send(address, {
      summary: upload.name,
      attachment: {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        name: upload.name,
        contentUrl: upload.contentUrl,
        content: { uniqueId: upload.uniqueId, fileType: upload.fileType },
      },
    });
    return undefined;
  },
};

function refusalOf(error: unknown, tries: number): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof TransferError && (error.outcome !== 'later' || tries + 1 >= maxUploads))
    return new AppError('file_offer_gone');
  return undefined;
}

const withText = (words: string, now: number) => (fresh: Owing) => {
  fresh.jobs.push(job('say', now, { text: words }));
};

/** A word to the person of an offer. */
export const sayJob: JobType = {
  type: 'say',
  async run(doc, owed, { site, addresses, messenger }) {
    const address = await addresses.personal(site, (doc as OfferDoc).person);
    if (!address) throw new DeliveryError('later', `no way to reach the person of ${doc.id} yet`);
    await messenger.send(address, { text: String(owed.payload['text']) });
    return undefined;
  },
};
