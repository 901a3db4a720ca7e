import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isDate } from './platform/clock.js';

/** What the environment asked for, checked. Nothing else in the project reads `process.env`. */
export interface Config {
  /** absolute folder of everything the hub keeps on disk */
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system choose; the ready line says which */
  readonly port: number;
  readonly production: boolean;
  /** load the invented county on a first start; by default where the demo identity is in use */
  readonly demoData: boolean;
  /** the hub issues its own tokens: "in demo" everywhere means this, not `demoData` */
  readonly demoIdentity: boolean;
  /** business date put in today's place, `YYYY-MM-DD`; only with the demo identity */
  readonly fixedToday: string | null;
  /** an external Postgres, or null for the embedded one */
  readonly database: DatabaseUrls | null;
  /** working days a subject has for a statement before a listing can be confirmed */
  readonly listingStatementDays: number;
  /** days that the look-ups of a case may be sealed at the longest, by one decision */
  readonly sealDays: number;
  /** 统计: fewest distinct subjects that a number about persons may be of, and what such numbers are rounded to */
  readonly statistics: { readonly threshold: number; readonly rounding: number };
  readonly oidc: Issuer | null;
  readonly trustedDocuments: 'off' | 'required';
  readonly introspection: boolean;
  /** connections of the reading and of the writing pool, each */
  readonly poolSize: number;
  /** the server runs jobs too; where it does not, `hub work` does */
  readonly jobs: boolean;
  /** a bearer token for /metrics from elsewhere than this machine; null: there is none */
  readonly metricsToken: string | null;
  /** requests of one actor a minute; null: not counted */
  readonly requestsPerMinute: number | null;
  readonly logLevel: LogLevel;
  /** absolute path of the key file, and whether HUB_KEYS named it */
  readonly keyFile: string;
  readonly keyFileGiven: boolean;
  /** absolute path of the file that names partners and exchange tables; null: there is no exchange */
  readonly exchangeFile: string | null;
  /** absolute path of the file with the sectors' tables of penalties; null: the county's table alone */
  readonly penaltyTableFile: string | null;
  /** absolute path of the file that says where departments are told what is due; null: nowhere */
  readonly noticesFile: string | null;
  /** hash function of the audit log; a log keeps the one it was begun with */
  readonly auditHash: 'SHA-256' | 'SM3';
  /** absolute folders or http(s) URLs that are given every signed head of the audit log */
  readonly auditHolders: readonly string[];
  /** office hours in Shanghai, `HH:MM`, by which a patrol judges look-ups */
  readonly workHours: readonly WorkHours[];
  /** what is allowed but worth a line in the log at the start */
  readonly warnings: readonly string[];
}

/** 统计 Lower than this nobody can set what persons' numbers are protected by; Postgres holds to it too (permissions/compile/statistics.ts). */
export const LOWEST_THRESHOLD = 5;
export const LOWEST_ROUNDING = 3;

export interface WorkHours {
  readonly from: string;
  /** not included */
  readonly to: string;
}

export interface Issuer {
  /** exactly as its discovery document and its tokens write it */
  readonly issuer: string;
  readonly audience: string;
  /** how long its keys are good for before they are read again: the longest a withdrawn key is still believed */
  readonly keysSeconds: number;
  /** how people sign in at the explorer; null: they paste a token */
  readonly signIn: SignIn | null;
}

/** The explorer as a client of the issuer. */
export interface SignIn {
  readonly clientId: string;
  /** null: a public client, proven by PKCE alone */
  readonly clientSecret: string | null;
  readonly scope: string;
  /** scheme and authority by which browsers reach this hub, without a slash at the end */
  readonly publicUrl: string;
}

export interface DatabaseUrls {
  /** owner of the tables: migrations only */
  readonly ownerUrl: string;
  /** weak login that row security binds */
  readonly appUrl: string;
  /** insert-only login of the audit log */
  readonly auditUrl: string;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A start that cannot go on. The message names the variable and the reason, never the value: it may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    readonly variable: string,
    readonly reason: string,
  ) {
    super(`${variable} ${reason}`);
  }
}

const text = (reason: string) => z.string({ error: reason });

