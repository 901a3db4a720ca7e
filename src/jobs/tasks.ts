import type { EnqueuedTask } from '../permissions/jobs.js';
import { storeSubmission } from './collection/store.js';
import { forgetKeptAnswers } from './custody/forgetAnswers.js';
import { deliverExchange } from './exchange/deliver.js';
import { pollExchange } from './exchange/poll.js';
import { reconcileExchange } from './exchange/reconcile.js';
import { thinExchange } from './exchange/thin.js';
import { runPatrol } from './patrol/run.js';
import { notifyDepartment } from './publicity/notify.js';
import { remindPublicity } from './publicity/remind.js';
import type { Task } from './task.js';

// biome-ignore lint/suspicious/noExplicitAny: each task knows its own payload, and checks it
export type Tasks = Readonly<Record<string, Task<any>>>;

/** Tasks that a request may ask for (permissions/jobs.ts). */
const ASKED_FOR = {
  'collection.store': storeSubmission,
  'publicity.notify': notifyDepartment,
} satisfies Record<EnqueuedTask, unknown>;

/** Tasks that come by the clock alone (schedule.ts). */
const BY_THE_CLOCK = {
  'custody.forgetAnswers': forgetKeptAnswers,
  'exchange.deliver': deliverExchange,
  'exchange.poll': pollExchange,
  'exchange.reconcile': reconcileExchange,
  'exchange.thin': thinExchange,
  'patrol.run': runPatrol,
  'publicity.remind': remindPublicity,
} satisfies Tasks;

/** 作业 Every task by its name. A new one: its line here, and in permissions/jobs.ts or in schedule.ts what brings it. */
export const TASKS = { ...ASKED_FOR, ...BY_THE_CLOCK } as const satisfies Tasks;
