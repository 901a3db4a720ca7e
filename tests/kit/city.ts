import { CityProcess } from '../../src/cli/city.js';

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
  const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
  const { city, hello } = await CityProcess.start({ id, hubId }, env);
  const ask = <T>(does: string, what?: object) => city.ask<T>(does, what);
  return {
    ...hello,
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
    stop: () => city.stop(),
  };
}
