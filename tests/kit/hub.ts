import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, print } from 'graphql';
import type { Role } from '../../src/permissions/roles.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { ensureCluster } from '../../src/platform/postgres/cluster.js';
import { urlOf } from '../../src/platform/postgres/logins.js';
import { mintDemoToken } from '../../src/server/demoIdentity.js';
import { post } from './http.js';
import { copyTemplate, projectRoot, runFolder, stopStrays, templateFolder } from './templates.js';

/** How a hub is started; whatever is left out is as for a user who sets nothing. */
export interface HubOptions {
  /** a folder to start on again, in place of a fresh copy of the template */
  dataDir?: string;
  /** the invented county; default true */
  demo?: boolean;
  /** business date, `YYYY-MM-DD` */
  now?: string;
  env?: Record<string, string>;
}

export interface TokenOptions {
  role: string;
  department?: string;
  /** code or opaque id */
  subject?: string;
  duties?: readonly string[];
  /** two tokens with the same options are of the same user, unless this differs */
  user?: string;
  ttl?: string;
}

export interface GraphqlOptions {
  token?: string;
  /** default `/graphql` */
  path?: string;
  headers?: Record<string, string>;
}

export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; field?: string; traceId?: string };
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** undefined when the body has none, as after a request that was refused whole */
  data: T | null | undefined;
  /** never undefined, so that a test can say `toEqual([])` */
  errors: GraphqlError[];
}

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Hub {
  /** origin, as in `http://127.0.0.1:41234` */
  readonly url: string;
  readonly dataDir: string;
  /** the server's log so far, one JSON line each */
  readonly log: readonly string[];
  /** for SQL as the weak role of the server, and as the owner of the tables */
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly auditUrl: string;
  // biome-ignore lint/suspicious/noExplicitAny: an untyped query answers what the test knows it to be
  graphql<T = any, V = Record<string, unknown>>(
    query: string | TypedDocumentNode<T, V>,
    variables?: V,
    options?: GraphqlOptions,
  ): Promise<Answer<T>>;
  /** What `hub token` prints, without its half second. */
  token(options: TokenOptions): Promise<string>;
  /** `hub COMMAND` beside the server */
  cli(args: readonly string[], options?: { input?: string | Buffer }): Promise<CommandResult>;
  /** the exit code, once it has ended by itself or by a signal */
  readonly ended: Promise<number | null>;
  /** Sends the signal and waits for the end; the data stay. SIGKILL leaves Postgres running, as it would be. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends whatever runs on the data folder, and removes it. For `afterAll`. */
  remove(): Promise<void>;
}

/** Starts the built hub as a process of its own, on a free port and its own data. */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const demo = options.demo ?? true;
  const dataDir = options.dataDir ?? (await freshData(demo));
  const env = environment(dataDir, demo, { ...(options.now ? { HUB_NOW: options.now } : {}), ...options.env });
  const server = await launch(env).catch(async (error: unknown) => {
    if (!options.dataDir) await discard(dataDir);
    throw error;
  });
  const cluster = await ensureCluster(dataDir);
  const keys = await loadKeys({ keyFile: env['HUB_KEYS'] ?? join(dataDir, 'keys.json'), database: null });
  const cli: Hub['cli'] = (args, { input } = {}) => command(env, args, input);
  return {
    url: server.url,
    dataDir,
    log: server.log,
    ended: server.ended,
    appUrl: urlOf(cluster, 'hub_app'),
    ownerUrl: urlOf(cluster, 'hub_owner'),
    auditUrl: urlOf(cluster, 'hub_audit'),
    cli,
    graphql: (query, variables, given) => ask(server.url, query, variables, given),
    token({ role, ttl = '1h', user, department, subject, duties }) {
      const claims = { roles: [role as Role], department, subject, duties: duties && [...duties] };
      return mintDemoToken(keys, { user: user ?? JSON.stringify(claims), ...claims }, ttl);
    },
    stop: (signal = 'SIGTERM') => {
      server.child.kill(signal);
      return server.ended;
    },
    async remove() {
      if (server.child.exitCode === null && server.child.signalCode === null) server.child.kill('SIGTERM');
      await server.ended;
      await discard(dataDir);
    },
  };
}

async function discard(dataDir: string): Promise<void> {
  await stopStrays(dataDir);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}

async function freshData(demo: boolean): Promise<string> {
  const template = await templateFolder({ HUB_DEMO: demo ? '1' : '0' }, async (folder) => {
    const first = await launch(environment(folder, demo, {}));
    first.child.kill('SIGTERM');
    const code = await first.ended;
    if (code !== 0) throw new Error(`the first start ended with ${code}:\n${first.log.join('\n')}`);
  });
  const run = process.env['HUB_TEST_RUN'] ?? (await runFolder());
  const dataDir = join(run, randomBytes(5).toString('hex'));
  await copyTemplate(template, dataDir);
  return dataDir;
}

/** The user's own variables for the hub must not reach the tests. */
function environment(dataDir: string, demo: boolean, more: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(HUB_|DATABASE_URL$|PORT$|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(own), HUB_DATA: dataDir, HUB_DEMO: demo ? '1' : '0', PORT: '0', ...more };
}

interface Server {
  child: ChildProcess;
  url: string;
  log: string[];
  ended: Promise<number | null>;
}

async function launch(env: NodeJS.ProcessEnv): Promise<Server> {
  const main = join(projectRoot, 'dist/main.js');
  if (!existsSync(main)) throw new Error('dist/main.js is missing: npm test builds it first');
  const child = spawn(process.execPath, [main], { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then((code) =>
      reject(new Error(`the hub ended with ${code} before it was ready:\n${log.slice(-20).join('\n')}`)),
    );
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      const said = parseJson(line);
      if (said?.msg === 'ready' && said.url) resolve(said.url.replace(/\/$/, ''));
    });
  });
  return { child, url, log, ended };
}

function parseJson(line: string): { msg?: string; url?: string } | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function ask<T, V>(
  url: string,
  query: string | TypedDocumentNode<T, V>,
  variables: V | undefined,
  { token, path = '/graphql', headers: more }: GraphqlOptions = {},
): Promise<Answer<T>> {
  const { status, headers, text } = await post(
    `${url}${path}`,
    {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...more,
    },
    JSON.stringify({ query: typeof query === 'string' ? query : print(query as DocumentNode), variables }),
  );
  let body: { data?: T | null; errors?: GraphqlError[] };
  try {
    body = JSON.parse(text);
  } catch {
    throw new Error(`${status} without a JSON body: ${text.slice(0, 500)}`);
  }
  return { status, headers, data: body.data, errors: body.errors ?? [] };
}

function command(env: NodeJS.ProcessEnv, args: readonly string[], input?: string | Buffer): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), ...args], {
    cwd: projectRoot,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout: out.join(''), stderr: err.join('') }));
  });
}
