import type { ENQUEUED, EnqueuedTask } from '../../permissions/jobs.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

/** The ids that a task is told, each a uuid. */
export type PayloadOf<T extends EnqueuedTask> = Record<(typeof ENQUEUED)[T]['ids'][number], string>;

/**
 * Adds a job in the session's transaction, with which it comes and goes. Only while a verb runs that may ask for the task
 * (permissions/jobs.ts); the same task and ids again, before it began, is the same job.
 */
export async function enqueue<T extends EnqueuedTask>(
  session: Pick<Session, 'query'>,
  task: T,
  payload: PayloadOf<T>,
): Promise<void> {
  await session.query(sql`select hub_jobs.enqueue(${task}, ${JSON.stringify(payload)}::jsonb)`);
}
