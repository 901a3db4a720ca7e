import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Pool } from 'pg';
import { z } from 'zod';
import { AS_QUEUE_ROLE, QUEUE_SCHEMA } from '../../src/entities/migrateQueue.js';
import { dropJob, parkedJobs, queueDepths, retryParked } from '../../src/jobs/parked.js';
import type { Recurring } from '../../src/jobs/schedule.js';
import { type JobDeps, task, Unworkable } from '../../src/jobs/task.js';
import type { Tasks } from '../../src/jobs/tasks.js';
import { startWorker, type Worker } from '../../src/jobs/worker.js';
import { postgresRole, type Role } from '../../src/permissions/roles.js';
import { createLogger } from '../../src/platform/logger.js';
import { citizenId } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { projectRoot } from '../kit/templates.js';
import { until } from '../kit/until.js';

const ONE = '018f0000-0000-7000-8000-000000000001';
const TWO = '018f0000-0000-7000-8000-000000000002';
const PERSON = citizenId('19850214', 232);

let hub: Hub;
let queue: Pool;
const said: string[] = [];
let deps: JobDeps;

beforeAll(async () => {
  hub = await startHub({ demo: false, env: { HUB_JOBS: '0' } });
  queue = new Pool({ connectionString: hub.ownerUrl, options: AS_QUEUE_ROLE });
  for (const event of ['error', 'connect'] as const)
    queue.on(event, (client: Client | Error) => void (client instanceof Error || client.on('error', () => {})));
  const log = createLogger({ level: 'info', to: 'stdout' }, { write: (line: string) => void said.push(line) });
  deps = { log, clock: { today: () => '2026-11-26', now: () => new Date() }, exchange: null } as JobDeps;
});
afterAll(async () => {
  await queue.end();
  await hub.remove();
});

let worker: Worker | null = null;
const work = async (tasks: Tasks, schedule: readonly Recurring[] = []) => {
  worker = await startWorker(queue, deps, { tasks, schedule });
};
afterEach(async () => {
  await worker?.stop();
  worker = null;
  await queue.query('delete from graphile_worker._private_jobs');
  await queue.query('delete from hub_jobs.parked_job');
});

const add = async (name: string, payload: object, attempts = 2): Promise<string> =>
  (
    await queue.query('select (graphile_worker.add_job($1, $2::json, max_attempts => $3)).id::text', [
      name,
      payload,
      attempts,
    ])
  ).rows[0].id;
const waiting = async () =>
  (
    await queue.query(`select t.identifier as task, j.payload, j.key from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id`)
  ).rows;
const one = z.strictObject({ one: z.uuid() });

