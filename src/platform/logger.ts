import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../config.js';

export type { Logger };

export interface LoggerOptions {
  readonly level: LogLevel;
  /** the server's log is its stdout; a command's stdout is its answer, so its log goes to stderr */
  readonly to: 'stdout' | 'stderr';
}

/** What is never logged, wherever in the first three levels it stands. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  'variables',
  'password',
  'token',
  'jwt',
  'secret',
  'citizenId',
  'idNumber',
  'phone',
  'connectionString',
];

/** JSON lines, redacted by key and masked by content. */
export function createLogger({ level, to }: LoggerOptions, stream?: DestinationStream): Logger {
  // A server's lines go out together while a write is under way; the last ones are written before the process ends.
  const out = stream ?? destination(to === 'stdout' ? { dest: 1, sync: false } : { dest: 2, sync: true });
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    // Masked as finished text: a message, an error's stack, a bound field and a nested value are then all alike.
    { write: (line: string) => out.write(maskSecrets(line)) },
  );
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * An error without what it may carry of a row: of Postgres's own errors only the class, never text, detail or the
 * statement, which MikroORM writes with its values.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const fromDatabase = typeof code === 'string' && SQLSTATE.test(code);
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(fromDatabase ? { constraint, table } : { message: error.message }),
    stack: frames.join('\n'),
  };
}

// A letter may stand before it: the n of an escaped line break, for one.
const CITIZEN_ID = /(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)/g;
const NUMBER_VALUE = /(?<=[:[,])\d{18}(?=[,}\]])/g;
const WEB_TOKEN = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^:/@\s"]*:)[^@/\s"]+@/gi;

/**
 * `text` (a line of JSON or any other) without full citizen ids, tokens and passwords of URLs. Anything of eighteen
 * digits counts as a citizen id, a mistyped one too; an all-digit 统一社会信用代码 pays for that.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(NUMBER_VALUE, '"[redacted]"')
    .replace(CITIZEN_ID, '$1********$2')
    .replace(WEB_TOKEN, '[token]')
    .replace(URL_PASSWORD, '$1[redacted]@');
}
