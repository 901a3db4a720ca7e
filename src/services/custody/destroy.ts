import { createHash } from 'node:crypto';
import type { FieldCipher } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import type { Logger } from '../../platform/logger.js';
import { type Sql, sql } from '../../platform/sql.js';
import { requiredDocumentNo } from '../documentNo.js';
import { requiredText, TEXT_LENGTH } from '../inputs.js';
import type { OwnerQuery } from '../reference.js';
import type { Destruction, DestructionLedger } from './ledger.js';
import { DESTROYED_NAME, shred } from './shred.js';

/** one number for all processes that may write or apply the ledger at once */
const LOCK = 370830_004;

export interface Order {
  /** finds the one subject */
  readonly subject: Sql<boolean>;
  readonly documentNo: string;
  readonly reason: string;
  readonly by: string;
  /** under which role the access log notes the operator */
  readonly role: string;
}

export interface Custody {
  readonly query: OwnerQuery;
  readonly ledger: DestructionLedger;
  /** of the key file's own keys */
  readonly cipher: FieldCipher;
}

/**
 * 依法销毁 Destroys what is sealed about one subject, and about those that were merged into it, in the caller's
 * transaction. The ledger is written first: where the process dies in between, the next start finishes it, and a repeat
 * does.
 * @returns the subject's uuid
 * @throws NOT_FOUND, BAD_USER_INPUT, PRECONDITION_FAILED where nothing is left to destroy
 */
export async function destroySubject({ query, ledger, cipher }: Custody, order: Order): Promise<string> {
  const documentNo = requiredDocumentNo(order.documentNo);
  const reason = requiredText(order.reason, 'reason', TEXT_LENGTH);
  await query(sql`select pg_advisory_xact_lock(${LOCK})`);
  // 归并 One person under two documents is one person: whichever id is named, all of it goes.
  const group = await query<Found>(sql`
    with named as (select coalesce(s.merged_into, s.id) as id from subject s where ${order.subject})
    select s.id, s.id = named.id as survivor, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      array(select k.key_id from subject_key k where k.subject_id = s.id and k.wrapped is not null) as keys
    from named join subject s on named.id in (s.id, s.merged_into) order by survivor desc, s.id`);
  const [found] = group;
  if (!found) throw new HubError('NOT_FOUND', { zh: '未找到该信用主体', en: 'there is no such subject' }, 'subject');
  const sealed = group.filter(({ keys }) => keys.length > 0);
  if (sealed.length === 0) {
    throw new HubError('PRECONDITION_FAILED', {
      zh: '该主体没有加密保存的信息，或已依法销毁',
      en: 'nothing is sealed about this subject, or it was destroyed before',
    });
  }
  for (const { id, keys, at } of sealed) {
    const destruction: Destruction = { subject: id, keys, at, documentNo };
    const known = (await ledger.read()).some((line) => covers(line, destruction));
    if (!known) await ledger.append(destruction);
    await shred(query, cipher, { ...destruction, by: order.by, reason });
  }
  await query(sql`
    insert into access_event (id, actor, role, case_no, operation, operation_hash, subject_ids, labels, outcome)
    values (${uuidv7()}, ${order.by}, ${order.role}, ${documentNo}, 'destroySubject',
      ${createHash('sha256').update('hub destroy').digest('hex')}, ${sealed.map(({ id }) => id)}::uuid[], array['PERSONAL'], 'OK')`);
  return found.id;
}

interface Found {
  id: string;
  survivor: boolean;
  keys: string[];
  at: string;
}

const covers = (line: Destruction, wanted: Destruction): boolean =>
  line.subject === wanted.subject && wanted.keys.every((key) => line.keys.includes(key));

/**
 * At the start, before anything is served: what the ledger says is destroyed is destroyed again where a restored backup
 * brought it back. What the database alone knows is put into the ledger.
 */
export async function replayDestructions({ query, ledger, cipher }: Custody, log: Pick<Logger, 'warn'>): Promise<void> {
  await query(sql`select pg_advisory_xact_lock(${LOCK})`);
  const lines = await ledger.read();
  const back = await query<{ n: number }>(sql`
    select n from jsonb_to_recordset(${JSON.stringify(lines.map((line, n) => ({ n, ...line })))}::jsonb)
      as line(n int, subject uuid, keys text[])
    where exists (select 1 from subject_key k
        where k.subject_id = line.subject and k.key_id = any(line.keys) and k.wrapped is not null)
      or exists (select 1 from person_identity p where p.subject_id = line.subject and p.blind_index is not null)
      or exists (select 1 from subject s where s.id = line.subject and s.kind = 'NATURAL_PERSON' and s.name <> ${DESTROYED_NAME})
    order by n`);
  for (const { n } of back) {
    const line = lines[n] as Destruction;
    await shred(query, cipher, { ...line, by: 'destroyed.jsonl', reason: '恢复备份后再次执行' });
  }
  if (back.length > 0) {
    log.warn({ subjects: back.length }, 'a restored database held data that had been destroyed: destroyed again');
  }
  const missing = (await destroyedKeys(query)).filter((known) => !lines.some((line) => covers(line, known)));
  for (const destruction of missing) await ledger.append(destruction);
  if (missing.length > 0) {
    log.warn({ subjects: missing.length }, 'the database knew of destructions that destroyed.jsonl did not: added');
  }
}

const destroyedKeys = (query: OwnerQuery): Promise<Destruction[]> =>
  query<Destruction>(sql`
    select subject_id as subject, array_agg(key_id) as keys, document_no as "documentNo",
      to_char(destroyed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from subject_key where wrapped is null group by subject_id, document_no, destroyed_at order by destroyed_at`);
