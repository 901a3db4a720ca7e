import { join } from 'node:path';
import { Pool } from 'pg';
import { openOrm } from '../../src/entities/orm.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { TYPES } from '../../src/platform/postgres/types.js';
import { type FileImport, importFile } from '../../src/services/collection/importFile.js';
import type { BatchResult } from '../../src/services/collection/importRows.js';
import type { Hub } from './hub.js';

export interface Imports {
  run(options: Omit<FileImport, 'user'>): Promise<BatchResult>;
  close(): Promise<void>;
}

/** `hub import` beside a hub, without a process for each file: a test that sends hundreds can't wait for as many starts. */
export async function openImports(hub: Hub, today: string): Promise<Imports> {
  const orm = await openOrm(hub.appUrl, { poolSize: 4 });
  const pool = new Pool({ connectionString: hub.appUrl, types: TYPES, max: 4 });
  pool.on('error', () => {});
  const keys = await loadKeys({ keyFile: join(hub.dataDir, 'keys.json'), database: null });
  const deps = { fork: () => orm.em.fork({ clear: true }), pool, keys, today };
  return {
    run: (options) => importFile(deps, { ...options, user: 'test' }),
    async close() {
      await pool.end();
      await orm.close(true);
    },
  };
}
