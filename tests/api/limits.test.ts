import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { toGlobalId } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { caller, clerk, refusalOf } from './callers.js';

describe('what a document may be', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub({ demo: false });
  });
  afterAll(() => hub.remove());

  const many = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i)).join(' ');
  const codeOf = async (document: string, variables = {}) =>
    (await hub.graphql(document, variables)).errors[0]?.extensions.code;

  test.each([
    ['root fields', (n: number) => `{ ${many(n, (i) => `a${i}: viewer { role }`)} }`, 148],
    [
      'root fields through fragments',
      (n: number) => `{ ...F } fragment F on Query { ${many(n, (i) => `a${i}: viewer { role }`)} }`,
      148,
    ],
    [
      'connections under one object',
      (n: number) =>
        `{ subjects(first: 1) { nodes { ${many(n, (i) => `a${i}: records(first: 100) { nodes { id } }`)} } } }`,
      147,
    ],
    ['directives', (n: number) => `{ viewer { ${many(n, () => 'role @include(if: true)')} } }`, 50],
  ])('%s: as many as allowed, and not one more', async (_what, document, most) => {
    expect(await codeOf(document(most))).toBeUndefined();
    expect(await codeOf(document(most + 1))).toBe('LIMIT_EXCEEDED');
  });

  test('tokens', async () => {
    const { errors } = await hub.graphql(`{ viewer { ${many(6_000, () => 'role')} } }`);
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });

  const NESTED =
    'query ($n: Int, $m: Int) { subjects(first: $n) { nodes { id records(first: $m) { nodes { id } } } } }';
  test.each([
    [100, 100, undefined],
    [100, undefined, undefined],
    [null, null, undefined],
    [101, 1, 'BAD_USER_INPUT'],
    ['many', 1, 'BAD_USER_INPUT'],
  ])('pages of %s and %s', async (n, m, code) => expect(await codeOf(NESTED, { n, m })).toBe(code));

  test('cost is counted with its variables: pages are multiplied', async () => {
    const DEEP = `query ($n: Int) { subjects(first: $n) { nodes { records(first: $n) { nodes { subject { records(first: $n) { nodes { id } } } } } } } }`;
    expect(await codeOf(DEEP, { n: 20 })).toBeUndefined();
    const { errors, data } = await hub.graphql(DEEP, { n: 100 });
    expect([errors[0]?.extensions.code, data]).toEqual(['LIMIT_EXCEEDED', undefined]);
    expect(errors[0]?.message).toMatch(/first/);
    // the same document with other numbers is another cost
    expect(await codeOf(DEEP, { n: 5 })).toBeUndefined();
  });

  test('several operations in one body are refused', async () => {
    const body = JSON.stringify([{ query: '{ viewer { role } }' }, { query: '{ viewer { role } }' }]);
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body })).status).toBe(400);
  });

  test('a form from another site is refused', async () => {
    const headers = { 'content-type': 'text/plain' };
    const body = '{"query":"{ viewer { role } }"}';
    expect((await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body })).status).toBe(400);
  });
});

describe('time', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.remove());

  test('who waits too long for a row of another is told UNAVAILABLE, and nothing is stored', async () => {
    const blocker = new Client(hub.ownerUrl);
    await blocker.connect();
    const { rows } = await blocker.query(
      `select e.id, l.code from list_entry e join credit_list l on l.id = e.list_id where e.state = 'PROPOSED' and l.code = 'TQNMGGZ' limit 1`,
    );
    await blocker.query('begin');
    await blocker.query('select from list_entry where id = $1 for update', [rows[0]?.id]);
    const proposer = await clerk(hub, 'HRSS', 'clerk-waiting');
    const answer = await proposer(
      `mutation ($input: ListEntryInput!) { notifyListing(input: $input) { listEntry { state } } }`,
      { input: { id: toGlobalId('ListEntry', rows[0]?.id), documentNo: '汶人社告〔2026〕1号' } },
    );
    await blocker.query('rollback');
    await blocker.end();
    expect([refusalOf(answer), answer.data]).toEqual(['UNAVAILABLE', null]);
  });
});

