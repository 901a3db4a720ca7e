import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { BatchDocument, SubmitRecordsDocument } from '../generated/operations.js';
import { type Hub, startHub } from '../kit/hub.js';
import { DEPARTMENTS, departmentsCsv, penalties } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { projectRoot } from '../kit/templates.js';
import { until } from '../kit/until.js';

// `hub work`: jobs in a process of their own, beside a server that runs none.
const NOW = '2026-11-20';
let hub: Hub;
let folder: string;
let token: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  hub = await startHub({ demo: false, now: NOW, env: { HUB_JOBS: '0' } });
  folder = await mkdtemp(join(tmpdir(), 'hub-work-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  token = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code });
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Resolves when it works. */
async function work(): Promise<{ child: ChildProcess; ended: Promise<number | null>; log: string[] }> {
  const env = { ...process.env, HUB_DATA: hub.dataDir, HUB_DEMO: '0', HUB_NOW: NOW };
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), 'work'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const log: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${log.join('\n')}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      log.push(line);
      if (line.includes('"working"')) resolve();
    });
  });
  return { child, ended, log };
}

const { header, rows } = penalties();
let submissions = 0;
const submit = async () => {
  submissions += 1;
  const many = Array.from({ length: 2_500 }, (_, n) => ({
    ...Object.fromEntries(header.map((name, i) => [name, rows[n % 20]?.[i] ?? ''])),
    行政处罚决定书文号: `汶市监处罚〔2026〕${submissions}-${n}号`,
  }));
  const input = { item: 'XZCF_FR', idempotencyKey: `night ${submissions}`, rows: many };
  const { data, errors } = await hub.graphql(SubmitRecordsDocument, { input }, { token, path: '/graphql/submit' });
  expect(errors).toEqual([]);
  return data!.submitRecords.batch;
};
const stateOf = async (id: string) => (await hub.graphql(BatchDocument, { id }, { token })).data?.importBatch?.state;

/** Somebody else's turn: the job has begun, and waits. */
async function elsewhere(): Promise<Client> {
  const importer = new Client(hub.ownerUrl);
  await importer.connect();
  await importer.query('begin');
  await importer.query('select pg_advisory_xact_lock(370831, 0)');
  return importer;
}

test('a server without jobs takes submissions in; a process that runs jobs stores them, and ends in order', async () => {
  const { id, state } = await submit();
  expect([state, await stateOf(id)]).toEqual(['RECEIVED', 'RECEIVED']);
  // What another process does is seen where metrics are read: at the server.
  const metrics = async () => (await fetch(`${hub.url}/metrics`)).text();
  const before = await metrics();
  expect(before).toMatch(/^hub_workers 0$/m);
  expect(before).toMatch(/^hub_jobs\{(?=.*task="collection.store")(?=.*state="waiting").*\} 1$/m);
  const worker = await work();
  await until(async () => (await stateOf(id)) === 'COMPLETED');
  expect(await metrics()).toMatch(/^hub_workers 1$/m);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
  await until(async () => /^hub_workers 0$/m.test(await metrics()));
  expect(await sql(hub.ownerUrl, 'select count(*)::int as n from credit_record')).toEqual([{ n: 2_500 }]);
  expect(await sql(hub.ownerUrl, 'select from graphile_worker._private_jobs')).toEqual([]);
}, 60_000);

test('killed while another lives, what it had begun passes to the other without a start', async () => {
  const importer = await elsewhere();
  const first = await work();
  const { id } = await submit();
  const lockedBy = async () =>
    (await sql<{ name: string | null }>(hub.ownerUrl, 'select locked_by as name from graphile_worker._private_jobs'))[0]
      ?.name;
  const dead = await until(async () => (await stateOf(id)) === 'RUNNING' && (await lockedBy()));
  const second = await work();
  // The living one's lock was not taken for a dead one's.
  expect(await lockedBy()).toBe(dead);
  first.child.kill('SIGKILL');
  await first.ended;
  await until(async () => (await lockedBy()) !== dead && (await lockedBy()));
  await importer.end();
  await until(async () => (await stateOf(id)) === 'COMPLETED');
  expect(await sql(hub.ownerUrl, 'select count(*)::int as n from credit_record')).toEqual([{ n: 5_000 }]);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  expect(second.log.join('\n')).toContain('jobs of workers that are gone are taken up again');
}, 90_000);

test('while Postgres is away the worker waits, and goes on when it is back', async () => {
  const worker = await work();
  // Every connection of the worker's is cut, the sign of life and the one that listens too.
  await sql(
    hub.ownerUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where usename = 'hub_owner' and pid <> pg_backend_pid() and datname = current_database()`,
  );
  const { id } = await submit();
  await until(async () => (await stateOf(id)) === 'COMPLETED');
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
}, 90_000);
