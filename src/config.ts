/**
 * The environment, parsed once. Nothing else in the program reads it. A start either gets a whole, frozen Config or a
 * ConfigError that names every fault, so that an operator corrects a deployment in one round.
 */
import type { appTypes, logLevels, Setting, SettingName, Values } from './settings.ts';
import { isLoopback, settings } from './settings.ts';

export { isLoopback, settings };

export interface Config {
  readonly mode: Values['LINESIDE_MODE'];
  /** Start the Agents Playground beside the bot. */
  readonly playground: boolean;
  readonly playgroundPort: number;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** A site file to import if the store does not have its site; always one in local mode. */
  readonly siteFile?: string;
  /** Absent in local mode, where nothing is signed. */
  readonly bot?: {
    readonly id: string;
    readonly type: (typeof appTypes)[number];
    readonly password?: string;
    readonly tenantId?: string;
  };
  /** Tenants that are admitted, lower case; empty (local mode only): any. */
  readonly allowedTenants: readonly string[];
  /** Lower case. A service URL's host must be one of these or end with `.` and one of these. */
  readonly serviceHosts: readonly string[];
  /** Absent: SQLite under dataDir. */
  readonly cosmos?: {
    readonly endpoint: string;
    readonly key?: string;
    readonly database: string;
    readonly container: string;
    readonly identityClientId?: string;
  };
  /** Absent: files lie in a folder under dataDir. */
  readonly blob?: {
    readonly endpoint?: string;
    readonly connectionString?: string;
    readonly container: string;
    readonly identityClientId?: string;
  };
  readonly files: {
    /** Lower case; where files come from and go to, each with everything under it. */
    readonly hosts: readonly string[];
    /** Local mode: this machine and nothing else. */
    readonly loopback: boolean;
    readonly maxBytes: number;
  };
  /** Where metrics are served: with the messages (local mode), at an address of their own, or nowhere. */
  readonly metrics:
    | { readonly at: 'main' }
    | { readonly at: 'own'; readonly host: string; readonly port: number }
    | { readonly at: 'off' };
  readonly logLevel: (typeof logLevels)[number];
  readonly maxBodyBytes: number;
  readonly ratePerMinute: number;
  readonly instances: number;
}

/** The process's own environment, for `readConfig`. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

export interface ConfigFault {
  /** The variable or the argument. */
  name: string;
  /** What is wrong and what to do. */
  message: string;
}

export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ name, message }) => `  ${name}: ${message}`);
    super(`Lineside cannot start with these settings:\n${lines.join('\n')}\nSee docs/configuring.md.`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** @throws ConfigError with every fault. `argv` is what follows the script's name. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[] = [],
): Config {
  const faults: ConfigFault[] = [];
  const values = parse(env, faults);
  const wellFormed = new Set(Object.keys(settings));
  for (const { name } of faults) wellFormed.delete(name);

  for (const argument of argv)
    if (argument !== '--playground')
      faults.push({ name: argument, message: 'is not an argument; the only one is --playground' });
  const playground = argv.includes('--playground');

  if (wellFormed.has('LINESIDE_MODE')) {
    const check = values.LINESIDE_MODE === 'local' ? localFaults(values) : deployedFaults(values, playground);
    // A variable that is malformed has its own message already.
    faults.push(...check.filter(({ name }) => name.startsWith('--') || wellFormed.has(name)));
  }
  if (values.COSMOS_KEY && !values.COSMOS_ENDPOINT && wellFormed.has('COSMOS_ENDPOINT'))
    faults.push({
      name: 'COSMOS_ENDPOINT',
      message: 'is missing although COSMOS_KEY is set; set both or none',
    });

  if (values.BLOB_CONNECTION_STRING && values.BLOB_ENDPOINT)
    faults.push({
      name: 'BLOB_ENDPOINT',
      message: 'is set although BLOB_CONNECTION_STRING is, which names the account too; set one of them',
    });

  if (faults.length > 0) throw new ConfigError(faults);
  return deepFreeze(build(values, playground));
}

function parse(env: Readonly<Record<string, string | undefined>>, faults: ConfigFault[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
    const given = env[name]?.trim() || setting.default;
    if (given === undefined) continue;
    const result = setting.schema.safeParse(given);
    if (result.success) values[name] = result.data;
    else {
      // A connection string pasted into the wrong variable must not reach the log either.
      const hidden = setting.secret || /key=|secret|password|sig=/i.test(given);
      const shown = hidden ? '' : `is ${JSON.stringify(given)} and `;
      faults.push({ name, message: shown + (result.error.issues[0]?.message ?? 'is not valid') });
    }
  }
  // A faulty value is absent here; readConfig throws before anything reads it.
  return values as Values;
}

