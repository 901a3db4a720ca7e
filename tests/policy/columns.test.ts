import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { POSTGRES_ROLES, postgresRole, ROLE_NAMES, type Role } from '../../src/permissions/roles.js';
import { GUARDED } from '../../src/permissions/rows.js';
import { type Hub, startHub } from '../kit/hub.js';
import { callerOf } from './cast.js';
import { asWeakLogin } from './postgres.js';

// Which columns each role may select, held against columns.csv, which is written by hand.
let hub: Hub;
let owner: pg.Client;
let weak: pg.Client;
beforeAll(async () => {
  hub = await startHub({ demo: false });
  [owner, weak] = [new pg.Client(hub.ownerUrl), new pg.Client(hub.appUrl)];
  await Promise.all([owner.connect(), weak.connect()]);
});
afterAll(async () => {
  await owner?.end();
  await weak?.end();
  await hub?.remove();
});

interface Column {
  table: string;
  column: string;
  who: readonly Role[];
}

const lines = parse(readFileSync(new URL('columns.csv', import.meta.url)), { columns: true }) as Record<
  string,
  string
>[];
const COLUMNS: readonly Column[] = lines.flatMap(({ table = '', columns = '', who = '' }) =>
  columns.split(' ').map((column) => ({ table, column, who: who === 'all' ? ROLE_NAMES : (who.split(' ') as Role[]) })),
);
const nameOf = ({ table, column }: Pick<Column, 'table' | 'column'>) => `${table}.${column}`;

test('every column of every table with credit data has its line, and no other', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = any($1)`,
    [Object.keys(GUARDED)],
  );
  expect(COLUMNS.map(nameOf).sort()).toEqual(rows.map(({ name }) => name).sort());
  expect(COLUMNS.flatMap(({ who }) => who).filter((role) => !ROLE_NAMES.includes(role))).toEqual([]);
});

test.each(ROLE_NAMES)('%s selects the columns that it may, and is refused each other one', async (role) => {
  const actor = callerOf(role).actor;
  const faults: string[] = [];
  await asWeakLogin(weak, actor, async () => {
    const { rows } = await weak.query('select current_user');
    expect(rows).toEqual([{ current_user: postgresRole(role) }]);
    for (const one of COLUMNS) {
      await weak.query('savepoint one');
      const outcome = await weak.query(`select ${one.column} from ${one.table} limit 0`).then(
        () => 'given',
        (error: pg.DatabaseError) => error.code,
      );
      await weak.query('rollback to one');
      const expected = one.who.includes(role) ? 'given' : '42501';
      if (outcome !== expected) faults.push(`${nameOf(one)}: ${outcome}, not ${expected}`);
    }
  });
  expect(faults).toEqual([]);
});

test('a column that a migration adds is nobody’s until the policy names it', async () => {
  await owner.query('begin');
  try {
    await owner.query('alter table credit_record add column whistle text');
    const { rows } = await owner.query<{ role: string; may: boolean }>(
      `select role, has_column_privilege(role, 'credit_record', 'whistle', 'select') as may from unnest($1::text[]) role`,
      [POSTGRES_ROLES],
    );
    const may = new Set(rows.filter((one) => one.may).map(({ role: one }) => one));
    const works = COLUMNS.find((one) => nameOf(one) === 'credit_record.business_key')?.who ?? [];
    expect([...may].sort()).toEqual(works.map(postgresRole).sort());
  } finally {
    await owner.query('rollback');
  }
});
