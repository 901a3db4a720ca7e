import type { Pool } from 'pg';
import type { Actor, SpentConsent } from '../../permissions/actor.js';
import { sql } from '../../platform/sql.js';
import { asWriter } from '../session.js';

/**
 * Spends one use of a consent by the audit login, durable before anything is read with it; null where it opens nothing
 * for this caller and purpose: unknown, another's, withdrawn, expired, used up, alike. What is spent is not given back.
 * @param repeated a mutation's idempotency key, whose repetition is the same use
 */
export async function spendConsent(
  audit: Pool,
  actor: Actor,
  today: string,
  consent: string,
  repeated: string | null,
): Promise<SpentConsent | null> {
  const [spent] = await asWriter<SpentConsent>(
    audit,
    actor,
    today,
    sql`select * from spend_consent(${consent}::uuid, ${repeated})`,
  );
  return spent ?? null;
}
