import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { masked } from '../inputs.js';
import type { WriteSession } from '../session.js';
import type { About, Incoming } from './inbox.js';

type Decision = Extract<Incoming, { about: About }>;

interface Meant {
  departmentId: string;
  subjectId: string | null;
  subjectKind: string | null;
  scope: string | null;
  documentNo: string | null;
}

/**
 * 纠正、修复、异议、撤销 What a partner decided about a row of ours, as a case of the department whose row it is: a row is
 * changed by its own department's verb and by nobody else's word (条例 art. 15, 40). What is about no row that was sent
 * to this partner goes to the department that looks after credit.
 */
export async function openIncomingCase(
  session: WriteSession,
  message: Decision,
): Promise<{ caseId: string; subjects: string[] }> {
  const { query, actor, today } = session;
  const meant = (await meantBy(session, message.about)) ?? (await caretaker(session, message.about));
  const caseId = uuidv7();
  const reason = masked([message.documentNo, message.reason].filter(Boolean).join(' '), today);
  await query(sql`
    insert into exchange_case (id, kind, partner, message_id, department_id, subject_id, subject_kind, scope, document_no, reason,
      opened_on, revised_by)
    values (${caseId}, ${message.type}, ${actor.user}, ${message.id}, ${meant.departmentId}, ${meant.subjectId}::uuid,
      ${meant.subjectKind}, ${meant.scope}, ${meant.documentNo}, ${reason}, ${today}::date, ${actor.user})`);
  return { caseId, subjects: meant.subjectId ? [meant.subjectId] : [] };
}

/** Only among what was sent to this partner: nobody learns from a receipt what else there is. */
async function meantBy(
  { query, actor }: WriteSession,
  { messageId, documentNo, subjectCode }: About,
): Promise<Meant | null> {
  const conditions = [
    ...(messageId ? [sql`m.id = ${messageId}`] : []),
    ...(documentNo ? [sql`m.payload -> 'data' ->> 'document_no' = ${documentNo}`] : []),
    ...(subjectCode ? [sql`m.payload -> 'subject' ->> 'code' = ${subjectCode}`] : []),
  ];
  const [found] = await query<Meant>(sql`
    select m.provider_id as "departmentId", m.subject_id as "subjectId", m.subject_kind as "subjectKind", m.scope,
      m.payload -> 'data' ->> 'document_no' as "documentNo"
    from exchange_message m join exchange_delivery d on d.seq = m.seq and d.partner = ${actor.user}
    where m.table_name <> 'exchange_case' and ${sql.join(conditions, sql` and `)} order by m.seq desc limit 1`);
  return found ?? null;
}

async function caretaker({ query }: WriteSession, { documentNo }: About): Promise<Meant> {
  const [found] = await query<{ id: string }>(
    sql`select id from department where 'DEVELOPMENT_REFORM' = any(functions) order by code limit 1`,
  );
  if (!found) {
    throw new HubError('UNAVAILABLE', {
      zh: '没有可归属的部门',
      en: 'there is no department to which this would belong',
    });
  }
  return { departmentId: found.id, subjectId: null, subjectKind: null, scope: null, documentNo: documentNo ?? null };
}
