import { timingSafeEqual } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, RequestHandler } from 'express';
import type { Pool } from 'pg';
import { copyFolder } from '../../audit/open.js';
import { type Config, isLoopback } from '../../config.js';
import { queueDepths } from '../../jobs/parked.js';
import { mayReadMetrics } from '../../permissions/metrics.js';
import { HubError } from '../../platform/errors.js';
import type { Logger } from '../../platform/logger.js';
import { readDepths } from '../../services/metrics/depths.js';
import type { OwnerQuery } from '../../services/reference.js';
import { fail, type Identify } from '../http.js';
import type { Recorder } from './recorder.js';

export interface MetricsDeps {
  readonly config: Pick<Config, 'metricsToken' | 'dataDir'>;
  readonly recorder: Recorder;
  readonly identify: Identify;
  /** the queue's own role */
  readonly queue: Pool;
  readonly asOwner: <T>(work: (query: OwnerQuery) => Promise<T>) => Promise<T>;
  readonly log: Logger;
}

const LONGEST_LOOK_MILLISECONDS = 3_000;

/**
 * `GET /metrics`, for this machine itself, for whoever has HUB_METRICS_TOKEN, and for the system administrator. To all
 * others there is no such address.
 */
export function metrics(deps: MetricsDeps): RequestHandler {
  let looking: Promise<string> | null = null;
  return async (request, response) => {
    if (!(await mayRead(request, deps))) {
      return fail(request, response, new HubError('NOT_FOUND', { zh: '无此地址', en: 'no such address' }));
    }
    looking ??= look(deps).finally(() => {
      looking = null;
    });
    const text = await looking;
    response.setHeader('cache-control', 'no-store');
    response.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  };
}

/** What a proxy on this machine hands on came from elsewhere, and says so. */
const HANDED_ON = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

async function mayRead(request: Request, { config, identify }: MetricsDeps): Promise<boolean> {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const [, token] = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '') ?? [];
  if (token === undefined) return isLoopback(address) && HANDED_ON.every((name) => request.get(name) === undefined);
  if (config.metricsToken !== null && equal(token, config.metricsToken)) return true;
  return identify(request).then(mayReadMetrics, () => false);
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function look({ recorder, queue, asOwner, config, log }: MetricsDeps): Promise<string> {
  const { registry, depth, forgetDepths } = await recorder.load();
  // One that can't be read is absent: an old number would be taken for a new one.
  forgetDepths();
  const unread = depth('hub_unread_depths', 'Kinds of depths that could not be read just now');
  let failures = 0;
  const read = async (what: string, work: () => Promise<void>) => {
    await withinTime(work()).catch((err: unknown) => {
      failures += 1;
      log.warn({ err, what }, 'depths can’t be read');
    });
  };
  await Promise.all([
    read('queue', async () => {
      const [jobs, oldest] = [
        depth('hub_jobs', 'Jobs by task and state', 'state'),
        depth('hub_job_oldest_seconds', 'How long the oldest job waits that could be done now, by task'),
      ];
      for (const { task, oldestSeconds, ...states } of await queueDepths(queue)) {
        for (const [state, n] of Object.entries(states)) jobs.set({ task, state }, n);
        oldest.set({ task }, oldestSeconds);
      }
    }),
    read('tables', async () => {
      for (const { name, help, label, values } of await asOwner(readDepths)) {
        const gauge = depth(name, help, label);
        for (const { of, value } of values) label && of !== null ? gauge.set({ [label]: of }, value) : gauge.set(value);
      }
    }),
    read('heads', async () => {
      const gauge = depth('hub_audit_head_age_seconds', 'How long ago a head of the audit log was signed');
      const { mtimeMs } = await stat(join(copyFolder(config), 'heads.jsonl'));
      gauge.set((Date.now() - mtimeMs) / 1000);
    }),
  ]);
  unread.set(failures);
  return registry.metrics();
}

async function withinTime(work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('it took too long')), LONGEST_LOOK_MILLISECONDS);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
