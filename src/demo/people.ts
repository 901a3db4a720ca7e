import type { FieldCipher } from '../platform/crypto.js';
import { referenceId } from '../platform/ids.js';
import { sql } from '../platform/sql.js';
import { CITIZEN_DOCUMENT } from '../services/collection/identifiers.js';
import { maskName, maskNumber } from '../services/collection/masking.js';
import { levelled } from '../services/collection/text.js';
import { dataKeys } from '../services/custody/subjectKeys.js';
import { personIndex, sealIdentity } from '../services/personal.js';
import { CLERKS, DEPARTMENTS } from './cast.js';
import { type County, recordset } from './county.js';
import { ALL_PERSONS } from './organisations.js';
import { REGISTERED_AT } from './rows.js';

export async function insertDepartments({ session }: County): Promise<void> {
  const rows = Object.values(DEPARTMENTS).map((one) => ({ id: referenceId('department', one.code), ...one }));
  await session.query(sql`
    insert into department (id, code, name, functions)
    select id, code, name, functions from ${recordset(rows, 'id uuid, code text, name text, functions text[]')}
    on conflict (code) do nothing`);
}

/** Natural persons, before any record names them: so their subjects' ids are known, and their numbers need not be said. */
export async function insertPersons({ session, keys, instant }: County): Promise<void> {
  const rows = ALL_PERSONS.map(({ id, name, number }) => {
    const masked = maskName(name);
    return { id, name: masked, name_key: levelled(masked), id_masked: maskNumber(number) };
  });
  await session.query(sql`
    insert into subject (id, kind, name, name_key, id_masked, as_of, revised_by)
    select id, 'NATURAL_PERSON', name, name_key, id_masked, ${instant(REGISTERED_AT)}::timestamptz, ${CLERKS.importer}
    from ${recordset(rows, 'id uuid, name text, name_key text, id_masked text')}`);
  const ids = rows.map(({ id }) => id);
  const sealing = await dataKeys(session, keys, ids, { fresh: true });
  const identities = ALL_PERSONS.map(({ id, name, number }) => {
    const person = { documentType: CITIZEN_DOCUMENT, number, name };
    const { nameSealed, numberSealed } = sealIdentity(sealing.get(id) as FieldCipher, id, person);
    return {
      id,
      index: personIndex(keys, CITIZEN_DOCUMENT, number),
      name_sealed: nameSealed,
      number_sealed: numberSealed,
    };
  });
  await session.query(sql`
    insert into person_identity (subject_id, document_type, blind_index, name_sealed, number_sealed)
    select id, ${CITIZEN_DOCUMENT}, decode(index, 'hex'), name_sealed, number_sealed
    from ${recordset(identities, 'id uuid, index text, name_sealed text, number_sealed text')}`);
}
