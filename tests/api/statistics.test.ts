import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { ROLE_NAMES, ROLES, type Role } from '../../src/permissions/roles.js';
import { referenceId, uuidv7 } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { type Caller, caller, refusalOf } from './callers.js';

const TODAY = '2026-11-20';
const STATISTICS = { 'x-hub-purpose': 'STATISTICS' };
const TABLE = `query ($by: [StatisticsDimension!]!, $of: StatisticsCounted! = RECORDS, $from: String, $to: String) {
  statistics(by: $by, of: $of, from: $from, to: $to) { of from to asOf threshold roundedTo
    total { subjects count suppressed }
    lines { item { code } list { code } department { code } month kind remainderOf subjects count suppressed } } }`;

interface Line {
  item: { code: string } | null;
  list: { code: string } | null;
  department: { code: string } | null;
  month: string | null;
  kind: string | null;
  remainderOf: string[];
  subjects: number | null;
  count: number | null;
  suppressed: boolean;
}

let hub: Hub;
let analyst: Caller;
const of = (role: Role): { role: Role; department?: string; subject?: string } => ({
  role,
  ...(ROLES[role].needs.some((need) => need === 'department')
    ? { department: DEPARTMENTS.DEVELOPMENT_REFORM.code }
    : {}),
  ...(ROLES[role].needs.some((need) => need === 'subject') ? { subject: '91370830YYX0K0086G' } : {}),
});
beforeAll(async () => {
  hub = await startHub({ demo: true, now: TODAY });
  // The county's own rows would be beside those that the test counts.
  await sql(hub.ownerUrl, 'truncate credit_record, list_entry cascade');
  analyst = await caller(hub, of('ANALYST'), STATISTICS);
});
afterAll(() => hub?.remove());

const department = (name: keyof typeof DEPARTMENTS) => referenceId('department', DEPARTMENTS[name].code);
interface Decisions {
  item?: string;
  by?: keyof typeof DEPARTMENTS;
  on?: string;
  kind?: string;
  received?: string;
  each?: number;
}
/** So many new subjects, each with a decision or more. */
async function decide(
  n: number,
  {
    item = 'XZXK_ZRR',
    by = 'APPROVAL',
    on = '2026-07-07',
    kind = 'NATURAL_PERSON',
    received = '2026-10-10',
    each = 1,
  }: Decisions = {},
) {
  const subjects = Array.from({ length: n }, () => uuidv7());
  await sql(
    hub.ownerUrl,
    `with s as (insert into subject (id, kind, name, name_key, as_of) select id, $2, '示例', '示例', now() from unnest($1::uuid[]) id returning id)
     insert into credit_record (id, item_id, record_type, disclosure, subject_id, subject_kind, authority_id, provider_id, decided_on,
       business_key, content_hash, as_of, received_on)
     select gen_random_uuid(), $3, 'PERMIT', 'GOVERNMENT', s.id, $2, $4, $4, $5, gen_random_uuid()::text, '', now(), $6
     from s, generate_series(1, $7)`,
    [subjects, kind, referenceId('item', item), department(by), on, received, each],
  );
}
async function table(variables: Record<string, unknown>, as = analyst) {
  const { data, errors } = await as(TABLE, variables);
  expect(errors).toEqual([]);
  return data.statistics as { total: Line; lines: Line[]; from: string; to: string; asOf: string };
}
const ALL: readonly string[][] = ['ITEM', 'DEPARTMENT', 'MONTH', 'KIND'].flatMap((one, i, all) => [
  [one],
  ...all.slice(i + 1).map((other) => [one, other]),
]);
const answers = async () => {
  const bodies: string[] = [];
  for (const by of ALL) bodies.push(JSON.stringify(await table({ by, from: '2026-Q3' })));
  return bodies;
};

