import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { BatchDocument, SubmitRecordsDocument, type SubmitRecordsInput } from '../generated/operations.js';
import { citizenId } from '../kit/codes.js';
import { type Answer, type Hub, startHub } from '../kit/hub.js';
import { body, csv, DEPARTMENTS, departmentsCsv, penalties, permits, type Sample, subjects } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { refusalOf } from './callers.js';

const NOW = '2026-11-20';
let hub: Hub;
let folder: string;
let [market, approval, court, exchange] = ['', '', '', ''];

beforeAll(async () => {
  hub = await startHub({ demo: false, now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'hub-submit-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  market = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code });
  approval = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.APPROVAL.code });
  court = await hub.token({ role: 'COURT', department: DEPARTMENTS.COURT.code });
  exchange = await hub.token({ role: 'EXCHANGE' });
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

let keys = 0;
const key = () => `key-${++keys}`;
const rowsOf = ({ header, rows }: Pick<Sample, 'header' | 'rows'>): Record<string, string>[] =>
  rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
type Row = Record<string, unknown>;

async function submit(token: string, input: Partial<SubmitRecordsInput> & { rows: Row[] }, path = '/graphql/submit') {
  const whole = { item: 'XZCF_FR', idempotencyKey: key(), ...input };
  return hub.graphql(SubmitRecordsDocument, { input: whole }, { token, path });
}
async function submitted(token: string, input: Partial<SubmitRecordsInput> & { rows: Row[] }) {
  const { data, errors } = await submit(token, input);
  if (errors.length > 0 || !data) throw new Error(JSON.stringify(errors));
  return data.submitRecords.batch;
}
const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(hub.ownerUrl, text, values);
const countOf = async (from: string, values?: unknown[]) =>
  Number((await owner<{ n: string }>(`select count(*) as n from ${from}`, values))[0]?.n);

/** Waits, by listening, until the batch has left the states in which it is under way. */
async function overOf(id: string, token: string) {
  const listener = new Client(hub.appUrl);
  await listener.connect();
  try {
    await listener.query('listen import_progress');
    for (;;) {
      const heard = new Promise((resolve) => listener.once('notification', resolve));
      const { data } = await hub.graphql(BatchDocument, { id }, { token });
      if (data?.importBatch && !['RECEIVED', 'RUNNING'].includes(data.importBatch.state)) return data.importBatch;
      await heard;
    }
  } finally {
    await listener.end();
  }
}

const penalty = (n: number, changes: Record<string, string> = {}): Record<string, string> => ({
  ...(rowsOf(penalties())[0] as Record<string, string>),
  行政处罚决定书文号: `汶市监处罚〔2026〕S${n}号`,
  ...changes,
});

describe('rows of a message are judged as those of a file are', () => {
  test.each([
    ['subjects', subjects, () => approval],
    ['permits', permits, () => approval],
    ['penalties', penalties, () => market],
  ] as const)('%s', async (_name, sampleOf, token) => {
    const sample = sampleOf();
    const batch = await submitted(token(), { item: sample.item, rows: rowsOf(sample) });
    expect(batch).toMatchObject({ state: 'COMPLETED', revised: 0, unchanged: 0, repeated: false, ...sample.expected });
    const { data } = await hub.graphql(BatchDocument, { id: batch.id }, { token: token() });
    expect(data?.importBatch).toMatchObject({ ...batch, rows: { totalCount: sample.expected.read } });
  });

  test('and the file that says the same finds nothing new', async () => {
    const { header, rows, item, department, expected } = penalties();
    const path = join(folder, 'penalties.csv');
    await writeFile(path, csv(header, rows));
    const { stdout } = await hub.cli(['import', path, '--item', item, '--department', department, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ...expected, unchanged: expected.accepted });
  });

  test('under field codes too; numbers are values, what the item lacks is told and dropped', async () => {
    const { header } = penalties();
    const batch = await submitted(market, {
      rows: [
        { ...penalty(1), '罚款金额(万元)': 0.5, 内部编号: '秘密' } as never,
        Object.fromEntries(
          Object.entries(penalty(2)).map(([name, value]) => [name === '处罚内容' ? 'CF_NR' : name, value]),
        ),
      ],
    });
    expect(header).toContain('处罚内容');
    expect(batch).toMatchObject({ read: 2, accepted: 2, unknownColumns: ['内部编号'] });
    expect(await countOf(`import_row where "values"::text like '%秘密%'`)).toBe(0);
  });

  test('the answer shows the rows of its own transaction', async () => {
    const { data } = await hub.graphql(
      `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { rows(rejectedOnly: true) {
        totalCount nodes { rowNo values issues { code field } } } department { code } item { code } } } }`,
      {
        input: {
          item: 'XZCF_FR',
          idempotencyKey: key(),
          rows: [penalty(3), penalty(4, { 处罚决定日期: '2026/02/30' })],
        },
      },
      { token: market },
    );
    expect(data.submitRecords.batch).toMatchObject({
      department: { code: DEPARTMENTS.MARKET.code },
      item: { code: 'XZCF_FR' },
      rows: { totalCount: 1, nodes: [{ rowNo: 2, issues: [{ code: 'DATE_INVALID' }] }] },
    });
  });
});

describe('the department’s key', () => {
  test('with the same content answers the first batch, whoever of it asks, and stores nothing', async () => {
    const rows = [penalty(10), penalty(11)];
    const idempotencyKey = key();
    const first = await submitted(market, { idempotencyKey, rows });
    const before = await countOf('import_batch');
    const colleague = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code, user: 'another' });
    for (const token of [market, colleague]) {
      // members in another order are the same content
      const turned = rows.map((row) => Object.fromEntries(Object.entries(row).reverse()));
      expect(await submitted(token, { idempotencyKey, rows: turned })).toEqual({ ...first, repeated: true });
    }
    expect(await countOf('import_batch')).toBe(before);
  });

  test('with other content is CONFLICT, and nothing of it is stored', async () => {
    const idempotencyKey = key();
    await submitted(market, { idempotencyKey, rows: [penalty(12)] });
    const before = await countOf('import_batch');
    const others = [
      { rows: [penalty(13)] },
      { rows: [penalty(12), penalty(13)] },
      { rows: [penalty(12)], asOf: '2026-11-20T00:00:00Z' },
      { rows: [penalty(12)], withdraw: true },
      { rows: [penalty(12)], item: 'XZXK_FR' },
    ];
    for (const other of others) {
      const answer = await submit(market, { idempotencyKey, ...other });
      expect([refusalOf(answer), answer.data]).toEqual(['CONFLICT idempotencyKey', null]);
    }
    expect(await countOf('import_batch')).toBe(before);
  });

  test('of another department is another key', async () => {
    const idempotencyKey = key();
    const theirs = await submitted(approval, { item: 'XZXK_FR', idempotencyKey, rows: rowsOf(permits()).slice(0, 1) });
    const ours = await submitted(market, { idempotencyKey, rows: [penalty(14)] });
    expect([theirs.repeated, ours.repeated]).toEqual([false, false]);
  });

  test('twenty at once: one batch, and twenty times its answer', async () => {
    const idempotencyKey = key();
    const rows = [penalty(15), penalty(16)];
    const answers = await Promise.all(Array.from({ length: 20 }, () => submitted(market, { idempotencyKey, rows })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(answers.map(({ state, accepted }) => [state, accepted])).toEqual(answers.map(() => ['COMPLETED', 2]));
  });

  test('is free again where the mutation failed: nothing was stored but a batch that says so', async () => {
    const idempotencyKey = key();
    const rows = [penalty(17)];
    const answer = await hub.graphql(
      `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { id state rows(first: 999) { totalCount } } } }`,
      { input: { item: 'XZCF_FR', idempotencyKey, rows } },
      { token: market },
    );
    expect([refusalOf(answer), answer.data]).toEqual(['BAD_USER_INPUT first', null]);
    expect(await owner(`select state, read from import_batch order by created_at desc limit 1`)).toEqual([
      { state: 'FAILED', read: 0 },
    ]);
    expect(await countOf(`credit_record where document_no = $1`, [rows[0]?.行政处罚决定书文号])).toBe(0);
    expect(await submitted(market, { idempotencyKey, rows })).toMatchObject({ state: 'COMPLETED', repeated: false });
  });

  test('thirty submissions at once, each its own: all are stored', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => submitted(market, { rows: [penalty(100 + n)] })),
    );
    expect(answers.map(({ state, accepted }) => [state, accepted])).toEqual(answers.map(() => ['COMPLETED', 1]));
  });
});

