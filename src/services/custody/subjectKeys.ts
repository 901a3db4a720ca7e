import type { FieldCipher, Keys, WrappedKey } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { type Sql, sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

/** Held by every transaction that seals, until it ends: a rotation waits for those that began before its new key. */
const SEALING = 370830_003;
export const sealingTurn: Sql = sql`pg_advisory_xact_lock_shared(${sql.lit(SEALING)})`;

/** Transactions that are sealing now, each by a name that no other one has. */
export const SEALERS: Sql<{ name: string }> = sql`
  select virtualtransaction as name from pg_locks
  where locktype = 'advisory' and granted and mode = 'ShareLock' and objsubid = 1 and classid = 0
    and objid = ${sql.lit(SEALING)} and database = (select oid from pg_database where datname = current_database())
    and pid <> pg_backend_pid()`;

interface StoredKey extends WrappedKey {
  subjectId: string;
}

/**
 * The data keys of these subjects, made where there is none yet, for sealing in the session's own transaction and with
 * the powers of its verb. A few statements, however many subjects.
 * @param fresh the subjects were made in this transaction: nobody else can have made a key for them
 * @throws PRECONDITION_FAILED for a person whose data were destroyed: nothing is sealed about it again
 */
export async function dataKeys(
  session: Pick<Session, 'query'>,
  keys: Keys,
  subjectIds: readonly string[],
  { fresh = false } = {},
): Promise<ReadonlyMap<string, FieldCipher>> {
  const ids = [...new Set(subjectIds)];
  const found = new Map<string, FieldCipher>();
  if (ids.length === 0) return found;
  const remember = (stored: readonly StoredKey[]) => {
    for (const { subjectId, ...key } of stored) found.set(subjectId, keys.dataKey(subjectId, key));
  };
  await session.query(sql`select ${sealingTurn}`);
  if (!fresh) remember(await storedKeys(session, ids));
  const made = ids.filter((id) => !found.has(id)).map((subjectId) => ({ subjectId, ...keys.newDataKey(subjectId) }));
  if (made.length === 0) return found;
  // Nobody can have been first: what came back would only be read again, row by row, under row security.
  const returning = fresh ? sql`` : sql`returning subject_id as "subjectId", key_id as "keyId", wrapped`;
  const inserted = await session.query<StoredKey>(sql`
    insert into subject_key (subject_id, key_id, wrapped)
    select "subjectId", "keyId", wrapped
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r("subjectId" uuid, "keyId" text, wrapped text)
    on conflict (subject_id) where wrapped is not null do nothing ${returning}`);
  remember(fresh ? made : inserted);
  // Somebody else was first: its key counts.
  if (found.size < ids.length) {
    remember(
      await storedKeys(
        session,
        ids.filter((id) => !found.has(id)),
      ),
    );
  }
  return found;
}

/** The data key of one subject. */
export async function dataKeyOf(session: Pick<Session, 'query'>, keys: Keys, subjectId: string): Promise<FieldCipher> {
  return (await dataKeys(session, keys, [subjectId])).get(subjectId) as FieldCipher;
}

async function storedKeys({ query }: Pick<Session, 'query'>, ids: readonly string[]): Promise<StoredKey[]> {
  const rows = await query<{ subjectId: string; keyId: string; wrapped: string | null; person: boolean }>(sql`
    select k.subject_id as "subjectId", k.key_id as "keyId", k.wrapped,
      (select s.kind = 'NATURAL_PERSON' from subject s where s.id = k.subject_id) as person
    from subject_key k where k.subject_id = any(${ids}::uuid[])`);
  const living = rows.flatMap(({ person: _, wrapped, ...row }) => (wrapped === null ? [] : [{ ...row, wrapped }]));
  // An organisation stays what it is, and may be told of again under another key; of a person nothing was to remain.
  if (rows.some(({ person, wrapped }) => person && wrapped === null)) throw destroyed();
  return living;
}

const destroyed = () =>
  new HubError('PRECONDITION_FAILED', {
    zh: '该主体的个人信息已依法销毁，不得再登记其个人信息',
    en: 'the personal data of this subject were destroyed by law; no more are kept about it',
  });
