import { setTimeout as pause } from 'node:timers/promises';
import type { Keys, WrappedKey } from '../../platform/crypto.js';
import { type Sql, sql } from '../../platform/sql.js';
import { WAITING_VERSION, waitingPlace } from '../collection/waiting.js';
import { inboxPlace } from '../exchange/inbox.js';
import { answerPlace, forgetAnswers } from '../idempotent.js';
import { checkKeys, forgetKeys } from '../keyCheck.js';
import { EVIDENCE_KEY, evidencePlace } from '../objections/evidence.js';
import type { OwnerQuery } from '../reference.js';
import { evidenceUnderDataKeys } from './evidence.js';
import { SEALERS } from './subjectKeys.js';

/** one number for all processes that may change the key file at once */
const LOCK = 370830_005;
const PORTION = 500;
const LOOK_AGAIN_MILLISECONDS = 50;

/** One transaction of the tables' owner. */
export type Transaction = <T>(work: (query: OwnerQuery) => Promise<T>) => Promise<T>;

export interface Rotated {
  readonly version: string;
  /** an earlier rotation was left unfinished: it was finished, and no key made */
  readonly resumed: boolean;
  /** data keys and kept answers that are under the current key now */
  readonly rewrapped: number;
}

/** What is sealed with each version of the key file's keys. */
export async function sealedBy(query: OwnerQuery): Promise<Map<string, number>> {
  const rows = await query<{ version: string; n: number }>(sql`
    select version, sum(n)::int as n from (
      select key_version as version, count(*) as n from subject_key where wrapped is not null group by 1
      union all select split_part(answer, '.', 3), count(*) from idempotent_request where answer is not null group by 1
      union all select ${EVIDENCE_KEY}, count(*) from evidence_file where ${EVIDENCE_KEY} like 'k%' group by 1
      union all select split_part(sealed, '.', 3), count(*) from exchange_inbox where sealed <> '' group by 1
      union all select ${WAITING_VERSION}, count(*) from waiting_submission group by 1
    ) counted group by 1`);
  return new Map(rows.map(({ version, n }) => [version, n]));
}

/**
 * Makes a new current key and seals anew, in portions, what the older ones had sealed: data keys, kept answers and files.
 * No value of a subject is touched, but for files of before they had their subject's data key: they get it. Servers go on: they meet the new key, and read the file again. Killed at any point, the
 * same again completes it.
 */
export function rotate(keys: Keys, transaction: Transaction): Promise<Rotated> {
  return alone(transaction, async () => {
    const held = keys.ring.versions();
    const sealed = [...(await transaction(sealedBy)).keys()];
    const unfinished = sealed.some((version) => version !== keys.ring.current() && held.includes(version));
    const version = unfinished ? keys.ring.current() : await keys.ring.add();
    await transaction(checkKeys(keys));
    // Whoever sealed with the older key before it could see the new one ends first; then nothing of it can come.
    let rewrapped = await resealAll(keys, transaction);
    await sealersEnd(transaction);
    rewrapped += await resealAll(keys, transaction);
    return { version, resumed: unfinished, rewrapped };
  });
}

/** Takes keys out of the file that nothing in the database is sealed with. @returns their versions */
export function prune(keys: Keys, transaction: Transaction): Promise<string[]> {
  return alone(transaction, async () => {
    await sealersEnd(transaction);
    const used = await transaction(sealedBy);
    const current = keys.ring.current();
    const idle = keys.ring.versions().filter((version) => version !== current && !used.has(version));
    if (idle.length === 0) return [];
    // The database first: killed in between, the next start notes the keys that are still there.
    await transaction((query) => forgetKeys(query, idle));
    await keys.ring.drop(idle);
    return idle;
  });
}

/** The lock is a transaction's, so that a killed process frees it. */
const alone = <T>(transaction: Transaction, work: () => Promise<T>): Promise<T> =>
  transaction(async (query) => {
    await query(sql`select pg_advisory_xact_lock(${LOCK})`);
    return work();
  });

async function sealersEnd(transaction: Transaction): Promise<void> {
  const sealing = async () => new Set((await transaction((query) => query(SEALERS))).map(({ name }) => name));
  for (let began = await sealing(); began.size > 0; ) {
    await pause(LOOK_AGAIN_MILLISECONDS);
    const still = await sealing();
    began = new Set([...began].filter((name) => still.has(name)));
  }
}

