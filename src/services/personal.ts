import type { FieldCipher, Keys, WrappedKey } from '../platform/crypto.js';
import { type Sql, sql } from '../platform/sql.js';

/** What is known of a natural person, whole. Lives in memory only. */
export interface PersonIdentityText {
  documentType: string;
  number: string;
  name: string;
}

export interface SealedIdentity {
  nameSealed: string;
  numberSealed: string;
}

/** Sealed texts of one row, with the key they open with. */
export interface SealedTexts extends WrappedKey {
  subjectId: string;
  sealed: string;
}

/** 32 hex digits that find a person's document without telling it. The number comes canonical (identifiers.ts). */
export const personIndex = (keys: Keys, documentType: string, number: string): string =>
  keys.blindIndex('person_identity.number', `${documentType}|${number}`);

/** Under the subject's data key (subjectKeys.ts). */
export const sealIdentity = (
  key: FieldCipher,
  subjectId: string,
  { number, name }: PersonIdentityText,
): SealedIdentity => ({
  nameSealed: key.seal(name, `person_identity.name.${subjectId}`),
  numberSealed: key.seal(number, `person_identity.number.${subjectId}`),
});

export function openIdentity(
  keys: Keys,
  subjectId: string,
  { nameSealed, numberSealed, ...wrapped }: SealedIdentity & WrappedKey,
): Pick<PersonIdentityText, 'name' | 'number'> {
  const key = keys.dataKey(subjectId, wrapped);
  return {
    name: key.open(nameSealed, `person_identity.name.${subjectId}`),
    number: key.open(numberSealed, `person_identity.number.${subjectId}`),
  };
}

/** The whole texts of one row (a record, an entry, a commitment), by column or catalogue field. */
export const sealTexts = (key: FieldCipher, rowId: string, texts: Record<string, string>): string =>
  key.seal(JSON.stringify(texts), `personal_text.sealed.${rowId}`);

export const openTexts = (
  keys: Keys,
  rowId: string,
  { subjectId, sealed, ...wrapped }: SealedTexts,
): Record<string, string> => JSON.parse(keys.dataKey(subjectId, wrapped).open(sealed, `personal_text.sealed.${rowId}`));

/**
 * The living key that sealed this text: where it was destroyed there is no row, and the text is no text any more. One by
 * one, each by its index: as a plain join Postgres reads all keys while an import fills the table that it knows nothing of.
 */
const withKey = (sealed: string): Sql =>
  sql.raw(`cross join lateral (select key_id, wrapped from subject_key where subject_key.subject_id = p.subject_id
    and key_id = split_part(p.${sealed}, '.', 3) and wrapped is not null limit 1) k`);

/** For `select … from ${SEALED_IDENTITY}`: identities `p` with their keys `k`. */
export const SEALED_IDENTITY = sql`person_identity p ${withKey('name_sealed')}`;
export const SEALED_TEXT = sql`personal_text p ${withKey('sealed')}`;

/** Columns of `SealedIdentity & WrappedKey`. */
export const IDENTITY_COLUMNS = sql.raw(
  `p.name_sealed as "nameSealed", p.number_sealed as "numberSealed", k.key_id as "keyId", k.wrapped`,
);
/** Columns of `SealedTexts`. */
export const TEXT_COLUMNS = sql.raw(`p.subject_id as "subjectId", p.sealed, k.key_id as "keyId", k.wrapped`);
