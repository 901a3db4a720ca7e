import { asOwner, exchangeOf, type House } from './house.js';
import type { JobDeps } from './jobs/task.js';
import type { Worker } from './jobs/worker.js';

/** What jobs have of the house. */
export const jobDeps = (house: House): JobDeps => {
  const { orm, reads, aside, owner, keys, clock, log, config } = house;
  return {
    fork: () => orm.em.fork({ clear: true }),
    reads,
    aside,
    owner: (work) => asOwner(owner, work),
    keys,
    exchange: exchangeOf(house),
    notices: house.notices,
    workHours: config.workHours,
    clock,
    log,
  };
};

/** Runs jobs in this process. The queue's package is read here, not by every command. */
export async function beginWork(house: House): Promise<Worker> {
  const { startWorker } = await import('./jobs/worker.js');
  return startWorker(house.queue, jobDeps(house));
}
