import { EventEmitter } from 'node:events';
import { parseCronItem, type Runner, run, type WorkerEvents, Logger as WorkerLogger } from 'graphile-worker';
import type { Pool } from 'pg';
import { Alive, freeLocksOfTheDead } from './locks.js';
import { noteParked, park, reasonOf, spentJobs } from './parking.js';
import { byTheClock, checkWhen, isDay, isTime, type Recurring, SCHEDULE } from './schedule.js';
import { type JobDeps, type Task, Unworkable } from './task.js';
import { TASKS, type Tasks } from './tasks.js';

export interface WorkerOptions {
  readonly tasks?: Tasks;
  readonly schedule?: readonly Recurring[];
  /** jobs at once; imports take turns whatever it is */
  readonly concurrency?: number;
}

export interface Worker {
  /** Takes up no more jobs, and waits for those that run. */
  stop(): Promise<void>;
}

const AT_ONCE = 2;
/** a job is told of by NOTIFY; this is for those whose pause is over, and for what was missed */
const POLL_MILLISECONDS = 1_000;
const KEEP_MILLISECONDS = 15_000;
const TOO_MANY_FAILURES = 5;
const CLOCK_ATTEMPTS = 3;
const SLOWEST_STOP_MILLISECONDS = 30_000;
const MINUTE = 60_000;

/**
 * Runs jobs, in this process. `queue` are connections that have stepped down to hub_jobs: the queue is all that they reach;
 * what the tasks do they do by `deps`.
 */
export async function startWorker(queue: Pool, deps: JobDeps, options: WorkerOptions = {}): Promise<Worker> {
  const { concurrency = AT_ONCE } = options;
  const schedule = (options.schedule ?? SCHEDULE).filter(({ needs }) => needs === undefined || deps[needs] !== null);
  const tasks: Tasks = options.tasks ?? TASKS;
  const { log } = deps;
  const dueOf = new Map(schedule.map((line) => [line.task, line.when] as const));

  const work = async (name: string, one: Task<unknown>, sent: unknown, job: JobFacts): Promise<void> => {
    const cron = byTheClock.safeParse(sent).data?._cron;
    const due = cron ? new Date(cron.ts) : null;
    const when = dueOf.get(name);
    if (due && when && !isDay(when, due)) return;
    const facts = { deps, today: deps.clock.today() };
    const read = payloadOf(one, sent);
    try {
      if (!read.success) throw new Unworkable('载荷不符 the payload is not this task’s');
      await one.run(read.data, { ...facts, id: job.id, attempt: job.attempts, due, signal: job.signal });
    } catch (error) {
      const reason = reasonOf(error);
      const last = error instanceof Unworkable || job.attempts >= job.maxAttempts;
      log[last ? 'error' : 'warn'](
        { task: name, job: job.id, attempt: job.attempts, err: error },
        last ? 'a job was parked' : 'a job failed and is tried again',
      );
      // Its own words may hold what it worked on; the queue keeps these.
      if (!last) throw new Error(reason);
      if (read.success) await one.parked?.(read.data, facts);
      await noteParked(queue, job.id, reason);
    }
  };

  const parkSpent = async (): Promise<void> => {
    for (const { id, task: name, payload: sent, reason } of await spentJobs(queue)) {
      const one = tasks[name];
      const read = one && payloadOf(one, sent);
      if (read?.success) await one?.parked?.(read.data, { deps, today: deps.clock.today() });
      await park(queue, id, reason ?? '处理进程多次中断 its process ended each time');
      log.error({ task: name, job: id }, 'a job was parked');
    }
  };

  const mend = async (own: string): Promise<void> => {
    const dead = await freeLocksOfTheDead(queue, own);
    if (dead.length > 0) log.warn({ workers: dead.length }, 'jobs of workers that are gone are taken up again');
    await parkSpent();
  };

  for (const { task, when } of schedule) {
    if (!tasks[task]) throw new Error(`schedule.ts names ${task}, which is no task`);
    checkWhen(when);
  }
  await mend('');

  let alive: Alive | null = null;
  let name = '';
  let failures = 0;
  let over = false;
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:getJob:error', () => {
    failures += 1;
  });
  for (const well of ['worker:getJob:empty', 'job:start'] as const) {
    events.on(well, () => {
      failures = 0;
    });
  }
  // Every worker of the pool asks, at once: the first one's sign is all of theirs.
  const begin = (pool: string): Promise<void> => {
    if (alive === null || name !== pool) {
      const before = alive;
      name = pool;
      alive = new Alive(queue, pool);
      void before?.end();
    }
    return alive.begin();
  };
  // Anew each time: the package keeps what it learned under these very options, a failure to learn it too.
  const start = async (): Promise<Runner> => {
    [failures, over] = [0, false];
    const runner = await run({
      pgPool: queue,
      concurrency,
      noHandleSignals: true,
      pollInterval: POLL_MILLISECONDS,
      gracefulShutdownAbortTimeout: SLOWEST_STOP_MILLISECONDS,
      events,
      logger: new WorkerLogger(() => (level, message) => {
        // Ours say what becomes of a job; of the package's own, only what goes wrong around them.
        if (level === 'error' && !/^Failed task/.test(message)) log.warn({ said: message.slice(0, 300) }, 'the queue');
      }),
      // A sign of life before the first lock in the queue.
      preset: {
        plugins: [
          {
            name: 'HubAlive',
            version: '1.0.0',
            worker: { hooks: { startWorker: (_ctx, { worker }) => begin(worker.workerPool.id) } },
          },
        ],
      },
      taskList: Object.fromEntries(
        Object.entries(tasks).map(([task, one]) => [
          task,
          (payload, { job, abortSignal }) =>
            work(task, one, payload, {
              id: job.id,
              attempts: job.attempts,
              maxAttempts: job.max_attempts,
              signal: abortSignal,
            }),
        ]),
      ),
      parsedCronItems: schedule.map(({ task, when, makeUp = 0 }) =>
        parseCronItem({
          task,
          match: (digest) => isTime(when, digest),
          options: {
            backfillPeriod: makeUp * MINUTE,
            maxAttempts: CLOCK_ATTEMPTS,
            jobKey: task,
            jobKeyMode: 'replace',
          },
        }),
      ),
    });
    runner.promise
      .catch((err: unknown) => log.error({ err }, 'the queue’s worker ended'))
      .finally(() => {
        over = true;
      });
    return runner;
  };
  let runner = await start();

  let mending = Promise.resolve();
  const keep = async (): Promise<void> => {
    await mend(name);
    // Postgres is there, and yet no job could be fetched, or nobody fetches any more.
    if (!over && failures < TOO_MANY_FAILURES) return;
    log.warn('the queue’s worker begins anew');
    if (!over) await runner.stop().catch(() => {});
    runner = await start();
  };
  const keeper = setInterval(() => {
    mending = mending.then(keep).catch((err: unknown) => log.warn({ err }, 'the queue can’t be looked after'));
  }, KEEP_MILLISECONDS);
  keeper.unref();
  return {
    async stop() {
      clearInterval(keeper);
      await mending;
      await runner.stop().catch(() => {});
      await runner.promise.catch(() => {});
      await alive?.end();
    },
  };
}

/** What the task was given, without what the clock puts beside it. */
function payloadOf(one: Task<unknown>, sent: unknown) {
  const { _cron: _, ...payload } = (sent ?? {}) as Record<string, unknown>;
  return one.payload.safeParse(payload);
}

interface JobFacts {
  readonly id: string;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly signal: AbortSignal | undefined;
}
