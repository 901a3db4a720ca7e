import pg from 'pg';
import type { Logger } from '../platform/logger.js';
import { GENERIC_PLANS } from '../platform/postgres/prepared.js';

/** The newest of graphile-worker 0.18.0's own migrations. A test compares it with the package's. */
export const QUEUE_SCHEMA = 20;

/** Connections of the owner's that have stepped down to the role of the queue before anything runs on them. */
export const AS_QUEUE_ROLE = `${GENERIC_PLANS} -c role=hub_jobs`;

export async function isQueueMigrated(client: Pick<pg.Client, 'query'>): Promise<boolean> {
  const { rows } = await client.query('select max(id) as newest from graphile_worker.migrations');
  return (rows[0]?.newest ?? 0) >= QUEUE_SCHEMA;
}

/**
 * Brings the queue's own tables up, as the role that owns them. The package is read only where something is missing: it
 * would cost every start a tenth of a second.
 */
export async function migrateQueue(
  client: Pick<pg.Client, 'query'>,
  ownerUrl: string,
  log: Pick<Logger, 'info'>,
): Promise<void> {
  if (await isQueueMigrated(client)) return;
  const { Logger: WorkerLogger, runMigrations } = await import('graphile-worker');
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, options: AS_QUEUE_ROLE });
  pool.on('error', () => {});
  pool.on('connect', (one) => one.on('error', () => {}));
  try {
    await runMigrations({ pgPool: pool, logger: new WorkerLogger(() => () => {}) });
  } finally {
    await pool.end();
  }
  log.info({ schema: QUEUE_SCHEMA }, 'the queue was migrated');
}
