import { z } from 'zod';
import { giveUpWaiting, storeWaiting } from '../../services/collection/waiting.js';
import { type JobRun, task } from '../task.js';

const waiting = ({ deps, today }: Pick<JobRun, 'deps' | 'today'>) => ({
  fork: deps.fork,
  pool: deps.aside,
  keys: deps.keys,
  owner: deps.owner,
  today,
});

/** 报送入库 The rows of a submission that was answered RECEIVED. */
export const storeSubmission = task({
  payload: z.strictObject({ batch: z.uuid() }),
  run: ({ batch }, job) => storeWaiting(waiting(job), batch),
  parked: ({ batch }, job) => giveUpWaiting(waiting(job), batch),
});
