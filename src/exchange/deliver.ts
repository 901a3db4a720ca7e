import type { Keys } from '../platform/crypto.js';
import { sql } from '../platform/sql.js';
import { leaveExchangeEvent } from '../services/exchange/events.js';
import { withIdentities } from '../services/exchange/identities.js';
import { type Due, hashOf, markSent, number, queue, take } from '../services/exchange/outbox.js';
import {
  type Receipt,
  storeContact,
  storeFault,
  storeOutage,
  storeReceipts,
  storeUnsigned,
} from '../services/exchange/receipts.js';
import type { Partner } from '../services/exchange/settings.js';
import type { Session } from '../services/session.js';
import type { Exchange, Held } from './exchange.js';
import { type Answered, Outage, type Receiver, Unsigned } from './receiver.js';

export interface Delivered {
  readonly partner: string;
  /** BUSY: somebody else delivers to it; WAITING: it was down, and its time has not come yet; DOWN: it is now */
  readonly outcome: 'DONE' | 'BUSY' | 'WAITING' | 'DOWN';
  readonly accepted: number;
  readonly rejected: number;
  readonly faults: number;
  /** why it is DOWN or WAITING, or what of its answers could not be believed; names no address */
  readonly error?: string;
}

const NOTHING = { accepted: 0, rejected: 0, faults: 0 };

/**
 * Delivers to one partner all that is due, and comes back: it keeps no time of its own, whoever drives it does. At
 * least once, in order for each subject; killed at any moment, the next run takes up where this one was.
 */
export async function deliver(exchange: Exchange, id: string, { force = false } = {}): Promise<Delivered> {
  const partner = exchange.partner(id);
  const done = await exchange.alone(id, async (held) => {
    while ((await held.as(number)).more);
    while (await held.as(queue));
    const waiting = force ? null : await held.as(waits);
    if (waiting !== null) return { partner: id, outcome: 'WAITING' as const, ...NOTHING, error: waiting };
    const receiver = await exchange.receiver(partner);
    try {
      return await run(held, exchange.deps.keys, partner, receiver);
    } finally {
      await receiver.close();
    }
  });
  return done ?? { partner: id, outcome: 'BUSY', ...NOTHING };
}

/** Every partner by itself: one that is down, or slow, holds up no other. */
export const deliverAll = (exchange: Exchange, options?: { force?: boolean }): Promise<Delivered[]> =>
  Promise.all(exchange.deps.settings.partners.map(({ id }) => deliver(exchange, id, options)));

/** What it was down with, where its time has not come yet. */
async function waits({ query, actor }: Session): Promise<string | null> {
  const [row] = await query<{ error: string }>(sql`
    select coalesce(last_error, '') as error from exchange_partner where partner = ${actor.user} and next_at > now()`);
  return row?.error ?? null;
}

async function run(held: Held, keys: Keys, partner: Partner, receiver: Receiver): Promise<Delivered> {
  const tally = { ...NOTHING };
  let unsigned = 0;
  const store = async (answered: Answered) => {
    await held.as(async (session) => {
      await storeReceipts(session, answered.receipts);
      for (const fault of answered.faults) await storeFault(session, partner, fault);
      await storeContact(session);
    });
    for (const { state } of answered.receipts) tally[state === 'ACCEPTED' ? 'accepted' : 'rejected'] += 1;
    tally.faults += answered.faults.length;
    unsigned += answered.unsigned ?? 0;
  };
  try {
    unsigned += await later(held, receiver, store);
    for (;;) {
      const due = await held.as((session) => next(session, keys, partner));
      if (due.length === 0) {
        if (unsigned === 0) return { partner: partner.id, outcome: 'DONE', ...tally };
        const error = `${unsigned} answers without the partner’s signature`;
        await held.as((session) => storeUnsigned(session, error));
        return { partner: partner.id, outcome: 'DONE', ...tally, error };
      }
      const answered = await receiver.send(due);
      await store(completed(partner, due, answered));
      // Of a table's rows the answers come when its owner has read them.
      if (partner.receiver.kind === 'TABLE') await held.as((session) => wait(session, due, answered.receipts));
    }
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    await held.as((session) => storeOutage(session, partner, error.message, error instanceof Unsigned));
    return { partner: partner.id, outcome: 'DOWN', ...tally, error: error.message };
  }
}

/** What is to be sent now, marked and on record before it leaves. */
async function next(session: Session, keys: Keys, partner: Partner): Promise<Due[]> {
  const due = await take(session, partner);
  if (due.length === 0) return due;
  await markSent(session, due);
  const persons = due.some(({ person }) => person);
  const subjects = due.map(({ subjectId }) => subjectId);
  await leaveExchangeEvent(session, {
    operation: 'deliverExchange',
    hash: hashOf(due.map(({ id }) => id)),
    subjects,
    persons,
  });
  return withIdentities(session, keys, partner, due);
}

/** An HTTP partner that answers, and leaves a message out of its answer, has failed over that message. */
function completed({ receiver }: Partner, due: readonly Due[], { receipts, faults }: Answered): Answered {
  if (receiver.kind === 'TABLE') return { receipts, faults };
  const answered = new Set([...receipts, ...faults].map(({ id }) => id));
  const left = due.filter(({ id }) => !answered.has(id)).map(({ id }) => ({ id, reason: 'no receipt' }));
  return { receipts, faults: [...faults, ...left] };
}

async function wait({ query, actor }: Session, due: readonly Due[], receipts: readonly Receipt[]): Promise<void> {
  const answered = new Set(receipts.map(({ id }) => id));
  const open = due.map(({ id }) => id).filter((id) => !answered.has(id));
  await query(sql`
    update exchange_delivery set state = 'SENT' where partner = ${actor.user} and message_id = any(${open}::uuid[]) and state = 'PENDING'`);
}

/** Answers that came since the last run, to messages that were put into the partner's table. @returns how many are unsigned */
async function later(held: Held, receiver: Receiver, store: (answered: Answered) => Promise<void>): Promise<number> {
  const waiting = await held.as(({ query, actor }) =>
    query<{ id: string }>(
      sql`select message_id as id from exchange_delivery where partner = ${actor.user} and state = 'SENT'`,
    ),
  );
  if (waiting.length === 0) return 0;
  const answered = await receiver.answers(waiting.map(({ id }) => id));
  const { unsigned = 0, ...signed } = answered;
  if (signed.receipts.length > 0) await store(signed);
  return unsigned;
}