describe('more than a thousand rows', () => {
  const many = (from: number, count = 1_500) => Array.from({ length: count }, (_, n) => penalty(from + n));

  test('are answered RECEIVED, and stored after it; the key answers the same batch meanwhile and after', async () => {
    const idempotencyKey = key();
    const rows = many(10_000);
    const first = await submitted(market, { idempotencyKey, rows });
    expect(first).toMatchObject({ state: 'RECEIVED', read: 0, repeated: false });
    const meanwhile = await submitted(market, { idempotencyKey, rows });
    expect([meanwhile.id, meanwhile.repeated]).toEqual([first.id, true]);
    expect(await overOf(first.id, market)).toMatchObject({ state: 'COMPLETED', read: 1_500, accepted: 1_500 });
    expect(await submitted(market, { idempotencyKey, rows })).toMatchObject({
      id: first.id,
      state: 'COMPLETED',
      accepted: 1_500,
      repeated: true,
    });
  });

  test('of a mutation that fails are not stored after it', async () => {
    const before = await countOf('credit_record');
    const answer = await hub.graphql(
      `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { id rows(first: 999) { totalCount } } } }`,
      { input: { item: 'XZCF_FR', idempotencyKey: key(), rows: many(20_000, 1_001) } },
      { token: market, path: '/graphql/submit' },
    );
    expect(refusalOf(answer)).toBe('BAD_USER_INPUT first');
    expect(await owner(`select state from import_batch order by created_at desc limit 1`)).toEqual([
      { state: 'FAILED' },
    ]);
    expect(await countOf('credit_record')).toBe(before);
  });

  test('exactly a thousand are stored within the call', async () => {
    expect(await submitted(market, { rows: many(30_000, 1_000) })).toMatchObject({
      state: 'COMPLETED',
      accepted: 1_000,
    });
  });
});

