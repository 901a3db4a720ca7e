import type { Pool } from 'pg';
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type ErrorCode, isErrorCode } from '../../platform/errors.js';

/** What became of a request, in words of closed lists alone. */
export interface Happened {
  readonly surface: Surface;
  /** of GraphQL */
  readonly operation: 'query' | 'mutation' | 'subscription' | 'none';
  /** root fields of an operation that was valid */
  readonly roots: readonly string[];
  readonly codes: readonly string[];
  readonly status: number;
  readonly seconds: number;
}

const SURFACES = ['graphql', 'stream', 'templates', 'imports', 'files', 'explorer', 'health', 'metrics'] as const;
export type Surface = (typeof SURFACES)[number] | 'other';

/** By the path's first part; everything else is one surface, so that invented paths make no series. */
export function surfaceOf(path: string, type: string): Surface {
  if (type.startsWith('text/event-stream')) return 'stream';
  const first = path.split('/')[1] ?? '';
  if (first === 'healthz' || first === 'readyz') return 'health';
  return SURFACES.find((surface) => surface === first) ?? 'other';
}

const BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15];

interface Series {
  readonly registry: Registry;
  readonly seconds: Histogram<'surface' | 'operation' | 'outcome'>;
  readonly roots: Counter<'root' | 'outcome'>;
  readonly refusals: Counter<'code'>;
  /** what was read before is not so now */
  readonly forgetDepths: () => void;
  readonly depth: (name: string, help: string, label?: string) => Gauge;
}

/**
 * Counts what happens in this process. The package that keeps the series is read after the start, which it would cost
 * some tens of milliseconds; what happened before that is counted then.
 */
export class Recorder {
  #series: Promise<Series> | null = null;
  #early: Happened[] | null = [];
  #ready: Series | null = null;

  constructor(private readonly pools: () => Readonly<Record<string, Pool>>) {}

  load(): Promise<Series> {
    this.#series ??= open(this.pools).then((series) => {
      this.#ready = series;
      for (const happened of this.#early ?? []) count(series, happened);
      this.#early = null;
      return series;
    });
    return this.#series;
  }

  happened(happened: Happened): void {
    if (this.#ready) count(this.#ready, happened);
    else this.#early?.push(happened);
  }
}

const outcomeOf = ({ codes, status }: Happened): ErrorCode | 'OK' => {
  const [code] = codes.filter(isErrorCode);
  if (code) return code;
  return status < 400 ? 'OK' : status < 500 ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
};

function count({ seconds, roots, refusals }: Series, happened: Happened): void {
  const { surface, operation } = happened;
  const outcome = outcomeOf(happened);
  seconds.observe({ surface, operation, outcome }, happened.seconds);
  for (const root of happened.roots) roots.inc({ root, outcome });
  const codes = new Set(happened.codes.filter(isErrorCode));
  if (codes.size === 0 && outcome !== 'OK') codes.add(outcome);
  for (const code of codes) refusals.inc({ code });
}

async function open(pools: () => Readonly<Record<string, Pool>>): Promise<Series> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'hub_pool_connections',
    help: 'Connections to Postgres by pool, and requests that wait for one',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools())) {
        this.set({ pool, state: 'used' }, totalCount - idleCount);
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
  const gauges = new Map<string, Gauge>();
  return {
    registry,
    seconds: new Histogram({
      name: 'hub_request_seconds',
      help: 'Requests by surface, operation and outcome',
      labelNames: ['surface', 'operation', 'outcome'],
      buckets: BUCKETS,
      registers,
    }),
    roots: new Counter({
      name: 'hub_operations_total',
      help: 'Root fields of operations by outcome',
      labelNames: ['root', 'outcome'],
      registers,
    }),
    refusals: new Counter({
      name: 'hub_refusals_total',
      help: 'Answers with an error, by its code',
      labelNames: ['code'],
      registers,
    }),
    forgetDepths() {
      for (const gauge of gauges.values()) gauge.reset();
    },
    depth(name, help, label) {
      const gauge =
        gauges.get(name) ?? new Gauge({ name, help, labelNames: label ? [label, 'task'] : ['task'], registers });
      gauges.set(name, gauge);
      return gauge;
    },
  };
}
