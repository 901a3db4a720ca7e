import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Actor } from '../../permissions/actor.js';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { canonicalText } from '../collection/messageRows.js';
import type { Submissions } from '../collection/submissions.js';
import { openWriteSession, type WriteSession } from '../session.js';
import { leaveExchangeEvent } from './events.js';
import { openIncomingCase } from './incoming.js';
import { storeReceipts } from './receipts.js';

export interface InboxDeps {
  readonly keys: Keys;
  readonly fork: () => EntityManager;
  readonly today: () => string;
  readonly submissions: Submissions;
}

const text = (longest: number) => z.string().trim().min(1).max(longest);
const id = z.uuid();

/** What a partner's message may be about: one of ours by its id, or a row by its document. */
const about = z
  .object({ messageId: id.optional(), documentNo: text(128).optional(), subjectCode: text(18).optional() })
  .refine((named) => Object.keys(named).length > 0);
export type About = z.infer<typeof about>;

const decision = <T extends string>(type: T) =>
  z.object({
    id,
    type: z.literal(type),
    about,
    reason: text(2000),
    documentNo: text(128).optional(),
    content: z.record(z.string(), z.unknown()).optional(),
  });

const incoming = z.discriminatedUnion('type', [
  z.object({
    id,
    type: z.literal('RECORDS'),
    item: text(40),
    asOf: z.iso.datetime({ offset: true }),
    withdraw: z.boolean().default(false),
    rows: z.array(z.record(z.string(), z.unknown())).min(1).max(1000),
  }),
  decision('CORRECTION'),
  decision('REPAIR'),
  decision('OBJECTION'),
  decision('REVOCATION'),
  z.object({
    id,
    type: z.literal('RECEIPT'),
    receipt: z.object({ id, state: z.enum(['ACCEPTED', 'REJECTED']), reason: z.string().max(2000).nullish() }),
  }),
]);
export type Incoming = z.infer<typeof incoming>;

export interface Acknowledged {
  readonly id: string;
  /** ERROR: not now; it is to be sent again */
  readonly state: 'ACCEPTED' | 'REJECTED' | 'ERROR';
  readonly reason?: string;
}

type Outcome = {
  state: 'APPLIED' | 'KEPT' | 'REFUSED';
  reason?: string;
  caseId?: string;
  subjects?: readonly string[];
};

export const inboxPlace = (partner: string, messageId: string): string =>
  `exchange_inbox.sealed.${partner}.${messageId}`;

/**
 * Takes in what a partner sent, one message after the other, each in a transaction of its own: the same id is answered
 * as it was, and nothing is dropped; what no verb can apply yet is kept as a case of the department concerned.
 */
export async function receive(deps: InboxDeps, actor: Actor, messages: readonly unknown[]): Promise<Acknowledged[]> {
  const answers: Acknowledged[] = [];
  for (const message of messages) answers.push(await receiveOne(deps, actor, message));
  return answers;
}

async function receiveOne(deps: InboxDeps, actor: Actor, message: unknown): Promise<Acknowledged> {
  const named = z.object({ id, type: z.string().max(40).default('?') }).safeParse(message);
  if (!named.success)
    throw new HubError('BAD_USER_INPUT', { zh: '报文缺少标识', en: 'a message without an id' }, 'messages');
  const parsed = incoming.safeParse(message);
  const hash = deps.keys.blindIndex('exchange_inbox.hash', canonicalText(message));
  const keep = (session: WriteSession, outcome: Outcome) =>
    session.asVerb('receiveExchange', async () => {
      const { state, reason = null, caseId = null, subjects = [] } = outcome;
      const sealed = deps.keys.cipher.seal(JSON.stringify(message), inboxPlace(actor.user, named.data.id));
      await session.query(sql`
        insert into exchange_inbox (partner, message_id, hash, type, state, reason, sealed, case_id)
        values (${actor.user}, ${named.data.id}, ${hash}, ${named.data.type}, ${state}, ${reason}, ${sealed}, ${caseId}::uuid)`);
      await leaveExchangeEvent(session, { operation: 'receiveExchange', hash, subjects, persons: false });
      return outcome;
    });
  const found = await transaction(deps, actor, (session) => earlier(session, named.data.id));
  if (found) return found.hash === hash ? answered(named.data.id, found) : conflict(named.data.id);
  try {
    const outcome = await transaction(deps, actor, async (session) => {
      await alone(session, named.data.id);
      const meanwhile = await earlier(session, named.data.id);
      if (meanwhile) return meanwhile;
      if (!parsed.success) return keep(session, { state: 'REFUSED', reason: shapeFault(parsed.error) });
      return keep(session, await apply(deps, session, parsed.data));
    });
    return answered(named.data.id, outcome);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    if (error.code === 'UNAVAILABLE') return { id: named.data.id, state: 'ERROR', reason: error.text.zh };
    const outcome = await transaction(deps, actor, (session) =>
      keep(session, { state: 'REFUSED', reason: error.text.zh }),
    );
    return answered(named.data.id, outcome);
  }
}