describe('withdrawn rows', () => {
  const NUMBER = '汶市监处罚〔2026〕S900号';
  const stateOf = () => owner(`select state, revoked_on::text from credit_record where document_no = $1`, [NUMBER]);
  const at = (hour: number) => `2026-11-1${hour}T04:00:00Z`;
  const row = penalty(900);

  test('are REVOKED as of then, may come again later, and not from before', async () => {
    await submitted(market, { asOf: at(1), rows: [row] });
    const batch = await submitted(market, { asOf: at(3), withdraw: true, rows: [row] });
    expect(batch).toMatchObject({ accepted: 1, revised: 1 });
    expect(await stateOf()).toEqual([{ state: 'REVOKED', revoked_on: '2026-11-13' }]);
    expect(await submitted(market, { asOf: at(2), rows: [{ ...row, 处罚内容: '罚款（早先）' }] })).toMatchObject({
      unchanged: 1,
    });
    expect(await stateOf()).toEqual([{ state: 'REVOKED', revoked_on: '2026-11-13' }]);
    await submitted(market, { asOf: at(4), rows: [row] });
    expect(await stateOf()).toEqual([{ state: 'ACTIVE', revoked_on: null }]);
  });

  test('are not to be seen by those who do not see what is archived', async () => {
    const ask = async () => {
      const { data } = await hub.graphql(
        `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) {
        records(filter: { items: ["XZCF_FR"] }, first: 100) { nodes { documentNo } } } }`,
        { code: body(0).code },
        {
          token: market,
        },
      );
      return data.subject.records.nodes.map(({ documentNo }: { documentNo: string }) => documentNo).includes(NUMBER);
    };
    expect(await ask()).toBe(true);
    await submitted(market, { asOf: at(5), withdraw: true, rows: [row] });
    expect(await ask()).toBe(false);
  });

  test('of the register there are none', async () => {
    const answer = await submit(approval, { item: 'DJ_SCZT', withdraw: true, rows: rowsOf(subjects()).slice(0, 1) });
    expect(refusalOf(answer)).toBe('BAD_USER_INPUT withdraw');
  });
});