const SWITCH_REASON = 'must be 1 or 0';
const SWITCH: Record<string, boolean> = { '1': true, true: true, on: true, '0': false, false: false, off: false };
const aSwitch = text(SWITCH_REASON)
  .refine((value) => Object.hasOwn(SWITCH, value.toLowerCase()), SWITCH_REASON)
  .transform((value) => SWITCH[value.toLowerCase()] as boolean)
  .optional();

function wholeNumber(from: number, to: number) {
  const reason = `must be a whole number from ${from} to ${to}`;
  return text(reason)
    .regex(/^\d{1,6}$/, reason)
    .transform(Number)
    .refine((value) => value >= from && value <= to, reason);
}

function url(...protocols: string[]) {
  const reason = `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`;
  // A Postgres URL may name a socket folder as its host, percent-encoded, which the URL parser refuses.
  const readable = (value: string) => {
    try {
      return protocols.includes(new URL(value.replace(/@%2F[^/]*/i, '@socket')).protocol);
    } catch {
      return false;
    }
  };
  return text(reason).refine(readable, reason).optional();
}

const METRICS_REASON = 'must be 16 to 200 characters of a bearer token';
const HOLDERS_REASON = 'must be absolute folders or http(s) URLs, separated by commas';
const RATE_REASON = 'must be off or requests a minute, from 1 to 999999';
const DEFAULT_RATE = 1_200;
const HOURS_REASON = 'must be hours of one day in order, HH:MM-HH:MM, separated by commas';
const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const hoursIn = (value: string): WorkHours[] =>
  value.split(',').map((span) => {
    const [from = '', to = ''] = span.trim().split('-');
    return { from, to };
  });
const SCOPE_REASON = 'must be scopes apart by blanks, openid among them';
const HOST_REASON = 'must be an IP address or a host name';

const environment = z.object({
  HUB_DATA: z.string().default('.data'),
  HUB_HOST: text(HOST_REASON)
    .refine((value) => isIP(value) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/.test(value), HOST_REASON)
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(4000),
  NODE_ENV: z.string().default('development'),
  HUB_DEMO: aSwitch,
  HUB_DEMO_IDENTITY: aSwitch,
  HUB_NOW: text('must be a date, YYYY-MM-DD').refine(isDate, 'must be a date, YYYY-MM-DD').optional(),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  HUB_APP_DATABASE_URL: url('postgres:', 'postgresql:'),
  HUB_AUDIT_DATABASE_URL: url('postgres:', 'postgresql:'),
  HUB_LISTING_STATEMENT_DAYS: wholeNumber(0, 365).default(5),
  HUB_SEAL_DAYS: wholeNumber(1, 3650).default(180),
  HUB_STATISTICS_THRESHOLD: wholeNumber(LOWEST_THRESHOLD, 1000).default(10),
  HUB_STATISTICS_ROUNDING: wholeNumber(LOWEST_ROUNDING, 100).default(5),
  HUB_OIDC_ISSUER: url('https:', 'http:'),
  HUB_OIDC_AUDIENCE: z.string().optional(),
  HUB_OIDC_KEYS_SECONDS: wholeNumber(1, 3600).default(60),
  HUB_OIDC_CLIENT_ID: z.string().optional(),
  HUB_OIDC_CLIENT_SECRET: z.string().optional(),
  HUB_OIDC_SCOPE: text(SCOPE_REASON)
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/, SCOPE_REASON)
    .refine((value) => value.split(' ').includes('openid'), SCOPE_REASON)
    .default('openid'),
  HUB_PUBLIC_URL: url('https:', 'http:'),
  HUB_TRUSTED_DOCUMENTS: z.enum(['off', 'required'], { error: 'must be off or required' }).optional(),
  HUB_INTROSPECTION: aSwitch,
  HUB_POOL: wholeNumber(2, 200).default(10),
  HUB_JOBS: aSwitch,
  HUB_METRICS_TOKEN: text(METRICS_REASON)
    .regex(/^[\w.~+/=-]{16,200}$/, METRICS_REASON)
    .optional(),
  HUB_RATE_LIMIT: text(RATE_REASON)
    .regex(/^(off|[1-9]\d{0,5})$/, RATE_REASON)
    .transform((value) => (value === 'off' ? null : Number(value)))
    .optional(),
  HUB_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  HUB_KEYS: z.string().optional(),
  HUB_EXCHANGE: z.string().optional(),
  HUB_PENALTY_TABLE: z.string().optional(),
  HUB_NOTICES: z.string().optional(),
  HUB_AUDIT_HASH: z.enum(['SHA-256', 'SM3'], { error: 'must be SHA-256 or SM3' }).default('SHA-256'),
  HUB_AUDIT_HOLDERS: text(HOLDERS_REASON)
    .transform((value) => value.split(',').map((holder) => holder.trim()))
    .refine((holders) => holders.every((holder) => /^(https?:\/\/.|\/.)/.test(holder)), HOLDERS_REASON)
    .optional(),
  HUB_WORK_HOURS: text(HOURS_REASON)
    .refine((value) => value.split(',').every((span) => HOURS.test(span.trim())), HOURS_REASON)
    .transform(hoursIn)
    .refine((spans) => spans.every(({ from, to }, i) => from < to && (spans[i - 1]?.to ?? '') <= from), HOURS_REASON)
    .default([{ from: '08:00', to: '18:30' }]),
});

