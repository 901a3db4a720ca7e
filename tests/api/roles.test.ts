import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import type { Role } from '../../src/permissions/roles.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { mintDemoToken } from '../../src/server/demoIdentity.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';

// 三员分立: several roles in one token, of which one acts; the three administrators' never add up.
const ADMINISTRATORS = ['SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDITOR'] as const satisfies readonly Role[];

let hub: Hub;
let keys: Awaited<ReturnType<typeof loadKeys>>;
beforeAll(async () => {
  hub = await startHub();
  keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
});
afterAll(() => hub.remove());

const tokenOf = (roles: readonly Role[], user = 'one-person') =>
  mintDemoToken(
    keys,
    { user, roles: [...roles], department: DEPARTMENTS.MARKET.code, subject: undefined, duties: undefined },
    '1h',
  );

const QUERIES: string[] = [
  '{ viewer { role may } }',
  '{ accessEvents(filter: { to: "2026-01-01T00:00:00Z" }) { totalCount } }',
  '{ sealedCases { totalCount } }',
  '{ subjects(first: 3) { totalCount nodes { id name } } }',
  '{ records(first: 3) { totalCount nodes { id } } }',
  '{ listEntries(list: "TQNMGGZ", first: 3) { totalCount nodes { id state } } }',
  `{ subject(code: "${ORGANISATIONS.promiseBreaker.code}") { id commitments { nodes { id content } } ... on Organisation { accessLog(first: 1) { pageInfo { hasPreviousPage } } } } }`,
  '{ consents { totalCount } }',
  `mutation { proposeListing(input: { list: "SCJG_YZWF", code: "91370830YYX0K0086G", reason: "x", documentNo: " " }) { listEntry { id } } }`,
  `mutation { checkCredit(input: { code: "91370830YYX0K0086G", matter: "NONE" }) { check { id } } }`,
];
const PURPOSES: Record<string, string>[] = [
  {},
  { 'x-hub-purpose': 'AUDIT', 'x-hub-case': 'SJ-1' },
  { 'x-hub-purpose': 'SUPERVISION', 'x-hub-case': 'SJ-1' },
];

/** Everything that a caller is answered, but for what is new in every answer. */
async function view(token: string, role?: string): Promise<string[]> {
  const answers: string[] = [];
  for (const purpose of PURPOSES) {
    for (const query of QUERIES) {
      const { status, data, errors } = await hub.graphql(
        query,
        {},
        {
          token,
          headers: { ...purpose, ...(role ? { 'x-hub-role': role } : {}) },
        },
      );
      answers.push(JSON.stringify({ status, data, errors }).replace(/"traceId":"[^"]+"/g, '""'));
    }
  }
  return answers;
}

const subsets = [
  ['SYSTEM_ADMIN', 'SECURITY_ADMIN'],
  ['SYSTEM_ADMIN', 'AUDITOR'],
  ['SECURITY_ADMIN', 'AUDITOR'],
  [...ADMINISTRATORS],
  [...ADMINISTRATORS, 'DEPARTMENT', 'CREDIT_OFFICE'],
] as Role[][];

describe('several roles in one token: one acts', () => {
  test.each(subsets.map((roles) => [roles.join(' + '), roles] as const))(
    '%s: each is told what it is told alone',
    async (_name, roles) => {
      const several = await tokenOf(roles);
      for (const role of roles) {
        expect([role, ...(await view(several, role))]).toEqual([role, ...(await view(await tokenOf([role])))]);
      }
    },
    60_000,
  );

  test('the views differ, so that their sum would be seen', async () => {
    const views = await Promise.all(ADMINISTRATORS.map(async (role) => (await view(await tokenOf([role]))).join()));
    expect(new Set(views).size).toBe(3);
  });

  test.each([
    ['none named', {}, 'BAD_USER_INPUT'],
    ['all named at once', { 'x-hub-role': ADMINISTRATORS.join(',') }, 'FORBIDDEN'],
    ['two named, with a space', { 'x-hub-role': 'SYSTEM_ADMIN, AUDITOR' }, 'FORBIDDEN'],
    ['one named that it does not carry', { 'x-hub-role': 'CREDIT_OFFICE' }, 'FORBIDDEN'],
    ['one named in small letters', { 'x-hub-role': 'auditor' }, 'FORBIDDEN'],
    ['a name that every object has', { 'x-hub-role': 'constructor' }, 'FORBIDDEN'],
  ])('%s: nobody acts', async (_name, headers, code) => {
    const token = await tokenOf(ADMINISTRATORS);
    const answer = await hub.graphql(
      '{ viewer { role } }',
      {},
      { token, headers: headers as unknown as Record<string, string> },
    );
    expect(answer.data).toBeUndefined();
    expect(answer.errors[0]?.extensions).toMatchObject({ code, field: 'x-hub-role' });
  });

  test('the same role twice is one', async () => {
    const { data } = await hub.graphql('{ viewer { role } }', {}, { token: await tokenOf(['AUDITOR', 'AUDITOR']) });
    expect(data).toEqual({ viewer: { role: 'AUDITOR' } });
  });

  test('the log names the role that acted and no other', async () => {
    const token = await tokenOf(ADMINISTRATORS, 'three-in-one');
    for (const role of ADMINISTRATORS) {
      await hub.graphql(
        '{ accessEvents { totalCount } }',
        {},
        {
          token,
          headers: { 'x-hub-role': role, 'x-hub-purpose': 'AUDIT' },
        },
      );
    }
    const left = await sql(
      hub.ownerUrl,
      `select role, outcome from access_event where actor = 'three-in-one' order by at, id`,
    );
    expect(left).toEqual([
      { role: 'SYSTEM_ADMIN', outcome: 'FORBIDDEN' },
      { role: 'SECURITY_ADMIN', outcome: 'FORBIDDEN' },
    ]);
  });
});

test('Postgres knows one role: two at once are none that there is, and the login itself reads nothing', async () => {
  const client = new pg.Client(hub.appUrl);
  await client.connect();
  try {
    const seen = async (role: string) => {
      await client.query(
        `select set_config('role', $1, false), set_config('hub.purpose', 'AUDIT', false), set_config('hub.case', 'SJ-1', false)`,
        [role],
      );
      const { rows } = await client.query(
        'select (select count(*)::int from access_event) as events, (select count(*)::int from subject) as subjects, (select count(*)::int from credit_record) as records',
      );
      return rows[0];
    };
    const none = { events: 0, subjects: 0, records: 0 };
    for (const both of ['hub_system_admin hub_auditor', 'hub_auditor,hub_system_admin', 'hub_owner', 'postgres']) {
      await expect(seen(both)).rejects.toThrow(/does not exist|permission denied to set role/);
    }
    await expect(client.query('select count(*) from access_event')).rejects.toThrow('permission denied');
    expect(await seen('hub_system_admin')).toEqual(none);
    expect(await seen('hub_security_admin')).toEqual(none);
    expect((await seen('hub_auditor')).subjects).toBeGreaterThan(100);
    // One at a time: what was the auditor a moment ago reads nothing as another.
    expect(await seen('hub_system_admin')).toEqual(none);
  } finally {
    await client.end();
  }
});
