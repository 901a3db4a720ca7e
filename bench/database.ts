import { chmod, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { loadConfig } from '../src/config.js';
import { POSTGRES_ROLES } from '../src/permissions/roles.js';
import { loadKeys } from '../src/platform/crypto.js';
import { hasCode } from '../src/platform/files.js';
import { createLogger } from '../src/platform/logger.js';
import { ensureCluster } from '../src/platform/postgres/cluster.js';
import { superuserClient } from '../src/platform/postgres/hold.js';
import { openDatabase } from '../src/platform/postgres/index.js';
import { loadCounty, type Size } from './data/load.js';

export interface BenchDatabase {
  client: Client;
  ownerUrl: string;
  appUrl: string;
  keys: Awaited<ReturnType<typeof loadKeys>>;
  postmaster: number;
  close(): Promise<void>;
}

/**
 * Opens the embedded Postgres of the benchmark, filled as the size says; data of the same size are kept.
 * @param migrate brings the database up to date: a start of the hub does
 */
export async function openBenchDatabase(
  dataDir: string,
  size: Size,
  migrate: () => Promise<void>,
  say: (text: string) => void,
): Promise<BenchDatabase> {
  const log = createLogger({ level: 'warn', to: 'stderr' });
  const config = loadConfig({ HUB_DATA: dataDir, HUB_DEMO: '0', HUB_NOW: size.today });
  const stamp = join(dataDir, 'bench.json');
  const wanted = JSON.stringify({ ...size, form: 1 });
  if ((await readFile(stamp, 'utf8').catch(() => null)) !== wanted) {
    say(`making the data in ${dataDir}`);
    await removeOld(dataDir);
    await mkdir(dataDir, { recursive: true });
    await chmod(dataDir, 0o711);
    // Whoever is stopped half way finds again whose folder it is.
    await writeFile(stamp, 'being made');
  }
  // Held to the end, so that it is here that Postgres is started and stopped.
  const database = await openDatabase(config, log, POSTGRES_ROLES, { shared_preload_libraries: 'pg_stat_statements' });
  const cluster = await ensureCluster(dataDir);
  const client = superuserClient(cluster, 'hub');
  const close = async () => {
    await client.end().catch(() => undefined);
    await database.close();
  };
  try {
    await migrate();
    const keys = await loadKeys(config);
    await client.connect();
    if ((await readFile(stamp, 'utf8').catch(() => null)) !== wanted) {
      const began = performance.now();
      await loadCounty(client, keys, size);
      await writeFile(stamp, wanted);
      say(`made in ${Math.round((performance.now() - began) / 1_000)} s`);
    }
    // What earlier runs wrote would weigh on this one; their events stay, for the log is only added to.
    await client.query('truncate credit_check_finding, credit_check, idempotent_request');
    await client.query('checkpoint');
    const pid = (await readFile(join(cluster.data, 'postmaster.pid'), 'utf8')).split('\n')[0];
    return { client, ownerUrl: database.ownerUrl, appUrl: database.appUrl, keys, postmaster: Number(pid), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Only a folder that a benchmark filled, or an empty one, is emptied. */
async function removeOld(dataDir: string): Promise<void> {
  try {
    await readFile(join(dataDir, 'pg-passwords.json'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  await readFile(join(dataDir, 'bench.json')).catch(() => {
    throw new Error(`${dataDir} holds a hub that is no benchmark's: give another folder in --data`);
  });
  // The data may lie elsewhere, behind a link, where the account of Postgres can enter.
  const pg = await realpath(join(dataDir, 'pg')).catch(() => null);
  if (pg) await rm(pg, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