function localFaults(values: Values): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (values.MICROSOFT_APP_ID)
    faults.push({
      name: 'MICROSOFT_APP_ID',
      message:
        'is set in local mode, which checks no tokens; set LINESIDE_MODE=deployed for a registered bot, or unset it',
    });
  for (const name of ['HOST', 'METRICS_HOST'] as const)
    if (values[name] !== undefined && !isLoopback(values[name]))
      faults.push({
        name,
        message: `is ${JSON.stringify(values[name])} and must be a loopback address in local mode; leave it unset`,
      });
  return faults;
}

function deployedFaults(values: Values, playground: boolean): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const missing = (name: SettingName, why: string) => {
    if (!values[name]) faults.push({ name, message: `is missing; ${why}` });
  };
  missing('MICROSOFT_APP_ID', "set it to the bot's application id, or use LINESIDE_MODE=local");
  missing('ALLOWED_TENANTS', 'list the tenants whose people may use the bot');
  const type = values.MICROSOFT_APP_TYPE;
  if (type !== 'MultiTenant')
    missing('MICROSOFT_APP_TENANT_ID', `a ${type} bot needs the tenant it is registered in`);
  if (type === 'UserAssignedMSI') {
    if (values.MICROSOFT_APP_PASSWORD)
      faults.push({
        name: 'MICROSOFT_APP_PASSWORD',
        message: 'must be unset: a managed identity has no secret',
      });
  } else missing('MICROSOFT_APP_PASSWORD', `a ${type} bot needs its client secret`);
  if (playground)
    faults.push({
      name: '--playground',
      message: 'works in local mode only: the Playground sends no tokens',
    });
  return faults;
}

function build(values: Values, playground: boolean): Config {
  const local = values.LINESIDE_MODE === 'local';
  return {
    mode: values.LINESIDE_MODE,
    playground,
    playgroundPort: values.PLAYGROUND_PORT,
    host: values.HOST ?? (local ? '127.0.0.1' : '0.0.0.0'),
    port: values.PORT,
    dataDir: values.DATA_DIR,
    ...siteFileOf(values, local),
    ...(values.MICROSOFT_APP_ID && {
      bot: {
        id: values.MICROSOFT_APP_ID,
        type: values.MICROSOFT_APP_TYPE,
        ...(values.MICROSOFT_APP_PASSWORD && { password: values.MICROSOFT_APP_PASSWORD }),
        ...(values.MICROSOFT_APP_TENANT_ID && { tenantId: values.MICROSOFT_APP_TENANT_ID }),
      },
    }),
    allowedTenants: (values.ALLOWED_TENANTS ?? []).map((tenant) => tenant.toLowerCase()),
    serviceHosts: local ? ['127.0.0.1', 'localhost', '[::1]'] : values.SERVICE_HOSTS,
    ...(values.COSMOS_ENDPOINT && {
      cosmos: {
        endpoint: values.COSMOS_ENDPOINT,
        ...(values.COSMOS_KEY && { key: values.COSMOS_KEY }),
        database: values.COSMOS_DATABASE,
        container: values.COSMOS_CONTAINER,
        ...(values.AZURE_CLIENT_ID && { identityClientId: values.AZURE_CLIENT_ID }),
      },
    }),
    ...blobOf(values),
    files: {
      hosts: local ? [] : values.FILE_HOSTS,
      loopback: local,
      maxBytes: values.MAX_FILE_MB * 1_000_000,
    },
    metrics: metricsOf(values, local),
    logLevel: values.LOG_LEVEL,
    maxBodyBytes: values.MAX_BODY_BYTES,
    ratePerMinute: values.RATE_PER_MINUTE,
    instances: values.INSTANCES,
  };
}

function siteFileOf(values: Values, local: boolean): { siteFile?: string } {
  const siteFile = values.SITE_FILE ?? (local ? 'env/site.demo.json' : undefined);
  return siteFile === undefined ? {} : { siteFile };
}

function blobOf(values: Values): Pick<Config, 'blob'> {
  const { BLOB_ENDPOINT: endpoint, BLOB_CONNECTION_STRING: connectionString } = values;
  if (!endpoint && !connectionString) return {};
  return {
    blob: {
      container: values.BLOB_CONTAINER,
      ...(endpoint && { endpoint }),
      ...(connectionString && { connectionString }),
      ...(values.AZURE_CLIENT_ID && { identityClientId: values.AZURE_CLIENT_ID }),
    },
  };
}

function metricsOf(values: Values, local: boolean): Config['metrics'] {
  if (values.METRICS_PORT === undefined && local) return { at: 'main' };
  const port = values.METRICS_PORT ?? 9464;
  return port === 0 ? { at: 'off' } : { at: 'own', host: values.METRICS_HOST, port };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
