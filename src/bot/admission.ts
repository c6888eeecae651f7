/**
 * What must hold before any of our code sees an activity. Teams' token says only that the channel service sent it:
 * whose tenant it is, where the answer goes and what shape it has is checked here.
 */
import { z } from 'zod/v4';
import { cleanName } from '../files/name.ts';
import { extensionOf } from './extension-shape.ts';
import type { ConsentIn, ExtensionRequest, FileIn, Inbound, Scope } from './inbound.ts';

/** Why a request was turned away; also the label of the metric. */
export const refusalReasons = {
  draining: 503,
  busy: 503,
  method: 405,
  browser: 403,
  too_large: 413,
  not_json: 400,
  token: 401,
  shape: 400,
  channel: 403,
  service_url: 400,
  host: 403,
  tenant: 403,
  no_person: 403,
  too_fast: 429,
  too_long: 413,
} as const;

export type RefusalReason = keyof typeof refusalReasons;

const id = z.string().min(1).max(1_000);
const label = z.string().max(1_000).nullish();
const account = z.object({ id, name: label, aadObjectId: z.string().max(100).nullish() });
const named = z.object({ id }).nullish();

/** Action.Execute as the schema of Adaptive Cards has it. A field that it does not have is a forgery or a mistake. */
const cardAction = z.object({
  action: z.strictObject({
    type: z.literal('Action.Execute'),
    verb: z.string().min(1).max(100),
    data: z.record(z.string().max(200), z.unknown()).nullish(),
    id: label,
    title: label,
    tooltip: label,
    iconUrl: z.string().nullish(),
    style: label,
    mode: label,
    role: label,
    associatedInputs: label,
    isEnabled: z.boolean().nullish(),
    requires: z.unknown().optional(),
    fallback: z.unknown().optional(),
  }),
  trigger: z.enum(['automatic', 'manual']).nullish(),
});

/** Action.Submit, where a client knows no Action.Execute: its data arrives as the value of an empty message. */
const submitted = z.object({ verb: z.string().min(1).max(100) }).catchall(z.unknown());

const address = z.string().min(1).max(4_000);

/** What comes with a message. Teams adds the text as HTML, previews and more, which are not looked at. */
const attachment = z.object({
  contentType: z.string().max(200).nullish(),
  contentUrl: z.string().max(4_000).nullish(),
  name: z.string().max(1_000).nullish(),
  content: z.unknown().optional(),
});

const fileType = 'application/vnd.microsoft.teams.file.download.info';
const fileContent = z.object({ downloadUrl: address });

/** The answer to a file that was offered (jobs/file-offer.ts). */
const consentShape = z.discriminatedUnion('action', [
  z.object({
    type: z.literal('fileUpload'),
    action: z.literal('accept'),
    context: z.strictObject({ offer: z.string().min(1).max(100) }),
    uploadInfo: z.object({
      uploadUrl: address,
      contentUrl: address,
      name: z.string().min(1).max(1_000),
      uniqueId: z.string().min(1).max(200),
      fileType: z.string().max(50),
    }),
  }),
  z.object({
    type: z.literal('fileUpload'),
    action: z.literal('decline'),
    context: z.strictObject({ offer: z.string().min(1).max(100) }),
  }),
]);

const activityShape = z.object({
  type: z.string().min(1).max(50),
  id: id.nullish(),
  channelId: z.string().min(1).max(50),
  serviceUrl: z.string().min(1).max(500).nullish(),
  timestamp: z.string().max(50).nullish(),
  locale: z.string().max(50).nullish(),
  name: z.string().max(200).nullish(),
  action: z.string().max(50).nullish(),
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: z.string().max(50).nullish(),
    tenantId: z.string().max(100).nullish(),
    isGroup: z.boolean().nullish(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().max(100).nullish() }).nullish(),
      team: named,
      channel: named,
    })
    .nullish(),
  replyToId: id.nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  membersAdded: z.array(account).max(1_000).nullish(),
  membersRemoved: z.array(account).max(1_000).nullish(),
  attachments: z.array(attachment).max(100).nullish(),
  entities: z
    .array(
      z.object({
        type: z.string().max(200).nullish(),
        text: z.string().nullish(),
        mentioned: z.object({ id: z.string().nullish() }).nullish(),
      }),
    )
    .max(500)
    .nullish(),
});

export type ActivityIn = z.infer<typeof activityShape>;

export interface Press {
  verb: string;
  data: Record<string, unknown>;
  trigger: string | undefined;
}

/** An activity that may be acted on. */
export interface Admitted {
  activity: ActivityIn;
  where: Inbound;
  /** Both ways of pressing a button. */
  press: Press | undefined;
  /** Files that Teams hands over: in a personal chat only. */
  files: FileIn[];
  consent: ConsentIn | undefined;
  extension: ExtensionRequest | undefined;
}

