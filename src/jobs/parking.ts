import type { Pool } from 'pg';
import { HubError } from '../platform/errors.js';
import { describeError } from '../platform/logger.js';
import { Unworkable } from './task.js';

export interface Spent {
  readonly id: string;
  readonly task: string;
  readonly payload: unknown;
  readonly reason: string | null;
}

const SPENT = `attempts >= max_attempts and locked_by is null`;

/** Jobs that were tried for the last time and still stand in the queue: nobody takes them up any more. */
export async function spentJobs(pool: Pool): Promise<Spent[]> {
  const { rows } = await pool.query(
    `select j.id::text, t.identifier as task, j.payload, j.last_error as reason
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where ${SPENT} order by j.id`,
  );
  return rows;
}

// Of what comes by the clock the newest says all.
const parkedFrom = (from: string) => `parked as (
    insert into hub_jobs.parked_job (id, task, payload, queue, attempts, max_attempts, reason, queued_at)
    select j.id, t.identifier, j.payload, q.queue_name, j.attempts, j.max_attempts, $2, j.created_at
    from ${from} j join graphile_worker._private_tasks t on t.id = j.task_id
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    on conflict do nothing returning *),
  forgotten as (
    delete from hub_jobs.parked_job p using parked n
    where p.task = n.task and p.id <> n.id and n.payload ? '_cron' and p.payload ? '_cron')
  select`;

/** Moves a spent job out of the queue. */
export async function park(pool: Pool, id: string, reason: string): Promise<void> {
  await pool.query(
    `with gone as (delete from graphile_worker._private_jobs where id = $1 and ${SPENT} returning *),
    ${parkedFrom('gone')}`,
    [id, reason],
  );
}

/** Notes a job that is being run for the last time; the queue then forgets it, as if it had succeeded. */
export async function noteParked(pool: Pool, id: string, reason: string): Promise<void> {
  await pool.query(
    `with gone as (select * from graphile_worker._private_jobs where id = $1),
    ${parkedFrom('gone')}`,
    [id, reason],
  );
}

/** Why a job failed, in words that hold nothing of what it worked on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unworkable) return error.reason;
  if (error instanceof HubError) return `${error.code}: ${error.text.zh} ${error.text.en}`;
  const { type, code, constraint, table } = describeError(error) as Record<string, string | undefined>;
  return [type, code, table, constraint].filter(Boolean).join(' ');
}
