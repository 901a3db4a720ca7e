import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from './templates.js';

export interface Message {
  id: string;
  content: {
    subjectSeq: number;
    event: string;
    scope: string;
    date: string;
    rowId: string;
    revision: number;
    subject?: { id: string; kind: string; name: string; code?: string };
    data?: Record<string, unknown>;
    [part: string]: unknown;
  };
}

export interface Faults {
  down?: boolean;
  slow?: boolean;
  errors?: boolean;
  /** acknowledges every n-th message and loses it */
  lose?: number;
  twice?: boolean;
  /** rejects what contains this text */
  reject?: string;
  /** what it says then */
  reason?: string;
  /** signs its answers not at all, with another key, over another body, or with an earlier answer's signature */
  answers?: 'unsigned' | 'forged' | 'altered' | 'replayed';
  /** answers an error of its own for this row */
  poison?: string;
}

export interface Seen {
  requests: number;
  refused: number;
  applied: number;
  repeated: number;
  outOfOrder: [string, number, number][];
  messages: string[];
  lost: string[];
}

export interface City {
  readonly url: string;
  readonly publicKey: { kty: string; crv: string; x: string };
  readonly encryptionKey: { kty: string; crv: string; x: string };
  hubKey(jwk: object): Promise<void>;
  identities(): Promise<{ subjectId: string; documentType: string; documentNumber: string; name: string }[]>;
  saw(text: string): Promise<boolean>;
  faults(to: Faults): Promise<void>;
  seen(): Promise<Seen>;
  /** newest content of every row, by row */
  state(): Promise<[string, unknown][]>;
  ledger(): Promise<Message[]>;
  alter(at: number): Promise<string>;
  double(at: number): Promise<string>;
  drop(at?: number): Promise<string>;
  invent(key: string, date: string): Promise<string>;
  forget(): Promise<void>;
  post(url: string, messages: object[], as?: object): Promise<{ status: number; body: PostAnswer }>;
  readTable(database: string, schema: string, sign?: boolean): Promise<number>;
  /** resolves when `at` has happened `times` more often */
  watch(at: 'received' | 'applied' | 'answered', times: number): Promise<void>;
  stop(): Promise<void>;
}

interface PostAnswer {
  receipts?: { id: string; state: string; reason?: string }[];
  errors?: { message: string; extensions: { code: string } }[];
}

/** Starts the city platform's side as a process of its own. */
export async function startCity(id = 'city', hubId = 'county'): Promise<City> {
  const program = join(projectRoot, 'scripts/city.mjs');
  const child = spawn(process.execPath, [program, JSON.stringify({ id, hubId })], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const { url, publicKey, encryptionKey } = await new Promise<Pick<City, 'url' | 'publicKey' | 'encryptionKey'>>(
    (resolve, reject) => {
      void ended.then(() => reject(new Error(`the city ended:\n${said.join('\n')}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const message = JSON.parse(line);
        if (message.url) resolve(message);
        else if (message.error) waiting.get(message.id)?.reject(new Error(`the city: ${message.error}`));
        else waiting.get(message.id)?.resolve(message.answer);
      });
    },
  );
  let asked = 0;
  const ask = <T>(does: string, what: object = {}) =>
    new Promise<T>((resolve, reject) => {
      const number = ++asked;
      waiting.set(number, { resolve: resolve as (answer: unknown) => void, reject });
      void ended.then(() => reject(new Error(`the city ended:\n${said.join('\n')}`)));
      child.stdin.write(`${JSON.stringify({ id: number, does, ...what })}\n`);
    });
  return {
    url,
    publicKey,
    encryptionKey,
    identities: () => ask('identities'),
    saw: (text) => ask('saw', { text }),
    hubKey: (jwk) => ask('hubKey', { jwk }),
    faults: (to) => ask('faults', { to }),
    seen: () => ask('seen'),
    state: () => ask('state'),
    ledger: () => ask('ledger'),
    alter: (at) => ask('alter', { at }),
    double: (at) => ask('double', { at }),
    drop: (at) => ask('drop', { at }),
    invent: (key, date) => ask('invent', { key, date }),
    forget: () => ask('forget'),
    post: (hub, messages, as) => ask('post', { url: hub, messages, as }),
    readTable: (database, schema, sign) => ask('readTable', { database, schema, sign }),
    watch: (at, times) => ask('watch', { at, times }),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
