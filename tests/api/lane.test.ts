import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';

let hub: Hub;
let office: string;
beforeAll(async () => {
  hub = await startHub();
  office = await hub.token({ role: 'CREDIT_OFFICE', department: '11370830YYXD00134H' });
});
afterAll(() => hub.remove());

interface Said {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Everything of an answer but what is its own each time. */
async function ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Said> {
  const answer = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { date: _date, 'x-trace-id': _trace, ...rest } = Object.fromEntries(answer.headers);
  const body = (await answer.text()).replaceAll(/"traceId":"[^"]+"/g, '"traceId":""');
  return { status: answer.status, headers: rest, body };
}
const asOffice = (more: object = {}) => ({
  authorization: `Bearer ${office}`,
  'x-hub-purpose': 'SUPERVISION',
  ...more,
});
const events = () =>
  sql(
    hub.ownerUrl,
    `select actor, role, purpose, operation, operation_hash, subject_ids, labels, outcome from access_event order by at`,
  );

// A document that is met for the first time walks through Apollo, and by the lane from then on.
const CASES: [string, string, object?, object?][] = [
  ['open data', '{ departments { code name } }'],
  ['a page', '{ subjects(first: 3) { totalCount nodes { id __typename name records(first: 2) { nodes { id } } } } }'],
  ['guarded data', '{ records(first: 100) { nodes { id documentNo subject { name } } } }', {}, asOffice()],
  ['nothing there', 'query ($c: UnifiedSocialCreditCode!) { subject(code: $c) { id } }', { c: '91370830YYX0K0086G' }],
  ['a field that is refused', '{ records(first: 3) { nodes { id subject { ... on NaturalPerson { idNumber } } } } }'],
  ['a purpose that is missing', '{ records(first: 1) { nodes { id } } }', {}, { authorization: 'office' }],
  ['variables that do not fit', 'query ($n: Int!) { subjects(first: $n) { nodes { id } } }', { n: 'x' }],
  ['a page size out of bounds', 'query ($n: Int!) { subjects(first: $n) { nodes { id } } }', { n: 101 }],
  ['introspection', '{ __schema { queryType { name } } viewer { role } }'],
];

describe('a query that is known answers as it did when it was not', () => {
  test.each(CASES)('%s', async (_what, query, variables = {}, headers = {}) => {
    const sent = { ...headers } as Record<string, string>;
    if (sent.authorization === 'office') sent.authorization = `Bearer ${office}`;
    const before = (await events()).length;
    const first = await ask(query, variables, sent);
    const afterFirst = (await events()).slice(before);
    for (let again = 0; again < 2; again++) {
      const at = (await events()).length;
      expect(await ask(query, variables, sent)).toEqual(first);
      expect((await events()).slice(at)).toEqual(afterFirst);
    }
  });

  test('for another role, with another page size, in another type of answer', async () => {
    const query = 'query ($n: Int) { records(first: $n) { totalCount nodes { id documentNo } } }';
    const open = await ask(query, { n: 2 });
    const shared = await ask(query, { n: 2 }, asOffice());
    expect(JSON.parse(shared.body).data.records.totalCount).toBeGreaterThan(
      JSON.parse(open.body).data.records.totalCount,
    );
    for (const n of [1, 2, 3]) expect(JSON.parse((await ask(query, { n })).body).data.records.nodes).toHaveLength(n);
    expect(await ask(query, { n: 2 })).toEqual(open);
    expect(await ask(query, { n: 2 }, asOffice())).toEqual(shared);
    const other = await ask(query, { n: 2 }, { accept: 'application/graphql-response+json' });
    expect(other.headers['content-type']).toMatch(/^application\/graphql-response\+json/);
    expect(other.body).toBe(open.body);
  });
});

test('guarded data does not leave while its event can’t be written, open data does', async () => {
  const guarded = '{ records(first: 100) { nodes { id } } }';
  const open = '{ departments { code } }';
  const said = [await ask(guarded, {}, asOffice()), await ask(guarded, {}, asOffice())];
  expect(said[0]).toEqual(said[1]);
  const plain = await ask(open);
  await sql(hub.ownerUrl, 'revoke insert on access_event from hub_audit');
  try {
    const withheld = JSON.parse((await ask(guarded, {}, asOffice())).body);
    expect([withheld.data, withheld.errors[0].extensions.code]).toEqual([null, 'UNAVAILABLE']);
    expect(await ask(open)).toEqual(plain);
  } finally {
    await sql(hub.ownerUrl, 'grant insert on access_event to hub_audit');
  }
  expect(await ask(guarded, {}, asOffice())).toEqual(said[0]);
});
