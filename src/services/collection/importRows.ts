import { performance } from 'node:perf_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { type Actor, sendsForOthers } from '../../permissions/actor.js';
import type { DateString } from '../../platform/clock.js';
import type { Keys } from '../../platform/crypto.js';
import { referenceId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Agreed } from '../market/agreed.js';
import { openWriteSession, type Session, type WriteSession } from '../session.js';
import {
  type BatchHeader,
  BatchHold,
  type Counted,
  failBatch,
  finishBatch,
  insertHeader,
  sameAsLatest,
  takeTurn,
} from './batch.js';
import { type Chunk, storeChunk } from './chunk.js';
import type { RawRow } from './columns.js';
import { standing } from './context.js';
import type { RowSource } from './csv.js';
import type { DepartmentFacts } from './lookups.js';
import { failOrphans } from './orphans.js';
import type { Sender } from './outside.js';
import type { ItemPlan } from './plan.js';
import { count, noTallies } from './tallies.js';
import { type TidyRow, tidy } from './tidy.js';

/** What an import needs of the house. */
export interface ImportDeps {
  /** a fork for one transaction, over the weak login */
  readonly fork: () => EntityManager;
  /** the same login: holds the batch's lock and tells progress */
  readonly pool: Pool;
  readonly keys: Keys;
  /** business date, `YYYY-MM-DD` */
  readonly today: DateString;
}

export interface Submission {
  readonly plan: ItemPlan;
  readonly department: DepartmentFacts;
  /** as whom it is stored: the department's or the court's, or an exchange platform's */
  readonly actor: Actor;
  readonly received: DateString;
  /** ISO instant as of which the rows are true */
  readonly asOf: string;
  /** digest of the content: the same again is answered, not stored */
  readonly sha256: string;
  /** opened only when the submission is new */
  readonly source: RowSource;
  /** of market information: under which agreement it comes, from the body that the agreement names */
  readonly agreed?: Agreed;
  /** its rows are withdrawn as of `asOf`; default no */
  readonly withdraw?: boolean;
  /** 补录: marked as such, and not late; default no */
  readonly backFilled?: boolean;
}

export interface Progress {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  /** 0 to 1 */
  readonly position: number;
}

export interface BatchResult extends Counted {
  readonly batchId: string;
  readonly repeated: boolean;
  /** 0 for a repeated one */
  readonly milliseconds: number;
}

const CHUNK = 1000;

// Every chunk asks for its own few rows of tables that grow in this very transaction, of which the planner knows nothing.
const PLAN_BY_INDEX = sql`select set_config('enable_seqscan', 'off', true)`;

/** The answer to a submission that came before, or null. */
export async function findRepeated(
  deps: ImportDeps,
  submission: Omit<Submission, 'source' | 'asOf'>,
): Promise<BatchResult | null> {
  const { plan, department, actor, sha256, received, agreed } = submission;
  const same = await inTransaction(deps, actor, (session) =>
    sameAsLatest(session, {
      itemId: referenceId('item', plan.item.code),
      departmentId: department.id,
      sha256,
      received,
      agreementId: agreed?.id,
    }),
  );
  if (!same) return null;
  const { id, ...counted } = same;
  return { ...counted, batchId: id, repeated: true, milliseconds: 0 };
}

/**
 * Stores a submission: its header at once, in a transaction of its own; rows, result and event in one more. Fails as a
 * whole: then the batch is FAILED and nothing of its rows is there.
 */