describe('a small county', () => {
  beforeAll(async () => {
    await decide(22);
    await decide(16, { by: 'MARKET' });
    await decide(3, { by: 'HRSS' });
    await decide(7, { kind: 'ENTERPRISE', item: 'XZXK_FR', on: '2026-08-08' });
    await decide(4, { kind: 'INDIVIDUAL_BUSINESS', item: 'XZXK_FR', each: 9 });
  });

  test('persons are rounded, small groups suppressed like those where nobody is, organisations exact', async () => {
    const { total, lines, from, to, asOf } = await table({ by: ['KIND'] });
    expect([from, to, asOf]).toEqual(['2026-Q3', '2026-Q3', '2026-10-31']);
    const line = (kind: string) => lines.find((row) => row.kind === kind);
    expect(line('NATURAL_PERSON')).toMatchObject({ subjects: 40, count: 40, suppressed: false });
    expect(line('ENTERPRISE')).toMatchObject({ subjects: 7, count: 7, suppressed: false });
    expect(line('BRANCH')).toMatchObject({ subjects: 0, count: 0, suppressed: false });
    expect(line('INDIVIDUAL_BUSINESS')).toMatchObject({ subjects: null, count: null, suppressed: true });
    // 40 and 7, rounded: what is suppressed is in no total
    expect(total).toEqual({ subjects: 45, count: 45, suppressed: false });
  });

  test('by department: the small one takes another along, and what is not told apart is a line of its own', async () => {
    const { lines } = await table({ by: ['DEPARTMENT'] });
    const told = lines.filter(({ suppressed }) => !suppressed);
    expect(told).toEqual([
      expect.objectContaining({ department: { code: DEPARTMENTS.APPROVAL.code }, subjects: 25, remainderOf: [] }),
      expect.objectContaining({ department: null, subjects: 20, remainderOf: ['DEPARTMENT'] }),
    ]);
    const small = lines.find((row) => row.department?.code === DEPARTMENTS.HRSS.code);
    const nobody = lines.find((row) => row.department?.code === DEPARTMENTS.COURT.code);
    expect({ ...small, department: null }).toEqual({ ...nobody, department: null });
  });

  test('two dimensions show what each tells alone', async () => {
    const { lines } = await table({ by: ['ITEM', 'MONTH'], from: '2026-Q2', to: '2026-Q3' });
    expect(
      lines
        .filter(({ suppressed }) => !suppressed)
        .map(({ item, month, remainderOf, subjects }) => [item?.code, month, remainderOf, subjects]),
    ).toEqual([
      ['XZXK_ZRR', '2026-07', [], 20],
      ['XZXK_ZRR', null, ['MONTH'], 20],
    ]);
    expect(JSON.stringify(lines)).not.toContain('"department":{');
  });

  test('organisations are told by kind, however few, beside whatever is suppressed', async () => {
    const { lines } = await table({ by: ['ITEM', 'KIND'] });
    const told = lines.filter(({ subjects }) => (subjects ?? 0) > 0);
    expect(told.map(({ item, kind, subjects }) => [item?.code, kind, subjects])).toEqual([
      ['XZXK_FR', 'ENTERPRISE', 7],
      ['XZXK_ZRR', 'NATURAL_PERSON', 40],
    ]);
    expect(lines.find(({ item, kind }) => item?.code === 'XZXK_FR' && kind === 'NATURAL_PERSON')?.suppressed).toBe(
      true,
    );
  });

  test('a county with one person more in a small group answers every table alike', async () => {
    const before = await answers();
    await decide(1, { by: 'HRSS' });
    expect(await answers()).toEqual(before);
    // and what comes today is not in it, however much
    await decide(60, { by: 'MARKET', received: TODAY });
    expect(await answers()).toEqual(before);
  });

  test('entries by list', async () => {
    const { lines, total } = await table({ by: ['LIST'], of: 'LIST_ENTRIES' });
    expect(lines.map(({ list }) => list?.code)).toContain('SXBZXR');
    expect(lines.every(({ suppressed }) => suppressed)).toBe(true);
    expect(total.suppressed).toBe(true);
  });
});

