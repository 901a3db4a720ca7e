import type { DateString } from '../../platform/clock.js';
import { type Sql, sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

/** 撤回公示: a record that was revoked, and what became of what was shown of it. */
export interface Withdrawal {
  readonly id: string;
  readonly itemId: string;
  readonly authorityId: string;
  readonly providerId: string;
  /** of the decision that was revoked */
  readonly documentNo: string | null;
  readonly decidedOn: DateString;
  readonly revocationDocumentNo: string | null;
  /** the day of the document that revokes it */
  readonly documentOn: DateString;
  /** three working days after it */
  readonly dueOn: DateString;
  readonly withdrawnOn: DateString;
  readonly reason: string;
  readonly wasPublic: boolean;
  /** withdrawn after the day on which it was due */
  readonly late: boolean;
  /** listings that rest on it and stand all the same */
  readonly standingEntryIds: readonly string[];
  /** such a listing stands although the day has passed */
  readonly overdue: boolean;
}

export interface WithdrawalScope {
  readonly from: DateString;
  readonly to: DateString;
  readonly items: readonly string[];
  /** uuid of the authority or provider; null: all that the caller may see */
  readonly department: string | null;
}

export interface Notice {
  readonly itemId: string;
  readonly authorityId: string;
  readonly documentNo: string | null;
  readonly decidedOn: DateString;
  readonly revocationDocumentNo: string | null;
  readonly withdrawnOn: DateString;
  readonly reason: string;
}

const MOST_NOTICES = 100;

/**
 * 公开说明理由 (行政处罚法 art. 48): decisions that were public and were withdrawn in the period, newest first. Whom they
 * were about is not said: that is archived.
 */
export const noticesOf = (
  { query }: Session,
  { from, to, item }: { from: DateString; to: DateString; item: string | null },
): Promise<Notice[]> =>
  query<Notice>(sql`
    select item_id as "itemId", authority_id as "authorityId", document_no as "documentNo", decided_on::text as "decidedOn",
      revocation_document_no as "revocationDocumentNo", withdrawn_on::text as "withdrawnOn", reason
    from publicity_withdrawal
    where was_public and withdrawn_on between ${from}::date and ${to}::date
      and ${item === null ? sql<boolean>`true` : sql<boolean>`item_id = ${item}::uuid`}
    order by withdrawn_on desc, id desc limit ${MOST_NOTICES}`);

/** By the day of the document that revokes, oldest first. The listings are read under row security like all others. */
export async function withdrawalsOf(
  { query, today }: Session,
  { from, to, items, department }: WithdrawalScope,
): Promise<Withdrawal[]> {
  const own: Sql<boolean> =
    department === null ? sql<boolean>`true` : sql<boolean>`${department}::uuid in (w.authority_id, w.provider_id)`;
  const rows = await query<Omit<Withdrawal, 'late' | 'overdue'>>(sql`
    select w.id, w.item_id as "itemId", w.authority_id as "authorityId", w.provider_id as "providerId",
      w.document_no as "documentNo", w.decided_on::text as "decidedOn", w.revocation_document_no as "revocationDocumentNo",
      w.document_on::text as "documentOn", w.due_on::text as "dueOn", w.withdrawn_on::text as "withdrawnOn", w.reason,
      w.was_public as "wasPublic",
      array(select e.id from list_entry e where e.record_id = w.record_id
        and e.state in ('PROPOSED', 'NOTIFIED', 'LISTED', 'SUSPENDED')
        and coalesce(e.ends_on, 'infinity') >= ${today}::date order by e.id) as "standingEntryIds"
    from publicity_withdrawal w
    where w.document_on between ${from}::date and ${to}::date and w.item_id = any(${[...items]}::uuid[]) and ${own}
    order by w.document_on, w.id`);
  return rows.map((row) => ({
    ...row,
    late: row.withdrawnOn > row.dueOn,
    overdue: row.standingEntryIds.length > 0 && today > row.dueOn,
  }));
}
