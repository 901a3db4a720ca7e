import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Hub, startHub } from '../kit/hub.js';
import { openImports } from '../kit/imports.js';
import { ambush, type KillPoint, pauseCommits, quiet, stateAfterImports, told } from '../kit/kills.js';
import { random } from '../kit/random.js';
import { csv, DEPARTMENTS, departmentsCsv, penalties, RECEIVED } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { projectRoot } from '../kit/templates.js';

const SEED = 20261126;
const ROWS = 2_050;
/** each file revises a part of the one before it, and is killed so often before it is through */
const FILES = 4;
const KILLS_EACH = 5;
const CHUNKS = Math.ceil(ROWS / 1_000);
/** tables that every import writes to, in that order */
const TABLES = ['credit_record', 'exchange_change', 'personal_text', 'import_row', 'access_event'];
let killed: Hub;
let clean: Hub;
let folder: string;
const { code: department } = DEPARTMENTS.MARKET;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  [killed, clean] = [
    await startHub({ demo: false, now: RECEIVED }),
    await startHub({ demo: false, now: RECEIVED, env: { HUB_JOBS: '0' } }),
  ];
  for (const hub of [killed, clean]) await hub.cli(['departments', departments]);
  await pauseCommits(killed.ownerUrl);
  for (let n = 0; n < FILES; n += 1) await writeFile(fileOf(n), contentOf(n));
}, 60_000);
afterAll(async () => {
  await killed?.remove();
  await clean?.remove();
  await rm(folder, { recursive: true, force: true });
});

const fileOf = (n: number) => join(folder, `penalties-${n}.csv`);
const asOfOf = (n: number) => `${RECEIVED}T0${n}:00:00Z`;
/** The county's own dirt over and over, under numbers of their own; a fourth of the rows says something new in each file. */
function contentOf(file: number): string {
  const { header, rows } = penalties();
  const [no, fact] = [header.indexOf('行政处罚决定书文号'), header.indexOf('违法事实')];
  return csv(
    header,
    Array.from({ length: ROWS }, (_, n) => {
      const row = (rows[n % rows.length] as string[]).with(no, `汶市监处罚〔2026〕${n}号`);
      return n % FILES <= file && n % 7 < file ? row.with(fact, `${row[fact]}，第${file}次核实`) : row;
    }),
  );
}

const argsOf = (n: number) => [
  ...['import', fileOf(n), '--item', 'XZCF_FR', '--department', department],
  ...['--received', RECEIVED, '--as-of', asOfOf(n), '--json'],
];
const start = (n: number): { child: ChildProcess; ended: Promise<unknown> } => {
  const env = { ...process.env, HUB_DATA: killed.dataDir, HUB_DEMO: '0', HUB_NOW: RECEIVED };
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), ...argsOf(n)], {
    cwd: projectRoot,
    env,
    stdio: 'ignore',
  });
  return { child, ended: new Promise((resolve) => child.once('close', resolve)) };
};
const states = async () =>
  (await sql<{ state: string }>(killed.ownerUrl, 'select state from import_batch order by created_at')).map(
    ({ state }) => state,
  );

/** Runs the import of a file, and kills it where it is told. */
async function kill(n: number, point: KillPoint): Promise<void> {
  const { reached, release } = await ambush(killed.ownerUrl, point);
  const { child, ended } = start(n);
  const first = await Promise.race([reached.then(() => 'reached'), ended.then(() => 'over')]);
  child.kill('SIGKILL');
  await ended;
  await release();
  if (first === 'over') throw new Error(`the import was over before it came to ${told(point)}`);
  await quiet(killed.ownerUrl);
}

