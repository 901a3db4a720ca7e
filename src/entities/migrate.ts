import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import type { Logger } from '../platform/logger.js';
import { ormOptions } from './connection.js';
import { isQueueMigrated, migrateQueue } from './migrateQueue.js';

// dist/ and src/ both stand one level below the root.
const FOLDER = new URL('../../migrations/', import.meta.url);
const DATED = /^\d{8}T\d{4}_[a-z0-9_]+\.sql$/;
const POLICY = 'policy.sql';
/** one number for all processes that may migrate the same database at once */
const LOCK = 370830_001;

/**
 * Brings the database up: the dated migrations that are missing, in order, all or none, then the policy when its text
 * is not the one applied last. Several processes at once wait for each other. `ownerUrl` is the login that owns the tables.
 */
export async function migrate(ownerUrl: string, log: Pick<Logger, 'info'>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'credit-hub migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    // Held by the session, so that a killed process frees it.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await applyDated(ownerUrl, log);
    await migrateQueue(client, ownerUrl, log);
    await applyPolicy(client, log);
  } finally {
    await client.end();
  }
}

/** Whether every migration and the policy of this version stand in the database that `client` is the owner of. */
export async function isMigrated(client: Pick<pg.Client, 'query'>): Promise<boolean> {
  const there = await client.query(
    `select to_regclass('mikro_orm_migrations') is not null and to_regclass('policy_applied') is not null as there`,
  );
  if (!there.rows[0]?.there) return false;
  const { rows } = await client.query('select name from mikro_orm_migrations');
  const applied = new Set(rows.map((row) => row.name));
  const dated = await readDated();
  if (!dated.every(({ name }) => applied.has(name))) return false;
  return (await isQueueMigrated(client)) && (await appliedPolicy(client)) === digest(await read(POLICY));
}

async function applyDated(ownerUrl: string, log: Pick<Logger, 'info'>): Promise<void> {
  const orm = await MikroORM.init({
    ...ormOptions(ownerUrl, { poolSize: 2 }),
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: await readDated(), snapshot: false, silent: true, disableForeignKeys: false },
  });
  try {
    for (const { name } of await orm.migrator.up()) log.info({ migration: name }, 'migration applied');
  } finally {
    await orm.close(true);
  }
}

async function readDated() {
  const names = (await readdir(FOLDER)).filter((name) => DATED.test(name)).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await read(file);
      class FromFile extends Migration {
        override async up() {
          this.addSql(text);
        }
      }
      return { name: file.replace(/\.sql$/, ''), class: FromFile };
    }),
  );
}

async function applyPolicy(client: pg.Client, log: Pick<Logger, 'info'>): Promise<void> {
  await client.query(
    'create table if not exists policy_applied (hash text not null, at timestamptz not null default clock_timestamp())',
  );
  const text = await read(POLICY);
  const hash = digest(text);
  if ((await appliedPolicy(client)) === hash) return;
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into policy_applied (hash) values ($1)', [hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  log.info({ hash: hash.slice(0, 12) }, 'policy applied');
}

async function appliedPolicy(client: Pick<pg.Client, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query('select hash from policy_applied order by at desc limit 1');
  return rows[0]?.hash;
}

const read = (name: string) => readFile(new URL(name, FOLDER), 'utf8');
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
