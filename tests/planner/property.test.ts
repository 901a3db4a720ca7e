import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { execute, type GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import pg from 'pg';
import { type Actor, ANONYMOUS } from '../../src/permissions/actor.js';
import { PURPOSE_NAMES } from '../../src/permissions/purposes.js';
import { ROLE_NAMES } from '../../src/permissions/roles.js';
import type { Completer } from '../../src/planner/complete.js';
import { type Keys, loadKeys } from '../../src/platform/crypto.js';
import { HubError } from '../../src/platform/errors.js';
import { toGlobalId } from '../../src/platform/ids.js';
import { TYPES } from '../../src/platform/postgres/types.js';
import { buildSchemas } from '../../src/schema/build.js';
import { RequestContext } from '../../src/server/context.js';
import { encodeCursor } from '../../src/services/reading/shape.js';
import { readSession } from '../../src/services/session.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { operationOf, type Pools, randomOf } from './operations.js';

// The same operation answers the same through the planner and through plain resolvers, and leaves the same trail.
const RUNS = Number(process.env['HUB_PLANNER_RUNS'] ?? 5_000);
const TODAY = new Date().toISOString().slice(0, 10);

let hub: Hub;
let pool: pg.Pool;
let keys: Keys;
let schema: GraphQLSchema;
let completer: Completer;
let pools: Pools;
let actors: Actor[];

beforeAll(async () => {
  hub = await startHub();
  pool = new pg.Pool({ connectionString: hub.appUrl, max: 4, types: TYPES });
  keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
  ({ guarded: schema, completer } = buildSchemas());
  const column = async (text: string) => (await sql<{ v: string }>(hub.ownerUrl, text)).map(({ v }) => v);
  const ids = async (type: string, from: string) =>
    (await column(`select id as v from ${from} limit 6`)).map((id) => toGlobalId(type, id));
  const codes = await column('select code as v from subject where code is not null order by code limit 40');
  const people = await column(`select id as v from subject where kind = 'NATURAL_PERSON' order by id limit 4`);
  pools = {
    codes,
    names: ['示例', '演示'],
    lists: await column('select code as v from credit_list'),
    items: await column('select code as v from catalogue_item'),
    receipts: await column('select receipt_no as v from credit_check'),
    ids: [
      ...(await ids('Organisation', 'subject')),
      ...people.map((id) => toGlobalId('NaturalPerson', id)),
      ...(await ids('PenaltyRecord', `credit_record where record_type = 'PENALTY'`)),
      ...(await ids('PermitRecord', `credit_record where record_type = 'PERMIT'`)),
      ...(await ids('CatalogueRecord', `credit_record where record_type = 'OTHER'`)),
      ...(await ids('ListEntry', 'list_entry')),
      ...(await ids('Commitment', 'commitment')),
      ...(await ids('ImportBatch', 'import_batch')),
      ...(await ids('Measure', 'measure')),
      ...(await ids('ServiceMatter', 'service_matter')),
    ],
    cursors: [
      encodeCursor([TODAY, '0fffffff-ffff-4fff-8fff-ffffffffffff']),
      encodeCursor([codes[9]!, '00000000-0000-4000-8000-000000000000']),
    ],
  };
  const departments = await sql<{ id: string; code: string; name: string; functions: string[] }>(
    hub.ownerUrl,
    'select id, code, name, functions from department order by code',
  );
  const subjects = [
    ...people,
    ...(await column('select subject_id as v from list_entry group by 1 order by 1 limit 3')),
  ];
  await bringMarketInformation(subjects);
  pools.ids.push(...(await ids('MarketRecord', 'market_record')));
  actors = ROLE_NAMES.flatMap((role) =>
    departments.slice(0, 4).map(
      (department, i): Actor => ({
        ...ANONYMOUS,
        role,
        user: 'demo-hall',
        department: ['PUBLIC', 'SUBJECT', 'AUDITOR'].includes(role) ? null : department,
        subjectId: role === 'SUBJECT' ? (subjects[i] ?? null) : null,
      }),
    ),
  );
});
/** The county has none: rows about some of the organisations, told of to every role that an agreement can name. */
async function bringMarketInformation(subjects: readonly string[]): Promise<void> {
  const readers = ['SERVICE_HALL', 'DEPARTMENT', 'COURT', 'CREDIT_OFFICE'].flatMap((role) =>
    PURPOSE_NAMES.map((purpose) => `${role}/${purpose}`),
  );
  await sql(
    hub.ownerUrl,
    `insert into collection_agreement (id, document_no, document_hash, body_id, body_role, item_ids, items, readers, valid_from, valid_to,
       after_end, state, department_id, proposed_on, proposed_by)
     select gen_random_uuid(), '示例协1号', repeat('ab', 32), s.id, 'ASSOCIATION', array[i.id], '[]', $1, '2026-01-01', '2099-12-31', 'KEEP',
       'IN_FORCE', d.id, '2026-01-01', 'x'
     from catalogue_item i, department d, subject s where i.code = 'SC_HYJC' and d.functions @> '{DEVELOPMENT_REFORM}' and s.code like '52%' limit 1`,
    [readers],
  );
  await sql(
    hub.ownerUrl,
    `insert into market_record (id, item_id, agreement_id, agreement_no, body_id, subject_id, subject_kind, document_no, decided_on, expires_on,
       state, "values", business_key, content_hash, as_of, received_on)
     select gen_random_uuid(), a.item_ids[1], a.id, a.document_no, a.body_id, s.id, s.kind, '示例' || n, date '2026-03-02' + n, '2099-12-31',
       'ACTIVE', '{}', s.id || ' ' || n, 'x', now(), '2026-03-09'
     from collection_agreement a, generate_series(1, 3) n, subject s
     where s.kind <> 'NATURAL_PERSON' and (s.id = any($1) or s.code in (select code from subject where code is not null order by code limit 40))`,
    [subjects],
  );
}

afterAll(async () => {
  await pool.end();
  await hub.remove();
});

const codeOf = (error: GraphQLError) =>
  error.originalError instanceof HubError ? error.originalError.code : error.message;

async function ask(
  actor: Actor,
  document: ReturnType<typeof parse>,
  variableValues: Record<string, unknown>,
  how: 'plain' | 'planned' | 'completed',
) {
  const facts = { actor, language: 'zh' as const, traceId: '', idempotencyKey: null };
  const context = new RequestContext(
    facts,
    keys,
    {
      listingStatementDays: 5,
      sealDays: 180,
      statistics: { threshold: 10, rounding: 5 },
      cycleDays: null,
      workHours: [],
    },
    {} as never,
  );
  context.planned = how !== 'plain';
  let statements = 0;
  const session = readSession(pool, actor, TODAY);
  context.openRead({
    ...session,
    query(statement) {
      statements++;
      return session.query(statement);
    },
  });
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const completed =
    how === 'completed' && operation
      ? await completer.complete({ document, operation, variables: variableValues }, context)
      : null;
  // As the server does: what was not completed is executed, on what was read already.
  const { data, errors } = completed
    ? { data: completed, errors: undefined }
    : await execute({ schema, document, contextValue: context, variableValues });
  return {
    statements,
    completed: completed !== null,
    text: JSON.stringify(data),
    answer: {
      data,
      errors: errors?.map((error) => `${error.path?.join('.')} ${codeOf(error)}`).sort(),
      labels: [...context.trail.labels].sort(),
      subjects: [...context.trail.subjects].sort(),
    },
  };
}

/** Node's own comparison is the stricter, and many times as fast; where it finds a difference, Jest says which. */
function same(answer: object, plain: object): void {
  if (!isDeepStrictEqual(answer, plain)) expect(answer).toEqual(plain);
}

test(`${RUNS} generated operations answer alike`, async () => {
  // Many a refusal is made and none is read: graphql asks each for its stack, which Jest would trace to its source.
  Error.stackTraceLimit = 0;
  const total = { planned: 0, plain: 0, rows: 0, refused: 0, completed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat(0xffffffff), async (seed) => {
      const random = randomOf(seed ^ 0x5eed);
      const purpose = random.chance(0.5) ? random.pick(PURPOSE_NAMES) : null;
      const actor = { ...random.pick(actors), purpose, caseNo: random.chance(0.5) ? 'CASE-1' : null };
      const operation = operationOf(schema, pools, seed);
      const document = parse(operation.document);
      const invalid = validate(schema, document);
      if (invalid.length > 0) throw new Error(`not a valid operation: ${invalid[0]}\n${operation.document}`);
      const plain = await ask(actor, document, operation.variables, 'plain');
      const planned = await ask(actor, document, operation.variables, 'planned');
      // Asked again, the plan comes from its cache.
      const cached = await ask(actor, document, operation.variables, 'planned');
      const completed = await ask(actor, document, operation.variables, 'completed');
      try {
        same(planned.answer, plain.answer);
        same(cached.answer, plain.answer);
        same(completed.answer, plain.answer);
        // letter by letter: the order of an answer's keys is that of its selection
        expect(completed.text).toBe(planned.text);
      } catch (error) {
        throw new Error(
          `${actor.role} ${purpose}\n${operation.document}\n${JSON.stringify(operation.variables)}\n${error}`,
        );
      }
      total.planned += planned.statements;
      total.plain += plain.statements;
      if (completed.completed) total.completed++;
      if (plain.answer.errors) total.refused++;
      if (JSON.stringify(plain.answer.data ?? '').length > 200) total.rows++;
    }),
    { seed: 370830, numRuns: RUNS, endOnFailure: true },
  );
  // The comparison is of something: most operations bring rows, some are refused, and the planner asks less.
  expect(total.rows).toBeGreaterThan(RUNS * 0.3);
  expect(total.refused).toBeGreaterThan(RUNS * 0.05);
  expect(total.completed).toBeGreaterThan(RUNS * 0.2);
  expect(total.planned).toBeLessThan(total.plain * 0.8);
}, 600_000);

test('a row of more columns and relations than a function of Postgres takes arguments', async () => {
  const pages = Array.from({ length: 100 }, (_, i) => `p${i + 1}: records(first: ${i + 1}) { nodes { documentNo } }`);
  const document =
    parse(`query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { id name kind ${pages.join(' ')}
    ... on Organisation { code parent { name branches(first: 3) { nodes { name } } } } } }`);
  expect(validate(schema, document)).toEqual([]);
  const [{ code } = { code: '' }] = await sql<{ code: string }>(
    hub.ownerUrl,
    `select s.code from subject s join credit_record r on r.subject_id = s.id where s.code is not null
     group by 1 order by count(*) desc, 1 limit 1`,
  );
  const plain = await ask(ANONYMOUS, document, { code }, 'plain');
  const completed = await ask(ANONYMOUS, document, { code }, 'completed');
  expect(completed).toMatchObject({ completed: true, statements: 1, text: plain.text });
  expect(plain.text).toContain('"p100":{"nodes":[{');
});
