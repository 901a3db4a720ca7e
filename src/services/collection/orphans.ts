import type { Pool } from 'pg';
import { compile, type Sql, sql } from '../../platform/sql.js';
import { BATCH_LOCKS } from './batch.js';

// `pg_locks` shows a lock of two 32-bit keys as unsigned classid and objid, with objsubid 2.
const HELD = sql`select 1 from pg_locks
  where locktype = 'advisory' and granted and objsubid = 2 and classid = ${sql.lit(BATCH_LOCKS)}
    and database = (select oid from pg_database where datname = current_database())
    and objid = (hashtext(import_batch.id::text)::bigint & 4294967295)::oid`;

/**
 * Marks FAILED what a process that is gone left RECEIVED or RUNNING: batches that nobody holds (batch.ts, BatchHold),
 * and for which no job stands in the queue (waiting.ts).
 * The state is asked of the row itself too: one that was completed and let go meanwhile is looked at again, and stays.
 * Of those that the querying role may update: all as the owner, its own as a department.
 * @returns their ids
 */
export async function failOrphans(
  query: (statement: Sql<{ id: string }>) => Promise<{ id: string }[]>,
): Promise<string[]> {
  const rows = await query(sql<{ id: string }>`
    with failed as (
      update import_batch set state = 'FAILED', finished_at = clock_timestamp()
      where id in (select id from import_batch where state in ('RECEIVED', 'RUNNING') and not queued and not exists (${HELD}))
        and state in ('RECEIVED', 'RUNNING') and not queued
      returning id)
    select id, pg_notify('import_progress', json_build_object('batch', id)::text) from failed`);
  return rows.map(({ id }) => id);
}

/** At the start, as the owner. */
export function failOrphanedBatches(owner: Pool): Promise<string[]> {
  return failOrphans(async (statement) => {
    const { sql: text, parameters } = compile(statement);
    return (await owner.query(text, parameters as unknown[])).rows;
  });
}
