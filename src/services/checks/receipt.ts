import { randomBytes } from 'node:crypto';

// Crockford's alphabet: nothing that is misread on paper.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 12;

/** 回执号: `HC`, the business date, and 60 random bits, so that it sorts by day and is not to be guessed. */
export function receiptNo(today: string): string {
  const random = Array.from(randomBytes(RANDOM_CHARACTERS), (byte) => ALPHABET[byte & 31]).join('');
  return `HC${today.replaceAll('-', '')}${random}`;
}
