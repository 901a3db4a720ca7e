import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { masked, requiredText, TEXT_LENGTH } from '../inputs.js';
import type { Shape } from '../reading/shape.js';
import type { WriteSession } from '../session.js';

export const EXCHANGE_CASE: Shape = {
  table: 'exchange_case',
  typename: `'ExchangeCase'`,
  columns: {
    id: 'id',
    kind: 'kind',
    partner: 'partner',
    departmentId: 'department_id',
    subjectId: 'subject_id',
    scope: 'scope',
    documentNo: 'document_no',
    reason: 'reason',
    state: 'state',
    openedOn: 'opened_on',
    answer: 'answer',
    closedOn: 'closed_on',
  },
  keys: [
    { column: 'opened_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

/** Kinds about a message of ours, which can be sent again as its row now stands. */
const RESENDABLE = ['REJECTED', 'UNDELIVERABLE', 'ALTERED', 'DOUBLED'];

/**
 * 答复 What the department decided about the case; about a partner's own message the answer travels back to it.
 * @throws NOT_FOUND for a case that there is not or that is another department's, PRECONDITION_FAILED for a closed one
 */
export const answerCase = (session: WriteSession, input: { id: string; answer: string }): Promise<string> => {
  const answer = masked(requiredText(input.answer, 'answer', TEXT_LENGTH), session.today);
  return close(session, 'answerExchangeCase', input.id, 'ANSWERED', answer);
};

/**
 * 重报 The row as it stands now goes to the partner again, as a new message behind those that are there. It is put right
 * before that, by the verb that wrote it (submitRecords and its like), which sends it by itself too where it changed.
 * @throws as above, and PRECONDITION_FAILED for a case about a message that came in
 */
export const resubmitCase = (session: WriteSession, input: { id: string; note: string }): Promise<string> => {
  const note = masked(requiredText(input.note, 'note', TEXT_LENGTH), session.today);
  return close(session, 'resubmitExchangeCase', input.id, 'RESUBMITTED', note);
};

async function close(
  session: WriteSession,
  verb: 'answerExchangeCase' | 'resubmitExchangeCase',
  id: string,
  state: 'ANSWERED' | 'RESUBMITTED',
  answer: string,
): Promise<string> {
  const { actor, today, query } = session;
  await session.asVerb(verb, async () => {
    // Only what the caller may change comes back under this lock: others' are as if they were not there.
    const [found] = await query<{ state: string; kind: string }>(
      sql`select state, kind from exchange_case where id = ${id} for update`,
    );
    if (!found) throw new HubError('NOT_FOUND', { zh: '未找到该待办', en: 'there is no such case' }, 'id');
    if (found.state !== 'OPEN') {
      throw new HubError('PRECONDITION_FAILED', { zh: '该待办已办结', en: 'this case is closed already' });
    }
    if (state === 'RESUBMITTED' && !RESENDABLE.includes(found.kind)) {
      const refusal = { zh: '来文只能答复，不能重报', en: 'what came in is answered, there is nothing to send again' };
      throw new HubError('PRECONDITION_FAILED', refusal);
    }
    // The mark for the delivery is the table's own (migrations, exchange_mark_case).
    await query(sql`
      update exchange_case set state = ${state}, answer = ${answer}, closed_on = ${today}::date, revised_by = ${actor.user},
        revision_reason = ${verb} where id = ${id}`);
  });
  return id;
}
