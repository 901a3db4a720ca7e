import { GUARDED } from '../../permissions/rows.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

export interface CreditSummaryRow {
  permits: number;
  penalties: number;
  activeBlackListEntries: number;
  activeRedListEntries: number;
  openCommitments: number;
  breachedCommitments: number;
}

const active = sql.raw(GUARDED.list_entry.facts.active);

/** Counts for each subject, under the actor's row security: what it can't read, it can't count. */
export async function summariesOf(session: Session, ids: readonly string[]): Promise<CreditSummaryRow[]> {
  const rows = await session.query<CreditSummaryRow & { id: string }>(sql`
    select parent.id,
      coalesce(r.permits, 0)::int as permits, coalesce(r.penalties, 0)::int as penalties,
      coalesce(e.black, 0)::int as "activeBlackListEntries", coalesce(e.red, 0)::int as "activeRedListEntries",
      coalesce(c.open, 0)::int as "openCommitments", coalesce(c.breached, 0)::int as "breachedCommitments"
    from unnest(${ids}::uuid[]) parent(id)
    left join (select subject_id, count(*) filter (where record_type = 'PERMIT') permits,
        count(*) filter (where record_type = 'PENALTY') penalties
      from credit_record where subject_id = any(${ids}) group by 1) r on r.subject_id = parent.id
    left join (select subject_id, count(*) filter (where color = 'BLACK') black, count(*) filter (where color = 'RED') red
      from list_entry join (select id as list, color from credit_list) l on l.list = list_id
      where subject_id = any(${ids}) and ${active} group by 1) e on e.subject_id = parent.id
    left join (select subject_id, count(*) filter (where state = 'OPEN') open, count(*) filter (where state = 'BREACHED') breached
      from commitment where subject_id = any(${ids}) group by 1) c on c.subject_id = parent.id`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) as CreditSummaryRow);
}
