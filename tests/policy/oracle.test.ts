import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { PERSONS } from '../../src/demo/cast.js';
import { toGlobalId } from '../../src/platform/ids.js';
import { encodeCursor } from '../../src/services/reading/shape.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { operationOf, type Pools, randomOf } from '../planner/operations.js';

// Two databases that differ only in what these callers may not see, asked the same: whatever the hub tells apart, by a
// value, an order, a count, a page, a cursor, an error or a length, would be told by a byte.
const OPERATIONS = 1_200;

/** the business date: the county's, not the database's */
const TODAY = `(now() at time zone 'Asia/Shanghai')::date`;
const HIDDEN_RECORD = `subject_kind = 'NATURAL_PERSON' or disclosure <> 'PUBLIC' or state <> 'ACTIVE' or public_from is null
  or public_from > ${TODAY} or public_until < ${TODAY} or expires_on < ${TODAY}`;
const HIDDEN_ENTRY = `subject_kind = 'NATURAL_PERSON' or state <> 'LISTED' or ends_on < ${TODAY}`;
const OTHERWISE = [
  `update subject set name = '某**', name_key = '某**', id_masked = '110101********0000' where kind = 'NATURAL_PERSON'`,
  // one more, called as many organisations are
  `insert into subject (id, kind, name, name_key, id_masked, as_of)
   values (gen_random_uuid(), 'NATURAL_PERSON', '示例*', '示例*', '110101********0001', now())`,
  'delete from person_identity',
  `update credit_record set document_no = '换〔2026〕' || left(id::text, 8), decided_on = decided_on - 300, content = '换', facts = '换',
     violation = '换', basis = '换', fine = 999999, authority_id = provider_id,
     state = case state when 'ACTIVE' then 'REVOKED' else 'REPAIRED' end
   where ${HIDDEN_RECORD}`,
  `update list_entry set reason = '换', document_no = '换' || left(id::text, 8), proposed_on = proposed_on - 100,
     state = case state when 'PROPOSED' then 'WITHDRAWN' when 'LISTED' then 'LISTED' else 'REVOKED' end
   where ${HIDDEN_ENTRY}`,
  `update commitment set content = '换', made_on = made_on - 200, state = 'BREACHED', due_on = null`,
  `delete from commitment c where not exists (select from credit_check_finding f where f.commitment_id = c.id)
     and get_byte(uuid_send(id), 15) % 2 = 0`,
  `update credit_check set verdict = 'RESTRICTED', name_matches = not coalesce(name_matches, false)`,
  'update import_batch set read = read + 7, rejected = rejected + 7',
];

let twins: [Hub, Hub];
let schema: GraphQLSchema;
let pools: Pools;

beforeAll(async () => {
  twins = [await startHub(), await startHub()];
  const [one, other] = twins;
  for (const statement of OTHERWISE) await sql(other.ownerUrl, statement);
  schema = buildClientSchema((await one.graphql(getIntrospectionQuery())).data);
  const column = async (text: string) => (await sql<{ v: string }>(one.ownerUrl, text)).map(({ v }) => v);
  const ids = async (type: string, from: string) =>
    (await column(`select id as v from ${from} order by id limit 8`)).map((id) => toGlobalId(type, id));
  const people = await column(`select id as v from subject where kind = 'NATURAL_PERSON' order by id limit 8`);
  pools = {
    codes: await column('select code as v from subject where code is not null order by code limit 60'),
    names: ['示例', '某', '换', ...Object.values(PERSONS).map(({ name }) => name.slice(0, 2))],
    lists: await column('select code as v from credit_list'),
    items: await column('select code as v from catalogue_item'),
    receipts: await column('select receipt_no as v from credit_check limit 10'),
    ids: [
      ...(await ids('Organisation', `subject where kind <> 'NATURAL_PERSON'`)),
      ...people.flatMap((id) => [toGlobalId('NaturalPerson', id), toGlobalId('Organisation', id)]),
      ...(await ids('PenaltyRecord', `credit_record where record_type = 'PENALTY' and (${HIDDEN_RECORD})`)),
      ...(await ids('PermitRecord', `credit_record where record_type = 'PERMIT' and (${HIDDEN_RECORD})`)),
      ...(await ids('PermitRecord', `credit_record where record_type = 'PENALTY' and (${HIDDEN_RECORD})`)),
      ...(await ids('PenaltyRecord', `credit_record where record_type = 'PENALTY' and not (${HIDDEN_RECORD})`)),
      ...(await ids('ListEntry', `list_entry where ${HIDDEN_ENTRY}`)),
      ...(await ids('Commitment', 'commitment')),
      ...(await ids('CreditCheck', 'credit_check')),
      ...(await ids('ImportBatch', 'import_batch')),
      ...(await ids('ExchangeCase', 'exchange_case')),
      ...(await ids('AccessEvent', 'access_event')),
    ],
    // a key of a hidden row: what follows it must not tell where it stands
    cursors: await column(
      `select json_build_array(decided_on, id)::text as v from credit_record where ${HIDDEN_RECORD} limit 20`,
    ).then((keys) => keys.map((key) => encodeCursor(JSON.parse(key)))),
  };
});
afterAll(async () => {
  for (const hub of twins ?? []) await hub.remove();
});

/** An answer as it goes over the wire, but for what is new in every one. */
async function bytes(hub: Hub, body: string, token: string | undefined): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body });
  const text = (await answer.text()).replace(/"traceId":"[^"]+"/g, '"traceId":""');
  const kept = [...answer.headers].filter(([name]) => !/^(date|x-trace-id|content-length|etag)$/.test(name));
  return `${answer.status} ${JSON.stringify(kept)} ${text.length} ${text}`;
}

test('the twins differ: who may see it sees it', async () => {
  const query = '{ records(first: 100) { nodes { documentNo } } commitments: subjects(first: 1) { totalCount } }';
  const headers = { 'x-hub-purpose': 'AUDIT', 'x-hub-case': '1' };
  const answers = await Promise.all(
    twins.map(async (hub) => hub.graphql(query, {}, { token: await hub.token({ role: 'AUDITOR' }), headers })),
  );
  expect(answers[0]?.errors).toEqual([]);
  expect(answers[0]?.data).not.toEqual(answers[1]?.data);
});

test(`${OPERATIONS} generated operations as callers who see nothing of it: alike byte for byte`, async () => {
  const [one] = twins;
  const { code: department } = (await one.graphql('{ departments { code } }')).data.departments[0];
  const tokens = [
    undefined,
    await one.token({ role: 'AGENCY' }),
    await one.token({ role: 'ASSOCIATION' }),
    await one.token({ role: 'CADRE_OFFICER', department }),
    await one.token({ role: 'GOVERNMENT_OFFICE', department }),
  ];
  let withRows = 0;
  for (let seed = 0; seed < OPERATIONS; seed++) {
    const { document, variables } = operationOf(schema, pools, seed);
    const token = randomOf(seed ^ 0x7717).pick(tokens);
    const body = JSON.stringify({ query: document, variables });
    const [first, second] = await Promise.all(twins.map((hub) => bytes(hub, body, token)));
    if (first !== second) throw new Error(`${document}\n${JSON.stringify(variables)}\n${first}\n${second}`);
    if ((first?.length ?? 0) > 600) withRows++;
  }
  expect(withRows).toBeGreaterThan(OPERATIONS * 0.2);
}, 300_000);
