import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../src/demo/seeded.js';
import { clerk, hubHeaders, settingsFor } from './callers.js';
import { compare } from './compare.js';
import { openBenchDatabase } from './database.js';
import { runSegment, type Segment } from './load/run.js';
import { type Result, resultsOf, tableOf } from './measure/table.js';
import { quiet } from './measure/usage.js';
import { functionsSql } from './postgraphile/functions.js';
import { type Calls, callsOf, withCursors } from './requests.js';
import { projectRoot, type Running, startServer } from './servers.js';
import { WORKLOADS } from './workloads/index.js';
import { SERVERS, type ServerName, type WorkloadName } from './workloads/types.js';
import { worldOf } from './workloads/world.js';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '32' },
    only: { type: 'string' },
    servers: { type: 'string' },
    data: { type: 'string', default: '.bench/data' },
    out: { type: 'string', default: '.bench/result.json' },
    profile: { type: 'string' },
  },
});

/** The day on which the data were made and the servers stand: a later run finds the same records public. */
const TODAY = '2026-11-25';
const LEAD_MS = 1_000;

const say = (text: string) => void process.stderr.write(`${text}\n`);
const list = <T extends string>(text: string | undefined, all: readonly T[]): T[] =>
  text ? all.filter((one) => text.split(',').includes(one)) : [...all];

const dataDir = resolve(options.data);
/** A start of the hub migrates and loads the reference data. */
const migrate = async () => (await startServer('hub', { dataDir, today: TODAY, profile: null })).stop();

async function main(): Promise<void> {
  const [scale, seed, rounds, seconds, connections] = [
    ...[options.scale, options.seed, options.rounds, options.seconds, options.connections].map(Number),
  ] as [number, number, number, number, number];
  const workloads = WORKLOADS.filter(({ name }) =>
    list(
      options.only,
      WORKLOADS.map((w): WorkloadName => w.name),
    ).includes(name),
  );
  const names = list(options.servers, SERVERS);
  const database = await openBenchDatabase(dataDir, { scale, seed, today: TODAY }, migrate, say);
  const servers = new Map<ServerName, Running>();
  try {
    await database.client.query(functionsSql(TODAY));
    const setup = {
      dataDir,
      today: TODAY,
      limit: { databaseUrl: database.ownerUrl, clerk, today: TODAY },
      postgraphile: { databaseUrl: database.appUrl, settings: settingsFor(TODAY) },
      profile: options.profile ? resolve(options.profile) : null,
    };
    for (const name of names) servers.set(name, await startServer(name, setup));
    const urls = Object.fromEntries([...servers].map(([name, { url }]) => [name, url])) as Record<ServerName, string>;

    const world = await worldOf(database.client, seed, TODAY);
    const headers = await hubHeaders(database.keys);
    const calls = new Map<string, Calls>();
    for (const workload of workloads) {
      let asked = workload.asked(world);
      if (urls.postgraphile) asked = await withCursors(urls.postgraphile, workload, asked);
      const made = callsOf(workload, asked, headers[workload.as]);
      calls.set(workload.name, made);
      const count = await compare(database.client, workload, urls, made);
      say(`${workload.name}: ${count} requests, the same answers from ${names.join(', ')}`);
    }

    const segments = new Map<string, Partial<Record<ServerName, Segment[]>>>(workloads.map(({ name }) => [name, {}]));
    const { whole } = seeded(`order ${seed}`);
    // Round 0 warms up and is thrown away.
    for (let round = 0; round <= rounds; round++) {
      const order = workloads
        .flatMap((workload) => names.map((server) => ({ workload, server, at: whole(2 ** 30) })))
        .sort((a, b) => a.at - b.at);
      for (const { workload, server } of order) {
        const running = servers.get(server) as Running;
        const processes = { server: { pid: running.pid }, postgres: { pid: database.postmaster, withChildren: true } };
        const segment = await runSegment(
          { url: running.url, calls: calls.get(workload.name)?.[server] ?? [] },
          { connections, leadMs: round === 0 ? 0 : LEAD_MS, countMs: round === 0 ? 1_000 : seconds * 1_000 },
          processes,
        );
        await quiet([processes.server, processes.postgres]);
        if (round === 0) continue;
        const mine = segments.get(workload.name) as Partial<Record<ServerName, Segment[]>>;
        mine[server] = [...(mine[server] ?? []), segment];
        say(`round ${round}/${rounds} ${workload.name} ${server} ${(segment.requests / segment.seconds).toFixed(1)}/s`);
      }
    }
    const results = workloads.flatMap((workload) => resultsOf(workload, segments.get(workload.name) ?? {}));
    await report(results, { scale, seed, rounds, seconds, connections });
  } finally {
    for (const { stop } of servers.values()) await stop();
    await database.close();
  }
}

async function report(results: Result[], run: object): Promise<void> {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  const out = resolve(projectRoot, options.out);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify({ at: new Date().toISOString(), machine, run, results }, null, 2)}\n`);
  process.stdout.write(`${tableOf(results)}\n`);
  say(`\n${machine.cores} × ${machine.cpu}, ${machine.memory} GB, Node ${machine.node}; written to ${options.out}`);
}

await main();
