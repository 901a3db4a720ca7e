import type { Keys } from '../platform/crypto.js';

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

/** 32 hex digits that find a person's document without telling it. The number comes canonical (identifiers.ts). */
export const personIndex = (keys: Keys, documentType: string, number: string): string =>
  keys.blindIndex('person_identity.number', `${documentType}|${number}`);

export const sealIdentity = (keys: Keys, subjectId: string, { number, name }: PersonIdentityText): SealedIdentity => ({
  nameSealed: keys.cipher.seal(name, `person_identity.name.${subjectId}`),
  numberSealed: keys.cipher.seal(number, `person_identity.number.${subjectId}`),
});

export const openIdentity = (
  keys: Keys,
  subjectId: string,
  sealed: SealedIdentity,
): Pick<PersonIdentityText, 'name' | 'number'> => ({
  name: keys.cipher.open(sealed.nameSealed, `person_identity.name.${subjectId}`),
  number: keys.cipher.open(sealed.numberSealed, `person_identity.number.${subjectId}`),
});

/** The whole texts of one row (a record, an entry, a commitment), by column or catalogue field. */
export const sealTexts = (keys: Keys, rowId: string, texts: Record<string, string>): string =>
  keys.cipher.seal(JSON.stringify(texts), `personal_text.sealed.${rowId}`);

export const openTexts = (keys: Keys, rowId: string, sealed: string): Record<string, string> =>
  JSON.parse(keys.cipher.open(sealed, `personal_text.sealed.${rowId}`));
