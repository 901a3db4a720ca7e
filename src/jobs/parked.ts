import type { Pool } from 'pg';
import { HubError } from '../platform/errors.js';
import type { JobRun } from './task.js';
import { TASKS, type Tasks } from './tasks.js';

export interface Queued {
  readonly task: string;
  /** to be done now */
  readonly waiting: number;
  /** to be done later, or again after a pause */
  readonly later: number;
  readonly running: number;
  readonly parked: number;
  /** how long the oldest that could be done now has waited */
  readonly oldestSeconds: number;
}

/** What of each task stands in the queue. */
export async function queueDepths(queue: Pool): Promise<Queued[]> {
  const { rows } = await queue.query(
    `select task, sum(waiting)::int as waiting, sum(later)::int as later, sum(running)::int as running,
       sum(parked)::int as parked, coalesce(max(oldest), 0)::float8 as "oldestSeconds"
     from (
       select t.identifier as task, count(*) filter (where ready) as waiting, count(*) filter (where run_at > now() and locked_by is null) as later,
         count(*) filter (where locked_by is not null) as running, 0 as parked,
         extract(epoch from now() - min(run_at) filter (where ready)) as oldest
       from (select *, locked_by is null and run_at <= now() as ready from graphile_worker._private_jobs) j
         join graphile_worker._private_tasks t on t.id = j.task_id group by 1
       union all select task, 0, 0, 0, count(*), 0 from hub_jobs.parked_job group by 1) as all_of_them
     group by 1 order by 1`,
  );
  return rows;
}

export interface Parked {
  readonly id: string;
  readonly task: string;
  /** ids alone */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  readonly reason: string;
  readonly parkedAt: string;
}

export async function parkedJobs(queue: Pool): Promise<Parked[]> {
  const { rows } = await queue.query(
    `select id::text, task, payload, attempts, reason, parked_at as "parkedAt" from hub_jobs.parked_job order by parked_at, id`,
  );
  return rows;
}

/**
 * Puts a parked job into the queue again, with all its attempts; false where there is none.
 * @throws PRECONDITION_FAILED for one that was given up when it was parked
 */
export async function retryParked(queue: Pool, id: string, tasks: Tasks = TASKS): Promise<boolean> {
  const { rows } = await queue.query('select task from hub_jobs.parked_job where id = $1', [id]);
  const givenUp = tasks[rows[0]?.task]?.givenUp;
  if (givenUp) throw new HubError('PRECONDITION_FAILED', givenUp);
  const { rowCount } = await queue.query(
    `with again as (delete from hub_jobs.parked_job where id = $1 returning *)
     select graphile_worker.add_job(task, payload::json, queue_name => queue, max_attempts => max_attempts) from again`,
    [id],
  );
  return rowCount === 1;
}

/** Forgets a parked job, or one that waits, which is then as good as tried for the last time; false where there is none. */
export async function dropJob(
  queue: Pool,
  id: string,
  job: Pick<JobRun, 'deps' | 'today'>,
  tasks: Tasks = TASKS,
): Promise<boolean> {
  const { rows } = await queue.query(
    `with parked as (delete from hub_jobs.parked_job where id = $1 returning task, payload),
       waiting as (delete from graphile_worker._private_jobs where id = $1 and locked_by is null returning task_id, payload)
     select task, payload, false as waiting from parked
     union all select t.identifier, w.payload::jsonb, true from waiting w join graphile_worker._private_tasks t on t.id = w.task_id`,
    [id],
  );
  const [dropped] = rows;
  if (!dropped) return false;
  const one = tasks[dropped.task];
  const read = one?.payload.safeParse(dropped.payload);
  if (dropped.waiting && read?.success) await one?.parked?.(read.data, job);
  return true;
}
