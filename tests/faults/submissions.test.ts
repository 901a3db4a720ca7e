import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { BatchDocument, SubmitRecordsDocument } from '../generated/operations.js';
import { type Hub, startHub } from '../kit/hub.js';
import { ambush, type KillPoint, pauseCommits, quiet, stateAfterImports, told } from '../kit/kills.js';
import { DEPARTMENTS, departmentsCsv, penalties } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { until } from '../kit/until.js';

const NOW = '2026-11-20';
const TABLE = (table: string): KillPoint => ({ at: 'TABLE', table });
const PROGRESS = (chunks: number): KillPoint => ({ at: 'PROGRESS', chunks });
const COMMIT: KillPoint = { at: 'COMMIT' };
let hub: Hub;
let folder: string;
let token: string;

beforeAll(async () => {
  hub = await startHub({ demo: false, now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'hub-submissions-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  await pauseCommits(hub.ownerUrl);
  token = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code });
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const { header, rows } = penalties();
const many = Array.from({ length: 3_050 }, (_, n) => ({
  ...Object.fromEntries(header.map((name, i) => [name, rows[n % 20]?.[i] ?? ''])),
  行政处罚决定书文号: `汶市监处罚〔2026〕${n}号`,
}));
const submit = async (rows = many) => {
  const input = { item: 'XZCF_FR', idempotencyKey: 'the night’s', rows };
  const { data, errors } = await hub.graphql(SubmitRecordsDocument, { input }, { token, path: '/graphql/submit' });
  expect(errors).toEqual([]);
  return data!.submitRecords.batch;
};
const stateOf = async (id: string) => (await hub.graphql(BatchDocument, { id }, { token })).data?.importBatch?.state;
const countOf = async (from: string) =>
  (await sql<{ n: number }>(hub.ownerUrl, `select count(*)::int as n from ${from}`))[0]?.n;

/** Somebody else's turn, so that what was answered RECEIVED stays so for as long as the test wants. */
async function elsewhere(): Promise<Client> {
  const importer = new Client(hub.ownerUrl);
  importer.on('error', () => undefined);
  await importer.connect();
  await importer.query('begin');
  await importer.query('select pg_advisory_xact_lock(370831, 0)');
  return importer;
}

/** Returns when the batch has said that some of its rows have gone in, in a transaction that nobody sees into. */
async function halfway(): Promise<() => Promise<void>> {
  const listener = new Client(hub.appUrl);
  listener.on('error', () => undefined);
  await listener.connect();
  await listener.query('listen import_progress');
  const heard = new Promise<void>((resolve) => {
    listener.on('notification', ({ payload = '{}' }) => {
      if ((JSON.parse(payload) as { read?: number }).read) resolve();
    });
  });
  return async () => {
    await heard;
    await listener.end();
  };
}
const over = (id: string) =>
  until(async () => {
    const state = await stateOf(id);
    return state !== 'RECEIVED' && state !== 'RUNNING' && state;
  });
const left = async () => [
  await countOf('waiting_submission'),
  await countOf('graphile_worker._private_jobs'),
  await countOf('hub_jobs.parked_job'),
];

test('killed after RECEIVED, and killed in the middle of the rows: taken up after each start, and stored once', async () => {
  const importer = await elsewhere();
  const first = await submit();
  expect(first.state).toBe('RECEIVED');
  await hub.stop('SIGKILL');
  await importer.end().catch(() => undefined);
  expect(await countOf('import_row')).toBe(0);

  for (let kills = 0; kills < 2; kills += 1) {
    const heard = halfway();
    hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
    await (await heard)();
    await hub.stop('SIGKILL');
  }
  const locked = `select locked_by as name from graphile_worker._private_jobs`;
  const [dead] = await sql<{ name: string | null }>(hub.ownerUrl, locked);
  hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
  expect(await over(first.id)).toBe('COMPLETED');
  expect([await countOf('import_row'), await countOf('credit_record')]).toEqual([many.length, many.length]);
  await until(async () => (await left()).every((n) => n === 0));
  expect(dead === undefined || dead.name !== null).toBe(true);
  const events = await sql(
    hub.ownerUrl,
    `select outcome, count(*)::int as n from access_event where operation = 'submitRecords' group by 1 order by 1`,
  );
  expect(events).toEqual([
    { outcome: 'COMPLETED', n: 1 },
    { outcome: 'OK', n: 1 },
  ]);

  const again = await submit();
  expect([again.repeated, again.id, again.state]).toEqual([true, first.id, 'COMPLETED']);
  expect(await hub.stop()).toBe(0);
  hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
}, 120_000);

// A job is tried five times, and a kill uses up one of them: four kills each.
test.each([
  ['turn', [TABLE('import_row'), PROGRESS(1), COMMIT]],
  ['turn', [PROGRESS(3), TABLE('exchange_change'), TABLE('waiting_submission')]],
])(
  'a submission that a job stores, killed four times on its way and started again each time: %s, %j: stored once',
  async (_turn, points) => {
    await sql(hub.ownerUrl, `update import_batch set key_hash = null`);
    const before = await stateAfterImports(hub.ownerUrl);
    const importer = await elsewhere();
    const { id } = await submit(
      many.map((row) => ({ ...row, 违法事实: `经营标签不符合规定的食品，${told(points[0]!)}` })),
    );
    await hub.stop('SIGKILL');
    await importer.end().catch(() => undefined);
    for (const point of points) {
      const { reached, release } = await ambush(hub.ownerUrl, point);
      hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
      await reached;
      await hub.stop('SIGKILL');
      await release();
      await quiet(hub.ownerUrl);
    }
    hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
    await until(async () => (await left()).every((n) => n === 0));
    expect(await stateOf(id)).toBe('COMPLETED');
    const after = await stateAfterImports(hub.ownerUrl);
    const more = Object.fromEntries(Object.entries(after).map(([name, { n }]) => [name, n - (before[name]?.n ?? 0)]));
    // Every record is revised once, and every row is there once.
    expect(more).toEqual({
      ...Object.fromEntries(Object.keys(before).map((name) => [name, 0])),
      ...{ batches: 1, events: 1, rows: many.length, revisions: many.length, marks: many.length },
    });
  },
  60_000,
);

test('what waits is sealed, and its job names the batch and nothing else', async () => {
  const importer = await elsewhere();
  await sql(hub.ownerUrl, `update import_batch set key_hash = null`);
  const { id } = await submit();
  const [waits] = await sql<{ sealed: Buffer; payload: object }>(
    hub.ownerUrl,
    `select sealed, (select json_agg(payload) from graphile_worker._private_jobs) as payload from waiting_submission`,
  );
  expect(waits?.sealed.includes('汶市监处罚')).toBe(false);
  expect(waits?.payload).toEqual([{ batch: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  await importer.end();
  expect(await over(id)).toBe('COMPLETED');
}, 60_000);

test('rows that can’t be opened are given up after their attempts: FAILED, parked, nothing stored, and the key is free', async () => {
  await sql(hub.ownerUrl, `update import_batch set key_hash = null`);
  const before = await countOf('credit_record');
  const importer = await elsewhere();
  const { id } = await submit();
  await sql(hub.ownerUrl, `update waiting_submission set sealed = substring(sealed for octet_length(sealed) - 1)`);
  await sql(hub.ownerUrl, `update graphile_worker._private_jobs set max_attempts = 2`);
  await importer.end();
  expect(await over(id)).toBe('FAILED');
  await until(async () => (await left()).join() === '0,0,1');
  expect(await countOf('credit_record')).toBe(before);

  const { stdout } = await hub.cli(['jobs', 'list', '--json']);
  const { parked } = JSON.parse(stdout) as { parked: { id: string; task: string; reason: string }[] };
  expect(parked).toMatchObject([{ task: 'collection.store', reason: expect.stringMatching(/^CipherError/) }]);
  // Its sender was told that it failed: it is not brought back behind its back.
  const retried = await hub.cli(['jobs', 'retry', parked[0]?.id ?? '']);
  expect([retried.code, retried.stderr]).toEqual([2, expect.stringMatching(/重新报送.*sends it again/)]);
  expect(await left()).toEqual([0, 0, 1]);
  const tried = await sql(hub.ownerUrl, `select outcome from access_event where operation = 'jobs.retry' order by id`);
  expect(tried).toEqual([{ outcome: 'OK' }, { outcome: 'PRECONDITION_FAILED' }]);
  expect((await hub.cli(['jobs', 'drop', parked[0]?.id ?? ''])).code).toBe(0);
  expect((await hub.cli(['jobs', 'drop', parked[0]?.id ?? ''])).code).toBe(2);
  expect(await left()).toEqual([0, 0, 0]);
  const again = await submit();
  expect([again.repeated, await over(again.id)]).toEqual([false, 'COMPLETED']);
}, 60_000);

test('a desk that lost its connection still ends what it received, and nobody sweeps it meanwhile', async () => {
  const importer = await elsewhere();
  await sql(hub.ownerUrl, `update import_batch set key_hash = null`);
  const { id } = await submit();
  // A job takes it up in its own time.
  await until(async () => {
    const [cut] = await sql<{ n: number }>(
      hub.appUrl,
      `select count(pg_terminate_backend(l.pid))::int as n from pg_locks l
       where l.locktype = 'advisory' and l.classid = 370830 and l.objsubid = 2 and l.granted`,
    );
    return cut?.n === 1;
  });
  await importer.end();
  const listener = new Client(hub.appUrl);
  await listener.connect();
  await listener.query('listen import_progress');
  for (let state = await stateOf(id); state !== 'COMPLETED'; ) {
    const heard = new Promise((resolve) => listener.once('notification', resolve));
    state = await stateOf(id);
    if (state === 'FAILED') throw new Error('it was given up');
    if (state !== 'COMPLETED') await heard;
  }
  await listener.end();
}, 60_000);