describe('who may', () => {
  const entry = {
    名单代码: 'SXBZXR',
    主体名称: body(1).name,
    统一社会信用代码: body(1).code,
    文书号: '（2026）鲁0830执1号',
    列入事由: '有履行能力而拒不履行',
    列入日期: '2026-11-01',
    截止日期: '',
  };

  test('the court for its lists, a platform for all received ones, with or without a department of its own', async () => {
    expect(await submitted(court, { item: 'YZSX_MD', rows: [entry] })).toMatchObject({ accepted: 1 });
    const other = { ...entry, 名单代码: 'ZDSSWF', 文书号: '汶税稽〔2026〕1号' };
    const refused = await submitted(court, { item: 'YZSX_MD', rows: [other] });
    expect(refused.rejections).toEqual({ OUTSIDE_CATALOGUE: 1 });
    const batch = await submitted(exchange, { item: 'YZSX_MD', rows: [other] });
    expect(batch).toMatchObject({ accepted: 1 });
    const { data } = await hub.graphql(BatchDocument, { id: batch.id }, { token: exchange });
    expect(data?.importBatch).toMatchObject({ accepted: 1, rows: { totalCount: 1 } });
    const stranger = await hub.token({ role: 'EXCHANGE', user: 'another platform' });
    expect(refusalOf(await hub.graphql(BatchDocument, { id: batch.id }, { token: stranger }))).toBe('NOT_FOUND id');
  });

  test.each([
    ['a department of another function', () => approval, 'YZSX_MD'],
    ['a platform for what departments provide', () => exchange, 'XZCF_FR'],
  ])('not %s', async (_name, token, item) => {
    const before = await countOf('import_batch');
    const answer = await submit(token(), { item, rows: [entry] });
    expect([refusalOf(answer), answer.data]).toEqual(['FORBIDDEN', null]);
    expect(await countOf('import_batch')).toBe(before);
  });

  test.each(['SERVICE_HALL', 'CREDIT_OFFICE', 'SUBJECT', 'AUDITOR', 'SYSTEM_ADMIN'])('not %s', async (role) => {
    const department = DEPARTMENTS.MARKET.code;
    const token = await hub.token({ role, department, subject: body(1).code });
    expect(refusalOf(await submit(token, { rows: [penalty(1)] }))).toBe('FORBIDDEN');
  });

  test('each submission leaves an event, a refused one too', async () => {
    const events = () =>
      owner<{ outcome: string; n: number }>(
        `select outcome, count(*)::int as n from access_event where operation = 'submitRecords' group by 1`,
      );
    const before = Object.fromEntries((await events()).map(({ outcome, n }) => [outcome, n]));
    await submitted(market, { rows: [penalty(2000)] });
    await submit(approval, { item: 'YZSX_MD', rows: [entry] });
    const after = Object.fromEntries((await events()).map(({ outcome, n }) => [outcome, n]));
    expect([after.OK! - before.OK!, after.FORBIDDEN! - before.FORBIDDEN!]).toEqual([1, 1]);
  });
});

describe('bad input names its field', () => {
  test.each<[string, Partial<SubmitRecordsInput>, string]>([
    ['an item that is none', { item: 'NO_ITEM' }, 'item'],
    ['no rows', { rows: [] }, 'rows'],
    ['a blank key', { idempotencyKey: ' ' }, 'idempotencyKey'],
    ['a key without end', { idempotencyKey: 'k'.repeat(201) }, 'idempotencyKey'],
    ['an instant without an offset', { asOf: '2026-11-20T00:00:00' }, 'asOf'],
    ['a row that is no object', { rows: ['x'] as never }, 'rows'],
  ])('%s', async (_name, input, field) => {
    const before = await countOf('import_batch');
    const answer = await submit(market, { rows: [penalty(1)], ...input });
    expect([refusalOf(answer), answer.data ?? null]).toEqual([`BAD_USER_INPUT ${field}`, null]);
    expect(await countOf('import_batch')).toBe(before);
  });

  test('a row that is nested without end', async () => {
    const text = JSON.stringify({
      query: 'mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { id } } }',
      variables: { input: { item: 'XZCF_FR', idempotencyKey: key(), rows: [{ 备注: 'HERE' }] } },
    });
    const response = await fetch(`${hub.url}/graphql/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${market}` },
      body: text.replace('"HERE"', `${'['.repeat(200_000)}${']'.repeat(200_000)}`),
    });
    const { data, errors } = (await response.json()) as Answer<unknown>;
    expect([data, errors[0]?.extensions.code, errors[0]?.extensions.field]).toEqual([null, 'BAD_USER_INPUT', 'rows']);
  });

  test('and a refusal, a log and a stored row never hold a whole citizen id', async () => {
    const id = citizenId('19850214', 232);
    const rows = [penalty(3000, { 违法事实: `当事人${id}`, 处罚决定日期: 'x', [id]: id })];
    const batch = await submitted(market, { rows });
    const { data } = await hub.graphql(BatchDocument, { id: batch.id }, { token: market });
    const refused = await submit(market, { rows, asOf: id });
    expect(refusalOf(refused)).toBe('BAD_USER_INPUT asOf');
    expect(JSON.stringify([batch, data, refused.errors, hub.log])).not.toContain(id);
    for (const table of ['import_batch', 'import_row', 'idempotent_request'])
      expect([table, await countOf(`${table} t where t::text like '%' || $1 || '%'`, [id])]).toEqual([table, 0]);
  });
});

