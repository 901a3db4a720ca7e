import type { Pool } from 'pg';
import { type Actor, sendsForOthers } from '../../permissions/actor.js';
import { bodyOf, maySend } from '../../permissions/sending.js';
import type { DateString } from '../../platform/clock.js';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { referenceId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { requiredText } from '../inputs.js';
import { type Agreed, agreedPlan, demandAgreement } from '../market/agreed.js';
import type { WriteSession } from '../session.js';
import { BATCH_LOCKS, type BatchHeader, waitForTurn } from './batch.js';
import { Desk } from './desk.js';
import { type Submission, storeRows } from './importRows.js';
import { demandInForce, outsideCatalogue } from './inForce.js';
import type { DepartmentFacts } from './lookups.js';
import { canonicalText, messageRows } from './messageRows.js';
import { type ItemPlan, planOfCode } from './plan.js';
import { countWaiting, putAside } from './waiting.js';

export interface SubmitRecords {
  readonly item: string;
  readonly idempotencyKey: string;
  /** ISO instant; default: the instant of receipt */
  readonly asOf?: string | null;
  readonly withdraw?: boolean | null;
  /** 补录 */
  readonly backFill?: boolean | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface Submitted {
  /** uuid of the batch */
  readonly id: string;
  /** the same submission came before: the batch is that one's */
  readonly repeated: boolean;
}

export interface SubmissionDeps {
  /** the same login, apart from the requests' own connections */
  readonly pool: Pool;
  readonly keys: Keys;
  readonly today: () => DateString;
  /** told where a batch could not be ended as it should be */
  readonly failed: (batchId: string, error: unknown) => void;
}

/** Rows that are stored within the call; more are stored after it. */
const AT_ONCE = 1_000;
/** Submissions of one department that may wait for their job; one more is told to come back. */
const AFTERWARDS = 8;
const KEY_LENGTH = 200;

/** What departments and platforms send by message, through the judge that files go through. */
export class Submissions {
  readonly #desk: Desk;

  constructor(private readonly deps: SubmissionDeps) {
    this.#desk = new Desk(deps.pool, deps.today);
  }

  /**
   * Stores the rows in the session's transaction, or, where they are many, puts them aside in it for a job to store.
   * @throws BAD_USER_INPUT, FORBIDDEN for an item that is not the sender's, CONFLICT where the key came with other content
   */
  async submit(session: WriteSession, input: SubmitRecords): Promise<Submitted> {
    const whole = planOfCode(input.item);
    if (!whole) throw outsideCatalogue('item', { zh: '清单中没有该数据项', en: 'the catalogue has no such item' });
    const agreed = bodyOf(session.actor) ? await demandAgreement(session, whole.item, session.today) : undefined;
    if (!agreed && !maySend(session.actor, whole.item)) {
      throw new HubError('FORBIDDEN', {
        zh: '该部门不是该数据项的提供单位',
        en: 'the department does not provide the item',
      });
    }
    const plan = agreed ? agreedPlan(whole, agreed) : whole;
    await demandInForce(session, plan.item, session.today);
    const key = requiredText(input.idempotencyKey, 'idempotencyKey', KEY_LENGTH);
    refuseRows(plan, input);
    const department = agreed?.department ?? (await senderOf(session));
    const actor: Actor = { ...session.actor, department };
    const header = this.#header(plan, department, session.today, agreed ? keyUnder(agreed, actor, key) : key, {
      ...input,
      agreed,
    });
    const withdraw = input.withdraw ?? false;
    const submission: Submission = {
      plan,
      department,
      actor,
      received: header.received,
      asOf: header.asOf,
      sha256: header.sha256,
      withdraw,
      backFilled: header.backFilled,
      agreed,
      source: messageRows(plan, input.rows, session.today),
    };
    const many = input.rows.length > AT_ONCE;
    if (many && (await countWaiting(session, department)) >= AFTERWARDS) throw busy();
    while (!(await this.#desk.receive(actor, header, many ? 'RECEIVED' : 'RUNNING'))) {
      const earlier = await earlierBatch(session, header, many);
      if (earlier) return { id: earlier, repeated: true };
    }
    session.onEnd((committed) => this.#end(actor, header.id, committed));
    if (many) await putAside(session, this.deps.keys, header, { actor, rows: input.rows, withdraw });
    else await this.#atOnce(session, submission, header);
    return { id: header.id, repeated: false };
  }

  /** Marks FAILED what of the actor's nobody works on any more. */
  sweep(actor: Actor): Promise<void> {
    return this.#desk.sweep(actor);
  }

  close(): Promise<void> {
    return this.#desk.close();
  }

  #header(
    plan: ItemPlan,
    { id: departmentId }: DepartmentFacts,
    received: string,
    key: string,
    { item, asOf = null, withdraw, backFill, rows, agreed }: SubmitRecords & { agreed?: Agreed },
  ): BatchHeader {
    // Keyed: a plain digest of a row with an id in it would let the id be guessed.
    const { keys } = this.deps;
    return {
      id: uuidv7(),
      itemId: referenceId('item', item),
      departmentId,
      received,
      asOf: asOf ?? new Date().toISOString(),
      sha256: keys.blindIndex(
        'import_batch.content',
        canonicalText([plan.item.code, asOf, withdraw ?? false, rows, ...(backFill ? ['backFill'] : [])]),
      ),
      backFilled: backFill ?? false,
      agreementId: agreed?.id,
      keyHash: keys.blindIndex('import_batch.key', key),
    };
  }

  async #atOnce(session: WriteSession, submission: Submission, header: BatchHeader): Promise<void> {
    await session.asVerb(
      'submitRecords',
      async () => {
        await patiently(session, () => waitForTurn(session));
        await storeRows(session, this.deps.keys, submission, header, (told) => this.#desk.tell(header.id, told));
        await session.query(sql`select set_config('enable_seqscan', 'on', true)`);
      },
      submission.department,
    );
  }

  /** Where even this fails the next submission, import or start does it: the lock goes with the connection. */
  #end(actor: Actor, batchId: string, completed: boolean): Promise<void> {
    return this.#desk.end(actor, batchId, completed).catch((error: unknown) => this.deps.failed(batchId, error));
  }
}

