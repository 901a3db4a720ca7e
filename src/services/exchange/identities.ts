import { CompactEncrypt, calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import type { Keys, WrappedKey } from '../../platform/crypto.js';
import { sql } from '../../platform/sql.js';
import { openIdentity, type SealedIdentity } from '../personal.js';
import type { Session } from '../session.js';
import type { Due } from './outbox.js';
import type { Partner } from './settings.js';

type Stored = SealedIdentity & WrappedKey & { subjectId: string; documentType: string };

/**
 * 自然人身份 Puts beside each message about a person who the person is, for the partner's eyes alone: a compact JWE to its key.
 * The whole identity is in memory between the one seal and the other, and in no table, log or job. Which persons, Postgres
 * says (exchange_identities). It stands beside the content, whose digest stays the same however often it is sealed anew;
 * the message's id is sealed in, so that it is good for no other one.
 */
export async function withIdentities(
  { query }: Session,
  keys: Keys,
  { agreement, encryptionKey }: Partner,
  due: readonly Due[],
): Promise<Due[]> {
  const persons = due.filter(({ person }) => person).map(({ subjectId }) => subjectId);
  if (!agreement.identities || !encryptionKey || persons.length === 0) return [...due];
  const stored = await query<Stored>(sql`select * from exchange_identities(${persons}::uuid[])`);
  const bySubject = new Map(stored.map((row) => [row.subjectId, row]));
  const seal = await sealerTo(encryptionKey);
  return Promise.all(
    due.map(async (one) => {
      const row = one.person ? bySubject.get(one.subjectId) : undefined;
      if (!row) return one;
      const { subjectId, documentType, ...sealed } = row;
      const { name, number } = openIdentity(keys, subjectId, sealed);
      return {
        ...one,
        identity: await seal({ messageId: one.id, subjectId, documentType, documentNumber: number, name }),
      };
    }),
  );
}

async function sealerTo(jwk: JWK): Promise<(text: object) => Promise<string>> {
  const [key, kid] = [await importJWK(jwk, 'ECDH-ES'), await calculateJwkThumbprint(jwk)];
  return (text) =>
    new CompactEncrypt(Buffer.from(JSON.stringify(text)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, cty: 'application/json' })
      .encrypt(key);
}