describe('requests a minute', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub({ env: { HUB_RATE_LIMIT: '12' } });
  });
  afterAll(() => hub.remove());

  test('an actor has its share, another has its own, anonymous ones share an address', async () => {
    const ask = async (token?: string) => (await hub.graphql('{ viewer { role } }', {}, token ? { token } : {})).status;
    const statuses = async (n: number, token?: string) => {
      const all: number[] = [];
      for (let i = 0; i < n; i++) all.push(await ask(token));
      return all;
    };
    const one = await hub.token({ role: 'AUDITOR', user: 'one' });
    const other = await hub.token({ role: 'AUDITOR', user: 'other' });
    const served = (n: number) => Array.from({ length: n }, () => 200);
    expect(await statuses(13, one)).toEqual([...served(12), 429]);
    expect(await statuses(2, other)).toEqual(served(2));
    expect(await statuses(4)).toEqual([...served(3), 429]);
    // Behind a proxy on this machine it is the address that the proxy saw.
    const from = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    expect((await hub.graphql('{ viewer { role } }', {}, from)).status).toBe(200);
    const refused = await hub.graphql('{ viewer { role } }', {}, { token: one });
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', traceId: expect.any(String) });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('trusted documents', () => {
  let hub: Hub;
  let folder: string;
  let id: string;
  const DOCUMENT = 'query Name($code: UnifiedSocialCreditCode!) { subject(code: $code) { name } }\n';
  const { code, name } = ORGANISATIONS.clean;
  beforeAll(async () => {
    hub = await startHub({ env: { HUB_TRUSTED_DOCUMENTS: 'required' } });
    folder = await mkdtemp(join(tmpdir(), 'hub-documents-'));
    await writeFile(join(folder, 'name.graphql'), DOCUMENT);
    const { stdout } = await hub.cli(['documents', 'add', join(folder, 'name.graphql')]);
    id = stdout.slice(0, 64);
  });
  afterAll(async () => {
    await hub.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const send = async (body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { data, errors } = (await answer.json()) as { data?: unknown; errors?: { extensions: object }[] };
    return { data, refusal: errors?.[0]?.extensions };
  };

  test('a role of the open net sends nothing else', async () => {
    for (const role of ['PUBLIC', 'SUBJECT', 'SERVICE_HALL'] as const) {
      const token =
        role === 'PUBLIC' ? undefined : await hub.token({ role, subject: code, department: DEPARTMENTS.APPROVAL.code });
      const own = await send({ query: '{ viewer { role } }' }, token);
      expect([role, own.data, own.refusal]).toMatchObject([
        role,
        undefined,
        { code: 'FORBIDDEN', field: 'documentId' },
      ]);
      for (const documentId of [id, `sha256:${id}`]) {
        expect(await send({ documentId, variables: { code } }, token)).toEqual({ data: { subject: { name } } });
      }
    }
  });

  test('other roles send what they like, or an id', async () => {
    const look = await caller(hub, { role: 'AUDITOR' });
    expect((await look('{ viewer { role } }', {})).data).toEqual({ viewer: { role: 'AUDITOR' } });
  });

  test('an id that is not known, no id, or both is BAD_USER_INPUT', async () => {
    for (const body of [
      { documentId: 'f'.repeat(64) },
      { documentId: 7 },
      { documentId: id.slice(1) },
      { documentId: id, query: DOCUMENT },
    ]) {
      expect((await send(body)).refusal).toMatchObject({ code: 'BAD_USER_INPUT', field: 'documentId' });
    }
  });

  test('hub documents: what is no document is not taken in; list and remove', async () => {
    await writeFile(join(folder, 'broken.graphql'), '{ viewer {');
    expect(await hub.cli(['documents', 'add', join(folder, 'broken.graphql')])).toMatchObject({ code: 2, stdout: '' });
    expect((await hub.cli(['documents', 'list'])).stdout).toBe(`${id}  query Name\n`);
    expect((await hub.cli(['documents', 'remove', id])).code).toBe(0);
    expect((await hub.cli(['documents', 'remove', id])).code).toBe(2);
  });
});
