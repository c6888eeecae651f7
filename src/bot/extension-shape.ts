/** The invokes of the message extension as Teams sends them, checked and put into our own words. */
import { z } from 'zod/v4';
import { cut } from '../render/escape.ts';
import { textOf, tidied } from './html-text.ts';
import type { ExtensionRequest, Said } from './inbound.ts';

/** As in the manifest. */
export const commandIds = { record: 'recordAs', find: 'findRecord' } as const;

/** Characters of a quotation that are kept, as of any text that a person sends; the link leads to the rest. */
const maxQuote = 8_000;
const maxWords = 200;

const label = z.string().max(1_000).nullish();

/** A message as Graph has it, of which these parts matter. */
const payload = z.object({
  id: z.string().min(1).max(200),
  replyToId: z.string().max(200).nullish(),
  createdDateTime: z.string().max(50).nullish(),
  subject: label,
  linkToMessage: z.string().max(4_000).nullish(),
  from: z
    .object({
      user: z
        .object({ id: z.string().max(200).nullish(), displayName: label, userIdentityType: label })
        .nullish(),
      application: z.object({ displayName: label }).nullish(),
    })
    .nullish(),
  body: z.object({ contentType: z.string().max(20).nullish(), content: z.string().nullish() }).nullish(),
});

const fetchTask = z.object({
  commandId: z.literal(commandIds.record),
  messagePayload: payload.nullish(),
});

const submitAction = z.object({
  commandId: z.literal(commandIds.record),
  data: z
    .object({ verb: z.enum(['create', 'kind']), draft: z.string().min(1).max(100) })
    .catchall(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const query = z.object({
  commandId: z.literal(commandIds.find),
  parameters: z
    .array(z.object({ name: z.string().max(100), value: z.unknown() }))
    .max(5)
    .nullish(),
});

interface Invoke {
  type: string;
  name?: string | null | undefined;
  value?: unknown;
}

/** Undefined: it is no invoke of ours. `shape`: it is one, and malformed. */
export function extensionOf(activity: Invoke): ExtensionRequest | undefined | 'shape' {
  if (activity.type !== 'invoke') return undefined;
  switch (activity.name) {
    case 'composeExtension/fetchTask': {
      const { success, data } = fetchTask.safeParse(activity.value);
      if (!success) return 'shape';
      return { ask: 'record', said: data.messagePayload ? saidIn(data.messagePayload) : undefined };
    }
    case 'composeExtension/submitAction': {
      const { success, data } = submitAction.safeParse(activity.value);
      return success ? { ask: 'submit', verb: data.data.verb, data: data.data } : 'shape';
    }
    case 'composeExtension/query': {
      const { success, data } = query.safeParse(activity.value);
      if (!success) return 'shape';
      const typed = data.parameters?.find(({ name }) => name === 'text')?.value;
      return { ask: 'find', words: typeof typed === 'string' ? cut(typed.trim(), maxWords) : '' };
    }
    default:
      return undefined;
  }
}

function saidIn(message: z.infer<typeof payload>): Said {
  const { body, subject, from } = message;
  const content = body?.content ?? '';
  const text = body?.contentType === 'html' ? textOf(content) : tidied(content);
  const at = Date.parse(message.createdDateTime ?? '');
  const author = from?.user?.displayName ?? from?.application?.displayName ?? undefined;
  return {
    messageId: message.id,
    threadId: message.replyToId || message.id,
    text: cut(tidied([subject ?? '', text].join('\n')), maxQuote),
    author: author === undefined ? undefined : cut(tidied(author).replace(/\s+/g, ' '), 80),
    authorId: from?.user?.id ?? undefined,
    outside: /^(federatedUser|anonymousGuest)$/.test(from?.user?.userIdentityType ?? ''),
    at: Number.isNaN(at) ? undefined : new Date(at).toISOString(),
    link: linkOf(message.linkToMessage ?? ''),
  };
}

/** An address that may be shown as a link: https, without a name or password in it. */
function linkOf(written: string): string | undefined {
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const isSafe = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isSafe && url.href.length <= 2_000 ? url.href : undefined;
}
