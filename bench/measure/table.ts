import type { Segment } from '../load/run.js';
import { SERVERS, type ServerName, type Workload } from '../workloads/types.js';

/** One server on one workload, over all rounds. */
export interface Result {
  workload: string;
  server: ServerName;
  requestsPerSecond: number;
  /** median over the rounds of this server's requests per second by the limit's in the same round */
  ofLimit: number;
  p50: number;
  p99: number;
  /** CPU milliseconds a request */
  serverCpu: number;
  postgresCpu: number;
  /** megabytes */
  serverMemory: number;
  postgresMemory: number;
  requests: number;
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

export function resultsOf(workload: Workload, segments: Partial<Record<ServerName, readonly Segment[]>>): Result[] {
  const rate = ({ requests, seconds }: Segment) => requests / seconds;
  const limits = (segments.limit ?? []).map(rate);
  return SERVERS.flatMap((server) => {
    const all = segments[server];
    if (!all?.length) return [];
    const latencies = all.flatMap((one) => one.latencies).sort((a, b) => a - b);
    const requests = latencies.length;
    const quantile = (share: number) => latencies[Math.min(requests - 1, Math.floor(requests * share))] ?? 0;
    const sum = (of: (one: Segment) => number) => all.reduce((total, one) => total + of(one), 0);
    const most = (of: (one: Segment) => number) => Math.max(...all.map(of)) / 1_048_576;
    return [
      {
        workload: workload.name,
        server,
        requestsPerSecond: median(all.map(rate)),
        ofLimit: median(all.map((one, round) => rate(one) / (limits[round] ?? Number.NaN))),
        p50: quantile(0.5),
        p99: quantile(0.99),
        serverCpu: (sum((one) => one.serverCpu) * 1_000) / requests,
        postgresCpu: (sum((one) => one.postgresCpu) * 1_000) / requests,
        serverMemory: most((one) => one.serverMemory),
        postgresMemory: most((one) => one.postgresMemory),
        requests,
      },
    ];
  });
}

const HEAD = [
  '',
  'server',
  'requests/s',
  'of the limit',
  'p50 ms',
  'p99 ms',
  'CPU server ms',
  'CPU Postgres ms',
  'RSS server MB',
  'Postgres MB',
];
const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Markdown, so that what is printed can be put into docs/performance.md. */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map((r) => [
    ...[r.workload, r.server, digits(r.requestsPerSecond), r.ofLimit.toFixed(2), digits(r.p50), digits(r.p99)],
    ...[digits(r.serverCpu), digits(r.postgresCpu), r.serverMemory.toFixed(0), r.postgresMemory.toFixed(0)],
  ]);
  const width = HEAD.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(width[i] ?? 0)).join(' | ')} |`;
  return [line(HEAD), line(width.map((n) => '-'.repeat(n))), ...rows.map(line)].join('\n');
}