/** A body's keys are its own, although its batches stand in the name of the office that concluded the agreement. */
const keyUnder = ({ id }: Agreed, { user }: Actor, key: string): string => JSON.stringify([id, user, key]);

function refuseRows({ item }: ItemPlan, { rows, withdraw }: SubmitRecords): void {
  if (rows.length === 0) {
    throw new HubError('BAD_USER_INPUT', { zh: '没有数据行', en: 'there is no row' }, 'rows');
  }
  if (withdraw && item.yields === 'SUBJECT') {
    const text = { zh: '登记信息不作撤回，请报送其状态', en: 'a registration is not withdrawn: send its state' };
    throw new HubError('BAD_USER_INPUT', text, 'withdraw');
  }
}

/** The sender's department; a platform without one sends for the department that looks after the lists. */
async function senderOf({ actor, query }: WriteSession): Promise<DepartmentFacts> {
  if (actor.department) return { ...actor.department, functions: [...actor.department.functions] };
  const [found] = sendsForOthers(actor)
    ? await query<DepartmentFacts>(
        sql`select id, code, name, functions from department where 'DEVELOPMENT_REFORM' = any(functions) order by code limit 1`,
      )
    : [];
  if (found) return found;
  const text = { zh: '没有可归属的部门', en: 'there is no department to which this would belong' };
  throw new HubError('PRECONDITION_FAILED', text);
}

/**
 * The batch of the department under the same key, once it is stored; null where it failed meanwhile, and the key is free.
 * Of one that goes on after its answer, as it stands.
 * @throws CONFLICT where it had other content
 */
async function earlierBatch(session: WriteSession, header: BatchHeader, many: boolean): Promise<string | null> {
  const find = () =>
    session.asVerb('submitRecords', async () => {
      const [row] = await session.query<{ id: string; sha256: string; state: string }>(sql`
        select id, content_sha256 as sha256, state from import_batch
        where department_id = ${header.departmentId} and key_hash = ${header.keyHash} and state <> 'FAILED'`);
      return row;
    });
  const found = await find();
  if (!found) return null;
  if (found.sha256 !== header.sha256) {
    throw new HubError(
      'CONFLICT',
      { zh: '该幂等键已用于另一内容', en: 'this idempotency key was used for another submission' },
      'idempotencyKey',
    );
  }
  if (many || found.state === 'COMPLETED') return found.id;
  // It holds its lock until it is over.
  await patiently(session, () =>
    session.query(sql`select pg_advisory_xact_lock_shared(${BATCH_LOCKS}::int, hashtext(${found.id}))`),
  );
  return (await find())?.id ?? null;
}

/** longer than what others of a moment's length take, shorter than a statement may run (platform/postgres/limits.ts) */
const PATIENCE = '12s';
const LOCK_TIMEOUT = '55P03';

/** Imports take turns, and a file of a million rows has a long one: a request waits for a while, then says so. */
async function patiently(session: WriteSession, wait: () => Promise<unknown>): Promise<void> {
  const [usual] = await session.query<{ limit: string }>(sql`
    select current_setting('lock_timeout') as limit, set_config('lock_timeout', ${PATIENCE}, true)`);
  try {
    await wait();
  } catch (error) {
    throw (error as { code?: unknown }).code === LOCK_TIMEOUT ? busy() : error;
  }
  await session.query(sql`select set_config('lock_timeout', ${usual?.limit ?? '0'}, true)`);
}

const busy = () =>
  new HubError('UNAVAILABLE', {
    zh: '另有归集正在进行，请稍后以同一幂等键再报送',
    en: 'another import is under way: send this again a little later, with the same key',
  });
