import { WITHDRAWAL } from '../../catalogue/rules/collection.js';
import type { DateString } from '../../platform/clock.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import type { Session } from '../session.js';

export interface Revocation {
  /** uuids of the records */
  readonly recordIds: readonly string[];
  /** of the document that revokes them; null where the provider withdrew its rows */
  readonly documentNo: string | null;
  readonly documentOn: DateString;
  /** masked */
  readonly reason: string;
}

/**
 * What a revocation takes with it, in its transaction and with the powers of its verb: the record is withdrawn from the
 * public with the reason, and a listing that rests on it falls. Answers the entries that fell and stood in public until
 * then; what was only proposed is its own department's.
 */
export async function withdrawPublicity(session: Session, revocation: Revocation): Promise<string[]> {
  const { recordIds, documentNo, documentOn, reason } = revocation;
  if (recordIds.length === 0) return [];
  const rows = recordIds.map((record) => ({ id: uuidv7(), record }));
  // The record's own state may have been changed already: whether it was shown, its days say.
  await session.query(sql`
    insert into publicity_withdrawal (id, record_id, item_id, authority_id, provider_id, document_no, decided_on,
      revocation_document_no, document_on, due_on, withdrawn_on, reason, was_public)
    select r.id, c.id, c.item_id, c.authority_id, c.provider_id, c.document_no, c.decided_on, ${documentNo},
      ${documentOn}::date, ${addWorkdays(documentOn, WITHDRAWAL.definition.workdays)}::date, ${session.today}::date,
      ${reason}, c.subject_kind <> 'NATURAL_PERSON' and c.disclosure = 'PUBLIC'
        and coalesce(c.public_from <= ${session.today}::date, false)
        and coalesce(least(c.expires_on, c.public_until), 'infinity') >= ${session.today}::date
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, record uuid)
      join credit_record c on c.id = r.record`);
  return revokeResting(session, revocation);
}

async function revokeResting(
  { query, today, actor }: Session,
  { recordIds, documentNo, reason }: Revocation,
): Promise<string[]> {
  const entries = await query<{ id: string; state: string }>(sql`
    select id, state from list_entry
    where record_id = any(${[...recordIds]}::uuid[]) and state in ('PROPOSED', 'NOTIFIED', 'LISTED', 'SUSPENDED')
      and coalesce(ends_on, 'infinity') >= ${today}::date
    order by id for update`);
  if (entries.length === 0) return [];
  const why = ['所依据的信息已撤销', documentNo, reason].filter(Boolean).join('；');
  await query(sql`
    update list_entry set
      removed_on = case when state in ('LISTED', 'SUSPENDED') then ${today}::date end,
      state = case when state in ('LISTED', 'SUSPENDED') then 'REVOKED' else 'WITHDRAWN' end,
      revised_by = ${actor.user}, revision_reason = ${why}
    where id = any(${entries.map(({ id }) => id)}::uuid[])`);
  return entries.filter(({ state }) => state === 'LISTED').map(({ id }) => id);
}
