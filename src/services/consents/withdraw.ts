import { Consent } from '../../entities/consents/consent.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import type { WriteSession } from '../session.js';
import { forbidAgents, takenAt } from './paper.js';

export interface WithdrawConsent {
  /** uuid of the consent or power */
  id: string;
  witness?: string | null;
}

/**
 * Withdraws a consent or a power, at once: by the subject itself, or at the counter that took it, before a witness.
 * @throws NOT_FOUND for one that there is not or that is another's, PRECONDITION_FAILED for one withdrawn before
 */
export async function withdrawConsent(session: WriteSession, { id, witness }: WithdrawConsent): Promise<string> {
  const { actor, today } = session;
  forbidAgents(actor);
  const taken = takenAt(actor, witness);
  const subject = await session.asVerb('withdrawConsent', async () => {
    // Only what the caller may change comes back under this lock: others' are as if they were not there.
    const mine = (await session.query(sql`select 1 from consent where id = ${id} for update`)).length > 0;
    const consent = mine ? await session.em.findOne(Consent, { id }) : null;
    if (!consent) throw new HubError('NOT_FOUND', { zh: '未找到该授权书', en: 'there is no such consent' }, 'id');
    if (consent.withdrawnOn !== null) {
      throw new HubError('PRECONDITION_FAILED', { zh: '该授权书已撤回', en: 'this consent is withdrawn already' });
    }
    consent.withdrawnOn = today;
    consent.revisedBy = actor.user;
    consent.revisionReason = taken.witness === null ? '撤回授权' : `撤回授权；见证人 ${taken.witness}`;
    return consent.subject.id;
  });
  await session.answer(id, subject);
  return id;
}
