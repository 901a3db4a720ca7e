import { sql } from '../platform/sql.js';
import type { OwnerQuery } from './reference.js';

/** Associated data of an answer that is kept for a repeated request: its row's own key. */
export const answerPlace = (actor: string, key: string): string => `idempotent_request.answer.${actor}.${key}`;

/** Kept answers hold what was answered, personal data too: past their 24 hours nobody may have them again, and they go. */
export async function forgetAnswers(query: OwnerQuery): Promise<number> {
  const gone = await query(
    sql`delete from idempotent_request where created_at < now() - interval '24 hours' returning 1 as gone`,
  );
  return gone.length;
}