export async function importRows(
  deps: ImportDeps,
  submission: Submission,
  onProgress: (progress: Progress) => void = () => {},
): Promise<BatchResult> {
  const began = performance.now();
  const { plan, department, actor, received, asOf, sha256, source, backFilled, agreed } = submission;
  const header: BatchHeader = {
    id: uuidv7(),
    itemId: referenceId('item', plan.item.code),
    departmentId: department.id,
    received,
    asOf,
    sha256,
    backFilled,
    agreementId: agreed?.id,
  };
  const hold = await BatchHold.take(deps.pool, header.id);
  try {
    await inTransaction(deps, actor, async (session) => {
      await failOrphans(session.query);
      await insertHeader(session, header, 'RUNNING');
    });
    try {
      const counted = await inTransaction(deps, actor, async (session) => {
        await takeTurn(session);
        const stored = await storeRows(session, deps.keys, submission, header, async (progress) => {
          onProgress(progress);
          await hold.tell(progress);
        });
        await leaveEvent(session, sha256);
        return stored;
      });
      // What is stored stays stored, heard or not.
      await hold.tell().catch(() => {});
      return { ...counted, batchId: header.id, repeated: false, milliseconds: performance.now() - began };
    } catch (error) {
      // Where even this fails the next import or start does it: the lock goes with the process.
      await inTransaction(deps, actor, (session) => failBatch(session, header.id)).catch(() => {});
      await hold.tell().catch(() => {});
      throw error;
    }
  } finally {
    hold.release();
    await source.rows[Symbol.asyncIterator]().return?.();
  }
}

/** Judges and stores the rows, and finishes their batch, with the verb's powers in a transaction whose turn it is (batch.ts). */
export async function storeRows(
  session: Session,
  keys: Keys,
  { plan, department, actor, received, asOf, source, withdraw = false, backFilled = false, agreed }: Submission,
  header: BatchHeader,
  tell: (progress: Progress) => Promise<void>,
): Promise<Counted> {
  await session.query(PLAN_BY_INDEX);
  const sender: Sender = agreed
    ? { ...agreed.body, functions: [], exchange: false }
    : { ...department, exchange: sendsForOthers(actor) };
  const chunk: Chunk = {
    store: {
      session,
      plan,
      keys,
      standing: await standing(session),
      batchId: header.id,
      itemId: header.itemId,
      department,
      received,
      asOf,
      withdraw,
      backFilled,
      agreed,
    },
    sender,
    due: new Map(),
  };
  const tallies = noTallies();
  let storeRest: () => Promise<unknown> = async () => {};
  const chunks = inChunks(plan, source.rows);
  // While Postgres stores a chunk the next one is read and put in order; no two statements are ever under way at once.
  for (let reading = chunks.next(), at = await reading; !at.done; at = await reading) {
    reading = chunks.next();
    reading.catch(() => {});
    const stored = await storeChunk(chunk, at.value, storeRest);
    storeRest = stored.storeRows;
    for (const { outcome, issues } of stored.results) count(tallies, outcome, issues);
    await tell({ ...tallies, position: source.position() });
  }
  await storeRest();
  const counted: Counted = { ...tallies, unknownColumns: source.columns.unknown };
  await finishBatch(session, header.id, counted);
  return counted;
}

async function* inChunks(plan: ItemPlan, rows: AsyncIterable<RawRow>): AsyncGenerator<TidyRow[]> {
  let chunk: TidyRow[] = [];
  let rowNo = 0;
  for await (const row of rows) {
    rowNo += 1;
    chunk.push(tidy(plan, rowNo, row));
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The verb's event, in the transaction of what it did. Whom it was about, the batch's rows say. */
export async function leaveEvent({ actor, query }: Session, hash: string): Promise<void> {
  await query(sql`
    insert into access_event (id, actor, role, department_id, purpose, case_no, operation, operation_hash, labels, outcome)
    values (${uuidv7()}, ${actor.user}, ${actor.role}, ${actor.department?.id ?? null}::uuid, ${actor.purpose}, ${actor.caseNo},
      'submitRecords', ${hash}, array['GOVERNMENT'], 'COMPLETED')`);
}

export async function inTransaction<T>(
  deps: Pick<ImportDeps, 'fork' | 'today'>,
  actor: Actor,
  work: (session: WriteSession) => Promise<T>,
): Promise<T> {
  const em = deps.fork();
  const session = await openWriteSession(em, actor, deps.today);
  try {
    const result = await session.asVerb('submitRecords', () => work(session));
    await em.commit();
    return result;
  } catch (error) {
    await em.rollback();
    throw error;
  }
}
