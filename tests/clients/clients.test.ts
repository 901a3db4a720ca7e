import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { print } from 'graphql';
import { ClientError, GraphQLClient } from 'graphql-request';
import { CheckCreditDocument, SubjectDocument, SubjectsDocument } from '../../clients/sdk/operations.js';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { projectRoot } from '../kit/templates.js';

// What docs/clients.md shows, asked of a running hub by the clients that people have.
let hub: Hub;
let url: string;
let token: string;
let total: number;
beforeAll(async () => {
  hub = await startHub();
  url = `${hub.url}/graphql`;
  token = await hub.token({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code });
  total = (await hub.graphql(SubjectsDocument, {}, { token })).data?.subjects?.totalCount ?? 0;
  expect(total).toBeGreaterThan(200);
});
afterAll(() => hub.remove());

const CODE = { code: '91370830YYX0K0086G' };
const NAME = '示例白榆建筑劳务有限公司';
const CHECK = { input: { ...CODE, matter: 'CZZJXM' } };
/** Its check digit is wrong. */
const MISTYPED = { input: { code: '91370830YYA4C12H3X', matter: 'CZZJXM' } };
const SAID = { code: 'BAD_USER_INPUT', field: 'code', traceId: expect.any(String) };
const REFUSED = { code: 'UNAUTHENTICATED', traceId: expect.any(String) };
const headers = () => ({ authorization: `Bearer ${token}` });

type Page = { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/** Every node of a connection, a hundred at a time. */
async function all(page: (after: string | null) => Promise<Page | null | undefined>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const read: Page | null | undefined = await page(after);
    if (!read) throw new Error('no page');
    ids.push(...read.nodes.map(({ id }) => id));
    if (!read.pageInfo.hasNextPage) return ids;
    after = read.pageInfo.endCursor;
  }
}
const expectAll = (ids: string[]) => expect([ids.length, new Set(ids).size]).toEqual([total, total]);

describe('@apollo/client', () => {
  const client = (more: Record<string, string> = headers()) =>
    new ApolloClient({ link: new HttpLink({ uri: url, headers: more }), cache: new InMemoryCache() });

  test('the first query, a check, and every page', async () => {
    const hubClient = client();
    const { data } = await hubClient.query({ query: SubjectDocument, variables: CODE });
    expect(data?.subject?.name).toBe(NAME);
    const checked = await hubClient.mutate({ mutation: CheckCreditDocument, variables: CHECK });
    expect(checked.data?.checkCredit.check.verdict).toBe('RESTRICTED');
    expectAll(
      await all(
        async (after) =>
          (await hubClient.query({ query: SubjectsDocument, variables: { first: 100, after } })).data?.subjects,
      ),
    );
  });

  test('reads the code of an error, of a bad token’s too', async () => {
    const refused = async (of: Promise<unknown>) => {
      const error = await of.catch((thrown: unknown) => thrown);
      return CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions : error;
    };
    expect(await refused(client().mutate({ mutation: CheckCreditDocument, variables: MISTYPED }))).toEqual(SAID);
    const badToken = client({ authorization: 'Bearer x.y.z' });
    expect(await refused(badToken.query({ query: SubjectDocument, variables: CODE }))).toEqual(REFUSED);
  });
});

describe('@urql/core', () => {
  const client = (more: () => Record<string, string> = headers) =>
    new Client({ url, exchanges: [fetchExchange], fetchOptions: () => ({ headers: more() }), preferGetMethod: false });

  test('the first query, a check, and every page', async () => {
    const hubClient = client();
    expect((await hubClient.query(SubjectDocument, CODE)).data?.subject?.name).toBe(NAME);
    const checked = await hubClient.mutation(CheckCreditDocument, CHECK);
    expect(checked.data?.checkCredit.check.verdict).toBe('RESTRICTED');
    expectAll(
      await all(async (after) => (await hubClient.query(SubjectsDocument, { first: 100, after })).data?.subjects),
    );
  });

  test('reads the code of an error, of a bad token’s too', async () => {
    const { error } = await client().mutation(CheckCreditDocument, MISTYPED);
    expect(error?.graphQLErrors[0]?.extensions).toEqual(SAID);
    const refused = await client(() => ({ authorization: 'Bearer x.y.z' })).query(SubjectDocument, CODE);
    expect(refused.error?.graphQLErrors[0]?.extensions).toEqual(REFUSED);
  });
});

