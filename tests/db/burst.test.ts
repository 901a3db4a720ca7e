import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { runBurst } from '../../src/platform/postgres/burst.js';
import { type Hub, startHub } from '../kit/hub.js';

let hub: Hub;
let pool: pg.Pool;
beforeAll(async () => {
  hub = await startHub({ demo: false });
  pool = new pg.Pool({ connectionString: hub.appUrl, max: 1 });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await hub.remove();
});

const statement = (sql: string, parameters: unknown[] = []) => ({ sql, parameters });
const as = (role: string) =>
  statement(`select set_config('hub.role', $1, true), set_config('transaction_read_only', 'on', true)`, [role]);
const whoAmI = statement(`select current_setting('hub.role', true) as role, pg_backend_pid() as pid`);
const bare = async () => (await pool.query(whoAmI.sql)).rows[0] as { role: string | null; pid: number };

test('the settings hold for the statement and end with it, on the same connection', async () => {
  const roles: string[] = [];
  const pids = new Set<number>();
  for (let i = 0; i < 50; i++) {
    const [row] = await runBurst<{ role: string; pid: number }>(pool, as(`ROLE_${i}`), whoAmI);
    roles.push(row!.role);
    pids.add(row!.pid);
    const after = await bare();
    pids.add(after.pid);
    expect(after.role ?? '').toBe('');
  }
  expect(roles).toEqual(Array.from({ length: 50 }, (_, i) => `ROLE_${i}`));
  expect(pids.size).toBe(1);
});

test('so does the role that the settings take on', async () => {
  const who = statement('select current_user as role');
  for (const role of ['hub_public', 'hub_auditor', 'hub_public']) {
    const first = statement(`select set_config($1, $2, true)`, ['role', role]);
    expect(await runBurst(pool, first, who)).toEqual([{ role }]);
    expect((await pool.query(who.sql)).rows).toEqual([{ role: 'hub_app' }]);
  }
});

test('rows, values and empty answers come back as they are', async () => {
  expect(await runBurst(pool, as('A'), statement('select $1::int as n, $2::text[] as t', [7, ['x', 'y']]))).toEqual([
    { n: 7, t: ['x', 'y'] },
  ]);
  expect(await runBurst(pool, as('A'), statement('select 1 as n where false'))).toEqual([]);
});

test('nothing can be written', async () => {
  await expect(runBurst(pool, as('A'), statement('create temp table t (n int)'))).rejects.toMatchObject({
    code: '25006',
  });
});

test.each([
  ['that does not parse', statement('selct 1'), '42601'],
  ['that fails as it runs', statement('select 1 / $1::int', [0]), '22012'],
  ['that is cancelled', statement(`select pg_cancel_backend(pg_backend_pid()), pg_sleep(30)`), '57014'],
  ['whose connection dies', statement('select pg_terminate_backend(pg_backend_pid())'), '57P01'],
])('a statement %s is refused, and the next one of another actor is well', async (_how, failing, code) => {
  const { pid } = await bare();
  if (code !== '57P01') await expect(runBurst(pool, as('A'), failing)).rejects.toMatchObject({ code });
  else await expect(runBurst(pool, as('A'), failing)).rejects.toThrow();
  const [row] = await runBurst<{ role: string; pid: number }>(pool, as('B'), whoAmI);
  expect(row!.role).toBe('B');
  expect(row!.pid).not.toBe(pid);
  expect((await bare()).role ?? '').toBe('');
});