type Environment = z.infer<typeof environment>;

/**
 * The configuration in `env`; an empty variable counts as absent.
 * @throws {ConfigError} on the first variable that is wrong, alone or beside another
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const values = parse(env);
  const database = databaseOf(values);
  const oidc = oidcOf(values);
  const production = values.NODE_ENV === 'production';
  const dataDir = resolve(values.HUB_DATA);
  const warnings: string[] = [];

  // An issuer of one's own means real people sign in: made-up ones beside them must be asked for by name.
  const unasked = isLoopback(values.HUB_HOST) && !database && !oidc;
  const demoIdentity = !production && (values.HUB_DEMO_IDENTITY ?? unasked);
  if (production && values.HUB_DEMO_IDENTITY)
    warnings.push('HUB_DEMO_IDENTITY has no effect while NODE_ENV is production');
  if (demoIdentity && !unasked) warnings.push('the demo identity is in use where others may reach it');

  if (values.HUB_NOW && !demoIdentity) {
    throw new ConfigError('HUB_NOW', 'moves the business date only while the demo identity is in use');
  }
  return {
    dataDir,
    host: values.HUB_HOST,
    port: values.PORT,
    production,
    demoData: values.HUB_DEMO ?? demoIdentity,
    demoIdentity,
    fixedToday: values.HUB_NOW ?? null,
    database,
    listingStatementDays: values.HUB_LISTING_STATEMENT_DAYS,
    sealDays: values.HUB_SEAL_DAYS,
    statistics: { threshold: values.HUB_STATISTICS_THRESHOLD, rounding: values.HUB_STATISTICS_ROUNDING },
    oidc,
    trustedDocuments: values.HUB_TRUSTED_DOCUMENTS ?? (demoIdentity ? 'off' : 'required'),
    introspection: values.HUB_INTROSPECTION ?? demoIdentity,
    poolSize: values.HUB_POOL,
    jobs: values.HUB_JOBS ?? true,
    metricsToken: values.HUB_METRICS_TOKEN ?? null,
    requestsPerMinute:
      values.HUB_RATE_LIMIT === undefined ? (demoIdentity ? null : DEFAULT_RATE) : values.HUB_RATE_LIMIT,
    logLevel: values.HUB_LOG_LEVEL,
    keyFile: values.HUB_KEYS ? resolve(values.HUB_KEYS) : join(dataDir, 'keys.json'),
    keyFileGiven: values.HUB_KEYS !== undefined,
    exchangeFile: values.HUB_EXCHANGE ? resolve(values.HUB_EXCHANGE) : null,
    penaltyTableFile: values.HUB_PENALTY_TABLE ? resolve(values.HUB_PENALTY_TABLE) : null,
    noticesFile: values.HUB_NOTICES ? resolve(values.HUB_NOTICES) : null,
    auditHash: values.HUB_AUDIT_HASH,
    auditHolders: values.HUB_AUDIT_HOLDERS ?? [],
    workHours: values.HUB_WORK_HOURS,
    warnings,
  };
}

function parse(env: Readonly<Record<string, string | undefined>>): Environment {
  const known = Object.keys(environment.shape).flatMap((name) => {
    const value = env[name]?.trim();
    return value ? [[name, value]] : [];
  });
  const result = environment.safeParse(Object.fromEntries(known));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ConfigError(String(issue?.path[0]), issue?.message ?? 'is wrong');
}

const DATABASE_VARIABLES = ['DATABASE_URL', 'HUB_APP_DATABASE_URL', 'HUB_AUDIT_DATABASE_URL'] as const;

function databaseOf(values: Environment): DatabaseUrls | null {
  const [ownerUrl, appUrl, auditUrl] = allOrNone(
    values,
    DATABASE_VARIABLES,
    'an external Postgres takes an owner, a weak and an insert-only login',
  );
  if (!ownerUrl || !appUrl || !auditUrl) return null;
  const parsed = (value: string) => new URL(value.replace(/@%2F[^/]*/i, '@socket'));
  const name = (value: string) => parsed(value).username;
  for (const variable of DATABASE_VARIABLES) {
    const { pathname, username } = parsed(values[variable] as string);
    if (pathname.length < 2) throw new ConfigError(variable, 'must end with the name of a database');
    if (!username) throw new ConfigError(variable, 'must name its login');
  }
  if (name(appUrl) === name(ownerUrl)) {
    throw new ConfigError(
      'HUB_APP_DATABASE_URL',
      'must log in as another role than DATABASE_URL: the owner is not weak',
    );
  }
  if ([ownerUrl, appUrl].some((other) => name(other) === name(auditUrl))) {
    throw new ConfigError('HUB_AUDIT_DATABASE_URL', 'must log in as a role of its own: it inserts and nothing else');
  }
  return { ownerUrl, appUrl, auditUrl };
}