describe('the way in', () => {
  let app: Client;
  beforeAll(async () => {
    app = new Client(hub.appUrl);
    await app.connect();
  });
  afterAll(() => app.end());

  const during = async (verb: string, role: Role, statement: string, end = 'commit') => {
    await app.query('begin');
    try {
      await app.query(`select set_config('hub.verb', $1, true), set_config('role', $2, true)`, [
        verb,
        postgresRole(role),
      ]);
      await app.query(statement);
      await app.query(end);
    } catch (error) {
      await app.query('rollback');
      throw error;
    }
  };
  const enqueue = (payload: unknown, name = 'collection.store') =>
    `select hub_jobs.enqueue('${name}', '${JSON.stringify(payload)}')`;

  test('a job comes with its transaction, and goes with it', async () => {
    await during('submitRecords', 'DEPARTMENT', enqueue({ batch: ONE }), 'rollback');
    expect(await waiting()).toEqual([]);
    await during('submitRecords', 'DEPARTMENT', enqueue({ batch: ONE }));
    await during('submitRecords', 'EXCHANGE', enqueue({ batch: ONE }));
    expect(await waiting()).toEqual([
      { task: 'collection.store', payload: { batch: ONE }, key: `collection.store:${ONE}` },
    ]);
  });

  test.each([
    ['submitRecords', 'SUBJECT', 'collection.store', 'the verb is not that role’s'],
    ['checkCredit', 'DEPARTMENT', 'collection.store', 'another verb'],
    ['', 'DEPARTMENT', 'collection.store', 'no verb'],
    ['submitRecords', 'DEPARTMENT', 'jobs.other', 'a task that is not on the list'],
  ] as [string, Role, string, string][])('refused: %s as %s, %s (%s)', async (verb, role, name) => {
    await expect(during(verb, role, enqueue({ batch: ONE }, name))).rejects.toThrow(/not to be asked for/);
    expect(await waiting()).toEqual([]);
  });

  test.each([
    [{}],
    [{ batch: ONE, more: TWO }],
    [{ batch: PERSON }],
    [{ batch: `${ONE} ${PERSON}` }],
    [{ batch: null }],
    [{ batch: { id: ONE } }],
    [{ name: ONE }],
    [[ONE]],
    ['text'],
  ])('refused: a payload of anything but the named ids, %j', async (payload) => {
    await expect(during('submitRecords', 'DEPARTMENT', enqueue(payload))).rejects.toThrow();
    expect(await waiting()).toEqual([]);
  });

  test.each([
    'select * from graphile_worker._private_jobs',
    'select * from graphile_worker.jobs',
    `select graphile_worker.add_job('collection.store', '{}')`,
    `insert into graphile_worker._private_tasks (identifier) values ('x')`,
    'select * from hub_jobs.parked_job',
    'set role hub_jobs',
    `create function hub_jobs.f() returns int language sql as 'select 1'`,
  ])('the weak logins may not: %s', async (statement) => {
    for (const url of [hub.appUrl, hub.auditUrl])
      await expect(sql(url, statement)).rejects.toThrow(/permission denied/);
  });

  test('the log’s login has no way in at all', async () => {
    await expect(sql(hub.auditUrl, enqueue({ batch: ONE }))).rejects.toThrow(/permission denied/);
  });

  test('the queue is its own role’s, which logs in nowhere and reaches nothing of the hub’s', async () => {
    const [facts] = await sql(
      hub.ownerUrl,
      `select r.rolcanlogin, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
         (select array_agg(distinct n.nspname::text order by n.nspname::text) from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relowner = r.oid and c.relkind = 'r') as owns,
         (select count(*)::int from information_schema.table_privileges where grantee = 'hub_jobs' and table_schema = 'public') as granted,
         (select array_agg(p.proname::text) from pg_proc p where p.proowner = r.oid and p.prosecdef) as definers,
         (select bool_and(p.proconfig::text like '%search_path=pg_catalog, pg_temp%') from pg_proc p where p.proowner = r.oid and p.prosecdef) as fixed
       from pg_roles r where rolname = 'hub_jobs'`,
    );
    expect(facts).toEqual({
      rolcanlogin: false,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owns: ['graphile_worker', 'hub_jobs'],
      granted: 0,
      definers: ['enqueue'],
      fixed: true,
    });
    await expect(queue.query('select * from public.subject')).rejects.toThrow(/permission denied/);
  });

  test('the package’s migrations are all there, and the constant says so', async () => {
    const files = await readdir(join(projectRoot, 'node_modules/graphile-worker/sql'));
    expect(
      files
        .filter((name) => name.endsWith('.sql'))
        .sort()
        .at(-1),
    ).toBe(`${String(QUEUE_SCHEMA).padStart(6, '0')}.sql`);
    const { rows } = await queue.query('select count(*)::int as n from graphile_worker.migrations');
    expect(rows[0].n).toBe(QUEUE_SCHEMA);
  });
});

