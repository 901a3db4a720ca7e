import { type Agreement, agreedFields, scopesOf } from '../../permissions/agreements.js';
import { sql } from '../../platform/sql.js';
import { canonicalText } from '../collection/messageRows.js';
import type { OwnerQuery } from '../reference.js';
import type { Session } from '../session.js';
import type { Partner } from './settings.js';
import { digestOf } from './signing.js';

/** What a partner is sent: an envelope, and in it the content that its digest is of. */
export interface Envelope {
  /** message id, and the partner's key of idempotency */
  readonly id: string;
  /** SHA-256 of the content's canonical JSON, base64url */
  readonly hash: string;
  /** it was answered before, and is sent again */
  readonly resent: boolean;
  readonly content: Content;
  /** who the person is that it is about, sealed to the partner (identities.ts) */
  readonly identity?: string;
}

export interface Content {
  /** number for this partner among the subject's messages, from 1, without gaps */
  readonly subjectSeq: number;
  readonly event: string;
  readonly scope: string;
  /** business date it belongs to: both sides reconcile by it */
  readonly date: string;
  readonly rowId: string;
  readonly revision: number;
  readonly [part: string]: unknown;
}

/** An envelope with what the hub keeps of it. */
export interface Due extends Envelope {
  readonly seq: number;
  readonly subjectId: string;
  readonly person: boolean;
}

/** How many marks are numbered, and messages queued, in one transaction. */
const AT_ONCE = 5_000;

/**
 * The agreements as row security reads them: those that are no more in the file show nothing. One that is new, or lists
 * something else than before, is looked for among all messages again, so that what it adds is sent whenever it was made.
 */
export async function loadAgreements(query: OwnerQuery, partners: readonly Partner[]): Promise<void> {
  const rows = partners.map(({ id, agreement }) => ({
    partner: id,
    scopes: scopesOf(agreement),
    labels: agreement.labels,
    identities: agreement.identities,
  }));
  await query(sql`delete from exchange_agreement where partner <> all(${rows.map(({ partner }) => partner)}::text[])`);
  const changed = await query<{ partner: string }>(sql`
    insert into exchange_agreement as a (partner, scopes, labels, identities)
    select partner, scopes, labels, identities
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(partner text, scopes text[], labels text[], identities boolean)
    on conflict (partner) do update set scopes = excluded.scopes, labels = excluded.labels, identities = excluded.identities
      where (a.scopes, a.labels, a.identities) is distinct from (excluded.scopes, excluded.labels, excluded.identities)
    returning partner`);
  const names = rows.map(({ partner }) => partner);
  await query(sql`insert into exchange_partner (partner) select unnest(${names}::text[]) on conflict do nothing`);
  // Behind the agreement: a delivery that is queueing by the old one is waited for (`queue`), and then looks again.
  await query(sql`
    update exchange_partner set queued_to = 0 where partner = any(${changed.map(({ partner }) => partner)}::text[])`);
  if (names.length > 0) await query(sql`select exchange_fill()`);
}

/** @returns how many marks were let go: none while there is an agreement (migrations, exchange_thin) */
export async function thinOutbox(query: OwnerQuery): Promise<number> {
  const [row] = await query<{ gone: number }>(sql`select exchange_thin() as gone`);
  return row?.gone ?? 0;
}

/** Numbers what was committed since. @returns how many marks; fewer than `AT_ONCE`: none is left */
export async function number({ query, today }: Session): Promise<{ numbered: number; more: boolean }> {
  const [row] = await query<{ n: number }>(sql`select exchange_number(${today}::date, ${AT_ONCE}::int) as n`);
  const numbered = row?.n ?? 0;
  return { numbered, more: numbered === AT_ONCE };
}

/**
 * Queues for the partner what its agreement lists of the messages since the last time: row security leaves out the
 * rest. What came from the partner itself is not sent back to it. Without an agreement it stands where it is.
 */
