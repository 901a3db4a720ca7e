import type { Actor } from '../../permissions/actor.js';
import type { Purpose } from '../../permissions/purposes.js';
import type { Role } from '../../permissions/roles.js';
import type { Keys } from '../../platform/crypto.js';
import { sql } from '../../platform/sql.js';
import { sealingTurn } from '../custody/subjectKeys.js';
import { enqueue } from '../jobs/enqueue.js';
import { AGREED_TABLES, type Agreed, agreedColumns, agreedPlan } from '../market/agreed.js';
import type { OwnerQuery } from '../reference.js';
import type { WriteSession } from '../session.js';
import { type BatchHeader, BatchHold, failBatch, markRunning, takeTurn } from './batch.js';
import { type ImportDeps, inTransaction, leaveEvent, storeRows } from './importRows.js';
import type { DepartmentFacts } from './lookups.js';
import { messageRows } from './messageRows.js';
import { planOfCode } from './plan.js';

/** Associated data of a submission's sealed rows. */
export const waitingPlace = (batchId: string): string => `waiting_submission.sealed.${batchId}`;

/** SQL of the key file's key that a row of waiting_submission is sealed with, by the text before the ciphertext. */
export const WAITING_VERSION = sql<string>`split_part(encode(substring(sealed for 24), 'escape'), '.', 3)`;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Puts the rows of a batch aside, sealed, and asks for the job that stores them: both come and go with the session. */
export async function putAside(
  session: WriteSession,
  keys: Keys,
  { id }: BatchHeader,
  { actor, rows, withdraw }: { actor: Actor; rows: Rows; withdraw: boolean },
): Promise<void> {
  await session.asVerb(
    'submitRecords',
    async () => {
      await session.query(sql`select ${sealingTurn}`);
      const sealed = keys.cipher.sealBytes(Buffer.from(JSON.stringify(rows)), waitingPlace(id));
      await session.query(sql`
        insert into waiting_submission (batch_id, department_id, role, purpose, case_no, withdraw, sealed)
        values (${id}, ${actor.department?.id ?? null}::uuid, ${actor.role}, ${actor.purpose}, ${actor.caseNo}, ${withdraw}, ${sealed})`);
      // On the row itself: whoever sweeps meanwhile looks at it again, and at nothing beside it.
      await session.query(sql`update import_batch set queued = true where id = ${id}`);
      await enqueue(session, 'collection.store', { batch: id });
    },
    actor.department ?? undefined,
  );
}

export interface WaitingDeps extends ImportDeps {
  /** tells as whom a batch was sent: of the tables' owner, since a job has no actor before it knows */
  readonly owner: <T>(work: (query: OwnerQuery) => Promise<T>) => Promise<T>;
}

/**
 * Stores what was put aside, as its sender; its rows, result and event, and that nothing waits any more, in one transaction.
 * A batch that is over is left as it is, so that a job that was killed after it can be run again.
 */
export async function storeWaiting(deps: WaitingDeps, batchId: string): Promise<void> {
  const sender = await senderOf(deps, batchId);
  if (!sender) return;
  const { actor, department, header, itemCode, withdraw, agreed } = sender;
  const whole = planOfCode(itemCode);
  if (!whole) throw new Error('the catalogue has this item no more');
  const plan = agreed ? agreedPlan(whole, agreed) : whole;
  const hold = await BatchHold.take(deps.pool, batchId);
  try {
    await inTransaction(deps, actor, (session) => markRunning(session, batchId));
    await hold.tell();
    await inTransaction(deps, actor, async (session) => {
      await takeTurn(session);
      const [waiting] = await session.query<{ sealed: Buffer }>(
        sql`select sealed from waiting_submission where batch_id = ${batchId}`,
      );
      if (!waiting) return;
      const rows = JSON.parse(deps.keys.cipher.openBytes(waiting.sealed, waitingPlace(batchId)).toString()) as Rows;
      const { received, asOf, sha256, backFilled } = header;
      const source = messageRows(plan, rows, received);
      const submission = { plan, department, actor, received, asOf, sha256, source, withdraw, backFilled, agreed };
      await storeRows(session, deps.keys, submission, header, (told) => hold.tell(told));
      await session.query(sql`delete from waiting_submission where batch_id = ${batchId}`);
      await leaveEvent(session, sha256);
    });
    // What is stored stays stored, heard or not.
    await hold.tell().catch(() => {});
  } finally {
    hold.release();
  }
}

/** It can't be stored: the batch is FAILED, its rows are gone, and its key is free. */
export async function giveUpWaiting(deps: WaitingDeps, batchId: string): Promise<void> {
  const sender = await senderOf(deps, batchId);
  if (!sender) return;
  const hold = await BatchHold.take(deps.pool, batchId);
  try {
    await inTransaction(deps, sender.actor, async (session) => {
      await session.query(sql`delete from waiting_submission where batch_id = ${batchId}`);
      await failBatch(session, batchId);
    });
    await hold.tell().catch(() => {});
  } finally {
    hold.release();
  }
}

interface Sender {
  readonly actor: Actor;
  readonly department: DepartmentFacts;
  readonly header: BatchHeader;
  readonly itemCode: string;
  readonly withdraw: boolean;
  readonly agreed?: Agreed;
}

async function senderOf({ owner }: WaitingDeps, batchId: string): Promise<Sender | null> {
  const [row] = await owner((query) =>
    query<{
      role: Role;
      user: string;
      purpose: Purpose | null;
      caseNo: string | null;
      withdraw: boolean;
      department: DepartmentFacts;
      header: BatchHeader;
      itemCode: string;
      agreed: Agreed | null;
    }>(sql`
      select w.role, b.submitted_by as "user", w.purpose, w.case_no as "caseNo", w.withdraw, i.code as "itemCode",
        json_build_object('id', d.id, 'code', d.code, 'name', d.name, 'functions', d.functions) as department,
        json_build_object('id', b.id, 'itemId', b.item_id, 'departmentId', b.department_id, 'received', b.received_on,
          'asOf', b.as_of, 'sha256', b.content_sha256, 'backFilled', b.back_filled) as header,
        (select to_json(one) from (select ${agreedColumns(sql`b.item_id`)} from ${AGREED_TABLES} where a.id = b.agreement_id) one) as agreed
      from waiting_submission w join import_batch b on b.id = w.batch_id
        join catalogue_item i on i.id = b.item_id join department d on d.id = w.department_id
      where w.batch_id = ${batchId}`),
  );
  if (!row) return null;
  const { role, user, purpose, caseNo, agreed, ...rest } = row;
  const subjectId = agreed?.body.id ?? null;
  return {
    ...rest,
    ...(agreed ? { agreed } : {}),
    actor: { role, user, department: row.department, subjectId, duties: [], purpose, caseNo },
  };
}

/** Submissions of the department that wait already. */
export async function countWaiting(session: WriteSession, department: DepartmentFacts): Promise<number> {
  let waiting = 0;
  await session.asVerb(
    'submitRecords',
    async () => {
      const [row] = await session.query<{ n: number }>(sql`select count(*)::int as n from waiting_submission`);
      waiting = row?.n ?? 0;
    },
    { ...department },
  );
  return waiting;
}
