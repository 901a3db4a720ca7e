import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

/** What a batch tells a partner, on record in the transaction that commits before it leaves. */
export async function leaveExchangeEvent(
  { query, actor }: Session,
  {
    operation,
    hash,
    subjects,
    persons,
    outcome = 'OK',
  }: {
    operation: string;
    hash: string;
    subjects: readonly string[];
    persons: boolean;
    outcome?: 'OK' | 'UNAUTHENTICATED';
  },
): Promise<void> {
  const labels = persons ? ['GOVERNMENT', 'PERSONAL'] : ['GOVERNMENT'];
  await query(sql`
    insert into access_event (id, actor, role, operation, operation_hash, subject_ids, labels, outcome)
    values (${uuidv7()}, ${actor.user}, ${actor.role}, ${operation}, ${hash}, ${[...new Set(subjects)]}::uuid[], ${labels}::text[], ${outcome})`);
}
