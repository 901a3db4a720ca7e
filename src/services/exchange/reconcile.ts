import { uuidv7 } from '../../platform/ids.js';
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
export async function storeDifferences(session: Session, { lost, doubled, altered }: Differences): Promise<void> {
  const { query, actor, today } = session;
  await sendAgain(session, lost);
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

export async function sendAgain({ query, actor }: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await query(sql`
    update exchange_delivery set state = 'PENDING', resent = resent + 1, attempts = 0, next_at = '-infinity', answered_at = null
    where partner = ${actor.user} and message_id = any(${[...ids]}::uuid[])`);
}

/** 重放 Everything from a number on, once more. @returns how many messages */
export async function replayFrom({ query, actor }: Session, from: number): Promise<number> {
  const rows = await query(sql`
    update exchange_delivery set state = 'PENDING', resent = resent + 1, attempts = 0, next_at = '-infinity', answered_at = null
    where partner = ${actor.user} and seq >= ${from} and first_sent_at is not null returning seq`);
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
