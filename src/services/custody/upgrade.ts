import type { Keys } from '../../platform/crypto.js';
import { sql } from '../../platform/sql.js';
import { type PersonIdentityText, type SealedIdentity, sealIdentity } from '../personal.js';
import type { OwnerQuery } from '../reference.js';
import { dataKeys } from './subjectKeys.js';

const PORTION = 1_000;
const LOCK = 370830_006;

/**
 * A hub of before there were data keys sealed under the key file's own key: once, at the start, such values are put
 * under a data key of their subject, all or none.
 */
export async function sealUnderDataKeys(query: OwnerQuery, keys: Keys): Promise<void> {
  if (!(await isOld(query))) return;
  await query(sql`select pg_advisory_xact_lock(${LOCK})`);
  if (!(await isOld(query))) return;
  while ((await identities(query, keys)) > 0);
  while ((await texts(query, keys)) > 0);
}

async function isOld(query: OwnerQuery): Promise<boolean> {
  const [row] = await query<{ old: boolean }>(sql`
    select not exists (select 1 from subject_key)
      and (exists (select 1 from person_identity where name_sealed is not null) or exists (select 1 from personal_text)) as old`);
  return row?.old ?? false;
}

async function identities(query: OwnerQuery, keys: Keys): Promise<number> {
  const rows = await query<SealedIdentity & { id: string }>(sql`
    select subject_id as id, name_sealed as "nameSealed", number_sealed as "numberSealed" from person_identity
    where split_part(name_sealed, '.', 3) like 'k%' limit ${PORTION}`);
  const sealing = await dataKeys(
    { query },
    keys,
    rows.map(({ id }) => id),
  );
  const fresh = rows.map(({ id, nameSealed, numberSealed }) => {
    const whole: PersonIdentityText = {
      documentType: '',
      name: keys.cipher.open(nameSealed, `person_identity.name.${id}`),
      number: keys.cipher.open(numberSealed, `person_identity.number.${id}`),
    };
    // biome-ignore lint/style/noNonNullAssertion: a key for each that was asked
    return { id, ...sealIdentity(sealing.get(id)!, id, whole) };
  });
  await query(sql`
    update person_identity p set name_sealed = r."nameSealed", number_sealed = r."numberSealed"
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r(id uuid, "nameSealed" text, "numberSealed" text)
    where p.subject_id = r.id`);
  return rows.length;
}

async function texts(query: OwnerQuery, keys: Keys): Promise<number> {
  const rows = await query<{ id: string; subject: string; sealed: string }>(sql`
    select row_id as id, subject_id as subject, sealed from personal_text
    where split_part(sealed, '.', 3) like 'k%' limit ${PORTION}`);
  const sealing = await dataKeys(
    { query },
    keys,
    rows.map(({ subject }) => subject),
  );
  const fresh = rows.map(({ id, subject, sealed }) => {
    const place = `personal_text.sealed.${id}`;
    return { id, sealed: sealing.get(subject)?.seal(keys.cipher.open(sealed, place), place) };
  });
  await query(sql`
    update personal_text p set sealed = r.sealed from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r(id uuid, sealed text)
    where p.row_id = r.id`);
  return rows.length;
}
