import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { BatchDocument, SubmitRecordsDocument } from '../generated/operations.js';
import { type Hub, startHub } from '../kit/hub.js';
import { DEPARTMENTS, departmentsCsv, penalties } from '../kit/samples.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-20';
let hub: Hub;
let folder: string;
let token: string;

beforeAll(async () => {
  hub = await startHub({ demo: false, now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'hub-submissions-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  token = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code });
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const { header, rows } = penalties();
const many = Array.from({ length: 1_500 }, (_, n) => ({
  ...Object.fromEntries(header.map((name, i) => [name, rows[n % 20]?.[i] ?? ''])),
  行政处罚决定书文号: `汶市监处罚〔2026〕${n}号`,
}));
const submit = async () => {
  const input = { item: 'XZCF_FR', idempotencyKey: 'the night’s', rows: many };
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

test('a hub that is killed after it answered RECEIVED leaves a batch that says FAILED, and the same key completes it', async () => {
  const importer = await elsewhere();
  const first = await submit();
  expect(first.state).toBe('RECEIVED');
  await hub.stop('SIGKILL');
  await importer.end().catch(() => undefined);
  hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
  expect(await stateOf(first.id)).toBe('FAILED');
  expect([await countOf('import_row'), await countOf('credit_record')]).toEqual([0, 0]);

  const again = await submit();
  expect([again.repeated, again.id === first.id]).toEqual([false, false]);
  expect(await hub.stop()).toBe(0);
  hub = await startHub({ demo: false, now: NOW, dataDir: hub.dataDir });
  expect(await stateOf(again.id)).toBe('COMPLETED');
  expect(await countOf('credit_record')).toBe(1_500);
}, 60_000);

test('a desk that lost its connection still ends what it received, and nobody sweeps it meanwhile', async () => {
  const importer = await elsewhere();
  await sql(hub.ownerUrl, `update import_batch set key_hash = null`);
  const { id } = await submit();
  const [cut] = await sql<{ n: number }>(
    hub.appUrl,
    `select count(pg_terminate_backend(l.pid))::int as n from pg_locks l
     where l.locktype = 'advisory' and l.classid = 370830 and l.objsubid = 2 and l.granted`,
  );
  expect(cut?.n).toBe(1);
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
