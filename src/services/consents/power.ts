import { Consent } from '../../entities/consents/consent.js';
import type { Actor } from '../../permissions/actor.js';
import { AGENT } from '../../permissions/recipients.js';
import { POWER_IN_FORCE } from '../../permissions/states.js';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { CheckRow } from '../checks/row.js';
import type { Session, WriteSession } from '../session.js';
import { type Paper, readPaper, takenAt } from './paper.js';
import { type Party, partyOf, personOf } from './parties.js';

export interface GrantPower extends Party, Paper {
  /** who acts: a natural person */
  agent: NonNullable<CheckRow['person']>;
}

/**
 * Registers a power of attorney at the counter, before a witness; answers its uuid.
 * @throws BAD_USER_INPUT, NOT_FOUND (code, subject, person, agent)
 */
export async function grantPower(session: WriteSession, keys: Keys, input: GrantPower): Promise<string> {
  const { actor, today } = session;
  const paper = readPaper(input, today);
  const taken = takenAt(actor, input.witness);
  const id = uuidv7();
  const subject = await session.asVerb('grantPower', async () => {
    const principal = await partyOf(session, keys, input);
    const agent = await personOf(session, keys, input.agent, 'agent');
    if (agent.id === principal.id) {
      throw new HubError('BAD_USER_INPUT', { zh: '受托人不得为委托人本人', en: 'nobody is its own agent' }, 'agent');
    }
    session.em.create(Consent, {
      id,
      kind: 'POWER_OF_ATTORNEY',
      subject: principal.id,
      subjectKind: principal.kind,
      recipientRole: AGENT,
      recipientDepartment: null,
      recipientUser: null,
      agent: agent.id,
      purpose: null,
      uses: null,
      ...paper,
      ...taken,
      grantedOn: today,
      grantedBy: actor.user,
      withdrawnOn: null,
      revisedBy: actor.user,
      revisionReason: '委托代办',
    });
    return principal;
  });
  await session.answer(id, subject.id);
  return id;
}

/**
 * Who the caller is under a power that it holds: the principal in its own place, for this request.
 * @param session of the caller as itself: it reads the powers given to it
 * @throws FORBIDDEN with `field`, alike for a power that there is not, another's, one withdrawn and one expired
 */
export async function actingBy(session: Session, power: string | null, field: string): Promise<Actor> {
  const { actor } = session;
  const [principal] =
    power !== null
      ? await session.query<{ subjectId: string }>(
          sql`select subject_id as "subjectId" from consent where id = ${power} and ${sql.raw(POWER_IN_FORCE)}`,
        )
      : [];
  if (principal) return { ...actor, subjectId: principal.subjectId, power: power as string };
  throw new HubError('FORBIDDEN', { zh: '未持有效的委托书', en: 'no power of attorney in force' }, field);
}