describe('graphql-request, with the typed operations of clients/sdk', () => {
  test('the first query, a check, and every page', async () => {
    const client = new GraphQLClient(url, { headers });
    expect((await client.request(SubjectDocument, CODE)).subject?.name).toBe(NAME);
    expect((await client.request(CheckCreditDocument, CHECK)).checkCredit.check.verdict).toBe('RESTRICTED');
    expectAll(await all(async (after) => (await client.request(SubjectsDocument, { first: 100, after })).subjects));
  });

  test('reads the code of an error, of a bad token’s too', async () => {
    const refused = async (of: Promise<unknown>) => {
      const error = await of.catch((thrown: unknown) => thrown);
      return error instanceof ClientError ? error.response.errors?.[0]?.extensions : error;
    };
    const client = new GraphQLClient(url, { headers });
    expect(await refused(client.request(CheckCreditDocument, MISTYPED))).toEqual(SAID);
    const badToken = new GraphQLClient(url, { headers: { authorization: 'Bearer x.y.z' } });
    expect(await refused(badToken.request(SubjectDocument, CODE))).toEqual(REFUSED);
  });
});

/** What a machine with Node alone may lack is skipped, and the report says what was not there. */
const needs = (what: string, there: boolean, tests: () => void) =>
  there ? describe(what, tests) : describe.skip(`skipped, not on this machine: ${what}`, tests);
const run = promisify(execFile);

const hasCurl = spawnSync('curl', ['--version']).status === 0;
needs('curl', hasCurl, () => {
  const curl = async (query: string, variables: object, sent = token) => {
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', url, '--header', 'content-type: application/json'],
      ...['--header', `authorization: Bearer ${sent}`, '--data', JSON.stringify({ query, variables })],
    ]);
    return JSON.parse(stdout);
  };

  test('the first query, a check, and every page', async () => {
    expect((await curl(print(SubjectDocument), CODE)).data.subject.name).toBe(NAME);
    expect((await curl(print(CheckCreditDocument), CHECK)).data.checkCredit.check.verdict).toBe('RESTRICTED');
    expectAll(await all(async (after) => (await curl(print(SubjectsDocument), { first: 100, after })).data.subjects));
  });

  test('reads the code of an error, of a bad token’s too', async () => {
    expect((await curl(print(CheckCreditDocument), MISTYPED)).errors[0].extensions).toEqual(SAID);
    expect((await curl(print(SubjectDocument), CODE, 'x.y.z')).errors[0].extensions).toEqual(REFUSED);
  });
});

// A runtime without the compiler can't run a single source file.
const hasJdk = spawnSync('java', ['--list-modules']).stdout?.includes('jdk.compiler') ?? false;
needs('the JDK’s HttpClient', hasJdk, () => {
  test('the first query, a check that is repeated and made once, the code of an error, and every page', async () => {
    const { stdout } = await run('java', [join(projectRoot, 'clients/java/Client.java'), url], {
      env: {
        PATH: process.env['PATH'],
        HUB_TOKEN: token,
        LC_ALL: 'C.UTF-8',
        JAVA_TOOL_OPTIONS: '-Dfile.encoding=UTF-8',
      },
    });
    expect(stdout.trim().split('\n')).toEqual([
      `subject ${NAME}`,
      'check once',
      'error BAD_USER_INPUT code',
      `pages ${Math.ceil(total / 100)} ${total} of ${total}`,
    ]);
  });
});
