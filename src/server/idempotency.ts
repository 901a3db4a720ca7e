import { createHash } from 'node:crypto';
import type { GraphQLRequestContext } from '@apollo/server';
import { HubError } from '../platform/errors.js';
import { sql } from '../platform/sql.js';
import { sealingTurn } from '../services/custody/subjectKeys.js';
import { answerPlace } from '../services/idempotent.js';
import type { RequestContext } from './context.js';

type Context = GraphQLRequestContext<RequestContext>;

/** What is kept of an answer: its data, and what the log said of it, to be said again when it is given again. */
interface Kept {
  data: unknown;
  labels: string[];
  subjects: string[];
  receiptNo: string | null;
}

/** The caller's key, apart for each of its roles and departments: what one of them may read another may not. */
export function keyOf({ contextValue: { actor, idempotencyKey } }: Context): string {
  const { role, department, subjectId } = actor;
  return createHash('sha256')
    .update(JSON.stringify([role, department?.id ?? null, subjectId, idempotencyKey]))
    .digest('hex');
}

/** Keyed, because a body may hold a citizen id, and a plain hash of one is found by trying them all. */
function bodyOf({ request, contextValue: { keys, actor, stated } }: Context): string {
  const { query, operationName = null, variables = {} } = request;
  return keys.blindIndex(
    'idempotent_request.body',
    JSON.stringify([
      query,
      operationName,
      variables,
      actor.purpose,
      actor.caseNo,
      ...(stated.consent || stated.actingFor ? [stated] : []),
    ]),
  );
}

const placeOf = (context: Context) => answerPlace(context.contextValue.actor.user, keyOf(context));

/**
 * Claims the caller's key for this request, or finds the data it was answered with before. A request that fails gives
 * its key back with its transaction; one that runs at the same time waits for the first to end. Keys last 24 hours.
 * @throws {HubError} CONFLICT when the key was used for another body, operation, purpose or case
 */
export async function earlierData(context: Context): Promise<unknown | null> {
  const { actor, keys, trail } = context.contextValue;
  const session = context.contextValue.write();
  const [key, body] = [keyOf(context), bodyOf(context)];
  const claimed = await session.query(sql`
    insert into idempotent_request (actor, key, body_hash)
    select ${actor.user}, ${key}, ${body} from (select ${sealingTurn}) turn
    on conflict (actor, key) do update set body_hash = excluded.body_hash, answer = null, created_at = now()
      where idempotent_request.created_at < now() - interval '24 hours' returning key`);
  if (claimed.length > 0) return null;
  const [earlier] = await session.query<{ body_hash: string; answer: string }>(
    sql`select body_hash, answer from idempotent_request where actor = ${actor.user} and key = ${key}`,
  );
  if (earlier?.body_hash !== body) {
    throw new HubError(
      'CONFLICT',
      { zh: '该幂等键已用于另一内容', en: 'this idempotency key was used for another request' },
      'idempotency-key',
    );
  }
  const kept: Kept = JSON.parse(keys.cipher.open(earlier.answer, placeOf(context)));
  for (const label of kept.labels) trail.labels.add(label);
  for (const subject of kept.subjects) trail.subjects.add(subject);
  trail.receiptNo = kept.receiptNo;
  return kept.data;
}

/** Keeps an answer under the caller's key, sealed: it may hold whatever the caller was shown. */
export async function keepData(context: Context, data: unknown): Promise<void> {
  const { actor, keys, trail } = context.contextValue;
  const kept: Kept = {
    data,
    labels: [...trail.labels],
    subjects: [...trail.subjects],
    receiptNo: trail.receiptNo,
  };
  await context.contextValue.write().query(sql`
    update idempotent_request set answer = ${keys.cipher.seal(JSON.stringify(kept), placeOf(context))}
    where actor = ${actor.user} and key = ${keyOf(context)}`);
}
