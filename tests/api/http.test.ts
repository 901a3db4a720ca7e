import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { type Hub, startHub } from '../kit/hub.js';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ demo: false });
});
afterAll(() => hub.remove());

type Refusal = { errors: { extensions: Record<string, unknown> }[] };
const refusalOf = async (answer: Response) => ((await answer.json()) as Refusal).errors[0]?.extensions;
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('GraphQL over HTTP', () => {
  test('the audit of graphql-http finds no error', async () => {
    const results = await auditServer({ url: `${hub.url}/graphql` });
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter(({ status }) => status === 'error').map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  });

  test('introspection is on under the demo identity, and a mutation by GET is refused', async () => {
    const { data } = await hub.graphql('{ __schema { queryType { name } } }');
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    const document = encodeURIComponent('mutation { revokeListing(input: { id: "x" }) { listEntry { id } } }');
    const answer = await fetch(`${hub.url}/graphql?query=${document}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(answer.status).toBe(405);
    expect((await fetch(`${hub.url}/graphql?query={viewer{role}}`)).status).toBe(400);
  });

  test('a body over 256 KB is LIMIT_EXCEEDED, one that is no JSON is BAD_USER_INPUT', async () => {
    const large = await post({ query: `{ viewer { role } } # ${'x'.repeat(300_000)}` });
    expect(large.status).toBe(413);
    expect(await refusalOf(large)).toMatchObject({ code: 'LIMIT_EXCEEDED', traceId: expect.any(String) });
    const broken = await post('{"query":');
    expect(broken.status).toBe(400);
    expect((await refusalOf(broken))?.code).toBe('BAD_USER_INPUT');
  });

  test('a document too deep is refused before anything is read', async () => {
    const deep = `{ subjects { nodes { ${'records { nodes { subject { '.repeat(8)} id ${'} } } '.repeat(8)} } } }`;
    const { errors, data } = await hub.graphql(deep);
    expect(data).toBeUndefined();
    expect(errors[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  });

  test('an unknown address answers NOT_FOUND, health and readiness answer 200', async () => {
    const lost = await fetch(`${hub.url}/nowhere`);
    expect([lost.status, (await refusalOf(lost))?.code]).toEqual([404, 'NOT_FOUND']);
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${hub.url}/readyz`)).json()).toEqual({ status: 'ready' });
  });
});

describe('errors', () => {
  const WRONG = '91370830YYA4C12H3X';

  test.each([
    ['a literal', `{ subject(code: "${WRONG}") { id } }`, {}],
    ['a variable', 'query ($c: UnifiedSocialCreditCode!) { subject(code: $c) { id } }', { c: WRONG }],
  ])(
    'a wrong check digit as %s is BAD_USER_INPUT naming the field, and is not echoed',
    async (_how, query, variables) => {
      const answer = await hub.graphql(query, variables);
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'code' });
      expect(JSON.stringify(answer)).not.toContain(WRONG);
    },
  );

  test.each([
    [{ records: { decidedFrom: '2026-02-30' } }, 'decidedFrom'],
    [{ records: { decidedTo: 'yesterday' } }, 'decidedTo'],
    [{ records: { states: ['OPEN'] } }, 'states'],
  ])('an input that does not fit names its field: %j', async ({ records }, field) => {
    const answer = await hub.graphql('query ($f: RecordFilter) { records(filter: $f) { totalCount } }', { f: records });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(JSON.stringify(answer.errors)).not.toMatch(/2026-02-30|yesterday/);
  });

  test('messages are Chinese by default and English when asked for', async () => {
    const refused = '{ accessEvents { totalCount } }';
    const [zh, en] = await Promise.all([
      hub.graphql(refused),
      hub.graphql(refused, {}, { headers: { 'accept-language': 'en-GB,en;q=0.9' } }),
    ]);
    expect(zh.errors[0]?.message).toMatch(/无权/);
    expect(en.errors[0]?.message).toMatch(/rights/);
  });

  test('a citizen id as a literal is refused and reaches neither the answer nor the log', async () => {
    const answer = await post({ query: '{ subjects(filter: { nameContains: "11010519491231002X" }) { totalCount } }' });
    expect(answer.status).toBe(400);
    expect(await refusalOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'query' });
    expect(hub.log.join('\n')).not.toContain('11010519491231002X');
  });

  test('first is 1 to 100, null is the default, and a cursor of another list is refused', async () => {
    for (const first of [0, 101, -1]) {
      const { errors } = await hub.graphql('query ($n: Int) { subjects(first: $n) { totalCount } }', { n: first });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
    }
    expect((await hub.graphql('{ subjects(first: null) { totalCount } }')).errors).toEqual([]);
    const { errors } = await hub.graphql('{ records(after: "WyJhIiwiYiJd") { totalCount } }');
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  test('one refusal leaves the other root reads standing', async () => {
    const { data, errors } = await hub.graphql('{ viewer { role } accessEvents { totalCount } }');
    expect(data).toEqual({ viewer: { role: 'PUBLIC' }, accessEvents: null });
    expect(errors.map(({ extensions, path }) => [extensions.code, path])).toEqual([['FORBIDDEN', ['accessEvents']]]);
  });
});