export interface AdmissionRule {
  serviceUrlAdmitted: (serviceUrl: string) => boolean;
  tenants: ReadonlySet<string> | 'any';
}

const scopes: Readonly<Record<string, Scope>> = {
  personal: 'personal',
  groupChat: 'groupChat',
  channel: 'channel',
};

function scopeOf(activity: ActivityIn): Scope {
  const { conversationType, isGroup } = activity.conversation;
  // A card or the extension is also used where two people talk without the bot; theirs is not the bot's own chat.
  if (conversationType === 'personal' && activity.conversation.id.startsWith('19:')) return 'groupChat';
  const named = scopes[conversationType ?? ''];
  if (named) return named;
  if (activity.channelData?.team) return 'channel';
  return isGroup === true ? 'groupChat' : 'personal';
}

/** The tenant that an activity claims; undefined where it claims none, or two. */
function tenantOf(activity: ActivityIn): string | undefined {
  const one = activity.conversation.tenantId ?? undefined;
  const two = activity.channelData?.tenant?.id ?? undefined;
  if (one !== undefined && two !== undefined && one !== two) return undefined;
  const tenant = one ?? two;
  return tenant === '' ? undefined : tenant;
}

/** What a press carries; `shape` if the activity is a press and malformed. */
function pressOf(activity: ActivityIn): Press | undefined | 'shape' {
  if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') {
    const value = cardAction.safeParse(activity.value);
    if (!value.success) return 'shape';
    const { action, trigger } = value.data;
    return { verb: action.verb, data: action.data ?? {}, trigger: trigger ?? undefined };
  }
  if (
    activity.type === 'message' &&
    !activity.text &&
    activity.value !== undefined &&
    activity.value !== null
  ) {
    const value = submitted.safeParse(activity.value);
    if (!value.success) return 'shape';
    const { verb, ...data } = value.data;
    return { verb, data, trigger: 'manual' };
  }
  return undefined;
}

/** The files of a message; `shape` if one is malformed. */
function filesOf(activity: ActivityIn): FileIn[] | 'shape' {
  if (activity.type !== 'message' || scopeOf(activity) !== 'personal') return [];
  const found: FileIn[] = [];
  for (const one of activity.attachments ?? []) {
    if (one.contentType !== fileType) continue;
    const content = fileContent.safeParse(one.content);
    if (!content.success) return 'shape';
    found.push({ name: cleanName(one.name ?? ''), downloadUrl: content.data.downloadUrl });
  }
  return found;
}

function consentOf(activity: ActivityIn): ConsentIn | undefined | 'shape' {
  if (activity.type !== 'invoke' || activity.name !== 'fileConsent/invoke') return undefined;
  const value = consentShape.safeParse(activity.value);
  if (!value.success) return 'shape';
  const { context, ...answer } = value.data;
  return { offer: context.offer, upload: answer.action === 'accept' ? answer.uploadInfo : undefined };
}

const personal = new Set(['message', 'invoke']);

/** Checks an authenticated body. Pure; the reason is for the log, the metric and the status, never for the sender. */
export function admit(body: unknown, rule: AdmissionRule): Admitted | RefusalReason {
  const parsed = activityShape.safeParse(body);
  if (!parsed.success) return 'shape';
  const activity = parsed.data;
  if (activity.channelId !== 'msteams') return 'channel';
  if (!activity.serviceUrl) return 'service_url';
  if (!rule.serviceUrlAdmitted(activity.serviceUrl)) return 'host';
  const tenantId = tenantOf(activity);
  if (tenantId === undefined) return 'tenant';
  if (rule.tenants !== 'any' && !rule.tenants.has(tenantId)) return 'tenant';
  if (personal.has(activity.type)) {
    if (!activity.from.aadObjectId) return 'no_person';
    // Without an id a repeat could not be told from a second message.
    if (!activity.id) return 'shape';
  }
  const press = pressOf(activity);
  const files = filesOf(activity);
  const consent = consentOf(activity);
  const extension = extensionOf(activity);
  if (press === 'shape' || files === 'shape' || consent === 'shape' || extension === 'shape') return 'shape';
  const where = inboundOf(activity, activity.serviceUrl, tenantId);
  return { activity, where, press, files, consent, extension };
}

function inboundOf(activity: ActivityIn, serviceUrl: string, tenantId: string): Inbound {
  const { from, conversation, channelData, recipient } = activity;
  const scope = scopeOf(activity);
  return {
    actor: {
      aadObjectId: from.aadObjectId ?? '',
      userId: from.id,
      name: from.name ?? '',
      tenantId,
    },
    address: { serviceUrl, conversationId: conversation.id, tenantId, botId: recipient.id },
    scope,
    activityId: activity.id ?? '',
    locale: activity.locale ?? undefined,
    teamId: channelData?.team?.id,
    channelId:
      channelData?.channel?.id ?? (scope === 'channel' ? conversation.id.split(';', 1)[0] : undefined),
  };
}
