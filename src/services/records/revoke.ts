import { CreditRecord } from '../../entities/records/creditRecord.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { requiredDocumentNo } from '../documentNo.js';
import { masked, requiredText, TEXT_LENGTH } from '../inputs.js';
import { withdrawPublicity } from '../publicity/withdraw.js';
import type { WriteSession } from '../session.js';

export interface RevokeRecord {
  /** uuid of the record */
  id: string;
  /** number of the document that revokes */
  documentNo: string;
  reason: string;
  /** the day of that document, from which the three working days of the withdrawal count; default today */
  documentOn?: string | null;
}

export interface Revoked {
  readonly id: string;
  /** listings that rested on it and fell with it */
  readonly entryIds: readonly string[];
}

/**
 * ACTIVE → REVOKED as of today, by the record's authority or provider (条例 art. 40). With it goes what is shown of it,
 * and the listing that rests on it.
 * @throws NOT_FOUND where there is no such record or the caller may neither change nor read it, FORBIDDEN for another
 * department's, PRECONDITION_FAILED where the record is archived already, BAD_USER_INPUT for a document of a day to come
 * or of one before the decision
 */
export async function revokeRecord(session: WriteSession, input: RevokeRecord): Promise<Revoked> {
  const documentNo = requiredDocumentNo(input.documentNo);
  const reason = requiredText(input.reason, 'reason', TEXT_LENGTH);
  const { actor, today } = session;
  const documentOn = input.documentOn ?? today;
  let entryIds: string[] = [];
  const readable = (await session.query(sql`select 1 from credit_record where id = ${input.id}`)).length > 0;
  await session.asVerb('revokeRecord', async () => {
    await session.query(sql`select 1 from credit_record where id = ${input.id} for update`);
    const record = await session.em.findOne(CreditRecord, { id: input.id });
    const own =
      record !== null && [record.authority.id, record.provider.id].includes(actor.department?.id ?? 'no department');
    if (!record || !(readable || own)) {
      throw new HubError('NOT_FOUND', { zh: '未找到该信用信息', en: 'there is no such record' }, 'id');
    }
    if (!own) {
      throw new HubError('FORBIDDEN', {
        zh: '仅认定部门或提供部门可以撤销',
        en: "only the record's authority or provider may revoke it",
      });
    }
    const state = stateOn(record, today);
    if (state !== 'ACTIVE') {
      throw new HubError('PRECONDITION_FAILED', {
        zh: `该信用信息现为 ${state} 状态，不能撤销`,
        en: `the record is ${state}; it can't be revoked`,
      });
    }
    if (documentOn > today || documentOn < record.decidedOn) throw wrongDay();
    record.state = 'REVOKED';
    record.revokedOn = today;
    record.revocationDocumentNo = documentNo;
    record.revisedBy = actor.user;
    record.revisionReason = masked(reason, today);
    entryIds = await withdrawPublicity(session, {
      recordIds: [input.id],
      documentNo,
      documentOn,
      reason: masked(reason, today),
    });
  });
  await session.answer(input.id, ...entryIds);
  return { id: input.id, entryIds };
}

const wrongDay = () =>
  new HubError(
    'BAD_USER_INPUT',
    {
      zh: '撤销文书日期不得晚于今日，也不得早于原决定日期',
      en: 'the day of the document is not after today and not before the decision',
    },
    'documentOn',
  );

const stateOn = ({ state, expiresOn }: CreditRecord, today: string) =>
  state === 'ACTIVE' && expiresOn !== null && expiresOn < today ? 'EXPIRED' : state;
