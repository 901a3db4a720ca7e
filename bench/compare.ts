import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import { ask, type Calls } from './requests.js';
import type { ServerName, Workload } from './workloads/types.js';

const WRITTEN = ['credit_check', 'credit_check_finding', 'access_event'] as const;

async function written(client: ClientBase): Promise<number[]> {
  const counts = WRITTEN.map((table) => `(select count(*)::int from ${table}) as ${table}`);
  const { rows } = await client.query(`select ${counts.join(', ')}`);
  return WRITTEN.map((table) => rows[0][table]);
}

/**
 * Asks every server the same and holds the answers against each other, and what a check wrote too: receipts, findings,
 * events, row for row.
 * @throws {Error} that names the first request that was answered differently
 */
export async function compare(
  client: ClientBase,
  workload: Workload,
  urls: Partial<Record<ServerName, string>>,
  calls: Calls,
  most = 60,
): Promise<number> {
  const [first, ...others] = Object.keys(urls) as ServerName[];
  if (!first) return 0;
  const count = Math.min(calls[first].length, most);
  const answers = new Map<ServerName, unknown[]>();
  const rows = new Map<ServerName, number[]>();
  for (const server of [first, ...others]) {
    const before = await written(client);
    const given: unknown[] = [];
    for (const call of calls[server].slice(0, count)) {
      given.push(workload.same[server](await ask(urls[server] as string, call)));
    }
    answers.set(server, given);
    const after = await written(client);
    rows.set(
      server,
      after.map((n, i) => n - (before[i] as number)),
    );
  }
  for (const server of others) {
    const [a, b] = [answers.get(first) as unknown[], answers.get(server) as unknown[]];
    const at = a.findIndex((one, i) => !isDeepStrictEqual(one, b[i]));
    if (at >= 0) {
      const say = (one: unknown) => JSON.stringify(one).slice(0, 3_000);
      throw new Error(`${workload.name}, request ${at}: ${first} and ${server} differ\n${say(a[at])}\n${say(b[at])}`);
    }
    if (workload.writes && !isDeepStrictEqual(rows.get(first), rows.get(server))) {
      throw new Error(
        `${workload.name}: ${first} wrote ${rows.get(first)}, ${server} ${rows.get(server)} (${WRITTEN})`,
      );
    }
  }
  return count;
}