export async function queue({ query, actor }: Session): Promise<boolean> {
  const partner = actor.user;
  await query(sql`insert into exchange_partner (partner) values (${partner}) on conflict do nothing`);
  // Of its own: the agreement that the next statement reads is the one that stands once this row is had.
  await query(sql`select 1 from exchange_partner where partner = ${partner} for update`);
  const [row] = await query<{ more: boolean }>(sql`
    with span as materialized (
      select queued_to as low, queued_to + ${AT_ONCE} as high from exchange_partner where partner = ${partner}
        and exists (select from exchange_agreement a where a.partner = ${partner})
    ), queued as (
      insert into exchange_delivery (partner, seq, message_id, subject_id, subject_seq)
      select ${partner}, m.seq, m.id, m.subject_id,
        coalesce((select max(d.subject_seq) from exchange_delivery d where d.partner = ${partner} and d.subject_id = m.subject_id),
          0) + row_number() over (partition by m.subject_id order by m.seq)
      from exchange_message m, span where m.seq > span.low and m.seq <= span.high and m.origin is distinct from ${partner}
        and not exists (select from exchange_delivery e where e.partner = ${partner} and e.seq = m.seq)
    )
    update exchange_partner p set queued_to = least(span.high, t.top) from span, (select exchange_top() as top) t
    where p.partner = ${partner} returning span.high < t.top as more`);
  return row?.more ?? false;
}

/**
 * The next messages, at most one of a subject: the one after it waits until this one is answered, so order holds
 * whatever becomes of it, and no subject waits for another.
 */
export async function take(
  { query, actor }: Session,
  { agreement, batch }: Pick<Partner, 'agreement' | 'batch'>,
): Promise<Due[]> {
  const rows = await query<Stored>(sql`
    select ${STORED} from exchange_delivery d join exchange_message m on m.seq = d.seq
    where d.partner = ${actor.user} and d.state = 'PENDING' and d.next_at <= now() and not exists (
      select 1 from exchange_delivery e where e.partner = d.partner and e.subject_id = d.subject_id
        and e.subject_seq < d.subject_seq and e.state = 'PENDING')
    order by d.seq limit ${batch}`);
  return rows.map((row) => envelopeOf(agreement, row));
}

interface Stored {
  seq: string;
  id: string;
  subjectId: string;
  subjectSeq: string;
  person: boolean;
  event: string;
  scope: string;
  date: string;
  rowId: string;
  revision: number;
  resent: number;
  payload: Record<string, unknown> & { data?: Record<string, unknown> };
}

const STORED = sql.raw(`d.seq, d.message_id as id, d.subject_id as "subjectId", d.subject_seq as "subjectSeq",
  m.subject_kind is not distinct from 'NATURAL_PERSON' as person, m.event, m.scope, m.business_date as date,
  m.row_id as "rowId", m.revision, d.resent, m.payload`);

function envelopeOf(
  agreement: Agreement,
  { seq, subjectId, person, id, subjectSeq, resent, payload, ...row }: Stored,
): Due {
  const { data, ...rest } = payload;
  const content: Content = {
    subjectSeq: Number(subjectSeq),
    ...row,
    ...rest,
    ...(data ? { data: agreedFields(agreement, row.scope, data) } : {}),
  };
  return { seq: Number(seq), subjectId, person, id, hash: hashOf(content), resent: resent > 0, content };
}

export const hashOf = (content: unknown): string => digestOf(canonicalText(content));

/** Before they leave: what is said, that it is being said, and when. A kill after this sends the same again. */
export async function markSent({ query, actor }: Session, due: readonly Due[]): Promise<void> {
  const rows = due.map(({ seq, hash }) => ({ seq, hash }));
  await query(sql`
    update exchange_delivery d set hash = r.hash, attempts = d.attempts + 1, first_sent_at = coalesce(d.first_sent_at, now())
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(seq bigint, hash text)
    where d.partner = ${actor.user} and d.seq = r.seq`);
}