async function resealAll(keys: Keys, transaction: Transaction): Promise<number> {
  const current = keys.ring.current();
  let resealed = 0;
  for (const portion of [
    evidenceUnderDataKeys,
    rewrapKeys,
    resealAnswers,
    resealEvidence,
    resealInbox,
    resealWaiting,
  ]) {
    for (;;) {
      const done = await transaction((query) => portion(keys, current, query));
      resealed += done;
      if (done === 0) break;
    }
  }
  return resealed;
}

const recordset = (rows: readonly object[], columns: string): Sql =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(columns)})`;

/** What was sealed with a key that is no more in the file nobody opens, and it stops nothing. */
const older = ({ ring }: Keys, current: string): string[] => ring.versions().filter((version) => version !== current);

async function rewrapKeys(keys: Keys, current: string, query: OwnerQuery): Promise<number> {
  const rows = await query<WrappedKey & { subject: string }>(sql`
    select subject_id as subject, key_id as "keyId", wrapped from subject_key
    where wrapped is not null and key_version = any(${older(keys, current)}) limit ${PORTION} for update`);
  if (rows.length === 0) return 0;
  const fresh = rows.map(({ subject, ...key }) => ({ subject, key: key.keyId, wrapped: keys.rewrap(subject, key) }));
  await query(sql`
    update subject_key k set wrapped = r.wrapped from ${recordset(fresh, 'subject uuid, key text, wrapped text')}
    where k.subject_id = r.subject and k.key_id = r.key`);
  return rows.length;
}

/** Answers are kept for a day; older ones go. */
async function resealAnswers(keys: Keys, current: string, query: OwnerQuery): Promise<number> {
  const { cipher } = keys;
  await forgetAnswers(query);
  const rows = await query<{ actor: string; key: string; answer: string }>(sql`
    select actor, key, answer from idempotent_request
    where answer is not null and split_part(answer, '.', 3) = any(${older(keys, current)}) limit ${PORTION} for update`);
  if (rows.length === 0) return 0;
  const fresh = rows.map(({ actor, key, answer }) => {
    const place = answerPlace(actor, key);
    return { actor, key, answer: cipher.seal(cipher.open(answer, place), place) };
  });
  await query(sql`
    update idempotent_request i set answer = r.answer from ${recordset(fresh, 'actor text, key text, answer text')}
    where i.actor = r.actor and i.key = r.key`);
  return rows.length;
}

/** Files of megabytes: a few at a time. Those that are of no subject. */
async function resealEvidence(keys: Keys, current: string, query: OwnerQuery): Promise<number> {
  const { cipher } = keys;
  const rows = await query<{ id: string; sealed: Buffer }>(sql`
    select id, sealed from evidence_file where ${EVIDENCE_KEY} = any(${older(keys, current)}) limit 4 for update`);
  for (const { id, sealed } of rows) {
    const place = evidencePlace(id);
    const fresh = cipher.sealBytes(cipher.openBytes(sealed, place), place);
    await query(sql`update evidence_file set sealed = ${fresh} where id = ${id}`);
  }
  return rows.length;
}

async function resealInbox(keys: Keys, current: string, query: OwnerQuery): Promise<number> {
  const rows = await query<{ partner: string; id: string; sealed: string }>(sql`
    select partner, message_id as id, sealed from exchange_inbox
    where split_part(sealed, '.', 3) = any(${older(keys, current)}) limit ${PORTION} for update`);
  if (rows.length === 0) return 0;
  const fresh = rows.map(({ partner, id, sealed }) => {
    const place = inboxPlace(partner, id);
    return { partner, id, sealed: keys.cipher.seal(keys.cipher.open(sealed, place), place) };
  });
  await query(sql`
    update exchange_inbox i set sealed = r.sealed from ${recordset(fresh, 'partner text, id uuid, sealed text')}
    where i.partner = r.partner and i.message_id = r.id`);
  return rows.length;
}

/** Submissions of megabytes that wait for their job. */
async function resealWaiting(keys: Keys, current: string, query: OwnerQuery): Promise<number> {
  const { cipher } = keys;
  const rows = await query<{ id: string; sealed: Buffer }>(sql`
    select batch_id as id, sealed from waiting_submission where ${WAITING_VERSION} = any(${older(keys, current)}) limit 4 for update`);
  for (const { id, sealed } of rows) {
    const place = waitingPlace(id);
    const fresh = cipher.sealBytes(cipher.openBytes(sealed, place), place);
    await query(sql`update waiting_submission set sealed = ${fresh} where batch_id = ${id}`);
  }
  return rows.length;
}