describe('the worker', () => {
  test('poison is parked with its reason, said of nobody, and others go on', async () => {
    const done: string[] = [];
    const givenUp: string[] = [];
    const bad = await add('bad', { one: ONE });
    for (let n = 0; n < 20; n += 1) await add('good', { one: n % 2 ? ONE : TWO });
    await work({
      bad: task({
        payload: one,
        run: async () => {
          throw Object.assign(new Error(`invalid value "${PERSON}"`), { code: '22P02', table: 'subject' });
        },
        parked: async (payload) => void givenUp.push(payload.one),
      }),
      good: task({ payload: one, run: async (payload) => void done.push(payload.one) }),
    });
    const [parked] = await until(async () => {
      const found = await parkedJobs(queue);
      return found.length > 0 && found;
    });
    expect(done).toHaveLength(20);
    expect(givenUp).toEqual([ONE]);
    expect(parked).toMatchObject({
      id: bad,
      task: 'bad',
      payload: { one: ONE },
      attempts: 2,
      reason: 'Error 22P02 subject',
    });
    await until(async () => (await waiting()).length === 0);
    expect(said.join('')).not.toContain(PERSON);
    expect(said.join('')).toContain('a job was parked');
  }, 30_000);

  test('what can never be done is parked at once: another payload, and Unworkable', async () => {
    const wrong = await add('some', { one: PERSON, name: 'somebody' }, 9);
    const never = await add('some', { one: ONE }, 9);
    await work({
      some: task({
        payload: one,
        run: async () => {
          throw new Unworkable('没有了 it is gone');
        },
      }),
    });
    const parked = await until(async () => {
      const found = await parkedJobs(queue);
      return found.length === 2 && found;
    });
    expect(Object.fromEntries(parked.map(({ id, reason }) => [id, reason]))).toEqual({
      [wrong]: '载荷不符 the payload is not this task’s',
      [never]: '没有了 it is gone',
    });
  }, 30_000);

  test('a parked job is tried again, or dropped; one that waits is dropped as if it had been tried', async () => {
    let broken = true;
    let runs = 0;
    const dropped: string[] = [];
    const tasks: Tasks = {
      some: task({
        payload: one,
        run: async () => {
          runs += 1;
          if (broken) throw new Unworkable('broken');
        },
        parked: async (payload) => void dropped.push(payload.one),
      }),
    };
    const [first, second] = [await add('some', { one: ONE }), await add('some', { one: TWO })];
    await work(tasks);
    await until(async () => (await parkedJobs(queue)).length === 2);
    broken = false;
    expect(await retryParked(queue, first)).toBe(true);
    expect(await retryParked(queue, first)).toBe(false);
    await until(async () => runs === 3 && (await waiting()).length === 0);
    expect(await dropJob(queue, second, { deps, today: '2026-11-26' }, tasks)).toBe(true);
    expect(await parkedJobs(queue)).toEqual([]);
    await worker?.stop();
    worker = null;
    dropped.splice(0);
    const third = await add('some', { one: ONE });
    expect(await dropJob(queue, third, { deps, today: '2026-11-26' }, tasks)).toBe(true);
    expect([dropped, await waiting(), await dropJob(queue, third, { deps, today: '2026-11-26' }, tasks)]).toEqual([
      [ONE],
      [],
      false,
    ]);
  }, 30_000);

  test('what was given up when it was parked is not retried, and stays where it is told of', async () => {
    const givenUp = { zh: '已失败', en: 'it has failed' };
    const tasks: Tasks = { some: task({ payload: one, givenUp, run: () => Promise.reject(new Unworkable('no')) }) };
    const id = await add('some', { one: ONE });
    await work(tasks);
    await until(async () => (await parkedJobs(queue)).length === 1);
    await expect(retryParked(queue, id, tasks)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', text: givenUp });
    expect([await waiting(), (await parkedJobs(queue)).length]).toEqual([[], 1]);
  }, 30_000);

  test('at the start what the dead had locked is free, and what the living have locked is left alone', async () => {
    const dead = await add('some', { one: ONE });
    const living = await add('some', { one: TWO });
    const lock = (id: string, by: string) =>
      queue.query(
        'update graphile_worker._private_jobs set locked_by = $2, locked_at = now(), attempts = 1 where id = $1',
        [id, by],
      );
    await lock(dead, 'pool-of-the-dead');
    await lock(living, 'pool-of-the-living');
    const sign = new Client(hub.ownerUrl);
    await sign.connect();
    await sign.query(`select pg_advisory_lock_shared(370832, hashtext('pool-of-the-living'))`);
    const done: [string, number][] = [];
    await work({
      some: task({ payload: one, run: async (payload, { attempt }) => void done.push([payload.one, attempt]) }),
    });
    await until(async () => (await waiting()).length === 1);
    expect(done).toEqual([[ONE, 2]]);
    expect((await queueDepths(queue))[0]).toMatchObject({ task: 'some', running: 1, waiting: 0 });
    await sign.end();
  }, 30_000);

  test('a job that ends its process each time is parked in the end, and what is left of it is done', async () => {
    const id = await add('some', { one: ONE });
    await queue.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now(), attempts = 2 where id = $1`,
      [id],
    );
    const givenUp: string[] = [];
    await work({
      some: task({
        payload: one,
        run: async () => undefined,
        parked: async (payload) => void givenUp.push(payload.one),
      }),
    });
    expect(await parkedJobs(queue)).toMatchObject([{ id, reason: '处理进程多次中断 its process ended each time' }]);
    expect([givenUp, await waiting()]).toEqual([[ONE], []]);
  }, 30_000);

  test('what comes by the clock is made up for, once, on its days alone', async () => {
    const ran: (string | undefined)[] = [];
    const payload = z.strictObject({});
    const clocked = task({ payload, run: async (_, { due }) => void ran.push(due?.toISOString()) });
    await add('holiday', { _cron: { ts: '2026-10-01T01:00:00.000Z', backfilled: false } });
    await add('holiday', { _cron: { ts: '2026-10-10T01:00:00.000Z', backfilled: false } });
    await work({ holiday: clocked }, [{ task: 'holiday', when: { at: '09:00', on: 'working days' } }]);
    await until(async () => (await waiting()).length === 0);
    expect(ran).toEqual(['2026-10-10T01:00:00.000Z']);
    await worker?.stop();

    await queue.query(
      `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
       values ('hourly', now() - interval '1 day', now() - interval '2 hours')`,
    );
    await work({ hourly: clocked }, [{ task: 'hourly', when: { every: 60 }, makeUp: 180 }]);
    await until(async () => ran.length > 1 && (await waiting()).length === 0);
    expect(new Date(ran.at(-1) ?? '').getUTCMinutes()).toBe(0);
  }, 30_000);

  test('what needs a partner does not come where there is none', async () => {
    const lines: Recurring[] = [
      { task: 'sent', when: { every: 1 }, needs: 'exchange' },
      { task: 'always', when: { every: 1 } },
    ];
    const nothing = task({ payload: z.strictObject({}), run: async () => {} });
    await work({ sent: nothing, always: nothing }, lines);
    const known = async () =>
      (await queue.query('select identifier from graphile_worker._private_known_crontabs')).rows.map(
        ({ identifier }) => identifier,
      );
    await until(async () => (await known()).includes('always'));
    expect(await known()).not.toContain('sent');
  });

  test('a line of the schedule that names no task stops the start', async () => {
    await expect(work({}, [{ task: 'nothing', when: { every: 60 } }])).rejects.toThrow(/is no task/);
  });
});
