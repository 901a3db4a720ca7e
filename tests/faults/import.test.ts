import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type Hub, startHub } from '../kit/hub.js';
import { csv, DEPARTMENTS, departmentsCsv, penalties, RECEIVED } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { projectRoot } from '../kit/templates.js';

const ROWS = 100_000;
let hub: Hub;
let folder: string;
let path: string;
const { code: department } = DEPARTMENTS.MARKET;

beforeAll(async () => {
  hub = await startHub({ demo: false });
  folder = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  const { header, rows } = penalties();
  const at = header.indexOf('行政处罚决定书文号');
  path = join(folder, 'many.csv');
  await writeFile(
    path,
    csv(
      header,
      Array.from({ length: ROWS }, (_, n) => rows[n % 20]!.with(at, `汶市监处罚〔2026〕${n}号`)),
    ),
  );
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const args = () => ['import', path, '--item', 'XZCF_FR', '--department', department, '--received', RECEIVED, '--json'];
const states = async () =>
  (await sql<{ state: string }>(hub.ownerUrl, 'select state from import_batch order by created_at')).map(
    ({ state }) => state,
  );
const rowsOf = async (table: string) =>
  (await sql<{ n: number }>(hub.ownerUrl, `select count(*)::int as n from ${table}`))[0]?.n;

/** Runs the import, and kills it once it has stored a part of the file that nobody sees yet. */
async function killedHalfWay(): Promise<void> {
  const env = { ...process.env, HUB_DATA: hub.dataDir, HUB_DEMO: '0' };
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), ...args()], {
    cwd: projectRoot,
    env,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const listener = new Client(hub.appUrl);
  await listener.connect();
  await listener.query('listen import_progress');
  const halfWay = new Promise<void>((resolve) => {
    listener.on('notification', ({ payload }) => {
      if (JSON.parse(payload ?? '{}').read >= 20_000) resolve();
    });
  });
  const over = ended.then(() => {
    throw new Error('the import was over before it could be killed');
  });
  await Promise.race([halfWay, over]);
  over.catch(() => undefined);
  await listener.end();
  child.kill('SIGKILL');
  await ended;
}

test('an import killed half-way leaves nothing but a batch that failed, and a repeat completes it', async () => {
  await killedHalfWay();
  expect(await states()).toEqual(['RUNNING']);
  await hub.stop();
  hub = await startHub({ demo: false, dataDir: hub.dataDir });
  expect(await states()).toEqual(['FAILED']);
  for (const table of ['import_row', 'credit_record', 'subject'])
    expect([table, await rowsOf(table)]).toEqual([table, 0]);

  const { code, stdout } = await hub.cli(args());
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ read: ROWS, accepted: ROWS, repeated: false });
  expect(await states()).toEqual(['FAILED', 'COMPLETED']);
  expect(await rowsOf('credit_record')).toBe(ROWS);
}, 180_000);
