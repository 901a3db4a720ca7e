import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { maskText } from '../collection/masking.js';
import type { Session } from '../session.js';
import { leaveExchangeEvent } from './events.js';
import type { Partner } from './settings.js';

/** 回执 What a partner says became of one message. */
export interface Receipt {
  readonly id: string;
  readonly state: 'ACCEPTED' | 'REJECTED';
  readonly reason?: string | null;
}

/** What the department is told of a partner's words: ids and phone numbers in them never whole. */
const reasonOf = ({ reason }: Receipt, today: string): string | null =>
  reason ? (maskText(reason, today) ?? reason).slice(0, 1000) : null;

/**
 * Stores receipts and what follows from them. A rejected message comes back to its provider as a case; the subject's
 * later messages go on, since each says the whole state of its row (ADR 18).
 * @returns of how many messages; nothing is stored about one that was never sent
 */
export async function storeReceipts({ query, actor, today }: Session, receipts: readonly Receipt[]): Promise<number> {
  if (receipts.length === 0) return 0;
  const rows = receipts.map((receipt) => ({
    id: receipt.id,
    state: receipt.state,
    reason: reasonOf(receipt, today),
    case: uuidv7(),
  }));
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, state text, reason text, "case" uuid)`;
  const known = await query(sql`
    insert into exchange_receipt (partner, message_id, state, reason)
    select ${actor.user}, r.id, r.state, r.reason from ${given}
    where exists (select 1 from exchange_delivery d where d.partner = ${actor.user} and d.message_id = r.id
      and d.first_sent_at is not null) returning id`);
  if (known.length === 0) return 0;
  await query(sql`
    update exchange_delivery d set state = r.state, reason = r.reason, answered_at = now()
    from ${given} where d.partner = ${actor.user} and d.message_id = r.id and d.first_sent_at is not null`);
  await query(sql`
    insert into exchange_case (id, kind, partner, message_id, department_id, subject_id, subject_kind, scope, document_no, reason,
      opened_on, revised_by)
    select r."case", 'REJECTED', ${actor.user}, ${ABOUT}, r.reason, ${today}::date, ${actor.user}
    from ${given} join exchange_message m on m.id = r.id where r.state = 'REJECTED' and exists (select 1 from exchange_delivery d
      where d.partner = ${actor.user} and d.message_id = r.id and d.first_sent_at is not null)
    on conflict (partner, message_id, kind) where state = 'OPEN' do nothing`);
  return known.length;
}

/** Columns of a case that its message says. */
export const ABOUT =
  sql.raw(`m.id, m.provider_id, case when m.table_name <> 'exchange_case' then m.subject_id end, m.subject_kind, m.scope,
  coalesce(m.payload -> 'data' ->> 'document_no', m.payload -> 'data' ->> 'code')`);

/** One message was at fault, and not the partner: it is tried again later, then parked as a case, and blocks nobody else. */
export async function storeFault(
  { query, actor, today }: Session,
  { retry }: Pick<Partner, 'retry'>,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const [row] = await query<{ parked: boolean }>(sql`
    update exchange_delivery d set reason = ${reason},
      state = case when attempts >= ${retry.attempts} then 'PARKED' else state end,
      next_at = now() + make_interval(secs => least(${retry.longestSeconds}, ${retry.firstSeconds} * power(2, least(attempts - 1, 30))))
    where d.partner = ${actor.user} and d.message_id = ${id} and d.state = 'PENDING' returning state = 'PARKED' as parked`);
  if (!row?.parked) return;
  await query(sql`
    insert into exchange_case (id, kind, partner, message_id, department_id, subject_id, subject_kind, scope, document_no, reason,
      opened_on, revised_by)
    select ${uuidv7()}, 'UNDELIVERABLE', ${actor.user}, ${ABOUT}, ${reason}, ${today}::date, ${actor.user}
    from exchange_message m where m.id = ${id}
    on conflict (partner, message_id, kind) where state = 'OPEN' do nothing`);
}

/** The partner was not there: all wait a little longer each time, and no message is blamed. */
export async function storeOutage(
  session: Session,
  { retry }: Pick<Partner, 'retry'>,
  error: string,
  unsigned: boolean,
): Promise<void> {
  const { query, actor } = session;
  if (unsigned) await leaveUnsigned(session);
  await query(sql`
    update exchange_partner set failures = failures + 1, last_error = ${error},
      next_at = now() + make_interval(secs => (0.8 + random() * 0.4)
        * least(${retry.longestSeconds}, ${retry.firstSeconds} * power(2, least(failures, 30))))
    where partner = ${actor.user}`);
}

const leaveUnsigned = (session: Session): Promise<void> =>
  leaveExchangeEvent(session, {
    operation: 'deliverExchange',
    hash: '',
    subjects: [],
    persons: false,
    outcome: 'UNAUTHENTICATED',
  });

/**
 * The partner is there, and some of what stands in its table it has not said: on record, once for as long as it stands
 * there, and no message is blamed.
 */
export async function storeUnsigned(session: Session, error: string): Promise<void> {
  const { query, actor } = session;
  const news = await query(sql`
    update exchange_partner set last_error = ${error}
    where partner = ${actor.user} and last_error is distinct from ${error} returning partner`);
  if (news.length > 0) await leaveUnsigned(session);
}

export async function storeContact({ query, actor }: Session): Promise<void> {
  await query(sql`
    update exchange_partner set failures = 0, last_error = null, next_at = '-infinity', delivered_at = now()
    where partner = ${actor.user}`);
}
