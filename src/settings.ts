/** Every variable that the program reads: how it is written, what it means when absent, what it is for. */
import { isIP } from 'node:net';
import { z } from 'zod/v4';

export const modes = ['local', 'deployed'] as const;
export const appTypes = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID');
const host = z.string().regex(/^[a-z0-9.:-]+$/i, 'must be a host name or an address, without a port');
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of: ${values.join(', ')}` });

const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .refine((value) => value >= from && value <= to, error);
};

const listOf = <T>(item: z.ZodType<T, string>, error: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item, { error }).min(1, error));

/** A host and everything under it; a bare top-level name would let the bot's token go to anybody. */
const hostSuffix = z
  .string()
  .toLowerCase()
  .regex(
    /^([a-z0-9-]+\.)+[a-z0-9-]+$/,
    'must be host names such as smba.trafficmanager.net, parted by commas',
  );

const httpsUrl = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) && (new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname)),
    'must be an https:// address (http:// on this machine only)',
  );

export interface Setting<T = unknown> {
  /** Takes the text of the variable. */
  schema: z.ZodType<T, string>;
  /** As it would be written; absent: none. */
  default?: string;
  /** Never shown in a message, never written into a template. */
  secret?: true;
  /** Whether it counts in one mode only. */
  only?: (typeof modes)[number];
  /** For the reference page and the templates. */
  what: string;
}

const optional = <T>(schema: z.ZodType<T, string>, what: string, more: Partial<Setting<T>> = {}) => ({
  schema,
  what,
  ...more,
});
const withDefault = <T>(
  schema: z.ZodType<T, string>,
  value: string,
  what: string,
  more: Partial<Setting<T>> = {},
) => ({ schema, default: value, what, ...more });

/** Every setting, in the order of the reference page. The templates under env/ and docs/configuring.md follow it. */
export const settings = {
  LINESIDE_MODE: withDefault(
    oneOf(modes),
    'local',
    '`local`: no bot registration, loopback only. `deployed`: needs a bot id and a list of tenants.',
  ),
  PORT: withDefault(whole(0, 65535), '3978', 'Port of `POST /api/messages`; 0 takes a free one.'),
  HOST: optional(
    host,
    'Address to listen on. `127.0.0.1` in local mode, where it must be a loopback address; otherwise `0.0.0.0`.',
  ),
  DATA_DIR: withDefault(z.string(), 'data', 'Folder of the embedded store (SQLite) and of the files.'),
  SITE_FILE: optional(
    z.string(),
    'Site file that is imported at start if the store does not have its site. Local mode: `env/site.demo.json`.',
  ),
  MICROSOFT_APP_ID: optional(guid, "The bot's application (client) id.", { only: 'deployed' }),
  MICROSOFT_APP_PASSWORD: optional(
    z.string(),
    "The application's client secret. Not with UserAssignedMSI, which has none.",
    { only: 'deployed', secret: true },
  ),
  MICROSOFT_APP_TYPE: withDefault(
    oneOf(appTypes),
    'SingleTenant',
    'How the bot is registered. `UserAssignedMSI` needs no secret.',
    { only: 'deployed' },
  ),
  MICROSOFT_APP_TENANT_ID: optional(guid, "The registration's own tenant. Not needed with MultiTenant.", {
    only: 'deployed',
  }),
  ALLOWED_TENANTS: optional(
    listOf(guid, 'must be tenant ids (GUIDs), parted by commas'),
    'Tenants whose people are admitted, parted by commas. Local mode without it admits any.',
  ),
  SERVICE_HOSTS: withDefault(
    listOf(hostSuffix, 'must be host names, parted by commas'),
    'smba.trafficmanager.net,botframework.com,teams.microsoft.com,teams.microsoft.us',
    "Hosts to which the bot's token may go, each with everything under it. Local mode: loopback only, whatever stands here.",
    { only: 'deployed' },
  ),
  COSMOS_ENDPOINT: optional(httpsUrl, 'Cosmos DB account. Without it the store is SQLite under DATA_DIR.'),
  COSMOS_KEY: optional(z.string(), 'Key of the account. Without it the managed identity is used.', {
    secret: true,
  }),
  COSMOS_DATABASE: withDefault(z.string(), 'lineside', 'Database in the account.'),
  COSMOS_CONTAINER: withDefault(z.string(), 'documents', 'Container in the database; partition key `/site`.'),
  BLOB_ENDPOINT: optional(
    httpsUrl,
    'Blob Storage account for files, opened by the managed identity. Without it files lie in `files` under DATA_DIR.',
  ),
  BLOB_CONNECTION_STRING: optional(
    z.string(),
    'Connection string of the account, instead of BLOB_ENDPOINT.',
    {
      secret: true,
    },
  ),
  BLOB_CONTAINER: withDefault(z.string(), 'files', 'Container in the account.'),
  AZURE_CLIENT_ID: optional(
    guid,
    'Client id of the user-assigned identity that opens Cosmos DB and Blob Storage. Without it the system-assigned one is used.',
  ),
  FILE_HOSTS: withDefault(
    listOf(hostSuffix, 'must be host names, parted by commas'),
    'sharepoint.com,svc.ms',
    'Hosts from which files are fetched and to which they are sent, each with everything under it; no token goes there. Local mode: loopback only, whatever stands here.',
    { only: 'deployed' },
  ),
  MAX_FILE_MB: withDefault(whole(1, 250), '100', 'Largest file that is taken, in megabytes.'),
  METRICS_PORT: optional(
    whole(0, 65535),
    'Port of `GET /metrics`. Default: 9464 when deployed; local mode serves it on PORT. 0 switches it off.',
  ),
  METRICS_HOST: withDefault(
    host,
    '127.0.0.1',
    'Address of the metrics port. Keep it where the public endpoint is not.',
  ),
  LOG_LEVEL: withDefault(oneOf(logLevels), 'info', `How much is logged: ${logLevels.join(', ')}.`),
  PLAYGROUND_PORT: withDefault(
    whole(1024, 65535),
    '56150',
    'Port of the Agents Playground (`npm start`). It takes another if this one is busy.',
    { only: 'local' },
  ),
  MAX_BODY_BYTES: withDefault(
    whole(1024, 10_485_760),
    '262144',
    'Largest request body that is read. Teams messages stay near 100 KB.',
  ),
  INSTANCES: withDefault(
    whole(1, 15),
    '1',
    "How many instances run on the store. Each keeps to its share of Teams' limits, which count them together.",
  ),
  RATE_PER_MINUTE: withDefault(
    whole(1, 10_000),
    '60',
    'Messages and presses that one person may send in a minute.',
  ),
} as const satisfies Record<string, Setting<never> | Setting>;

export type SettingName = keyof typeof settings;

/** The variables after parsing. */
export type Values = {
  [N in SettingName]:
    | z.output<(typeof settings)[N]['schema']>
    | ((typeof settings)[N] extends { default: string } ? never : undefined);
};

/** Loopback by address or name; what merely resolves to loopback does not count. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}
