import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execute, type GraphQLSchema, parse } from 'graphql';
import pg from 'pg';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { type Keys, loadKeys } from '../../src/platform/crypto.js';
import { HubError } from '../../src/platform/errors.js';
import { ensureCluster } from '../../src/platform/postgres/cluster.js';
import { superuserClient } from '../../src/platform/postgres/hold.js';
import { DATABASE } from '../../src/platform/postgres/logins.js';
import { TYPES } from '../../src/platform/postgres/types.js';
import { buildGuardedSchema, buildPlainSchema } from '../../src/schema/build.js';
import { RequestContext } from '../../src/server/context.js';
import { readSession } from '../../src/services/session.js';
import { type Hub, startHub } from '../kit/hub.js';
import { CALLERS, type Caller, stated, TODAY } from './cast.js';
import { walkDocument } from './documents.js';
import { linesOf, rowVisible, STAGES, type Stage } from './expected.js';
import { chunksOf, variablesOf } from './rows.js';
import { type Seed, seed } from './seed/index.js';
import { type Seeded, situationFor } from './seed/world.js';

let hub: Hub;
let seeded: Seed;
let keys: Keys;
let superuser: pg.Client;
/** the weak login, and the same while row security does not bind its roles */
let [weak, beyond] = [] as unknown as [pg.Pool, pg.Pool];

beforeAll(async () => {
  hub = await startHub({ demo: false, now: TODAY, env: { HUB_LISTING_STATEMENT_DAYS: '0', HUB_POOL: '2' } });
  seeded = await seed(hub);
  superuser = superuserClient(await ensureCluster(hub.dataDir), DATABASE);
  await superuser.connect();
  weak = new pg.Pool({ connectionString: hub.appUrl, max: 4, types: TYPES });
  beyond = new pg.Pool({ connectionString: hub.appUrl, max: 4, types: TYPES });
  keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
});
afterAll(async () => {
  await weak?.end();
  await beyond?.end();
  await superuser?.end();
  await seeded?.close();
  await hub?.remove();
});

interface Walked {
  row: Seeded;
  data: Record<string, unknown> | null;
  /** path below the row → code */
  errors: Map<string, string>;
}

/** Every field of every row, asked of a schema and a pool in this process: one of the two judges may be missing. */
async function walked(schema: GraphQLSchema, pool: pg.Pool, caller: Caller, stage: Stage): Promise<Walked[]> {
  const all: Walked[] = [];
  for (const chunk of chunksOf(seeded.world.rows, 20)) {
    const facts = { actor: stated(caller, stage), language: 'en' as const, traceId: '', idempotencyKey: null };
    const context = new RequestContext(
      facts,
      keys,
      {
        listingStatementDays: 0,
        sealDays: 180,
        statistics: { threshold: 10, rounding: 5 },
        cycleDays: null,
        workHours: [],
      },
      {} as never,
    );
    context.planned = false;
    context.openRead(readSession(pool, facts.actor, TODAY));
    const { data, errors } = await execute({
      schema,
      document: parse(walkDocument(schema, chunk.length)),
      contextValue: context,
      variableValues: variablesOf(chunk),
    });
    for (const [i, row] of chunk.entries()) {
      const own = (errors ?? []).filter(({ path }) => path?.[0] === `r${i}`);
      all.push({
        row,
        data: (data?.[`r${i}`] ?? null) as Walked['data'],
        errors: new Map(
          own.map(({ path, originalError, message }) => [
            (path ?? []).slice(1).join('.'),
            originalError instanceof HubError ? originalError.code : message,
          ]),
        ),
      });
    }
  }
  return all;
}

