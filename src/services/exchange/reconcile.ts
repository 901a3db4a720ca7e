import { referenceId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';
import { ABOUT } from './receipts.js';
import { digestOf } from './signing.js';

export interface Row {
  readonly id: string;
  readonly hash: string;
}

/** One digest over keys and payload digests: equal rows, in whatever order they are kept, give the same. */
export const digestOfRows = (rows: readonly Row[]): string =>
  digestOf(
    rows
      .map(({ id, hash }) => `${id} ${hash}\n`)
      .sort()
      .join(''),
  );

export interface Counts {
  readonly sent: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly pending: number;
}

/** The hub's side of one business date: what was sent and how it was answered. */
export async function ourSide(
  { query, actor }: Session,
  date: string,
): Promise<Counts & { rows: Row[]; open: Row[]; hash: string }> {
  const all = await query<Row & { state: string; sent: boolean }>(sql`
    select d.message_id as id, d.hash, d.state, d.first_sent_at is not null as sent
    from exchange_delivery d join exchange_message m on m.seq = d.seq
    where d.partner = ${actor.user} and m.business_date = ${date}::date`);
  const of = (...states: string[]) => all.filter(({ state }) => states.includes(state));
  const plain = ({ id, hash }: Row): Row => ({ id, hash });
  // what was put into a partner's table is there, answered or not
  const rows = of('ACCEPTED', 'SENT').map(plain);
  return {
    sent: all.filter(({ sent }) => sent).length,
    accepted: of('ACCEPTED').length,
    rejected: of('REJECTED').length,
    pending: of('PENDING', 'SENT', 'PARKED').length,
    rows,
    // sent and not yet answered, or rejected: the partner may hold them, and need not
    open: all.filter(({ state, sent }) => sent && !['ACCEPTED', 'SENT'].includes(state)).map(plain),
    hash: digestOfRows(rows),
  };
}

export interface Differences {
  /** accepted, and not there */
  readonly lost: readonly string[];
  /** there more than once */
  readonly doubled: readonly string[];
  /** there with another content */
  readonly altered: readonly string[];
  /** there, and never sent */
  readonly unknown: readonly string[];
}

/**
 * Days to be compared: something of theirs was sent or answered since they were last, or was lost then. A day on which
 * the partner was down is among them until it has been asked, and so is one whose lost rows may have been lost again.
 */
export async function daysToCompare({ query, actor }: Session, through: string): Promise<string[]> {
  const rows = await query<{ date: string }>(sql`
    select m.business_date as date
    from exchange_delivery d join exchange_message m on m.seq = d.seq
    left join lateral (
      select run_at, lost from exchange_reconciliation r where r.partner = d.partner and r.date = m.business_date
      order by run_at desc limit 1
    ) last on true
    where d.partner = ${actor.user} and d.first_sent_at is not null and m.business_date <= ${through}::date
    group by m.business_date, last.run_at, last.lost
    having last.run_at is null or last.lost > 0 or last.run_at < greatest(max(d.first_sent_at), max(d.answered_at))
    order by 1`);
  return rows.map(({ date }) => date);
}

/** Of these, which were sent all the same, under an agreement that listed more than today's. */
export async function sentBefore({ query, actor }: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const uuids = ids.filter((id) => UUID.test(id));
  if (uuids.length === 0) return new Set();
  const rows = await query<{ id: string }>(sql`
    select message_id as id from exchange_delivery where partner = ${actor.user} and message_id = any(${uuids}::uuid[])`);
  return new Set(rows.map(({ id }) => id));
}

/** What the two sides say differently, row by row. */
export function compareSides(
  ours: { rows: readonly Row[]; open: readonly Row[] },
  theirs: readonly Row[],
): Differences {
  const held = Map.groupBy(theirs, ({ id }) => id);
  const known = new Map([...ours.rows, ...ours.open].map(({ id, hash }) => [id, hash]));
  return {
    lost: ours.rows.filter(({ id }) => !held.has(id)).map(({ id }) => id),
    doubled: [...held].filter(([id, rows]) => known.has(id) && rows.length > 1).map(([id]) => id),
    altered: [...held]
      .filter(([id, rows]) => known.has(id) && rows.some(({ hash }) => hash !== known.get(id)))
      .map(([id]) => id),
    unknown: [...held.keys()].filter((id) => !known.has(id)),
  };
}

const REASONS = {
  DOUBLED: '对账发现对方重复入库 held more than once by the partner',
  ALTERED: '对账发现对方数据与所发不一致 held by the partner with another content',
} as const;

/** Lost messages are sent again by the next delivery; what sending again can't mend comes to the provider as a case. */
export async function storeDifferences(session: Session, differences: Differences, date: string): Promise<void> {
  const { lost, doubled, altered, unknown } = differences;
  const { query, actor, today } = session;
  await sendAgain(session, lost);
  await storeUnknown(session, unknown, date);
  for (const [kind, ids] of [
    ['DOUBLED', doubled],
    ['ALTERED', altered],
  ] as const) {
    if (ids.length === 0) continue;
    const rows = JSON.stringify(ids.map((id) => ({ id, case: uuidv7() })));
    await query(sql`
      insert into exchange_case (id, kind, partner, message_id, department_id, subject_id, subject_kind, scope, document_no, reason,
        opened_on, revised_by)
      select r."case", ${kind}, ${actor.user}, ${ABOUT}, ${REASONS[kind]}, ${today}::date, ${actor.user}
      from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, "case" uuid) join exchange_message m on m.id = r.id
      on conflict (partner, message_id, kind) where state = 'OPEN' do nothing`);
  }
}

/** Cases of one reconciliation: beyond these the partner has another hub's rows, and the count says how many. */
const UNKNOWN_AT_MOST = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What the partner holds and was never sent comes to the department that looks after credit, for the partner to explain.
 * A key that is not one of ours may hold anything, so the case names its digest alone. What was answered once is not
 * asked again.
 */
async function storeUnknown({ query, actor, today }: Session, keys: readonly string[], date: string): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.slice(0, UNKNOWN_AT_MOST).map((key) => ({
    case: uuidv7(),
    id: UUID.test(key) ? key.toLowerCase() : referenceId(`exchange/${actor.user}`, digestOf(key)),
    reason: `对账多出 UNKNOWN：对方 ${date} 有本平台未曾发送的数据 held by the partner and never sent to it; 键摘要 key SHA-256 ${digestOf(key)}`,
  }));
  await query(sql`
    insert into exchange_case (id, kind, partner, message_id, department_id, reason, opened_on, revised_by)
    select r."case", 'UNKNOWN', ${actor.user}, r.id, d.id, r.reason, ${today}::date, ${actor.user}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "case" uuid, reason text),
      (select id from department where 'DEVELOPMENT_REFORM' = any(functions) order by code limit 1) as d
    where not exists (select 1 from exchange_case o
      where o.partner = ${actor.user} and o.message_id = r.id and o.kind = 'UNKNOWN')
    on conflict (partner, message_id, kind) where state = 'OPEN' do nothing`);
}

