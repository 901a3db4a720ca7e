import { Commitment, type CommitmentState } from '../../entities/commitments/commitment.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { requiredDocumentNo } from '../documentNo.js';
import { masked, optionalText, TEXT_LENGTH } from '../inputs.js';
import type { WriteSession } from '../session.js';

/** How a commitment can turn out; REPAIRED comes by a repair case. */
const OUTCOMES: readonly CommitmentState[] = ['FULFILLED', 'PARTLY_FULFILLED', 'BREACHED'];

export interface SettleCommitment {
  /** uuid of the commitment */
  id: string;
  state: CommitmentState;
  documentNo: string;
  note?: string | null;
}

/**
 * OPEN → how it turned out, as of today, by its department; answers the commitment's uuid.
 * @throws BAD_USER_INPUT with `state` for anything but an outcome, NOT_FOUND where there is no such commitment or the
 * caller may neither settle nor read it, FORBIDDEN for another department's, PRECONDITION_FAILED where it is not OPEN
 */
export async function settleCommitment(session: WriteSession, input: SettleCommitment): Promise<string> {
  const documentNo = requiredDocumentNo(input.documentNo);
  const note = optionalText(input.note, 'note', TEXT_LENGTH);
  if (!OUTCOMES.includes(input.state)) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: `履行状态须为 ${OUTCOMES.join('、')}`, en: `settles to ${OUTCOMES.join(', ')} only` },
      'state',
    );
  }
  const { actor, today } = session;
  const readable = (await session.query(sql`select 1 from commitment where id = ${input.id}`)).length > 0;
  await session.asVerb('settleCommitment', async () => {
    await session.query(sql`select 1 from commitment where id = ${input.id} for update`);
    const commitment = await session.em.findOne(Commitment, { id: input.id });
    const own = commitment !== null && commitment.department.id === actor.department?.id;
    if (!commitment || !(readable || own)) {
      throw new HubError('NOT_FOUND', { zh: '未找到该信用承诺', en: 'there is no such commitment' }, 'id');
    }
    if (!own) {
      throw new HubError('FORBIDDEN', {
        zh: '仅受理部门可以认定履行状态',
        en: 'only the department of the commitment may settle it',
      });
    }
    if (commitment.state !== 'OPEN') {
      throw new HubError('PRECONDITION_FAILED', {
        zh: `该信用承诺现为 ${commitment.state} 状态，不能再认定`,
        en: `the commitment is ${commitment.state}; only an OPEN one is settled`,
      });
    }
    commitment.state = input.state;
    commitment.settledOn = today;
    commitment.settlementDocumentNo = documentNo;
    commitment.settlementNote = note && masked(note, today);
    commitment.revisedBy = actor.user;
    commitment.revisionReason = `认定履行状态 ${input.state}；${documentNo}`;
  });
  await session.answer(input.id);
  return input.id;
}
