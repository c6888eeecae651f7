/** The log: JSON lines on standard output. Secrets never reach it, whatever object they come in. */
import { pino } from 'pino';

/** What the rest of the code needs of a logger; pino's and any fake satisfy it. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const secretKeys = [
  'authorization',
  'Authorization',
  'password',
  'botPassword',
  'clientSecret',
  'secret',
  'token',
  'accessToken',
  'cosmosKey',
  'connectionString',
  'downloadUrl',
  'uploadUrl',
];

// pino redacts exact paths only: the key itself, and one or two levels below (an error's request headers).
const redact = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);

// A token that got into a text (an error's message, a URL) has no key to go by, only its shape.
const bearer = /\b(Bearer\s+)[\w~+/.-]{8,}=*/gi;
const jwt = /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;

/** A text without bearer tokens. */
export const scrub = (line: string): string => line.replace(bearer, '$1[hidden]').replace(jwt, '[hidden]');

/** @param write where lines go; standard output unless given (tests). */
export function createLogger(options: { level: LogLevel; write?: (line: string) => void }): Logger {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  return pino(
    {
      level: options.level,
      base: null,
      redact: { paths: redact, censor: '[hidden]' },
      serializers: { err: pino.stdSerializers.err },
    },
    { write: (line: string) => write(scrub(line)) },
  );
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