test('twenty kills of imports at random points, restarted each time: the end is that of a clean run', async () => {
  const imports = await openImports(clean, RECEIVED);
  const results = [];
  for (let n = 0; n < FILES; n += 1) {
    const file = { path: fileOf(n), item: 'XZCF_FR', department, received: RECEIVED, asOf: asOfOf(n) };
    results.push(await imports.run(file));
  }
  await imports.close();
  expect(results.at(-1)?.revised).toBeGreaterThan(0);

  const chance = random(SEED);
  const pick = <T>(from: readonly T[]) => from[Math.floor(chance() * from.length)] as T;
  const points: KillPoint[] = [
    { at: 'TURN' },
    ...TABLES.map((table) => ({ at: 'TABLE' as const, table })),
    // Behind the last chunk its commit is under way, and whoever kills may come too late.
    ...Array.from({ length: CHUNKS - 1 }, (_, n) => ({ at: 'PROGRESS' as const, chunks: n + 1 })),
  ];
  // Every kind is hit, in an order of chance; what is left over is hit where it pleases.
  const shuffled = points.map((point) => ({ point, by: chance() })).sort((a, b) => a.by - b.by);
  const before: KillPoint[] = [{ at: 'TABLE', table: 'subject' }, ...shuffled.map(({ point }) => point)];
  while (before.length < FILES * (KILLS_EACH - 1)) before.push(pick(points));
  const hit: string[] = [];
  for (let n = 0; n < FILES; n += 1) {
    const completed = (await states()).filter((state) => state === 'COMPLETED').length;
    for (const point of before.splice(0, KILLS_EACH - 1)) {
      await kill(n, point);
      hit.push(told(point));
      expect((await states()).filter((state) => state === 'COMPLETED')).toHaveLength(completed);
    }
    // The last one of a file when its commit was asked for: nobody was told, and yet it is stored.
    await kill(n, { at: 'COMMIT' });
    hit.push('commit');
    expect((await states()).filter((state) => state === 'COMPLETED')).toHaveLength(completed + 1);
    const { code, stdout } = await killed.cli(argsOf(n));
    const { milliseconds: _, batchId: __, ...counted } = results[n] as (typeof results)[number];
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ...counted, repeated: true }]);
  }
  expect(hit).toHaveLength(20);
  expect(new Set(hit).size).toBe(points.length + 2);
  expect(await stateAfterImports(killed.ownerUrl)).toEqual(await stateAfterImports(clean.ownerUrl));
  expect(new Set(await states())).toEqual(new Set(['FAILED', 'COMPLETED']));
}, 120_000);

test('a start sweeps what a killed import left: a batch that failed, and nothing of its rows', async () => {
  const before = await stateAfterImports(killed.ownerUrl);
  await writeFile(fileOf(FILES), contentOf(FILES));
  await kill(FILES, { at: 'PROGRESS', chunks: 2 });
  expect((await states()).at(-1)).toBe('RUNNING');
  await killed.stop();
  killed = await startHub({ demo: false, now: RECEIVED, dataDir: killed.dataDir });
  expect((await states()).at(-1)).toBe('FAILED');
  expect(await stateAfterImports(killed.ownerUrl)).toEqual(before);
}, 60_000);

test('a long file is read in a heap in which there is no room for its rows: what is held does not grow with it', async () => {
  const rows = 30_000;
  const long = join(folder, 'long.csv');
  const { header, rows: some } = penalties();
  const [no, fact] = [header.indexOf('行政处罚决定书文号'), header.indexOf('违法事实')];
  const text = '经营标签不符合规定的食品，'.repeat(24);
  const lines = Array.from({ length: rows }, (_, n) =>
    (some[n % 20] as string[]).with(no, `汶市监长〔2026〕${n}号`).with(fact, text),
  );
  await writeFile(long, csv(header, lines));
  const env = { ...process.env, HUB_DATA: clean.dataDir, HUB_DEMO: '0', HUB_NOW: RECEIVED };
  const args = ['import', long, '--item', 'XZCF_FR', '--department', department, '--received', RECEIVED, '--json'];
  const child = spawn(process.execPath, ['--max-old-space-size=66', join(projectRoot, 'dist/cli.js'), ...args], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => said.push(piece));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(JSON.parse(said.join(''))).toMatchObject({ read: rows, accepted: rows });
}, 120_000);
