import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { loadConfig } from '../src/config.js';
import { openHouse } from '../src/house.js';
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

/** Opens the embedded Postgres of the benchmark, migrated, filled as the size says; data of the same size are kept. */
export async function openBenchDatabase(
  dataDir: string,
  size: Size,
  say: (text: string) => void,
): Promise<BenchDatabase> {
  const log = createLogger({ level: 'warn', to: 'stderr' });
  const config = loadConfig({ HUB_DATA: dataDir, HUB_DEMO: '0', HUB_NOW: size.today });
  const stamp = join(dataDir, 'bench.json');
  const wanted = JSON.stringify({ ...size, form: 1 });
  if ((await readFile(stamp, 'utf8').catch(() => null)) !== wanted) {
    say(`making the data in ${dataDir}`);
    await removeOld(dataDir);
  }
  // Held to the end, so that it is here that Postgres is started and stopped.
  const database = await openDatabase(config, log, { shared_preload_libraries: 'pg_stat_statements' });
  const house = await openHouse(log, config);
  await house.close();
  const cluster = await ensureCluster(dataDir);
  const keys = await loadKeys(config);
  const client = superuserClient(cluster, 'hub');
  await client.connect();
  if ((await readFile(stamp, 'utf8').catch(() => null)) !== wanted) {
    const began = performance.now();
    await loadCounty(client, keys, size);
    await writeFile(stamp, wanted);
    say(`made in ${Math.round((performance.now() - began) / 1_000)} s`);
  }
  // What earlier runs wrote would weigh on this one.
  await client.query('truncate credit_check_finding, credit_check, access_event, idempotent_request');
  await client.query('checkpoint');
  return {
    client,
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    keys,
    postmaster: Number((await readFile(join(cluster.data, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    async close() {
      await client.end();
      await database.close();
    },
  };
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
  const pg = join(dataDir, 'pg');
  await rm(dataDir, { recursive: true, force: true }).catch(() => rm(pg, { recursive: true, force: true }));
}