describe('POST /graphql/submit', () => {
  const big = () => Array.from({ length: 2_000 }, (_, n) => penalty(40_000 + n, { 违法事实: '长'.repeat(500) }));

  test('takes what /graphql finds too long, up to 8 MB', async () => {
    const rows = big();
    expect(JSON.stringify(rows).length * 2).toBeGreaterThan(1_000_000);
    const refused = await submit(market, { rows }, '/graphql');
    expect([refused.status, refusalOf(refused)]).toEqual([413, 'LIMIT_EXCEEDED']);
    const batch = await submitted(market, { rows });
    expect(await overOf(batch.id, market)).toMatchObject({ accepted: 2_000 });
    const over = await submit(market, { rows: [{ 备注: 'x'.repeat(8 * 1024 * 1024) }] });
    expect([over.status, refusalOf(over)]).toEqual([413, 'LIMIT_EXCEEDED']);
    expect(over.errors[0]?.message).toContain('8 MB');
  });

  const at = (query: string, variables?: Record<string, unknown>): Promise<Answer<unknown>> =>
    hub.graphql(query, variables, { token: market, path: '/graphql/submit' });
  const input = () => ({ item: 'XZCF_FR', idempotencyKey: key(), rows: [penalty(1)] });

  test.each([
    ['a query', '{ viewer { role } }'],
    [
      'another mutation',
      'mutation { revokeRecord(input: { id: "x", documentNo: "x", reason: "x" }) { record { id } } }',
    ],
    [
      'it and another',
      'mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { id } } ...F }' +
        ' fragment F on Mutation { revokeRecord(input: { id: "x", documentNo: "x", reason: "x" }) { record { id } } }',
    ],
    ['a subscription', 'subscription { importProgress(batch: "x") { id } }'],
  ])('refuses %s', async (_name, query) => {
    const before = await countOf('import_batch');
    const answer = await at(query, query.includes('$input') ? { input: input() } : {});
    expect([refusalOf(answer), answer.data ?? null]).toEqual(['BAD_USER_INPUT query', null]);
    expect(await countOf('import_batch')).toBe(before);
  });

  test('keeps the limits of depth and tokens', async () => {
    const deep = `${'... on Mutation { '.repeat(1)}${'}'.repeat(1)}`;
    expect(deep).not.toBe('');
    const tokens = await at(`mutation { submitRecords(input: { ${'a: 1 '.repeat(3_000)} }) { batch { id } } }`);
    expect(refusalOf(tokens)).toBe('GRAPHQL_PARSE_FAILED');
    const nested = `{ department { code } ${'rows { nodes { issues { code } } } item { '.repeat(20)} code ${'}'.repeat(20)} }`;
    const answer = await at(
      `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch ${nested} } }`,
      {
        input: input(),
      },
    );
    expect(answer.errors.map(({ extensions }) => extensions.code)).toContain('LIMIT_EXCEEDED');
  });

  test('a citizen id in the document is refused', async () => {
    const answer = await at(
      `mutation { submitRecords(input: { item: "${citizenId('19850214', 232)}" }) { batch { id } } }`,
    );
    expect(refusalOf(answer)).toBe('BAD_USER_INPUT query');
  });

  test('two of one document are one too many', async () => {
    const document =
      'mutation ($input: SubmitRecordsInput!) { a: submitRecords(input: $input) { batch { id } } b: submitRecords(input: $input) { batch { id } } }';
    expect(refusalOf(await at(document, { input: input() }))).toBe('BAD_USER_INPUT');
  });
});

describe('while a long import has its turn', () => {
  test('a submission waits, is told to come back, and leaves nothing but a batch that failed', async () => {
    const importer = new Client(hub.ownerUrl);
    await importer.connect();
    await importer.query('begin');
    await importer.query('select pg_advisory_xact_lock(370831, 0)');
    const idempotencyKey = key();
    const rows = [penalty(5_000)];
    const answer = await submit(market, { idempotencyKey, rows });
    expect([refusalOf(answer), answer.data]).toEqual(['UNAVAILABLE', null]);
    expect(await owner(`select state from import_batch order by created_at desc limit 1`)).toEqual([
      { state: 'FAILED' },
    ]);
    await importer.end();
    expect(await submitted(market, { idempotencyKey, rows })).toMatchObject({ state: 'COMPLETED', repeated: false });
  }, 30_000);

  test('eight go on after their answers, a ninth is told to come back', async () => {
    const importer = new Client(hub.ownerUrl);
    await importer.connect();
    await importer.query('begin');
    await importer.query('select pg_advisory_xact_lock(370831, 0)');
    const rows = Array.from({ length: 1_001 }, (_, n) => penalty(60_000 + n));
    const ids = [];
    for (let n = 0; n < 8; n += 1) ids.push((await submitted(market, { rows })).id);
    expect(refusalOf(await submit(market, { rows }))).toBe('UNAVAILABLE');
    await importer.end();
    for (const id of ids) expect(await overOf(id, market)).toMatchObject({ state: 'COMPLETED', accepted: 1_001 });
  }, 60_000);
});
