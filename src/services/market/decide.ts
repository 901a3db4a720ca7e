import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { WITHDRAWN } from '../collection/storing.js';
import { requiredDocumentNo } from '../documentNo.js';
import { masked, requiredText, TEXT_LENGTH } from '../inputs.js';
import type { Session, WriteSession } from '../session.js';

interface Stored {
  readonly state: 'PROPOSED' | 'IN_FORCE' | 'ENDED' | 'WITHDRAWN';
  readonly documentNo: string;
  readonly proposedBy: string;
  readonly afterEnd: 'KEEP' | 'WITHDRAW';
}

/** The agreement under lock, with the powers of the verb. @throws NOT_FOUND */
async function openAgreement({ query }: Session, id: string): Promise<Stored> {
  const [found] = await query<Stored>(sql`
    select state, document_no as "documentNo", proposed_by as "proposedBy", after_end as "afterEnd"
    from collection_agreement where id = ${id} for update`);
  if (found) return found;
  throw new HubError('NOT_FOUND', { zh: '未找到该协议', en: 'there is no such agreement' }, 'id');
}

const wrongState = ({ state }: Stored, zh: string, en: string): HubError =>
  new HubError('PRECONDITION_FAILED', { zh: `该协议现为 ${state} 状态，${zh}`, en: `it is ${state}: ${en}` });

/**
 * 确认协议 A second officer, who has seen the signed text.
 * @throws NOT_FOUND, FORBIDDEN for the proposer, PRECONDITION_FAILED, CONFLICT where another one names an item of it already
 */
export async function confirmAgreement(session: WriteSession, id: string): Promise<string> {
  const { actor, today } = session;
  await session.asVerb('confirmAgreement', async () => {
    const agreement = await openAgreement(session, id);
    if (agreement.state !== 'PROPOSED') throw wrongState(agreement, '不能确认', 'there is nothing to confirm');
    if (agreement.proposedBy === actor.user) {
      throw new HubError('FORBIDDEN', {
        zh: '拟订人不得自行确认，须由他人办理',
        en: 'whoever proposed it may not confirm it; another officer must',
      });
    }
    await demandAlone(session, id);
    await session.query(sql`
      update collection_agreement set state = 'IN_FORCE', confirmed_on = ${today}::date, confirmed_by = ${actor.user},
        revised_by = ${actor.user}, revision_reason = '确认' where id = ${id}`);
  });
  await session.answer(id);
  return id;
}

/** One body brings an item under one agreement at a time: which fields and readers hold is never a choice. */
async function demandAlone({ query }: Session, id: string): Promise<void> {
  const [other] = await query<{ documentNo: string }>(sql`
    select o.document_no as "documentNo" from collection_agreement a join collection_agreement o on o.body_id = a.body_id
      and o.id <> a.id and o.state = 'IN_FORCE' and o.item_ids && a.item_ids
      and daterange(o.valid_from, o.valid_to, '[]') && daterange(a.valid_from, a.valid_to, '[]')
    where a.id = ${id} limit 1`);
  if (!other) return;
  throw new HubError('CONFLICT', {
    zh: `协议 ${other.documentNo} 在同一期间已列有其中的数据项，须先予终止`,
    en: `agreement ${other.documentNo} names one of the items for the same days: end that one first`,
  });
}

export interface EndAgreement {
  readonly id: string;
  readonly reason: string;
  readonly documentNo: string;
}

/**
 * 终止协议 At once: from now on nothing comes under it. What came stays for its own term, or is withdrawn, as the agreement
 * says. One that was not confirmed is withdrawn itself.
 * @throws NOT_FOUND, PRECONDITION_FAILED, BAD_USER_INPUT (reason, documentNo)
 */
export async function endAgreement(session: WriteSession, input: EndAgreement): Promise<string> {
  const { actor, today } = session;
  const reason = masked(requiredText(input.reason, 'reason', TEXT_LENGTH), today);
  const documentNo = requiredDocumentNo(input.documentNo);
  await session.asVerb('endAgreement', async () => {
    const agreement = await openAgreement(session, input.id);
    if (agreement.state !== 'PROPOSED' && agreement.state !== 'IN_FORCE') {
      throw wrongState(agreement, '不能终止', 'there is nothing to end');
    }
    const state = agreement.state === 'PROPOSED' ? 'WITHDRAWN' : 'ENDED';
    await session.query(sql`
      update collection_agreement set state = ${state}, ended_on = ${today}::date, end_reason = ${reason},
        end_document_no = ${documentNo}, revised_by = ${actor.user}, revision_reason = '终止' where id = ${input.id}`);
    if (agreement.afterEnd === 'KEEP') return;
    // As a body's own withdrawal: what it brings again later, under another agreement, stands again.
    await session.query(sql`
      update market_record set state = 'REVOKED', revoked_on = ${today}::date, content_hash = ${WITHDRAWN} || content_hash,
        revised_by = ${actor.user}, revision_reason = ${`协议终止 ${documentNo}`}
      where agreement_id = ${input.id} and state = 'ACTIVE'`);
  });
  await session.answer(input.id);
  return input.id;
}
