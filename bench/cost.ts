import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { POSTGRES_ROLES } from '../src/permissions/roles.js';
import { hubHeaders } from './callers.js';
import { type BenchDatabase, openBenchDatabase } from './database.js';
import { runSegment, type Segment } from './load/run.js';
import { median } from './measure/table.js';
import { quiet } from './measure/usage.js';
import { callsOf } from './requests.js';
import { startServer } from './servers.js';
import { WORKLOADS } from './workloads/index.js';
import { worldOf } from './workloads/world.js';

/**
 * What row security and the audit log cost: the hub's CPU a request with both, and with neither, in turns on the same data
 * in one run. Without: the hub's roles may pass row security by, and no event is stored, so that none is numbered either.
 * Each turn is a hub of its own, since a plan that a connection keeps was made under one or the other.
 */
const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string', default: 'W1' },
    data: { type: 'string', default: '.bench/data' },
  },
});
const TODAY = '2026-11-25';
const dataDir = resolve(options.data);
const say = (text: string) => void process.stderr.write(`${text}\n`);
const start = () => startServer('hub', { dataDir, today: TODAY, profile: null });

async function policed({ client }: BenchDatabase, on: boolean): Promise<void> {
  for (const role of POSTGRES_ROLES) await client.query(`alter role ${role} ${on ? 'no' : ''}bypassrls`);
  await client.query('drop trigger if exists bench_no_event on access_event');
  if (on) return;
  await client.query(
    `create or replace function bench_no_event() returns trigger language plpgsql as $$ begin return null; end $$`,
  );
  await client.query(
    'create trigger bench_no_event before insert on access_event for each row execute function bench_no_event()',
  );
}

const spent = ({ serverCpu, postgresCpu, requests }: Segment) => ((serverCpu + postgresCpu) * 1_000) / requests;

async function main(): Promise<void> {
  const [scale, seed, rounds, seconds] = [options.scale, options.seed, options.rounds, options.seconds].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const migrate = async () => (await start()).stop();
  const database = await openBenchDatabase(dataDir, { scale, seed, today: TODAY }, migrate, say);
  try {
    const world = await worldOf(database.client, seed, TODAY);
    const headers = await hubHeaders(database.keys);
    for (const workload of WORKLOADS.filter(({ name }) => options.only.split(',').includes(name))) {
      const calls = callsOf(workload, workload.asked(world), headers[workload.as]).hub;
      const turns: Record<'with' | 'without', number[]> = { with: [], without: [] };
      for (let round = 0; round < rounds; round++) {
        for (const how of round % 2 ? (['without', 'with'] as const) : (['with', 'without'] as const)) {
          await policed(database, how === 'with');
          const hub = await start();
          const processes = { server: { pid: hub.pid }, postgres: { pid: database.postmaster, withChildren: true } };
          const load = { connections: 32, leadMs: 2_000, countMs: seconds * 1_000 };
          const segment = await runSegment({ url: hub.url, calls }, load, processes);
          await quiet([processes.server, processes.postgres]);
          await hub.stop();
          turns[how].push(spent(segment));
          say(`round ${round + 1}/${rounds} ${workload.name} ${how} ${spent(segment).toFixed(2)} ms`);
        }
      }
      const [both, neither] = [median(turns.with), median(turns.without)];
      process.stdout.write(
        `| ${workload.name} | with both ${both.toFixed(2)} ms | with neither ${neither.toFixed(2)} ms | +${Math.round((both / neither - 1) * 100)} % |\n`,
      );
    }
  } finally {
    await policed(database, true);
    await database.client.query('drop function if exists bench_no_event');
    await database.close();
  }
}

await main();
