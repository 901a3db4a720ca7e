import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type Process, usageOf } from '../measure/usage.js';
import type { Call } from '../requests.js';
import type { Heard, Order } from './generator.js';

export interface Segment {
  requests: number;
  seconds: number;
  /** milliseconds, sorted */
  latencies: number[];
  /** CPU seconds of the server and of Postgres */
  serverCpu: number;
  postgresCpu: number;
  /** bytes */
  serverMemory: number;
  postgresMemory: number;
}

/** Loads one server for a while, from a process of its own. */
export function runSegment(
  { url, calls }: { url: string; calls: Call[] },
  { connections, leadMs, countMs }: Omit<Order, 'url' | 'calls'>,
  processes: { server: Process; postgres: Process },
): Promise<Segment> {
  const child = fork(join(import.meta.dirname, 'generator.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    let before = { server: usageOf(processes.server), postgres: usageOf(processes.postgres) };
    let segment: Segment | null = null;
    child.on('message', (heard: Heard) => {
      const now = { server: usageOf(processes.server), postgres: usageOf(processes.postgres) };
      if ('counting' in heard) {
        before = now;
        return;
      }
      if (heard.failures > 0) {
        reject(new Error(`${heard.failures} requests failed under load`));
        return;
      }
      segment = {
        requests: heard.latencies.length,
        seconds: heard.elapsedMs / 1_000,
        latencies: heard.latencies.sort((a, b) => a - b),
        serverCpu: now.server.cpuSeconds - before.server.cpuSeconds,
        postgresCpu: now.postgres.cpuSeconds - before.postgres.cpuSeconds,
        serverMemory: now.server.bytes,
        postgresMemory: now.postgres.bytes,
      };
    });
    child.once('error', reject);
    child.once('exit', () => (segment ? resolve(segment) : reject(new Error('the load generator ended early'))));
    child.send({ url, calls, connections, leadMs, countMs } satisfies Order);
  });
}
