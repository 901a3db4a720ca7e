import { sql } from '../../platform/sql.js';
import type { OwnerQuery } from '../reference.js';
import type { Session } from '../session.js';

/** How one partner stands. `ageSeconds`: of the oldest message that waits. */
export interface PartnerStatus {
  readonly partner: string;
  readonly pending: number;
  readonly waitingForAnswer: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly parked: number;
  readonly ageSeconds: number | null;
  readonly failures: number;
  readonly lastError: string | null;
  readonly deliveredAt: string | null;
  readonly reconciledOn: string | null;
  /** of the last reconciliation; null: there was none */
  readonly differences: number | null;
}

/** Depths and ages by partner: of metadata only, no row of anybody's. */
export function exchangeStatus(query: Session['query'] | OwnerQuery): Promise<PartnerStatus[]> {
  return (query as OwnerQuery)<PartnerStatus>(sql`
    select p.partner, coalesce(d.pending, 0) as pending, coalesce(d.sent, 0) as "waitingForAnswer",
      coalesce(d.accepted, 0) as accepted, coalesce(d.rejected, 0) as rejected, coalesce(d.parked, 0) as parked,
      (select extract(epoch from now() - min(e.queued_at))::int from exchange_delivery e
        where e.partner = p.partner and e.state = 'PENDING') as "ageSeconds",
      p.failures, p.last_error as "lastError", p.delivered_at as "deliveredAt", r.date as "reconciledOn", r.differences
    from exchange_partner p
    left join lateral (
      select count(*) filter (where state = 'PENDING')::int as pending, count(*) filter (where state = 'SENT')::int as sent,
        count(*) filter (where state = 'ACCEPTED')::int as accepted, count(*) filter (where state = 'REJECTED')::int as rejected,
        count(*) filter (where state = 'PARKED')::int as parked
      from exchange_delivery where partner = p.partner
    ) d on true
    left join lateral (
      select date, lost + doubled + altered + unknown as differences from exchange_reconciliation
      where partner = p.partner order by run_at desc limit 1
    ) r on true
    order by p.partner`);
}

/** What is not a partner's yet: changes that the next delivery numbers, and the last number given. */
export interface OutboxStatus {
  readonly changes: number;
  readonly ageSeconds: number | null;
  readonly lastSeq: number;
}

export async function outboxStatus(query: OwnerQuery): Promise<OutboxStatus> {
  const [row] = await query<OutboxStatus>(sql`
    select count(*)::int as changes, extract(epoch from now() - min(made_at))::int as "ageSeconds",
      (select coalesce(max(seq), 0) from exchange_message)::float8 as "lastSeq"
    from exchange_change`);
  return row ?? { changes: 0, ageSeconds: null, lastSeq: 0 };
}
