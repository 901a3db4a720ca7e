import type { ClientBase, Pool, PoolClient } from 'pg';
import { versionOn } from '../../catalogue/versions.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';
import type { Tallies } from './tallies.js';

/** A batch as it is received: what it holds is not known yet. */
export interface BatchHeader {
  readonly id: string;
  readonly itemId: string;
  readonly departmentId: string;
  readonly received: string;
  /** ISO instant */
  readonly asOf: string;
  /** of the submission's content */
  readonly sha256: string;
  /** of the department's own key for it, where it sent one */
  readonly keyHash?: string;
  /** of market information: the agreement under which it comes */
  readonly agreementId?: string;
  /** 补录: its rows are of the time before the department reported here; default no */
  readonly backFilled?: boolean;
}

export interface Counted extends Tallies {
  readonly unknownColumns: readonly string[];
}

const COUNTED = sql.raw(
  'read, accepted, rejected, revised, unchanged, unknown_columns as "unknownColumns", corrections, warnings, rejections',
);

/**
 * The latest batch of the item and department, when it was the same submission: its tallies are the answer again.
 * A failed one does not count: a repeat completes it.
 */
export async function sameAsLatest(
  session: Session,
  {
    itemId,
    departmentId,
    sha256,
    received,
    agreementId = undefined,
  }: Pick<BatchHeader, 'itemId' | 'departmentId' | 'sha256' | 'received' | 'agreementId'>,
): Promise<(Counted & { id: string }) | null> {
  const [latest] = await session.query<Counted & { id: string; same: boolean }>(sql`
    select id, ${COUNTED}, content_sha256 = ${sha256} and received_on = ${received}::date as same
    from import_batch where item_id = ${itemId} and department_id = ${departmentId} and state = 'COMPLETED'
      and agreement_id is not distinct from ${agreementId ?? null}::uuid
    order by created_at desc, id desc limit 1`);
  return latest?.same ? latest : null;
}

/** False where the department's key is that of another batch, which has not failed: nothing is inserted then. */
export async function insertHeader(
  session: Session,
  header: BatchHeader,
  state: 'RECEIVED' | 'RUNNING',
): Promise<boolean> {
  const {
    id,
    itemId,
    departmentId,
    received,
    asOf,
    sha256,
    keyHash = null,
    backFilled = false,
    agreementId = null,
  } = header;
  const inserted = await session.query(sql`
    insert into import_batch (id, item_id, department_id, state, received_on, catalogue_version, as_of, content_sha256, key_hash, back_filled, agreement_id, submitted_by)
    values (${id}, ${itemId}, ${departmentId}, ${state}, ${received}::date, ${versionOn(received).version}, ${asOf}::timestamptz, ${sha256}, ${keyHash}, ${backFilled}, ${agreementId}::uuid, ${session.actor.user})
    on conflict (department_id, key_hash) where key_hash is not null and state <> 'FAILED' do nothing returning id`);
  return inserted.length > 0;
}

export async function markRunning(session: Session, id: string): Promise<void> {
  await session.query(sql`update import_batch set state = 'RUNNING' where id = ${id} and state = 'RECEIVED'`);
}

export async function finishBatch(session: Session, id: string, counted: Counted): Promise<void> {
  const { read, accepted, rejected, revised, unchanged, unknownColumns, corrections, warnings, rejections } = counted;
  await session.query(sql`
    update import_batch set state = 'COMPLETED', finished_at = clock_timestamp(), read = ${read}, accepted = ${accepted},
      rejected = ${rejected}, revised = ${revised}, unchanged = ${unchanged}, unknown_columns = ${[...unknownColumns]},
      corrections = ${JSON.stringify(corrections)}::jsonb, warnings = ${JSON.stringify(warnings)}::jsonb,
      rejections = ${JSON.stringify(rejections)}::jsonb
    where id = ${id}`);
}

export async function failBatch(session: Session, id: string): Promise<void> {
  await session.query(sql`
    update import_batch set state = 'FAILED', finished_at = clock_timestamp() where id = ${id} and state in ('RECEIVED', 'RUNNING')`);
}

// Two 32-bit keys keep these locks apart from those of one 64-bit key.
export const BATCH_LOCKS = 370_830;
const IMPORT_LOCK = 370_831;

/**
 * Imports take turns from here to the end of the transaction: two of them could meet over the same subjects. They wait
 * and work as long as it takes, where a request may not.
 */
export async function takeTurn(session: Session): Promise<void> {
  await session.query(sql`select set_config(name, '0', true)
    from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as name`);
  await waitForTurn(session);
}

/** The same within a request's limits: what waits longer than those is told to come back. */
export async function waitForTurn(session: Session): Promise<void> {
  await session.query(sql`select pg_advisory_xact_lock(${IMPORT_LOCK}::int, 0)`);
}

export type Told = Pick<Tallies, 'read' | 'accepted' | 'rejected'>;

/** NOTIFY on `import_progress`: `{batch, read, accepted, rejected}` while rows go in, `{batch}` when its state has changed. */
export async function tellProgress(client: ClientBase, batch: string, tallies?: Told): Promise<void> {
  const { read, accepted, rejected } = tallies ?? {};
  await client.query(`select pg_notify('import_progress', $1)`, [JSON.stringify({ batch, read, accepted, rejected })]);
}

/**
 * The lock that says a batch is being worked on. It lives with a connection of its own, so that it is gone with the
 * process that held it; the same connection tells progress, outside the transaction that nobody sees into.
 */
export class BatchHold {
  private constructor(
    private readonly client: PoolClient,
    private readonly batchId: string,
  ) {}

  static async take(pool: Pool, batchId: string): Promise<BatchHold> {
    const client = await pool.connect();
    client.on('error', () => {});
    try {
      await client.query('select pg_advisory_lock($1, hashtext($2))', [BATCH_LOCKS, batchId]);
      return new BatchHold(client, batchId);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async tell(tallies?: Told): Promise<void> {
    await tellProgress(this.client, this.batchId, tallies);
  }

  /** The connection ends with the hold: nothing else can come to own the lock. */
  release(): void {
    this.client.release(true);
  }
}