/** Two deliveries of one message at once: the second waits, and then finds what the first did. */
const alone = (session: WriteSession, messageId: string) =>
  session.query(sql`select pg_advisory_xact_lock(370834, hashtext(${`${session.actor.user} ${messageId}`}))`);

const earlier = async (session: WriteSession, messageId: string): Promise<(Outcome & { hash: string }) | undefined> =>
  session.asVerb('receiveExchange', async () => {
    const [row] = await session.query<Outcome & { hash: string }>(sql`
      select state, reason, hash from exchange_inbox where partner = ${session.actor.user} and message_id = ${messageId}`);
    return row;
  });

const answered = (messageId: string, { state, reason }: Outcome): Acknowledged => ({
  id: messageId,
  state: state === 'REFUSED' ? 'REJECTED' : 'ACCEPTED',
  ...(reason ? { reason } : {}),
});
const conflict = (messageId: string): Acknowledged => ({
  id: messageId,
  state: 'REJECTED',
  reason: 'CONFLICT：该标识已用于另一内容 the id was used for another message',
});

/** Where it is wrong, never with what. */
const shapeFault = ({ issues: [issue] }: z.ZodError): string =>
  `报文格式不符 wrong at ${issue?.path.join('.') || 'its top'}`;

async function apply(deps: InboxDeps, session: WriteSession, message: Incoming): Promise<Outcome> {
  switch (message.type) {
    case 'RECORDS': {
      const { item, asOf, withdraw, rows } = message;
      const submitted = await deps.submissions.submit(session, {
        item,
        idempotencyKey: `exchange/${session.actor.user}/${message.id}`,
        asOf,
        withdraw,
        rows,
      });
      const [batch] = await session.query<{ read: number; rejected: number; rejections: object }>(
        sql`select read, rejected, rejections from import_batch where id = ${submitted.id}`,
      );
      if (!batch?.rejected) return { state: 'APPLIED' };
      return { state: 'APPLIED', reason: `退回 ${batch.rejected}/${batch.read} ${JSON.stringify(batch.rejections)}` };
    }
    case 'RECEIPT':
      return session.asVerb('receiveExchange', async (): Promise<Outcome> => {
        const known = await storeReceipts(session, [message.receipt]);
        if (known > 0) return { state: 'APPLIED' };
        return { state: 'REFUSED', reason: '未曾向贵方发送该报文 no such message was sent to you' };
      });
    default: {
      const { caseId, subjects } = await session.asVerb('receiveExchange', () => openIncomingCase(session, message));
      return { state: 'KEPT', caseId, subjects };
    }
  }
}

async function transaction<T>(deps: InboxDeps, actor: Actor, work: (session: WriteSession) => Promise<T>): Promise<T> {
  const em = deps.fork();
  const session = await openWriteSession(em, actor, deps.today());
  let result: T;
  try {
    result = await work(session);
    await em.commit();
  } catch (error) {
    await em.rollback();
    await session.ended(false);
    throw error;
  }
  await session.ended(true);
  return result;
}
