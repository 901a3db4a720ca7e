import type { Verb } from './verbs.js';

/** What of the queue a request may fill in: a task it may ask for, while which verb runs, and naming what. */
export interface Enqueued {
  readonly during: readonly Verb[];
  /** the payload's members, each a uuid and nothing else: no personal data waits in a queue */
  readonly ids: readonly string[];
  /** tasks of one queue run one after the other */
  readonly queue?: string;
  /** how often it is tried before it is parked (exponential pauses: 5 take about a minute and a half, 10 about an hour) */
  readonly attempts: number;
}

/**
 * Tasks that a request may add to the queue, printed into the one function by which the weak login reaches it. What runs
 * by the clock alone (src/jobs/schedule.ts) does not stand here: nobody asks for it.
 */
export const ENQUEUED = {
  'collection.store': { during: ['submitRecords'], ids: ['batch'], queue: 'collection', attempts: 5 },
  'publicity.notify': { during: ['remindPublicity'], ids: ['notice'], attempts: 10 },
} as const satisfies Record<string, Enqueued>;
export type EnqueuedTask = keyof typeof ENQUEUED;
