import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { z } from 'zod';
import type { WorkHours } from '../config.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Clock, DateString } from '../platform/clock.js';
import type { Keys } from '../platform/crypto.js';
import type { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { NoticeSettings } from '../services/publicity/noticeSettings.js';
import type { OwnerQuery } from '../services/reference.js';

/** What jobs have of the house. There is no caller: a task finds out as whom it works, and works under row security. */
export interface JobDeps {
  /** a fork for one transaction, over the weak login */
  readonly fork: () => EntityManager;
  /** the weak login, for reads */
  readonly reads: Pool;
  /** the weak login, for what outlasts a transaction: locks, progress told */
  readonly aside: Pool;
  /** one transaction of the tables' owner: to find out as whom, and for what belongs to nobody */
  readonly owner: <T>(work: (query: OwnerQuery) => Promise<T>) => Promise<T>;
  readonly keys: Keys;
  /** partners and exchange tables; null where there are none */
  readonly exchange: Exchange | null;
  /** where departments are told what is due; null: nowhere */
  readonly notices: NoticeSettings | null;
  readonly workHours: readonly WorkHours[];
  readonly clock: Clock;
  readonly log: Logger;
}

export interface JobRun {
  readonly deps: JobDeps;
  /** of the queue: the same however often it is tried */
  readonly id: string;
  /** this is the nth time, beginning with 1 */
  readonly attempt: number;
  /** of a task that comes by the clock, the instant that it was due at; null for one that was asked for */
  readonly due: Date | null;
  /** the business date */
  readonly today: DateString;
  /** the process is stopping and waits no longer */
  readonly signal: AbortSignal | undefined;
}

/**
 * A job is run at least once: killed after its work and before the queue knew of it, it is run again. So what it does is
 * done in one transaction that says that it is done, or may be done twice.
 */
export interface Task<P> {
  /** what is in the queue, looked at before it is believed; a job of another shape is parked */
  readonly payload: z.ZodType<P>;
  run(payload: P, job: JobRun): Promise<void>;
  /** it was tried for the last time: what is left to do, and to say to whoever waits for it. It may be called twice. */
  parked?(payload: P, job: Pick<JobRun, 'deps' | 'today'>): Promise<void>;
  /** why it can't be done any more once it was parked; default: it can */
  readonly givenUp?: HubError['text'];
}

/** Keeps the payload's type between its parts. */
export const task = <P>(one: Task<P>): Task<P> => one;

/** Never to be done, however often it is tried: parked at once. `reason` stands beside the job, so it holds no row's text. */
export class Unworkable extends Error {
  override readonly name = 'Unworkable';
  constructor(readonly reason: string) {
    super(reason);
  }
}
