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
  // Its sender was told FAILED, and may have sent the same again since: what was older would come after it.
  givenUp: {
    zh: '该报送搁置时已标为失败，其行未留存；请部门以同一幂等键重新报送',
    en: 'the submission FAILED when it was parked and its rows are gone: its department sends it again, under the same key',
  },
  parked: ({ batch }, job) => giveUpWaiting(waiting(job), batch),
});
