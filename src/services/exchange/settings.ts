import { z } from 'zod';
import { itemOf } from '../../catalogue/index.js';
import { LISTS } from '../../catalogue/lists.js';
import { mayIdentify, mayShare, RANKS, SHAREABLE } from '../../permissions/agreements.js';
import { shortName as name, readSettings } from '../settingsFile.js';

const seconds = (usual: number) => z.number().min(0.01).max(86_400).default(usual);
const httpUrl = z.url({ protocol: /^https?$/ });
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL');
const identifier = z
  .string()
  .regex(/^[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]{0,62}$/, 'must be the name of a schema, table or column');

const isItem = (code: string) => code === '*' || itemOf(code) !== undefined;
const isList = (code: string) => code === '*' || LISTS.some((list) => list.code === code);
/** A code that is mistyped would send nothing, and nobody would be told. */
const scope = z.string().refine(
  (text) => {
    const [kind, code = '', ...more] = text.split('/');
    if (more.length > 0) return false;
    return kind === 'ITEM' ? isItem(code) : kind === 'LIST' ? isList(code) : text === 'COMMITMENT';
  },
  { error: 'is ITEM/CODE, LIST/CODE or COMMITMENT, of the catalogue' },
);

const agreement = z.strictObject({
  items: z.array(z.string().refine(isItem, { error: 'is no item of the catalogue' })).default([]),
  lists: z.array(z.string().refine(isList, { error: 'is no list of the catalogue' })).default([]),
  commitments: z.boolean().default(false),
  labels: z.array(z.enum(SHAREABLE)).default(['OPEN']),
  fields: z.record(scope, z.array(z.string())).default({}),
  identities: z.boolean().default(false),
});

const publicKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});

/** What identities are sealed to. */
const encryptionKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('X25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});

const partner = z
  .strictObject({
    id: name,
    rank: z.enum(RANKS),
    agreement,
    /** HTTP: its receiver; TABLE: a 前置库 that it reads */
    receiver: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('HTTP'), url: httpUrl, timeoutSeconds: seconds(20) }),
      z.strictObject({ kind: z.literal('TABLE'), database: postgresUrl, schema: identifier }),
    ]),
    /** of what it sends here, and of its answers: without one nothing that comes over HTTP could be believed */
    publicKey: publicKey.optional(),
    encryptionKey: encryptionKey.optional(),
    batch: z.int().min(1).max(500).default(50),
    retry: z
      .strictObject({
        firstSeconds: seconds(5),
        longestSeconds: seconds(3600),
        attempts: z.int().min(1).max(100).default(8),
      })
      .prefault({}),
  })
  .refine(({ rank, agreement: { labels } }) => labels.every((label) => mayShare(rank, label)), {
    path: ['agreement', 'labels'],
    error: 'AUTHORISED goes to no platform beside the county’s',
  })
  .refine(({ receiver: { kind }, publicKey: key }) => kind !== 'HTTP' || key !== undefined, {
    path: ['publicKey'],
    error: 'is what answers over HTTP are checked by',
  })
  .refine(({ rank, agreement: { identities, labels } }) => !identities || mayIdentify(rank, labels), {
    path: ['agreement', 'identities'],
    error: 'go to a platform above the county’s alone, whose agreement lists PERSONAL',
  })
  .refine(
    ({ agreement: { identities }, receiver: { kind }, encryptionKey: key }) =>
      !identities || (kind === 'HTTP' && key !== undefined),
    { path: ['encryptionKey'], error: 'is what identities are sealed to, over HTTP alone' },
  );

const source = z.strictObject({
  id: name,
  /** 统一社会信用代码 of the department whose table it is */
  department: z.string(),
  item: z.string().refine((code) => itemOf(code) !== undefined, { error: 'is no item of the catalogue' }),
  database: postgresUrl,
  schema: identifier,
  table: identifier,
  /** when a row was written, by the clock of the database that wrote it */
  timeColumn: identifier,
  idColumn: identifier,
  /** true in it: the row is withdrawn */
  withdrawnColumn: identifier.optional(),
  /** how long a transaction there may take: rows are looked for again that far back */
  overlapSeconds: z.number().min(0).max(604_800).default(600),
});

const file = z
  .strictObject({
    /** what this hub is called by its partners */
    id: name,
    partners: z.array(partner).default([]),
    sources: z.array(source).default([]),
  })
  .refine(({ partners }) => new Set(partners.map(({ id }) => id)).size === partners.length, {
    path: ['partners'],
    error: 'must have ids of their own',
  })
  .refine(({ sources }) => new Set(sources.map(({ id }) => id)).size === sources.length, {
    path: ['sources'],
    error: 'must have ids of their own',
  });

export type ExchangeSettings = z.infer<typeof file>;
export type Partner = ExchangeSettings['partners'][number];
export type Source = ExchangeSettings['sources'][number];

/** The partners and sources of HUB_EXCHANGE. @throws {ConfigError} */
export const loadExchange = (path: string): Promise<ExchangeSettings> => readSettings('HUB_EXCHANGE', path, file);