describe('who may', () => {
  test('the analyst and the credit office, for statistics; others are refused by name', async () => {
    const asked = { by: ['KIND'] };
    for (const role of ROLE_NAMES) {
      const as =
        role === 'PUBLIC'
          ? (query: string, variables?: Record<string, unknown>) => hub.graphql(query, variables)
          : await caller(hub, of(role), STATISTICS);
      const may = role === 'ANALYST' || role === 'CREDIT_OFFICE';
      expect([role, refusalOf(await as(TABLE, asked))]).toEqual([role, may ? '' : 'FORBIDDEN']);
    }
    for (const role of ['ANALYST', 'CREDIT_OFFICE'] as const) {
      expect(refusalOf(await (await caller(hub, of(role)))(TABLE, asked))).toBe('PURPOSE_REQUIRED');
      expect(refusalOf(await (await caller(hub, of(role), { 'x-hub-purpose': 'SUPERVISION' }))(TABLE, asked))).toBe(
        'PURPOSE_REQUIRED',
      );
    }
  });

  test('leaves an event with its purpose, a refusal too', async () => {
    const known = (await sql<{ id: string }>(hub.ownerUrl, 'select id from access_event')).map(({ id }) => id);
    await table({ by: ['KIND'] });
    await (await caller(hub, of('DEPARTMENT'), STATISTICS))(TABLE, { by: ['KIND'] });
    const events = await sql(
      hub.ownerUrl,
      'select role, operation, purpose, labels, outcome, subject_ids from access_event where id <> all($1::uuid[]) order by at, id',
      [known],
    );
    expect(events).toEqual([
      {
        role: 'ANALYST',
        operation: 'statistics',
        purpose: 'STATISTICS',
        labels: ['GOVERNMENT'],
        outcome: 'OK',
        subject_ids: [],
      },
      {
        role: 'DEPARTMENT',
        operation: 'statistics',
        purpose: 'STATISTICS',
        labels: [],
        outcome: 'FORBIDDEN',
        subject_ids: [],
      },
    ]);
  });
});

describe('what can be asked', () => {
  test.each<[string, Record<string, unknown>]>([
    ['by', { by: [] }],
    ['by', { by: ['KIND', 'KIND'] }],
    ['by', { by: ['ITEM', 'KIND', 'MONTH'] }],
    ['by', { by: ['LIST'] }],
    ['by', { by: ['ITEM'], of: 'LIST_ENTRIES' }],
    ['from', { by: ['KIND'], from: '2026-Q4' }],
    ['from', { by: ['KIND'], from: '2026-07' }],
    ['from', { by: ['KIND'], from: '2026-Q5' }],
    ['to', { by: ['KIND'], from: '2026-Q2', to: '2026-Q1' }],
    ['to', { by: ['KIND'], from: '2025-Q2', to: '2026-Q2' }],
    ['to', { by: ['KIND'], from: '2026-Q3', to: '2027-Q1' }],
  ])('BAD_USER_INPUT %s: %j', async (field, variables) => {
    expect(refusalOf(await analyst(TABLE, variables))).toBe(`BAD_USER_INPUT ${field}`);
  });

  test('each table is dear: four in one request, and no fifth', async () => {
    const tables = (n: number) =>
      `{ ${Array.from({ length: n }, (_, i) => `t${i}: statistics(by: [KIND]) { lines { subjects } }`).join(' ')} }`;
    expect((await analyst(tables(4))).errors).toEqual([]);
    expect((await analyst(tables(5))).errors[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  });

  test('only by dimensions of the list, over whole quarters: there is no filter', async () => {
    const { errors } = await analyst('{ statistics(by: [KIND], department: "11370830YYXD0002X8") { from } }');
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(refusalOf(await analyst(TABLE, { by: ['NAME'] }))).toBe('BAD_USER_INPUT by');
  });
});
