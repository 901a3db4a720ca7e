import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { isMigrated, migrate, openOrm } from '../../src/entities/orm.js';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { createLogger } from '../../src/platform/logger.js';
import { type Database, openDatabase } from '../../src/platform/postgres/index.js';
import { runFolder, stopStrays } from '../kit/templates.js';
import { poolOf } from './kit.js';

let folder: string;
let database: Database;
let owner: pg.Pool;
const said: string[] = [];
const log = { info: (_facts: object, text: string) => void said.push(text) } as Parameters<typeof migrate>[1];

beforeAll(async () => {
  folder = await runFolder();
  const quiet = createLogger({ level: 'fatal', to: 'stderr' });
  database = await openDatabase({ dataDir: join(folder, 'data'), database: null }, quiet, POSTGRES_ROLES, {
    fsync: 'off',
  });
  owner = poolOf({ connectionString: database.ownerUrl });
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await stopStrays(folder);
  await rm(folder, { recursive: true, force: true });
});

test('processes that start at once migrate once', async () => {
  expect(await isMigrated(owner)).toBe(false);
  await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl, log)));
  const dated = (await readdir(new URL('../../migrations/', import.meta.url))).filter((name) => /^\d/.test(name));
  expect(said).toEqual([...dated.map(() => 'migration applied'), 'the queue was migrated', 'policy applied']);
  expect(await isMigrated(owner)).toBe(true);
});

test('the policy is applied again when its text is not the one applied last', async () => {
  const { rows: before } = await owner.query('select count(*)::int as policies from pg_policies');
  await owner.query(`update policy_applied set hash = 'of an older text'`);
  await owner.query('drop policy subject__public__select on subject; grant delete on subject to hub_public');
  expect(await isMigrated(owner)).toBe(false);
  said.length = 0;
  await migrate(database.ownerUrl, log);
  expect(said).toEqual(['policy applied']);
  const { rows: after } = await owner.query(
    `select count(*)::int as policies from pg_policies where not has_table_privilege('hub_public', 'subject', 'delete')`,
  );
  expect(after).toEqual(before);
});

test('every column that the entities name is in the database, and the other way round', async () => {
  const orm = await openOrm(database.appUrl, { poolSize: 1 });
  const named = [...orm.getMetadata().getAll().values()].flatMap(({ tableName, props }) =>
    props.flatMap(({ fieldNames, kind }) =>
      kind === 'm:n' ? [] : (fieldNames ?? []).map((column) => `${tableName}.${column}`),
    ),
  );
  const tables = [...new Set(named.map((name) => name.split('.')[0]))];
  const { rows } = await owner.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = any($1)`,
    [tables],
  );
  expect(named.sort()).toEqual(rows.map(({ name }) => name).sort());
  await orm.close(true);
});