const names = CALLERS.map((caller) => [`${caller.role} ${caller.self}`, caller] as const);
const secretsIn = (walk: Walked[]): string[] => {
  const text = JSON.stringify(walk.map(({ data }) => data));
  return seeded.world.secrets.filter((secret) => text.includes(secret));
};
/** Roles that expected.csv shows no personal text whole, whatever they state. */
const seesNone = ({ role }: Caller): boolean =>
  linesOf('field')
    .filter(({ target, situation }) => /^NaturalPerson\.(name|citizenId)$/.test(target) || /texts/.test(situation))
    .every(({ cells }) => cells[role] !== 'value');

describe('without graphql-shield, Postgres still refuses', () => {
  test.each(names)('%s: rows and what is kept beside them', async (_name, caller) => {
    const schema = buildPlainSchema();
    const faults: string[] = [];
    for (const stage of STAGES) {
      const walk = await walked(schema, weak, caller, stage);
      for (const { row, data } of walk) {
        const situation = situationFor(row, caller);
        const visible = rowVisible(row.type, situation, caller.role, stage);
        if ((data !== null) !== visible)
          faults.push(`${stage}: ${row.type} | ${situation} is ${visible ? 'missed' : 'seen'}`);
      }
      if (seesNone(caller)) faults.push(...secretsIn(walk).map(() => `${stage}: a whole text`));
    }
    expect(faults).toEqual([]);
  });
});

/** Types by the label of their fields: to a role that never reads any of a label's, shield refuses them all. */
const BY_LABEL = [['Commitment', 'CreditCheck', 'ImportBatch'], ['AccessEvent']];
/** Fields narrower than their row. */
const GUARDED_FIELDS: [string, RegExp][] = [
  ['Organisation.accessLog', /^/],
  ['Organisation.legalRepresentative', /^individual business/],
  ['NaturalPerson.citizenId', /^/],
  ['NaturalPerson.accessLog', /^/],
];

const isRefusal = (code?: string) => code === 'FORBIDDEN' || code === 'CONSENT_REQUIRED';

describe('without row security, graphql-shield still refuses', () => {
  const schema = buildGuardedSchema();
  const each = (attribute: string) =>
    superuser.query(POSTGRES_ROLES.map((role) => `alter role ${role} ${attribute}`).join(';'));
  beforeAll(() => each('bypassrls'));
  afterAll(() => each('nobypassrls'));
  test.each(names)('%s: every field that its role never reads, and every whole text', async (_name, caller) => {
    const never = (kind: 'row' | 'field', target: string) =>
      linesOf(kind)
        .filter((line) => line.target === target)
        .every(({ cells }) => cells[caller.role] === '');
    const walk = await walked(schema, beyond, caller, 'case');
    const codes = ({ errors }: Walked) => [...errors.values()];
    const faults: string[] = [];
    const refused = BY_LABEL.filter((types) => types.every((type) => never('row', type))).flat();
    for (const one of walk.filter(({ row }) => refused.includes(row.type))) {
      if (one.data !== null || !codes(one).some(isRefusal)) faults.push(`${one.row.type} | ${one.row.situation}`);
    }
    for (const [coordinate, situation] of GUARDED_FIELDS) {
      const [type = ''] = coordinate.split('.');
      const alias = coordinate.replace('.', '__');
      if (!never('field', coordinate)) continue;
      for (const { row, data, errors } of walk) {
        if (row.type !== type || !situation.test(row.situation) || data === null) continue;
        if (data[alias] !== null || !isRefusal(errors.get(alias))) faults.push(`${coordinate} | ${row.situation}`);
      }
    }
    if (seesNone(caller)) faults.push(...secretsIn(walk).map(() => 'a whole text'));
    expect(faults).toEqual([]);
    expect(refused.length).toBeGreaterThanOrEqual(caller.role === 'AUDITOR' || caller.role === 'SUBJECT' ? 0 : 1);
    // Row security is off indeed: what is open is there, whoever asks; of tables that a role never reads, their ids alone.
    expect(walk.filter(({ data }) => data !== null).length).toBeGreaterThan(seeded.world.rows.length / 5);
  });
});
