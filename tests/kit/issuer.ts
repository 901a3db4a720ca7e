import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from './templates.js';

export const AUDIENCE = 'https://hub.example/graphql';

/** Who may ask the issuer for a token, and what its tokens say. */
type Claims = Record<string, unknown>;
export type Clients = Record<
  string,
  | { alg?: string; claims: Claims }
  /** one that people sign in by: what their tokens say, and where they are sent back to */
  | { alg?: string; people: Record<string, Claims>; redirect: string }
>;

export interface SignOptions {
  alg?: string;
  header?: Record<string, unknown>;
  claims: Record<string, unknown>;
}

export interface Issuer {
  readonly url: string;
  /** of every client */
  readonly secret: string;
  /** An access token by client credentials, as a client of the hub would get it. */
  token(client: string): Promise<string>;
  /** What the issuer itself would never say, under its current key. */
  sign(options: SignOptions): Promise<string>;
  /** New keys sign from now on; the old ones are published still. */
  rotate(): Promise<void>;
  /** Old keys are published no longer. */
  withdraw(): Promise<void>;
  /** `hang` takes requests and answers none; `broken` answers 500. */
  mode(to: 'up' | 'hang' | 'broken'): Promise<void>;
  /** How often the key set was asked for so far. */
  reads(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a real OpenID provider as a process of its own. */
export async function startIssuer(clients: Clients): Promise<Issuer> {
  const program = join(projectRoot, 'tests/kit/issuer.mjs');
  const child = spawn(process.execPath, [program, JSON.stringify({ clients })], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting = new Map<number, (answer: unknown) => void>();
  const { url, secret } = await new Promise<{ url: string; secret: string }>((resolve, reject) => {
    void ended.then(() => reject(new Error(`the issuer ended:\n${said.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      // The provider warns on stdout too.
      if (!line.startsWith('{')) return;
      const message = JSON.parse(line);
      if (message.url) resolve(message);
      else waiting.get(message.id)?.(message.answer);
    });
  });
  let asked = 0;
  const ask = <T>(does: string, what: object = {}) =>
    new Promise<T>((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, resolve as (answer: unknown) => void);
      void ended.then(() => reject(new Error(`the issuer ended:\n${said.join('\n')}`)));
      child.stdin.write(`${JSON.stringify({ id, does, ...what })}\n`);
    });
  return {
    url,
    secret,
    async token(client) {
      const answer = await fetch(`${url}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: client,
          client_secret: secret,
          resource: AUDIENCE,
        }),
      });
      const body = (await answer.json()) as { access_token?: string };
      if (!body.access_token) throw new Error(`no token: ${answer.status} ${JSON.stringify(body)} ${said.join('\n')}`);
      return body.access_token;
    },
    sign: (options) => ask<string>('sign', options),
    rotate: () => ask('rotate'),
    withdraw: () => ask('withdraw'),
    mode: (to) => ask('mode', { to }),
    reads: () => ask<number>('reads'),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