function oidcOf(values: Environment): Config['oidc'] {
  const [issuer, audience] = allOrNone(
    values,
    ['HUB_OIDC_ISSUER', 'HUB_OIDC_AUDIENCE'],
    'an issuer is trusted for one audience only',
  );
  const signIn = signInOf(values);
  if (!issuer || !audience) {
    if (signIn) throw new ConfigError('HUB_OIDC_ISSUER', 'must be set beside HUB_OIDC_CLIENT_ID: people sign in there');
    return null;
  }
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''))) {
    throw new ConfigError('HUB_OIDC_ISSUER', 'must begin with https:// unless it is on the loopback: its keys decide');
  }
  return { issuer, audience, keysSeconds: values.HUB_OIDC_KEYS_SECONDS, signIn };
}

function signInOf(values: Environment): SignIn | null {
  const [clientId, publicUrl] = allOrNone(
    values,
    ['HUB_OIDC_CLIENT_ID', 'HUB_PUBLIC_URL'],
    'who signs in is sent back to an address of this hub',
  );
  if (!clientId || !publicUrl) return null;
  const { protocol, hostname, origin, href } = new URL(publicUrl);
  if (href !== `${origin}/`) throw new ConfigError('HUB_PUBLIC_URL', 'must be scheme, host and port alone');
  if (protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''))) {
    throw new ConfigError(
      'HUB_PUBLIC_URL',
      'must begin with https:// unless it is on the loopback: a token passes by it',
    );
  }
  return {
    clientId,
    clientSecret: values.HUB_OIDC_CLIENT_SECRET ?? null,
    scope: values.HUB_OIDC_SCOPE,
    publicUrl: origin,
  };
}

function allOrNone<K extends keyof Environment>(values: Environment, names: readonly K[], why: string) {
  const missing = names.filter((name) => values[name] === undefined);
  if (missing[0] && missing.length < names.length) {
    const given = names.filter((name) => !missing.includes(name));
    throw new ConfigError(missing[0], `must be set beside ${given.join(' and ')}: ${why}`);
  }
  return names.map((name) => values[name]);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