export async function sendAgain({ query, actor }: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await query(sql`
    update exchange_delivery set state = 'PENDING', resent = resent + 1, attempts = 0, next_at = '-infinity', answered_at = null
    where partner = ${actor.user} and message_id = any(${[...ids]}::uuid[])`);
}

/** Where a replay begins: at the number of a message, or with those of a business date. */
export type ReplayStart = { readonly from: number } | { readonly since: string };

/** 重放 Everything from there on, once more. @returns how many messages */
export async function replayFrom({ query, actor }: Session, start: ReplayStart): Promise<number> {
  const begins =
    'from' in start
      ? sql`${start.from}::bigint`
      : sql`(select min(m.seq) from exchange_message m where m.business_date >= ${start.since}::date)`;
  const rows = await query(sql`
    update exchange_delivery set state = 'PENDING', resent = resent + 1, attempts = 0, next_at = '-infinity', answered_at = null
    where partner = ${actor.user} and seq >= ${begins} and first_sent_at is not null returning seq`);
  return rows.length;
}

export interface Reconciliation extends Counts, Differences {
  readonly partner: string;
  readonly date: string;
  readonly hash: string;
  readonly partnerHash: string;
}

/** How many messages the two sides say differently. */
export const differing = ({ lost, doubled, altered, unknown }: Differences): number =>
  lost.length + doubled.length + altered.length + unknown.length;

export async function storeReconciliation({ query }: Session, one: Reconciliation): Promise<void> {
  await query(sql`
    insert into exchange_reconciliation (partner, date, run_at, sent, accepted, rejected, pending, hash, partner_hash, lost, doubled,
      altered, unknown)
    values (${one.partner}, ${one.date}::date, clock_timestamp(), ${one.sent}, ${one.accepted}, ${one.rejected}, ${one.pending}, ${one.hash}, ${one.partnerHash},
      ${one.lost.length}, ${one.doubled.length}, ${one.altered.length}, ${one.unknown.length})`);
}
