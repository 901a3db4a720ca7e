import { userInfo } from 'node:os';
import { Command } from 'commander';
import { loadConfig } from '../config.js';
import { type House, openHouse } from '../house.js';
import { dropJob, parkedJobs, queueDepths, retryParked } from '../jobs/parked.js';
import { ANONYMOUS } from '../permissions/actor.js';
import { HubError } from '../platform/errors.js';
import { createLogger } from '../platform/logger.js';
import { AuditWriter, eventOf } from '../server/audit.js';
import { Trail } from '../server/context.js';
import { beginWork, jobDeps } from '../work.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

/** `hub work`: the jobs in a process of their own, beside servers with HUB_JOBS=0. */
export function workCommand(): Command {
  return new Command('work').description('运行作业 Runs jobs until it is told to stop').action(async () => {
    const config = loadConfig();
    const log = createLogger({ level: config.logLevel, to: 'stdout' });
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    process.on('SIGTERM', () => stop());
    process.on('SIGINT', () => stop());
    const house = await openHouse(log, config);
    try {
      const worker = await beginWork(house);
      log.info('working');
      await stopped;
      log.info('stopping: jobs under way end first');
      await worker.stop();
    } finally {
      await house.close();
    }
    log.info('stopped');
  });
}

export function jobsCommand(): Command {
  const jobs = new Command('jobs').description('作业队列 The queue, and what of it is parked');
  jobs
    .command('list')
    .description('各作业的积压与搁置 Depths, and parked jobs with their reasons')
    .option('--json', '只输出一个 JSON 对象 one object on stdout')
    .action(({ json }: { json?: boolean }) =>
      inHouse(async ({ queue }) => {
        const [tasks, parked] = [await queueDepths(queue), await parkedJobs(queue)];
        if (json) return void process.stdout.write(`${JSON.stringify({ tasks, parked })}\n`);
        for (const { task, waiting, running, later, parked: n, oldestSeconds } of tasks)
          process.stdout.write(
            `${task}  待办 waiting ${waiting}（最久 oldest ${Math.round(oldestSeconds)} s）进行 running ${running} 稍后 later ${later} 搁置 parked ${n}\n`,
          );
        for (const { id, task, payload, attempts, reason, parkedAt } of parked)
          process.stdout.write(`${id}  ${task}  ${parkedAt}  ×${attempts}  ${JSON.stringify(payload)}  ${reason}\n`);
      }),
    );
  jobs
    .command('retry')
    .description('重新执行 Puts a parked job into the queue again')
    .argument('<ID>', 'as list prints it')
    .action((id: string) => decide('jobs.retry', id, ({ queue }) => retryParked(queue, id)));
  jobs
    .command('drop')
    .description('放弃 Gives up a parked job, or one that waits: a submission that waits is FAILED')
    .argument('<ID>', 'as list prints it')
    .action((id: string) =>
      decide('jobs.drop', id, (house) =>
        dropJob(house.queue, id, { deps: jobDeps(house), today: house.clock.today() }),
      ),
    );
  return jobs;
}

/** On record before it is done, and once more where it was refused. */
async function decide(operation: string, id: string, act: (house: House) => Promise<boolean>): Promise<void> {
  if (!/^\d{1,18}$/.test(id)) throw new UsageError('a job is named by the number that `hub jobs list` prints');
  await inHouse(async (house) => {
    const actor = { ...ANONYMOUS, role: 'SYSTEM_ADMIN' as const, user: `cli:${userInfo().username}` };
    const record = (outcome: string) =>
      new AuditWriter(house.audit).write(
        eventOf({ actor, trail: new Trail() }, operation, `${operation} ${id}`, outcome),
      );
    await record('OK');
    const done = await act(house).catch(async (error: unknown) => {
      if (error instanceof HubError) await record(error.code);
      throw error;
    });
    if (!done) throw new UsageError('there is no such job that could be decided on');
  });
}
