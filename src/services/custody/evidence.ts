import type { Keys } from '../../platform/crypto.js';
import { type Sql, sql } from '../../platform/sql.js';
import { EVIDENCE_KEY, evidencePlace } from '../objections/evidence.js';
import type { OwnerQuery } from '../reference.js';
import { dataKeys } from './subjectKeys.js';

/** Files of megabytes: a few at a time. */
const PORTION = 4;

/**
 * Files of before were sealed under the key file's own key: a portion of those that are a subject's own is put under its
 * data key, so that it is destroyed with it. @returns how many
 */
export const evidenceUnderDataKeys = (keys: Keys, _current: string, query: OwnerQuery): Promise<number> =>
  moved(keys, query, sql<boolean>`true`);

/** All of one subject: before it is destroyed. */
export async function evidenceOf(keys: Keys, query: OwnerQuery, subject: Sql<boolean>): Promise<void> {
  const own = sql<boolean>`subject_id in (select s.id from subject s where ${subject})`;
  while ((await moved(keys, query, own)) > 0);
}

async function moved(keys: Keys, query: OwnerQuery, which: Sql<boolean>): Promise<number> {
  // What was sealed with a key that is no more in the file nobody opens; of a person whose data were destroyed nothing is kept.
  const rows = await query<{ id: string; subject: string; sealed: Buffer }>(sql`
    select id, subject_id as subject, sealed from evidence_file f
    where subject_id is not null and ${EVIDENCE_KEY} = any(${keys.ring.versions()}) and ${which}
      and not exists (select 1 from subject_key k join subject s on s.id = k.subject_id
        where k.subject_id = f.subject_id and k.wrapped is null and s.kind = 'NATURAL_PERSON')
    order by id limit ${PORTION} for update`);
  const sealing = await dataKeys(
    { query },
    keys,
    rows.map(({ subject }) => subject),
  );
  for (const { id, subject, sealed } of rows) {
    const place = evidencePlace(id);
    const fresh = sealing.get(subject)?.sealBytes(keys.cipher.openBytes(sealed, place), place);
    await query(sql`update evidence_file set sealed = ${fresh} where id = ${id}`);
  }
  return rows.length;
}
