import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { fromGlobalId, toGlobalId } from '../../src/platform/ids.js';
import { BATCH_LOCKS, tellProgress } from '../../src/services/collection/batch.js';
import { ProgressDocument, SubmitRecordsDocument } from '../generated/operations.js';
import { type Hub, startHub, type TokenOptions } from '../kit/hub.js';
import { csv, DEPARTMENTS, departmentsCsv, penalties, RECEIVED } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { allOf, stream } from '../kit/stream.js';
import { projectRoot } from '../kit/templates.js';

let hub: Hub;
let folder: string;
let path: string;
const ROWS = 30_000;
const MARKET = { role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code };

beforeAll(async () => {
  hub = await startHub({ demo: false, now: RECEIVED });
  folder = await mkdtemp(join(tmpdir(), 'hub-progress-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  const { header, rows } = penalties();
  const at = header.indexOf('行政处罚决定书文号');
  path = join(folder, 'many.csv');
  const many = Array.from({ length: ROWS }, (_, n) => rows[n % 20]!.with(at, `汶市监处罚〔2026〕${n}号`));
  await writeFile(path, csv(header, many));
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

let keys = 0;
const rowsOf = (count: number): Record<string, string>[] => {
  const { header, rows } = penalties();
  return Array.from({ length: count }, (_, n) => ({
    ...Object.fromEntries(header.map((name, i) => [name, rows[n % 20]?.[i] ?? ''])),
    行政处罚决定书文号: `汶市监处罚〔2026〕P${keys}-${n}号`,
  }));
};

async function batchOf(count: number, who: TokenOptions = MARKET): Promise<string> {
  const input = { item: 'XZCF_FR', idempotencyKey: `p${++keys}`, rows: rowsOf(count) };
  const { data, errors } = await hub.graphql(
    SubmitRecordsDocument,
    { input },
    { token: await hub.token(who), path: '/graphql/submit' },
  );
  expect(errors).toEqual([]);
  return data?.submitRecords.batch.id as string;
}

async function follow(batch: string, who: TokenOptions = MARKET, headers: Record<string, string> = {}) {
  return stream(hub.url, ProgressDocument, { batch }, { token: await hub.token(who), headers });
}
const codesOf = (events: { errors?: { extensions: { code: string; field?: string } }[] }[]) =>
  events.flatMap(({ errors = [] }) =>
    errors.map(({ extensions: { code, field } }) => [code, field].filter(Boolean).join(' ')),
  );

const uuidOf = (batch: string) => (fromGlobalId(batch) as { uuid: string }).uuid;

/** A batch that goes on for as long as the test wants, and the connection that is its importer. */
async function underWay(): Promise<[batch: string, importer: Client]> {
  const batch = await batchOf(1);
  await sql(hub.ownerUrl, `update import_batch set state = 'RUNNING' where id = $1`, [uuidOf(batch)]);
  const importer = new Client(hub.appUrl);
  // it may outlive its Postgres
  importer.on('error', () => undefined);
  await importer.connect();
  await importer.query('select pg_advisory_lock($1, hashtext($2))', [BATCH_LOCKS, uuidOf(batch)]);
  return [batch, importer];
}

/** `hub import` in a process of its own, and its batch as soon as it says anything. */
async function importing(): Promise<{ batch: string; kill: () => void; ended: Promise<unknown> }> {
  const listener = new Client(hub.appUrl);
  await listener.connect();
  await listener.query('listen import_progress');
  const heard = new Promise<string>((resolve) => {
    listener.on('notification', ({ payload }) => resolve(JSON.parse(payload ?? '{}').batch));
  });
  const args = ['import', path, '--item', 'XZCF_FR', '--department', MARKET.department, '--received', RECEIVED];
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), ...args], {
    cwd: projectRoot,
    env: { ...process.env, HUB_DATA: hub.dataDir, HUB_DEMO: '0' },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const batch = toGlobalId('ImportBatch', await heard);
  await listener.end();
  return { batch, kill: () => child.kill('SIGKILL'), ended };
}

describe('progress of an import', () => {
  test('in another process: numbers that grow, then its end', async () => {
    const { batch, ended } = await importing();
    const followed = await follow(batch);
    expect([followed.status, followed.contentType]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const events = await allOf(followed);
    await ended;
    const seen = events.map(({ data }) => data?.importProgress);
    expect(codesOf(events)).toEqual([]);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.map((at) => at?.read)).toEqual(seen.map((at) => at?.read).toSorted((a, b) => Number(a) - Number(b)));
    expect(seen.slice(0, -1).map((at) => at?.state)).toEqual(seen.slice(1).map(() => 'RUNNING'));
    expect(seen.some((at) => at?.state === 'RUNNING' && at.read > 0 && at.read < ROWS)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ id: batch, state: 'COMPLETED', read: ROWS, accepted: ROWS, rejected: 0 });
    expect(followed.complete()).toBe(true);
  }, 60_000);

  test('that was killed ends as FAILED, though it said nothing any more', async () => {
    await sql(hub.ownerUrl, `update import_batch set content_sha256 = 'of another file'`);
    const { batch, kill, ended } = await importing();
    const followed = await follow(batch);
    const first = await followed.events.next();
    expect(first.value?.data?.importProgress).toMatchObject({ state: 'RUNNING' });
    kill();
    await ended;
    const events = await allOf(followed);
    expect(events.at(-1)?.data?.importProgress).toMatchObject({ id: batch, state: 'FAILED', read: 0 });
    expect(followed.complete()).toBe(true);
  }, 60_000);

  test('by message, with more than a thousand rows, to its end', async () => {
    const batch = await batchOf(3_500);
    const events = await allOf(await follow(batch));
    expect(events.at(-1)?.data?.importProgress).toMatchObject({ id: batch, state: 'COMPLETED', read: 3_500 });
  });

  test('that is over is one event', async () => {
    const batch = await batchOf(1);
    const followed = await follow(batch);
    expect(await allOf(followed)).toEqual([
      { data: { importProgress: { id: batch, state: 'COMPLETED', read: 1, accepted: 1, rejected: 0 } } },
    ]);
    expect(followed.complete()).toBe(true);
  });

  test('is heard again when the listening connection was lost', async () => {
    await sql(hub.ownerUrl, `update import_batch set content_sha256 = 'of another file'`);
    const { batch, ended } = await importing();
    const followed = await follow(batch);
    await followed.events.next();
    // as the hub's own login, which may see and end its own connections
    const [cut] = await sql<{ n: number }>(
      hub.appUrl,
      `select count(pg_terminate_backend(pid))::int as n from pg_stat_activity where query = 'listen import_progress'`,
    );
    expect(cut?.n).toBe(1);
    const events = await allOf(followed);
    await ended;
    expect(events.at(-1)?.data?.importProgress).toMatchObject({ state: 'COMPLETED', read: ROWS });
  }, 60_000);
});

describe('who may', () => {
  const CREDIT_OFFICE = { role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code };

  test('the credit office with a purpose, and not without', async () => {
    const batch = await batchOf(1);
    expect(codesOf(await allOf(await follow(batch, CREDIT_OFFICE)))).toEqual(['PURPOSE_REQUIRED']);
    const stated = await allOf(await follow(batch, CREDIT_OFFICE, { 'x-hub-purpose': 'SUPERVISION' }));
    expect(stated.map(({ data }) => data?.importProgress.state)).toEqual(['COMPLETED']);
  });

  test('another department finds no such batch, as for one that is none', async () => {
    const other = { role: 'DEPARTMENT', department: DEPARTMENTS.APPROVAL.code };
    const batch = await batchOf(1);
    for (const id of [batch, toGlobalId('ImportBatch', '01890000-0000-7000-8000-000000000000'), 'x']) {
      const events = await allOf(await follow(id, other));
      expect([codesOf(events), events.map(({ data }) => data ?? null)]).toEqual([['NOT_FOUND batch'], [null]]);
    }
  });

  test.each(['SERVICE_HALL', 'AUDITOR', 'SUBJECT', 'ANALYST', 'SYSTEM_ADMIN'])('not %s', async (role) => {
    const { department } = MARKET;
    const subject = toGlobalId('Organisation', '01890000-0000-7000-8000-000000000000');
    expect(codesOf(await allOf(await follow(await batchOf(1), { role, department, subject })))).toEqual(['FORBIDDEN']);
  });

  test('whose token is wrong is told by status', async () => {
    const refused = await stream(hub.url, ProgressDocument, { batch: 'x' }, { token: 'x.y.z' });
    expect([refused.status, refused.contentType]).toEqual([401, 'application/json; charset=utf-8']);
    expect(codesOf([refused.body as never])).toEqual(['UNAUTHENTICATED']);
  });

  describe('is asked again for each event', () => {
    let [batch, importer] = [] as unknown as [string, Client];
    beforeEach(async () => {
      [batch, importer] = await underWay();
    });
    afterEach(() => importer.end());
    const tell = () => tellProgress(importer, uuidOf(batch), TOLD);
    const TOLD = { read: 1_000, accepted: 900, rejected: 100 };

    test('so that a token that has run out ends the stream', async () => {
      const token = await hub.token({ ...MARKET, ttl: '1s' });
      const followed = await stream(hub.url, ProgressDocument, { batch }, { token });
      await followed.events.next();
      await tell();
      expect((await followed.events.next()).value?.data?.importProgress).toMatchObject({ state: 'RUNNING', ...TOLD });
      for (let status = 200; status !== 401; ) ({ status } = await hub.graphql('{ viewer { role } }', {}, { token }));
      await tell();
      expect(codesOf(await allOf(followed))).toEqual(['UNAUTHENTICATED']);
      expect(followed.complete()).toBe(true);
    }, 30_000);

    test('so that a batch that is no longer the caller’s is no longer shown', async () => {
      const followed = await follow(batch);
      await followed.events.next();
      await sql(
        hub.ownerUrl,
        `update import_batch set department_id = (select id from department where code = $1) where id = $2`,
        [DEPARTMENTS.COURT.code, uuidOf(batch)],
      );
      await tell();
      const events = await allOf(followed);
      expect([codesOf(events), events.map(({ data }) => data ?? null)]).toEqual([['NOT_FOUND batch'], [null]]);
    });

    test('and a client that went away leaves nobody listening', async () => {
      const { events, leave } = await follow(batch);
      await events.next();
      leave();
      await expect(events.next()).rejects.toThrow();
      await tell();
      expect(
        codesOf(await allOf(await follow(toGlobalId('ImportBatch', '01890000-0000-7000-8000-000000000000')))),
      ).toEqual(['NOT_FOUND batch']);
    });
  });

  test('each stream is in the log, a refused one too', async () => {
    const events = await sql<{ outcome: string; labels: string[] }>(
      hub.ownerUrl,
      `select distinct outcome, labels from access_event where operation = 'importProgress' order by 1, 2`,
    );
    expect(events).toContainEqual({ outcome: 'OK', labels: ['GOVERNMENT'] });
    for (const outcome of ['FORBIDDEN', 'PURPOSE_REQUIRED', 'NOT_FOUND'])
      expect(events.map((event) => event.outcome)).toContain(outcome);
  });
});

describe('as events come subscriptions only', () => {
  const asked = async (query: string, variables = {}, headers = {}) =>
    stream(hub.url, query, variables, { token: await hub.token(MARKET), headers });

  test.each([
    ['a query', '{ viewer { role } }', 'BAD_USER_INPUT accept'],
    ['a mutation', 'mutation { revokeRecord(input: { id: "x" }) { record { id } } }', 'BAD_USER_INPUT accept'],
    ['no GraphQL', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['a field that is none', 'subscription { importProgress(batch: "x") { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two at once',
      'subscription { importProgress(batch: "x") { id } a: importProgress(batch: "x") { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'what is too deep',
      `subscription { importProgress(batch: "x") { ${'rows { nodes { '.repeat(9)} rowNo ${'} } '.repeat(9)} } }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'too many tokens',
      `subscription { importProgress(batch: "x") { ${'id '.repeat(5_001)} } }`,
      'GRAPHQL_PARSE_FAILED',
    ],
  ])('not %s', async (_name, query, code) => {
    const events = await allOf(await asked(query));
    expect(codesOf(events)).toContain(code);
    expect(events.map(({ data }) => data ?? null)).toEqual([null]);
  });

  test('a variable of the wrong type names its argument and not its value', async () => {
    const events = await allOf(
      await asked('subscription ($b: ID!) { importProgress(batch: $b) { id } }', { b: ['secret'] }),
    );
    expect(codesOf(events)).toEqual(['BAD_USER_INPUT batch']);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  test('in the language that was asked for', async () => {
    const query = 'subscription { importProgress(batch: "x") { id } }';
    const said = async (language: string) =>
      (await allOf(await asked(query, {}, { 'accept-language': language })))[0]?.errors?.[0]?.message;
    expect([await said('en'), await said('zh-CN')]).toEqual(['not found', '未找到']);
  });

  test('a body that is no request is refused with a code', async () => {
    const query = 'subscription { importProgress(batch: "x") { id } }';
    const refused = await stream(hub.url, query, [] as never, { token: await hub.token(MARKET) });
    expect([refused.status, codesOf([refused.body as never])]).toEqual([400, ['BAD_USER_INPUT query']]);
  });

  test('and a subscription asked for as JSON is told how to ask', async () => {
    const query = 'subscription { importProgress(batch: "x") { id } }';
    const { errors } = await hub.graphql(query, {}, { token: await hub.token(MARKET) });
    expect(errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([['BAD_USER_INPUT', 'accept']]);
  });

  test('a client that takes either is answered as JSON', async () => {
    const headers = { accept: 'application/json, text/event-stream;q=0.9' };
    const { contentType, body } = await asked('{ viewer { role } }', {}, headers);
    expect([contentType, body]).toEqual([
      'application/json; charset=utf-8',
      { data: { viewer: { role: 'DEPARTMENT' } } },
    ]);
  });
});

test('at the end streams end first, what was answered RECEIVED is stored, and the hub exits 0', async () => {
  const [running, importer] = await underWay();
  const followed = await follow(running);
  await followed.events.next();
  const batch = await batchOf(2_500);
  expect(await hub.stop()).toBe(0);
  await allOf(followed);
  expect(followed.complete()).toBe(false);
  await importer.end().catch(() => undefined);
  hub = await startHub({ demo: false, now: RECEIVED, dataDir: hub.dataDir });
  const events = await allOf(await follow(batch));
  expect(events.map(({ data }) => data?.importProgress)).toMatchObject([{ state: 'COMPLETED', read: 2_500 }]);
}, 60_000);
