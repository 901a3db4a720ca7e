import { SealedCase } from '../../entities/audit/sealedCase.js';
import { addDays } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { departmentOf } from '../departments/acting.js';
import { requiredDocumentNo } from '../documentNo.js';
import { masked, requiredText, TEXT_LENGTH } from '../inputs.js';
import type { WriteSession } from '../session.js';

/** as `x-hub-case` takes it */
const CASE_LENGTH = 100;

export interface SealCase {
  caseNo: string;
  /** the last day */
  until: string;
  documentNo: string;
  reason: string;
}

/**
 * Seals the look-ups of one case of the caller's department, those before it too, up to a day; answers the seal's uuid.
 * A case that is sealed may be sealed longer, by another document.
 * @param longestDays how many days from today a seal may last
 * @throws BAD_USER_INPUT with the field, PRECONDITION_FAILED where it is sealed up to that day already
 */
export async function sealCase(session: WriteSession, input: SealCase, longestDays: number): Promise<string> {
  const { actor, today } = session;
  const { id: department } = departmentOf(actor);
  const caseNo = naming(requiredText(input.caseNo, 'caseNo', CASE_LENGTH), 'caseNo', today);
  const documentNo = naming(requiredDocumentNo(input.documentNo), 'documentNo', today);
  const reason = masked(requiredText(input.reason, 'reason', TEXT_LENGTH), today);
  const { until } = input;
  if (until < today) throw wrong('until', '封存期限不得早于今日', 'must not be in the past');
  const longest = addDays(today, longestDays);
  if (until > longest) {
    throw wrong('until', `封存期限最长至 ${longest}`, `a seal lasts to ${longest} at the longest`);
  }
  const id = uuidv7();
  await session.asVerb('sealCase', async () => {
    const inForce = await sealsInForce(session, department, caseNo);
    const last = inForce
      .map(({ sealedUntil }) => sealedUntil)
      .sort()
      .at(-1);
    if (last !== undefined && last >= until) {
      throw new HubError('PRECONDITION_FAILED', {
        zh: `该案已封存至 ${last}`,
        en: `the case is sealed up to ${last} already`,
      });
    }
    session.em.create(SealedCase, {
      id,
      department,
      caseNo,
      documentNo,
      reason,
      sealedOn: today,
      sealedUntil: until,
      sealedBy: actor.user,
      liftedOn: null,
      liftDocumentNo: null,
      liftReason: null,
      liftedBy: null,
      revisedBy: actor.user,
      revisionReason: last === undefined ? '封存' : '延长封存',
    });
  });
  return id;
}

export interface UnsealCase {
  /** uuid of a seal of the case */
  id: string;
  documentNo: string;
  reason: string;
}

/**
 * Ends every seal of the case, as of now; answers the uuid of the one that was named.
 * @throws NOT_FOUND for a seal that there is not or that is another department's, PRECONDITION_FAILED for one that is
 * over
 */
export async function unsealCase(session: WriteSession, input: UnsealCase): Promise<string> {
  const { actor, today } = session;
  const { id: department } = departmentOf(actor);
  const documentNo = naming(requiredDocumentNo(input.documentNo), 'documentNo', today);
  const reason = masked(requiredText(input.reason, 'reason', TEXT_LENGTH), today);
  await session.asVerb('unsealCase', async () => {
    const named = await session.em.findOne(SealedCase, { id: input.id, department });
    if (!named) throw new HubError('NOT_FOUND', { zh: '未找到该封存', en: 'there is no such seal' }, 'id');
    const inForce = await sealsInForce(session, department, named.caseNo);
    if (!inForce.some(({ id }) => id === input.id)) {
      throw new HubError('PRECONDITION_FAILED', { zh: '该封存已结束', en: 'this seal is over already' });
    }
    for (const seal of inForce) {
      seal.liftedOn = today;
      seal.liftDocumentNo = documentNo;
      seal.liftReason = reason;
      seal.liftedBy = actor.user;
      seal.revisedBy = actor.user;
      seal.revisionReason = '解封';
    }
  });
  return input.id;
}

/** Seals of a case that are in force, and nobody else's turn to change them until the transaction ends. */
async function sealsInForce({ em, query, today }: WriteSession, department: string, caseNo: string) {
  await query(sql`select pg_advisory_xact_lock(hashtextextended(${`seal ${department} ${caseNo}`}, 0))`);
  return em.find(
    SealedCase,
    { department, caseNo, liftedOn: null, sealedUntil: { $gte: today } },
    // whatever was loaded before the lock was had
    { refresh: true, orderBy: { id: 'asc' } },
  );
}

/** A number of a case or a document names nobody. */
function naming(text: string, field: string, today: string): string {
  if (masked(text, today) === text) return text;
  throw wrong(field, '不得含公民身份号码或电话号码', 'holds neither a citizen id nor a phone number');
}

const wrong = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);
