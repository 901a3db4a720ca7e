import type { FieldCipher } from '../../platform/crypto.js';
import { sql } from '../../platform/sql.js';
import { answerPlace } from '../idempotent.js';
import { EVIDENCE_KEY } from '../objections/evidence.js';
import type { OwnerQuery } from '../reference.js';
import type { Destruction } from './ledger.js';

/** What stands where a person's name stood. */
export const DESTROYED_NAME = '已销毁';

export interface Shredding extends Destruction {
  readonly by: string;
  readonly reason: string;
}

/**
 * Takes the keys away, and every place in which the database says or hints who it was: the sealed texts, the masked
 * name and number with their history, the digests by which the same person would be found again. Facts stay: that
 * there is a subject, its records, entries, commitments and checks. The same again changes nothing.
 */
export async function shred(query: OwnerQuery, answers: FieldCipher, one: Shredding): Promise<void> {
  const { subject, keys, at, documentNo, by, reason } = one;
  const [{ person } = { person: false }] = await query<{ person: boolean }>(
    sql`select kind = 'NATURAL_PERSON' as person from subject where id = ${subject} for update`,
  );
  // Of a person nothing stays, under whatever key; of an organisation, what the named keys opened.
  const meant = person ? sql`true` : sql`key_id = any(${[...keys]}::text[])`;
  await query(sql`
    update subject_key set wrapped = null, destroyed_at = ${at}::timestamptz, destroyed_by = ${by}, document_no = ${documentNo},
      reason = ${reason}
    where subject_id = ${subject} and wrapped is not null and ${meant}`);
  await query(sql`
    delete from personal_text p where subject_id = ${subject} and not exists (
      select 1 from subject_key k where k.subject_id = p.subject_id and k.wrapped is not null
        and k.key_id = split_part(p.sealed, '.', 3))`);
  // Files that it sent itself: the row stays, since what it was sent for may name it.
  await query(sql`
    update evidence_file f set sealed = '', sha256 = '', size = 0 where subject_id = ${subject} and sealed <> '' and not exists (
      select 1 from subject_key k where k.subject_id = f.subject_id and k.wrapped is not null
        and k.key_id = ${EVIDENCE_KEY})`);
  // 归并 As a text stood before it was sealed anew: opened by the keys that are gone, and by no undo any more.
  await query(sql`
    update subject_merge_row m set before = m.before - 'sealed', sealed_after = null
    where m.table_name = 'personal_text' and m.merge_id in (
      select id from subject_merge where ${subject}::uuid in (from_id, into_id))
      and exists (select 1 from subject_key k where k.subject_id = ${subject}::uuid and k.wrapped is null
        and k.key_id in (split_part(m.before->>'sealed', '.', 3), split_part(m.sealed_after, '.', 3)))`);
  await forgetAnswers(query, answers, subject);
  if (person) await forgetPerson(query, one);
}

async function forgetPerson(query: OwnerQuery, { subject, by, documentNo }: Shredding): Promise<void> {
  await query(sql`
    update person_identity set blind_index = null, name_sealed = null, number_sealed = null where subject_id = ${subject}`);
  await query(sql`
    update subject set name = ${DESTROYED_NAME}, name_key = ${DESTROYED_NAME}, id_masked = null, revised_by = ${by},
      revision_reason = ${`依法销毁 ${documentNo}`}
    where id = ${subject} and name <> ${DESTROYED_NAME}`);
  // What went to partners, and what they sent about it.
  await query(sql`
    update exchange_message set payload = payload || jsonb_build_object('subject', (payload -> 'subject') - 'idMasked'
      || jsonb_build_object('name', ${DESTROYED_NAME}::text))
    where subject_id = ${subject} and payload ? 'subject'`);
  await query(sql`
    update exchange_inbox set sealed = '' where case_id in (select id from exchange_case where subject_id = ${subject})`);
  // As sent, in the batch that brought them: the values are masked, the digest is made of the number's.
  await query(sql`
    update import_row r set "values" = '{}', key_hash = null
    where (r.batch_id, r.row_no) in (
      select batch_id, row_no from credit_record where subject_id = ${subject}
      union select batch_id, row_no from list_entry where subject_id = ${subject})`);
  const ofSubject = sql`subject_id = ${subject} and business_key not like 'destroyed:%'`;
  for (const table of ['credit_record', 'list_entry']) {
    await query(sql`
      update ${sql.table(table)} set business_key = 'destroyed:' || id, content_hash = 'destroyed', revised_by = ${by},
        revision_reason = ${`依法销毁 ${documentNo}`} where ${ofSubject}`);
  }
  await query(sql`
    update row_revision set before = before || jsonb_build_object('name', ${DESTROYED_NAME}::text, 'name_key',
      ${DESTROYED_NAME}::text, 'id_masked', null) where table_name = 'subject' and row_id = ${subject}`);
  await query(sql`
    update row_revision set before = before - 'business_key' - 'content_hash'
    where (table_name = 'credit_record' and row_id in (select id from credit_record where subject_id = ${subject}))
      or (table_name = 'list_entry' and row_id in (select id from list_entry where subject_id = ${subject}))`);
}

/** Answers kept for repeated requests are of the key file's own keys: those that spoke of the subject go. */
async function forgetAnswers(query: OwnerQuery, cipher: FieldCipher, subject: string): Promise<void> {
  const rows = await query<{ actor: string; key: string; answer: string }>(
    sql`select actor, key, answer from idempotent_request where answer is not null`,
  );
  const spoke = rows.filter(({ actor, key, answer }) => {
    try {
      const { subjects } = JSON.parse(cipher.open(answer, answerPlace(actor, key))) as { subjects: string[] };
      return subjects.includes(subject);
    } catch {
      // of a key that is no more in the file: nobody's answer
      return true;
    }
  });
  await query(sql`
    delete from idempotent_request i using jsonb_to_recordset(${JSON.stringify(spoke.map(({ actor, key }) => ({ actor, key })))}::jsonb)
      as r(actor text, key text) where i.actor = r.actor and i.key = r.key`);
}
